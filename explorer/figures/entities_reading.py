"""One sentence as taggers read it: what is right, what each says, how sure one is, and which words made it say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from explorer.applications.entities.tags import Entity
from explorer.figures.canvas import Spec, note, picture, spec
from explorer.figures.entities_columns import Columns
from explorer.figures.palette import Theme, blend, fade, plain
from explorer.figures.rows import Row, stack

COMPACT = 430
"""Height in pixels that fits a 1280 x 720 projector together with the transport bar."""
SPANS, CHANCE, SPEAKS = 30, 21, 74
"""Pixels of a row of names, of the chances of one kind, and of what speaks for a tag."""
LETTER = 7.2
"""Pixels of a letter in a label of a name."""


@dataclass(frozen=True, eq=False)
class Taken:
    """How one tagger takes a sentence.

    Attributes
    ----------
    name : str
    entities : sequence of Entity
    sure : numpy.ndarray, (T,)
        Probability of the tag that is said at each word.
    chances : numpy.ndarray, (kinds + 1, T), optional
        Of each kind at each word; last, of none.
    speaks : numpy.ndarray, (T,), optional
        How much each word speaks for the tag of the chosen one.
    """

    name: str
    entities: Sequence[Entity]
    sure: np.ndarray
    chances: np.ndarray | None = None
    speaks: np.ndarray | None = None


@dataclass(frozen=True, eq=False)
class ReadSentence:
    """A sentence, and how taggers take it.

    Attributes
    ----------
    words : sequence of str
    kinds : sequence of str
        In the order of their colours.
    taken : sequence of Taken
        The first is the one the page is about.
    chosen : int
        The word whose tag is explained, from 0.
    true : sequence of Entity, optional
        What is right, where that is known.
    called : mapping
        Kinds in words, where there are words for them.
    """

    words: Sequence[str]
    kinds: Sequence[str]
    taken: Sequence[Taken]
    chosen: int
    true: Sequence[Entity] | None = None
    called: dict[str, str] | None = None

    def kind(self, kind: str) -> str:
        """A kind in words."""
        return (self.called or {}).get(kind, kind)


def kind_colour(kind: str, kinds: Sequence[str], theme: Theme) -> str:
    """The colour of a kind of names: the same on the whole page."""
    return theme.category(list(kinds).index(kind)) if kind in kinds else theme.quiet


@picture
def entities_reading(read: ReadSentence, theme: Theme, *, compact: bool = False, width: float = 900) -> Spec:
    """The picture.

    Parameters
    ----------
    compact : bool
        Fit into 430 pixels, for a projector.
    width : float
        Expected width in pixels; decides only whether words fit their columns.
    """
    columns = Columns(read.words, theme, width)
    rows = [_spans("what is right", "", read.true, None, read, theme, columns)] if read.true is not None else []
    rows += [_spans(plain(one.name), "says", one.entities, one.sure, read, theme, columns) for one in read.taken]
    first = read.taken[0]
    if first.chances is not None:
        rows += [_chance(i, kind, first.chances[i], read, theme, columns) for i, kind in enumerate(read.kinds)]
    speaking = [one for one in read.taken if one.speaks is not None]
    most = max((float(np.abs(one.speaks).max()) for one in speaking), default=0.0) or 1.0
    rows += [_speaks(one, read, most, theme, columns, compact) for one in speaking]
    data, layout = stack(rows, columns.axis(), theme, columns.top, COMPACT if compact else None)
    left, right = columns.edges[read.chosen], columns.edges[read.chosen + 1]
    layout["shapes"] = [
        {"type": "rect", "xref": "x", "yref": "paper", "x0": left, "x1": right, "y0": 0, "y1": 1,
         "fillcolor": fade(theme.ink, 0.06), "line": {"width": 0}, "layer": "below"}
    ]  # fmt: skip
    return spec(data, layout)


def _spans(
    name: str, remark: str, found: Sequence[Entity], sure: np.ndarray | None, read: ReadSentence, theme: Theme, columns: Columns
) -> Row:
    """Names as bars over their words. One that is not right is hatched; one that is not found is an empty frame."""
    bars = [_bar(one, read, sure, theme, columns) for one in found]
    missed = [one for one in read.true or () if sure is not None and not any(_touch(one, other) for other in found)]
    bars += [_frame(one, read, theme, columns) for one in missed]
    labels = [_label(one, read, sure, theme, columns) for one in found]
    scale = {"range": [0, 1], "showticklabels": False}
    return Row(name, SPANS * theme.scale, [*bars, _nothing(columns)], scale, remark, labels, gap=8, stretch=False)


def _bar(one: Entity, read: ReadSentence, sure: np.ndarray | None, theme: Theme, columns: Columns) -> dict:
    colour, wrong = kind_colour(one.kind, read.kinds, theme), sure is not None and read.true is not None and one not in read.true
    words = " ".join(read.words[one.start : one.end])
    told = f"{plain(words, 60)}: {plain(read.kind(one.kind))}"
    told += "" if sure is None else f", {100 * float(sure[one.start : one.end].min()):.0f} % sure"
    marker = {"color": blend(theme.background, colour, 0.3), "line": {"color": colour, "width": 1.5}}
    if wrong:
        told += ", which is not right"
        # Hatching behind a word would make it hard to read: it is faint, the frame is not.
        marker["pattern"] = {"shape": "/", "fgcolor": blend(theme.background, colour, 0.45), "bgcolor": theme.background, "size": 7, "solidity": 0.3}
    return {**_placed(one, columns), "hovertext": [told], "hoverinfo": "text", "marker": marker}


def _frame(one: Entity, read: ReadSentence, theme: Theme, columns: Columns) -> dict:
    told = f"{plain(' '.join(read.words[one.start : one.end]), 60)}: {plain(read.kind(one.kind))}, not found"
    line = {"color": theme.quiet, "width": 1}
    return {**_placed(one, columns), "hovertext": [told], "hoverinfo": "text", "marker": {"color": "rgba(0,0,0,0)", "line": line}}


def _placed(one: Entity, columns: Columns) -> dict:
    middle, wide = columns.span(one.start, one.end)
    wide -= min(6 / columns.pixels, 0.2 * wide)
    return {"type": "bar", "x": np.array([middle]), "y": np.array([0.86]), "base": np.array([0.07]), "width": np.array([wide])}


def _nothing(columns: Columns) -> dict:
    """Invisible, over all words, so that a click on any of them is heard."""
    x = columns.centres.astype(np.float32)
    return {"type": "scatter", "mode": "markers", "x": x, "y": np.full(len(x), 0.5), "marker": {"size": 22, "opacity": 0}, "hoverinfo": "none"}


def _label(one: Entity, read: ReadSentence, sure: np.ndarray | None, theme: Theme, columns: Columns) -> dict:
    """The kind in words, with how sure it is, as far as there is room."""
    middle, wide = columns.span(one.start, one.end)
    fits = int(wide * columns.pixels / (LETTER * theme.scale)) - 1
    text = read.kind(one.kind).partition(" ")[0]
    text = text if len(text) <= fits else one.kind if len(one.kind) <= fits else one.kind[: max(fits, 1)]
    share = "" if sure is None else f" {100 * float(sure[one.start : one.end].min()):.0f} %"
    text = plain(text) + (share if len(text) + len(share) <= fits else "")
    wrong = sure is not None and read.true is not None and one not in read.true
    ground = {"bgcolor": fade(theme.background, 0.85)} if wrong else {}  # hatching would run through the letters
    return note(text, middle, 0.5, yanchor="middle", font={"size": theme.px(12), "color": theme.ink}, **ground)


def _chance(i: int, kind: str, chances: np.ndarray, read: ReadSentence, theme: Theme, columns: Columns) -> Row:
    colour, name = kind_colour(kind, read.kinds, theme), read.kind(kind).partition(" ")[0]
    told = [[f"{plain(word)}: {plain(name)} {value:.0%}" for word, value in zip(read.words, chances, strict=True)]]
    heat = {
        "type": "heatmap", "z": chances[None].astype(np.float32), "x": columns.edges, "y": np.array([-0.5, 0.5]), "zmin": 0.0,
        "zmax": 1.0, "colorscale": theme.shades(colour), "showscale": False, "xgap": 2, "hovertext": told, "hoverinfo": "text",
    }  # fmt: skip
    said = f"chance: {plain(name)}" if i == 0 else plain(name)
    return Row(said, CHANCE * theme.scale, [heat], {"range": [-0.5, 0.5], "showticklabels": False}, gap=14 if i == 0 else 3)


def _speaks(one: Taken, read: ReadSentence, most: float, theme: Theme, columns: Columns, compact: bool) -> Row:
    values = np.asarray(one.speaks, dtype=float)
    colours = [theme.gradient if value > 0 else fade(theme.quiet, 0.7) for value in values]
    told = [f"{plain(word)}: {value:+.2f} nats" for word, value in zip(read.words, values, strict=True)]
    bars = {
        "type": "bar", "x": columns.centres, "y": values, "width": 0.7 * columns.widths, "marker": {"color": colours, "line": {"width": 0}},
        "hovertext": told, "hoverinfo": "text",
    }  # fmt: skip
    scale = {"range": [-1.1 * most, 1.1 * most], "showticklabels": False, "zeroline": True, "zerolinecolor": theme.line}
    height = (SPEAKS * 0.62 if compact else SPEAKS) * theme.scale
    way = f"reading {plain(one.name)}" if " way" in one.name else plain(one.name)
    return Row(f"speaks for “{plain(read.words[read.chosen], 14)}”", height, [bars], scale, way, gap=14)


def _touch(one: Entity, other: Entity) -> bool:
    return one.start < other.end and other.start < one.end
