"""Lines of random letters that are said three times: at first nothing can be known, then everything that was said before."""

from __future__ import annotations

import string
from random import Random

LETTERS = string.ascii_letters[:40]
SHORTEST, LONGEST, TIMES = 6, 30, 3
"""Letters that are drawn for a line, and how often they are said."""
LINES, SEED = 3600, 0


def repeated_lines() -> list[str]:
    """Always the same lines. A network can only learn one thing from them: to look where the same letter stood before, and
    what followed it, which is what induction heads do (Olsson et al. 2022)."""
    generator = Random(SEED)
    return [
        TIMES * "".join(generator.choice(LETTERS) for _ in range(generator.randint(SHORTEST, LONGEST))) for _ in range(LINES)
    ]
