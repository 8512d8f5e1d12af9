"""Will this customer leave?"""

from functools import partial

from demos.customer_churn import DEMO
from demos.customer_churn.words import TOLD
from pages.ui.table_parts import draw_table_parts
from pages.ui.template import show_demo

show_demo(DEMO, extra=partial(draw_table_parts, TOLD))
