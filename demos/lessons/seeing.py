"""Convolution by hand: a window of three by three slides over a picture, multiplies and adds; then pooling."""

from __future__ import annotations

import numpy as np

FILTERS: dict[str, tuple[tuple[float, ...], ...]] = {
    "upright": ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1)),  # Sobel
    "flat": ((-1, -2, -1), (0, 0, 0), (1, 2, 1)),
    "outline": ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1)),
    "sharpen": ((0, -1, 0), (-1, 5, -1), (0, -1, 0)),
    "blur": ((0.11, 0.11, 0.11), (0.11, 0.11, 0.11), (0.11, 0.11, 0.11)),
    "nothing": ((0, 0, 0), (0, 1, 0), (0, 0, 0)),
}
GREY = (0.299, 0.587, 0.114)  # how bright red, green and blue look


def grey(picture: np.ndarray, side: int = 120) -> np.ndarray:
    """A picture `(H, W, 3)` uint8 as brightness `(h, w)` from 0 to 1, its longer side about `side`."""
    bright = picture[..., :3].astype(float) @ np.array(GREY) / 255
    step = max(1, -(-max(bright.shape) // side))
    h, w = (length - length % step for length in bright.shape)
    return bright[:h, :w].reshape(h // step, step, w // step, step).mean(axis=(1, 3))


def convolve(bright: np.ndarray, window: np.ndarray) -> np.ndarray:
    """`(h - 2, w - 2)`: at each place the sum of nine products, as networks do it (the window is not turned over)."""
    seen = np.lib.stride_tricks.sliding_window_view(bright, (3, 3))
    return np.einsum("ijkl,kl->ij", seen, np.asarray(window, float))


def pool(answers: np.ndarray) -> np.ndarray:
    """`(h // 2, w // 2)`: of each two by two answers the strongest."""
    h, w = (length // 2 for length in answers.shape)
    return answers[:2 * h, :2 * w].reshape(h, 2, w, 2).max(axis=(1, 3))


def shown(answers: np.ndarray) -> np.ndarray:
    """Answers as a grey picture `(h, w, 3)` uint8: negative ones dark, none in the middle, strong ones bright.

    Answers that are all from 0 to 1, as brightness is, stay as they are.
    """
    if answers.min() < -1e-9 or answers.max() > 1 + 1e-9:
        answers = 0.5 + 0.5 * answers / max(float(np.abs(answers).max()), 1e-9)
    return np.repeat((255 * np.clip(answers, 0, 1)).round().astype(np.uint8)[..., None], 3, axis=2)


def parse_window(text: str) -> np.ndarray | None:
    """A window `(3, 3)` written as nine numbers with commas, or None where it is not one."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError:
        return None
    whole = len(numbers) == 9 and all(abs(number) <= 99 for number in numbers)
    return np.array(numbers).reshape(3, 3) if whole else None
