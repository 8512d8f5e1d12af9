"""The samples of the traffic signs and what a visitor should know before trusting an answer."""

from __future__ import annotations

from demos.base import Card, Sample
from demos.traffic_signs.mistakes import sentence

UNSURE = ("Not sure that this is a sign at all. It wants a picture cut close around one sign; in a whole street "
          "the sign is too small to be seen.")
WAVERING = "Not sure: no sign reaches half of the certainty."
_DRAWN = "drawn by this project"


def _drawn(key: str, title: str, expect: str = "", fails: str = "") -> Sample:
    return Sample(key, title, {"image": f"samples/{key}.jpg"}, _DRAWN, expect, fails)


SAMPLES = (
    _drawn("stop", "A stop sign (drawn)", "Stop"),
    _drawn("thirty", "A speed limit (drawn)", "Speed limit 30"),
    _drawn("give_way", "Give way (drawn)", "Give way"),
    _drawn("no_entry", "No entry (drawn)", "No entry"),
    _drawn("children", "Running children (drawn)", "Children",
           fails="The networks say road works, and the classical method ice or snow. They learnt one drawing of running "
                 "children, the one on German signs; in 32 squares another drawing of them is only dark specks."),
    _drawn("roundabout", "A roundabout (drawn)", "Roundabout"),
    _drawn("worn", "A worn sign at night (drawn)", "Road works"),
    _drawn("street", "A street with a small sign (drawn)", "Priority road",
           fails="The sign fills four of 32 squares. The networks doubt that there is one; the classical method cannot "
                 "doubt and says ice or snow."),
    Sample("cat", "A cat, which is no sign", {"image": "scikit-image:skimage/data/chelsea.png"},
           "Chelsea, by Stéfan van der Walt, CC0",
           fails="The classical method calls the cat a double bend: it must pick one of the 43 signs. The networks doubt "
                 "that this is a sign."),
)

CERTAINTY = {
    "43": "It knows 43 German signs and nothing else. Whatever you show it, it still picks one of them.",
    "doubt": "It knows 43 German signs. What is missing to one hundred is its doubt that this is a sign at all.",
}

CARD = Card(
    learnt_from="The German Traffic Sign Recognition Benchmark: 39,209 pictures of 1,307 signs, filmed from a car and "
                "cut close around each sign, here 32 pixels wide. The networks also saw 20,000 pictures of other "
                "things (CIFAR-10), to learn what is no sign.",
    weak_at=(sentence("networks", "The networks"),
             sentence("hog_svm", "The classical method"),
             "Signs of other countries and signs outside the 43 kinds: it takes the likeliest of those it knows.",
             "A whole street: it wants a picture cut close around one sign."),
    never_for="Do not let it drive. A car that trusts one picture and one network can be fooled by a few stickers, as "
              "you can see above.",
    licence="The weights are this project's own. GTSRB is free for research with citation (Stallkamp and others 2012); "
            "CIFAR-10 has no formal licence (Krizhevsky 2009). Pictograms and drawn signs are this project's own.",
)

# what the page says about its own parts
KNOWN = "The 43 signs that it knows"
LIKELIEST = "The ten likeliest for your picture"
STICKERS = "Stickers: when is it something else?"
STICKERS_CAPTION = ("This is your picture as both methods get it: 32 by 32 squares. Press a place on it to stick a small "
                    "square there, or let the computer look for the places that hurt the network most.")
COLOUR, COMPUTER, UNDO, CLEAR = "Colour of the stickers", "Let the computer place them", "Take the last one off", "Take all off"
STUCK = {0: "No sticker yet.", 1: "1 sticker."}
STUCK_MANY = "{count} stickers."
SEARCHING = "Trying 225 places for each sticker: {count} placed so far."
FELL = "With {count} stickers the {who} no longer says “{first}”, but “{then}”."
FELL_ONE = "With a single sticker the {who} no longer says “{first}”, but “{then}”."
STANDS = "The {who} still says “{first}”."
STICKERS_ALT = "The picture as 32 by 32 squares, with {count} stickers on it."
NOISE = "Noise made to fool it"
NOISE_CAPTION = ("The network itself tells in which direction each value of the picture would have to move to hurt the "
                 "answer most. Each is moved a little that way, all at once, in one step (the fast gradient sign method, "
                 "Goodfellow and others 2014). It was computed against the network; the classical method gets the same "
                 "picture.")
STRENGTH = "How far is each value moved? (of 255)"
BEFORE, ADDED, AFTER = "Your picture", "What is added", "What they get now"
BEFORE_SAID = "As both methods get it, 32 by 32 squares."
ADDED_SAID = "Made visible: in truth no value moves by more than {strength:g} of 255. Grey means no change."
AFTER_SAID = "The two on the left, added."
CURVE = "certainty of its first answer"
CONFUSED = "Which signs are taken for which?"
CONFUSED_CAPTION = ("Every test sign, by what it is and by what it was taken for. On the diagonal it was read rightly; press "
                    "any other square. Measured on {items:,} signs.")
METHOD = "Method"
IS, TAKEN = "what it is", "what it was taken for"
CHOOSE_PAIR = "Or choose one of the mistakes"
PAIR = "“{true}” was taken for “{taken}” {times}, of {all} such signs in the test."
RIGHT_PAIR = "“{true}” was read rightly {times}, of {all} such signs in the test."
TIMES = {1: "once", 2: "twice"}
TIMES_MANY = "{count} times"
CONFUSED_SAID = "The {who} took {wrong} of {items:,} signs for another. Most often: {worst}."
WORST = "“{true}” for “{taken}” ({count})"
