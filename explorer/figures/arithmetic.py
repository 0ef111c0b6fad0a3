"""The arithmetic of one unit at one step as ledgers: which lines a sum has, in which order, under which name."""

from __future__ import annotations

from explorer.figures.ledger import Line, signed
from explorer.figures.palette import symbol
from explorer.figures.strips import GATE_NAMES, GATES
from explorer.sequence.arithmetic import Answer, Neuron, WeightedSum
from explorer.sequence.return_arithmetic import CellReturn, Handed, Passage, UnitReturn

LETTERS = {gate: letter for gates in GATES.values() for gate, letter in gates} | {"state": "h"}
FACTORS = {
    "g": symbol("c̃", "t"), "i": symbol("i", "t"), "c_before": symbol("c", "t−1"), "tanh_c": "tanh " + symbol("c", "t"),
    "past": f"({symbol('W')}{symbol('h')} + {symbol('b')})", "kept": f"({symbol('h', 't−1')} − {symbol('h̃', 't')})",
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
        _term(symbol(name, str(term.source % units + 1)), term.weight, term.value, 1.0)
        for name, term in zip(names, answer.from_state.terms, strict=True)
    ]
    return [
        *terms,
        *_rest(answer.from_state, 1.0),
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


def arrival_lines(back: UnitReturn, cell: str, above: str) -> list[Line]:
    """dL/dh_t of the unit: what the later step hands back, and what is added from above."""
    lines = [Line("from the step read next, through its weights", kind="heading")]
    if back.from_next is None:
        lines.append(Line("nothing: this step is read last", amount=0.0, kind="rest", hover="0"))
    else:
        lines += _handed(back.from_next, cell)
    lines += [
        Line(above, amount=back.from_above, hover=f"{back.from_above:+.9g}"),
        Line(f"total ∂{symbol('L')}/∂{symbol('h', 't')}", amount=back.total, kind="sum", hover=f"{back.total:+.9g}"),
    ]
    return lines


def handed_lines(handed: Handed, cell: str, first: bool) -> list[Line]:
    """What goes on to h_{t-1}."""
    to = f"to {symbol('h', '0')}, which ends here" if first else f"to {symbol('h', 't−1')}"
    total = Line(to, amount=handed.total, kind="sum", hover=f"{handed.total:+.9g}")
    return [Line(f"each {symbol('δ')} times its weight", kind="heading"), *_handed(handed, cell), total]


def cell_lines(way: CellReturn, first: bool) -> list[Line]:
    """The LSTM's second way back, straight through the memory."""
    before = symbol("c", "0") if first else symbol("c", "t−1")
    return [
        Line(f"from {symbol('c', 't+1')}", amount=way.from_next, hover=f"{way.from_next:+.9g}"),
        Line(f"through {symbol('h', 't')}", amount=way.through_h, hover=f"{way.through_h:+.9g}"),
        Line(f"total ∂{symbol('L')}/∂{symbol('c', 't')}", amount=way.total, kind="sum", hover=f"{way.total:+.9g}"),
        Line(f"× {symbol('f', 't')} = {way.forget:.3f}: to {before}", amount=way.handed, hover=f"{way.handed:+.9g}"),
    ]


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


def _handed(handed: Handed, cell: str) -> list[Line]:
    lines = []
    for term in handed.through_weights.terms:
        name = letter(term.gate, cell) if term.gate != "state" else ""
        source = symbol("δ", f"{name}{',' if name else ''}{term.source + 1}")
        lines.append(_term(source, term.weight, term.value, 1.0, tiny=True))
    lines += _rest(handed.through_weights, 1.0)
    if handed.carried is not None:
        label = f"straight, × {symbol('z')}"
        lines.append(Line(label, amount=handed.carried, hover=f"{handed.carried:+.9g}"))
    return lines


def _terms(summed: WeightedSum, name: str, factor: float = 1.0) -> list[Line]:
    lines = [_term(symbol(name, str(one.source + 1)), one.weight, one.value, factor) for one in summed.terms]
    return lines + _rest(summed, factor)


def _term(label: str, weight: float, value: float, factor: float, tiny: bool = False) -> Line:
    detail = f"{signed(weight, places=2)} × {_short(value) if tiny else signed(value, places=2)}"
    hover = f"weight {weight:+.6f} × value {value:+.6g}" + (f" × {factor:.6f}" if factor != 1.0 else "")
    return Line(label, detail, factor * weight * value, hover=f"{hover}<br>= {factor * weight * value:+.6g}")


def _short(value: float) -> str:
    return signed(value, places=3) if abs(value) >= 0.01 else f"{value:+.0e}".replace("-", "−").replace("e−0", "e−")


def _rest(summed: WeightedSum, factor: float) -> list[Line]:
    if not summed.others:
        return []
    amount = factor * summed.rest
    return [Line(f"the other {summed.others}", amount=amount, kind="rest", hover=f"{amount:+.6g}")]


def _biases(neuron: Neuron) -> str:
    if neuron.reset is not None:
        return f"input bias {neuron.input_bias:+.6f}<br>state bias {neuron.state_bias:+.6f} × {neuron.reset:.6f}"
    return f"input bias {neuron.input_bias:+.6f}<br>state bias {neuron.state_bias:+.6f}"


def gate_title(gate: str) -> str:
    """What a gate is called above its column."""
    return GATE_NAMES.get(gate, "the state")
