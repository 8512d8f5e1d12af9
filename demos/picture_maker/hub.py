"""SD-Turbo from the hub: a picture of whatever the visitor writes, in one to four steps.

Sauer et al. 2023, arXiv:2311.17042; weights by Stability AI. It works on squares of eight by eight pixels in a code of
its own, and a second network turns the code into pixels.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from demos.inputs import NumberInput, TextInput
from demos.picture_maker.asked import MANY
from demos.picture_results import Made

if TYPE_CHECKING:
    import torch

FILES = ("model_index.json", "scheduler/scheduler_config.json", "text_encoder/config.json",
         "text_encoder/model.fp16.safetensors", "tokenizer/merges.txt", "tokenizer/special_tokens_map.json",
         "tokenizer/tokenizer_config.json", "tokenizer/vocab.json", "unet/config.json",
         "unet/diffusion_pytorch_model.fp16.safetensors", "vae/config.json",
         "vae/diffusion_pytorch_model.fp16.safetensors")
PROMPT = TextInput("prompt", "Your own words", "What the picture shall show, in English. Empty: what was chosen beside it.",
                   max_chars=300)
FEW_STEPS = NumberInput("few_steps", "Steps", "It learnt to do with one; a few more come out cleaner.", low=1, high=4,
                        default=2)


class FromWords:
    """A loaded SD-Turbo; `predict` never writes to it."""

    def __init__(self, pipeline: Any) -> None:
        self.pipeline = pipeline

    def predict(self, what: str, seed: float, prompt: str = "", few_steps: float = 2) -> Made:
        """One picture of the prompt, or of what was chosen, as it was after each step."""
        import torch

        codes: list[torch.Tensor] = []

        def keep(pipeline: Any, step: int, time: Any, given: dict[str, Any]) -> dict[str, Any]:
            codes.append(given["latents"])
            return given

        asked = prompt or sentence(what)
        with torch.inference_mode():
            # it was taught without guidance; the noise comes from the processor, so that a seed means one picture
            self.pipeline(prompt=asked, num_inference_steps=int(few_steps), guidance_scale=0.0, output_type="latent",
                          generator=torch.Generator("cpu").manual_seed(int(seed)), callback_on_step_end=keep)
            frames = np.stack([self.pixels(code) for code in codes])
        captions = tuple(f"after {number + 1} of {len(codes)} steps" for number in range(len(codes)))
        return Made(frames, captions, says=f"One picture of: {asked}", asked=asked)

    def pixels(self, code: torch.Tensor) -> np.ndarray:
        """`(1, 4, h, w)` -> `(1, 8 h, 8 w, 3)` uint8."""
        coder = self.pipeline.vae
        picture = coder.decode(code / coder.config.scaling_factor).sample.float().clamp(-1, 1)
        return ((picture + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()


def sentence(what: str) -> str:
    """What to ask for where the visitor wrote nothing."""
    return f"{MANY[what]}, pixel art" if what in MANY else f"the hand-written digit {what}, ink on paper"


def load(weights: Path | None, device: str) -> FromWords:
    """Read a folder with FILES; on a processor in float32, as half precision is slow there."""
    import torch
    from diffusers import StableDiffusionPipeline

    assert weights is not None
    pipeline = StableDiffusionPipeline.from_pretrained(
        weights, variant="fp16", dtype=torch.float16 if device == "cuda" else torch.float32,
        local_files_only=True, use_safetensors=True, safety_checker=None, requires_safety_checker=False)
    pipeline.set_progress_bar_config(disable=True)
    return FromWords(pipeline.to(device))
