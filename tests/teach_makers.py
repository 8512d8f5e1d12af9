"""Pictures for tests of teaching: drawn faces as the page keeps them."""

from __future__ import annotations

from demos.image_recognition.framing import square
from demos.media import as_jpeg
from demos.teach_it.drawings import face
from demos.teach_it.measures import SIDE


def jpegs(mood: str, count: int, first: int = 0) -> tuple[bytes, ...]:
    """So many small squares of one mood."""
    return tuple(as_jpeg(square(face(mood, seed), SIDE, 1.0), quality=92) for seed in range(first, first + count))
