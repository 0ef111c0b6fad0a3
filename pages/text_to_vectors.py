"""Text to vectors: one text on its way from words to numbers, each step with its own figures."""

import streamlit as st

from explorer.app.header import header
from explorer.app.text_company import company_view
from explorer.app.text_comparison import comparison_view
from explorer.app.text_documents import documents_view
from explorer.app.text_one_hot import one_hot_view
from explorer.app.text_reading import read
from explorer.app.text_sentence import sentence_view, stages_view
from explorer.app.text_settings import text_controls
from explorer.app.text_window import window_view
from explorer.app.text_zipf import downloads, zipf_view

view = text_controls()
header(
    "Text to vectors",
    "A computer calculates with numbers, not with words. Follow one text on its way: cut into words, counted, and turned into "
    "**vectors**, which are lists of numbers. Everything below is measured on the text that you choose.",
)
reading = read(view)
stages_view(reading)
sentence_view(reading)
one_hot_view(reading)
with st.container(key="comparison"):
    comparison_view(reading)
window_view(reading)
company_view(reading)
documents_view(reading)
zipf_view(reading)
downloads(reading)
