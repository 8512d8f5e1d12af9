"""Ask this dashboard: passages by words and by meaning, a map of them, and a text of one's own."""

from demos.search import DEMO
from pages.ui.search import draw_search
from pages.ui.template import show_demo

show_demo(DEMO, extra=draw_search)
