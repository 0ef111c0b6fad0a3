"""Words across languages."""

from __future__ import annotations

from explorer.app.translate_setting import TranslateView


def words_view(now: TranslateView) -> None:
    """Draw the view."""
