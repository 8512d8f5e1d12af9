"""Is this pneumonia?"""

from demos.chest_xray import DEMO
from pages.ui.template import show_demo
from pages.ui.volume import draw_volume

show_demo(DEMO, draw_volume)
