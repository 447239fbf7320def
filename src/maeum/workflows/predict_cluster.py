"""`maeum predict --cluster`: a folder of Parquet files to another, on as many machines as there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from maeum.data.columns import text_column
from maeum.data.settings import DataSettings
from maeum.engine import folder_print
from maeum.engine.inference import Long
from maeum.errors import OutputError, UsageError, UserError
from maeum.messages import language, listing, say
from maeum.models import DEFAULT, MODEL_FOLDER
from maeum.models.folder import CARD
from maeum.progress import tell
from maeum.scale.blocks import BLOCK, Source, open_source
from maeum.scale.cluster import STORE, check_address, connected, places
from maeum.scale.output import MANIFEST, Output, Record
from maeum.scale.predict import BlockError, Pool
from maeum.scale.worker import Answer, Work, pack
from maeum.schema import Model
from maeum.storage import plain_errors
from maeum.version import __version__
from maeum.workflows.outputs import check_new_folder
from maeum.workflows.predict import _block, _refuse_clash, judge_of


def predict_cluster(
    source: str | Path,
    out: str | Path,
    *,
    cluster: str,
    model: Model | str | Path = DEFAULT,
    text: str | None = None,
    engine: str | None = None,
    cores_per_worker: int = 1,
    overwrite: bool = False,
    resume: bool = False,
    block: int = BLOCK,
    **settings: Any,
) -> Path:
    """Predict for every row of a folder of Parquet files.

        predict_cluster("reviews/", "predicted/", cluster="local", model="runs/linear")

    Args:
        source: A folder of Parquet files at any depth, or one such file; all machines see it at this path.
        out: Folder to write; all machines see it at this path.
        cluster: `local` (the cores of this machine), `auto`, `HOST:PORT` or `ray://HOST:PORT`.
        model: As for `maeum.predict`; it is sent to the machines.
        text: Column with the text; found by its name when not given.
        engine: What computes the model, as for `maeum.predict`.
        cores_per_worker: Cores that one process uses, which holds one model.
        overwrite: Replace a folder of predictions that exists.
        resume: Keep what an interrupted attempt on the same input, with the same model and settings, has finished.
        block: Rows that are done at once: what a lost worker costs.
        **settings: Further fields of `DataSettings`.

    Returns:
        The folder. Its Parquet files hold all columns of the input, then the columns of `maeum.predict`; sorted by
        name they are in the order of the input. `manifest.json` tells which file came from which rows.

    Raises:
        DataError: Files that cannot be used, all named before the work begins.
        ModelError: There is no such model, or it does not classify.
        OutputError: `out` exists, or cannot be written.
        UserError: The cluster cannot be used, or blocks failed that the user can mend.
        BlockError: Blocks failed for other reasons; all others are finished and kept.
    """
    check_address(cluster)
    if type(cores_per_worker) is not int or cores_per_worker < 1:
        raise UsageError("scale.cores_range", found=cores_per_worker)
    path, final = Path(source).absolute(), Path(out).absolute()
    _check_places(path, final)
    check_new_folder(final, overwrite=overwrite, marker=MANIFEST)
    known = DataSettings.build({name: value for name, value in {"text_column": text, **settings}.items() if value})
    judge = judge_of(model, engine)
    labels, columns = judge.labels, set[str]()

    def check(file: Path, names: list[str]) -> None:
        columns.add(text_column(names, known.text_column, file))
        _refuse_clash(names, labels, file)

    found = open_source(path, check)
    column = _one_column(columns, found, path)
    _tell_of_files(found)
    with _model_folder(model, judge) as folder:
        del judge
        sent, files = folder_print(folder), pack(folder)
    decides = {"text_column": column, "block": block, "engine": engine, "language": language()}
    prints = {
        "input": found.print,
        "model": sent,
        "settings": json.dumps(decides, sort_keys=True),
        "version": __version__,
    }
    job = _Job(found, Output(final, prints), block, resume)
    begin = partial(_begin, column, engine)
    size = sum(content.nbytes for content in files.values())
    with plain_errors(final), connected(cluster, store=STORE + 2 * size) as ray:
        plan = job.begin()
        room = max(1, places(ray, cores_per_worker))
        count, blocks = len(found.files), len(job.blocks)
        tell(say("scale.begun", rows=found.rows, files=count, blocks=blocks, places=room, cores=cores_per_worker))
        work = Work(begin, sent, job.output.folder, plan, cores_per_worker)
        job.run(ray, work, files, {"model": {"name": str(model), "print": sent, "labels": list(labels)}} | decides)
    return Path(out)


class _Job:
    """Blocks of a folder, with those that are finished."""

    def __init__(self, source: Source, output: Output, size: int, resume: bool) -> None:
        self.source, self.output, self._resume = source, output, resume
        self.blocks = source.blocks(size)
        self._done: dict[str, Record] = {}

    def begin(self) -> str:
        """Find what is finished, and make the folder; gives the content of its plan."""
        output = self.output
        if self._resume:
            self._done = output.kept()
            if self._done:
                tell(say("scale.resumed", kept=len(self._done), total=len(self.blocks)))
            else:
                tell(say("scale.nothing_to_resume", path=output.final))
        elif output.whole:
            tell(say("scale.unfinished_dropped", path=output.final, parts=output.whole))
        return output.begin(self._done)

    def run(self, ray: Any, work: Work, files: Mapping[str, Any], about: Mapping[str, Any]) -> None:
        """Do what is left, and finish the folder."""
        todo = [block for block in self.blocks if block.part not in self._done]
        try:
            if todo:
                Pool(ray, work, files, self._add).run(todo)
        except BaseException:
            self._leave()
            raise
        records = [self._done[block.part] for block in self.blocks]
        made = [(record, block.name, block.start) for record, block in zip(records, self.blocks, strict=True)]
        self.output.finish(made, self._about(records, about))
        _tell_of_rows(records)

    def _add(self, record: Record) -> None:
        self.output.add(record)
        self._done[record.part] = record

    def _leave(self) -> None:
        """Keep what is finished and say so, or leave nothing."""
        if self._done:
            tell(say("scale.kept", done=len(self._done), total=len(self.blocks)))
        else:
            self.output.drop()

    def _about(self, records: Sequence[Record], about: Mapping[str, Any]) -> dict[str, Any]:
        inputs = [{"name": file.name, "rows": file.rows, "print": file.print} for file in self.source.files]
        return {**about, "rows": sum(record.rows for record in records), "inputs": inputs}


def _begin(column: str, engine: str | None, folder: Path) -> Answer:
    """What answers a block on a machine, from the model's folder there."""
    return partial(_block, judge_of(folder, engine), column)


def _check_places(path: Path, final: Path) -> None:
    """Refuse output among the input, which would be read the next time.

    Raises:
        OutputError: It would be there.
    """
    here, there = path.resolve(), final.resolve()
    if here == there or here in there.parents or (there in here.parents):
        raise OutputError("scale.inside", path=path, out=final)


def _one_column(columns: set[str], source: Source, path: Path) -> str:
    """The column with the text, which is one in all files.

    Raises:
        UserError: It is not the same one in all of them.
    """
    if len(columns) != 1:  # same names in another order
        raise UserError("scale.text_unclear", path=path, columns=listing(sorted(columns)), files=len(source.files))
    return columns.pop()


@contextmanager
def _model_folder(given: Model | str | Path, model: Model) -> Iterator[Path]:
    """A folder that the model can be loaded from: its own, or one that it is saved to for the moment."""
    if isinstance(given, str | Path):
        own = next((one for one in (Path(given), Path(given) / MODEL_FOLDER) if (one / CARD).is_file()), None)
        if own is not None:
            yield own
            return
    with TemporaryDirectory() as place:
        yield model.save(Path(place) / MODEL_FOLDER)


def _tell_of_files(source: Source) -> None:
    if source.empty:
        tell(say("scale.skipped_empty", count=len(source.empty), files=listing(source.empty, 5)))
    if source.others:
        tell(say("scale.skipped_others", count=len(source.others), files=listing(source.others, 5)))


def _tell_of_rows(records: Sequence[Record]) -> None:
    """Say of all rows what `maeum predict` says."""
    errors, empty = sum(record.errors for record in records), sum(record.empty for record in records)
    if errors:
        tell(say("scale.rows_with_error", count=errors))
    if empty:
        tell(say("predict.empty_texts", count=empty))
    Long(sum(record.cut for record in records), sum(record.windowed for record in records)).tell()


__all__ = ["BlockError", "predict_cluster"]
