"""Can I teach it a sound? The visitor's own sounds above, how well they were learnt below."""

from demos.teach_sounds import DEMO
from pages.ui.teach import teach
from pages.ui.teach_results import how_well
from pages.ui.template import show_demo

show_demo(DEMO, how_well, first=teach)
