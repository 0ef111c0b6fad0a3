"""Summary: the sentences in the middle of a text, and the first ones."""

from explorer.app.header import header

header("Summary", "The sentences in the middle of a text, and the first ones.")
