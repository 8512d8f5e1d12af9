"""Which word comes next? With words to choose, every size, surprise, and where a head looks."""

from demos.story_writer import DEMO
from pages.ui.story import draw_story
from pages.ui.template import show_demo

show_demo(DEMO, extra=draw_story)
