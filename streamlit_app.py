"""The server: `streamlit run streamlit_app.py` (or `make app`)."""

import explorer  # noqa: F401, I001 - first: it holds the libraries for arithmetic to one thread, before they load

import streamlit as st

from explorer.app.process import lifespan
from explorer.app.vendor import plotly_route

app = st.App("explorer/app/router.py", lifespan=lifespan, routes=[plotly_route()])
