"""A text that teaches too little, or too much, is refused in words that help."""

import re

import numpy as np
import pytest

from explorer.embedding import EmbeddingExperiment, vocabulary
from explorer.embedding.reading import MOST_NUMBERS, numbered, read_text


def own(text, **settings):
    return EmbeddingExperiment(corpus="own", text=text, **settings)


def refusal(experiment):
    with pytest.raises(ValueError) as error:
        experiment.prepare()
    return str(error.value)


def test_no_text_yet():
    assert refusal(own("")).startswith("There is no text yet")
    assert refusal(own(" \n ")).startswith("There is no text yet")


def test_too_few_frequent_words_and_a_least_count_that_helps():
    text = "\n".join(
        f"the cat sees {word} and {word} sees it" for word in ["one", "two", "three", "four", "five", "six", "seven"]
    )
    said = refusal(own(text, min_count=10))
    assert said.startswith("Only one word occurs at least 10 times in this text. Choose a least count (min_count) of 2")
    fits, left = map(int, re.search(r"of (\d+) or less \(\d+ leaves (\d+)\)", said).groups())
    assert len(vocabulary(own(text, min_count=fits))) == left >= 10
    assert refusal(EmbeddingExperiment(corpus="phrases", min_count=100)).startswith("No word occurs at least 100 times")


def test_a_text_with_too_few_words_at_all_needs_more():
    said = refusal(own("a cat and a dog", min_count=1))
    assert said.startswith("Only 4 different words occur in this text") and "longer text" in said


def test_sentences_of_one_word():
    text = "\n".join(
        f"{word}." for word in ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"]
    )
    assert "single word" in refusal(own(text, min_count=1))


def test_too_many_words_for_the_dimensions_and_what_fits():
    text = "\n".join(f"w{i} w{i // 2} w{i // 4}" for i in range(10_400))
    wide = own(text, min_count=1, dimensions=300)
    said = refusal(wide)
    fits = int(re.search(r"at most (\d+) dimensions", said).group(1))
    read_text(wide.replace(dimensions=fits))
    assert refusal(wide.replace(dimensions=fits + 1))
    least = int(re.search(r"of (\d+) or more", said).group(1))
    assert len(vocabulary(wide.replace(min_count=least))) * 300 <= MOST_NUMBERS
    same = own("\n".join(f"w{i} v{i}" for i in range(5100)), min_count=1, dimensions=300)
    assert "least count" not in refusal(same) and "dimensions." in refusal(same)


def test_a_text_as_numbers():
    text = read_text(EmbeddingExperiment(corpus="phrases", min_count=2))
    numbers = numbered(text)
    words = list(text.counts)
    assert [words[i] for i in numbers.ids] == [word for sentence in text.sentences for word in sentence]
    assert np.array_equal(np.bincount(numbers.ids), numbers.counts)
    assert np.array_equal(np.bincount(numbers.sentence), [len(sentence) for sentence in text.sentences])
    assert list(numbers.counts) == sorted(numbers.counts, reverse=True)
