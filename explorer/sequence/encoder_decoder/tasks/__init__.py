"""What a network can be asked to answer with a sequence: five tasks on real data, behind one interface."""

from explorer.sequence.encoder_decoder.tasks.making import make_task
from explorer.sequence.encoder_decoder.tasks.task import Batch, Task

__all__ = ["Batch", "Task", "make_task"]
