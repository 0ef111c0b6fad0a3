import pytest

from explorer.text.words import cut_words, is_number, is_word


@pytest.mark.parametrize(
    "sentence, tokens",
    [
        (
            "The U.S. king’s 2,300.5 well-known men didn't go.",
            ["The", "U.S.", "king", "'s", "2,300.5", "well-known", "men", "didn't", "go", "."],
        ),
        (
            "In 1990, 4:00pm: 'so' (e.g. 19th-century)",
            ["In", "1990", ",", "4", ":", "00pm", ":", "'", "so", "'", "(", "e.g.", "19th-century", ")"],
        ),
        ("<b>x_y</b>", ["<", "b", ">", "x_y", "<", "/", "b", ">"]),
        ("naïve cafe\u0301 हिन्दी भाषा।", ["naïve", "cafe\u0301", "हिन्दी", "भाषा", "।"]),
        ("IT'S don'ts", ["IT", "'S", "don'ts"]),
        ("", []),
    ],
)
def test_tokens(sentence, tokens):
    assert cut_words(sentence) == tokens


def test_words_numbers_and_marks():
    assert [is_word(token) for token in ("king", "U.S.", "1998", "'s", ".", "—", "_", "don't")] == [
        True, True, True, False, False, False, False, True,
    ]  # fmt: skip
    assert [is_number(token) for token in ("1998", "2,300.5", "19th", "1990s", "x2", "3.")] == [
        True, True, False, False, False, False,
    ]  # fmt: skip
