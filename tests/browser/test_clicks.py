"""Clicks on a page that has a live part, as a browser sends them: now and then twice. No browser is needed."""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

from tab import Tab  # noqa: E402


async def click_twice(tab: Tab, label: str) -> None:
    """With the tick of the live part, and then by itself."""
    button = tab.buttons[label]
    tick, click = (ClientState(page_script_hash=tab._script) for _ in range(2))
    tick.fragment_id, tick.is_auto_rerun = tab.fragment or "", True
    for state in (tick, click):
        state.widget_states.widgets.append(WidgetState(id=button, trigger_value=True))
        await tab.run(state)
        await asyncio.sleep(0.5)
        await tab.poll()


async def until(tab: Tab, ready, patience: float = 60.0) -> None:
    async with asyncio.timeout(patience):
        while not ready():
            await asyncio.sleep(0.2)
            await tab.poll()


async def visit(address: str) -> list[str]:
    """What the status line says after Play, Step while paused, and Pause were each sent twice."""
    tab, said = await Tab.open(address.rstrip("/"), "train_live", "task=rose&steps=100000&seed=77"), []
    await until(tab, lambda: tab.status)
    await click_twice(tab, "Step")
    said.append(tab.status)
    await click_twice(tab, "Play")
    said.append(tab.status)
    await click_twice(tab, "Pause")
    said.append(tab.status)
    await tab.close()
    return said


@pytest.fixture(scope="module")
def said(serve) -> list[str]:
    return asyncio.run(visit(serve("streamlit_app.py")))


def test_a_step_is_one_step(said):
    assert "step 1 " in said[0].replace("·", " ").replace("*", "")


def test_play_plays_and_pause_pauses(said):
    assert said[1].replace("*", "").startswith("training")
    assert said[2].replace("*", "").startswith("paused")
