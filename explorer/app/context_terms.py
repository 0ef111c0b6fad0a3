"""The words of the page that are not explained where they first stand, folded away below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from explorer.app.context_scene import Scene
    from explorer.applications.contextual.encoder import ContextualModel

PLANE = (
    "**Plane**: the two directions in which the vectors of one layer, each scaled to length 1, differ most (*principal components*). Each layer has a plane of "
    "its own, turned and mirrored onto that of the layer above, so that points do not jump. What the plane does not show, the numbers do."
)
GROUPS = (
    "**Found groups**: the two most alike groups are joined again and again, by the mean cosine of their members (*average linkage*), until as many are left as "
    "you ask for. Nothing of the told senses goes into them."
)
COVERED = (
    "**Covered**: where senses are told, what is measured is how far the word's vector moves along the line from the mean of the nearest other sense to the mean "
    "of its own, itself left out; otherwise how much of it is left along its own direction. [MASK] is a sign of its own, so a covered word also adds something."
)


def context_terms(model: ContextualModel, scene: Scene | None) -> None:
    """Draw the explanations; numbers in them come from the model and the texts."""
    with st.container(key="aside_terms"), st.expander("What the pictures mean", icon=":material/menu_book:"):
        st.markdown(
            f"**The model**: {model.name} (Reimers and Gurevych 2019; Wang and others 2020), {model.layers} layers of {model.heads} heads, {model.width} numbers for "
            f"each subword, at most {model.positions} subwords at once. Its weights are read as data from an installed package whose checksum is known; nothing is "
            "downloaded."
        )
        if scene is not None:
            background = scene.read.background
            st.markdown(
                f"**Mean of all words**: {background.words:,} words in {background.sentences} sentences of the Lee news collection, in each layer. Taking it away "
                "removes what all vectors have in common (Ethayarajh 2019; Mu and Viswanath 2018)."
            )
        for text in (PLANE, GROUPS, COVERED):
            st.markdown(text)
