"""The words of "Bet first": the switch, the questions, and who was right."""

SWITCH = "Bet first"
SWITCH_HELP = "Guess before the answers appear. A point for whoever is right: you, or the machine (the deep network)."
SCORE = "You {you}, machine {deep}"
SCORE_MORE = "after {rounds}. The machine is the deep network; the classical method has {classical}."
ROUNDS = {1: "1 round"}
ROUNDS_MANY = "{count} rounds"
NO_ROUND = "No round yet."
RESET = "Start again"
SAMPLE = {"picture": "Picture {number}", "sound": "Recording {number}", "text": "Text {number}", "engine": "Engine {number}"}
SAMPLE_ELSE = "Case {number}"

KIND = "Your guess first"
WHO_OF = {"Transcript": "Who will write it down word for word?", "Made": "Whose pictures will be easy to recognise?"}
WHO_KNOWN = {  # where a person has said what is true
    "Translation": "Who will translate it just as a person did?", "Spoken": "Who will say it just as a person translated it?",
    "Passages": "Who will put the right place first?", "Scene": "There is a {truth} in this picture. Who will find one?"}
WHO = "Who will be right?"
WHO_SAID = {"both": "Both", "deep": "Only the deep network", "classical": "Only the classical method", "neither": "Neither"}
GUESS = "Your guess"
BET = "This is my guess"
SHOW = "Show me"
WORKING = "Both methods are at work while you think."
WAITING = "The question comes as soon as the network is done…"
READY = "Both methods have answered. Their answers wait for yours."
SEEN = "You have seen these answers already, so they stay open and do not count. From the next one on, you guess first."
NEXT = "Next one"

YOU_SAID = "You said “{guess}”."
LOOKED = "You looked without a guess, so this one does not count."
BEFORE = "You have played this one already: {said}"
WHOSE = {  # (you, the deep network)
    (True, True): "A point for you, and one for the machine.", (True, False): "A point for you, none for the machine.",
    (False, True): "A point for the machine, none for you.", (False, False): "No point for you, and none for the machine."}
WHO_WAS = {"both": "Both were right.", "deep": "Only the deep network was right.",
           "classical": "Only the classical method was right.", "neither": "Neither was right."}
WAS = "It is “{truth}”."
CAME = "The network’s answer was “{answer}”."
CAME_NUMBER = "The network’s number is {answer}."
SURPRISED, FORESEEN = "It surprised you: the point goes to the machine.", "You foresaw it: the point is yours."
TRUE_NUMBER = "The true number is {number}."
OFF_BY = {"you": "you are off by {off}", "deep": "the deep network by {off}", "classical": "the classical method by {off}"}
THEY_SAY = "The deep network says “{deep}”, the classical method “{classical}”."
DECLINED = "The machine declined to answer, so nobody gets a point."
NOT_YET = "Nobody can know who is right: it has not happened. So nobody gets a point."
NOT_KNOWN = "What is true is not known here, so nobody gets a point."
WHO_WAS_RIGHT = "Only you can tell. Who was right?"
OWN_WORD = {"you": "I was", "deep": "The machine was", "both": "We both were", "nobody": "Nobody, or I cannot tell"}
OVER = "Then nobody gets a point."
