"""Say it, and hear it in another language."""

from demos.voice_translation import DEMO
from pages.ui.template import show_demo
from pages.ui.voices import draw_say_it

show_demo(DEMO, extra=draw_say_it)
