"""NLLB-200 from the hub: one network for any pair of 202 languages.

NLLB Team 2022, arXiv:2207.04672; the distilled 600 million weights, by Meta AI, CC BY-NC 4.0.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from demos.errors import BadInput
from demos.inputs import ChoiceInput
from demos.text_results import Translation
from demos.translation.cutting import CUT_NOTE, LONGEST, growing, has_words, is_long
from demos.translation.direction import settle

if TYPE_CHECKING:
    import torch
    from transformers import PreTrainedTokenizerFast

NAMES: dict[str, str] = dict(
    line.split(" ", 1) for line in Path(__file__).with_name("nllb_languages.txt").read_text("utf-8").splitlines())
SAME = ("auto", "As chosen beside the text")
SOURCE = ChoiceInput("source", "From this language", "Any of NLLB's 202 languages.", (SAME, *NAMES.items()), "auto")
TARGET = ChoiceInput("target", "Into this language", "Any of NLLB's 202 languages.", (SAME, *NAMES.items()), "auto")
_CODES = {"en": "eng_Latn", "pt": "por_Latn"}
BEAM = 4  # as in the paper
LOOP = 3  # no three pieces of words twice: such networks may go round in circles


class AnyPair:
    """A loaded NLLB; `predict` never writes to it."""

    def __init__(self, network: torch.nn.Module, tokenizer: PreTrainedTokenizerFast, device: str) -> None:
        self.network, self.tokenizer, self.device = network, tokenizer, device

    def predict(self, text: str, direction: str = "auto", source: str = "auto", target: str = "auto") -> Translation:
        """The text in another language; `source` and `target` are FLORES codes or "auto" for those of `direction`."""
        *_, (_, answer) = self.stream(text, direction, source, target)
        return answer

    def translate(self, text: str, direction: str = "auto") -> Translation:
        """As `predict`, for the page's own sentences."""
        return self.predict(text, direction)

    def stream(self, text: str, direction: str = "auto", source: str = "auto",
               target: str = "auto") -> Iterator[tuple[float, Translation]]:
        """As `predict`, after each sentence: how much is done and the answer so far. Raises BadInput."""
        way, note = settle(text, direction)
        first = _CODES[way[:2]] if source == "auto" else source
        second = _CODES[way[-2:]] if target == "auto" else target
        if first == second:
            raise BadInput(f"Both languages are {NAMES[first]}. Please choose two different ones.")
        if is_long(text, way[:2]):
            note = f"{note} {CUT_NOTE.format(words=LONGEST)}".strip()
        note = note if source == "auto" else ""
        for share, answer in growing(text, way[:2], lambda part: self.one(part, first, second)):
            yield share, Translation(answer, (NAMES[first], NAMES[second]), note=note)

    def one(self, sentence: str, source: str, target: str) -> str:
        """One sentence in another language."""
        import torch

        if not has_words(sentence):
            return sentence
        code = self.tokenizer.convert_tokens_to_ids
        pieces = self.tokenizer(sentence, add_special_tokens=False)["input_ids"]
        given = torch.tensor([[code(source), *pieces, self.tokenizer.eos_token_id]], device=self.device)
        with torch.inference_mode():
            made = self.network.generate(input_ids=given, attention_mask=torch.ones_like(given), num_beams=BEAM,
                                         do_sample=False, forced_bos_token_id=code(target),
                                         no_repeat_ngram_size=LOOP, max_new_tokens=24 + 3 * len(pieces))
        return self.tokenizer.decode(made[0], skip_special_tokens=True).removeprefix(target).strip()


def load(weights: Path | None, device: str) -> AnyPair:
    """Read a folder with config.json, generation_config.json, tokenizer.json and pytorch_model.bin.

    Its authors published no safetensors file: the weights are read as plain tensors only (`weights_only`).
    """
    from transformers import AutoModelForSeq2SeqLM, PreTrainedTokenizerFast

    assert weights is not None
    network = AutoModelForSeq2SeqLM.from_pretrained(weights, local_files_only=True, weights_only=True)
    tokenizer = PreTrainedTokenizerFast(tokenizer_file=str(weights / "tokenizer.json"), eos_token="</s>",
                                        pad_token="<pad>", unk_token="<unk>")
    return AnyPair(network.requires_grad_(False).eval().to(device), tokenizer, device)
