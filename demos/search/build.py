"""Reads the passages and their questions once; stores meanings and places on the map: `python -m demos.search.build`.

Meanings: MiniLM, on the processor, float16. Places: t-SNE (van der Maaten and Hinton 2008) of the meanings' cosine
distances into two directions, begun with PCA, seed 0; nothing else is left to chance. To be run when texts have
changed; it prints the digest that the row in __init__.py needs. Without it a new text is read at each start.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from demos.search.corpus import collect
from demos.search.store import DIGEST, digest, known_or_read, questions, read

TARGET = Path(__file__).with_name("weights") / "passages.safetensors"
SEED, NEIGHBOURS = 0, 25


def spread(meanings: np.ndarray) -> np.ndarray:
    """Places `(n, 2)` in about [-1, 1]: what is alike lies together."""
    from sklearn.manifold import TSNE

    around = min(NEIGHBOURS, (len(meanings) - 1) / 3)
    places = TSNE(2, perplexity=around, init="pca", metric="cosine", random_state=SEED).fit_transform(meanings)
    places -= places.mean(axis=0)
    return (places / np.abs(places).max()).astype(np.float32)


def main(target: Path = TARGET) -> None:
    """Store the meanings of all passages, then those of their questions; what is already stored is taken from there."""
    from safetensors.numpy import save_file

    from demos.minilm import MINILM, load_minilm
    from demos.weights import locate

    passages = collect()
    texts = [*(one.whole for one in passages), *dict.fromkeys(questions(passages)[0])]
    stored = read(target)[0] if target.exists() else {}
    read_anew = load_minilm(locate(MINILM, Path()), "cpu").meanings
    meanings = known_or_read(texts, stored, read_anew).astype(np.float16)
    digests = np.frombuffer(b"".join(map(digest, texts)), np.uint8).reshape(-1, DIGEST).copy()
    places = spread(meanings[:len(passages)].astype(np.float32)).astype(np.float16)
    target.parent.mkdir(exist_ok=True)
    save_file({"digests": digests, "meanings": meanings, "places": places}, target)
    print(f"{len(passages)} passages, {len(texts) - len(passages)} questions, "
          f"{sum(digest(text) not in stored for text in texts)} of them new, "
          f"sha256 {hashlib.sha256(target.read_bytes()).hexdigest()}, {target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
