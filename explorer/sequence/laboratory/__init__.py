"""The gradient laboratory: how far an error travels back through time, and why.

Import from the modules; of them only `probe`, `experiment` and `given` are light, the others load torch on use.
"""

from explorer.sequence.laboratory.experiment import LaboratoryExperiment
from explorer.sequence.laboratory.probe import Probe

__all__ = ["LaboratoryExperiment", "Probe"]
