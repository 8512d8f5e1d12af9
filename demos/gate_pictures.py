"""The pictures that the gate learns from: scans that belong, and whatever else people have at hand.

Pictures that come with the packages (scikit-image's cat, coins, moon …) are none of them: the gate is measured
on those.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

WORDS = ("patient name date of the a scan result report please read this page and think about what it says "
         "chest brain left right normal no yes lorem ipsum dolor sit amet deep learning").split()


def _some(count: int, wanted: int) -> np.ndarray:
    """The numbers of `wanted` of `count` things, spread evenly."""
    return np.unique(np.linspace(0, count - 1, min(count, wanted)).astype(int))


def _sheets(folder: Path, table: str, side: int, wanted: int) -> Iterator[np.ndarray]:
    """Pictures cut out of sheets, as a table with sheet, row and col says."""
    with (folder / table).open(newline="") as file:
        rows = list(csv.DictReader(file))
    sheets: dict[str, np.ndarray] = {}
    for number in _some(len(rows), wanted):
        row = rows[number]
        if row["sheet"] not in sheets:
            sheets[row["sheet"]] = np.asarray(Image.open(folder / row["sheet"]).convert("RGB"))
        y, x = int(row["row"]) * side, int(row["col"]) * side
        yield sheets[row["sheet"]][y:y + side, x:x + side]


def _grey(values: np.ndarray) -> np.ndarray:
    return np.repeat(values[..., None], 3, axis=2)


def chests(data: Path, part: str, wanted: int) -> Iterator[np.ndarray]:
    """Chest X-rays `(28, 28, 3)` uint8 of "train" or "val"."""
    with np.load(data / "pneumonia_mnist_28" / "pneumoniamnist.npz") as file:
        pictures = file[f"{part}_images"]
    for number in _some(len(pictures), wanted):
        yield _grey(pictures[number])


def brains(data: Path, last: bool, wanted: int) -> Iterator[np.ndarray]:
    """Brain slices `(256, 256, 3)` uint8: the last fifth of each class's numbers, or all before it."""
    folder = data / "brain_tumor_t1ce"
    with (folder / "labels.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    names: list[str] = []
    for kind in sorted({row["class"] for row in rows}):
        mine = [row["file"] for row in rows if row["class"] == kind]
        cut = round(0.8 * len(mine))
        names += mine[cut:] if last else mine[:cut]
    for number in _some(len(names), wanted):
        yield np.asarray(Image.open(folder / "images" / names[number]).convert("RGB"))


def brain_volumes() -> Iterator[np.ndarray]:
    """Slices of the average brain that comes with nilearn, in all three planes."""
    from demos.media import decode_scan
    from demos.weights import find_part

    part = "nilearn:nilearn/datasets/data/mni_icbm152_t1_tal_nlin_sym_09a_converted.nii.gz"
    raw = find_part(part, Path()).read_bytes()
    for plane in ("axial", "coronal", "sagittal"):
        for place in range(25, 76, 2):
            yield decode_scan(raw, plane, place)


def photos(data: Path) -> dict[str, list[np.ndarray]]:
    """What is no scan, by family: small photos, streets, vehicles, signs, digits, drawings, text, noise."""
    streets = [np.asarray(Image.open(path).convert("RGB")) for folder in
               ("penn_fudan_pedestrians/images", "lane_pictures") for path in sorted((data / folder).glob("*.jpg"))]
    with np.load(data / "mnist.npz") as file:
        digits = [_grey(file["train_images"][n]) for n in _some(60_000, 150)]
    with np.load(data / "crawl_tiles_32_rgba.npz") as file:
        tiles = [file["images"][n] for n in _some(len(file["images"]), 200)]
    tiles = [(t[..., :3] * (t[..., 3:] / 255) + 255 * (1 - t[..., 3:] / 255)).astype(np.uint8) for t in tiles]
    return {
        "things": list(_sheets(data / "cifar10_jpeg_copy", "train.csv", 32, 1200)),
        "signs": list(_sheets(data / "gtsrb_32", "train.csv", 32, 250)),
        "vehicles": list(_sheets(data / "vehicle_patches_64", "index.csv", 64, 250)),
        "streets": streets + [crop for street in streets for crop in _crops(street)],
        "digits": digits, "tiles": tiles, "drawn": list(drawn(420)),
    }


def _crops(picture: np.ndarray, count: int = 2) -> Iterator[np.ndarray]:
    """Squares from anywhere in a picture, from a third of it to all of it."""
    chance = np.random.default_rng(picture.shape[0] * 7 + picture.shape[1])
    height, width = picture.shape[:2]
    for _ in range(count):
        side = int(min(height, width) * chance.uniform(0.3, 1))
        y, x = chance.integers(0, height - side + 1), chance.integers(0, width - side + 1)
        yield picture[y:y + side, x:x + side]


def drawn(count: int) -> Iterator[np.ndarray]:
    """Plain, noisy and shaded squares, shapes, curves and pages of text, drawn by this project."""
    chance = np.random.default_rng(1)
    makers = (_plain, _noise, _shades, _shapes, _shapes, _text, _blobs)
    for number in range(count):
        picture = makers[number % len(makers)](chance)
        yield np.asarray(picture.convert("RGB"))


def _plain(chance: np.random.Generator) -> Image.Image:
    return Image.new("L", (96, 96), int(chance.integers(0, 256)))


def _noise(chance: np.random.Generator) -> Image.Image:
    rough = chance.normal(chance.uniform(60, 200), chance.uniform(5, 80), (96, 96))
    picture = Image.fromarray(np.clip(rough, 0, 255).astype(np.uint8))
    return picture.filter(ImageFilter.GaussianBlur(float(chance.choice([0, 1, 3, 8]))))


def _shades(chance: np.random.Generator) -> Image.Image:
    y, x = np.mgrid[-1:1:96j, -1:1:96j]
    angle = chance.uniform(0, 2 * np.pi)
    ramp = np.cos(angle) * x + np.sin(angle) * y if chance.random() < 0.5 else np.hypot(x, y)
    low, high = chance.uniform(0, 255, 2)
    return Image.fromarray(np.clip(low + (high - low) * (ramp - ramp.min()) / np.ptp(ramp), 0, 255).astype(np.uint8))


def _blobs(chance: np.random.Generator) -> Image.Image:
    """Soft clouds: noise, blurred, with its contrast spread again."""
    rough = np.asarray(_noise(chance).filter(ImageFilter.GaussianBlur(chance.uniform(3, 14))), float)
    return Image.fromarray((255 * (rough - rough.min()) / max(np.ptp(rough), 1)).astype(np.uint8))


def _shapes(chance: np.random.Generator) -> Image.Image:
    """Discs, rings, boxes and lines on a plain ground; one disc on black is as near to a head as it gets."""
    picture = Image.new("L", (128, 128), int(chance.choice([0, 0, 255, chance.integers(256)])))
    pen = ImageDraw.Draw(picture)
    for _ in range(int(chance.choice([1, 1, 2, 5, 12]))):
        x, y, w, h = chance.uniform(-10, 90), chance.uniform(-10, 90), chance.uniform(10, 110), chance.uniform(10, 110)
        shade, width = int(chance.integers(256)), int(chance.integers(1, 8))
        box, kind = (x, y, x + w, y + h), chance.integers(4)
        if kind == 0:
            pen.ellipse(box, fill=shade, outline=int(chance.integers(256)), width=width)
        elif kind == 1:
            pen.ellipse(box, outline=shade, width=width)
        elif kind == 2:
            pen.rectangle(box, fill=shade if chance.random() < 0.5 else None, outline=shade, width=width)
        else:
            pen.line(box, fill=shade, width=width)
    return picture.filter(ImageFilter.GaussianBlur(float(chance.choice([0, 0, 2]))))


def _text(chance: np.random.Generator) -> Image.Image:
    dark = chance.random() < 0.3
    picture = Image.new("L", (256, 256), 0 if dark else 255)
    pen, size = ImageDraw.Draw(picture), int(chance.choice([10, 14, 22, 48]))
    font = ImageFont.load_default(size)
    for top in range(5, 250, round(1.4 * size)):
        line = " ".join(chance.choice(WORDS, size=max(1, 60 // size)))
        pen.text((chance.integers(0, 20), top), line, fill=255 if dark else 0, font=font)
    return picture
