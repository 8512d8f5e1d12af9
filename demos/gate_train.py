"""Teaches the gate: `python -m demos.gate_train DATA`, where DATA holds the folders that `gate_pictures` names.

For each kind a logistic regression on what EfficientNet-Lite0 measures, for that kind against the other and
everything else. Chest: 800 X-rays of MedMNIST's training part at 28 px; brain: 700 of the first four fifths of
each class's numbers, and slices of nilearn's average brain. Every scan is also shown turned, cut, framed, blurred,
covered in part, brighter, grainy (seed 0). The threshold declines 2 of 100 scans that were kept back (MedMNIST's
validation part; the last fifth of the numbers), half of them changed in the same ways.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from PIL import Image, ImageFilter

from demos.gate import describe, small
from demos.gate_pictures import brain_volumes, brains, chests, photos

SEED, STRENGTH, DECLINED = 0, 0.01, 0.02
TARGET = Path(__file__).with_name("gate.safetensors")


def changed(image: np.ndarray, chance: np.random.Generator) -> np.ndarray:
    """A scan `(H, W, 3)` uint8 as a visitor may give it, or as "Break it" leaves it."""
    picture, corner = Image.fromarray(image), tuple(int(v) for v in image[0, 0])
    most = float(chance.choice([0, 12, 12, 45, 180]))  # degrees
    if most:
        fill = corner if chance.random() < 0.5 else (128,) * 3
        picture = picture.rotate(chance.uniform(-most, most), Image.Resampling.BICUBIC, fillcolor=fill)
    if chance.random() < 0.4:
        left, top, right, bottom = chance.uniform(0, 0.12, 4) * [*picture.size, *picture.size]
        picture = picture.crop((int(left), int(top), picture.width - int(right), picture.height - int(bottom)))
    if chance.random() < 0.3:
        picture = _framed(picture, chance)
    if chance.random() < 0.3:
        picture = picture.filter(ImageFilter.GaussianBlur(chance.uniform(0, 0.05) * picture.width))
    if chance.random() < 0.4 and picture.width > 100:
        side = int(chance.uniform(28, 100))
        picture = picture.resize((side, side), Image.Resampling.BICUBIC)
    values = np.array(picture).astype(np.float32) / 255
    if chance.random() < 0.3:
        side = int(chance.uniform(0.1, 0.5) * min(picture.size))
        top, left = (int(chance.uniform(0.25, 0.75) * (length - side)) for length in values.shape[:2])
        values[top:top + side, left:left + side] = chance.choice([0, 0.5, 0.5, 1])
    if chance.random() < 0.5:
        values = values ** np.exp(chance.normal(0, 0.3))
    if chance.random() < 0.5:
        values = (values - 0.5) * chance.uniform(0.6, 1.4) + 0.5 + chance.normal(0, 0.08)
    if chance.random() < 0.3:
        values = values + chance.normal(0, chance.uniform(0, 0.12), values.shape[:2])[..., None]
    return (np.clip(values, 0, 1) * 255).astype(np.uint8)


def _framed(picture: Image.Image, chance: np.random.Generator) -> Image.Image:
    """With a black or white rim, as a screenshot has."""
    rim = int(chance.uniform(0, 0.12) * picture.width)
    framed = Image.new("RGB", (picture.width + 2 * rim, picture.height + 2 * rim), (int(chance.choice([0, 0, 255])),) * 3)
    framed.paste(picture, (rim, rim))
    return framed


def described(images: list[np.ndarray], kind: str) -> np.ndarray:
    """`(n, 1280)`, sixteen at a time."""
    ready = [small(image, kind) for image in images]
    return np.concatenate([describe(ready[start:start + 16]) for start in range(0, len(ready), 16)])


def fit(scans: np.ndarray, others: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights `(1280,)` and bias of one kind against everything else, both sides weighed alike."""
    from sklearn.linear_model import LogisticRegression

    rows = np.concatenate([scans, others]).astype(np.float64)
    mean, spread = rows.mean(axis=0), rows.std(axis=0) + 1e-6
    truth = np.r_[np.ones(len(scans)), np.zeros(len(others))]
    model = LogisticRegression(C=STRENGTH, class_weight="balanced", max_iter=2000)
    model.fit((rows - mean) / spread, truth)
    weights = model.coef_[0] / spread
    return weights.astype(np.float32), float(model.intercept_[0] - mean @ weights)


def learn(scans: dict[str, list[np.ndarray]], kept: dict[str, list[np.ndarray]],
          others: dict[str, list[np.ndarray]]) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    """The arrays to store and how they came about; the same pictures give the same arrays."""
    chance = np.random.default_rng(SEED)
    shown = {kind: [*images, *(changed(image, chance) for image in images)] for kind, images in scans.items()}
    tests = {kind: [*images, *(changed(image, chance) for image in images)] for kind, images in kept.items()}
    arrays: dict[str, np.ndarray] = {}
    about = {"seed": str(SEED)}
    for kind in scans:
        strangers = [image for family in others.values() for image in family]
        strangers += [image for other, images in shown.items() if other != kind for image in images]
        weights, bias = fit(described(shown[kind], kind), described(strangers, kind))
        scores = described(tests[kind], kind) @ weights + bias
        threshold = float(np.quantile(scores, DECLINED))
        arrays[f"{kind}_weights"] = weights
        arrays[f"{kind}_bias"] = np.array([bias - threshold], np.float32)
        plain = float((scores[:len(kept[kind])] < threshold).mean())
        about[kind] = (f"{len(shown[kind])} scans, {len(strangers)} others, threshold at {threshold:.2f}; declines "
                       f"{plain:.4f} of {len(kept[kind])} unchanged ones that were kept back")
        print(kind, about[kind], file=sys.stderr, flush=True)
    return arrays, about


def main(data: Path) -> None:
    """Learn from the folders and write the weights."""
    from safetensors.numpy import save_file

    scans = {"chest": list(chests(data, "train", 800)), "brain": [*brains(data, False, 700), *3 * list(brain_volumes())]}
    kept = {"chest": list(chests(data, "val", 300)), "brain": list(brains(data, True, 300))}
    arrays, about = learn(scans, kept, photos(data))
    # one entry: several would be written in another order each time, and the digest would change
    save_file(arrays, TARGET, metadata={"about": json.dumps(about, sort_keys=True)})
    print(about)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
