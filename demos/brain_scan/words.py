"""The words of the brain scan page: samples, what to know before trusting an answer, and its own two parts."""

from __future__ import annotations

from demos.base import Card, Sample

CAUTION = "Not for diagnosis: this is a demonstration, and only a doctor can tell."
CERTAINTY = {
    "texture_svm": "It knows texture only: how grainy and how bright a small window is beside the rest of the head.",
    "spots": "It knows three kinds of tumour and nothing else: no bleeding, no stroke, no other illness.",
    "detect_tumor": "The box is where its evidence is strongest. Compare it with what you see: it is mostly beside the "
                    "tumour, also when the name is right.",
}
_MNI = ("average of 152 healthy brains (MNI152, in nilearn), © 1993-2009 Louis Collins, McConnell Brain Imaging "
        "Centre, Montreal Neurological Institute, McGill University")
_HEAD = "s1045, one slice of a real head, sample data of matplotlib"
_SPOT = "with a spot painted in by this project (make_samples.py), no real tumour: "


def _slice(name: str, title: str, source: str, expect: str = "", fails: str = "") -> Sample:
    return Sample(name, title, {"image": f"samples/{name}.png"}, source, expect, fails)


SAMPLES = (
    _slice("painted_bright", "An average brain with a painted bright spot", _SPOT + _MNI),
    _slice("s1045", "A real head from the side, healthy", _HEAD, "nothing found",
           "The texture method finds a meningioma in the middle of this healthy head, 69 in 100 sure."),
    _slice("mni_axial", "An average brain from above, healthy", _MNI, "nothing found"),
    _slice("mni_coronal", "An average brain from the front, healthy", _MNI, "nothing found",
           "detect-tumor is certain of a meningioma here, in the average of 152 healthy brains. Choose it under “Change "
           "the deep model”."),
    _slice("painted_faint", "A real head with a painted faint spot", _SPOT + _HEAD),
    Sample("cat", "A cat, which no method here should answer", {"image": "scikit-image:skimage/data/chelsea.png"},
           "Chelsea, by Stéfan van der Walt, CC0", refused=("texture_svm", "spots", "detect_tumor")),
)

CARD = Card(
    learnt_from="The network and the texture method: 2,260 slices of heads with one tumour each, three kinds "
                "(glioma, meningioma, pituitary), from two hospitals in China (Cheng 2017), and 130 slices of an "
                "average healthy brain. detect-tumor: a collection of 240-pixel slices that its makers do not "
                "name.",
    weak_at=(
        "It finds a tumour where none is: in 13 of 18 slices whose tumour we had covered with the other half of the head, "
        "the network still found one. It has hardly ever seen a healthy head with contrast agent.",
        "It points beside the tumour: the network for 14 of 264 slices, detect-tumor for 199, the texture method for 59.",
        "It gives the wrong name or none: the network for 7 of 264 slices, detect-tumor for 55, the texture method for 62.",
        "Other scans: without contrast agent, of children, of other illnesses. It knows three kinds of tumour and picks one "
        "of them.",
    ),
    never_for="Never use it to decide anything about a person's health, and never to calm yourself or somebody "
              "else. Ask a doctor.",
    licence="Slices to learn from: CC BY 4.0 (Cheng, figshare 1512427). detect-tumor: MIT. MNI152: free to use "
            "with its copyright notice. EfficientNet-Lite0, from which the network began: Apache-2.0. The "
            "weights learnt here are this project's own.",
)

# Right for the wrong reason
TWO = "Right for the wrong reason"
TWO_CAPTION = ("Two deep networks look at your slice. Both name tumours well. Only one of them looks at the "
               "tumour: the warm colours show where the evidence for each answer lies.")
TWO_MEASURED = "Measured: {named}; {placed}."
TWO_WHY = ("How can a network be right and look elsewhere? The slices of one kind of tumour often come from the "
           "same side, the same scanner, the same cut. A network that must only give a name may learn these "
           "instead. The other one had to show the place as well, so it had to find the tumour.")
HEAT_ALT = "{title}: {said} Heat map over the slice."

# Paint it
PAINT = "Paint it"
PAINT_CAPTION = ("A healthy slice, and a spot that you paint: press a place on the slice, choose size and "
                 "strength. Who notices, and whose map follows your spot?")
PAINT_PRESS = "Press where the spot shall be"
PAINT_ALT = "The healthy slice with your spot {size:g} % wide, at {x:g} % from the left and {y:g} % from the top."
NOTICED, UNNOTICED = "It says: {names}.", "It finds nothing."
FOLLOWS = "The warmest place of its map lies on your spot."
ASIDE = "The warmest place of its map lies beside your spot, {share:.0f} % of the picture's width away."
COLD = "Its map stays cold."
NO_SPOT = "There is no spot now: set size and strength."
LESSON = ("A spot is no tumour. A network that calls it one has learnt “something bright and round that does not "
          "belong there”; one that does not notice it looks at something else, or has learnt more than that. Try "
          "a dark spot too.")
