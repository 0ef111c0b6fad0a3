"""Summary: the sentences in the middle of a text, in three spaces, against its first ones."""

from explorer.app import presentation
from explorer.app.header import header
from explorer.app.summary_live import summary_view
from explorer.app.summary_many import many_view
from explorer.app.summary_setting import summary_controls
from explorer.app.summary_terms import summary_story, summary_terms

now = summary_controls()
header(
    "Summary",
    "Which sentences say what a text is about? Those that many others are **like**. What that means depends on the space in which sentences are compared.",
)
summary_story()
summary_view(now)
if not presentation.is_on():
    many_view(now)
    summary_terms()
