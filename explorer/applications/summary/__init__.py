"""A text cut down to the sentences in its middle, and how much of its first paragraph they say. Heavy imports happen on use."""
