"""Server of the demo pages."""

from pathlib import Path

import streamlit as st

from explorer.app.vendor import plotly_route

app = st.App(Path(__file__).with_name("plots.py"), routes=[plotly_route()])
