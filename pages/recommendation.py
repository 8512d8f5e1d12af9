"""Which film next?"""

from demos.recommendation import DEMO
from pages.ui.taste_input import draw_ratings
from pages.ui.taste_parts import draw_taste
from pages.ui.template import show_demo

show_demo(DEMO, extra=draw_taste, more=draw_ratings)
