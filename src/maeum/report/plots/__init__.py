"""Plots of numbers as SVG text; titles and axes in the current language.

Names are what readers see; the functions make them drawable and cut over-long ones.
"""

from maeum.report.plots.bars import class_distribution, class_scores, slice_scores
from maeum.report.plots.calibration import reliability_diagram
from maeum.report.plots.correlations import phi_matrix
from maeum.report.plots.curves import precision_recall_curves, roc_curves
from maeum.report.plots.learning import learning_curves
from maeum.report.plots.matrix import confusion_matrix

__all__ = [
    "class_distribution",
    "class_scores",
    "confusion_matrix",
    "learning_curves",
    "phi_matrix",
    "precision_recall_curves",
    "reliability_diagram",
    "roc_curves",
    "slice_scores",
]
