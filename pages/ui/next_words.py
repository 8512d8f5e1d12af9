"""The words of the two parts of "What comes next?" in which something can be done."""

# fewer bits
BITS_TITLE = "Three networks of this dashboard, with eight bits"
BITS_SAID = ("A weight is mostly kept with 32 bits: seven digits or so. With 8 bits it is one of 255 values. Each network was turned "
             "into one that calculates with such whole numbers only. Then it was asked about the same test as before.")
TASKS = {"sentences": "Did they like it? (MiniLM)", "signs": "Which traffic sign? (small networks)",
         "pictures": "Which of ten things? (EfficientNet-Lite0)"}
HEAD = ("network", "megabytes", "milliseconds for an answer", "right", "same answer")
BITS = "32 bits → 8 bits"
RIGHT = "{full} → {eight} of {asked:,}"
SAME = "{same} of {asked:,}"
BITS_TOLD = ("All three need about a quarter of the space. The best of them is {fast} times as fast here, the slowest {slow} times: "
             "what is gained depends on the processor. Most is lost on {worst}: {lost} of {asked:,} right answers. None was taught again "
             "afterwards, as one would do.")
BITS_HOW = ("Measured by {command} on {date}: {machine}. One core, onnxruntime for both, medians, turn by turn; the time is "
            "the processor's work. What flows through the networks is rounded too.")
ROUND_TITLE = "Take the bits away yourself"
ROUND_SAID = ("Now only the weights are rounded, to any number of bits. The chart shows what is left of three networks. "
              "Below it, the network for photos answers for your picture, once whole and once rounded.")
SLIDER = "Bits of each weight"
VALUES = "Each filter may use **{values}** different values."
ALL_VALUES = "Nothing is rounded."
SCALE = "right, of 100"
CURVES_NAMES = {"sentences": "sentences", "signs": "traffic signs", "pictures": "pictures of ten things"}
AT = "With {bits} bits: {told}."
AT_ONE = "{name} {right} of {asked:,}"
FILTERS = "What it looks for first, with {bits} bits"
FILTERS_SAID = ("The 32 filters of the network's first layer, each three by three squares. Grey is a weight of nought. With few bits, "
                "near shades become one.")
WHOLE, ROUNDED = "With 32 bits", "With {bits} bits"
SAME_ANSWER = "Both say the same."
OTHER_ANSWER = "Rounded so far, it says something else."

# learning without sharing
SHARED_TITLE = "Five hospitals, round by round"
SHARED_SAID = ("A simulation: {count:,} real chest X-rays of children were dealt out to five made-up hospitals, unevenly. In each "
               "round every hospital goes through its own pictures once. Then {weights:,} weights travel to the middle, and their mean "
               "travels back.")
ROUND = "Round"
HOSPITAL = "Hospital {letter}"
ILL, HEALTHY = "ill", "healthy"
MIDDLE = "mean"
BEFORE = "Before the first round. No picture will leave its hospital."
AFTER = ("Round {round} of {rounds}. Sent so far: {megabytes:.1f} MB of weights, 0 pictures. Right of 100: shared {shared:.0f}, in one "
         "place {together:.0f}, alone {low:.0f} to {high:.0f}.")
LINES = {"shared": "weights shared", "together": "all in one place", "alone": "each alone"}
ROUNDS_AXIS, RIGHT_AXIS = "round", "right of 100"
HOSPITALS_ALT = "Five hospitals around a middle. Bars show how many X-rays of ill and healthy children each has; weights go to and fro."
LINES_ALT = "Lines of right answers after each round: five hospitals alone, all in one place, and with weights shared."
PICTURES_STAY = ("The squares that move are weights. The bars are pictures, and they stay. The lines count ill and healthy the same, so "
                 "50 is guessing. They jump: after few steps a network still leans to one side or the other.")
TEST_TITLE = "And on pictures that nobody had looked at"
TEST_TOLD = ("After the last round, {asked} X-rays of the test were shown to each network for the first time. The pictures were dealt out in "
             "{deals} ways. Right of 100, ill and healthy counting the same:")
TEST_ROWS = {"alone": "a hospital alone, on average", "best": "the best hospital alone", "shared": "weights shared", "together": "all in one place"}
TEST_BEST = ("So the average hospital gains from sharing. The best one alone, which nobody can name beforehand, was ahead of it in {ahead} of "
             "{deals} ways of dealing.")
TEST_ROW = "<b>{middle:.0f}</b> ({low:.0f} to {high:.0f})"
TRAVELLED = ("Sent were {sent:.1f} MB of weights. All pictures together have {pictures:.1f} MB, as they are only 28 dots wide here. So "
             "sharing weights need not save on sending. What counts is that no picture leaves.")
UNSOLVED_TITLE = "What it does not solve"
UNSOLVED = (
    "Weights tell on pictures. Whoever sees one hospital's weights before they are added up can learn something about its patients.",
    "Hospitals differ. The mean may suit none of them well, and a small one with rare cases counts little.",
    "Somebody may cheat. A hospital can send spoilt weights, and the middle cannot look at its pictures to find out.",
    "Nobody sees all the data. A mistake in the labels of one hospital stays hidden from the others.")
SHARED_HOW = ("Measured by {command} on {date}. Dealt with seeds 0 to {last} (played: seed 0). The size of the steps was set with a "
              "look at the {kept} validation pictures that the lines show.")
TERMS = {"bits": ("quantisation", "parameter", "edge device", "filter"),
         "shared": ("federated learning", "differential privacy", "parameter", "validation set")}
