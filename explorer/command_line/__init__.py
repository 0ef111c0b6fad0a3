"""The command line: train, replay and show runs. Torch is loaded only by the command that needs it."""

from explorer.command_line.commands import main

__all__ = ["main"]
