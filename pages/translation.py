"""Translation: numbers and dates written anew by a network that learns live, and words carried across languages by a rotation."""

from explorer.app.header import header
from explorer.app.translate_controls import choose_view, translate_controls
from explorer.app.translate_words import words_view
from explorer.app.translate_written import written_view

VIEWS = {"numbers": written_view, "dates": written_view, "words": words_view}

now = translate_controls()
header(
    "Translation",
    "One sequence becomes another. A small network learns to write numbers and dates anew, and its **search** for the likeliest answer is drawn as "
    "it happens; words cross from language to language by a single **rotation**.",
)
choose_view(now)
VIEWS[now.view](now)
