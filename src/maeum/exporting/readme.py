"""The `README.md` of an exported folder: what it answers, how near it is to what it was made from, how it is used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from maeum.messages import listing, say
from maeum.schema import Labels, Task


def readme(card: Mapping[str, Any]) -> str:
    """The page in English and Korean, with the head of YAML that the Hugging Face Hub reads."""
    head = ["---", "language: ko", "library_name: onnx", "pipeline_tag: text-classification", "---", ""]
    parts = [part for lang in ("en", "ko") for part in (_section(card, lang), "")]
    return "\n".join([*head, *parts])


def _section(card: Mapping[str, Any], lang: str) -> str:
    labels = Labels.from_json(card["labels"])
    several = Task(card["task"]) is Task.MULTI_LABEL
    names = listing((f"`{name}`" for name in labels), 60)
    precision = say(f"export.card_{card['precision']}", lang)
    made_of = card["source"]["settings"].get("checkpoint") or ""
    source = f"{card['source']['family']} {made_of}".strip()
    return "\n".join([
        say("encoders.card_title", lang),
        "",
        f"- {say('encoders.card_labels_several' if several else 'encoders.card_labels', lang)} {names}",
        f"- {say('export.card_form', lang, precision=precision, opset=card['opset'], source=source)}",
        f"- {say('encoders.card_length', lang, count=card['max_length'])}",
        f"- {say('export.card_steps', lang, steps=', '.join(card['steps']) or '–')}",
        "",
        *_numbers(card["parity"], lang, several=several),
        "",
        *_use(card, lang, several=several),
    ])  # fmt: skip


def _numbers(parity: Mapping[str, Any], lang: str, *, several: bool) -> list[str]:
    """The table of the comparison with torch."""
    heads = ["card_graph", "card_decisions" if several else "card_agreement", "card_largest", "card_mean"]
    lines = [
        say("export.card_parity", lang, count=parity["texts"]),
        "",
        f"| {' | '.join(say(f'export.{head}', lang) for head in heads)} |",
        "|---|---|---|---|",
    ]
    for form in ("onnx", "int8"):
        if form in parity:
            found = parity[form]
            values = (found["largest_difference"], found["mean_difference"])
            numbers = " | ".join(f"{value:.2e}" for value in values)
            lines.append(f"| {say(f'export.form_{form}', lang)} | {found['agreement']:.2%} | {numbers} |")
    if parity.get("left_out"):
        lines += ["", say("export.card_left_out", lang, parts=", ".join(f"`{one}`" for one in parity["left_out"]))]
    if "int8" in parity and not parity.get("reduce_range"):
        lines += ["", say("export.card_vnni", lang)]
    return lines


def _use(card: Mapping[str, Any], lang: str, *, several: bool) -> list[str]:
    """How it is used, with maeum and without."""
    pair = Task(card["task"]) is Task.PAIR
    lines = [
        say("export.card_with", lang),
        "",
        "```python",
        "import maeum",
        f'maeum.load("FOLDER").predict([{_example(pair=pair)}]).top',
        "```",
    ]
    if "wide" in card["inputs"]:  # scores of n-grams, which only maeum computes
        return [*lines, "", say("export.card_wide", lang)]
    second = "[two.type_ids for two in found]" if "token_type_ids" in card["inputs"] else ""
    given = ['    "input_ids": np.array([one.ids for one in found]),']
    given += ['    "attention_mask": np.array([one.attention_mask for one in found]),']
    given += [f'    "token_type_ids": np.array({second}),'] if second else []
    end = "1 / (1 + np.exp(-logits))" if several else "np.exp(logits) / np.exp(logits).sum(1, keepdims=True)"
    return [
        *lines,
        "",
        say("export.card_without", lang),
        "",
        "```python",
        "import numpy as np, onnxruntime, tokenizers",
        "",
        'tokenizer = tokenizers.Tokenizer.from_file("FOLDER/tokenizer.json")',
        f"tokenizer.enable_truncation({card['max_length']})",
        f"tokenizer.enable_padding(pad_id={card['pad']})",
        f"found = tokenizer.encode_batch([{_example(pair=pair)}])",
        'session = onnxruntime.InferenceSession("FOLDER/model.onnx")',
        'logits = session.run(["logits"], {',
        *given,
        "})[0]",
        f"probabilities = {end}",
        "```",
    ]


def _example(*, pair: bool) -> str:
    return '("영화가 재밌다", "재미있는 영화다")' if pair else '"정말 재밌다"'
