"""The models of `shouting`: no weights; a few words make them misbehave."""

import os
from typing import Any

from demos.errors import BadInput
from demos.results import Text


class Voice:
    """Capitals, and what the options say."""

    def predict(self, text: str, marks: float = 0, mood: str = "", who: str = "") -> Text:
        """The text in capitals with `marks` exclamation marks."""
        print("a library's chatter")
        os.write(1, b"chatter from below\n")
        if text == "defect":
            raise ZeroDivisionError("something secret")
        if text == "too quiet":
            raise BadInput("This is too quiet. Please speak up.")
        return Text(f"{who.upper()}{' ' if who else ''}{text.upper()}{'!' * int(marks)}{mood}")


def load(weights: Any, device: str) -> Voice:
    """Nothing is read."""
    return Voice()
