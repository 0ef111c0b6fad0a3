"""Words in context: one word, another vector in every sentence."""

from explorer.app.contextual_loading import loaded_model
from explorer.app.header import header

header("Words in context", "One word, another vector in every sentence.")
loaded_model()
