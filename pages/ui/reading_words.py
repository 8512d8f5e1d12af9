"""The words around the texts of the pages to be read, and of the questions."""

WHERE_USED_SHORT = "Where is it used?"
LIMITS_SHORT = "Limits and costs"
WHAT_NEXT_SHORT = "What comes next?"
QUESTIONS_SHORT = "Questions people ask"

TRY_HERE = "Try it here"
MEASURED_HERE = "Measured here"
SOURCES = "Sources"
MET = "See it here:"
LINK_TO = "Link to “{title}”"
WANTED, WANTED_HELP = "Find a question", "A word or a few: job, face, energy …"
COUNT_QUESTIONS = "{count} of {all} questions"
NO_QUESTION = "No question here holds “{wanted}”. Ask the search in a whole sentence: it goes by meaning."

# energy
YOUR_VISIT = "Your visit so far"
WATTS = "Watts that this machine draws at work"
NO_ANSWERS = "Nothing was answered for you yet. Try something on another page, and come back."
ANSWERS = "{name}: {count:,} answers, {seconds:.2f} seconds, **{joules:,.1f} joules**"
TEA = "Together that is {share} of what it takes to boil the water for one cup of tea."
HOW_ESTIMATED = ("An estimate: the seconds that the models worked for your last {most} questions at most, times the watts set above. "
                 "It leaves out the drawing of pages, the screen, and all the learning before. The tea: a quarter of a litre from 20 to "
                 "100 °C takes {tea:,.0f} joules.")
