"""The samples, what a visitor should know before trusting an answer, and the words of the page's own parts."""

from __future__ import annotations

from demos.base import Card, Sample
from demos.series_results import Effects

_OURS = "Made by this project's simulator, which has the means, spreads and wear of the training data"


def _sample(key: str, title: str, fails: str = "") -> Sample:
    return Sample(key, title, {"engine": f"samples/{key}.txt"}, _OURS, fails=fails)


SAMPLES = (
    _sample("halfway", "90 flights before its end"),
    _sample("twenty", "20 flights before its end"),
    _sample("young", "A young engine"),
    _sample("last", "4 flights before its end"),
    _sample("creeping", "A thermometer that creeps",
            "The engine is well and has 125 flights left, but its turbine thermometer reads a little more each flight. The "
            "network takes that for wear and gives it far less time; boosting is misled too, but less."),
    _sample("sudden", "It breaks without a sign",
            "This engine breaks on its next flight, as by a bird or a crack, and no sensor shows it. Both methods say "
            "that all is well: what no sensor shows, no method can know."),
)

SENSORS_TITLE = "What did each sensor do to the guess?"
GATES_TITLE = "The LSTM's gates while it read the last thirty flights"
GATES_SAID = ("Each row is one of the 48 cells of the first network's last layer, each column a flight, the newest on "
              "the right. Bright is open: what a cell lets in, what it keeps from before, what it gives out. The "
              "fourth picture is what it then gives out, dark below zero. Gates that stay bright in “keeps” are its "
              "memory.")


def sensors_sentence(effects: Effects) -> str:
    """What the strongest sensors did, in one sentence."""
    order = sorted(range(len(effects.names)), key=lambda i: float(effects.values[i]))
    worst = [f"{effects.names[i].lower()} ({effects.values[i]:+.0f})" for i in order[:3] if effects.values[i] <= -0.5]
    if not worst:
        return ("No sensor shortens it: all read nearly as when the record began. One sensor at a time is set back to "
                "where it began, and the networks are asked again.")
    return (f"Most flights were taken off by {', '.join(worst)}. One sensor at a time is set back to where it began, "
            "and the "
            "networks are asked again; several that say the same share the effect.")


PLAY = "Play its life forward"
PLAY_CAPTION = ("Press play, or pull the slider: the record grows flight by flight, and both methods guess anew. It "
                "plays in your browser.")
PLAY_SAID = ("Above: four sensors, in steps of their own noise. Below: flights left as the network guesses them with "
             "its low and high guess (blue), the classical method (orange, dotted), the alarm's line (grey), and "
             "{truth}.")
TRUTH_KNOWN, TRUTH_UNKNOWN = "what was really left (dashed)", "nothing else: how long it really ran is not in your file"
ALARM = "When to sound the alarm?"
ALARM_CAPTION = ("An engine that is taken out too early wastes flights; one that breaks in service costs far more. "
                 "Say what each costs you, and the line is put where both together cost least on {engines} engines "
                 "that ran until they broke, each judged by a model that had not seen it.")
EARLY, LATE = "A wasted flight costs", "A failure in service costs"
CHOSEN = ("{who}: alarm at {threshold} flights left. On average {wasted:.0f} flights are wasted, and {missed} of "
          "{engines} engines come to fewer than {notice} flights before anybody is warned: a cost of {cost:,.0f} an "
          "engine.")
RINGS = "For this engine {who} rings after flight {flight}{left}."
RINGS_LEFT, NEVER_RINGS = ", {left} flights before its end", "For this engine {who} does not ring within this record."
NO_LINE = "{who}: sounding no alarm at all is cheapest at these costs."
COST_AXIS, THRESHOLD_AXIS = "expected cost of an engine", "alarm at so many flights left"
LEFT_AXIS, FLIGHT_AXIS, NOISE_AXIS = "flights left", "flight", "steps of noise"
MOMENT = "After flight {flight}: <b>{left:.0f}</b> left, {low:.0f} to {high:.0f}"
HAS_RUNG = "<br>the alarm rang after flight {flight}"
PLAY_BUTTON, PAUSE_BUTTON = "Play", "Pause"
REALLY, ALARM_LINE = "really left", "alarm"

FORECAST = "Forecast a series of your own"
FORECAST_CAPTION = ("A CSV file with one column of numbers over time, such as sales a day or degrees an hour, or one "
                    "of these. The last fifth is held back. An LSTM is trained on the rest while you wait, and tries "
                    "the end beside simple methods. Nothing is kept.")
FILE = "Upload a CSV file"
ACCEPTED = "CSV, tab-separated or text, one number a line or in a column, 60 to 3,000 values, up to 2 MB"
AHEAD = "How many values ahead?"
GO, YOURS = "Train and forecast", "Your series"
CHOOSE_ONE = "Please upload a file, or press one of the series."
SERIES = {  # key -> (title, what it is and whose)
    "sunspots": ("Sunspots", "Sunspots a year from 1700 to 2008, from statsmodels (public domain)"),
    "co2": ("Carbon dioxide", "Carbon dioxide in the air of Mauna Loa a week, 1958 to 2001, from statsmodels (public "
                              "domain)"),
    "chaos": ("A chaotic rule", "Made by this project: each value is 3.9 x (1 - x) of the last, with no chance in it"),
    "walk": ("A random walk", "Made by this project: each value is the last one and a random step"),
    "shop": ("A shop's week", "Made by this project: sales a day with a weekly pattern, a slow rise and chance")}
TOOK = "The LSTM was trained and asked in {seconds}."
TRAINING = "Training: {share} in 100 done."
HEAD = ("Method", "Off by, on average", "Against “same as the last value”")
AGAINST = {True: "{share} in 100 less", False: "{share} in 100 more"}
SAME = "as much"
WINNER = "{name} wins on the held-back end of this series: off by {error} on average{second}."
SECOND = "; next comes {name} with {error}"
CLOSE = ("{name} and {other} are nearly even on the held-back end of this series: off by {error} and {second} on "
         "average.")
SPLIT = ("Learnt from the first {known:,} values; the last {held:,} were held back and forecast {ahead} at a time, "
         "each time from all before.{season}")
REPEATS = " It seems to repeat every {season} values."
SERIES_ALT = "The series, its held-back end, and the forecasts of that end by each method."
HELD, REAL = "held back", "what came"

RARE = "What is rare is easy to get “right”"
RARE_CAPTION = ("AI4I 2020: {rows:,} working steps of a milling machine, simulated by its authors, of which "
                "{failures} failed. Whoever always says “it will not fail” is right {share} times in 100, and "
                "useless. Cross-validated in five parts.")
RARE_HEAD = ("Method", "Right", "Failures caught", "Of its alarms, real")
ALARMS_NONE, ALARMS_REAL = "no alarm", "{share} in 100 of {alarms:,}"
RARE_SAID = ("Accuracy looks nearly the same for all; what counts is how many failures are caught, and how many alarms are "
             "false.")
RARE_METHODS = {"never": "Always “it will not fail”", "logistic": "Logistic regression", "boosting": "Gradient "
                                                                                                     "boosting",
                "network": "Small network"}

CARD = Card(
    learnt_from="100 engines of NASA's C-MAPSS data set FD001, simulated by NASA in detail from new until they "
                "failed: one kind of flight, one kind of wear (the high-pressure compressor). Remaining life counts "
                "up to 125 flights. The engines to press on this page come from a far simpler simulator of this "
                "project with the same means and spreads.",
    weak_at=(
        "Another way to fail: on 100 test engines of FD003, some of which fail by the fan, the network is off by 42 flights "
        "instead of 12, and boosting by 25 instead of 12. None of them learnt from such engines.",
        "Far from the end: test engine 67 had 77 flights left, and the network said 116, boosting 111. Engine 45 had 114 "
        "left, and they said 81 and 77; engine 93 had 85, and they said 53 and 50. All three lay outside the network's "
        "low and high guess.",
        "Too late: on 21 of the 100 test engines the network said at least 10 flights too many, boosting on 19.",
        "What no sensor shows: an engine that breaks by a bird or a crack gives no sign.",
    ),
    never_for="Do not use it for real engines: it learnt from simulated ones. No flight may depend on it.",
    licence="C-MAPSS: United States government work, free to use (Saxena, Goebel, Simon and Eklund 2008). AI4I 2020: "
            "CC BY 4.0 (Matzka 2020). Weights and simulator: this project's own.",
    lesson="how_memory",
)
