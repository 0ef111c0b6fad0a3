"""Text and numbers to learn from: corpora that ship with the installed packages, visitors' files, tokens."""

from explorer.text.columns import read_column
from explorer.text.corpora import read_corpus
from explorer.text.decoding import decode_text
from explorer.text.labelled import read_labelled

__all__ = ["decode_text", "read_column", "read_corpus", "read_labelled"]
