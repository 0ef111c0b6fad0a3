"""Maps of words: many dimensions laid out in two or three, and what that costs.

Import from the modules; of them only `components` and `experiment` are light, the others load scipy or openTSNE on use.
"""
