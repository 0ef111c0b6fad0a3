"""Retrieval: four ways to find the paragraph, and how often each is right."""

from explorer.app.header import header
from explorer.app.retrieve_library import library_of
from explorer.app.retrieve_measured import measured_view
from explorer.app.retrieve_passage import passage_view
from explorer.app.retrieve_search import ask, ranks_view, search_of
from explorer.app.retrieve_setting import retrieval_controls
from explorer.app.retrieve_story import retrieval_story, retrieval_terms

view = retrieval_controls()
header(
    "Retrieval",
    "Somewhere in thousands of paragraphs stands what you want to know. Four methods look for it: two **count equal words**, two "
    "**compare vectors**. See what each finds, and why.",
)
ask(view)
library = library_of(view)
search = search_of(library, view)
if search is not None:
    ranks_view(search, view)
    retrieval_story()
    passage_view(search, view)
measured_view(view)
retrieval_terms()
