"""Links and words from strangers."""

from explorer.app.links import safe_markdown


def test_markdown_in_words_is_shown_as_it_is():
    text = "[a](http://x.y) ![b](z) <i>c</i> :smile: $x$ `d` **e** # f\n- g | h ~~i~~"
    escaped = safe_markdown(text)
    for mark in "[]()!<>:$`*#|~":
        assert all(escaped[i - 1] == "\\" for i, letter in enumerate(escaped) if letter == mark), mark
    assert "\n" not in escaped


def test_plain_words_stay_readable():
    assert safe_markdown("the rose is red") == "the rose is red"


def test_addresses_are_broken_invisibly():
    for address in (
        "https://evil.example/x",
        "www.evil.example",
        "WWW.evil.example",
        "someone@evil.example",
        "ftp://a.b",
    ):
        escaped = safe_markdown(address)
        assert "\u2060" in escaped
        assert escaped.replace("\u2060", "").replace("\\", "") == address
