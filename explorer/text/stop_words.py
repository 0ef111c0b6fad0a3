"""The words that carry grammar rather than a subject: the English list of scikit-learn, as it is installed."""

from __future__ import annotations

import ast
from functools import lru_cache

from explorer.text.shipped import shipped


@lru_cache(maxsize=1)
def stop_words() -> frozenset[str]:
    """``sklearn.feature_extraction.text.ENGLISH_STOP_WORDS`` (318 words of the Glasgow information retrieval group).

    Read from the package's source, for importing scikit-learn takes a second or more and a switch on a page must not.
    """
    tree = ast.parse(shipped("sklearn", "feature_extraction", "_stop_words.py").read_text(encoding="utf-8"))
    lists = [node for node in ast.walk(tree) if isinstance(node, ast.List)]
    return frozenset(ast.literal_eval(lists[0]))
