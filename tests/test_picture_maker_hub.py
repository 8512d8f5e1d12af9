"""SD-Turbo as the picture maker offers it: a tiny pipeline made here, fetched from a small hub on loopback, and asked."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from hub_server import Hub, cache, hub, row  # noqa: F401

from demos.picture_maker import DEMO
from demos.picture_maker import hub as turbo
from demos.picture_results import Made
from demos.pins import is_pinned
from demos.weights import fetch, locate, state


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Stable Diffusion pipeline with a few thousand random weights, in the files of the real one."""
    from diffusers import AutoencoderKL, EulerDiscreteScheduler, StableDiffusionPipeline, UNet2DConditionModel
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

    torch.manual_seed(0)
    where = tmp_path_factory.mktemp("turbo")
    letters = [chr(code) for code in range(97, 123)]
    spelled = {piece: number for number, piece in enumerate(
        [*letters, *(f"{letter}</w>" for letter in letters), "<|startoftext|>", "<|endoftext|>"])}
    (where / "vocab.json").write_text(json.dumps(spelled))
    (where / "merges.txt").write_text("#version: 0.2\n")
    tokenizer = CLIPTokenizer(str(where / "vocab.json"), str(where / "merges.txt"), model_max_length=77)
    text = CLIPTextModel(CLIPTextConfig(vocab_size=len(spelled), hidden_size=16, intermediate_size=32, num_hidden_layers=1,
                                        num_attention_heads=2, eos_token_id=spelled["<|endoftext|>"], projection_dim=16,
                                        bos_token_id=spelled["<|startoftext|>"], pad_token_id=1))
    net = UNet2DConditionModel(sample_size=8, in_channels=4, out_channels=4, block_out_channels=(8, 16), norm_num_groups=4,
                               layers_per_block=1, down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
                               up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"), cross_attention_dim=16,
                               attention_head_dim=8)
    coder = AutoencoderKL(block_out_channels=(8, 8, 8, 8), norm_num_groups=4, latent_channels=4, sample_size=64,
                          down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4)
    scheduler = EulerDiscreteScheduler(timestep_spacing="trailing", steps_offset=1)
    StableDiffusionPipeline(coder, text, tokenizer, net, scheduler, None, None, requires_safety_checker=False,
                            ).save_pretrained(where / "whole", variant="fp16", safe_serialization=True)
    return where / "whole"


@pytest.fixture(scope="module")
def model(folder: Path) -> turbo.FromWords:
    return turbo.load(folder, "cpu")


def test_the_folder_holds_the_files_that_the_card_names(folder: Path) -> None:
    there = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {name for name in turbo.FILES if not name.startswith("tokenizer/")} <= there
    assert not any(name.endswith((".bin", ".pt", ".pkl", ".ckpt")) for name in turbo.FILES)


def test_it_draws_what_is_written_and_the_same_again(model: turbo.FromWords) -> None:
    made = model.predict("3", 7, "a cat on a mat", 2)
    assert isinstance(made, Made) and made.frames.shape == (2, 1, 64, 64, 3) and made.asked == "a cat on a mat"
    assert made.captions == ("after 1 of 2 steps", "after 2 of 2 steps")
    again, other = model.predict("3", 7, "a cat on a mat", 2), model.predict("3", 8, "a cat on a mat", 2)
    assert np.array_equal(made.frames, again.frames) and not np.array_equal(made.frames, other.frames)
    assert not np.array_equal(made.frames, model.predict("3", 7, "another thing", 2).frames)
    assert model.predict("3", 7, "a cat", 4).frames.shape[0] == 4


def test_without_words_it_draws_what_was_chosen(model: turbo.FromWords) -> None:
    assert model.predict("3", 1).asked == "the hand-written digit 3, ink on paper"
    assert model.predict("treasure", 1).says == "One picture of: treasures, pixel art"


def test_it_is_asked_without_guidance_and_its_last_code_is_what_is_drawn(model: turbo.FromWords,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}
    real = type(model.pipeline).__call__

    def call(self: Any, **given: Any) -> Any:
        seen.update(given, answer=real(self, **given))
        return seen["answer"]

    monkeypatch.setattr(type(model.pipeline), "__call__", call)
    made = model.predict("3", 7, "a cat", 2)
    assert seen["guidance_scale"] == 0.0 and seen["num_inference_steps"] == 2 and seen["output_type"] == "latent"
    assert np.array_equal(model.pixels(seen["answer"].images), made.frames[-1])


def test_it_is_fetched_from_the_hub_checked_and_asked(folder: Path, hub: Hub) -> None:  # noqa: F811
    files = {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    hub.files, hub.large = files, tuple(name for name in files if name.endswith(".safetensors"))
    weights = row(files)
    assert state(weights, folder).startswith("not downloaded")
    where = fetch(weights)
    assert where == locate(weights, folder) and state(weights, folder) == "ready"
    made = turbo.load(where, "cpu").predict("8", 1)
    assert made.frames.shape == (2, 1, 64, 64, 3)


def test_the_larger_choice_is_described() -> None:
    method = DEMO.method("sd_turbo")
    assert method.larger and method.tier == "hub" and method.weights[0].repo == "stabilityai/sd-turbo"
    assert {item.name for item in method.inputs} == {"prompt", "few_steps"} and all(
        item.optional or item.name == "prompt" for item in method.inputs)
    assert not is_pinned(method.weights[0]) or len(method.weights[0].revision) == 40
