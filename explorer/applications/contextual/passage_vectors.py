"""Vectors of the Wikipedia paragraphs, computed once and shipped: to compute them takes minutes.

``python -m explorer.applications.contextual.passage_vectors`` makes the file anew.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import numpy as np

from explorer.text.passages import fingerprint, passages

FOLDER = Path(__file__).parents[3] / "assets" / "passages"
VECTORS, ABOUT = FOLDER / "vectors.npy", FOLDER / "about.json"


@lru_cache(maxsize=1)
def passage_vectors() -> np.ndarray:
    """(n, 384) float32, each of length 1: what `ContextualModel.sentences` gives for each of `passages()`, rounded to float16.

    Raises
    ------
    ValueError
        When the file was made of other paragraphs; the text says how to make it anew.
    """
    texts = [passage.text for passage in passages()]
    about = json.loads(ABOUT.read_text(encoding="utf-8"))
    if about["texts"] != fingerprint(texts):
        raise ValueError(f"The vectors in {VECTORS.name} were made of other paragraphs. Make them anew: python -m {__spec__.name}")
    vectors = np.load(VECTORS, allow_pickle=False).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def _make() -> None:
    from explorer.applications.contextual.installed import contextual_model

    texts = [passage.text for passage in passages()]
    model = contextual_model()
    vectors = model.sentences(texts, lambda done: print(f"\r{done:,} of {len(texts):,}", end="", flush=True))
    FOLDER.mkdir(exist_ok=True)
    np.save(VECTORS, vectors.astype(np.float16), allow_pickle=False)
    ABOUT.write_text(json.dumps({"model": model.name, "texts": fingerprint(texts)}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _make()
