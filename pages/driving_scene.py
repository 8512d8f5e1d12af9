"""What is on this road?"""

from demos.driving_scene import DEMO
from pages.ui.road import draw_road
from pages.ui.template import show_demo

show_demo(DEMO, draw_road)
