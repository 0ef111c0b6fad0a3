"""What is asked, how it is judged, and the words that the page uses."""

from __future__ import annotations

import streamlit as st

from explorer.applications.classification import METHOD_TITLES, ClassificationExperiment

METHODS = {
    "tfidf": "**TF-IDF**: a text is a list of counts, one for each word, rare words counting more; a *logistic regression* learns a weight for each word "
    "and label. It knows nothing of a word that no labelled text holds, and nothing of order.",
    "glove": "**GloVe average**: a text is the mean of its words' vectors, which were learned from billions of words, those of Wikipedia among them. A word that was never labelled "
    "is understood by its neighbours; order is lost.",
    "recurrent": "**RNN, LSTM, GRU**: a network reads one word after the other and answers from what it remembers. It could use the order, if there were enough "
    "labelled texts to learn that from.",
    "minilm": "**MiniLM**: a pre-trained Transformer reads every word in its sentence; only a *logistic regression* on its 384 numbers is learned here.",
}
TERMS = (
    "**Held out**: texts that nothing is learned from here; only they are counted. GloVe and MiniLM have read much before, Wikipedia too, but no label.",
    "**Learning curve**: the share told right, over the number of labelled texts. All methods get the same ones.",
    "**95 % range**: chance picks the labelled texts and the held-out ones. Ranges made in this way hold the share "
    "that all such texts and draws would give in about 95 of 100 cases, in somewhat fewer with two or three draws (a bootstrap over draws and texts, or "
    "*Wilson's interval*, whichever is wider). With a single draw the range tells only of that draw.",
    "**Majority**: what always answering the most frequent label gets. Whatever does not clear it has not shown that it learned anything.",
    "**Confusion table**: for each right label (row) how often each label (column) was answered.",
    "**Gradient × input**: how much the score would change if a word's vector changed a little, times that vector; an estimate of what the word did.",
)


def story_above(experiment: ClassificationExperiment, ready: bool) -> None:
    """One or two sentences on the texts, with their numbers once they are read."""
    with st.container(key="aside_story"):
        question = type(experiment).model_fields["texts"].json_schema_extra["labels"][experiment.texts]
        if not ready:
            st.markdown(f"**{question}**")
            return
        from explorer.applications.classification.texts import MOST_WORDS, labelled_texts

        data = labelled_texts(experiment)
        what = {"topics": "Sentences of Wikipedia, each from one of", "films": "Sentences of film reviews (Pang and Lee 2005), each with one of", "own": "Your texts, each with one of"}
        hidden = " The words of the titles are blanked out (___)." if data.hidden else ""
        st.markdown(
            f"**{question}** {what[experiment.texts]} {len(data.labels)} {'articles' if experiment.texts == 'topics' else 'labels'}: {len(data.texts):,} in all. "
            f"{data.most:,} may be learned from; {data.told}.{hidden} Every method reads the first {MOST_WORDS} words."
        )


def classify_terms(experiment: ClassificationExperiment) -> None:
    """Explanations, folded away."""
    with st.container(key="aside_terms"), st.expander("The methods and the words used here", icon=":material/menu_book:"):
        kinds = dict.fromkeys(name if name in METHODS else "recurrent" for name in METHOD_TITLES if name in experiment.names)
        for text in (*(METHODS[kind] for kind in kinds), *TERMS):
            st.markdown(text)
