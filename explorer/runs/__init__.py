"""Time, threads, history, archive. Advances any iterator of frames and knows nothing of what they are about."""

from explorer.runs.engine import Engine
from explorer.runs.report import NotYours, Report, Stats, TooManyRuns, UnknownRun

__all__ = ["Engine", "NotYours", "Report", "Stats", "TooManyRuns", "UnknownRun"]
