"""Which of ImageNet's 1,000 kinds belong to each of CIFAR-10's ten names, so that a network can be asked.

CIFAR-10 counts pickup trucks neither as automobiles nor as trucks, so they are left out here too. ImageNet
has no deer: the antelopes stand in for them, which makes this row a guess.
"""

from __future__ import annotations

import numpy as np

KINDS: dict[str, tuple[int, ...]] = {
    "airplane": (404, 895, 908),  # airliner, warplane, an airplane's wing
    "automobile": (407, 436, 468, 511, 609, 627, 656, 661, 734, 751, 817),  # ambulance to sports car
    # cock to great grey owl, black grouse to black swan, white stork to albatross
    "bird": (*range(7, 25), *range(80, 101), *range(127, 147)),
    "cat": tuple(range(281, 286)),  # house cats only: tabby to Egyptian cat
    "deer": (351, 352, 353),  # hartebeest, impala, gazelle
    "dog": tuple(range(151, 269)),  # Chihuahua to Mexican hairless
    "frog": (30, 31, 32),  # bullfrog, tree frog, tailed frog
    "horse": (339,),  # sorrel
    "ship": (403, 484, 510, 554, 625, 628, 724, 780, 814, 833, 871, 914),  # aircraft carrier to yawl
    "truck": (555, 569, 675, 864, 867),  # fire engine, garbage truck, moving van, tow truck, trailer truck
}


def as_ten(scores: np.ndarray) -> np.ndarray:
    """`(n, 1000)` probabilities -> `(n, 10)`: those of the kinds that belong to each name, added up."""
    return np.stack([scores[:, list(numbers)].sum(axis=1) for numbers in KINDS.values()], axis=1)
