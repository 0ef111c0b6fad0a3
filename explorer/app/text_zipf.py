"""How often words occur, by their rank, and what visitors take along of a text."""

from __future__ import annotations

from functools import lru_cache

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.text_reading import Reading
from explorer.app.text_settings import PAGE
from explorer.app.text_window import chances_of
from explorer.figures.zipf import zipf, zipf_notice
from explorer.text.cleaning import Cleaned
from explorer.text.spreadsheets import write_csv
from explorer.text.zipf import RankFrequency, rank_frequency


def zipf_view(reading: Reading) -> None:
    """Zipf's plot, before rare words are left out."""
    st.subheader("7 · A few words are everywhere, most are rare", anchor=False)
    st.caption(
        "Give the most frequent word rank 1, the next rank 2, and so on. **Zipf's law** says that counts fall like 1 / rank, a straight line when both axes "
        "are logarithmic. It is why most words of a vocabulary teach a model so little, and why rare ones are left out."
    )
    drawn(PAGE, "zipf", reading.key, lambda: _zipf(reading), "zipf")


@lru_cache(maxsize=8)
def law_of(text: Cleaned) -> RankFrequency:
    """Counts by rank of all words, also of those that are too rare."""
    return rank_frequency(text.all_counts.values())


def _zipf(reading: Reading) -> Drawing:
    law, least = law_of(reading.text), reading.view.min_count
    return zipf.spec(list(reading.text.all_counts), law, least, current_theme()), [zipf_notice(law, least)]


def downloads(reading: Reading) -> None:
    """The part of the sidebar from which the text is taken along, as it has become."""
    text, threshold, name = reading.text, reading.view.threshold, reading.view.corpus
    with st.sidebar:
        st.subheader("Take along")
        st.download_button(
            "Cleaned text (.txt)", data=lambda: cleaned_text(text), file_name=f"{name}-cleaned.txt", mime="text/plain", on_click="ignore",
            icon=":material/download:", width="stretch", key=f"{PAGE}:cleaned", help="One sentence in each line, words separated by blanks: what word2vec and GloVe read.",
        )  # fmt: skip
        st.download_button(
            "Words and counts (.csv)", data=lambda: word_table(text, threshold), file_name=f"{name}-words.csv", mime="text/csv", on_click="ignore",
            icon=":material/download:", width="stretch", key=f"{PAGE}:counts", help="Rank, count, share of the text, the count that Zipf's line gives, and the chance to be kept.",
        )  # fmt: skip


def cleaned_text(text: Cleaned) -> bytes:
    """One sentence in each line, its tokens separated by blanks."""
    return "\n".join(" ".join(words) for words in text.sentences).encode("utf-8", errors="replace")


def word_table(text: Cleaned, threshold: float) -> bytes:
    """Every word with its rank and counts, also those that are too rare to be kept."""
    law, chances, total = law_of(text), chances_of(text, threshold), sum(text.all_counts.values())
    given = law.line(law.ranks)
    rows = (
        [rank, word, count, count / total, float(given[rank - 1]), chances.get(word, 0.0)]
        for rank, (word, count) in enumerate(text.all_counts.items(), start=1)
    )
    return write_csv(["rank", "word", "count", "share", "zipf", "kept"], rows)
