"""Pre-train your own: a small GPT or BERT learns from raw text, and is then put to use."""

import streamlit as st

from explorer.app.header import header
from explorer.app.keeping import file_controls
from explorer.app.pretrain_controls import KEEPING, choose_chapter, pretrain_controls
from explorer.app.pretrain_live import training_view
from explorer.app.pretrain_setting import PAGE
from explorer.app.pretrain_story import choose_text, pretrain_story, pretrain_terms
from explorer.app.pretrain_use import use_controls
from explorer.app.starting import ready_run
from explorer.app.transport import transport

now = pretrain_controls()
header("Pre-train your own", "A small Transformer learns a language from raw text. Watch what it expects, what forms inside, and what that is good for.")
run = ready_run(PAGE, now.training())
file_controls(PAGE, run, KEEPING)
pretrain_story(now)
report = run.report()
with st.container(horizontal=True, vertical_alignment="center", key="bar"):
    transport(PAGE, run, report)
    typed = choose_text(now)
choose_chapter()
if now.chapter == "use":
    use_controls(now, run)
training_view(now, run, typed, report)
pretrain_terms()
