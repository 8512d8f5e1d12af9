"""The sentences that the page offers to be pressed: idioms, pairs that differ in one word, and jobs without a gender.

They were written by this project and chosen because they are hard; what comes out is computed on the page. The line
beside an idiom says what it means.
"""

from __future__ import annotations

IDIOMS = {
    "en-pt": (
        ("It is raining cats and dogs.", "It is raining hard."), ("Break a leg!", "Good luck!"),
        ("He kicked the bucket.", "He died."), ("That was a piece of cake.", "That was easy."),
        ("She spilled the beans.", "She told the secret."), ("I will keep an eye on you.", "I will watch you."),
        ("It costs an arm and a leg.", "It is very expensive."),
        ("He let the cat out of the bag.", "He told the secret."), ("You are pulling my leg.", "You are joking."),
        ("Bite the bullet.", "Do what must be done."), ("She comes once in a blue moon.", "She rarely comes."),
        ("I am feeling under the weather.", "I am ill.")),
    "pt-en": (
        ("Ele quebrou o galho.", "He helped out."), ("Vou chutar o balde.", "I will give it all up."),
        ("Quem não tem cão caça com gato.", "Make do with what you have."), ("Ela pagou o pato.", "She took the blame."),
        ("Estou com a pulga atrás da orelha.", "I have my doubts."), ("Você viajou na maionese.", "You talk nonsense."),
        ("Ele engoliu sapos a vida toda.", "He put up with a lot."),
        ("Matei dois coelhos com uma cajadada só.", "I did two things at once.")),
}

PAIRS = {
    "en-pt": (
        ("I sat down by the bank of the river.", "I sat down by the bank of the city."),
        ("He hit the ball with a bat.", "He saw a bat in the cave."), ("She lost her book.", "She lost his book."),
        ("The match was exciting.", "The match was wet and did not burn."),
        ("The crane lifted the box.", "The crane laid an egg."), ("I can fish.", "I eat fish."),
        ("I left my keys at home.", "I turned left at home."), ("My right hand hurts.", "My answer is right."),
        ("He is my cousin.", "She is my cousin."), ("The spring is warm this year.", "The spring of the watch is broken.")),
    "pt-en": (
        ("A manga está madura.", "A manga da camisa está suja."),
        ("O banco está fechado hoje.", "O banco da praça é de madeira."), ("A vela apagou.", "A vela do barco rasgou."),
        ("Ele perdeu seu livro.", "Ela perdeu seu livro."), ("O canto do pássaro é bonito.", "O canto da sala é escuro."),
        ("Eu gosto de pena de ganso.", "Eu tenho pena de você.")),
}

# "The doctor is tired": English does not say whether it is a man or a woman, Portuguese must
JOBS = ("doctor", "nurse", "engineer", "teacher", "secretary", "pilot", "cleaner", "scientist", "lawyer", "librarian",
        "driver", "hairdresser", "president", "cook", "soldier", "babysitter", "boss", "student")
JOB_SENTENCE = "The {job} is tired."

# Portuguese says it, English does not: what is left of it on the way there and back
THERE_AND_BACK = (("Ela é médica.", "woman"), ("É médica.", "woman"), ("A médica chegou.", "woman"),
                  ("A chefe está cansada.", "woman"), ("A engenheira é muito boa.", "woman"),
                  ("O enfermeiro chegou.", "man"), ("É enfermeiro.", "man"), ("O babá está cansado.", "man"))


def gender(portuguese: str) -> str:
    """"woman" or "man" where a short Portuguese sentence says it by its first article or by "ela" and "ele", else ""."""
    for word in portuguese.casefold().replace(".", " ").replace(",", " ").split():
        if word in ("a", "ela", "uma", "as", "elas"):
            return "woman"
        if word in ("o", "ele", "um", "os", "eles"):
            return "man"
    return ""
