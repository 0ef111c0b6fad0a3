"""The arithmetic of one unit at one step as ledgers: which lines a sum has, in which order, under which name."""

from __future__ import annotations

from explorer.figures.ledger import Line, signed
from explorer.figures.palette import symbol
from explorer.figures.strips import GATE_NAMES, GATES
from explorer.sequence.arithmetic import Answer, Neuron, WeightedSum
from explorer.sequence.return_arithmetic import CellReturn, Handed, Passage, UnitReturn

FACTORS = {
    "g": symbol("c̃", "t"), "i": symbol("i", "t"), "c_before": symbol("c", "t−1"), "tanh_c": "tanh " + symbol("c", "t"),
    "past": f"({symbol('U')} {symbol('h', 't−1')} + {symbol('b')}′)", "kept": f"({symbol('h', 't−1')} − {symbol('h̃', 't')})",
    "1-z": f"(1 − {symbol('z', 't')})",
}  # fmt: skip
"""What a gradient is multiplied by, see `explorer.sequence.return_arithmetic.Passage`."""


def letter(gate: str, cell: str) -> str:
    """The symbol of a gate: the new content is c̃ in an LSTM and h̃ in a GRU."""
    return dict(GATES.get(cell, ())).get(gate, "h")


def neuron_lines(neuron: Neuron) -> list[Line]:
    """The sum that one unit of one gate sees: from the input, from the state, the biases."""
    factor = 1.0 if neuron.reset is None else neuron.reset
    remembered = f"from the state {symbol('h', 't−1')}"
    if neuron.reset is not None:
        remembered += f", all × {symbol('r', 't')} = {factor:.2f}"
    bias = neuron.input_bias + factor * neuron.state_bias
    return [
        Line(f"from the input {symbol('x', 't')}", kind="heading"),
        *_terms(neuron.from_input, "x"),
        Line(remembered, kind="heading"),
        *_terms(neuron.from_state, "h", factor),
        Line("bias", amount=bias, kind="rest", hover=_biases(neuron)),
        Line(f"sum {symbol('a')}", amount=neuron.total, kind="sum", hover=f"{neuron.total:+.6f}"),
    ]


def answer_lines(answer: Answer, units: int, numbers: bool) -> list[Line]:
    """The sum behind one output, over the units that are read; `units` in one direction."""
    names = [f"h{'←' if term.source >= units else ''}" for term in answer.from_state.terms]
    terms = [
        _term(symbol(name, str(term.source % units + 1)), term.weight, term.value)
        for name, term in zip(names, answer.from_state.terms, strict=True)
    ]
    return [
        *terms,
        *_rest(answer.from_state),
        Line("bias", amount=answer.bias, kind="rest", hover=f"{answer.bias:+.6f}"),
        Line("output" if numbers else "score", amount=answer.total, kind="sum", hover=f"{answer.total:+.6f}"),
    ]


def memory_lines(
    kept: float, new: float, total: float, labels: tuple[str, str, str], details: tuple[str, str]
) -> list[Line]:
    """What is kept of the old, what is added, and both together."""
    return [
        Line(labels[0], details[0], kept, hover=f"{kept:+.6f}"),
        Line(labels[1], details[1], new, hover=f"{new:+.6f}"),
        Line(labels[2], amount=total, kind="sum", hover=f"{total:+.6f}"),
    ]


def arrival_lines(back: UnitReturn, cell: str, above: str, decade: int = 0) -> list[Line]:
    """dL/dh_t of the unit: what the later step hands back, and what is added from above."""
    lines = [Line("from the step read next, through its weights", kind="heading")]
    if back.from_next is None or back.norms["next"] == 0:
        lines.append(Line("nothing" if back.from_next else "nothing: read last", amount=0.0, kind="rest", hover="0"))
    else:
        lines += _handed(back.from_next, cell, decade, "t+1")
    return [
        *lines,
        Line(above, amount=back.from_above, hover=_exact(back.from_above)),
        Line(f"total ∂{symbol('L')}/∂{symbol('h', 't')}", amount=back.total, kind="sum", hover=_exact(back.total)),
    ]


def cell_lines(way: CellReturn) -> list[Line]:
    """dL/dc_t of an LSTM's unit."""
    return [
        Line(f"from {symbol('c', 't+1')}", amount=way.from_next, hover=_exact(way.from_next)),
        Line(f"through {symbol('h', 't')}", amount=way.through_h, hover=_exact(way.through_h)),
        Line(f"total ∂{symbol('L')}/∂{symbol('c', 't')}", amount=way.total, kind="sum", hover=_exact(way.total)),
    ]


def handed_lines(back: UnitReturn, cell: str, first: bool, decade: int = 0) -> list[Line]:
    """What goes on to h_{t-1}, and for an LSTM to c_{t-1}."""
    name = f"{symbol('h', '0')}, where it ends" if first else symbol("h", "t−1")
    total = Line(f"to {name}", amount=back.handed.total, kind="sum", hover=_exact(back.handed.total))
    lines = [Line(f"each {symbol('δ')} times its weight", kind="heading"), *_handed(back.handed, cell, decade), total]
    if back.cell is not None:
        memory = f"{symbol('f', 't')} × ∂{symbol('L')}/∂{symbol('c', 't')}"
        lines.append(Line("straight through the memory", kind="heading"))
        lines.append(
            Line(
                f"to {symbol('c', '0' if first else 't−1')}", memory, back.cell.handed, "sum", _exact(back.cell.handed)
            )
        )
    return lines


def passage_lines(passage: Passage, cell: str) -> list[tuple[str, float]]:
    """The product that becomes delta: names and numbers, the last one the result."""
    begins = {"h": symbol("h", "t"), "c": symbol("c", "t")}.get(passage.begins)
    start = f"∂{symbol('L')}/∂{begins}" if begins else symbol("δ", symbol("h̃"))
    rows = [(start, passage.arriving)]
    rows += [(f"× {FACTORS[name]}", value) for name, value in passage.factors]
    rows.append(("× slope", passage.slope))
    name = letter(passage.gate, cell) if passage.gate != "state" else "t"
    rows.append((f"= {symbol('δ', name)}", passage.delta))
    return rows


def _handed(handed: Handed, cell: str, decade: int, t: str = "t") -> list[Line]:
    lines = []
    for term in handed.through_weights.terms:
        name = f"{letter(term.gate, cell)}," if term.gate != "state" else ""
        lines.append(_term(symbol("δ", f"{name}{term.source + 1}"), term.weight, term.value, decade=decade))
    lines += _rest(handed.through_weights)
    if handed.carried is not None:
        label = f"straight, {symbol('z', t)} × ∂{symbol('L')}/∂{symbol('h', t)}"
        lines.append(Line(label, amount=handed.carried, hover=_exact(handed.carried)))
    return lines


def _terms(summed: WeightedSum, name: str, factor: float = 1.0) -> list[Line]:
    lines = [_term(symbol(name, str(one.source + 1)), one.weight, one.value, factor) for one in summed.terms]
    return lines + _rest(summed, factor)


def _term(label: str, weight: float, value: float, factor: float = 1.0, decade: int = 0) -> Line:
    detail = f"{_unsigned(weight)} × {_unsigned(value, decade)}"
    hover = f"weight {weight:+.6f} × value {value:+.6g}" + (f" × {factor:.6f}" if factor != 1.0 else "")
    return Line(label, detail, factor * weight * value, hover=f"{hover}<br>= {_exact(factor * weight * value)}")


def _unsigned(value: float, decade: int = 0) -> str:
    return signed(value, decade, places=2).removeprefix("+")


def _rest(summed: WeightedSum, factor: float = 1.0) -> list[Line]:
    if not summed.others:
        return []
    amount = factor * summed.rest
    return [Line(f"the other {summed.others}", amount=amount, kind="rest", hover=_exact(amount))]


def _exact(value: float) -> str:
    return f"{value:+.9g}".replace("-", "−")


def _biases(neuron: Neuron) -> str:
    if neuron.reset is not None:
        return f"input bias {neuron.input_bias:+.6f}<br>state bias {neuron.state_bias:+.6f} × {neuron.reset:.6f}"
    return f"input bias {neuron.input_bias:+.6f}<br>state bias {neuron.state_bias:+.6f}"


def gate_title(gate: str) -> str:
    """What a gate is called above its column."""
    return GATE_NAMES.get(gate, "the state")
