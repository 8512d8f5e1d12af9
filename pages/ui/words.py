"""The words of the frame, in one place so that they can be translated.

A demo's own words stand in its card (`demos/<name>/__init__.py`), longer texts that the search finds too in
`demos/told.py`.
"""

from demos.told import COMPARE_LEDE, HOW_LEDE, HOW_STEPS, PROMISES, RULE_OF_THUMB  # noqa: F401  (drawn by the pages)

PROJECT = "Deep Learning, Live"
PROMISE = ("Try it on your own picture or voice. See the answer of a classical method beside the answer of a "
           "deep network, see why the network answered so, and find the point where it breaks.")
SECTION_START, SECTION_HOW, SECTION_COMPARE = "Start", "How it works", "Compare"
SECTION_SHOW = "For speakers"
HOME = "Home"
HOW_THIS_WORKS = "What happens to my picture?"
ML_VS_DL = "Machine learning or deep learning?"
ML_VS_DL_SHORT = "Classical or deep?"

# groups of demos: in the menu and on the home page
GROUP = {"see": "See", "say": "Speak and write", "make": "Make and teach", "numbers": "Numbers and taste"}
GROUP_SAYS = {"see": "Show it a photo, a scan or a street.", "say": "Your voice, your sentence, your question.",
              "make": "It writes, it draws, and it learns from you.", "numbers": "Money, films and machines: here the classical method often wins."}

# home
BEGIN_TRY, BEGIN_LEARN, BEGIN_TALK = "Begin with a picture", "New to all this? What is deep learning?", "Give a talk with it"

# chips
CHIP_DEVICE = {"cpu": "This computer: processor, {cores} cores", "cuda": "This computer: graphics card",
               "mps": "This computer: Apple graphics", "": "This computer: {cores} cores"}
CHIP_WEIGHTS = {"bundled": "Model comes with this project", "package": "Model on this machine, {mb}",
                "hub": "Model downloaded, {mb}"}
CHIP_PRIVATE, CHIP_CLUSTER = "Nothing leaves this machine", "Nothing leaves the machines that this runs on"
DEVICE = {"cpu": "processor", "cuda": "graphics card", "mps": "Apple graphics"}

# input
SAMPLES = "Try one of these"
UPLOAD = {"picture": "Upload a picture", "sound": "Upload a recording", "engine": "Upload an engine's record"}
ACCEPTED = {"picture": "JPEG, PNG, WebP, GIF, BMP, TIFF or HEIC, up to {mb} MB",
            "sound": "WAV, MP3, M4A, OGG, FLAC or WebM, up to 10 minutes and {mb} MB",
            "engine": "Text with a line a flight and 26 numbers in it, as in NASA's C-MAPSS files, up to 1 MB"}
UPLOAD_NAMED = "{label}: upload"
YOUR_OWN = {"picture": "Your picture", "sound": "Your recording", "engine": "Your engine", "text": "Your text", "choice": "Your own choice",
            "number": "Your own choice"}
ANOTHER = "Another one"
MORE_SETTINGS = "More settings"
COUNTER = "{title} ({count:,} of {most:,} characters)"
ASK_BOTH = "Ask both methods"
CAMERA, CAMERA_FOR, CAMERA_SHOT = "Use the camera", "{label}: use the camera", "Take a picture"
MICROPHONE = "Use the microphone"
INSECURE = ("The browser allows the {what} only on this machine itself or over HTTPS, and this page came over plain "
            "HTTP. Uploading works all the same.")
SIZE = {"picture": "{0:,.0f} × {1:,.0f} pixels", "sound": "{0:.1f} seconds", "text": "{0:,.0f} characters"}
PLANE, SLICE = "From where do we look at the volume?", "Which slice, from one end to the other?"
VOLUME = "The whole volume"
VOLUME_CAPTION = ("Turn it with the mouse or a finger. The {plane} slice at {share:.0f} % is the one that the methods look "
                  "at; the other two cross it in the middle. It measures {size} mm.")

# duel
FAMILY = {"classical": "Classical", "deep": "Deep"}
WAITING_PLACE = "Waiting: {place} before this one."
LOADING, WORKING = "Loading the model…", "Working…"
ABOUT_LEFT = "About {seconds} to go."
STOP, AGAIN = "Stop", "Try again"
TO_ANSWER, OF_WEIGHTS = "to answer", "of weights"
FROM_CACHE = "to answer the first time; now from a cache"
NO_FIGURE = "not measured yet"
MADE_ALT = "{says}: {count} small pictures."
MADE_NOW, MADE_GUESS = "What there is", "What the network expects"
MADE_PLAY, MADE_PAUSE, MADE_MOMENT = "Play", "Pause", "Moment on the way"
MADE_SAID = ("On the left {count} pictures come out of pure noise. On the right stands what the network expects of each: at "
             "first a blur, the middle of all that it could become, and then more and more one picture.")
READ_AS = "read as {name}"
NOTHING = {"Spoken": "No speech was heard", "Story": "It ended here", "Transcript": "No speech was heard", "Ranking": "Nothing fits", "Passages": "Nothing found", "Text": "No words", "Translation": "No words"}
FILM_MOMENT = "Picture of the film"
FROM_NOTHING = "–"
STAGES = {"sound": "Sound", "words": "Words", "translation": "Translation", "voice": "Voice"}
RECORDED, VOICE_MADE = "{seconds} of sound", "{seconds} of speech: hear it below."
FROM_INTO, NOT_TRANSLATED = "From {first} into {second}.", "Nothing to translate."
IN_ENGLISH = "On the way, in English: “{text}”"
DISTANCE = "Distance {distance:.2f}; below {threshold:.2f} they count as the same."
OF_PAIRS = "Of pairs at this distance, {count}: {name}."
ALIKE, UNLIKE = "alike", "unlike"
MORE_DEEP = "Change the deep model"
DEEP_MODEL = "Deep model"
GET_IT, GETTING = "Get it ({mb} MB)", "Downloading: {have} of {total} MB"
NOT_HERE = "{title} is not on this machine yet."
PRESS_TO_DOWNLOAD = "It is the only thing here that needs the internet, and only once."

RIGHT_WHEN = "When it was this sure, it was right {count}."
WAVERS = "It wavers: “{other}” is nearly as likely to it."
VERY_SURE = "It is very sure of this. That does not make it right."
FAIRLY_SURE = "It leans to this, and leaves room for others."

# verdict
TRUTH = "Counted as right here: “{truth}”."
WHO_WAS_RIGHT = {  # (classical, deep)
    (True, True): "Both methods got it.", (False, False): "Both methods got it wrong.",
    (False, True): "The deep network got it; the classical method did not.",
    (True, False): "The classical method got it; the deep network did not."}
ONLY_YOU = "Which one is right? On your own {what}, only you can tell."
ONLY_YOU_OF = {
    "number": "Which one is right? Nobody can know: it has not happened yet.",
    "Suggestions": "Which list is the better one? Only you can tell: from which would you watch a film tonight?",
    "Life": "Who is nearer? Play its life forward below: there it runs until it breaks.",
    "Made": "Which pictures look right? That is for you to say: nobody has drawn these before.",
    "Story": "A story has no right answer: which one would you read on?"}
WHAT = {"picture": "picture", "sound": "recording", "text": "text", "engine": "engine"}
CLASSICAL_WINS_HERE = ("Here classical wins: the simple method is {classical}, the deep network {deep}, and the "
                       "simple one's weights are 1/{n} of the size.")
CLASSICAL_WINS_BY_MEASURE = "Here classical wins by measure: {classical}; the deep network: {deep}."
EVEN_HERE = "Here the two are even by measure: {classical}; the deep network: {deep}."
CLASSICAL_ENOUGH = ("Here classical is enough: the simple method is {classical}, the deep network {deep}, which is hardly "
                    "more, and the simple one's weights are 1/{n} of the size.")
DEEP_WINS = "The deep network is the better one by measure:"
CLASSICAL_WINS = "The classical method is the better one by measure:"
EVEN = "By measure they are even:"
MEASURED = "{deep} against {classical}."
COST = "The deep network took {time}, and its weights are {size}."
COST_OF_TIME = "The deep network took {time}."
SLOWER, FASTER, AS_LONG = "{n} times as long", "1/{n} of the time", "about as long"
LARGER, SMALLER, AS_LARGE = "{n} times as large", "1/{n} of the size", "about as large"

# why
WHY = "Why it said so"
WHY_OF = {"Made": "How it came about"}  # where nothing was said
WHY_CAPTION = "Your own input inside the real model. Bright means strong."
TOWARDS = "towards {name}"
WHY_CAPTIONS = {"Spoken": "Your own recording as Whisper sees it, the language that it heard, and which word became which.",
                "Passages": "Your question and the passage that was found, word by word.",
                "Story": "The words of your own beginning, and what each did for the first words written.",
                "Suggestions": "Your own films, and how far each of them pulled a suggestion up.",
                "engine": "Your own record: what each sensor did to the guess, and what happened inside a network while it read the last flights.",
                "Made": "All sixteen pictures on their way out of the noise, and what the network expects them to become.",
                "number": "Your own answers, and how far each of them pushed the method away from what it says of a typical one.",
                "text": "The words of your own text, as each method weighed them.", "Translation": "Under each word of the translation stand the words that it came from; the fainter, the less sure."}
LOOKING = "Looking inside the model…"
PRESS_WORD = "Press a word to hear it. The fainter a word, the less sure the network was."
WORD_SURE, WORD_NAME = "{percent} % sure", "{word}, {sure}. Press to hear it."
MEL_NAME = "The sound as a picture, with its words"
MEL_ALT = "Log-mel picture of the sound: time runs to the right, pitch upwards, bright is loud."

# take it home
TAKEN = "Take it home"
TAKEN_CAPTION = "One file with both answers, for your own device. It is made in memory and nothing of it is kept here."
TAKEN_TICK = "With what I gave, and what the network looked at"
TAKEN_BUTTON = "Get the file"
TAKEN_GIVEN = "What was given"
TAKEN_OTHER = "What was given is not in this file: only pictures and words are."
TAKEN_SAID = "{project}, {date}. Both answers are guesses of a program; their measured figures stand beside them."

# break it
BREAK = "Break it"
BREAK_CAPTION = "Make it harder step by step, and find the point where the answer flips."
CHOOSE = "What shall happen to it?"
STRENGTH = "How strong?"
CERTAINTY = {"Suggestions": "of its twenty films still in the list", "Life": "how near its first guess it stays", "Spoken": "words still as before", "Passages": "of its first three still among them", "Story": "likelihood of its first next pieces still theirs",
             "Made": "pictures still like the first", "Labels": "certainty of its first answer", "Match": "certainty of its first answer",
             "Transcript": "words still as before", "Translation": "words still as before", "Boxes": "boxes found again", "Scene": "things found again"}
FIRST_ANSWER = "the answer is still the same"
FLIPS = "The {who} says “{first}” ({before}), then “{then}” ({after})."
FLIPS_BOXES = "The {who} still finds most of the same ({before}), then no longer half of it ({after})."
ONLY_THE_FIRST = "Only “{label}” is changed; the other stays as it is."
FLIPS_WORDS = "The {who} keeps most of its words ({before}), then loses more than half of them ({after})."
FLIPS_LIST = "The {who} keeps most of its list ({before}), then half of it or more is other films ({after})."
FLIPS_MADE = ("The {who} still makes pictures like the first ones ({before}), then most of them are something else "
              "({after}).")
FLIPS_STORY = ("The {who} still holds much of the same for likely as the next word ({before}), then less than half of it "
               "({after}).")
HOLDS_OF = {"Suggestions": "The {who} keeps most of its list at every strength.", "Made": "The {who} still makes much the same pictures at every strength.",
            "Story": "The {who} holds much of the same for likely as the next word at every strength."}
HOLDS = "The {who} gives the same answer at every strength."
WHO = {"classical": "classical method", "deep": "deep network"}
ONLY_THE_BEGINNING = "Here only the first {seconds:.0f} seconds are used, because each step listens anew."
TRYING = "Trying every strength…"
UNCHANGED = "unchanged"

# card
CARD = "Before you trust it"
LEARNT, WEAK, NEVER, LICENCE, SOURCES = "What it learnt from", "Where it fails", "Never use it for", "Licences", "Samples"
HOW_GOOD = "How good is it?"
SEE_MISTAKE = "See it: {title}"
MEASURED_BY = "Measured on {date} with `{command}` on {machine}."
METHODS = "The methods"
MORE_FIGURES = "All other figures ({count})"
HOW_MEASURED = "How each figure was measured"
FIGURE_HEAD = ("Method", "Measured", "Data")
METHOD_HEAD = ("Method", "Weights from", "Size", "Licence", "SHA-256 begins")
BETWEEN = "(95 in 100 such tests would give {low} to {high})"

# compare
COMPARE_HEAD = ("Question", "Classical", "Deep", "Better by measure")
EVEN_SHORT = "even"
NOT_SAME_DATA = "not measured on the same data"

TOO_FAST = "That was very much in one minute, and others want to try it too. Please wait {seconds} seconds and press again."

# receipt
RECEIPT = "What left this machine?"
RECEIPT_WHERE, RECEIPT_REQUESTS, RECEIPT_FILES = "Worked out on", "Requests to other machines", "Files written"
RECEIPT_READ, RECEIPT_MODELS = "What you gave was read", "Models and their licences"
RECEIPT_CONFINED = "in a process that has no network and cannot write"
RECEIPT_APART = "in a process of its own, or it was no file"
RECEIPT_NO_WEIGHTS = "no weights"
RECEIPT_CAPTION = ("Counted, not promised: the program counts each connection and each file that Python opens, from what you gave to "
                   "the answer, and for the pages since you came. Loading a model is not counted.")

# forget me
FORGET_ME = "Forget me"
FORGET_HELP = "Drops everything of this visit now: what you gave, the answers, and the program's copies of both."
FORGOTTEN = "Done. All that you gave in this visit, and every answer to it, is gone."

# how this works
ENGINE_NOW = "Right now on this machine"
ENGINE_HEAD = ("Page", "Loaded model", "Memory")
ENGINE_IDLE = "No model is loaded yet."
ENGINE_QUEUE = "{waiting} waiting, {running} running; models run on the {device}."
