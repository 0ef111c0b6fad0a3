"""Home: what this is in one screen, three live pictures, and views worth opening."""

from explorer.app.header import header
from explorer.app.home import preset_cards, thumbnails

header(
    "Unrolled",
    "See what is inside a sequence model **while it learns**: its memory at every step, its gates, and the true "
    "gradient on its way back through time. Watch **word vectors** find their places, and ask what they know. Everything "
    "is trained on this server while you watch; nothing is drawn by hand.",
)
thumbnails()
preset_cards()
