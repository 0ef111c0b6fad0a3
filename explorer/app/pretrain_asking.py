"""Ask the network of the moment shown: what comes next, or what belongs into a gap."""

from __future__ import annotations

import streamlit as st

from explorer.app.appearance import current_theme
from explorer.app.drawn import Drawing, drawn
from explorer.app.keepsake import remembered
from explorer.app.links import safe_markdown
from explorer.app.pretrain_scene import Scene
from explorer.app.pretrain_setting import PAGE
from explorer.app.pretrain_table import milestones, table_view
from explorer.figures.naming import quoted, share_of
from explorer.figures.probabilities import probabilities

PROMPTS = {
    ("gpt", "characters"): "The history of the ", ("gpt", "subwords"): "The history of the", ("gpt", "words"): "The history of the",
    ("bert", "characters"): "It is the largest [MASK]ity of the countr[MASK].", ("bert", "subwords"): "It is the largest [MASK] of the [MASK].",
    ("bert", "words"): "It is the largest [MASK] of the [MASK].",
}  # fmt: skip
LONGEST = 400
"""Letters of a prompt."""
BARS, FILLS, GAPS = 8, 3, 4
"""Likeliest pieces as bars, guesses in a cell of the table, gaps that are shown."""

Bars = list[tuple[list[str], list[float]]]


def prompt_for(scene: Scene) -> str:
    """Draw the field in which a prompt is typed, and return it."""
    objective, units = scene.run.base.objective, scene.run.base.units
    return st.text_input(
        "A text with gaps" if scene.masked else "A beginning", PROMPTS[objective, units], max_chars=LONGEST, key=f"{PAGE}:prompt:{objective}:{units}",
        help="Write [MASK] where a piece is to be guessed." if scene.masked else "It goes on from here. What you type stays in memory.",
    ) or ""  # fmt: skip


def ask_view(scene: Scene, prompt: str) -> bool:
    """Bars of what comes next, or of what belongs into each gap; says what is wrong where the prompt cannot be read.

    Returns
    -------
    bool
        Whether it could be.
    """
    key = (scene.run.name, scene.asked.step, prompt)
    try:
        bars = remembered(f"{PAGE}:bars", key, lambda: _bars(scene, prompt), 8)
    except ValueError as error:
        st.warning(safe_markdown(str(error)), icon=":material/edit:")
        return False
    for i, (words, shares) in enumerate(bars[:GAPS]):
        st.caption(f"Gap {i + 1}, at step {scene.asked.step:,}" if scene.masked else f"What comes next, at step {scene.asked.step:,}")
        drawn(PAGE, f"next{i}", (key, i), lambda words=words, shares=shares: _next(words, shares), f"next-{i + 1}")
    return True


def _next(words: list[str], shares: list[float]) -> Drawing:
    rest = max(1 - sum(shares), 0.0)
    told = f"{quoted(words[0].strip() or words[0])} gets {share_of(shares[0])}; all that is not shown gets {share_of(rest)} together."
    return probabilities.spec(words, shares, "", current_theme()), [told]


def _bars(scene: Scene, prompt: str) -> Bars:
    if scene.masked:
        from explorer.sequence.pretraining import fill

        found = fill(scene.model(), scene.pieces, prompt, 5)
        return [(list(one.pieces), list(one.probabilities)) for one in found]
    from explorer.sequence.pretraining import next_distribution

    chances = next_distribution(scene.model(), [scene.pieces.start, *scene.pieces.encode(prompt)])
    best = (-chances).argsort(kind="stable")[:BARS]
    return [([scene.pieces.pieces[int(one)] for one in best], [float(chances[one]) for one in best])]


def gaps_view(scene: Scene) -> None:
    """A BERT's prompt, its answers now as bars, and those of earlier moments as a table."""
    st.subheader("What it puts into gaps", anchor=False)
    prompt = prompt_for(scene)
    left, right = st.columns([2, 5], gap="large")
    with left:
        fine = ask_view(scene, prompt)
    with right:
        rows = _rows(scene, prompt) if fine else []
        if rows:
            st.caption("As it learned. **Bold** is the moment shown.")
            table_view([f"gap {i + 1}" for i in range(len(rows[0][1]))], rows, scene.asked.step)


def _rows(scene: Scene, prompt: str) -> list[tuple[int, list[str]]]:
    """Answers of moments whose weights are kept, or were when they were asked."""
    from explorer.sequence.pretraining import fill

    weighted = {frame.step: frame for frame in scene.weighted}
    kept = st.session_state.setdefault(f"{PAGE}:fills", {})
    known = {step for run, text, step in kept if (run, text) == (scene.run.name, prompt) and step <= scene.report.position}
    return [
        (step, remembered(
            f"{PAGE}:fills", (scene.run.name, prompt, step), lambda step=step: _cells(fill(scene.model(weighted[step]), scene.pieces, prompt, FILLS)), 200,
        ))
        for step in milestones(sorted({*weighted, *known}), scene.asked.step)
    ]  # fmt: skip


def _cells(found: list) -> list[str]:
    return [" · ".join(f"{_shown(piece)} {100 * share:.0f} %" for piece, share in zip(one.pieces, one.probabilities, strict=True)) for one in found[:GAPS]]


def _shown(piece: str) -> str:
    return safe_markdown(piece.strip() or {"\n": "⏎"}.get(piece, "␣"))
