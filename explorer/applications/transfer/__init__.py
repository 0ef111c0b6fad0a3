"""Transfer: what pre-training on plain text buys on a small labelled task. Heavy imports happen on use."""

from explorer.applications.transfer.experiment import METHOD_TITLES, METHODS, TransferExperiment

__all__ = ["METHODS", "METHOD_TITLES", "TransferExperiment"]
