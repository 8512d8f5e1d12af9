"""Make a picture that nobody has drawn, and watch it come out of the noise."""

from demos.picture_maker import DEMO
from pages.ui.made import draw_made_parts
from pages.ui.template import show_demo

show_demo(DEMO, draw_made_parts)
