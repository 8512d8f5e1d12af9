"""The words of the check before a show: for speakers, the evening before."""

TITLE = "Will the show work?"
SHORT = "Will the show work?"
LEDE = ("For the evening before a talk: ask every model, try every step, and look at this room's computer. What is red says "
        "what to do. It needs no network.")
FROM_STAGE = "Check everything the evening before"

# the check
MODELS = "Every model and every step"
MODELS_SAID = ("Each model answers all of its samples, and each step of the three talks is asked once, as on the stage. That "
               "takes some minutes. It waits its turn like every visitor, so others can go on. `python -m demos check` does the "
               "same without a browser.")
START, AGAIN, STOP = "Start the check", "Check again", "Stop"
NEVER_RAN = "Not checked since the program was started."
RUNNING = "{done} of {planned} done after {took}. Now: {now}"
ANOTHER = "Someone else has started this check. You see its rows as they come."
STOPPED = "Stopped at {time}, after {done} of {planned}."
ENDED = "Checked at {time}; it took {took}."
STATES = {"fine": "✓ fine", "slow": "! slow", "left out": "– left out", "wrong": "✗ red"}
HEAD = ("", "What", "Seconds", "Memory", "What it said")
RED, DEMOS, TALKS, MACHINE = "What is red", "Models", "Steps of the talks", "This computer"
STEP = "Step {number}: {line}"
DO = "What to do: {do}"
COUNTED = "{name}: {fine} fine, {red} red, {slow} slow, {left} left out"

# the browser
BROWSER = "This browser, in this room"
BROWSER_SAID = "Do this on the computer and the screen of the talk. Nothing is recorded, and nothing leaves the page."
IN_BROWSER = {
    "fine": STATES["fine"], "wrong": STATES["wrong"], "slow": "! not yet", "open": "? try it",
    "address": "Camera and microphone here",
    "address_fine": "Pages at this address may use them.",
    "address_wrong": "The browser forbids them at this address. What to do: open the page on the computer where the program "
                     "runs, at http://localhost with its port, or put HTTPS in front of it. Uploads work all the same.",
    "devices": "Plugged in",
    "devices_fine": "Cameras: {cameras}; microphones: {microphones}.",
    "devices_slow": "Cameras: {cameras}; microphones: {microphones}. What to do: plug in what is missing if your talk "
                    "needs it, then load this page anew.",
    "devices_wrong": "They cannot be seen at this address.",
    "try": "Try the camera and the microphone",
    "try_open": "Press the button: the browser asks for leave, and both are switched off again at once.",
    "try_fine": "Both gave something: {names}.",
    "try_slow": "Only one gave something: {names}. What to do: allow the other one beside the address, or plug it in.",
    "try_wrong": "Neither gave anything ({error}). What to do: press the sign beside the address, allow both, and try again.",
    "screen": "Screen",
    "screen_fine": "The screen has {screen} pixels, this window {window}. On the stage, letters are {letters} px high.",
    "screen_slow": "This window has only {window} pixels. What to do: make it as large as the screen ({screen}; key F11).",
    "size": "Can the last row read this line?",
    "clicker": "Clicker",
    "clicker_open": "Press forward and back on the clicker now.",
    "clicker_slow": "Seen: {keys}. What to do: press the other way too.",
    "clicker_fine": "Both ways were seen: {keys}.",
    "clicker_wrong": "Seen: {keys}. The stage does not know this key. What to do: switch the clicker to page keys or arrow keys.",
    "sound": "Sound", "tone": "Play a short tone",
    "sound_open": "Press the button and listen.",
    "sound_fine": "A tone was played. If you heard none: turn the sound up, and choose the right output in the computer's settings.",
    "sound_wrong": "This browser plays no sound. What to do: try another browser.",
}

# the walk
WALK = "Walk a talk here"
WALK_SAID = ("The steps of a talk one after another in this browser, small, with the seconds until each shows what it should. Best after "
             "the check: the models are loaded by then.")
WHICH = "Which talk?"
IN_WALK = {
    "fine": STATES["fine"], "wrong": STATES["wrong"], "slow": STATES["slow"],
    "start": "Walk it", "stop": "Stop", "frame": "The step that is drawn now",
    "now": "Step {number} of {count}: {line}",
    "all": "All {count} steps were shown, in {seconds} s. The slowest took {slowest} s.",
    "some": "{red} of {count} steps are red. What to do: leave them out, or tell whoever looks after this program.",
    "stopped": "Stopped after {count} steps.",
    "drawn": "{seconds} s", "late": "not shown after {seconds} s", "error": "the page says: {error}",
    "broken": "the page broke",
}
