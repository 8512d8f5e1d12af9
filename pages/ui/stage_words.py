"""The words of the stage: for speakers, and on their screens."""

TITLE = "Give a talk"
SHORT = "Give a talk"
LEDE = "Three written talks through this dashboard, to be given with a clicker. Each is a plain file that you can edit."
HOW = ("**Page Down** and **Page Up** lead on and back; so do the arrow keys, unless you are moving a slider. **Escape** leaves the "
       "stage. Open the notes in a second window, on your own screen: they keep in step, and the keys work there too.")
FILES = ("The talks are the files in `demos/stage_paths`. Copy one, change it, and start the program again. With `bet=1` after a "
         "demo's page the answers stay covered until the room has guessed; the keys 1 to 5 choose, and the score goes on from step "
         "to step. With `break=blur` one change of \"Break it\" is chosen already.")
START, NOTES = "Start on the stage", "Open the notes"
ABOUT = "{minutes:g} minutes, {beats} steps, for {audience}"
STEP = "{number} of {count}"
NEXT, LAST = "Next: {line}", "This was the last step."
MINUTES = "{minutes:g} min for this step, from minute {begin:g} of {all:g}"
WRONG = "A talk cannot be read: {error}"
UNKNOWN = "There is no such talk or step. Please start from the page for speakers."
