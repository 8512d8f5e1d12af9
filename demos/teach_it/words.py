"""The samples of teaching and what a visitor should know before trusting an answer."""

from __future__ import annotations

from demos.base import Card, Sample

_SKIMAGE = "scikit-image:skimage/data"
_DRAWN = "drawn by this project"
_GROUND = "ambientCG, in scikit-image, CC0"
_DIGIT = "UCI's handwritten digits, in scikit-learn, CC BY 4.0"
_BRAIN = "MNI152, in nilearn; copyright McConnell Brain Imaging Centre, free to use with this notice"

SUMMARY = ("Show it a few pictures of things of your own, press Teach, and try new ones: a method that starts from nothing, and "
           "one that has seen a million photos before.")

SAMPLES = (
    Sample("sad", "A drawn face with its mouth down", {"image": "samples/face_sad.jpg", "taught": "smiles"}, _DRAWN,
           expect="sad"),
    Sample("gravel", "Grey stones", {"image": "samples/ground_gravel.jpg", "taught": "grounds"}, _GROUND, expect="gravel",
           fails="The classical method says “grass”: to it both are fine grey patterns without a direction."),
    Sample("front", "A slice of a brain", {"image": "samples/slice_front.jpg", "taught": "brains"}, _BRAIN,
           expect="from the front"),
    Sample("stranger", "A cup of coffee, where faces were taught", {"image": f"{_SKIMAGE}/coffee.png", "taught": "smiles"},
           "Rachel Michetti, CC0", expect="none of these",
           fails="The classical method says “surprised” rather than “none of these”: its measures put a round cup not far "
                 "from a round mouth."),
    Sample("three", "A handwritten three", {"image": "samples/digit_three.jpg", "taught": "digits"}, _DIGIT, expect="three",
           fails="The network says “five”; the classical method is right. Outlines are all that a digit has, and the network "
                 "learnt from photos."),
    Sample("happy", "A drawn face with its mouth up", {"image": "samples/face_happy.jpg", "taught": "smiles"}, _DRAWN,
           expect="happy",
           fails="Both methods say “surprised”. Where a face sits, its size and its colours change more of the picture than the "
                 "bend of a mouth."),
)

CERTAINTY = {
    "classical": "The certainties were fitted on other things than yours, and “none of these” is among them.",
    "deep": "The certainties were fitted on other things than yours, and “none of these” is among them.",
}

CARD = Card(
    learnt_from="What you teach: your own pictures, for this visit only. The deep method's measures come from EfficientNet-Lite0, "
                "which learnt from ImageNet's 1.28 million photos; the classical measures were thought of by people. How "
                "strict both are, how sure they sound, and when they say “none of these” was chosen on lessons with "
                "2,000 small pictures of CIFAR-10: so that 1 in 10 pictures of taught things is refused.",
    weak_at=(
        "Handwritten digits: here the classical method wins. With 12 examples of each it named 119 of 120 others rightly, "
        "the network 108. Outlines are all there is, and hand-made measures of outlines are good at that.",
        "Small differences among large ones: of 120 drawn faces the network named 77 rightly, the classical method 48. Where "
        "a face sits and its colours change more of the picture than its mouth.",
        "Strangers that look alike: asked about small photos of things that were not taught, the network said “none of these” "
        "to 35 in 100, the classical method to 19. Of quite other pictures it was 98 and 49 in 100.",
        "Few pictures: with three of each it may have learnt the table on which they lie, or the light. Change those, too.",
    ),
    never_for="Do not use what was taught in a minute to judge people, to sort food, mushrooms or medicine, or to guard a door.",
    licence="EfficientNet-Lite: Apache-2.0. CIFAR-10: no formal licence (Krizhevsky 2009); none of its pictures is in this "
            "project. The ready-made lessons' pictures are named with them.",
)
