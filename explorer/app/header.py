"""The top of a page: its title, one or two sentences, and the ways to pass the view on."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit, urlunsplit

import streamlit as st

from explorer.app import presentation


def header(title: str, lead: str) -> None:
    """Draw the title with the view's link and the presentation button at its right, and the lead below.

    Parameters
    ----------
    title, lead : str
        Written by us, never by a visitor: the lead is Markdown.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", key="header"):
        st.title(title, anchor=False, width="stretch")
        with st.container(horizontal=True, width="content", key="header_buttons"):
            if not presentation.is_on():
                with st.popover("Link", icon=":material/link:", help="The address of this page with these settings."):
                    st.caption("Opens this page with these settings. It starts nothing by itself.")
                    st.code(view_link(), language=None, wrap_lines=True)
            presentation.button()
    with st.container(key="lead"):
        st.markdown(lead)


def view_link() -> str:
    """The full address of the page as it is set now."""
    parts = urlsplit(st.context.url or "")
    return urlunsplit(parts._replace(query=urlencode(st.query_params.to_dict()), fragment=""))
