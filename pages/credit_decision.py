"""Would you lend this person money?"""

from functools import partial

from demos.credit_decision import DEMO
from demos.credit_decision.words import TOLD
from pages.ui.table_parts import draw_table_parts
from pages.ui.template import show_demo

show_demo(DEMO, extra=partial(draw_table_parts, TOLD))
