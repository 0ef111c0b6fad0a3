"""Which label does a text have? Four ways to read it, one question, the same labelled examples."""

from explorer.applications.classification.experiment import METHOD_TITLES, ClassificationExperiment

__all__ = ["METHOD_TITLES", "ClassificationExperiment"]
