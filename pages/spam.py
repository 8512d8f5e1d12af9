"""Is this message spam? With messages that are hard, and many messages at once."""

from functools import partial

from demos.spam import DEMO
from demos.spam.words import TRICKS
from pages.ui.many_texts import draw_text_parts
from pages.ui.template import show_demo

show_demo(DEMO, extra=partial(draw_text_parts, TRICKS))
