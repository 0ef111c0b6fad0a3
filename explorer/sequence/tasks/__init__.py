"""What a network can be taught here: sixteen tasks on real or exactly known input, behind one interface."""

from explorer.sequence.tasks.making import make_task
from explorer.sequence.tasks.task import IGNORED, Baseline, Batch, Task

__all__ = ["IGNORED", "Baseline", "Batch", "Task", "make_task"]
