"""Is there a tumour, and where?"""

from demos.brain_scan import DEMO
from pages.ui.brain import draw_brain
from pages.ui.template import show_demo

show_demo(DEMO, draw_brain)
