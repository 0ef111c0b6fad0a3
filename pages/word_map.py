"""Word map: thousands of words in a plane, and how far the plane can be believed."""

import streamlit as st

from explorer.app.header import header
from explorer.app.map_controls import choose_layout, choose_look, choose_words
from explorer.app.map_export import download_control
from explorer.app.map_live import live_map, running
from explorer.app.map_panel import component_panel, find_word, group_panel, word_panel
from explorer.app.map_selection import selection_panel
from explorer.app.map_setting import current, draw_notices, map_setting, write_address
from explorer.app.map_story import story
from explorer.app.map_view import drag_control, no_words, still_map

now = map_setting()
header(
    "Word map",
    "Words that occur in like company have like vectors. Here they are laid out in a plane, with what the plane **hides**.",
)
draw_notices()
words, now = choose_words(now), current()
write_address(now)
if words is None:
    no_words()
    st.stop()
choose_layout(now)
choose_look(now, words)
left, right = st.columns([11, 5], gap="medium")
with left:
    live = running(words, now) if now.method == "tsne" else None
    found = still_map(words, now) if now.method != "tsne" else live_map(live)
with right:
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="bar_map"):
        drag_control(now)
        download_control(now)
    find_word(now, words)
    selection_panel(words)
    word_panel(now, words)
    component_panel(now, words, found)
    group_panel(now, words)
story(now)
