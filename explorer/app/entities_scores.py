"""How well names are found: F1 over the training, and precision and recall of each kind."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.entities_sentence import called
from explorer.app.entities_setting import PAGE
from explorer.app.entities_state import View
from explorer.app.entities_story import HARDER
from explorer.app.links import safe_markdown
from explorer.applications.entities.examination import ENDS
from explorer.applications.entities.material import NEW_NAMES, NEW_PATTERNS, OWN, REAL, Material
from explorer.applications.entities.scoring import by_kind, total
from explorer.figures.entities_curves import F1Line, entities_curves, line_names
from explorer.figures.entities_kinds import ALL, entities_kinds
from explorer.figures.entities_notices import f1_notice, kinds_notice

TITLES = {
    NEW_NAMES: "New names, known patterns", NEW_PATTERNS: "New names, new patterns", REAL: "Sentences of Wikipedia", OWN: "Held-out sentences",
}  # fmt: skip
SHORT = {NEW_NAMES: "Known patterns", NEW_PATTERNS: "New patterns", REAL: "Wikipedia", OWN: "Held out"}


def curves_view(views: Mapping[str, View]) -> None:
    """F1 on each part of what is held out, of all taggers."""
    first = next(iter(views.values()))
    st.subheader("How many names are found?", anchor=False)
    st.caption(
        "**Precision**: of the names it claims, the share that is right. **Recall**: of the names there are, the share it finds. "
        "**F1** is their harmonic mean. A name counts only whole: same kind, same first word, same last word. "
        "The bands are 95 % intervals, from drawing the sentences again and again (*bootstrap*)."
    )
    if len(first.material.parts) > 1:
        st.caption(HARDER)
    if len(views) > 1:
        with st.container(key=f"status_line_{PAGE}_key"):
            st.markdown("&emsp;&emsp;".join(map(safe_markdown, line_names(list(views)))))
    parts = list(first.material.parts)
    version = tuple(view.version for view in views.values())
    for i, (column, part) in enumerate(zip(st.columns(len(parts), gap="medium"), parts, strict=True)):
        with column:
            drawn(PAGE, f"f1-{i}", version, lambda i=i, part=part: _curve(views, i, part), f"f1-{i}")


def _curve(views: Mapping[str, View], i: int, part: str) -> Drawing:
    first = next(iter(views.values()))
    lines = [f1_line(view, i) for view in views.values()]
    figure = entities_curves.spec(
        lines, current_theme(), name=f"F1 · {TITLES[part]}", end=max(view.report.position for view in views.values()),
        moment=first.shown.step if first.looks_back else None,
    )  # fmt: skip
    shown = [_until(line, first.shown.step) for line in lines] if first.looks_back else lines
    seen = unseen_notice(first) if part == OWN else known_notice(first.material, part) if part == REAL else ""
    return figure, [f1_notice(shown, f"{len(first.material.parts[part]):,} sentences"), seen]


def unseen_notice(view: View) -> str:
    """What is found of the names that no training sentence has, where a visitor's file may have both."""
    share = view.shown.metrics.get("unseen_recall")
    if share is None:
        return "All their names stand in training sentences, too: what is found may be known by heart."
    return f"Of the names that stand in no training sentence, {100 * share:.0f} % are found."


def known_notice(material: Material, part: str) -> str:
    """How many of the names of a part stand in training sentences, too."""
    inside = material.part(part)
    pairs = zip(material.held_out[inside], material.true[inside], strict=True)
    known = [material.is_known(sentence, one) for sentence, true in pairs for one in true]
    return f"Of their {len(known):,} names {sum(known):,} stand in training sentences, too."


def f1_line(view: View, i: int) -> F1Line:
    """F1 of a tagger on one part over its training."""
    measured = [frame for frame in view.pictures if f"f1{ENDS[i]}" in frame.metrics]
    values = [np.array([frame.metrics[name + ENDS[i]] for frame in measured]) for name in ("f1", "f1_low", "f1_high")]
    return F1Line(view.name, np.array([frame.step for frame in measured]), *values)


def _until(line: F1Line, step: int) -> F1Line:
    upto = line.steps <= step
    return F1Line(line.name, line.steps[upto], line.values[upto], line.low[upto], line.high[upto])


def kinds_view(view: View, part: str) -> None:
    """Precision, recall and F1 of each kind on one part."""
    drawn(PAGE, "kinds", (view.key, part), lambda: _kinds(view, part), "kinds")


def _kinds(view: View, part: str) -> Drawing:
    inside, kinds = view.material.part(part), view.material.kinds
    counts = by_kind(view.material.true[inside], view.said()[inside], kinds)
    shown = {**counts, ALL: total(counts.values())}
    words = {**called(view), ALL: "all names"}
    return entities_kinds.spec(shown, kinds, words, current_theme()), [kinds_notice(shown, words)]
