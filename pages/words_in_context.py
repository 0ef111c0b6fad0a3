"""Words in context: one word, another vector in every sentence."""

import streamlit as st

from explorer.app.context_attention import attention_view
from explorer.app.context_downloads import downloads
from explorer.app.context_layers import layers_view
from explorer.app.context_map import map_view
from explorer.app.context_masked import masked_view
from explorer.app.context_odd import odd_view
from explorer.app.context_scene import scene_of
from explorer.app.context_sentence import sentence_view
from explorer.app.context_settings import choose_layer, choose_word, context_controls
from explorer.app.context_terms import context_terms
from explorer.app.context_vectors import vectors_view
from explorer.app.contextual_loading import loaded_model
from explorer.app.header import header

view = context_controls()
header(
    "Words in context",
    "A table of word vectors has one for “bank”, wherever it stands. A model of the **BERT** family reads the whole sentence first, and "
    "every word gets a vector of its own in it: click a sentence or a point.",
)
with st.container(horizontal=True, vertical_alignment="center", gap="large", key="context_bar"):
    choose_word(view)
    choose_layer()
model = loaded_model()
scene = scene_of(view, model)
if scene is not None:
    map_view(scene)
    layers_view(scene)
    vectors_view(scene)
    downloads(scene)
inside = sentence_view(view, model, scene)
if inside is not None:
    attention_view(inside, scene)
masked_view(model)
odd_view(view, model)
context_terms(model, scene)
