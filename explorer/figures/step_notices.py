"""One computed sentence for each part of the page on one time step. Plain text: whoever shows it escapes it."""

from __future__ import annotations

from explorer.figures.ledger import short, signed
from explorer.figures.naming import quoted
from explorer.sequence.arithmetic import Answer, Neuron, UnitStep
from explorer.sequence.return_arithmetic import UnitReturn


def reading_notice(word: str, source: str, unit: int, step: UnitStep, leading: Neuron, where: str | None = None) -> str:
    """Where the unit goes at this step, and what pulls it there: the `source` of what it reads, or its memory.

    `where` names the step, see `explorer.figures.naming.at_step`; without it, the word in quotes does.
    """
    factor = 1.0 if leading.reset is None else leading.reset
    read, remembered = leading.from_input.total, factor * leading.from_state.total
    change = step.h - step.h_before
    way = "goes up" if change > 0.005 else "goes down" if change < -0.005 else "hardly moves"
    parts = [(source, read), ("what it remembers", remembered), ("the bias", leading.total - read - remembered)]
    parts.sort(key=lambda part: -abs(part[1]))
    moved = f"At {where or quoted(word)} unit {unit + 1} {way}, from {signed(step.h_before, places=2)} to {signed(step.h, places=2)}"
    whose = "It adds up" if leading.gate == "state" else "Its new content adds up"
    told = ", ".join(f"{name} {signed(amount, places=2)}" for name, amount in parts)
    return f"{moved}. {whose} to {signed(leading.total, places=2)}: {told}."


def memory_notice(step: UnitStep, cell: str) -> str:
    """How much of the old is kept."""
    if cell == "lstm":
        f, i, o = (step.neurons[gate].value for gate in ("forget", "input", "output"))
        return (
            f"The forget gate keeps {100 * f:.0f} % of what the unit's memory held; "
            f"the input gate lets {100 * i:.0f} % of the new content in, and the output gate shows {100 * o:.0f} % of the result."
        )
    z = step.neurons["update"].value
    return f"The update gate keeps {100 * z:.0f} % of the old state and takes {100 * (1 - z):.0f} % of the new content."


def answer_notice(label: str, share: float, answer: Answer, units: int, right: str) -> str:
    """What is expected, and which unit speaks for it most."""
    term = answer.from_state.terms[0]
    side = "for" if term.amount > 0 else "against"
    said = f"It expects {quoted(label)} with {100 * share:.0f} %"
    said += "." if not right else ", which is right." if right == label else f"; right is {quoted(right)}."
    return f"{said} Unit {term.source % units + 1} speaks {side} it most ({signed(term.amount, places=2)})."


def arrival_notice(back: UnitReturn, above: str) -> str:
    """Where the gradient of the whole state comes from."""
    total = back.norms["total"]
    if total == 0:
        return "Nothing arrives here: no loss depends on this state."
    if back.norms["next"] == 0:
        return f"All of it comes from {above}: a gradient of length {short(total)}."
    if back.norms["above"] == 0:
        return f"All of it comes from the step read next: a gradient of length {short(total)}. {above.capitalize()} adds nothing here."
    return (
        f"A gradient of length {short(back.norms['next'])} comes from the step read next, {above} adds one of "
        f"{short(back.norms['above'])}; together they have {short(total)}."
    )


def passage_notice(back: UnitReturn) -> str:
    """What the slopes leave of it."""
    slopes = {gate: passage.slope for gate, passage in back.passages.items()}
    gate = min(slopes, key=lambda name: slopes[name])
    share = slopes[gate]
    if gate == "state":
        end = (
            "the unit is saturated, little passes"
            if share < 0.2
            else "most of it passes"
            if share > 0.7
            else "part of it passes"
        )
        return f"The slope of the non-linearity is {short(share)}: {end}."
    names = {"input": "input gate", "forget": "forget gate", "candidate": "new content", "output": "output gate",
             "reset": "reset gate", "update": "update gate"}  # fmt: skip
    return f"The flattest place is the {names[gate]}, with a slope of {short(share)}: of what gets there, {f'{short(100 * share)} %' if share > 1e-4 else 'almost nothing'} passes."


def handed_notice(back: UnitReturn, first: bool) -> str:
    """What is left for the state before."""
    total, handed = back.norms["total"], back.norms["handed"]
    if first:
        return f"A length of {short(handed)} is left, but before the first step there is only an empty memory: here it ends."
    if total == 0:
        return "Nothing is handed on."
    ratio = handed / total
    text = f"A gradient of length {short(total)} arrived, {short(handed)} is handed on: ×{short(ratio)}."
    if back.cell is None:
        return text
    if ratio > 1:
        text = f"{text[:-1]}, more than arrived: the memory brings a gradient of its own."
    kept = back.norms["cell_handed"] / back.norms["cell"] if back.norms["cell"] else 0.0
    return f"{text} Through the memory it is ×{short(kept)}, by the forget gates alone."
