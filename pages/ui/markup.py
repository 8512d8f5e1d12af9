"""HTML that is put into a page as it stands."""

from __future__ import annotations


class Markup(str):
    """HTML for `st.html` where pictures are in it, or much CSS.

    From a plain text Streamlit takes the indentation first, which reads all of it several times: 5 ms for 100 kB, on each
    drawing, for each visitor. What gives its HTML by this method is taken as it is.
    """

    def _repr_html_(self) -> str:
        return str(self)
