"""`maeum pretrain`: corpora → tokenizer → packed blocks → an encoder to fine-tune."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maeum.engine.cores import cores
from maeum.errors import ModelError, UsageError, UserError, require
from maeum.messages import say
from maeum.progress import Silent, report_to, tell
from maeum.schema import Dataset
from maeum.workflows.outputs import check_new_folder
from maeum.workflows.pretraining.blocks import TOKENIZER, Prepared, load, prepare
from maeum.workflows.pretraining.result import FACTS, Result, read_facts, read_history, write_result
from maeum.workflows.pretraining.settings import CONTINUED_RATE, MOST_STEPS, STEPS, PretrainSettings
from maeum.workflows.pretraining.start import (
    ENCODER,
    Start,
    find_start,
    first_position_of,
    masked_lm,
    network_of,
    new_network,
)
from maeum.workflows.pretraining.texts import gather
from maeum.workflows.pretraining.unfinished import SETTINGS, Unfinished
from maeum.workflows.pretraining.watch import Watch
from maeum.workflows.together import follows, meet

if TYPE_CHECKING:
    from maeum.training.pretraining_config import PretrainConfig
    from maeum.workflows.pretraining.tokens import Vocabulary


@dataclass(frozen=True)
class Pretrained:
    """A finished pretraining.

    Attributes:
        folder: Where everything lies.
    """

    folder: Path

    @property
    def encoder(self) -> Path:
        """The Hugging Face folder: `maeum.train(…, model=str(pretrained.encoder))`."""
        return self.folder / ENCODER

    @cached_property
    def history(self) -> list[dict[str, float]]:
        """A row per interval, as in `history.csv`."""
        return read_history(self.folder)

    @cached_property
    def facts(self) -> dict[str, Any]:
        """Counts of the texts, figures of the tokenizer and of the encoder, machine."""
        return read_facts(self.folder / FACTS)


def pretrain(
    *corpora: str | Path | Dataset,
    out: str | Path | None = None,
    resume: bool = False,
    overwrite: bool = False,
    text: str | None = None,
    **settings: Any,
) -> Pretrained:
    """Pretrain a Korean encoder on texts without labels, or train one further on them.

        maeum.pretrain("nsmc-raw", out="encoders/mine", time="45m")
        maeum.pretrain("reviews.csv", out="encoders/shop", start="klue/roberta-base", epochs=1)
        maeum.train("nsmc", model="encoders/mine/encoder")

    Texts are cleaned, duplicates and the NSMC test set left out, a tokenizer is learnt, and the encoder learns from
    blocks of whole texts. An interrupted pretraining is kept beside `out`: `resume=True` goes on from its last
    checkpoint, without reading or tokenizing anything again.

    Args:
        *corpora: Corpus names, `name:split`, files (one text a line, or a table), or Datasets.
        out: The folder to write; `runs/pretrained` when not given.
        resume: Go on with the unfinished pretraining of `out`; what is not said again is as it was begun.
        overwrite: Replace a finished pretraining, and drop an unfinished one.
        text: Column with the text, in files (`text_column`).
        **settings: Fields of `PretrainSettings`: `start`, `objective`, `layers`, `vocabulary`, `steps`, `time` …

    Raises:
        DataError: Data that cannot be read, or fewer than 100 different texts.
        RecipeError: Unknown or unusable settings.
        ModelError: The encoder to go on from, or its tokenizer, cannot be used.
        OutputError: `out` exists or cannot be written; or an unfinished pretraining would be lost.
        UsageError: `resume` with other settings than it was begun with, or settings that exclude each other.
    """
    require("torch", "train")
    require("transformers", "train")
    if out is None and resume:
        raise UsageError("pretrain.resume_what")
    unfinished = Unfinished(Path(out) if out is not None else Path("runs") / "pretrained")
    given = [one for one in corpora if isinstance(one, Dataset)]
    named = tuple(os.fspath(one) for one in corpora if not isinstance(one, Dataset))
    typed = {"corpora": named or None, "text_column": text, **settings}
    typed = {name: value for name, value in typed.items() if value is not None}
    if follows():
        report_to(Silent())
        return _along(unfinished, typed)
    unfinished.check(resume=resume, overwrite=overwrite)
    check_new_folder(unfinished.final, overwrite=overwrite, marker=SETTINGS)
    going_on = resume and unfinished.worth
    if resume and not going_on:
        if not (named or given):
            raise UsageError("pretrain.resume_nothing", path=unfinished.final)
        tell(say("train.nothing_to_resume", path=unfinished.final))
    elif unfinished.worth and not resume:
        tell(say("train.unfinished_dropped", path=unfinished.final))
    chosen = unfinished.resumed(typed) if going_on else PretrainSettings.build(typed)
    chosen.check()
    work = _Work(unfinished, chosen, _start_of(chosen))
    if not going_on:
        if not (named or given):
            raise UsageError("pretrain.no_corpus")
        unfinished.begin(chosen)
    try:
        result = work.run(given, resume=going_on)
        write_result(unfinished, result, overwrite=overwrite)
    except BaseException:
        unfinished.leave()
        raise
    meet()
    unfinished.drop()
    return Pretrained(unfinished.final)


def _along(unfinished: Unfinished, typed: Mapping[str, Any]) -> Pretrained:
    """Train along with the first process (`torchrun`), when it has prepared the data, and wait until it has written."""
    _wait()
    chosen = unfinished.resumed({name: value for name, value in typed.items() if name != "corpora"})
    _Work(unfinished, chosen, _start_of(chosen)).train(load(unfinished.data), resume=True)
    meet()
    return Pretrained(unfinished.final)


def _start_of(settings: PretrainSettings) -> Start | None:
    return None if settings.start is None else find_start(settings.start, settings.objective)


@dataclass
class _Work:
    """One pretraining between its settings and its result."""

    unfinished: Unfinished
    settings: PretrainSettings
    start: Start | None
    model: Any = None

    def run(self, given: list[Dataset], *, resume: bool) -> Result:
        """Prepare, or take what was prepared; train."""
        prepared = self._as_before() if resume else self._prepare(given)
        _wait()
        return self.train(prepared, resume=resume)

    def train(self, prepared: Prepared, *, resume: bool) -> Result:
        """Hand everything to the training core."""
        from maeum.training.pretraining import pretrain as core
        from maeum.training.pretraining_files import holds_checkpoint

        self._load()
        config = self._config(prepared)
        network = network_of(self.start, self.model, config, prepared.first)
        before = _rows(self.unfinished.training) if resume else []
        going_on = resume and holds_checkpoint(self.unfinished.training)
        if going_on:
            tell(say("pretrain.resumed", path=self.unfinished.final))
        elif self.start is None and self.settings.neighbours:
            network = new_network(config, prepared)
        bounded = None if config.steps >= MOST_STEPS else config.steps
        _use_cores()
        with Watch(electra=config.objective == "electra", steps=bounded, before=before) as watch:
            try:
                rows = core(
                    config,
                    prepared.blocks,
                    prepared.segments,
                    (prepared.held_blocks, prepared.held_segments),
                    self.unfinished.training,
                    word_starts=prepared.starts,
                    network=network,
                    origin={
                        "tokenizer": str(prepared.facts["tokenizer"]),
                        "start": self.settings.start or "",
                        "neighbours": str(self.settings.neighbours),
                    },
                    resume=resume,
                    tell=watch.row,
                    step=watch.step,
                )
            except FloatingPointError as error:
                raise UserError("pretrain.not_a_number", rate=config.learning_rate) from error
            except ValueError as error:
                if isinstance(error, UserError) or not going_on:
                    raise
                found = str(error).rpartition("another pretraining: ")[2]
                raise UsageError("pretrain.checkpoint_other", path=self.unfinished.final, found=found) from error
        return Result(self.settings, config, prepared, rows, self.start)

    def _prepare(self, given: list[Dataset]) -> Prepared:
        from maeum.workflows.pretraining.tokens import learn

        vocabulary = self._given_vocabulary()  # before long work: it may be refused
        first: int | None = 0
        if self.start is not None:
            assert vocabulary is not None
            self._load()
            if self.model is not None:
                first = first_position_of(self.model, self.settings.block, vocabulary.special)
                if first is None:
                    tell(say("pretrain.not_packed", kind=self.start.config.model_type))
        texts = gather(self.settings, given)
        if vocabulary is None:
            vocabulary = learn(texts.train, self.settings, self.unfinished.folder / TOKENIZER)
        else:
            from maeum.models.encoder.tokenizer_check import check_tokenizer

            check_tokenizer(vocabulary.tokens, texts.train)
        return prepare(texts, vocabulary, self.settings, first, self.unfinished.data)

    def _given_vocabulary(self) -> Vocabulary | None:
        """The tokenizer of the encoder gone on from, or the one named; None where one is to be learnt.

        Raises:
            ModelError: Both are given, and differ; or a block is longer than the encoder takes.
        """
        from maeum.workflows.pretraining.tokens import read

        settings, found = self.settings, None
        if settings.tokenizer is not None:
            found = read(Path(settings.tokenizer).expanduser(), settings)
        if self.start is None:
            return found
        own = read(self.start.folder, settings, self.start.config)
        if found is not None and found.fingerprint != own.fingerprint:
            raise ModelError("pretrain.tokenizer_differs", start=settings.start, tokenizer=settings.tokenizer)
        if settings.block > own.tokens.limit:
            raise UsageError("pretrain.block_too_long", block=settings.block, limit=own.tokens.limit)
        return own

    def _as_before(self) -> Prepared:
        """What was prepared before the interrupt, if its tokenizer is still the one asked for.

        Raises:
            ModelError: It is another one now.
        """
        from maeum.workflows.pretraining.tokens import read

        prepared = load(self.unfinished.data)
        now = self._given_vocabulary() or read(self.unfinished.data / TOKENIZER, self.settings)
        if now.fingerprint != prepared.facts["tokenizer"]:
            source = self.settings.tokenizer or self.settings.start or self.unfinished.data / TOKENIZER
            raise ModelError("pretrain.other_tokenizer", path=self.unfinished.final, tokenizer=source)
        return prepared

    def _load(self) -> None:
        if self.start is not None and self.model is None and self._objective() == "mlm":
            self.model = masked_lm(self.start, self.settings.seed)

    def _objective(self) -> str:
        usual = "electra" if self.start is None else self.start.objective
        return self.settings.objective or usual

    def _config(self, prepared: Prepared) -> PretrainConfig:
        """The core's settings, with those found that were left open."""
        from maeum.training.pretraining_config import PretrainConfig

        settings, facts = self.settings, prepared.facts
        steps, every = _length(settings, len(prepared.blocks))
        names = {name for name in PretrainConfig.__dataclass_fields__ if name in PretrainSettings.model_fields}
        values = {name: getattr(settings, name) for name in names}
        rate: float = CONTINUED_RATE if self.start is not None else PretrainConfig.learning_rate
        values |= {
            "vocabulary": int(facts["vocabulary"]),
            "mask": int(facts["mask"]),
            "special": tuple(facts["special"]),
            "pad": int(facts["pad"]),
            "objective": self._objective(),
            "steps": steps,
            "max_seconds": settings.max_seconds,
            "learning_rate": settings.learning_rate or rate,
            "evaluate_every": settings.evaluate_every or every,
            "checkpoint_every": settings.checkpoint_every or settings.evaluate_every or every,
        }
        if self.start is not None:
            values |= _shape_of(self.start.config)
            values["positions"] = max(settings.block, settings.positions)
        config = PretrainConfig(**values)
        epochs = steps * config.batch * config.accumulation * _world() / len(prepared.blocks)
        known: dict[str, Any] = {"objective": config.objective, "blocks": len(prepared.blocks), "time": settings.time}
        if steps < MOST_STEPS:
            tell(say("pretrain.plan", steps=steps, epochs=epochs, **known))
        if settings.time is not None:
            tell(say("pretrain.plan_time", **known))
        return config


def _length(settings: PretrainSettings, blocks: int) -> tuple[int, int]:
    """Updates in all, and between two rows of the history."""
    per_update = settings.batch * settings.accumulation * _world()
    if settings.steps is not None:
        steps = settings.steps
    elif settings.epochs is not None:
        steps = min(max(1, math.ceil(settings.epochs * blocks / per_update)), MOST_STEPS - 1)
    else:
        steps = STEPS if settings.time is None else MOST_STEPS
    return steps, 100 if steps >= MOST_STEPS else min(max(1, steps // 20), 500)


def _shape_of(config: Any) -> dict[str, int]:
    """The size of an encoder in our words, for the record."""
    names = {
        "layers": ("num_hidden_layers",),
        "width": ("hidden_size",),
        "heads": ("num_attention_heads",),
        "inner": ("intermediate_size", "hidden_dim"),
        "embedding": ("embedding_size", "hidden_size"),
    }
    found = {name: [getattr(config, one) for one in theirs if hasattr(config, one)] for name, theirs in names.items()}
    return {name: int(values[0]) for name, values in found.items() if values}


def _rows(folder: Path) -> list[dict[str, float]]:
    try:
        return read_history(folder)
    except UserError:
        return []


def _world() -> int:
    return int(os.environ.get("WORLD_SIZE", "1"))


def _wait() -> None:
    """Wait until all processes are here, where there are several."""
    if _world() > 1:
        import torch

        from maeum.training.pretraining_place import place

        place()
        torch.distributed.barrier()


def _use_cores() -> None:
    """Have torch use no more cores than the process may."""
    import torch

    torch.set_num_threads(max(1, min(torch.get_num_threads(), cores())))
