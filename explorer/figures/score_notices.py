"""Computed sentences on an analogy test: how good, by how much better than simpler rules, and which of two is better."""

from __future__ import annotations

from collections.abc import Sequence

from explorer.figures.naming import quoted
from explorer.figures.section_scores import Tested


def score_notice(test: Tested) -> str:
    """All sections together, the best and the worst, and what simpler rules would have scored."""
    report = test.report
    if not report.covered():
        return "None of the questions asked so far has all its words in this vocabulary." if report.sections else ""
    low, high = report.interval()
    method = {"add": "3CosAdd", "mul": "3CosMul"}[report.method]
    start = f"{method} answers {report.correct():,} of {report.covered():,} questions right, {100 * report.accuracy():.1f} % (95 % interval {100 * low:.1f} to {100 * high:.1f})"
    other = "including" if report.exclude else "excluding"
    rule = "were a question's own words allowed" if report.exclude else "were a question's own words barred"
    simple = f"{start}; {rule}, {100 * report.share(other):.1f} %; the word nearest to c alone, {100 * report.share('nearest'):.1f} %."
    close = [s for s in report.sections if s.covered and report.share("nearest", s) > 0.9 * report.accuracy(s) > 0]
    if close:
        names = ", ".join(quoted(section.title) for section in close)
        return f"{simple} In {names} a and b add hardly anything."
    return simple


def compared_notice(tests: Sequence[Tested]) -> str:
    """Which of two is better, on what each was asked."""
    one, other = (
        f"{quoted(test.name)} {100 * test.report.accuracy():.1f} % of {test.report.covered():,}" for test in tests
    )
    same = tests[0].report.covered() == tests[1].report.covered()
    return f"Right: {one}, {other}." + (
        "" if same else " They were not asked the same questions: each only those whose words it knows."
    )
