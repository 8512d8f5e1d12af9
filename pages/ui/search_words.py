"""The words of the search's own parts and of the glossary."""

OPEN = "Opens beside this page"
SCORE = {"classical": "{score:.1f} points for shared words", "deep": "{score:.2f} of 1 alike in meaning"}

# the map
MAP = "A map of meanings"
MAP_CAPTION = ("Each dot is a passage of this dashboard, as the network sees it: 384 numbers, squeezed into two so that what "
               "means the same mostly lies together. Point at a dot to read it.")
MAP_SAID = "Your question lies among these; nearest in meaning are {titles}."
MAP_WORDS = "The orange squares are what shared words alone would find."
MAP_NO_WORDS = "By shared words alone nothing would be found."
MAP_CAUTION = ("Two numbers cannot hold all that 384 do: where a line runs far, the map tears apart what in truth lies "
               "together.")
ALL, ASKED, NEAREST, BY_WORDS = "Passages", "Your question", "Nearest in meaning", "Found by shared words"

# a text of one's own
OWN = "Search in your own text"
OWN_CAPTION = ("Paste a text, or give a file: plain text (.txt, .md) or PDF, up to 2 MB. It is cut into passages of a few "
               "sentences; the first {most} of them are searched. The first question takes a while, as the network reads "
               "every passage; the next ones do not.")
PASTE, FILE, ASK_OWN = "A text", "Or a file", "Your question to this text"
NO_QUESTION = "Write a question above, and both methods look for the answer in your text."
EXAMPLE = "Try it on this text"
EXAMPLE_TEXT = """Opening hours. The town library is open from Tuesday to Saturday, ten in the morning until seven in the evening.

Cards. Anybody who lives in town may get a card at the desk. It costs nothing up to the age of eighteen, and twelve euros a year after that. Please bring something that shows where you live.

Borrowing. Books may be kept for four weeks, films and games for one. You can prolong twice, unless somebody else is waiting. Whoever brings things back late pays twenty cents a day.

Animals. Guide dogs are welcome. All other pets have to wait outside, where there is a bowl of water.

Food. There is a small coffee corner on the ground floor. Please do not eat between the shelves.

Lost and damaged things. If a book got wet or was lost, tell us. We find out together what a new one costs."""
EXAMPLE_QUESTION = "May I take my cat along?"
READING = "{who}: reading your text, {share:.0f} % so far."
FOUND_IN = "{who}, {count} passages searched"

# the glossary
GLOSSARY = "What does this word mean?"
GLOSSARY_SHORT = "Glossary"
GLOSSARY_LEDE = "The words of the field in plain sentences, each with a link to where you meet it here."
WANTED, WANTED_HELP = "Find a word", "A word, a part of one, or a word from its meaning"
ALL_WORDS = "All {count} words"
NO_ENTRY = "No entry holds “{wanted}”. Ask the search in a whole sentence: it goes by meaning."
COUNT_ENTRIES = "{count} of {all} entries"
ALSO = "also: {names}"
MET = "You meet it here:"
LINK_TO = "Link to “{term}”"
ASK_SEARCH = "Ask in a whole sentence"
