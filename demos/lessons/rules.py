"""A rule for spam written by hand, against messages it was made for and messages it has not seen.

All messages were written for this lesson by the project, before any method was tried on them; the numbers lead nowhere.
"""

from __future__ import annotations

import re

LONGEST = 200  # characters of a rule
MOST_WORDS = 40
SPAM, HONEST = "spam", "not spam"

SEEN = (
    ("Congratulations! You have won a free phone. Call 0900 000 000 now.", SPAM),
    ("URGENT! Your prize of £1000 is waiting. Text CLAIM to 00000.", SPAM),
    ("Free entry in our weekly draw! Text WIN to 00000 today.", SPAM),
    ("Hot singles in your area want to chat. Reply YES now.", SPAM),
    ("Get a cheap loan today, no questions asked. Call 0900 000 000.", SPAM),
    ("Are you free for lunch at one?", HONEST),
    ("I will call you when the train is in.", HONEST),
    ("We won! Three to one, what a match!", HONEST),
    ("Can you text me the address again?", HONEST),
    ("Happy birthday! Cake at four, do not be late.", HONEST),
)

UNSEEN = (
    ("You are our lucky visitor! Claim your holiday voucher by phoning 0900 000 000.", SPAM),
    ("FINAL NOTICE: collect your guaranteed cash award. Reply within 24 hrs.", SPAM),
    ("New ringtones every week! Send TONE to 00000, only 1.50 a message.", SPAM),
    ("Your mobile number was selected for a £2000 bonus. Ring us to claim.", SPAM),
    ("Lose weight fast with our new pills, order online at half the price.", SPAM),
    ("Dear customer, your account shows 800 points. To claim, call the service line.", SPAM),
    ("Unlimited calls for 5 a month! Upgrade your mobile contract, text UP to 00000.", SPAM),
    ("A secret admirer is looking for you. Find out who: text LOVE to 00000.", SPAM),
    ("Camera phone, FREE delivery, no contract! Reply STOP to opt out.", SPAM),
    ("Todays vodafone numbers ending 0000 are selected to receive an award.", SPAM),
    ("Play the quiz and win a trip to Spain, tickets for two, send QUIZ to 00000.", SPAM),
    ("Want your debts written off? Our experts help, call free on 0800 000 000.", SPAM),
    ("Download the latest games straight to your phone, www.games.example", SPAM),
    ("Urgent: we tried to reach you about your unclaimed refund.", SPAM),
    ("Chat live with girls near you, first minute at no cost, 18 only.", SPAM),
    ("Sorry, I cannot talk now, in a meeting. I will ring you later.", HONEST),
    ("Did you win the quiz last night?", HONEST),
    ("The tickets for Spain cost 200 each, shall I book?", HONEST),
    ("Please call grandma, she has her phone with her today.", HONEST),
    ("My new number is 0170 000 000, delete the old one.", HONEST),
    ("Urgent: we are out of milk, can you get some on the way?", HONEST),
    ("The parking ticket was 20, I will claim it back from work.", HONEST),
    ("Is there still a free seat in your car on Saturday?", HONEST),
    ("I chatted with your sister at the station, she sends her love.", HONEST),
    ("Half past six at the cinema, I have the tickets.", HONEST),
    ("You left your scarf here. Shall I post it?", HONEST),
    ("Ok, see you at home then. Do not wait with dinner.", HONEST),
    ("What a game! My voice is gone from shouting.", HONEST),
    ("Thanks for the award speech, half the office cried.", HONEST),
    ("Text me when you land, whatever the hour.", HONEST),
)


def words_of(rule: str) -> tuple[str, ...]:
    """The words of a rule, from what was typed with commas or spaces between; each once, at most 40."""
    found = re.findall(r"[\w£$€'’]+", rule[:LONGEST].casefold())
    return tuple(dict.fromkeys(found))[:MOST_WORDS]


def judge(words: tuple[str, ...], message: str) -> str:
    """A message is spam where it holds one of the words, as a word of its own."""
    held = set(re.findall(r"[\w£$€'’]+", message.casefold())) | set(re.findall(r"[£$€]", message))
    return SPAM if held & set(words) else HONEST


def count_right(words: tuple[str, ...], messages: tuple[tuple[str, str], ...]) -> int:
    """How many of the messages a rule judges right."""
    return sum(judge(words, message) == truth for message, truth in messages)
