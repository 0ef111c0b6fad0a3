"""Which pages there are, and what surrounds each of them."""

import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

import streamlit as st  # noqa: E402

from explorer.app.pages import sections, surroundings  # noqa: E402

page = st.navigation(sections(), position="top")
with surroundings(page):
    page.run()
