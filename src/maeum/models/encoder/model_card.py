"""The `README.md` of a saved encoder: what it answers, how good it is, how it is used."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maeum.messages import say
from maeum.models.encoder.checkpoint import is_hub_id
from maeum.schema import Task

if TYPE_CHECKING:
    from maeum.models.encoder.model import EncoderModel


def model_card(model: EncoderModel) -> str:
    """The card in English and Korean, with the head of YAML that the Hugging Face Hub reads."""
    head = ["---", "language: ko", "library_name: transformers", "pipeline_tag: text-classification"]
    base = str(model.card.get("checkpoint", ""))
    if is_hub_id(base) and not Path(base).exists():
        head.append(f"base_model: {base}")
    else:
        base = Path(base).name  # where it lay on the machine of its training means nothing elsewhere
    parts = [*head, "---", ""]
    for lang in ("en", "ko"):
        parts += [_section(model, base, lang), ""]
    return "\n".join(parts)


def _section(model: EncoderModel, base: str, lang: str) -> str:
    labels = ", ".join(f"`{name}`" for name in model.labels)
    shown = say("encoders.card_labels_several" if model.task is Task.MULTI_LABEL else "encoders.card_labels", lang)
    lines = [say("encoders.card_title", lang), "", f"- {shown} {labels}"]
    if base:
        lines.append(f"- {say('encoders.card_base', lang)} {base}")
    if model.card.get("data"):
        lines.append(f"- {say('encoders.card_data', lang)} {model.card['data']}")
    lines.append(f"- {say('encoders.card_length', lang, count=model.max_length)}")
    steps = ", ".join(getattr(model.settings, "steps", ())) or "–"
    lines.append(f"- {say('encoders.card_steps', lang, steps=steps)}")
    if model.wide is not None:
        lines.append(f"- {say('encoders.card_wide', lang)}")
    lines += ["", *_metrics(model.card.get("metrics"), lang)]
    example = '("…", "…")' if model.task is Task.PAIR else '"정말 재밌다"'
    pipeline = '{"text": "…", "text_pair": "…"}' if model.task is Task.PAIR else '"정말 재밌다"'
    lines += [
        "```python",
        "from transformers import pipeline",
        f'pipeline("text-classification", "FOLDER", truncation=True, top_k=None)({pipeline})',
        "",
        "import maeum",
        f'maeum.load("FOLDER").predict([{example}]).top',
        "```",
    ]
    return "\n".join(lines)


def _metrics(found: Any, lang: str) -> list[str]:
    """A table of the figures in the card, if there are any; those by label are left to the run's report."""
    parts = found if isinstance(found, Mapping) else {}
    if not any(isinstance(values, Mapping) for values in parts.values()):
        parts = {"": parts}
    rows = [
        f"| {name} {part} | {value:.4f} |".replace("  ", " ")
        for part, values in parts.items()
        if isinstance(values, Mapping)
        for name, value in values.items()
        if isinstance(value, float)
    ]
    return [f"| {say('encoders.card_metric', lang)} | |", "|---|---|", *rows, ""] if rows else []
