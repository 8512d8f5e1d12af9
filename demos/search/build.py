"""Reads the dashboard's passages once and stores their meanings and their places on the map: `python -m demos.search.build`.

Meanings: MiniLM, on the processor, float16. Places: t-SNE (van der Maaten and Hinton 2008) of the meanings' cosine
distances into two directions, begun with PCA, seed 0; nothing else is left to chance. To be run when texts have
changed; it prints the digest that the row in __init__.py needs. Without it a new text is read at each start.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np

from demos.search.corpus import collect
from demos.search.store import DIGEST, digest, read

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
    """Store the meanings of all passages; those already stored are taken from there."""
    from safetensors.numpy import save_file

    from demos.minilm import MINILM, load_minilm
    from demos.weights import locate

    passages = collect()
    stored = read(target) if target.exists() else {}
    new = [one for one in passages if digest(one) not in stored]
    fresh = load_minilm(locate(MINILM, Path()), "cpu").meanings([one.whole for one in new]) if new else np.zeros((0, 384))
    known = {digest(one): meaning for one, meaning in zip(new, fresh)} | {key: row[0] for key, row in stored.items()}
    meanings = np.stack([known[digest(one)] for one in passages]).astype(np.float16)
    digests = np.frombuffer(b"".join(map(digest, passages)), np.uint8).reshape(-1, DIGEST).copy()
    target.parent.mkdir(exist_ok=True)
    save_file({"digests": digests, "meanings": meanings, "places": spread(meanings.astype(np.float32)).astype(np.float16)},
              target)
    print(f"{len(passages)} passages, {len(new)} of them new, sha256 {hashlib.sha256(target.read_bytes()).hexdigest()}, "
          f"{target.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
