"""Say it in another language."""

from demos.translation import DEMO
from pages.ui.template import show_demo
from pages.ui.translation import draw_translation

show_demo(DEMO, extra=draw_translation)
