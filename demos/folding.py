"""An EfficientNet-Lite that only answers needs fewer steps for the same numbers; several demos' networks stand on one."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval


def fold(network: nn.Module) -> None:
    """Change an EfficientNet of efficientnet_lite_pytorch, in evaluation mode, with or without its head.

    Each batch normalisation goes into the convolution before it, each even border of zeros too, and each ReLU6 writes over
    what it was given, which nobody else reads: together twice as quick as the package's own here.
    """
    pairs = [(network, "_conv_stem", "_bn0"), *([(network, "_conv_head", "_bn1")] if hasattr(network, "_conv_head") else [])]
    for block in network._blocks:
        pairs += [(block, "_expand_conv", "_bn0")] if hasattr(block, "_expand_conv") else []
        pairs += [(block, "_depthwise_conv", "_bn1"), (block, "_project_conv", "_bn2")]
    for owner, convolution, norm in pairs:
        setattr(owner, convolution, fuse_conv_bn_eval(getattr(owner, convolution), getattr(owner, norm)))
        setattr(owner, norm, nn.Identity())
    for part in network.modules():
        if isinstance(part, nn.ReLU6):
            part.inplace = True
        border = getattr(part, "static_padding", None)
        if isinstance(part, nn.Conv2d) and isinstance(border, nn.ZeroPad2d) and len({*border.padding}) == 1:
            part.padding, part.static_padding = border.padding[::2], nn.Identity()
