"""The server: `streamlit run streamlit_app.py` (or `make app`)."""

import os

# One thread for each training: two are slower for models of this size. Read when the libraries load.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(name, "1")

import streamlit as st  # noqa: E402

from explorer.app.process import lifespan  # noqa: E402
from explorer.app.vendor import plotly_route  # noqa: E402

app = st.App("explorer/app/router.py", lifespan=lifespan, routes=[plotly_route()])
