"""Did they like it? With sentences that are hard, and many texts at once."""

from functools import partial

from demos.sentiment import DEMO
from demos.sentiment.words import TRICKS
from pages.ui.many_texts import draw_text_parts
from pages.ui.template import show_demo

show_demo(DEMO, extra=partial(draw_text_parts, TRICKS))
