"""What a demo asks for: one class for each kind of input.

A page draws a fitting widget for it, the command line reads it from a file or `--set`, and
`read` turns what arrived (bytes or text, from anybody) into the value a model is given. `read`
runs in the worker, never in the process that draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

from demos.errors import BadInput


@dataclass(frozen=True)
class Input:
    """One input: the keyword the models take, and the label a visitor reads."""

    name: str
    label: str
    help: str = ""
    kind: ClassVar[str] = ""
    is_file: ClassVar[bool] = False

    @property
    def preset(self) -> Any:
        """The value where nobody gives one; None where there is none."""
        default = getattr(self, "default", None)
        return None if default == "" else default

    @property
    def optional(self) -> bool:
        """Whether a method can do without it, or has a preset value."""
        return self.preset is not None or self.kind in ("choice", "number")

    def read(self, raw: Any) -> Any:
        """The value for the model, or a `BadInput` that says what is accepted."""
        raise NotImplementedError


@dataclass(frozen=True)
class PictureInput(Input):
    """A picture; models are given `(H, W, 3)` uint8 RGB."""

    name: str = "image"
    label: str = "A picture"
    camera: bool = True
    kind: ClassVar[str] = "picture"
    is_file: ClassVar[bool] = True

    def read(self, raw: Any) -> Any:
        from demos.media import decode_picture
        return decode_picture(bytes(raw))


@dataclass(frozen=True)
class SoundInput(Input):
    """A recording; models are given `(n,)` float32 mono in [-1, 1] at 16 000 Hz."""

    name: str = "audio"
    label: str = "A recording"
    microphone: bool = True
    kind: ClassVar[str] = "sound"
    is_file: ClassVar[bool] = True

    def read(self, raw: Any) -> Any:
        from demos.media import decode_sound
        return decode_sound(bytes(raw))


@dataclass(frozen=True)
class TextInput(Input):
    """Words, at most `max_chars` characters; control characters other than line breaks are dropped."""

    name: str = "text"
    label: str = "Your text"
    max_chars: int = 2000
    default: str = ""
    kind: ClassVar[str] = "text"

    def read(self, raw: Any) -> str:
        if isinstance(raw, (bytes, bytearray)):
            try:
                raw = bytes(raw).decode("utf-8")
            except UnicodeDecodeError:
                raise BadInput("This is not readable text. Please give plain text (UTF-8).") from None
        if not isinstance(raw, str):
            raise BadInput(f"{self.label}: please give text.")
        text = "".join(c for c in raw if c in "\n\t" or c.isprintable()).strip()
        if not text:
            raise BadInput(f"{self.label}: nothing was written yet. Please write a few words.")
        if len(text) > self.max_chars:
            raise BadInput(f"This text has {len(text):,} characters; at most {self.max_chars:,} "
                           "are read. Please shorten it.")
        return text


@dataclass(frozen=True)
class ChoiceInput(Input):
    """One of a few: pairs of the value and what a visitor reads."""

    options: tuple[tuple[str, str], ...] = ()
    default: str = ""
    kind: ClassVar[str] = "choice"

    def read(self, raw: Any) -> str:
        values = [value for value, _ in self.options]
        if raw not in values:
            raise BadInput(f"{self.label}: please choose one of {', '.join(values)}.")
        return raw


@dataclass(frozen=True)
class NumberInput(Input):
    """A number between two bounds."""

    low: float = 0.0
    high: float = 1.0
    default: float = 0.0
    unit: str = ""
    kind: ClassVar[str] = "number"

    def read(self, raw: Any) -> float:
        try:
            value = float(raw)
        except (TypeError, ValueError):
            raise BadInput(f"{self.label}: please give a number.") from None
        if not self.low <= value <= self.high:  # false for NaN too
            raise BadInput(f"{self.label}: please give a number from {self.low:g} to {self.high:g}.")
        return value
