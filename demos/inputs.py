"""What a demo asks for: one class for each kind of input.

A page draws a fitting widget for it, the command line reads it from a file or `--set`, and
`read` turns what arrived (bytes or text, from anybody) into the value a model is given. Of bytes it
runs in a process of its own beside the worker (`demos/decoding.py`), never in the one that draws.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from demos.errors import BadInput


@dataclass(frozen=True)
class Input:
    """One input: the keyword the models take, and the label a visitor reads.

    Where a demo asks for many, `group` is the heading that an input stands under in the form.
    """

    name: str
    label: str
    help: str = ""
    group: str = field(default="", kw_only=True)
    kind: ClassVar[str] = ""
    is_file: ClassVar[bool] = False
    may_be_file: ClassVar[bool] = False  # whether a file's path may stand for it on the command line
    accepts: ClassVar[str] = ""  # for the page, where it takes other files than its kind does
    settings: ClassVar[tuple[Input, ...]] = ()  # how to read it: optional inputs that `read` takes, no model
    gives: ClassVar[tuple[str, ...]] = ()  # dataclasses, dotted, that its value is made of beside arrays and words
    seconds: ClassVar[float] = 45.0  # after which reading it is ended; the decoders' own limits come before that

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

    def preview(self, value: Any) -> tuple[bytes, tuple[float, ...]]:
        """What a page is given to show a value by, and its size; pictures and sounds are made smaller by the worker."""
        said = str(value)
        return said.encode(), (float(len(said)),)


@dataclass(frozen=True)
class PictureInput(Input):
    """A picture; models are given `(H, W, 3)` uint8 RGB."""

    name: str = "image"
    label: str = "A picture"
    camera: bool = True
    consent: str = ""  # what a visitor must agree to before the camera is offered
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
class VideoInput(Input):
    """A short film; parts are given `(n, h, w, 3)` uint8 RGB, five pictures a second."""

    name: str = "video"
    label: str = "A short film"
    kind: ClassVar[str] = "video"
    is_file: ClassVar[bool] = True

    def read(self, raw: Any) -> Any:
        from demos.media import decode_video
        return decode_video(bytes(raw))


@dataclass(frozen=True)
class TextInput(Input):
    """Words, at most `max_chars` characters; control characters other than line breaks are dropped.

    Any line break becomes `\\n`, any other kind of space a plain one or a tab.
    """

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
        lines = "\n".join(raw.splitlines())
        text = "".join(c if c in "\n\t" or c.isprintable() else " " * c.isspace() for c in lines).strip()
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
    """A number between two bounds; `step` is how finely a page lets one choose, 0 for as finely as it likes."""

    low: float = 0.0
    high: float = 1.0
    default: float = 0.0
    unit: str = ""
    step: float = 0.0
    kind: ClassVar[str] = "number"

    def read(self, raw: Any) -> float:
        try:
            value = float(raw)
        except (TypeError, ValueError):
            raise BadInput(f"{self.label}: please give a number.") from None
        if not self.low <= value <= self.high:  # false for NaN too
            raise BadInput(f"{self.label}: please give a number from {self.low:g} to {self.high:g}.")
        return value

    def nearest(self, value: float) -> float:
        """The nearest number that is accepted and can be chosen."""
        if self.step:
            value = self.low + round((value - self.low) / self.step) * self.step
        return float(min(max(value, self.low), self.high))

    def say(self, value: float) -> str:
        """The number in words, such as “2,300 DM”."""
        return f"{value:,.10g} {self.unit}".strip()


PLANE = ChoiceInput("plane", "Plane of a volume", default="axial",
                    options=(("axial", "from below"), ("coronal", "from the front"), ("sagittal", "from the side")))
SLICE = NumberInput("slice", "Slice of a volume", low=0, high=100, default=50, unit="%")


@dataclass(frozen=True)
class ScanInput(PictureInput):
    """A picture or a medical file; models are given `(H, W, 3)` uint8 RGB, of a volume one slice."""

    label: str = "A scan"
    camera: bool = False
    accepts: ClassVar[str] = "DICOM, NIfTI, or a picture (PNG, JPEG, TIFF and others), up to {mb} MB"
    settings: ClassVar[tuple[Input, ...]] = (PLANE, SLICE)

    def read(self, raw: Any, plane: str = "axial", slice: float = 50.0) -> Any:
        from demos.media import decode_scan
        return decode_scan(bytes(raw), plane, slice)


FORM = ChoiceInput("form", "How the file is read", default="auto",
                   options=(("auto", "as a table where it is one"), ("lines", "one text a line")))


@dataclass(frozen=True)
class TableInput(Input):
    """A file of many texts; parts are given a `Table`."""

    name: str = "table"
    label: str = "A list of texts"
    kind: ClassVar[str] = "table"
    is_file: ClassVar[bool] = True
    settings: ClassVar[tuple[Input, ...]] = (FORM,)
    gives: ClassVar[tuple[str, ...]] = ("demos.table_files.Table",)

    def read(self, raw: Any, form: str = "auto") -> Any:
        from demos.table_files import read_table
        return read_table(bytes(raw), form)


@dataclass(frozen=True)
class VolumeInput(Input):
    """A volume to be shown; parts are given a `Volume`."""

    name: str = "volume"
    label: str = "A volume"
    kind: ClassVar[str] = "volume"
    is_file: ClassVar[bool] = True
    gives: ClassVar[tuple[str, ...]] = ("demos.results.Volume",)

    def read(self, raw: Any) -> Any:
        from demos.media import decode_volume
        return decode_volume(bytes(raw))


@dataclass(frozen=True)
class DocumentInput(Input):
    """A text to search in; parts are given a `Document`."""

    name: str = "document"
    label: str = "A text"
    kind: ClassVar[str] = "document"
    is_file: ClassVar[bool] = True
    gives: ClassVar[tuple[str, ...]] = ("demos.document_files.Document",)

    def read(self, raw: Any) -> Any:
        from demos.media import decode_document
        return decode_document(bytes(raw))
