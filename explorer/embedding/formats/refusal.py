"""Why a file of word vectors is refused: what is wrong, where, and what to do."""

from __future__ import annotations

SHOWN = 40
"""Characters of a word that a message shows."""
DOWNLOAD = "It is probably cut off or damaged: download or save it again."
NOT_VECTORS = (
    "Choose a file with a word and its numbers in each line (GloVe, word2vec, fastText, CSV), or word2vec binary, "
    "fastText binary, parquet, safetensors, or a zip with vectors.tsv and metadata.tsv."
)
CONVERT = 'kv.save_word2vec_format("x.txt")'
PICKLE_REMEDY = (
    "Opening a pickle runs whatever code it holds, so it is never opened here. Where you trust it, load it and write the "
    f"vectors as text, in gensim with one line: {CONVERT} (model.wv.save_word2vec_format for a model)."
)
FEWER = (
    "Keep the most frequent words only; they stand first in most files. In gensim: "
    'KeyedVectors.load_word2vec_format("x.txt", limit=200_000).save_word2vec_format("smaller.txt").'
)


class VectorFormatError(ValueError):
    """A file that cannot be read as word vectors, or vectors that a file cannot hold.

    Attributes
    ----------
    problem : str
        What is wrong, and where: the line or row, and the word.
    remedy : str
        What to do about it.
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem, self.remedy = problem, remedy

    def __str__(self) -> str:
        return f"{self.problem} {self.remedy}"


def pickled(what: str) -> VectorFormatError:
    """The refusal of a pickle; `what` says which kind it is."""
    return VectorFormatError(f"This is {what}, which is a Python pickle inside.", PICKLE_REMEDY)


def quoted(word: str | bytes) -> str:
    """A word from a file as a message shows it, between quotation marks."""
    return f"“{printable(word)}”"


def printable(word: str | bytes) -> str:
    """A word or a name from a file: short, and nothing in it invisible."""
    if isinstance(word, bytes):
        word = word[: 4 * SHOWN].decode("utf-8", "replace")
    shown = "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in word[:SHOWN])
    return f"{shown}…" if len(word) > SHOWN else shown
