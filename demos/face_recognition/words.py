"""The samples of face recognition and what a visitor should know before trusting an answer."""

from __future__ import annotations

from demos.base import Card, Sample

_ASTRONAUT = "scikit-image:skimage/data/astronaut.png"
_ADMIRAL = "matplotlib:matplotlib/mpl-data/sample_data/grace_hopper.jpg"
_PHOTOGRAPHER = "scikit-image:skimage/data/camera.png"
_CAT = "scikit-image:skimage/data/chelsea.png"
_BY_NASA = "Astronaut: NASA, public domain, in scikit-image"
_BY_NAVY = "Admiral: United States Navy, public domain, in matplotlib"
_COPY = "altered by this project's make_samples.py"

SUMMARY = ("Give it two photos: two methods find the face in each, measure it, and say how far apart the two are. "
           "Below, it finds and names faces in a group photo, and plays a phone that opens for its owner.")

SAMPLES = (
    Sample("copy", "The astronaut and an altered copy", {"first": _ASTRONAUT, "second": "samples/astronaut_copy.jpg"},
           f"{_BY_NASA}; the copy {_COPY}", expect="same person"),
    Sample("two", "The astronaut and the admiral", {"first": _ASTRONAUT, "second": _ADMIRAL},
           f"{_BY_NASA}. {_BY_NAVY}", expect="different people",
           fails="The classical method takes the two women for one: how often small patterns of light and dark occur "
                 "in a face says little about whose it is."),
    Sample("print", "The admiral and an old print of the photo", {"first": _ADMIRAL, "second": "samples/admiral_copy.jpg"},
           f"{_BY_NAVY}; the print {_COPY}", expect="same person"),
    Sample("group", "The admiral and three people", {"first": _ADMIRAL, "second": "samples/group.jpg"},
           f"{_BY_NAVY}; put together with photos of scikit-image by this project", expect="same person"),
    Sample("far", "The astronaut, and from very far away", {"first": _ASTRONAUT, "second": "samples/far_copy.jpg"},
           f"{_BY_NASA}; the copy {_COPY}", expect="same person",
           fails="The network says different people, and is sure of it. The second photo is the first one with a face "
                 "of 11 pixels; the classical method gets it right."),
    Sample("side", "The admiral, and a photographer from the side",
           {"first": _ADMIRAL, "second": _PHOTOGRAPHER}, f"{_BY_NAVY}. Photographer: Lav Varshney, CC0, in scikit-image",
           expect="different people", refused=("hog_lbp",),
           fails="The classical detector knows faces from the front only and finds none in the second photo."),
    Sample("cat", "The astronaut and a cat", {"first": _ASTRONAUT, "second": _CAT},
           f"{_BY_NASA}. Chelsea, by Stéfan van der Walt, CC0, in scikit-image", refused=("hog_lbp", "dlib_resnet")),
    Sample("drawing", "The admiral and a drawing", {"first": _ADMIRAL, "second": "samples/drawing.jpg"},
           f"{_BY_NAVY}; drawn by this project", refused=("hog_lbp", "dlib_resnet")),
)

CERTAINTY = {
    "lbp": "That comes from photos and altered copies of them, so it flatters this method.",
    "resnet": "That is worked out from the mistakes its author published, not measured on people like you.",
}

CARD = Card(
    learnt_from="dlib's network: about three million photos of 7,485 people, mostly well-known ones, collected from the "
                "web without asking them. The classical detector: outlines of faces seen from the front. The counted "
                "patterns learnt nothing but one threshold, from 50 small faces and altered copies of them.\n\n"
                "**How “so many times in 100 the same” was got.** The network's author published 99.38 right of 100 on "
                "Labeled Faces in the Wild at the distance 0.6. We put two bell curves on both sides of 0.6 that make as "
                "many mistakes; their width is the spread of the distances between 100 small faces, measured here. No "
                "photos of one person from different days were at hand, so nothing here tests that.",
    weak_at=(
        "Small faces. At 25 pixels all faces look alike to it: the table above says how often it took two for one.",
        "Drawings. Both detectors take many drawn faces for real ones; the table above counts them. The page declines "
        "faces of even colours, so a drawing with shades still passes.",
        "Children, and people of whom the web of 2017 had few photos. Those who use this network report more mix-ups "
        "among children and among Asian faces; we had no photos to measure it.",
        "Twins, heavy make-up, masks, strong side light, faces seen from the side, and twenty years between two photos.",
        "It cannot tell a face from a photo of that face, held before the camera.",
        "It says nothing on age, gender, feeling or origin, on purpose: a face does not show what somebody feels, and "
        "sorting people by their looks has done much harm. The same numbers could be misused for it.",
    ),
    never_for="Never use it to identify people who did not agree, to watch a place, to open a real door, to pay, or to "
              "accuse anybody. One wrong match in a thousand is many people in a crowd.",
    licence="dlib's weights: CC0 (public domain). dlib: Boost. Sample photos: public domain or CC0. The photos that the "
            "network learnt from belong to those who took them; none is in this project.",
)

# the page's own parts
CONSENT = ("I want my face to be measured here, and everybody in view has agreed. It stays on this machine, in memory, "
           "until I press “Forget everything” or leave.")
FIND, UNLOCK = "Find and name", "Unlock"
FIND_CAPTION = ("Give a photo with several people and tell it who is who: it finds every face and looks for the named "
                "ones. This is how photo albums tag your friends.")
GROUP, KNOWN = "A photo with several people", "Faces with a name"
NAME, NAME_HELP = "Name", "Any word will do. Please name only people who agreed."
ADD_BY_PHOTO = "A photo of this person"
WHO = "Who is this?"
SAMPLE_NAMES = (("Eileen Collins", "copy"), ("Grace Hopper", "print"))  # as the packages' authors name the photos
FOUND = "{faces} found, {named} of them named."
NEAREST = "{name}: distance {distance:.2f}; of such pairs {share} show one person."
NO_FACES = "No face was found in this photo. Faces should be at least 80 pixels wide and turned to the camera."
NEEDS_NAME = "Please write a name first."
NEEDS_FACE = "No face was found in this photo, so there is nothing to remember. Please give another one."
MOVED = "Press a name to take it away."
UNLOCK_CAPTION = ("A phone keeps the numbers of its owner's face and compares whoever looks at it. Enrol a face, then try "
                  "to unlock with another photo.")
ENROL, TRY = "1. Enrol the owner", "2. Try to unlock"
OWNERS_PHOTO, TRYING_PHOTO = "The owner's photo", "The photo that tries"
BY_CAMERA = "Use the camera"
TAKE_SAMPLE = {"enrol": "Enrol the astronaut", "same": "Try: her altered copy", "other": "Try: the admiral",
               "far": "Try: her photo from far away"}
STRICT = "Unlock below the distance"
ODDS = ("At {limit:.2f}, by the curves on the card, about {let_in} strangers in 10,000 would get in, and the owner would "
        "stay out about {kept_out} times in 10,000. A lower limit is safer and more annoying.")
OPEN, SHUT = "Unlocked", "Stays locked"
ENROLLED, NOBODY = "The owner is enrolled.", "Nobody is enrolled yet."
TRY_NOW = "Now try to unlock: with another photo, or with somebody else's."
PHOTO_FOOLS = "Hold a photo of the owner before the camera: it opens too. Real phones measure depth as well, for this reason."
FORGET, FORGOTTEN = "Forget everything", "Forgotten: names, faces and numbers are gone."
KEPT_SENTENCE = ("The numbers and small pictures of faces are kept in this visit's memory only. This button wipes them, and "
                 "so does closing the page.")
SLOW = "This took too long. Please try a smaller photo."
