"""The samples of image recognition and what a visitor should know before trusting an answer."""

from __future__ import annotations

from demos.base import Card, Sample

_SKIMAGE = "scikit-image:skimage/data"
_SKLEARN = "scikit-learn:sklearn/datasets/images"

SAMPLES = (
    Sample("cat", "A cat's face, close up", {"image": f"{_SKIMAGE}/chelsea.png"},
           "Chelsea, by Stéfan van der Walt, CC0", expect="cat",
           fails="The classical method says it is a frog. A face that fills the picture has other outlines "
                 "than the small whole cats that it learnt from."),
    Sample("coffee", "A cup of coffee on a red saucer", {"image": f"{_SKIMAGE}/coffee.png"},
           "Rachel Michetti, CC0", expect="espresso"),
    Sample("rocket", "A rocket on its pad at dusk", {"image": f"{_SKIMAGE}/rocket.jpg"},
           "SpaceX, public domain", expect="missile"),
    Sample("photographer", "A man at a camera on a tripod", {"image": f"{_SKIMAGE}/camera.png"},
           "Lav Varshney, CC0", expect="tripod"),
    Sample("pavilion", "A Chinese pavilion above a lake", {"image": f"{_SKLEARN}/china.jpg"},
           "danielbuechele on Flickr, CC BY 2.0", expect="palace"),
    Sample("motorcycle", "A red motorcycle in a garage", {"image": f"{_SKIMAGE}/motorcycle_left.png"},
           "Middlebury Stereo 2014, D. Scharstein and others",
           fails="EfficientNet says it is a moped: ImageNet's 1,000 kinds hold no motorcycle, so it must "
                 "take the nearest. The classical method is very sure of an automobile."),
    Sample("silhouette", "The black outline of a horse", {"image": f"{_SKIMAGE}/horse.png"},
           "Andreas Preuss (marauder) on openclipart, CC0",
           fails="EfficientNet sees dogs of several kinds, and the classical method an aeroplane. Both "
                 "learnt from photos, where a horse is more than its outline."),
)

CERTAINTY = {
    "ten": "It knows ten things only: aeroplane, car, bird, cat, deer, dog, frog, horse, ship and truck. "
           "Whatever else you show it, it still picks one of them.",
    "thousand": "The certainties are shares among 1,000 kinds and always add up to one, also when the thing "
                "in your picture is none of them.",
    "yours": "The certainties are shares among your labels and always add up to one, also when none fits.",
}

# what else a visitor may bet on: things that nobody takes for a sample's
POOL = (*(sample.expect for sample in SAMPLES if sample.expect), "accordion", "broccoli", "canoe", "hourglass", "snail",
        "sewing machine", "umbrella", "volcano", "zebra")

CARD = Card(
    learnt_from="EfficientNet-Lite and ConvNeXt V2: ImageNet, 1.28 million photos from the web that people "
                "sorted into 1,000 kinds. The classical method: CIFAR-10, 20,000 pictures of "
                "32 by 32 squares.",
    weak_at=(
        "Anything outside its list: ImageNet has 118 kinds of dog, but no person, motorcycle, coin or deer.",
        "Drawings, silhouettes and pictures from unusual sides: it learnt from ordinary photos.",
        "Several things in one picture: it must choose one.",
        "Its certainty is no promise. It is often sure and wrong about things that it never learnt.",
    ),
    never_for="Do not use it to judge people, food, plants, medicines or anything where a mistake can hurt.",
    licence="EfficientNet-Lite: Apache-2.0. CIFAR-10: no formal licence (Krizhevsky 2009). ImageNet's photos "
            "belong to those who took them; none is in this project.",
)
