"""Text classification: which topic, which opinion, and which words decided."""

from explorer.app.header import header

header("Text classification", "Which topic, which opinion, and which words decided.")
