"""A browser's tab without a browser: Streamlit's websocket protocol, spoken with the messages that Streamlit ships."""

from __future__ import annotations

import asyncio
import time

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

DONE = (ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY)
PATIENCE = 120.0
"""Seconds to wait for an answer."""


class Tab:
    """One session of one visitor on one page.

    Attributes
    ----------
    buttons : dict
        Ids of the buttons on the page, by label.
    fragment : str or None
        What to send again and again while the page is live.
    interval : float
        Seconds after which the page wants that.
    status : str
        The line that says where the training stands, as it was last sent.
    received : int
        Bytes that the server sent.
    errors : int
        Exceptions shown on the page.
    """

    def __init__(self, connection: ClientConnection, page: str, query: str) -> None:
        self._connection, self._page, self._query = connection, page, query
        self._script = ""
        self.buttons: dict[str, str] = {}
        self.fragment: str | None = None
        self.interval = 0.5
        self.status = ""
        self.received = self.errors = 0

    @classmethod
    async def open(cls, address: str, page: str, query: str) -> Tab:
        """A tab with the page's first run done."""
        where = address.replace("http://", "ws://") + "/_stcore/stream"
        connection = await connect(where, subprotocols=["streamlit"], max_size=None, compression=None)
        tab = cls(connection, page, query)
        await tab.run(ClientState(query_string=query, page_name=page))
        return tab

    async def press(self, label: str) -> float:
        """Click a button; the seconds until the page is there again."""
        state = ClientState(query_string=self._query, page_script_hash=self._script)
        state.widget_states.widgets.append(WidgetState(id=self.buttons[label], trigger_value=True))
        return await self.run(state)

    async def poll(self) -> float:
        """What the browser's clock does a few times a second; the seconds until everything is drawn."""
        state = ClientState(query_string=self._query, page_script_hash=self._script, is_auto_rerun=True)
        state.fragment_id = self.fragment or ""
        return await self.run(state)

    async def run(self, state: ClientState) -> float:
        """Send a state and read all that comes of it."""
        began = time.monotonic()
        await self._connection.send(BackMsg(rerun_script=state).SerializeToString())
        async with asyncio.timeout(PATIENCE):
            while not self._ends(await self._connection.recv()):
                pass
        return time.monotonic() - began

    async def close(self) -> None:
        """As if the tab were closed."""
        await self._connection.close()

    def _ends(self, data: bytes) -> bool:
        """Take in one message; whether it was the last of a run."""
        self.received += len(data)
        message = ForwardMsg.FromString(data)
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self._script = message.navigation.page_script_hash
        elif kind == "auto_rerun":
            self.fragment, self.interval = message.auto_rerun.fragment_id, message.auto_rerun.interval
        elif kind == "delta":
            self._element(message.delta.new_element)
        return kind == "script_finished" and message.script_finished in DONE

    def _element(self, element) -> None:
        kind = element.WhichOneof("type")
        if kind == "button":
            self.buttons[element.button.label] = element.button.id
        elif kind == "markdown" and "  ·  step " in element.markdown.body:
            self.status = element.markdown.body
        elif kind == "exception":
            self.errors += 1
