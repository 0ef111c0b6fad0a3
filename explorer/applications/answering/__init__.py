"""Answer a question from a text: find the paragraph, mark sentence and words, and say how sure that is.

Nothing heavy is loaded before it is asked for.
"""
