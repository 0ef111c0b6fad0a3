import subprocess
import sys
from collections import Counter

import pytest

from explorer.text import cleaning
from explorer.text.cleaning import NUMBER, Cleaning, clean, cleaned
from explorer.text.sentences import Document, read_documents
from explorer.text.stop_words import stop_words

TEXT = (
    Document("first", ("The king saw 20 men.", "The queen's 3,000 men saw the king!", "...")),
    Document("second", ("THE men of the king", "Bees.")),
)


def test_each_switch_does_what_it_says():
    plain = clean(TEXT, Cleaning(lower=False, punctuation=False, min_count=1))
    assert plain.sentences[:3] == [
        ["The", "king", "saw", "20", "men", "."],
        ["The", "queen", "'s", "3,000", "men", "saw", "the", "king", "!"],
        [".", ".", "."],
    ]
    lower = clean(TEXT, Cleaning(min_count=1))
    assert lower.sentences[1] == ["the", "queen", "3,000", "men", "saw", "the", "king"]
    assert clean(TEXT, Cleaning(numbers="drop", min_count=1)).sentences[0] == ["the", "king", "saw", "men"]
    assert clean(TEXT, Cleaning(numbers="mark", min_count=1)).counts[NUMBER] == 2
    assert clean(TEXT, Cleaning(lower=False, stop_words=True, min_count=1)).sentences[0] == ["king", "saw", "20", "men"]
    assert clean(TEXT, Cleaning(min_count=2)).counts == {"the": 5, "king": 3, "men": 3, "saw": 2}


def test_stages_tell_tokens_and_vocabulary_after_each_step():
    stages = clean(TEXT, Cleaning(numbers="drop", stop_words=True, min_count=2)).stages
    assert [(stage.name, stage.tokens, stage.vocabulary) for stage in stages] == [
        ("as written", 25, 14),
        ("lower case", 25, 12),
        ("punctuation", 18, 9),
        ("numbers", 16, 7),
        ("stop words", 10, 5),
        ("rare words", 8, 3),
    ]


def test_sentences_without_words_go_and_the_others_keep_source_and_document():
    text = clean(TEXT, Cleaning(min_count=2))
    assert text.sources == ["The king saw 20 men.", "The queen's 3,000 men saw the king!", "THE men of the king"]
    assert text.document_of == [0, 0, 1]
    assert text.documents == [
        ["the", "king", "saw", "men", "the", "men", "saw", "the", "king"],
        ["the", "men", "the", "king"],
    ]
    assert text.titles == ["first", "second"]


def test_all_words_may_go():
    text = clean(TEXT, Cleaning(min_count=100))
    assert text.sentences == [] and text.counts == {} and text.documents == [[], []]
    assert text.stages[-1].tokens == 0


def test_counts_are_those_of_the_sentences_most_frequent_first():
    text = cleaned("lee")
    counts = Counter(word for words in text.sentences for word in words)
    assert dict(counts) == text.counts
    assert list(text.counts.items()) == sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    assert min(text.counts.values()) == 5 and text.stages[-1].tokens == sum(counts.values())
    assert text.stages[-1].vocabulary == len(counts)


def test_stop_words_are_those_of_scikit_learn():
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    assert stop_words() == ENGLISH_STOP_WORDS


def test_collocations_are_those_of_gensim():
    from gensim.models.phrases import ENGLISH_CONNECTOR_WORDS, Phrases

    apart = cleaned("lee", "", Cleaning(min_count=1))
    joined = cleaned("lee", "", Cleaning(phrases=True, min_count=1))
    phrases = Phrases(apart.sentences, min_count=5, threshold=10.0, connector_words=ENGLISH_CONNECTOR_WORDS)
    assert joined.sentences == [list(phrases[words]) for words in apart.sentences]
    assert joined.counts["new_south"] >= 5
    assert joined.stages[-1].name == "phrases" and joined.stages[-1].tokens < apart.stages[-1].tokens


def test_wikipedia_is_cleaned():
    text = clean(read_documents("wikipedia"), Cleaning())
    assert 340_000 < text.stages[-1].tokens < 360_000 and 7_500 < len(text.counts) < 8_500
    assert sum(map(len, text.sentences)) == text.stages[-1].tokens == sum(text.counts.values())


def test_only_the_last_step_is_made_anew_when_the_least_count_changes():
    before = cleaning._with_rare_words.cache_info().misses
    few, many = (cleaned("lee", "", Cleaning(phrases=True, stop_words=True, min_count=n)) for n in (20, 2))
    assert cleaning._with_rare_words.cache_info().misses <= before + 1
    assert few.all_counts is many.all_counts and len(few.counts) < len(many.counts) < len(many.all_counts)
    assert min(few.counts.values()) >= 20


def test_made_once():
    assert cleaned("phrases") is cleaned("phrases", "", Cleaning())
    assert cleaned("phrases", "this text is not looked at") is cleaned("phrases")
    assert cleaned("own", "a b. a b.", Cleaning(min_count=1)).counts == {"a": 2, "b": 2}


def test_an_unknown_corpus_lists_those_there_are():
    with pytest.raises(ValueError, match="wikipedia, lee, phrases, own"):
        cleaned("none")  # type: ignore[arg-type]


def test_cleaning_imports_no_heavy_package():
    code = (
        "import sys; from explorer.text.cleaning import *; cleaned('phrases', '', Cleaning(stop_words=True)); "
        "print([m for m in ('gensim', 'sklearn', 'numpy', 'torch') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
