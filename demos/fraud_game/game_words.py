"""The words of the game: the visitor as the thief, then as the bank."""

from __future__ import annotations

SIMULATED = ("Everything on this page is simulated: the customers, the shops, the payments and the thefts. Real card payments "
             "are private and may not be shown.")

# the game
PLAY, PLAY_CAPTION = "Be the thief", (
    "You found a way to copy somebody's card. Make up to ten payments: each method judges every one of them, and blocks the card "
    "as soon as it is suspicious enough. What got through before that is your score. " + SIMULATED)
VICTIM, ANEW = "Whose card?", "Another card, from the start"
LAST_ONES = "What {name} paid last"
HOW_MUCH, WHERE, HOW_FAR, HOW_LONG = "How much?", "Where?", "How far from the owner's home?", "Wait before it"
PAY = "Pay"
CLOCK = "It will then be {clock}. {left} of ten payments are left."
LOG_HEAD = ("", "Your payment", "Classical", "Deep")
AT = "at {clock}"
HOME_KM = ", {km} km from home"
THROUGH, STOPPED, AFTER = "got through: chance {chance} in 100", "blocked: chance {chance} in 100", "the card was blocked already"
WHY_LINE = "{reason} ({points:+.0f})"
SCORE = "got through in {count}{end}"
COUNT = {True: "one payment", False: "{count} payments"}
WAITED, UNDER = "after {wait}", "under 1"
ENDED, GOES_ON = ", then the card was blocked.", ", and the card still works."
OVER = {"both": "Both methods have blocked the card.", "ten": "Ten payments are made: the owner has read the statement."}
BEST = "Your best so far: {classical} € past the classical method, {deep} € past the network."
NO_PAYMENT = "No payment yet. The owner does not know that the card was copied."
BLOCKS_FROM = ("The classical method blocks from a chance of {classical} in 100 on, the network from {deep} in 100: at a bank with "
               "this many customers that makes a hundred alarms a day.")

# the other side
RULE, RULE_CAPTION = "Now you are the bank", (
    "Write a rule. It is tried on one week of {payments:,} simulated payments, of which {stolen:,} were stolen, beside both "
    "methods. The first right alarm on a card blocks it.")
RULE_OFF = "no limit"
LIMIT_AMOUNT, LIMIT_NIGHT = "Stop above", "Between midnight and six, stop above"
LIMIT_DISTANCE, LIMIT_SPEED, LIMIT_HOURLY = "Stop farther from home than", "Stop faster between two shops than", \
    "Stop after so many payments within an hour"
A_DAY = "Alarms a day that the methods may give"
OUTCOME_HEAD = ("", "Alarms a day", "Of 100 alarms were right", "Money saved", "Money lost", "Honest customers stopped")
YOUR_RULE = "Your rule"
RULE_SAID = {
    "better": "Your rule gives {rule} alarms a day and saves {own} of {stolen} €. With as many alarms the network would save "
              "{deep} €, the classical method {classical} €.",
    "none": "Your rule stops nothing yet: {stolen} € are lost. Move a limit."}
CURVES, CURVES_CAPTION = "How much can be found, and at what price", (
    "To the right: more of the stolen payments are found. Upwards: more of the alarms are right. Each method's curve runs from few "
    "alarms (left) to many (right), on four weeks that no method had seen.")
CURVE_X, CURVE_Y = "stolen payments found", "alarms that were right"
CURVE_MARK = "The marks stand at {count} alarms a day."
METHOD_NAMES = {"boosting": "Classical: boosted trees", "forest": "Classical: isolation forest", "gru": "Deep: recurrent network"}
CURVE_SAID = "Average precision, from 0 to 100: {all}. Whoever guessed would reach 0.5."
