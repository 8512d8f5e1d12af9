"""The samples of the spam page, its hard messages, and what a visitor should know before trusting an answer."""

from __future__ import annotations

from demos.base import Card, Sample
from demos.tricks import Trick

NAMES = ("spam", "not spam")
_OURS = "written for this page by the project; the numbers lead nowhere"


def _sample(key: str, title: str, text: str, expect: str, fails: str = "") -> Sample:
    return Sample(key, title, {"text": text}, _OURS, expect, fails)


SAMPLES = (
    _sample("prize", "A prize", "WINNER! Your number was drawn for a £500 prize. Call 0900 000 0000 now to claim, offer "
            "ends tonight!", "spam"),
    _sample("supper", "A friend", "Running late, start supper without me. Did you remember to call your mum?", "not spam"),
    _sample("ringtone", "A ringtone", "FREE ringtone this week! Text TONE to 00000 and get the hottest hits on your "
            "mobile. Reply STOP to end.", "spam"),
    _sample("parcel", "A false parcel", "Hello, we could not bring your parcel today. Please confirm your address here so "
            "that we can try again: parcel-desk.example", "spam",
            "Both methods say it is none, and are very sure. They learnt from messages of 2011 and before, and such spam "
            "came later."),
    _sample("won", "A friend who won", "Guess what, I won free tickets for the concert! Call me now, you get one if you "
            "text back tonight.", "not spam",
            "The network says spam: it sounds like a prize. The classical method gets it."),
    _sample("delivery", "An honest parcel", "Your delivery is in the parcel box, code 5521. Thanks!", "not spam",
            "Here naive Bayes says spam, and is very sure: “delivery” and “code” stood in spam. The network gets it."),
)

TRICKS = (
    Trick("today", "Spam of today", "Both methods learnt from messages of 2011 and before, when spam sold ringtones. "
          "These are the kinds that come now.", (
              ("Mum, I lost my phone, this is my new number. Can you send me a message on WhatsApp?", "spam"),
              ("Your bank account was locked. Log in within 24 hours: secure-bank.example", "spam"),
              ("I made 4,000 last week with crypto and can show you how, just ask.", "spam"),
              ("Your parcel is held at customs. Pay a fee of 1.99 here: post-fees.example", "spam"),
              ("Hi, is this the number of Anna the riding teacher? Oh sorry, but you seem nice!", "spam"),
              ("We saw your profile and offer work from home, two hours a day.", "spam"))),
    Trick("honest", "Honest, but it sounds like spam", "People also win things, send numbers and write in capitals.", (
        ("CALL ME NOW!!! I have the tickets!", "not spam"),
        ("You have won our office raffle, the cake is on your desk.", "not spam"),
        ("Free for a coffee this week? Text me.", "not spam"),
        ("Your code is 482913. It is valid for ten minutes.", "not spam"),
        ("The dentist: your appointment is on Monday at 9. Reply YES to confirm.", "not spam"),
        ("Your delivery is in the parcel box, code 5521. Thanks!", "not spam"))),
    Trick("names", "A swapped name", "Only the name changes, so the certainty should not.", tuple(
        (f"{name} sent you some money, have a look when you can.", "")
        for name in ("Emma", "Mohammed", "Wei", "Shaniqua", "Hans", "Priya", "José", "Olga", "Your bank", "PayPal"))),
    Trick("negation", "Negation", "A message that denies what spam promises is no spam.", (
        ("You have not won anything, sorry, it was the other team.", "not spam"),
        ("Do not call that number, it is a fraud.", "not spam"),
        ("There is no prize, I was only joking.", "not spam"),
        ("This is not an advert! Win a holiday for two, text HOLIDAY to 00000.", "spam"))),
)

CERTAINTY = "It judges the words alone: it knows neither who sent this nor where a link leads."
CARD = Card(
    learnt_from="The SMS Spam Collection: messages from students in Singapore and from Britain, and spam that people "
                "reported there, 2011 and before. Both methods learnt from the same 2,480 messages, one in eight of them "
                "spam. MiniLM had read a billion pairs of English sentences before that and was not changed; only its "
                "last step was learnt here.",
    weak_at=(
        "Of 1,034 messages kept for the test naive Bayes missed 5 of 130 messages of spam, and called 7 honest ones spam.",
        "On the same messages the network missed 15 of 130 messages of spam, and called 7 honest ones spam.",
        "Spam of today: of the six kinds on this page naive Bayes got 1 and the network 0. Both learnt from 2011 and before.",
        "Honest messages that sound like spam: of six, naive Bayes got 2 and the network 5.",
        "Why the network said so is hard to tell: the word that its shades name strongest was seldom the one that mattered "
        "most when left out.",
    ),
    never_for="Do not let it delete anything unseen: it throws away honest messages too. A link in a message that it "
              "calls “not spam” can still be a trap.",
    licence="MiniLM: Apache-2.0. SMS Spam Collection (Almeida, Hidalgo and Yamakami 2011): free to use with citation; no "
            "message of it is in this project. The weights and all messages on this page are this project's own.",
)
