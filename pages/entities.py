"""Named entities: people and places, found by what stands around them."""

from explorer.app.header import header

header("Named entities", "People and places, found by what stands around them.")
