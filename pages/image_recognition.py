"""What is in this picture?"""

from demos.image_recognition import DEMO
from pages.ui.template import show_demo

show_demo(DEMO)
