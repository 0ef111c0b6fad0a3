"""What to notice in a beam search: how sure it is, what it gave up, and where the greedy answer goes astray."""

from __future__ import annotations

import numpy as np

from explorer.figures.beam_tree import log, sign
from explorer.figures.naming import quoted, share_of
from explorer.sequence.encoder_decoder.beam_tree import BeamTree


def beam_notice(tree: BeamTree, right: str = "") -> str:
    """The best answer and its chance, then the greedy one against it."""
    best = tree.answers[0]
    judged = "" if not right else ", which is right" if best.text == right else f"; right is {quoted(right, 80)}"
    if not best.ended:
        broken = f"None of the {tree.width} answers came to an end within {len(best.symbols)} letters: the network does not know yet when to stop."
        return f"{broken} Its letters are little more than guesses (dotted: less than 50 %)."
    said = f"The likeliest answer found is {quoted(best.text, 80)}, with {share_of(float(np.exp(best.log_probability)))}{judged}."
    return " ".join([said, given_up_notice(tree), greedy_notice(tree)]).strip()


def given_up_notice(tree: BeamTree) -> str:
    """How much of what was followed led nowhere."""
    if tree.width == 1 or not tree.branches:
        return ""
    return f"Of the {len(tree.branches)} letters that survived a step, {tree.given_up} belong to beginnings that were given up later (grey)."


def greedy_notice(tree: BeamTree) -> str:
    """Whether taking the likeliest letter each time finds the same, and where it leaves the best answer if not."""
    at, own, best = tree.parting, tree.greedy, tree.answers[0]
    if at is None:
        return "Taking the likeliest letter each time (greedy) finds the same answer."
    taken, passed = own.symbols[at - 1], best.symbols[at - 1] if at <= len(best.symbols) else "<end>"
    chances = float(own.probabilities[at - 1]), float(best.probabilities[at - 1]) if at <= len(best.symbols) else 0.0
    return (
        f"Greedy parts at letter {at}: it takes {quoted(sign(taken))} ({share_of(chances[0])}) where the search kept {quoted(sign(passed))} "
        f"({share_of(chances[1])}) too, and ends with {log(own.log_probability)} against {log(best.log_probability)}: a likely letter can "
        "lead to an unlikely answer."
    )


def search_notice(counts: dict[str, float], asked: int, width: int) -> str:
    """What a comparison on held-out questions says."""
    if not asked:
        return ""
    greedy, beam = (int(counts[name]) for name in ("greedy", "beam"))
    likelier, helped, harmed = (int(counts[name]) for name in ("likelier", "helped", "harmed"))
    found = f"The search of width {width} found a more probable answer {_times(likelier)}, and that made {helped} right that greedy had wrong"
    also = f" and {harmed} wrong that greedy had right" if harmed else ""
    point = " More probable is not the same as right." if likelier > helped else ""
    return f"Of {asked} held-out questions greedy answers {greedy} exactly, the search {beam}. {found}{also}.{point}"


def _times(n: int) -> str:
    return {0: "not once", 1: "once", 2: "twice"}.get(n, f"{n} times")
