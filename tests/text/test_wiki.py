import pytest

from explorer.text.wiki import plain_text

PARAGRAPH = "Anarchism is a political philosophy that holds the state to be harmful."


def sentence(markup: str) -> str:
    """What remains of a piece of markup inside a paragraph that is long enough to be kept."""
    return plain_text(f"START {markup} {'and so on ' * 6}END.").removeprefix("START ").removesuffix(
        f"{'and so on ' * 6}END."
    ).strip()  # fmt: skip


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("[[Rose]]", "Rose"),
        ("[[Rose|a red flower]]", "a red flower"),
        ("'''bold''' and ''italic''", "bold and italic"),
        ("[http://example.org the site]", "the site"),
        ("x<ref name='a'>noise</ref>, y<ref name=b />", "x, y"),
        ("a {{cite|x={{deep|{{deeper}}}}}} b", "a b"),
        ("{{convert|12|km|mi|abbr=on}} long", "12 km long"),
        ("{{lang|fr|bonjour}} he said", "bonjour he said"),
        ("Tom &amp; Jerry&nbsp;again", "Tom & Jerry again"),
        ("a<!-- hidden\n\n -->b", "ab"),
        ("Achilles ({{lang-grc|x}}; ) fought", "Achilles fought"),
        ("e <math>x^2</math> f", "e f"),
        ("a [[File:rose.jpg|thumb|A [[red]] rose]] b", "a b"),
        ("2 < 3", "2 < 3"),
    ],
)
def test_markup_becomes_words(markup, words):
    assert sentence(markup) == words


def test_only_paragraphs_remain():
    article = "\n".join(
        [
            "{{Infobox|a=1",
            "|b={{c}}}}",
            "[[Image:a.png|thumb|left|A caption that is long enough to be taken for a sentence, with [[link]].]]",
            PARAGRAPH,
            "== History ==",
            "* A list item that is long enough to be taken for a sentence of its own right here.",
            "{| class=wikitable",
            "| A cell that is long enough to be taken for a sentence, and it even ends in a stop.",
            "|}",
            "Too short.",
            "A line that is certainly long enough but does not end as a sentence would end",
            "[[Category:Political philosophy]]",
            "[[de:Anarchismus]]",
        ]
    )
    assert plain_text(article) == PARAGRAPH
