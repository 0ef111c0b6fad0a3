"""Question answering: find the answer, mark it, and say when there is none."""

from explorer.app.header import header

header("Question answering", "Find the answer, mark it, and say when there is none.")
