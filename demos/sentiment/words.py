"""The samples of the sentiment page, its hard sentences, and what a visitor should know before trusting an answer."""

from __future__ import annotations

from demos.base import Card, Sample
from demos.tricks import Trick

NAMES = ("positive", "negative")
_OURS = "written for this page by the project"


def _sample(key: str, title: str, text: str, expect: str, fails: str = "") -> Sample:
    return Sample(key, title, {"text": text}, _OURS, expect, fails)


SAMPLES = (
    _sample("warm", "Warm words", "A warm, funny and quietly moving film that I would happily see again.", "positive"),
    _sample("waste", "Harsh words", "Two hours of clumsy jokes and wooden acting; what a waste of a good idea.", "negative"),
    _sample("denied", "Praise with a “not” in it", "The acting is not bad at all, and I was never bored.", "positive",
            "The classical method says negative, and is very sure: it adds up “not”, “bad”, “never” and “bored”, and each "
            "of them is a bad word to it."),
    _sample("but", "First one, then the other",
            "The costumes are gorgeous and the music is lovely, but the story never comes alive.", "negative",
            "The classical method says positive: “gorgeous” and “lovely” outweigh what comes after the “but”, and it does "
            "not know that what comes last counts."),
    _sample("sarcasm", "Sarcasm", "Oh great, another sequel. Just what the world was waiting for.", "negative",
            "Both methods say positive. They learnt from words that were meant, and cannot know that these are not."),
    _sample("left", "A compliment that is none", "So good that I left after ten minutes.", "negative",
            "The network says positive, and is very sure: the first words decide. The classical method gets it, though not "
            "because it understood."),
)

TRICKS = (
    Trick("negation", "Negation", "One small word turns the meaning round. A method that only adds up words cannot see "
          "which word the “not” belongs to.", (
              ("It is good.", "positive"), ("It is not good.", "negative"), ("It is not bad.", "positive"),
              ("I cannot say that I was bored.", "positive"), ("Nobody could call this a masterpiece.", "negative"),
              ("There is nothing here that I did not love.", "positive"),
              ("It would be wrong to say that the ending fails.", "positive"),
              ("Hardly the triumph that the posters promise.", "negative"))),
    Trick("sarcasm", "Sarcasm", "The words praise, and everybody knows what is meant. The network learnt from words "
          "written in earnest.", (
              ("What a delight to watch paint dry for two hours.", "negative"),
              ("Brilliant, I only fell asleep twice.", "negative"),
              ("Wonderful news: it does end eventually.", "negative"),
              ("If you love headaches, this is the film for you.", "negative"),
              ("A must-see for anyone who has lost a bet.", "negative"),
              ("Oh great, another sequel. Just what the world was waiting for.", "negative"),
              ("The best part was the popcorn.", "negative"),
              ("So good that I left after ten minutes.", "negative"))),
    Trick("names", "A swapped name", "Only the name changes, so the certainty should not. Where it does, the method has "
          "picked up what it read beside such names.", tuple(
              (f"{name} told me about the film over dinner.", "")
              for name in ("Emma", "Mohammed", "Wei", "Shaniqua", "Hans", "Priya", "José", "Olga", "Steven Spielberg",
                           "Adam Sandler"))),
    Trick("mixed", "Praise and blame together", "Most sentences about films hold both; what counts is which has the last "
          "word.", (
              ("The costumes are gorgeous, but the story never comes alive.", "negative"),
              ("The story never comes alive, but who cares when the costumes are this gorgeous.", "positive"),
              ("A clumsy start, and then an hour that I will not forget.", "positive"),
              ("Fine actors, lovely music, and not one idea.", "negative"),
              ("It is too long and too loud, and I enjoyed every minute.", "positive"),
              ("I wanted to like it.", "negative"))),
)

CERTAINTY = "Its certainty is its own: it knows nothing of who wrote this and why."
CARD = Card(
    learnt_from="SST-2, the Stanford Sentiment Treebank: parts of sentences from film reviews, which people read one by "
                "one and marked as positive or negative. Both methods learnt from the same 54,888 of them. The network "
                "had read a billion pairs of English sentences before that; the classical method had read nothing.",
    weak_at=(
        "Of 872 sentences from film reviews the network misjudges 92 and the classical method 162.",
        "Strangers: of 500 whole reviews by other writers the network misjudges 64 and the classical method 113.",
        "It can be very sure and wrong: of the 599 answers of which the network was 90 to 100 in 100 sure, 21 were wrong.",
        "Sarcasm: of the eight sarcastic sentences on this page the network got 0 and the classical method 3, by chance.",
        "Negation: of eight sentences with a denial the network got 5 and the classical method 2.",
        "Names: in a sentence that praises nobody, the network is 36 in 100 sure of “positive” for Wei, 41 for Mohammed, 64 "
        "for Emma and 76 for Adam Sandler. It has picked that up from what it read, and no name should count.",
        "Anything but films in English: it has learnt from nothing else.",
    ),
    never_for="Do not use it to judge people by what they write: not applicants, not pupils, not customers, not patients.",
    licence="MiniLM: Apache-2.0. SST-2 (Socher et al. 2013): no explicit licence; no sentence of it is in this project. "
            "The weights and all sentences on this page are this project's own.",
)
