import pytest

from explorer.text import decode_text


def refused(data: bytes) -> str:
    with pytest.raises(ValueError) as refusal:
        decode_text(data)
    return str(refusal.value)


def test_utf8_with_and_without_mark_and_any_line_ends():
    assert decode_text("Grüße aus Köln\n".encode()) == "Grüße aus Köln"
    assert decode_text("\ufeffGrüße".encode()) == "Grüße"
    assert decode_text(b"one\r\ntwo\rthree\n") == "one\ntwo\nthree"


def test_tabs_stay_and_stray_control_characters_go():
    assert decode_text(b"a\tb" + b" word" * 40 + b"\x0b\x1b.") == "a\tb" + " word" * 40 + "."


def test_five_megabytes_are_read_and_one_byte_more_is_not():
    assert len(decode_text(b"ab" * 2_500_000)) == 5_000_000
    assert "5,000,001 bytes" in refused(b"ab" * 2_500_000 + b"c")


@pytest.mark.parametrize("data", [b"", b" \n\t\r\n ", b"\xef\xbb\xbf"])
def test_nothing_to_read(data):
    assert "Choose a file with at least a few sentences." in refused(data)


@pytest.mark.parametrize("data", [b"a", b"  a\n", b"aaaaaaaa"])
def test_one_letter_is_nothing_to_predict(data):
    assert "only one letter ('a')" in refused(data)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf16_is_named(encoding):
    message = refused("Once upon a time".encode(encoding))
    assert "UTF-16" in message and "Save as" in message


def test_utf32_is_named():
    assert "UTF-32" in refused("Once upon a time".encode("utf-32"))


def test_latin1_names_line_byte_and_character():
    message = refused("First line\nGrüße".encode("latin-1"))
    assert "line 2" in message and "0xFC" in message and "“ü”" in message and "UTF-8" in message


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 stuff", "PDF"),
        (b"PK\x03\x04 stuff", "ZIP"),
        (b"\x89PNG\r\n", "PNG"),
        (b"{\\rtf1 stuff", "RTF"),
        (bytes(range(256)) * 4, "binary"),
        (b"\x01\x02\x03\x04\x05\x06 text", "binary"),
        (b"\xff\xfa\xf9\xe8\x90\x91\x92", "binary"),
    ],
)
def test_other_formats_are_named(data, what):
    assert what in refused(data)


def test_html_is_just_text():
    assert decode_text(b"<script>alert(1)</script>") == "<script>alert(1)</script>"
