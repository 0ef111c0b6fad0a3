"""`live_plot`: a plotly figure that is redrawn in place, on one node that stays mounted.

The figure travels as bytes to ``assets/live_plot.js``, which hands it to ``Plotly.react``: no flicker, and
zoom, camera and selection survive every update.
"""

from __future__ import annotations

import json
import math
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import streamlit as st

from explorer.app.vendor import plotly_version
from explorer.figures.canvas import Spec

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ASSETS = Path(__file__).parents[3] / "assets"
KINDS = ("click", "box", "lasso", "clear")
LONGEST = 20_100  # points in one selection
LONGEST_NAME = 1000  # letters in the name of a point
HEIGHT = 420
TYPED = {
    "float32": "f4", "float64": "f8", "int8": "i1", "uint8": "u1", "int16": "i2", "uint16": "u2", "int32": "i4", "uint32": "u4",
}  # fmt: skip
"""The arrays that plotly's half in the browser reads as they are, by NumPy's name."""

_mount = st.components.v2.component(
    "unrolled_live_plot",
    js=(ASSETS / "live_plot.js").read_text(encoding="utf-8"),
    css=(ASSETS / "live_plot.css").read_text(encoding="utf-8"),
    isolate_styles=False,  # plotly writes its styles into the document, where a shadow root would not see them
)


@dataclass(frozen=True, slots=True)
class Selection:
    """What a visitor pointed at.

    Attributes
    ----------
    kind : {"click", "box", "lasso", "clear"}
        ``"clear"`` when a box or lasso was taken back.
    ids : tuple of str or float
        Names of the points: the trace's ``ids``, else its ``customdata`` (of a row the first entry). Never
        indices, which mean another point after the next update. Empty if the trace names no points.
    x, y : float, str or None
        Position of the clicked point on its axes; None for a box or lasso.
    curve : int or None
        Which trace was clicked.
    serial : int
        Grows with every selection of this visitor.
    """

    kind: str
    ids: tuple[str | float, ...]
    x: float | str | None
    y: float | str | None
    curve: int | None
    serial: int


@dataclass(frozen=True, slots=True)
class Seen:
    """Which part of a plane a visitor sees.

    Attributes
    ----------
    revision : str
        The ``uirevision`` of the figure that was seen: another figure's ranges say nothing about this one. Empty while
        the visitor has not moved anything, and sees all of it.
    x, y : tuple of float
        Lowest and highest value on each axis.
    width, height : float
        Pixels of the plane.
    """

    revision: str
    x: tuple[float, float]
    y: tuple[float, float]
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Prepared:
    """A figure ready to be sent, for a page that shows it again without building it again; see `prepare`."""

    data: bytes
    height: int
    select: bool


def prepare(
    figure: Figure | Spec,
    *,
    alt: str = "",
    height: int | None = None,
    name: str = "figure",
    select: bool = False,
    roam: bool = False,
) -> Prepared:
    """Turn a figure into what travels to the browser; parameters as in `live_plot`."""
    own = figure["layout"].get("height") if isinstance(figure, dict) else figure.layout.height
    pixels = int(height or own or HEIGHT)
    return Prepared(payload(figure, alt=alt, height=pixels, name=name, select=select, roam=roam), pixels, select)


def live_plot(figure: Figure | Spec | Prepared, *, key: str, **how: Any) -> Selection | None:
    """Show a figure and redraw it in place whenever the script runs again with the same key.

    What neither the figure nor its template sets (font, text colour, grid, background) follows the page's
    theme, also when that changes; plotly's own template is left out for that reason.

    Parameters
    ----------
    figure : plotly.graph_objects.Figure, dict or Prepared
        A dict has "data" and "layout" as plotly's JSON has them, with NumPy arrays. Drawn as wide as its container.
        If it sets no ``uirevision``, zoom and camera are kept for ever.
    key : str
        Unique on the page and constant: it keeps the node.
    alt : str
        What the picture shows, in words, for those who do not see it.
    height : int, optional
        In pixels; by default the figure's own, else 420.
    name : str
        Name of the file when the visitor saves the picture.
    select : bool
        Whether clicks, boxes and lassos are reported.
    roam : bool
        Whether the wheel zooms, and what is seen is reported, see `seen`; it goes with `select`. This and the four
        above are said to `prepare` instead when the figure is prepared.

    Returns
    -------
    Selection or None
        A new selection exactly once, in the run that it caused.
    """
    ready = figure if isinstance(figure, Prepared) else prepare(figure, **how)
    result = _mount(key=key, data=ready.data, height=ready.height, on_selected_change=_nothing, on_seen_change=_nothing)
    return _first_time(key, selection_from(result.selected)) if ready.select else None


def seen(key: str) -> Seen | None:
    """What the visitor sees of the figure with this key, before it is drawn anew; None while that is not known."""
    return seen_from(st.session_state.get(key, {}).get("seen"))


def seen_from(value: Any) -> Seen | None:
    """What the browser sent, checked; None if it describes no part of a plane."""
    if not isinstance(value, list) or len(value) != 7 or not isinstance(value[0], str):
        return None
    if not all(type(one) in (int, float) and math.isfinite(one) for one in value[1:]):
        return None
    left, right, low, high, width, height = (float(one) for one in value[1:])
    if not (left < right and low < high and 1 <= width <= 10_000 and 1 <= height <= 10_000):
        return None
    # The browser counts behind the revision how often the view was reset.
    return Seen(value[0][:LONGEST_NAME].rpartition(" ")[0], (left, right), (low, high), width, height)


def payload(
    figure: Figure | Spec, *, alt: str, height: int, name: str, select: bool, roam: bool = False
) -> bytes:
    """Two lines of JSON, UTF-8: what the browser needs at once, and the figure with its arrays as base64.

    Two, so that a picture that is out of sight need not be read.
    """
    document = figure if isinstance(figure, dict) else _document(figure)
    first = {"alt": alt or name, "height": height, "name": file_name(name), "select": select, "roam": roam}
    first["plotly"] = plotly_version()
    try:
        second = json.dumps(document, default=_encoded, separators=(",", ":"), allow_nan=False)
    except ValueError:  # a NaN outside of an array, which JSON has no word for: plotly's encoder writes null
        from plotly.utils import PlotlyJSONEncoder

        second = json.dumps(document, cls=PlotlyJSONEncoder, separators=(",", ":"))
    return f"{json.dumps(first)}\n{second}".encode()


def _document(figure: Figure) -> Spec:
    # Figure.to_dict() would copy and search every array: four times the cost of all the rest.
    document = {"data": [one.to_plotly_json() for one in figure.data], "layout": figure.layout.to_plotly_json()}
    if _is_plotlys_own(document["layout"].get("template")):
        del document["layout"]["template"]
    return document


def _encoded(value: Any) -> Any:
    """What json does not know: arrays of numbers as plotly's typed arrays, all else as plotly writes it."""
    if isinstance(value, np.ndarray) and value.dtype.name in TYPED and value.size:
        spec = {"dtype": TYPED[value.dtype.name], "bdata": b64encode(np.ascontiguousarray(value)).decode()}
        return spec if value.ndim == 1 else spec | {"shape": ", ".join(map(str, value.shape))}
    if isinstance(value, np.ndarray):
        return value.tolist()
    from plotly.utils import PlotlyJSONEncoder

    return PlotlyJSONEncoder().default(value)


def _is_plotlys_own(template: Any) -> bool:
    """Whether it is the template that plotly adds to every figure by default: 6.5 kB in foreign colours."""
    import plotly.io

    return bool(template) and template == _default_template(plotly.io.templates.default)


@lru_cache(maxsize=4)
def _default_template(name: str | None) -> dict:
    from plotly.graph_objects import Figure

    return Figure({"layout": {"template": name}}).to_dict()["layout"].get("template", {})


def file_name(text: str) -> str:
    """A file name without anything that a file system could mind, at most 60 letters."""
    return re.sub(r"[^\w-]+", "-", text, flags=re.UNICODE).strip("-_")[:60] or "figure"


def selection_from(value: Any) -> Selection | None:
    """What the browser sent, checked field by field; None if it is not a selection."""
    if not isinstance(value, dict) or value.get("kind") not in KINDS:
        return None
    ids, serial, curve = value.get("ids"), value.get("serial"), value.get("curve")
    if not isinstance(ids, list) or len(ids) > LONGEST or type(serial) is not int:
        return None
    if not all(_is_place(one) for one in ids):
        return None
    x, y = (one if _is_place(one) else None for one in (value.get("x"), value.get("y")))
    return Selection(value["kind"], tuple(ids), x, y, curve if type(curve) is int else None, serial)


def _is_place(value: Any) -> bool:
    return type(value) in (int, float) or (type(value) is str and len(value) <= LONGEST_NAME)


def _first_time(key: str, selection: Selection | None) -> Selection | None:
    """Streamlit may hand out one trigger in several runs: only the first of them sees it."""
    if selection is None:
        return None
    seen = f"{key} seen selection"
    if st.session_state.get(seen) == selection.serial:
        return None
    st.session_state[seen] = selection.serial
    return selection


def _nothing() -> None:
    """A callback must be named for a trigger to exist."""
