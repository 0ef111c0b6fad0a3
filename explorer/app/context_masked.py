"""Masked words: how such models learn, and whether this one can still be asked to fill a gap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from explorer.app.links import expect_link
from explorer.app.notes import note
from explorer.app.pages import spec_of

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel

TRAIN = "pretraining.py"


def masked_view(model: ContextualModel) -> None:
    """What the weights hold, and the way to a model that can fill gaps."""
    st.subheader("Fill the gap", anchor=False)
    st.caption(
        "Models of this family learn by guessing words that were covered with **[MASK]** (Devlin and others 2019). What turns a vector into a guess is the "
        "**prediction head**, a last layer that is needed only while they learn."
    )
    note("context_masked", masked_notice(model))
    if not model.has_prediction_head:
        with st.container(key="context_masked_link", width="content"):
            st.button("Pre-train your own, and ask it", icon=":material/arrow_forward:", key="context:pretrain", on_click=_mark, type="secondary")
        if st.session_state.pop("context:leave", False):
            link = {"objective": "bert"}
            spec = spec_of(TRAIN)
            expect_link(spec.state, link)
            st.switch_page(spec.page(), query_params=link)


def masked_notice(model: ContextualModel) -> str:
    """Whether the file holds a prediction head."""
    names = model.tensor_names
    if model.has_prediction_head:
        return f"Among the {len(names)} arrays in the file is a prediction head."
    return (
        f"Of the {len(names)} arrays in the file of {model.name} none belongs to a prediction head: it was trained further, to compare whole sentences, and the "
        "head was dropped. Any guess shown here would be made up. The small model that you can train on the next page keeps its head, and fills gaps while it learns."
    )


def _mark() -> None:
    st.session_state["context:leave"] = True
