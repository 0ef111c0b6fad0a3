import pytest

from explorer.text import read_corpus
from explorer.text.sentences import read_documents


@pytest.fixture(scope="module")
def wikipedia():
    return read_documents("wikipedia")


def test_articles_keep_their_titles_and_their_text(wikipedia):
    titles = [document.title for document in wikipedia]
    assert titles[:3] == ["Anarchism", "Autism", "Albedo"] and len(set(titles)) == len(titles) == 100
    text = read_corpus("wikipedia").replace("\n", " ")
    assert " ".join(sentence for document in wikipedia for sentence in document.sentences) == " ".join(text.split())


def test_sentences_of_wikipedia_are_sentences(wikipedia):
    sentences = [sentence for document in wikipedia for sentence in document.sentences]
    assert 17_000 < len(sentences) < 18_000
    assert sum(sentence[-1] in ".!?\"')" for sentence in sentences) / len(sentences) > 0.99
    assert not any(sentence.endswith((" Mr.", " Dr.", " St.", " Gen.")) for sentence in sentences)


def test_read_once(wikipedia):
    assert read_documents("wikipedia") is wikipedia
    assert read_documents("own", "One. Two.") is read_documents("own", "One. Two.")


def test_news_and_phrases_are_numbered():
    lee, phrases = read_documents("lee"), read_documents("phrases")
    assert len(lee) == 300 and lee[0].title == "1. Hundreds of people have been forced to …"
    assert len(phrases) == 68 and phrases[0].title == "1. rose is red" and phrases[0].sentences == ("rose is red",)


def test_lines_are_paragraphs_unless_blank_lines_separate_them():
    lines = read_documents("own", "One. Two.\nThree")
    assert [document.sentences for document in lines] == [("One.", "Two."), ("Three",)]
    wrapped = read_documents(
        "own", "This line is wrapped by an editor because it is\nlong. Another.\n  \nRoses are red\nViolets are blue"
    )
    assert [document.sentences for document in wrapped] == [
        ("This line is wrapped by an editor because it is long.", "Another."),
        ("Roses are red", "Violets are blue"),
    ]


def test_an_empty_text_has_no_documents():
    assert read_documents("own", "  \n \n") == ()


def test_an_unknown_corpus_lists_those_there_are():
    with pytest.raises(ValueError, match="wikipedia, lee, phrases, own"):
        read_documents("../etc")  # type: ignore[arg-type]
