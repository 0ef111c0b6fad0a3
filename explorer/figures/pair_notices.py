"""One computed sentence on two words: whether they are near at all."""

from __future__ import annotations

from explorer.figures.naming import quoted, share_of


def pair_notice(names: tuple[str, str], above: int, drawn: int, ranks: tuple[int, int], among: int) -> str:
    """Whether two words are near, as random pairs go, and as their neighbours go.

    Parameters
    ----------
    above, drawn : int
        Random pairs that are nearer, of how many.
    ranks : (int, int)
        Place of the second word among the neighbours of the first, and the other way round.
    among : int
        Words the random pairs were drawn from.
    """
    if not ranks[0]:
        return f"{quoted(names[0])} is compared with itself."
    one, other = map(quoted, names)
    said = _as_pairs_go(above, drawn, among)
    if ranks[0] == ranks[1]:
        return f"{said}Each comes at rank {ranks[0]:,} among the other's neighbours."
    return (
        f"{said}{other} comes at rank {ranks[0]:,} among the neighbours of {one}, but {one} at rank {ranks[1]:,} among those of "
        f"{other}: a cosine has no direction, a rank has."
    )


def _as_pairs_go(above: int, drawn: int, among: int) -> str:
    if not drawn:
        return ""
    if above > drawn / 2:
        return (
            f"{share_of(above / drawn)} of {drawn:,} random pairs, from the {among:,} most frequent words, are nearer. "
        )
    nearer = {0: "all", 1: "all but one"}.get(above, f"all but {above:,}")
    return f"They are nearer than {nearer} of {drawn:,} random pairs, from the {among:,} most frequent words. "
