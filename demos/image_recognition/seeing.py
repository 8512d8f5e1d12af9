"""What a network looked at: Grad-CAM and the strongest channels of its stages, from one forward pass.

Grad-CAM: Selvaraju et al. 2017, arXiv:1610.02391, by captum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from demos.onnx_runtime import OnnxRuntime
from demos.results import Heatmap, Maps, View

if TYPE_CHECKING:
    import torch

SHOWN_SIDE = 448  # pixels of the picture under the heat map
CHANNELS = 4
STAGES = (
    ("Edges", "A channel is bright where it answers: to lines of one direction, and to light beside dark."),
    ("Textures", "The channels answer to fine textures, such as fur, weave or bark."),
    ("Patterns", "The channels answer to patterns and corners that are put together from textures."),
    ("Parts", "The channels answer to parts, such as an eye, a wheel or a handle."),
    ("Objects", "Each cell sees most of the picture, and the channels answer to whole things."),
)


@dataclass(frozen=True)
class Look:
    """Where to look in a network.

    `run` gives `(n, classes)` scores before softmax. `last` is the module whose input (or output, where
    `last_input` is false) Grad-CAM weighs; `stages` are five modules, each with whether its input is shown.
    `quick`, where there is one, gives the same scores and the stages' maps sooner, the last of them what `last` is given;
    `tail` then gives the scores from that, so that Grad-CAM need not go through the whole network again.
    """

    run: Callable[[torch.Tensor], torch.Tensor]
    last: torch.nn.Module
    last_input: bool
    stages: tuple[tuple[torch.nn.Module, bool], ...]
    quick: OnnxRuntime | None = None
    tail: Callable[[torch.Tensor], torch.Tensor] | None = None


def look(network: Look, batch: torch.Tensor, over: np.ndarray, names: tuple[str, ...]) -> list[View]:
    """The views of one picture: `batch` `(1, 3, side, side)` for the network, `over` the same to be shown.

    One forward pass gives the heat of the likeliest class, and on its way the stages' maps.
    """
    if network.quick:
        return look_again(network, network.quick(batch), over, names)
    kept: dict[int, torch.Tensor] = {}
    with keeping(network, kept):
        heat, best = _heat(network, network.run, batch)
    return _views(heat, kept, over, names[best])


def look_again(network: Look, seen: tuple[torch.Tensor, ...], over: np.ndarray, names: tuple[str, ...]) -> list[View]:
    """The same from what `network.quick` gave: scores, and the stages' maps, the last of which `tail` goes on from."""
    heat, best = _heat(network, network.tail, seen[-1].detach())  # captum marks what it is given
    return _views(heat, dict(enumerate(seen[1:1 + len(network.stages)])), over, names[best])


def _heat(network: Look, run: Callable[[torch.Tensor], torch.Tensor], given: torch.Tensor) -> tuple[torch.Tensor, int]:
    """Grad-CAM `(h, w)` of the likeliest class, and that class; `run` gives the scores of what is given."""
    from captum.attr import LayerGradCam

    scores: list[torch.Tensor] = []

    def likeliest(inputs: torch.Tensor) -> torch.Tensor:
        scores.append(run(inputs))
        return scores[0].amax(dim=1)  # so the class need not be known before the pass

    heat = LayerGradCam(likeliest, network.last).attribute(
        given, attribute_to_layer_input=network.last_input, relu_attributions=True)
    return heat[0, 0], int(scores[0].argmax())


def _views(heat: torch.Tensor, kept: dict[int, torch.Tensor], over: np.ndarray, name: str) -> list[View]:
    return [_where(heat.detach().float().cpu().numpy(), over, name),
            *(_stage(number, kept[number][0].detach().float().cpu().numpy()) for number in sorted(kept))]


@contextmanager
def keeping(network: Look, kept: dict[int, torch.Tensor]) -> Iterator[None]:
    """Put the stages' maps into `kept` on the passes within."""
    hooks = [_keep(module, before, kept, number) for number, (module, before) in enumerate(network.stages)]
    try:
        yield
    finally:
        for hook in hooks:
            hook.remove()


def _keep(module: torch.nn.Module, before: bool, kept: dict[int, torch.Tensor],
          number: int) -> torch.utils.hooks.RemovableHandle:
    """Put what enters or leaves a module into `kept` on the next pass."""
    if before:
        return module.register_forward_pre_hook(lambda _, given: kept.update({number: given[0].detach()}))
    return module.register_forward_hook(lambda _, __, given: kept.update({number: given.detach()}))


def _where(heat: np.ndarray, over: np.ndarray, name: str) -> View:
    """The heat map, with a value for each cell of the last layer."""
    top = float(heat.max())
    if top <= 0:
        return View("where", "What it looked at",
                    f"No single place speaks for “{name}”: the evidence is spread over the picture.",
                    Heatmap(np.zeros(heat.shape, np.float32)), over)
    return View("where", "What it looked at",
                f"The warm parts speak for “{name}”; most of the evidence lies {place(heat)}.",
                Heatmap((heat / top).clip(0, 1)), over)


def place(heat: np.ndarray) -> str:
    """In words, where most of the heat `(h, w)` lies: the ninth of the picture that holds most of it."""
    share = np.asarray(Image.fromarray(heat.astype(np.float32)).resize((3, 3), Image.Resampling.BOX))
    row, column = divmod(int(share.argmax()), 3)
    if (row, column) == (1, 1):
        return "in the middle"
    if row == 1:
        return f"on the {('left', '', 'right')[column]}"
    return f"at the {('top', '', 'bottom')[row]}{(' left', '', ' right')[column]}"


def _stage(number: int, activity: np.ndarray) -> View:
    """The channels of a stage, `(channels, h, w)`, whose answer differs most from place to place.

    The spread is what counts, not the mean: a channel that answers everywhere alike shows nothing.
    """
    title, sentence = STAGES[number]
    count, height, width = activity.shape
    rim = min(height, width) // 14  # the picture's end is an edge that is none: it must not win
    inside = activity[:, rim:height - rim, rim:width - rim]
    strongest = np.argsort(-inside.std(axis=(1, 2)))[:CHANNELS]
    low, high = (end(inside[strongest], axis=(1, 2), keepdims=True) for end in (np.min, np.max))
    shades = np.clip((activity[strongest] - low) / np.maximum(high - low, 1e-9), 0, 1)
    shades = (shades * 255).round().astype(np.uint8)
    return View(f"stage{number + 1}", title,
                f"{sentence} The {len(strongest)} liveliest of {count:,} channels, on a grid of {width} by "
                f"{height}.",
                Maps(shades, tuple(f"channel {channel}" for channel in strongest)))
