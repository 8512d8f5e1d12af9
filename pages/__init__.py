"""Everything that draws; only here and in app.py is streamlit imported."""
