"""Overview: what sequence models and word vectors are for, and where to see each use."""

from explorer.app.header import header
from explorer.app.uses import shape_key, use_cards

header(
    "What it is all for",
    "Every use of a sequence model is a **shape**: which steps read, and which put something out. Here are the uses that this "
    "explorer shows, on real data, or on sentences made by rule where a page says so; each is trained or measured here.",
)
shape_key()
use_cards()
