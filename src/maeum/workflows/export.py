"""`maeum export`: a network or encoder as an ONNX folder without torch, let through only when it answers alike."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from maeum.errors import DataError, ModelError, OutputError, UsageError, require
from maeum.messages import listing, say
from maeum.models import MODEL_FOLDER, load
from maeum.models.folder import CARD
from maeum.progress import progress, tell
from maeum.runs import Run
from maeum.schema import Model, Task
from maeum.settings import Settings, flag, setting
from maeum.storage import plain_errors
from maeum.workflows.outputs import check_new_folder

if TYPE_CHECKING:
    from onnx import ModelProto

    from maeum.exporting.optimise import Fuse
    from maeum.exporting.parity import Inputs, Parity, Reference
    from maeum.models.neural import NeuralModel

_EXAMPLES: Final = 3  # texts with another label that a refusal shows


class ExportSettings(Settings):
    """How a model is exported."""

    int8: bool = setting(
        False,
        en="Weights in 8 bits: a quarter of the size, several times faster on a CPU.",
        ko="가중치를 8비트로: 크기는 4분의 1, CPU에서 몇 배 빨라집니다.",
    )
    min_agreement: float = setting(
        0.997,
        ge=0,
        le=1,
        en="Least share of labels that have to stay the same; below it nothing is written.",
        ko="그대로여야 하는 레이블의 최소 비율. 이보다 낮으면 아무것도 저장하지 않습니다.",
    )
    reduce_range: bool | None = setting(
        None,
        en="7 of the 8 bits, for CPUs without VNNI; when not given, as this CPU needs it.",
        ko="8비트 가운데 7비트만 쓰기(VNNI가 없는 CPU용). 지정하지 않으면 이 CPU에 맞춥니다.",
    )
    fuse: str = setting(
        "attention",
        pattern="^(attention|all|none)$",
        en="How much of an encoder's graph becomes single operations: attention, all, none.",
        ko="인코더 그래프를 어디까지 하나의 연산으로 합칠지: attention, all, none.",
    )


@dataclass(frozen=True)
class Exported:
    """What an export gave.

    Attributes:
        folder: Where it lies; `maeum.load` reads it.
        precision: `fp32` or `int8`.
        parity: The written graph beside torch.
        onnx: The graph in 32 bits beside torch; the same where that is what was written.
        left_out: Parts that stayed in 32 bits although 8 were asked for.
        trials: Graphs in 8 bits that were tried.
        fused: Nodes that were made of several, by kind.
        bytes_before: Of the weights in torch, 32 bits each.
        bytes_after: Of `model.onnx`.
    """

    folder: Path
    precision: str
    parity: Parity
    onnx: Parity
    left_out: tuple[str, ...]
    trials: int
    fused: dict[str, int]
    bytes_before: int
    bytes_after: int


def export(
    model: Model | Run | str | Path,
    *,
    out: str | Path,
    int8: bool = False,
    min_agreement: float = 0.997,
    parity_texts: str | Path | Sequence[str] | Sequence[tuple[str, str]] | None = None,
    overwrite: bool = False,
    reduce_range: bool | None = None,
    fuse: str = "attention",
    **settings: Any,
) -> Exported:
    """Write a network or encoder as an ONNX folder, if it answers as the model does.

        maeum.export("runs/klue", out="exported", int8=True).parity.agreement

    Args:
        model: A Model, a Run, the folder of either, or a folder or Hub id of a Hugging Face classifier.
        out: New folder: `model.onnx`, `tokenizer.json`, `model.json`, `README.md`.
        int8: Weights in 8 bits. Where that changes too many answers, parts are left in 32.
        min_agreement: Least share of the same labels; with several labels, of the same decisions on them.
        parity_texts: A file of texts (a table or one text a line), or texts, to compare answers on; None: the packaged
            reviews.
        overwrite: Replace a model folder that exists.
        reduce_range: Use 7 of the 8 bits; None: where this CPU needs it.
        fuse: How much of an encoder's graph becomes single operations: `attention`, `all`, `none`.
        **settings: How the file is read: `text_column`, `text_b_column`, `encoding`, `delimiter` …

    Raises:
        ModelError: There is no such model, its kind is not exported, or the graph answers otherwise.
        DataError: The texts cannot be read.
        RecipeError: Unknown or unusable settings.
        UsageError: Settings of a file without one.
        MissingExtraError: torch or onnx is not installed.
        OutputError: `out` exists or cannot be written.
    """
    wanted = {"int8": int8, "min_agreement": min_agreement, "reduce_range": reduce_range, "fuse": fuse}
    how = ExportSettings.build(wanted)
    folder = Path(out)
    check_new_folder(folder, overwrite=overwrite, marker=CARD)
    if isinstance(model, str | Path) and folder.resolve() in _places(Path(model)):
        raise OutputError("export.onto_itself", path=folder)
    require("torch", "train")
    require("onnx", "export")
    chosen = _neural(model)
    inputs, source = _texts(parity_texts, settings, chosen.task)
    tell(say("export.compared_on", count=len(inputs), source=source))
    near = next(place for place in folder.absolute().parents if place.is_dir())
    with plain_errors(folder), tempfile.TemporaryDirectory(prefix=f".{folder.name}.", dir=near) as work:
        return _exported(chosen, inputs, how, folder, Path(work), overwrite=overwrite)


def _exported(
    model: NeuralModel, inputs: Inputs, how: ExportSettings, folder: Path, work: Path, *, overwrite: bool
) -> Exported:
    from maeum.exporting.choose import Choice, choose
    from maeum.exporting.folder import Parts, write
    from maeum.exporting.graph import weight_bytes
    from maeum.exporting.optimise import fused_nodes
    from maeum.exporting.parity import Reference
    from maeum.exporting.quantise import quantised, saturates, units
    from maeum.exporting.tokenizer import check_tokenizer, tokenizer_of
    from maeum.models.exported.model import GRAPH

    reference = Reference.of(model, inputs, work)
    tokenizer = tokenizer_of(model)
    check_tokenizer(tokenizer, reference)
    graph, parity = _graph(model, reference, how, work)
    reduce = how.int8 and (saturates() if how.reduce_range is None else how.reduce_range)
    choice = Choice(graph, parity, (), 0)
    if how.int8:
        if reduce and how.reduce_range is None:
            tell(say("export.reduced"))
        eight = partial(_quantised, quantised, graph, work, reduce_range=reduce)
        choice = choose(eight, units(graph), reference, how.min_agreement)
        _check_int8(choice, how)
    left_out = tuple(unit.name for unit in choice.left_out)
    numbers = {"texts": len(inputs), "onnx": parity.to_json()}
    if how.int8:
        numbers |= {"int8": choice.parity.to_json(), "left_out": list(left_out), "reduce_range": reduce}
    precision = "int8" if how.int8 else "fp32"
    write(folder, Parts(model, choice.graph, tokenizer, precision, numbers), overwrite=overwrite)
    return Exported(
        folder=folder,
        precision=precision,
        parity=choice.parity,
        onnx=parity,
        left_out=left_out,
        trials=choice.trials,
        fused=fused_nodes(graph),
        bytes_before=weight_bytes(model.module),
        bytes_after=(folder / GRAPH).stat().st_size,
    )


def _quantised(work: Any, graph: ModelProto, folder: Path, left_out: Any, *, reduce_range: bool) -> ModelProto:
    try:
        made: ModelProto = work(graph, folder, leave_out=left_out, reduce_range=reduce_range)
    except (OSError, MemoryError):
        raise
    except Exception as error:  # of a graph that the library was not written for
        raise ModelError("export.not_quantisable", reason=_reason(error)) from error
    return made


def _graph(model: NeuralModel, reference: Reference, how: ExportSettings, work: Path) -> tuple[ModelProto, Parity]:
    """The graph in 32 bits: optimised where that changes nothing, else as torch made it.

    Raises:
        ModelError: It does not answer as torch does.
    """
    from maeum.exporting.graph import trace
    from maeum.exporting.optimise import Fuse
    from maeum.exporting.parity import MOST_DIFFERENT

    with progress(say("export.tracing")):
        traced = trace(model, work)
        graph, reason = _optimised(traced, model, Fuse(how.fuse), work, embeddings=not how.int8)
    if graph is not None:
        try:
            parity = reference.compare(graph)
        except ModelError as error:  # the runtime does not take it
            reason = str(error.values.get("reason", error))
        else:
            if parity.largest <= MOST_DIFFERENT:
                return graph, _checked(parity, how)
            reason = say("export.fuse_differs", largest=parity.largest)
    tell(say("export.fuse_failed", reason=reason))
    return traced, _checked(reference.compare(traced), how)


def _optimised(
    traced: ModelProto, model: NeuralModel, fuse: Fuse, work: Path, *, embeddings: bool
) -> tuple[ModelProto | None, str]:
    """The optimised graph, or none and why."""
    from maeum.exporting.optimise import optimised

    try:
        return optimised(traced, model, fuse, work, embeddings=embeddings), ""
    except (OSError, MemoryError):  # the machine's, not the graph's
        raise
    except Exception as error:  # whatever its many passes raise about a graph they were not written for
        return None, _reason(error)


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__


def _checked(parity: Parity, how: ExportSettings) -> Parity:
    from maeum.exporting.parity import MOST_DIFFERENT

    if parity.largest > MOST_DIFFERENT or parity.agreement < how.min_agreement:
        raise ModelError("export.differs", limit=MOST_DIFFERENT, **_numbers(parity, how))
    return parity


def _check_int8(choice: Any, how: ExportSettings) -> None:
    if choice.parity.agreement < how.min_agreement:
        values = {"trials": choice.trials, "count": len(choice.left_out)}
        raise ModelError("export.too_different", **values, **_numbers(choice.parity, how))
    if choice.left_out:
        names = listing((unit.name for unit in choice.left_out), 8)
        tell(say("export.left_out", parts=names, trials=choice.trials))


def _numbers(parity: Parity, how: ExportSettings) -> dict[str, Any]:
    shown = [f"'{one.text}': {_names(one.before)} → {_names(one.after)}" for one in parity.disagreements[:_EXAMPLES]]
    examples = f" ({'; '.join(shown)})" if shown else ""
    values = {"agreement": parity.agreement, "largest": parity.largest, "texts": parity.texts}
    return {**values, "least": how.min_agreement, "examples": examples}


def _names(labels: tuple[str, ...]) -> str:
    return ", ".join(labels) or say("export.no_label")


def _neural(model: Model | Run | str | Path) -> NeuralModel:
    """The network or encoder that is meant.

    Raises:
        ModelError: It is of another kind.
    """
    from maeum.models.neural import NeuralModel

    name = str(model) if isinstance(model, str | Path) else str(getattr(model, "folder", type(model).__name__))
    found = load(model) if isinstance(model, str | Path) else model.model if isinstance(model, Run) else model
    if isinstance(found, NeuralModel):
        return found
    family = str(getattr(found, "family", None) or getattr(getattr(found, "settings", None), "family", ""))
    if family == "exported":
        raise ModelError("export.already", name=name)
    if family == "cascade":
        raise ModelError("export.cascade", name=name)
    raise ModelError("export.not_neural", name=name, family=family or type(found).__name__)


def _places(model: Path) -> set[Path]:
    """Where the model lies; replaced by what is made of it, it would be lost."""
    return {model.resolve(), (model / MODEL_FOLDER).resolve()}


def _texts(given: Any, settings: dict[str, Any], task: Task) -> tuple[Inputs, str]:
    """The texts to compare answers on, without empty ones, and what they are called.

    Raises:
        DataError: The file cannot be read or has no text.
        UsageError: Settings of a file, but no file.
    """
    from maeum.models.encoder.model import check_pairs
    from maeum.models.encoder.tokenizer_check import korean_sample
    from maeum.schema import check_texts

    named = {name: value for name, value in settings.items() if value is not None}
    if isinstance(given, str | Path):
        return _of_file(Path(given), named, task), str(given)
    if named:
        raise UsageError("export.nothing_useful", names=listing(map(flag, named), 20))
    if given is None:
        texts = list(korean_sample())
        return (list(pairwise(texts)) if task.has_pairs else texts), say("export.sample")
    inputs: Any = check_pairs(given) if task.has_pairs else check_texts(given)
    filled = [one for one in inputs if "".join(one).strip()]
    return _left_out(filled, len(inputs) - len(filled), "parity_texts"), "parity_texts"


def _of_file(path: Path, named: dict[str, Any], task: Task) -> Inputs:
    if task.has_pairs:
        from maeum.data import open_data
        from maeum.data.settings import DataSettings

        data = open_data(DataSettings.build({**named, "source": str(path), "task": task.value}))
        pairs: Any = data.inputs
        return _left_out(pairs, len(data.problems), path)
    from maeum.workflows.inputs import rows_of

    rows = rows_of(path, named)
    texts = [text for text in rows.texts if text.strip()]
    return _left_out(texts, len(rows.texts) - len(texts), path)


def _left_out(inputs: Any, empty: int, source: Any) -> Inputs:
    if not inputs:
        raise DataError("export.no_texts", path=source, empty=empty)
    if empty:
        tell(say("export.texts_left_out", path=source, empty=empty))
    return inputs  # type: ignore[no-any-return]
