"""What a finished pretraining leaves: the encoder with its card, settings, history, curves, figures."""

from __future__ import annotations

import csv
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.errors import ModelError
from maeum.messages import LANGUAGES, listing, say
from maeum.models.encoder.checkpoint import is_hub_id
from maeum.progress import tell
from maeum.runs import HISTORY, SEEN, environment
from maeum.version import __version__
from maeum.workflows.live_table import duration
from maeum.workflows.outputs import new_folder, write_json
from maeum.workflows.pretraining.blocks import TOKENIZER, Prepared
from maeum.workflows.pretraining.settings import MOST_STEPS, PretrainSettings
from maeum.workflows.pretraining.start import ENCODER, GENERATOR, Start
from maeum.workflows.pretraining.unfinished import SETTINGS, Unfinished

if TYPE_CHECKING:
    from maeum.training.pretraining_config import PretrainConfig

FACTS: Final = "pretraining.json"
CURVES: Final = "curves.svg"
REPORT: Final = "tokenizer_report.json"
README: Final = "README.md"
_FOUND: Final = ("objective", "steps", "learning_rate", "evaluate_every", "checkpoint_every")


@dataclass(frozen=True, eq=False)
class Result:
    """A pretraining that has come to its end.

    Attributes:
        settings: As typed.
        config: Of the core, with what was found.
        prepared: What it learnt from.
        rows: The history.
        start: What it went on from.
    """

    settings: PretrainSettings
    config: PretrainConfig
    prepared: Prepared
    rows: Sequence[Mapping[str, float]]
    start: Start | None

    @property
    def base(self) -> str:
        """What it went on from, in a word that means something elsewhere too; empty when it began from nothing."""
        if self.start is None:
            return ""
        return self.start.name if is_hub_id(self.start.name) else self.start.folder.name

    def facts(self) -> dict[str, Any]:
        """Everything of interest as plain values."""
        last = dict(self.rows[-1])
        return {
            "maeum": __version__,
            "start": self.base,
            "encoder": {**asdict(self.config), "special": list(self.config.special)},
            "data": {name: value for name, value in self.prepared.facts.items() if name not in ("report", "special")},
            "tokenizer": self.prepared.facts["report"],
            "result": last,
            "environment": environment({"device": _device()}),
        }


def write_result(unfinished: Unfinished, result: Result, *, overwrite: bool) -> None:
    """Write the folder, complete or not at all, and say what is in it."""
    from maeum.report.plots.pretraining import pretraining_curves

    with new_folder(unfinished.final, overwrite=overwrite, marker=SETTINGS) as part:
        encoder = part / ENCODER
        shutil.copytree(unfinished.training / ENCODER, encoder)
        shutil.copytree(unfinished.data / TOKENIZER, encoder, dirs_exist_ok=True)
        (encoder / README).write_text(card(result), encoding="utf-8", newline="\n")
        if (unfinished.training / GENERATOR).is_dir():
            shutil.copytree(unfinished.training / GENERATOR, part / GENERATOR)
        readable = 0o666 & ~_umask()
        for path in part.rglob("*.safetensors"):  # their writer leaves files that only their owner can read
            path.chmod(readable)
        shutil.copyfile(unfinished.data / SEEN, part / SEEN)
        shutil.copyfile(unfinished.training / HISTORY, part / HISTORY)
        found = {name: getattr(result.config, name) for name in _FOUND}
        if result.config.steps >= MOST_STEPS:
            found["steps"] = None
        result.settings.save(part / SETTINGS, found)
        write_json(part / FACTS, result.facts())
        write_json(part / REPORT, result.prepared.facts["report"])
        (part / CURVES).write_text(pretraining_curves(result.rows), encoding="utf-8", newline="\n")
    _tell(result)


def card(result: Result) -> str:
    """The `README.md` of the encoder, in English and Korean, with the head that the Hugging Face Hub reads."""
    kind = "fill-mask" if result.config.objective == "mlm" else "feature-extraction"
    head = ["---", "language: ko", "library_name: transformers", f"pipeline_tag: {kind}"]
    if result.base and is_hub_id(result.base):
        head.append(f"base_model: {result.base}")
    return "\n".join([*head, "---", "", *(line for lang in sorted(LANGUAGES) for line in _section(result, lang))])


def _section(result: Result, lang: str) -> list[str]:
    facts, config, last = result.prepared.facts, result.config, result.rows[-1]
    counts, report = facts["counts"], facts["report"]

    def line(name: str, **values: Any) -> str:
        return f"- {say(f'pretrain.card_{name}', lang, **values)}"

    sources = listing((f"{name} ({rows:,})" for name, rows in counts["sources"].items()), 20)
    excluded = listing((f"{name} ({rows:,})" for name, rows in counts["excluded"].items()), 20)
    shape = {name: getattr(config, name) for name in ("layers", "width", "heads", "inner", "embedding")}
    return [
        say("pretrain.card_title", lang),
        "",
        *([line("base", base=result.base)] if result.base else []),
        line("data", sources=sources, train=counts["train"], held_out=counts["held_out"]),
        line("excluded", excluded=excluded, duplicates=counts["duplicates"]),
        line("steps", steps=", ".join(result.settings.text_steps) or "–"),
        line("tokenizer", size=facts["vocabulary"], unknown=100 * report["unknown"],
             per_token=report["characters_per_token"], kept=100 * report["emoticons_kept"]),
        line("shape", **shape),
        line("recipe", objective=config.objective, steps=int(last["step"]), batch=config.batch * config.accumulation,
             block=result.settings.block, rate=f"{config.learning_rate:g}", seed=config.seed),
        line("hardware", device=_device(), cores=os.cpu_count(), time=duration(last["seconds"]),
             speed=last["tokens_per_s"]),
        line("weakness"),
        "",
        f"| {say('pretrain.card_figure', lang)} | |",
        "| --- | ---: |",
        *(f"| {name} | {value:.4f} |" for name, value in last.items() if name.startswith("held_out_")),
        "",
        "```sh",
        "maeum train --data nsmc --model FOLDER -o runs/mine",
        "```",
        "",
    ]  # fmt: skip


def read_history(folder: Path) -> list[dict[str, float]]:
    """The rows of `history.csv` in a folder.

    Raises:
        ModelError: It is missing or damaged.
    """
    path = folder / HISTORY
    if not path.is_file():
        raise ModelError("models.file_missing", folder=folder, name=HISTORY)
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [{name: float(value) for name, value in row.items() if value} for row in csv.DictReader(file)]
    except (ValueError, TypeError) as error:
        raise ModelError("models.damaged", path=path, reason=str(error)) from error


def read_facts(path: Path) -> dict[str, Any]:
    """What `Result.facts` gave.

    Raises:
        ModelError: It is missing or damaged.
    """
    if not path.is_file():
        raise ModelError("models.file_missing", folder=path.parent, name=path.name)
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise ModelError("models.damaged", path=path, reason=str(error)) from error


def _tell(result: Result) -> None:
    last = result.rows[-1]
    values: dict[str, Any] = {
        "steps": int(last["step"]),
        "time": duration(last["seconds"]),
        "speed": last["tokens_per_s"],
    }
    values |= {name: last[f"held_out_{name}"] for name in ("mlm_loss", "mlm_accuracy")}
    if result.config.objective == "electra":
        values |= {name: last[f"held_out_{name}"] for name in ("rtd_loss", "rtd_recall")}
        tell(say("pretrain.done_electra", **values))
    else:
        tell(say("pretrain.done_mlm", **values))


def _device() -> str:
    import torch

    return str(torch.cuda.get_device_name()) if torch.cuda.is_available() else "cpu"


def _umask() -> int:
    found = os.umask(0o022)
    os.umask(found)
    return found
