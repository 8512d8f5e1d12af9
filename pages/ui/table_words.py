"""Words that the pages of tables share."""

# what pushed an answer
TYPICAL, THESE = "Typical answers", "These answers"
INSTEAD_OF = "instead of {usual}"
ONE_OTHER, ALL_OTHERS = "One other answer", "{count} other answers together"
TOWARDS, AWAY = "filled: towards “{outcome}”", "striped: away from it"

# the tree
YES, NO = "Yes:", "No:"
LEAF = "{share} in 100 “{outcome}” (of {count})"
PATH = "One small tree, whole, and the path of these answers"

# ways to another answer
THEN = "Chance of “{outcome}”: {before} in 100 before, {after} in 100 then."
WAYS_CAPTION = ("The easiest changes of what a person can change, up to three answers at once; every combination is "
                "tried. Move the bar and see how far one would have to go.")

# all methods
METHODS = "Four methods, the same answers"
METHODS_CAPTION = ("The duel shows one classical method beside the network. Here are all four, with what they reached when "
                   "measured on rows that they knew nothing of.")
METHODS_HEAD = ("Method", "Chance of “{outcome}”", "Right", "Put the right one of two first", "Weights")
IN_100, DASH = "{count} in 100", "–"

# calibration
HONEST = "Are its chances honest?"
HONEST_CAPTION = ("Where a method says “70 in 100”, it should come true 70 times in 100: on the dashed line. Below the "
                  "line it promises too much, above it too little.")
HONEST_X, HONEST_Y = "what the method said", "how often it came true"
HONEST_HOVER = "%{y:.0f} % of %{text}<extra></extra>"
HONEST_WHO = "Methods"
HONEST_SAID = ("{who}: on average {count} in 100 beside the line, on {rows} cross-validated {things}. Small marks rest on "
               "few.")

# groups at a threshold
WHICH_TABLE, WHICH_METHOD = "Whom do we look at?", "Who gives the chances?"
THRESHOLD_IN_100 = "%d in 100"
BLIND = "Do not tell the method the {by}"
EVEN, SAME = "What should be equal for both groups?", "nothing: one threshold for all"
OWN_BAR = "{group}: from {bar} in 100"
ONE_BAR = "From a chance of {bar} in 100."
ONE_APART, APART = "1 point apart", "{count} points apart"
BASE = ("In this table “{outcome}” was true of {first} in 100 ({first_group}, {first_people} people) and of {second} in "
        "100 ({second_group}, {second_people} people).")
EQUAL_SOME = "Equal within two points: {equal}. Not equal: {other}."
EQUAL_NONE = "None of the four is equal within two points."
EQUAL_ALL = "All four are equal within two points."
CURVES_X, NOBODY = "threshold", "nobody"
CURVES_SAID = "{what}, at every threshold. The dashed line is the threshold above."
COUNTED = "Counted in {data}, by “{method}”; measured on {date}."
