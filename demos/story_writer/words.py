"""The samples of the story writer, what to know before trusting it, and the words of the page's own parts."""

from __future__ import annotations

from demos.base import Card, Sample
from demos.story_writer.settings import SETTINGS

_OURS = "Written by this project"


def _sample(key: str, title: str, text: str, fails: str = "", **wishes: float) -> Sample:
    preset = {item.name: item.default for item in SETTINGS}
    return Sample(key, title, {"text": text, **preset, **wishes}, _OURS, "", fails)


SAMPLES = (
    _sample("rabbit", "A little rabbit", "Once upon a time there was a little rabbit who lived in the wood. One day"),
    _sample("king", "A king and his daughter", "There was once a king who had a daughter. She was so"),
    _sample("said", "Somebody speaks", "The old woman looked out of the window. \"Who is there?\" she"),
    _sample("robot", "Something of today", "The robot opened its laptop and sent an email to",
            fails="None of the methods has ever met a laptop: nobody had one when these stories were told. They take it for "
                  "anything at all, and write on as if nothing had happened."),
    _sample("sum", "A sum", "Two and two make four. Three and three make six. Five and five make",
            fails="No method says ten. They know how such a sentence sounds, and cannot count."),
    _sample("names", "Three names", "Tom, Ann and Peter went to the river. Tom had a boat, Ann had a dog, and Peter had"),
)

OLD = "Its language and views are those of before 1929."
CERTAINTY = {
    "ngrams": f"It sees the last four pieces of words and nothing before them. {OLD}",
    "deep": f"A very small language model: it has picked up how such stories sound, and understands nothing of what it says. {OLD}",
    "chat": "Small as such networks go, and fluent: it has read the web, and makes things up.",
}
SIZE = {
    "large": "Six layers, which took 75 minutes of one processor core to teach.",
    "medium": "Four layers, a third of the weights.",
    "small": "Four narrow layers, taught in 8 minutes on one processor core.",
}
CARD = Card(
    learnt_from="3,457 stories and parts of stories from 115 children's books in English, first published before 1929: 4.9 "
                "million words. All methods learnt from the same ones; one in twenty was held back to measure on.",
    weak_at=(
        "It loses whom it tells of: after 23 beginnings with a name, the network with 300,000 weights wrote one of the names "
        "again 5 times, and the table once. The true stories did 20 times.",
        "It makes up words: 73 of the 6,655 words that this network wrote are in none of the stories; of the table's, 8 of "
        "6,519.",
        "It cannot count: after “Five and five make” no method holds “ten” for the likeliest.",
        "It has never met anything of today: at “laptop” every method is as surprised as if a coin had shown heads more than "
        "25 times in a row, and none takes it for what it is.",
        "The smallest network guesses unseen stories worse than the table of five pieces does.",
    ),
    never_for="Do not take anything that it writes for true: it knows nothing but how stories sound. Do not give its stories "
              "to a child unread: people are spoken of as they were before 1929, and that can hurt.",
    licence="The stories are in the public domain in the USA; none of them is in this project. The table, the networks and all "
            "beginnings on this page are this project's own. SmolLM2: Apache-2.0.",
)

# on answers
TOO_LONG = "Of this text it saw the last part only: it sees {count} pieces of words at once."
NO_HEADS = "This method has no attention to show: it only counts. Please choose a network."
NO_SUCH_HEAD = "This network has {layers} layers with {heads} heads each. Please choose one of them."
LEFT_OUT_TITLE = "Which of your words led to what it wrote"
LEFT_OUT = ("It wrote: “{text}”. Then each of your words was left out once, and it was asked how likely it would still hold "
            "that.")
PUSHED = ("what it wrote", "something else")
NO_WORD_COUNTED = "No single word changed much."
WORD_COUNTED = "“{word}” did most: without it, what it wrote would be {times} times less likely."
WORD_AGAINST = "“{word}” did most: without it, what it wrote would be {times} times likelier."
MILLION = "more than a million"

# the page's own parts
CHOOSE = "Choose another word, and go on from there"
CHOOSE_CAPTION = ("A language model does one thing only: it says how likely each piece of a word is to come next. Then one is "
                  "drawn, and it starts again. Press another one, and the story goes on from it.")
WHOSE = "Who proposes?"
WHO = {"deep": "The network", "classical": "The table"}
STEP = "Which piece of the story?"
BACK, ON, ANEW = "One back", "One on", "Forget my choices"
BEFORE = "What may come here"
KEY = ("The pale bar is how likely it holds this piece; the dark line under it is how likely it is to be drawn with your "
       "settings. Without a line it cannot be drawn.")
STEP_SAID = "Piece {number}. Likeliest to it: “{best}”, {best_share}. What came: “{piece}”{share}."
YOURS = ", your choice"
ENDED = "Here the story ended."
PARAGRAPH, THE_END = "new line", "the end"
IT_CAME = "came"
SCALE = "What scale does"
SCALE_CAPTION = ("The same beginning and the same settings, for networks that learnt from the same stories in the same way "
                 "and differ in size alone.")
SCALE_ASK = "Ask every size"
SCALE_FACTS = "{bits:.2f} bits of surprise at each letter of unseen stories"
SCALE_TABLE = "The classical table, which is no network, comes to {bits:.2f}."
SCALE_SAID = ("A bit is one question answered by yes or no. The fewer a model would need to guess the next letter of a story "
              "that it has never read, the better it has learnt.")
SURPRISE = "What surprised it in your text"
SURPRISE_CAPTION = ("The darker a word, the less it was expected after the words before it; the small number counts bits. "
                    "With each bit a word is half as likely.")
SURPRISE_SAID = "Most of all at “{word}”: {bits:.0f} bits, as when a coin shows heads {bits:.0f} times in a row."
LOOKS = "Where one of its heads looks"
LOOKS_CAPTION = ("To say what comes next, the network lets each piece look back at those before it. It has {layers} layers "
                 "with {heads} heads each, and every head looks for something else.")
LAYER, HEAD, FROM = "Layer", "Head", "Which piece looks back?"
LOOKS_SAID = "In layer {layer}, head {head}, “{piece}” looks most at “{most}”: {share} in 100 of its look."
LOOKS_OUTSIDE = " {share} in 100 go to the sign that a story begins."
