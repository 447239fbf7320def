"""What networks and encoders have in common once they are trained; torch is loaded where it is used."""

from __future__ import annotations

from maeum.models.neural.batches import Encoded, Tokens, by_length, collate
from maeum.models.neural.model import NeuralModel

__all__ = ["Encoded", "NeuralModel", "Tokens", "by_length", "collate"]
