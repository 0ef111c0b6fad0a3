"""Demo pages for the browser tests: plots that a fragment redraws four times a second, or every ``?every=`` seconds."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import streamlit as st

from explorer.app.components.live_plot import live_plot

POINTS = np.random.default_rng(0).standard_normal((60, 3)).astype("f4")


def cloud(tick: int) -> go.Figure:
    x, y, z = (POINTS * (1 + 0.05 * np.sin(tick))).T
    marker = {"size": 5, "color": "#d95f02"}
    trace = {"type": "scatter3d", "mode": "markers", "x": x, "y": y, "z": z, "marker": marker}
    trace["ids"] = np.array([f"point {n}" for n in range(len(POINTS))])
    return go.Figure({"data": [trace], "layout": {"height": 320, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}})


def heat(tick: int) -> go.Figure:
    values = np.sin(np.arange(12)[:, None] * 0.4 + np.arange(20)[None, :] * 0.3 + tick * 0.2).astype("f4")
    trace = {"type": "heatmap", "z": values, "zmin": -1, "zmax": 1, "colorscale": "RdBu"}
    trace["customdata"] = np.arange(values.size).reshape(values.shape)
    return go.Figure({"data": [trace], "layout": {"title": {"text": f"tick {tick}"}, "height": 300}})


def scatter(tick: int) -> go.Figure:
    x, y, _ = POINTS.T
    trace = {"type": "scatter", "mode": "markers", "x": x, "y": y + np.float32(0.001 * (tick % 2))}
    trace["marker"] = {"size": 12}
    trace["customdata"] = np.array([f"word {n}" for n in range(len(POINTS))])
    quiet = {"layout": {"xaxis": {"showgrid": False}}}
    return go.Figure({"data": [trace], "layout": {"height": 360, "dragmode": "lasso", "template": quiet}})


def space(tick: int) -> go.Figure:
    """One large point in the middle of a cube, and two that hold the corners."""
    corners = np.array([0, -1, 1], dtype="f4")
    trace = {"type": "scatter3d", "mode": "markers", "x": corners, "y": -corners, "z": corners}
    trace |= {"marker": {"size": [40, 4, 4]}, "ids": np.array(["middle", "near", "far"])}
    layout = {"height": 360, "title": {"text": str(tick)}, "margin": {"l": 0, "r": 0, "t": 0, "b": 0}}
    return go.Figure({"data": [trace], "layout": layout})


def live() -> None:
    tick = st.session_state["tick"] = st.session_state.get("tick", 0) + 1
    live_plot(cloud(tick), key="cloud", alt=f"sixty points <b>in space</b> {tick}", name="the cloud/points")
    chosen = live_plot(heat(tick), key="heat", alt="a wave", select=True)
    if chosen:
        st.session_state.setdefault("log", []).append(chosen)
    log = st.session_state.get("log", [])
    st.text(f"tick {tick} selections {len(log)}")
    st.text(f"last {log[-1].kind} {log[-1].ids} {log[-1].x} {log[-1].y}" if log else "last none")


def moving() -> None:
    st.title("Moving")
    every = float(st.query_params.get("every", 0.25))
    st.fragment(live, run_every=every)()


def still() -> None:
    st.title("Still")
    chosen = live_plot(scatter(0), key="scatter", alt="sixty words", name="words", select=True)
    if chosen:
        st.session_state.setdefault("picked", []).append(chosen)
    picked = st.session_state.get("picked", [])
    st.text(f"picked {len(picked)}")
    if picked:
        st.text(f"kind {picked[-1].kind} count {len(picked[-1].ids)} first {picked[-1].ids[:1]}")


@st.fragment(run_every=0.25)
def watch_space() -> None:
    tick = st.session_state["tick"] = st.session_state.get("tick", 0) + 1
    chosen = live_plot(space(tick), key="space", alt="three points", select=True)
    found = st.session_state.setdefault("found", [])
    if chosen:
        found.append(chosen)
    st.text(f"found {[one.ids for one in found]}")


def deep() -> None:
    st.title("Deep")
    watch_space()


pages = [st.Page(moving, default=True), st.Page(still, url_path="still"), st.Page(deep, url_path="deep")]
st.navigation(pages).run()
