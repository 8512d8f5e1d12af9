"""What it cannot do, and what it costs: each limit with a place to see it happen."""

from pages.ui.energy import draw_energy
from pages.ui.reading import show_topics

show_topics("limits", {"it-takes-energy": draw_energy})
