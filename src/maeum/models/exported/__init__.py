"""The exported family: an ONNX graph with its tokenizer, without torch; made from trained models by `maeum export`."""

from __future__ import annotations

from maeum.models.exported.model import ExportedModel, ExportedSettings
from maeum.models.exported.tokens import ExportedTokens
from maeum.models.family import Family

FAMILY = Family(
    name="exported",
    titles={
        "en": "A trained network or encoder as an ONNX graph; runs without torch",
        "ko": "학습된 신경망이나 인코더를 ONNX 그래프로 내보낸 모델. torch 없이 실행",
    },
    tasks=ExportedSettings.tasks,
    settings=ExportedSettings,
    load=ExportedModel.load,
    trainer="",
)

__all__ = ["FAMILY", "ExportedModel", "ExportedSettings", "ExportedTokens"]
