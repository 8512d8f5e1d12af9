"""What both methods of translation share: the whole answer is the last of the growing ones."""

from __future__ import annotations

from collections.abc import Iterator

from demos.text_results import Translation


class Translates:
    """A method that answers sentence by sentence; nothing of what was asked is remembered."""

    def stream(self, text: str, direction: str = "auto") -> Iterator[tuple[float, Translation]]:
        """After each sentence: how much is done (0 to 1) and the answer so far."""
        raise NotImplementedError

    def predict(self, text: str, direction: str = "auto") -> Translation:
        """The text in the other language; `direction` is "auto", "en-pt" or "pt-en"."""
        *_, (_, answer) = self.stream(text, direction)
        return answer

    def translate(self, text: str, direction: str = "auto") -> Translation:
        """As `predict`, for the page's own sentences and for the way back."""
        return self.predict(text, direction)
