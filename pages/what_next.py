"""What comes next? Seven directions, each with what is coming, what can be tried here, and what is hype."""

from pages.ui.reading import show_topics

show_topics("what_next")
