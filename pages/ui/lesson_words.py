"""The words that all lessons share; a lesson's own stand in demos/lessons/texts/."""

TRY_THIS = "Try this"
WHAT_HAPPENS = "What happens, and why"
DEEPER = "Look deeper"
CURIOUS = "For the curious"
ENGINEER = "For engineers"
TERMS_HERE = "Words of this lesson: press one"
FOR_REAL = "Where it runs for real"
