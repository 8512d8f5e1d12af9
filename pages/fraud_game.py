"""Can you steal from this card? With a game: first the thief, then the bank."""

from demos.fraud_game import DEMO
from pages.ui.card_game import draw_game
from pages.ui.template import show_demo

show_demo(DEMO, extra=draw_game)
