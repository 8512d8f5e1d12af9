"""What the page of teaching says beside the frame's words and the card."""

TEACH = "Teach it"
TEACH_CAPTION = ("Name two to five things and give three to fifty pictures of each: upload them or take them with the camera. "
                 "Then press Teach. Both methods learn from the same pictures.")
OTHER_KIND = "Teach it sounds instead"
TRY = "Show it something new"
START = "Start with"
OWN = "My own things"
SET_TITLES = {"smiles": "Drawn faces", "grounds": "Brick, grass, gravel", "digits": "Handwritten digits", "brains": "Slices of a brain"}
SET_SOURCES = {
    "smiles": "Drawn by this project: position, size, tilt and colours change, and nothing but the mouth and eyes tells them apart.",
    "grounds": "Squares of three photos of ambientCG that come with scikit-image (CC0); the other half of each photo is for trying.",
    "digits": "Written by people for the UCI repository (CC BY 4.0), 8 by 8 squares each; they come with scikit-learn.",
    "brains": "Slices of the average of 152 healthy brains (MNI152), which comes with nilearn."}
NAME, NAME_OF = "Name of thing {number}", "Thing {number}"
# no names in these: labels are drawn as markdown, and a name may be anything
GIVE = "Pictures of thing {number}"
DEVICE = "Camera for thing {number}"
ADD, DROP, CLEAR = "Add a thing", "Remove", "Empty"
COUNT = "{count} pictures (3 to 50 are needed)"
BUTTON = "Teach"
READING = "Reading picture {number} of {all}…"
LEARNING, CHECKING = "Looking at {count} pictures…", "Learning, and checking on pictures held back…"
TOO_MANY = "“{name}” has 50 pictures, which is the most; {left} were left out."
TOO_HEAVY = "These files together have more than {mb} MB; {left} were left out. Please give them in smaller portions."
EXAMPLE_BAD = "Picture {number} for “{name}” was left out: {why}"
MORE_BAD = "{count} more were left out for the like."
NEEDS = "Still missing: {what}."
NEEDS_NAME, NEEDS_EXAMPLES = "a name for thing {number}", "{count} more of thing {number}"
KNOWS = "It now tells apart: {names}."
KNOWS_EACH = "“{name}” from {count} pictures"
ALT_EXAMPLES = "{count} pictures of “{name}”"
EXAMPLE = "example {number}"
SEEN_ALREADY = "One of the pictures that it learnt from: now show it a new one"
TRIED = "{title}, held against what was taught last"
SAVE, SAVE_FILE = "Save what it learnt", "taught.safetensors"
OPEN = "Open a saved one"
OPEN_HELP = "A file that was saved on this page. It is checked before it is used."
FORGET = "Forget everything I gave"
FORGOTTEN = "Forgotten: your pictures, names and what was learnt from them."
KEPT = ("Your pictures are made small at once and kept in this visit's memory only; nothing is written to a disk. A saved file "
        "holds small copies of the pictures: give it only to whom you would give those.")
STOPPED = "Stopped. Press Teach to start anew."

HOW_WELL = "How well did it learn?"
HOW_WELL_CAPTION = ("Some of the pictures were held back and asked about afterwards, so this is how it does on pictures of the "
                    "same kind that it has not seen.")
NO_LESSON = "Press Teach above, and it is checked here on pictures held back."
CURVE_X, CURVE_Y = "Examples of each thing", "Right on pictures held back"
OWN_CURVE = "With more examples"
OWN_CURVE_SAID = ("With {few} of each thing: classical right {classical_few} times in 100, deep {deep_few}. With {many} of each: "
                  "classical {classical_many}, deep {deep_many}. The mean of {repeats} draws of what is held back.")
CONFUSED = "What it takes for what"
CONFUSED_SAID = "{family}: {right} of {all} right, each picture held back once.{worst}"
WORST = " Most often it takes “{truth}” for “{answer}” ({count} of {all})."
CONFUSED_HEAD = "shown"
TOOK = "Taught in {seconds} from {count} pictures, both methods."

HEAD_START = "What a head start is worth"
HEAD_START_CAPTION = ("Measured, not on your pictures: five of CIFAR-10's ten things, drawn anew {seeds} times, with 1 to 50 "
                      "examples of each. Both methods see the very same examples.")
HEAD_START_SAID = ("With five examples of each thing the deep network is right {deep} times in 100, the classical method "
                   "{classical}; guessing would give 20. {needs} The network saw 1.28 million photos before it met yours: that is "
                   "its head start, and all it learns here is how to weigh what it already sees.")
WHO = {"classical": "classical method", "deep": "network"}
NEEDS_MORE = "The {behind} needs {count} of each to get where the {ahead} is with {few}."
NEVER_THERE = "Not even {count} examples of each bring the {behind} to where the {ahead} is with {few}."
BAND = "the middle of {seeds} draws; the shade holds 9 in 10 of them"
