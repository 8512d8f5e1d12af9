"""What comes next? Seven directions and what is hype; networks with fewer bits, and hospitals that share weights only."""

from pages.ui.next_bits import draw_bits
from pages.ui.next_shared import draw_shared
from pages.ui.reading import show_topics

show_topics("what_next", below={"on-small-devices": draw_bits, "learning-without-sharing": draw_shared})
