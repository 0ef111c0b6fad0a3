"""Generation: letter by letter, piece by piece, word by word: what is drawn, what is cut."""

from explorer.app.header import header

header("Generation", "Letter by letter, piece by piece, word by word: what is drawn, what is cut.")
