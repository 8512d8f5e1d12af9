"""Which traffic sign is this?"""

from demos.traffic_signs import DEMO
from pages.ui.signs import draw_signs
from pages.ui.template import show_demo

show_demo(DEMO, extra=draw_signs)
