"""From words and their places to the picture: what is ringed, named and coloured, and the sentences under it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from explorer.app import presentation
from explorer.app.appearance import current_theme
from explorer.app.components.live_plot import Seen, seen
from explorer.app.map_colour import colouring_of
from explorer.app.map_export import Shown, remember
from explorer.app.map_layout import Layout
from explorer.app.map_setting import PAGE, MapSetting, added_list
from explorer.app.map_truth import Truth, kept_and_torn, truth_of
from explorer.app.map_words import Words, selected
from explorer.figures.canvas import Spec
from explorer.figures.map_colours import Colouring
from explorer.figures.map_names import Window
from explorer.figures.map_sentences import map_sentence, trust_line, word_sentence
from explorer.figures.mapped import Mapped
from explorer.figures.word_map import beside_plane, word_map
from explorer.figures.word_space import word_space

WIDTH, PRESENTED_WIDTH = 640, 900
"""Pixels of the picture while the browser has not told."""
HEIGHT, BELOW_PLAY, PRESENTED = 456, 390, 560
"""Pixels of its height: at least, below the buttons of a t-SNE, and on a projector."""
TALLEST, SHAPE = 690, 0.62
"""Pixels of its height at most, and the height as a share of the width where there is room for that."""
MOVING_NAMES = 30
"""Names while the words move: others would come and go."""
LABELLED = 300
"""Chosen words that are named at most."""


@dataclass(frozen=True, eq=False)
class Scene:
    """All that is drawn of a map at one moment."""

    words: Words
    now: MapSetting
    layout: Layout
    truth: Truth
    colouring: Colouring
    row: int | None
    kept: np.ndarray
    torn: np.ndarray

    @property
    def caption(self) -> list[str]:
        """How the map was made and how far it can be believed."""
        truth, layout = self.truth, self.layout
        measure = trust_line(
            truth.mean, truth.neighbours, truth.chance, layout.measure, truth.trust, truth.sample, len(truth.kept)
        )
        return [
            f"{self.words.source.name or 'word vectors'}, {self.words.told} · {layout.told}",
            measure[:1].upper() + measure[1:],
        ]

    def sentences(self) -> list[str]:
        """What to notice."""
        names = self.words.vectors.words
        told = [map_sentence(self.truth.mean, self.truth.neighbours, self.truth.kept)]
        if self.row is not None:
            told.append(word_sentence(names[self.row], [names[i] for i in self.kept], [names[i] for i in self.torn]))
        return told


def scene_of(words: Words, now: MapSetting, layout: Layout) -> Scene:
    """Measure what the map kept, and find what its colours and lines say."""
    with st.spinner(f"Finding the true neighbours of {len(words.rows):,} words ..."):
        truth = _truth(words, layout)
    row = words.row(now.word) if now.word else None
    nobody = np.empty(0, dtype=np.int64)
    kept, torn = (nobody, nobody) if row is None else kept_and_torn(words.vectors, layout.places, layout.measure, row)
    return Scene(words, now, layout, truth, colouring_of(words, now, truth), row, kept, torn)


def _truth(words: Words, layout: Layout) -> Truth:
    """Measured once for each layout."""
    key = (words.serial, layout.key, layout.settled)
    kept = st.session_state.get(f"{PAGE}:truth")
    if kept is None or kept[0] != key:
        kept = (key, words, truth_of(words.vectors, layout.places, layout.measure, layout.settled))
        st.session_state[f"{PAGE}:truth"] = kept
    return kept[2]


def mapped_of(scene: Scene) -> Mapped:
    """What the picture shows: of the words that are not hidden by an isolation."""
    words, layout = scene.words, scene.layout
    shown = words.shown
    whole = len(shown) == len(words.rows)
    names = words.vectors.words if whole else tuple(words.vectors.words[i] for i in shown)
    added = added_words(words, scene.now)
    revision = f"{layout.revision} {words.serial}" + ("" if whole else f" {len(shown)} {int(shown[:1].sum())}")
    return Mapped(
        names, layout.places[shown], words.numbers[shown], scene.caption, layout.axes, layout.equal,
        words.shown_row(scene.row), _within(words, scene.kept), _within(words, scene.torn), _first(scene),
        _preferred(scene), scene.now.names if layout.settled else min(scene.now.names, MOVING_NAMES),
        added, _added_places(words, layout, added), revision,
    )  # fmt: skip


def _within(words: Words, rows: np.ndarray) -> np.ndarray:
    """Places of rows among those drawn, without those that are hidden."""
    places = [words.shown_row(int(row)) for row in rows]
    return np.array([place for place in places if place is not None], dtype=np.int64)


def _first(scene: Scene) -> list[int]:
    """The words that the visitor wants named."""
    if not st.session_state.get(f"{PAGE}:labelled"):
        return []
    return np.flatnonzero(np.isin(scene.words.rows[scene.words.shown], selected()))[:LABELLED].tolist()


def _preferred(scene: Scene) -> np.ndarray:
    """Order in which names find room: words that say something before the others."""
    words = scene.words
    order = words.plain_first
    if len(words.shown) == len(words.rows):
        return order
    place = np.full(len(words.rows), -1)
    place[words.shown] = np.arange(len(words.shown))
    order = place[order]
    return order[order >= 0]


def added_words(words: Words, now: MapSetting) -> tuple[str, ...]:
    """The words that a visitor added and that have a vector, without those that are on the map anyway."""
    return tuple(word for word in added_list(now.added) if word in words.source and words.row(word) is None)


def _added_places(words: Words, layout: Layout, added: tuple[str, ...]) -> np.ndarray:
    if not added:
        return np.empty((0, layout.places.shape[1]), dtype=np.float32)
    key = (words.serial, layout.key, added)
    kept = st.session_state.get(f"{PAGE}:added")
    if kept is None or kept[0] != key:
        kept = (key, layout.place(words.source.matrix[words.source.numbers(added)]))
        st.session_state[f"{PAGE}:added"] = kept
    return kept[1]


def shown_colouring(scene: Scene) -> Colouring:
    """The colouring of the words that are drawn."""
    return replace(scene.colouring, values=scene.colouring.values[scene.words.shown])


def draw(scene: Scene, look: Seen | None, drag: str) -> Spec:
    """The picture, in the plane or in space."""
    theme = current_theme()
    mapped, colouring = mapped_of(scene), shown_colouring(scene)
    remember(Shown(scene.words, mapped, colouring, theme))
    present = presentation.is_on()
    height = picture_height(scene.now)
    if layout_is_deep(scene):
        return word_space.spec(mapped, colouring, theme, width=PRESENTED_WIDTH if present else WIDTH, height=height)
    width, window = PRESENTED_WIDTH if present else WIDTH, None
    if look is not None:
        width = look.width + beside_plane(mapped, theme)
        if look.revision == mapped.revision:
            window = Window(look.x, look.y, look.width, look.height)
    return word_map.spec(mapped, colouring, theme, width=width, height=height, window=window, drag=drag)


def picture_height(now: MapSetting) -> int:
    """Pixels of the picture's height: it is to be seen whole on a small screen."""
    if presentation.is_on():
        return PRESENTED - (HEIGHT - BELOW_PLAY) * (now.method == "tsne")
    look = seen(f"{PAGE}:map")
    wide = 0 if look is None else min(TALLEST, round(SHAPE * look.width))
    return max(BELOW_PLAY if now.method == "tsne" else HEIGHT, wide)


def layout_is_deep(scene: Scene) -> bool:
    """Whether the map has three dimensions."""
    return scene.layout.places.shape[1] == 3
