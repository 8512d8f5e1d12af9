"""The words of the page that holds machine learning against deep learning."""

from __future__ import annotations

LEAGUE, LEAGUE_SAID = "The league of all duels", (
    "Every duel of this dashboard whose two methods were measured on the same things, as a share of 100. Mistakes are turned "
    "round: 10 words wrong are 90 right. The square is the classical method, the circle the deep one.")
LEAGUE_ALT = "For each demo a square for the classical and a circle for the deep method, on a line from 0 to 100."
SORT, SORTS = "Sort by", {"lead": "how far deep learning leads", "menu": "the order of the menu", "size": "how much larger the network is"}
COUNTED = "Of {count} duels deep learning leads in {deep}, the classical method in {classical}; {even} are even (closer than 1 of 100)."
TABLE, OTHER_SCALE = "All of them, with their figures", "Those measured in another way than by shares of 100 stand only here."

PROPERTIES, PROPERTIES_SAID = "Six differences, each with a proof", (
    "What one reads about the two, and what was measured here. Open the page to see it happen.")
PROPERTIES_HEAD = ("", "Machine learning", "Deep learning", "Measured here")
# name, classical, deep, demo, metric ("size" for the weights), what the proof shows
ROWS = (
    ("What to look at", "A person chooses: edges, colours, which words stand there.", "It learns that as well, from the raw thing.",
     "traffic_signs", "accuracy"),
    ("How many examples", "Hundreds can be enough.", "Thousands and more, unless it may build on a network that was taught before.",
     "credit_decision", "accuracy"),
    ("Computing", "A few numbers, a fraction of a millisecond.", "Millions of numbers, and often a graphics card.", "spam",
     "milliseconds_each"),
    ("Pictures, sound, speech", "It falls far behind.", "Here it is at home.", "speech_recognition", "word_error_rate"),
    ("Can it be explained?", "Often word by word: the explanation is the method.", "Only from outside, and the explanation can mislead.",
     "spam", "strongest_word_confirmed"),
    ("Size", "Kilobytes.", "Megabytes to many gigabytes.", "image_recognition", "size"),
)

CHOOSER, CHOOSER_SAID = "Which one for me?", "Four questions, and advice with its reason. It is a rule of thumb, not a law: measure both."
KIND = "What is it about?"
KINDS = {"table": "a table of numbers and words", "picture": "pictures", "sound": "sound or speech", "text": "free text"}
COUNT = "How many examples do you have?"
COUNTS = {"few": "fewer than 100", "some": "hundreds to thousands", "many": "tens of thousands or more"}
EXPLAIN = "Must each answer be explained?"
EXPLAINS = {"yes": "yes, to the person it is about", "no": "no, if it is right often enough"}
HARDWARE = "What will it run on?"
HARDWARES = {"small": "a chip or an old telephone", "laptop": "a laptop", "gpu": "a machine with a graphics card"}

CLASSICAL, DEEP, BUILD_ON = "Begin with a classical method.", "A deep network is worth it.", "Take a network that others taught, and teach only its end."
REASONS = {
    "table": "On tables trees and logistic regression are as good, here and in most studies, and far cheaper.",
    "table_many": "Even with many rows, measure boosted trees first: a network seldom wins by much.",
    "senses": "No one can write down what to look at in pictures, sound or speech. Networks learn it.",
    "text": "For telling two kinds of text apart, counting words is hard to beat. For meaning, translation or writing it takes a network.",
    "few": "With so few examples a network taught from nothing would learn them by heart. One that was taught before needs a handful.",
    "explain": "A method whose every step can be read gives an explanation that is true by itself. A network's must be checked.",
    "small": "On a small chip a network must be small too: fewer layers, numbers of 8 bits. A linear model always fits.",
    "gpu": "With a graphics card the larger networks answer in a moment.",
}
SEE = "See it here:"
