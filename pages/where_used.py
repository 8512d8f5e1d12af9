"""Where is it used? Ten fields: what it does there, what goes wrong, and where to try it."""

from pages.ui.reading import show_topics

show_topics("where_used")
