"""What the page of teaching sounds says: as the page of teaching pictures, and what is its own."""

from demos.teach_it.page_words import *  # noqa: F403  (the words that both pages share)

TEACH_CAPTION = ("Name two to five things and give three to fifty sounds of each: record them or upload them. Then press Teach. Both "
                 "methods learn from the same sounds. From a recording the loudest second is taken; where several sounds stand "
                 "with a pause between them, each becomes an example: clap five times, and you have five.")
OTHER_KIND = "Teach it pictures instead"
TRY = "Let it hear something new"
SET_TITLES = {"noises": "Clap, whistle, knock, bell", "words": "Yes, no, stop, go", "whistles": "Up, down, steady"}
SET_SOURCES = {
    "noises": "Synthetic: made by a small program of this project, which changes pitch, length and background. No recording is among them.",
    "words": "Synthetic: spoken by thirteen computer voices (Kokoro and espeak-ng) at different speeds, with noise. Nobody's own voice is among them.",
    "whistles": "Synthetic: whistles that rise, fall or stay, from low to high, made by a small program of this project."}
GIVE = "Sounds of thing {number}"
DEVICE = "Microphone for thing {number}"
RECORD = "Record one or several"
COUNT = "{count} sounds (3 to 50 are needed)"
READING = "Reading recording {number} of {all}…"
LEARNING, CHECKING = "Listening to {count} sounds…", "Learning, and checking on sounds held back…"
TOO_MANY = "“{name}” has 50 sounds, which is the most; {left} were left out."
SEVERAL = "{count} sounds were found in one recording for “{name}”. Play them, and empty the list if that is not what you meant."
EXAMPLE_BAD = "Recording {number} for “{name}” was left out: {why}"
KNOWS_EACH = "“{name}” from {count} sounds"
ALT_EXAMPLES = "{count} sounds of “{name}”, one after the other"
SEEN_ALREADY = "One of the sounds that it learnt from: now let it hear a new one"
FORGOTTEN = "Forgotten: your sounds, names and what was learnt from them."
KEPT = ("Of your recordings only the seconds are kept, in this visit's memory; nothing is written to a disk. A saved file holds the "
        "sounds themselves, your voice too: give it only to whom you would give those.")
HOW_WELL_CAPTION = ("Some of the sounds were held back and asked about afterwards, so this is how it does on sounds of the same kind "
                    "that it has not heard.")
NO_LESSON = "Press Teach above, and it is checked here on sounds held back."
CURVE_Y = "Right on sounds held back"
CONFUSED_SAID = "{family}: {right} of {all} right, each sound held back once.{worst}"
CONFUSED_HEAD = "heard"
TOOK = "Taught in {seconds} from {count} sounds, both methods."
HEAD_START = "What a head start from pictures is worth for sounds"
HEAD_START_CAPTION = ("Measured, not on your sounds: five of ten words, drawn anew {seeds} times, with 1 to 20 examples of each. The words "
                      "are spoken by synthetic voices, and asked about are voices that were not taught. Both methods hear the very same.")
HEAD_START_SAID = ("With five examples of each word the deep network is right {deep} times in 100, the classical method {classical}; "
                   "guessing would give 20. {needs} The network saw photos only: it knows edges and shapes, and a drawn sound has "
                   "those too. The classical measures were thought out by people for speech.")
