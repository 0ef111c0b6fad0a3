"""Home: what this is, in one screen."""

import streamlit as st

st.title("Unrolled")
