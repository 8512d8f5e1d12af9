"""Speaks the samples with Kokoro, a synthetic voice, and writes them to samples/: run it to make them again.

    python -m demos.voice_translation.make_samples
"""

from __future__ import annotations

from pathlib import Path

from demos.speech_recognition.make_samples import Line, spoken, tune, write
from demos.voice_translation import KOKORO
from demos.weights import locate

SAMPLES = Path(__file__).with_name("samples")
LINES = (
    Line("station", "Good morning! How do I get to the railway station? My train leaves in half an hour."),
    Line("beach", "Ontem fomos à praia com as crianças e comemos peixe grelhado.", "jf_alpha", "pt-br"),
    Line("market", "Mañana por la mañana vamos al mercado a comprar fruta fresca.", "jm_kumo", "es"),
    Line("croissants", "Bonjour madame, je voudrais deux croissants et un grand café.", "jm_kumo", "fr-fr"),
    Line("shop", "The shop at the corner sells umbrellas, and it closes at six o'clock.", noise_db=8),
    Line("names", "Siobhan and Hugh took the night train from Worcester to Edinburgh.", speed=1.15),
    Line("bat", "He hit the ball with a bat, and everybody clapped.", "jf_alpha"),
)


def main() -> None:
    """Make every sample."""
    model = locate(KOKORO, SAMPLES)
    SAMPLES.mkdir(exist_ok=True)
    for line in LINES:
        write(SAMPLES / f"{line.name}.flac", spoken(line, model))
    write(SAMPLES / "tune.flac", tune((7, 4, 0, 4, 7, 12, 11, 7, 9, 5, 2, 5, 4, 0)))


if __name__ == "__main__":
    main()
