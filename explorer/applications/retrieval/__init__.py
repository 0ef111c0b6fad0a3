"""Find the paragraph that belongs to a question: four ways to say how well a paragraph fits, and how often each is right.

Nothing heavy is loaded before it is asked for.
"""
