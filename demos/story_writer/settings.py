"""What a visitor can set: the beginning, and how the next piece of a word is drawn; and what the page's parts ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from demos.errors import BadInput
from demos.inputs import NumberInput, TextInput

if TYPE_CHECKING:
    from demos.story_writer.writing import Taste

TEXT = TextInput(label="How it begins", help="English, at most 2,000 characters.", max_chars=2000)
TEMPERATURE = NumberInput(
    "temperature", "Daring", "Called temperature. At 0 it always takes the likeliest piece; at 1 it draws as often as it "
    "holds likely; above, more and more by chance.", low=0, high=2, default=0.8, step=0.1)
LENGTH = NumberInput("length", "Length", "How many pieces of words it writes.", low=10, high=240, default=90,
                     unit="pieces", step=10)
TOP_K = NumberInput("top_k", "How many to draw from", "Called top-k. Only so many of the likeliest pieces can be drawn.",
                    low=1, high=200, default=50, unit="pieces", step=1)
TOP_P = NumberInput(
    "top_p", "How much likelihood to draw from", "Called top-p. Only the fewest pieces that are this likely together, in "
    "100, can be drawn.", low=5, high=100, default=95, unit="in 100", step=5)
SEED = NumberInput("seed", "Throw of the dice", "Called seed. The same throw tells the same story; another throw tells "
                   "another.", low=0, high=99, default=1, step=1)
SETTINGS = (TEMPERATURE, LENGTH, TOP_K, TOP_P, SEED)
# pieces of words that were pressed, by their numbers: "412 7 90", or "-" for none
CHOSEN = TextInput("chosen", "Pieces that were chosen", max_chars=4000, default="-")
LAYER = NumberInput("layer", "Layer", low=1, high=99, default=1, step=1)
HEAD = NumberInput("head", "Head", low=1, high=99, default=1, step=1)


@dataclass(frozen=True)
class Wishes:
    """The settings as numbers, in the order and units of `SETTINGS`."""

    temperature: float = TEMPERATURE.default
    length: float = LENGTH.default
    top_k: float = TOP_K.default
    top_p: float = TOP_P.default
    seed: float = SEED.default

    def taste(self) -> Taste:
        """How the next piece is drawn."""
        from demos.story_writer.writing import Taste

        return Taste(self.temperature, int(self.top_k), self.top_p / 100)


def chosen_numbers(text: str, count: int) -> tuple[int, ...]:
    """The numbers in CHOSEN's text, of `count` pieces that there are; raises BadInput."""
    words = [] if text.strip() == "-" else text.split()
    if not all(word.isascii() and word.isdigit() and len(word) < 9 and int(word) < count for word in words):
        raise BadInput(f"{CHOSEN.label}: please give numbers from 0 to {count - 1:,} with spaces between, or - for none.")
    return tuple(int(word) for word in words)
