"""A model that says which files it was given."""

from pathlib import Path

from demos.results import Text


class Far:
    """Names its files."""

    def __init__(self, weights: Path | None) -> None:
        self.files = sorted(path.name for path in weights.iterdir() if path.is_file()) if weights else []

    def predict(self, text: str) -> Text:
        """The text and the files' names."""
        return Text(f"{text} from {' and '.join(self.files) or 'nothing'}")


def load(weights: Path | None, device: str) -> Far:
    """The model of these weights."""
    return Far(weights)
