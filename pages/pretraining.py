"""Pre-train your own: a small GPT or BERT learns from raw text, and is then put to use."""

from explorer.app.header import header

header("Pre-train your own", "A small GPT or BERT learns from raw text, and is then put to use.")
