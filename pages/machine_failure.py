"""When will this machine fail?"""

from demos.machine_failure import DEMO
from pages.ui.machine import draw_machine
from pages.ui.template import show_demo

show_demo(DEMO, extra=draw_machine)
