"""The contextual model for a page: read once for the whole process, while the page says how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from explorer.app.awaited import Awaited, Tell
from explorer.app.links import safe_markdown
from explorer.app.process import imports
from explorer.applications.contextual.installed import NAME, contextual_model

if TYPE_CHECKING:
    from explorer.applications.contextual.encoder import ContextualModel

SAID = f"{NAME} is read once for everybody, which takes a few seconds."


def loaded_model() -> ContextualModel:
    """The model. Until it is there the page shows what is being done; where it cannot be read the page says why, and ends."""
    try:
        return _model.get()
    except Exception as failure:
        known = isinstance(failure, FileNotFoundError | ValueError)
        said = str(failure) if known else f"The model {NAME} could not be read: {type(failure).__name__}: {failure}"
        st.error(safe_markdown(said), icon=":material/package_2:")
        st.button("Try again", icon=":material/refresh:", key="contextual_again")
        st.stop()


def _read(tell: Tell) -> ContextualModel:
    with imports:
        return contextual_model(lambda stage, share: tell(f"{SAID} {stage}", share))


_model = Awaited(_read)
