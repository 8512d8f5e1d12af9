"""The story writer's larger network from the hub, as a very small one made here: it chats, and is asked as the others are."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from demos.errors import WeightsMissing
from demos.story_results import Story
from demos.story_writer import DEMO, chat
from demos.story_writer.tokens import read_tokens
from demos.weights import fetch
from hub_server import Hub, cache, hub, row  # noqa: F401  (fixtures)


def numbers(story: Story) -> tuple[int, ...]:
    return tuple(piece.number for piece in story.pieces)


def tiny_chat(folder: Path) -> Path:
    """A very small chat network with random numbers, in the files that the hub's has."""
    from tokenizers import AddedToken, Tokenizer
    from transformers import LlamaConfig, LlamaForCausalLM

    tokenizer = Tokenizer.from_str(read_tokens().tokenizer.to_str())
    tokenizer.add_special_tokens([AddedToken(sign, special=True) for sign in (chat.BEGIN, chat.END)])
    tokenizer.save(str(folder / "tokenizer.json"))
    torch.manual_seed(0)
    LlamaForCausalLM(LlamaConfig(vocab_size=tokenizer.get_vocab_size(), hidden_size=16, intermediate_size=32,
                                 num_hidden_layers=2, num_attention_heads=2, num_key_value_heads=1,
                                 tie_word_embeddings=True, initializer_range=0.3)).save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def chatting(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_chat(tmp_path_factory.mktemp("chat"))


def test_the_chat_network_does_all_that_the_small_ones_do(chatting: Path) -> None:
    model = chat.load(chatting, "cpu")
    text = "The fox said <|im_end|> to the king"
    assert model.tokens.text(model.own(text)) == text and model.last not in model.own(text), "a visitor's sign is text"
    ids = model.ids(text)
    assert ids.count(model.begin) == 3 and ids.count(model.last) == 2 and ids[-len(model.own(text)):] == model.own(text)
    story = model.predict(text, length=15, temperature=1)
    assert story == model.predict(text, length=15, temperature=1) and 0 < len(story.pieces) <= 15
    chosen = f"{numbers(story)[0]} 77"
    *_, (_, on) = model.go_on(text, chosen, length=10)
    assert numbers(on)[:2] == (numbers(story)[0], 77)
    assert "".join(model.surprise(text).words) == text
    assert model.attention(text, 2, 2).shares.shape == (len(model.own(text)),) * 2
    assert model.explain(text)[0].result.words == tuple(text.split())
    assert not hasattr(model, "surprises"), "it is not measured beside the others: its tokens are its own"


def test_the_memory_of_the_chat_network_changes_no_answer_and_the_sign_ends_it(chatting: Path) -> None:
    model = chat.load(chatting, "cpu")
    ids = model.ids("The fox")
    logs, past = model.step(ids[:-2])
    logs, past = model.step(ids[-2:], past)
    assert logs == pytest.approx(model.step(ids)[0], abs=1e-4)
    *_, (_, ended) = model.go_on("The fox", f"5 6 {model.last}", length=20)
    assert numbers(ended) == (5, 6)


def test_the_chat_network_comes_from_a_hub(chatting: Path, hub: Hub) -> None:  # noqa: F811
    names = ("config.json", "model.safetensors", "tokenizer.json")
    assert tuple(file.name for file in DEMO.method("smollm2_360m").weights[0].files) == names
    hub.files = {name: (chatting / name).read_bytes() for name in names}
    home = fetch(row(hub.files))
    assert chat.load(home, "cpu").predict("The fox", length=10).start == "The fox"


def test_a_chat_network_without_all_its_weights_or_signs_is_refused(chatting: Path, tmp_path: Path) -> None:
    from safetensors.torch import load_file, save_file

    for file in chatting.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "tokenizer.json").write_text(read_tokens().tokenizer.to_str())
    with pytest.raises(WeightsMissing, match="form of a chat"):
        chat.load(tmp_path, "cpu")
    weights = load_file(tmp_path / "model.safetensors")
    del weights["model.layers.0.mlp.up_proj.weight"]
    save_file(weights, tmp_path / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(WeightsMissing, match="does not fit"):
        chat.load(tmp_path, "cpu")
