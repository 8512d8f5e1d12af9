"""The samples of the driving scene, its card, and the words of what its page alone has."""

from __future__ import annotations

from demos.base import Card, Sample

_SKIMAGE = "scikit-image:skimage/data"
_DRAWN = "drawn by this project's make_samples.py"

SAMPLES = (
    Sample("day", "A drawn road by day", {"image": "samples/day.jpg"}, _DRAWN, expect="vehicle",
           fails="The network reads the drawn 50 as 80, and the classical method misses one of the two people."),
    Sample("dusk", "A drawn road at dusk", {"image": "samples/dusk.jpg"}, _DRAWN, expect="vehicle"),
    Sample("rain", "A drawn road in heavy rain", {"image": "samples/rain.jpg"}, _DRAWN, expect="vehicle",
           fails="The classical method misses the person and one of the two cars: rain blurs their outlines."),
    Sample("worn", "A drawn bend with worn markings", {"image": "samples/worn.jpg"}, _DRAWN, expect="vehicle"),
    Sample("photographer", "A photo: a man with a camera", {"image": f"{_SKIMAGE}/camera.png"},
           "Lav Varshney, CC0", expect="pedestrian",
           fails="Both methods miss the man: he is bent over a camera and cut off by the frame, and they learnt from "
                 "people who walk."),
    Sample("astronaut", "A photo: an astronaut and a model of her ship", {"image": f"{_SKIMAGE}/astronaut.png"},
           "NASA (Eileen Collins), public domain",
           fails="The classical method takes three pieces of the space suit for vehicles."),
    Sample("motorcycle", "A photo: a motorcycle in a garage", {"image": f"{_SKIMAGE}/motorcycle_left.png"},
           "Middlebury Stereo 2014, D. Scharstein and others",
           fails="Neither method knows a motorcycle from the side. The network calls something small on the shelf "
                 "behind it a vehicle."),
    Sample("coffee", "No street at all: a cup of coffee", {"image": f"{_SKIMAGE}/coffee.png"},
           "Rachel Michetti, CC0",
           fails="The lane finder sees both lines of a lane in the wood of a table: it always looks for one."),
)

CERTAINTY = {
    "classical": "The certainties are how far a window lies from the SVM's border; they are no promise.",
    "deep": "The lane is found the classical way here too; people, vehicles and signs by networks.",
    "hub": "The lane is found the classical way here too.",
}

CARD = Card(
    learnt_from="People: 78 street pictures of Penn-Fudan. Vehicles: 12,503 square patches, half of them cars and vans "
                "from behind on motorways by day, half without. The deep network began with EfficientNet-Lite0, which "
                "learnt from ImageNet, and it also saw 48 drawn roads like the samples, so its answers on drawn "
                "roads say little. The classical people detector is OpenCV's own. The lane finder learnt nothing.",
    weak_at=(
        "People who stand close together: they share one box. On 35 street photos the network missed 7 of 83 people "
        "and raised 1 false alarm; the classical method missed 44 and raised 14.",
        "Anything it has not seen: motorcycles and lorries from the side, people on bicycles, animals, night, snow.",
        "Signs that are not German: a yellow diamond that warns of danger in America is read as “Priority road”. "
        "The classical reader has no answer “not a sign”, so red and blue things become signs now and then.",
        "The lane: it believes in two lines on any picture. On 20 drawn roads by day it found all 40 lines; in rain, "
        "where every drop is an edge, and with worn markings only 26 of 40.",
    ),
    never_for="Never let it steer, brake or warn. It has not seen night, snow, fog, crossings from the side or a city "
              "centre, and a car needs far more than one picture.",
    licence="Vehicle patches: partly KITTI, no commercial use. Penn-Fudan: no formal licence, for research. None of "
            "their pictures is in this project. EfficientNet-Lite: Apache-2.0.",
)

# the layers: what belongs to each, and what is said of it
PEDESTRIANS, VEHICLES, SIGNS, LANE = "Pedestrians", "Vehicles", "Signs", "Lane"
LAYERS = (PEDESTRIANS, VEHICLES, SIGNS, LANE)
SAYS_LAYER = {
    PEDESTRIANS: "{count} found. Measured on street photos from the side; people in cars or on bicycles were hardly "
                 "among them.",
    VEHICLES: "{count} found. It knows cars and vans best from behind, as a driver sees them.",
    SIGNS: "{count} read: {names}. First by colour and shape, then by the reader of the traffic signs demo.",
    LANE: "{count} of the two lines of the own lane found, by edges and straight lines; both methods share this.",
}
NO_SIGNS = "0 read. What is red, blue or yellow and round enough went to the reader, and nothing convinced it."

ALL_IN_LAYERS = "Layer by layer"
LAYERS_CAPTION = "Switch on what you want to see; orange and dashed is the classical method, blue the deep network."
SHOW = "Show"
DRAW_ROAD = "Draw your own road"
DRAW_CAPTION = ("This road is drawn, so where its lane lies is known exactly. Make it dark, wet or worn, and see by how "
                "many pixels the lane finder is off. The picture is 960 pixels wide.")
SLIDERS = {"dusk": "Dusk", "rain": "Rain", "worn": "Worn markings", "bend": "Bend"}
ERROR = "Lane: {lines} of 2 lines found, off by {error:.1f} pixels on average."
NO_LANE = "Lane: no line found."
DRIVE = "Drive"
DRIVE_CAPTION = ("Six seconds on this road, or your own film. Each method looks at every picture anew and remembers "
                 "nothing; a real car would put them together.")
DRIVE_BUTTON = "Drive this road"
FILM_UPLOAD = "Or your own short film from a windscreen"
FILM_ACCEPTED = "MP4, MOV or WebM, at most 20 seconds and {mb} MB; five pictures a second are looked at"
WATCHING = "Looking at every picture…"
PER_SECOND = "{who}: {rate:.1f} pictures a second{lane}."
LANE_OFF = ", its lane off by {error:.1f} pixels on average where found ({found} of {of} lines)"
FILM_ALT = "The film with what both methods found drawn over each picture."
