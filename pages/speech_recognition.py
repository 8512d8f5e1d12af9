"""Write down what I say."""

from demos.speech_recognition import DEMO
from pages.ui.template import show_demo

show_demo(DEMO)
