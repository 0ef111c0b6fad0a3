"""CoNLL files from anybody: every usual form is read, everything else is told what is wrong with it."""

import pytest

from explorer.applications.entities.conll import read_conll, write_conll
from explorer.applications.entities.tags import Tagged

FOUR = b"""-DOCSTART- -X- -X- O

EU NNP B-NP B-ORG
rejects VBZ B-VP O
German JJ B-NP B-MISC

Peter NNP B-NP B-PER
Blackburn NNP I-NP I-PER

"""
REST = b"a O\n\nb O\n\nc O\n"


def test_columns_schemes_comments_and_line_ends():
    expected = (Tagged(("EU", "rejects", "German"), ("B-ORG", "O", "B-MISC")), Tagged(("Peter", "Blackburn"), ("B-PER", "I-PER")))
    assert read_conll(FOUR + REST)[:2] == expected
    assert read_conll((FOUR + REST).replace(b"\n", b"\r\n"))[:2] == expected
    assert read_conll((FOUR + REST).replace(b" ", b"\t"))[:2] == expected
    assert read_conll(b"\xef\xbb\xbf" + (FOUR + REST).replace(b"B-", b"I-"))[:2] == expected  # IOB1
    bilou = (FOUR + REST).replace(b"B-ORG", b"U-ORG").replace(b"B-MISC", b"S-MISC").replace(b"I-PER", b"L-PER")
    assert read_conll(bilou)[:2] == expected
    counted = b"# text = EU\n1\tEU\tB-ORG\n2\t# 1\tO\n\n" + FOUR + REST
    assert read_conll(counted)[0] == Tagged(("EU", "#1"), ("B-ORG", "O"))


def test_what_is_written_is_read_again():
    sentences = read_conll(FOUR + REST)
    for scheme in ("bio", "bioes"):
        assert read_conll(write_conll(sentences, scheme)) == sentences
    said = [tuple("O" for _ in one.words) for one in sentences]
    assert write_conll(sentences, said=said).decode().split("\n")[:3] == ["EU B-ORG O", "rejects O O", "German B-MISC O"]
    assert b"Blackburn E-PER" in write_conll(sentences, "bioes")


@pytest.mark.parametrize(
    "data, told",
    [
        (b"", "empty"),
        (b"\n\n", "no sentence"),
        (b"Peter\nlives O\n", "Line 1 has only one column"),
        (b"a O\nPeter NNP\n", "line 2 is “NNP”"),
        (b"a O\n\n" * 9, "no name"),
        (b"Peter B-PER\n\n" * 3, "only 3 sentences"),
        (b"Peter B-PER\n" * 151, "151 words; at most 150"),
        (b"".join(b"x B-K%d\n\n" % i for i in range(13)), "13 kinds"),
        (b"\tB-PER\n\n" * 6, "no word"),
        (b"x" * 201 + b" O\n", "201 letters"),
        (b"x B-" + b"k" * 31 + b"\n\n" + b"a O\n\n" * 5, "longer than 30"),
        ("é B-PER".encode("latin-1"), "not UTF-8"),
        (b"PK\x03\x04", "ZIP"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_says_why(data, told):
    with pytest.raises(ValueError) as caught:
        read_conll(data)
    assert told in str(caught.value)
