"""Finding an encoder: as a path, in the package, in `MAEUM_MODELS`, in the Hugging Face cache, else on the Hub."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from maeum.data.fetch import offline
from maeum.errors import ModelError, require
from maeum.messages import did_you_mean, listing, say
from maeum.models import CONFIG, trunks
from maeum.models.folder import CARD, of_encoder
from maeum.progress import progress

TRUNK: Final = "small-encoder"  # the encoder of the package
RUN_MODEL: Final = "model"  # inside a run folder
KNOWN: Final = (
    "klue/bert-base",
    "klue/roberta-small",
    "klue/roberta-base",
    "klue/roberta-large",
    "monologg/koelectra-small-v3-discriminator",
    "monologg/koelectra-base-v3-discriminator",
    "beomi/KcELECTRA-small-v2022",
    "beomi/KcELECTRA-base-v2022",
    "beomi/KcELECTRA-base",
    "beomi/kcbert-base",
    "beomi/kcbert-large",
    "skt/kobert-base-v1",
    "monologg/kobert",
    "monologg/distilkobert",
    "snunlp/KR-ELECTRA-discriminator",
    "team-lucid/deberta-v3-xsmall-korean",
    "team-lucid/deberta-v3-small-korean",
    "team-lucid/deberta-v3-base-korean",
    "bert-base-multilingual-cased",
    "google-bert/bert-base-multilingual-cased",
    "distilbert-base-multilingual-cased",
    "distilbert/distilbert-base-multilingual-cased",
    "xlm-roberta-base",
    "xlm-roberta-large",
    "FacebookAI/xlm-roberta-base",
    "FacebookAI/xlm-roberta-large",
    "microsoft/mdeberta-v3-base",
)
# `runs/…` is where `maeum train` writes: nobody means an owner on the Hub by it.
_hub_id = re.compile(r"(?!\.|runs/)[\w.-]+/(?!\.)[\w.-]+", re.ASCII).fullmatch
_WEIGHTS: Final = (
    "model.safetensors",
    "model.safetensors.index.json",
    "pytorch_model.bin",
    "pytorch_model.bin.index.json",
)
_TOKENIZERS: Final = ("tokenizer.json", "vocab.txt", "vocab.json", "*.model", "*.vocab", "bpe.codes", "vocab.bpe")
_SMALL: Final = ["*.json", "*.txt", "*.model"]


def adopts(name: str) -> Mapping[str, Any] | None:
    """The settings that `--model name` stands for, when it means an encoder.

    An existing folder that holds one, the package's, something in `MAEUM_MODELS`, a Hub id; no other plain word, so
    that a mistyped family is still recognised as such.

    Raises:
        ModelError: A path that does not exist, or a folder without an encoder.
    """
    if not name:
        return None
    if any(encoder_folder(place) for place in places(name)) or name in KNOWN:
        return {"checkpoint": name}
    folder = Path(name).expanduser()
    if folder.is_dir() and _is_path(name):
        if (folder / CARD).is_file() or (folder / RUN_MODEL / CARD).is_file():
            return None  # a model of another family
        raise ModelError("encoders.no_config", folder=folder, config=CONFIG, found=_inside(folder))
    if is_hub_id(name):
        return {"checkpoint": name}
    if _is_path(name):
        raise _missing_path(name)
    return None


def is_hub_id(name: str) -> bool:
    """Whether a name has the form `owner/name`, or is one of the old bare names."""
    return bool(_hub_id(name)) or name in KNOWN


def places(name: str) -> Iterator[Path]:
    """Where a folder called `name` may lie on this machine: as a path, in the package, then in `MAEUM_MODELS`."""
    yield Path(name).expanduser()
    if name in trunks():
        yield trunks()[name]
    for own in model_folders():
        yield own / name
        if "/" in name:
            yield own / name.replace("/", "--")


def model_folders() -> list[Path]:
    """The folders of `MAEUM_MODELS`."""
    return [Path(part) for part in os.environ.get("MAEUM_MODELS", "").split(os.pathsep) if part]


def encoder_folder(path: Path) -> Path | None:
    """The folder that holds the encoder of `path` (a checkpoint, a saved model or a run); None where there is none."""
    for folder in (path, path / RUN_MODEL):
        if (folder / CARD).is_file():
            return folder if _is_encoder(folder / CARD) else None
    return path if (path / CONFIG).is_file() else None


def locate(name: str, *, weights: bool = True) -> Path:
    """The folder with the files of encoder `name`, downloaded if need be.

    Args:
        name: As `EncoderSettings.checkpoint`.
        weights: Whether the weights are needed, or only shape and tokenizer.

    Raises:
        ModelError: It is nowhere, cannot be downloaded, or has no weights.
    """
    if not name:
        raise ModelError("encoders.no_checkpoint", known=listing(KNOWN, 5))
    for place in places(name):
        folder = encoder_folder(place)
        if folder is not None:
            if weights and not _has_weights(folder):
                raise ModelError("encoders.no_weights", folder=folder, found=_inside(folder))
            return folder
    path = Path(name).expanduser()
    if path.is_dir():
        raise ModelError("encoders.no_config", folder=path, config=CONFIG, found=_inside(path))
    if name == TRUNK:
        raise ModelError("encoders.trunk_missing", name=name)
    if not is_hub_id(name):
        raise _missing_path(name)
    return _from_hub(name, weights=weights)


def _from_hub(name: str, *, weights: bool) -> Path:
    """From the Hugging Face cache, else from the Hub into it."""
    require("huggingface_hub", "train")
    from huggingface_hub import constants, try_to_load_from_cache
    from huggingface_hub.errors import GatedRepoError, HFValidationError, RepositoryNotFoundError

    try:
        cached = try_to_load_from_cache(name, CONFIG)
    except HFValidationError as error:  # a name that no model can have
        raise _not_found(name, say("encoders.reason_unknown")) from error
    without_network = offline() or constants.HF_HUB_OFFLINE
    if isinstance(cached, str) and (not weights or _has_weights(Path(cached).parent)):
        folder = Path(cached).parent
        if has_tokenizer(folder) or without_network:
            return folder
    if without_network:
        raise _not_found(name, say("encoders.reason_offline"))
    try:
        folder = _download(name, weights=weights)
    except GatedRepoError as error:
        raise _not_found(name, say("encoders.reason_gated")) from error
    except RepositoryNotFoundError as error:
        raise _not_found(name, say("encoders.reason_unknown")) from error
    except (OSError, ValueError, RuntimeError) as error:  # what the Hub's client and its transport raise
        raise _not_found(name, say("encoders.reason_unreachable", reason=_root(error))) from error
    if not (folder / CONFIG).is_file():
        raise ModelError("encoders.no_config", folder=name, config=CONFIG, found=_inside(folder))
    if weights and not _has_weights(folder):
        raise ModelError("encoders.no_weights", folder=name, found=_inside(folder))
    return folder


def _download(name: str, *, weights: bool) -> Path:
    """Only what is read: no second copy of the weights in another format, nothing of other libraries."""
    import huggingface_hub

    bars: Any = huggingface_hub.utils

    def fetch(patterns: list[str]) -> Path:
        return Path(huggingface_hub.snapshot_download(name, allow_patterns=patterns, ignore_patterns=["*/*"]))

    silent = bars.are_progress_bars_disabled()
    bars.disable_progress_bars()
    try:
        with progress(say("encoders.downloading", name=name)):
            folder = fetch([*_SMALL, "*.safetensors"] if weights else _SMALL)
            if weights and not _has_weights(folder):
                folder = fetch([*_SMALL, "pytorch_model*.bin"])
    finally:
        if not silent:
            bars.enable_progress_bars()
    return folder


def _root(error: BaseException) -> str:
    """What the innermost of nested errors says, in short."""
    while (inner := error.__cause__ or error.__context__) is not None:
        error = inner
    return " ".join(str(error).split())[:100] or type(error).__name__


def _not_found(name: str, reason: str) -> ModelError:
    near = did_you_mean(name, [*_own_names(), *KNOWN])
    looked = listing(model_folders()) if model_folders() else say("encoders.models_unset")
    short = name.rpartition("/")[2]
    return ModelError("encoders.not_found", name=name, models=looked, reason=reason, near=near, short=short)


def _missing_path(name: str) -> ModelError:
    parent = Path(name).expanduser().parent
    beside = sorted(parent.iterdir()) if parent.is_dir() else []
    found = listing([path for path in beside if encoder_folder(path)], 5)
    return ModelError("encoders.path_missing", path=name, near=did_you_mean(name, map(str, beside)), found=found)


def _own_names() -> list[str]:
    """Names under which the encoders in `MAEUM_MODELS` can be asked for."""
    found = []
    for own in model_folders():
        inside = [path for path in sorted(own.iterdir()) if path.is_dir()] if own.is_dir() else []
        deeper = [path for outer in inside for path in sorted(outer.iterdir())]
        here = (path for path in (*inside, *deeper) if encoder_folder(path))
        found += [path.relative_to(own).as_posix().replace("--", "/") for path in here]
    return found


def has_tokenizer(folder: Path) -> bool:
    """Whether a folder has files of any tokenizer."""
    return any(True for pattern in _TOKENIZERS for _ in folder.glob(pattern))


def _has_weights(folder: Path) -> bool:
    return any((folder / name).is_file() for name in _WEIGHTS)


def _is_path(name: str) -> bool:
    return "/" in name or "\\" in name or name in (".", "..") or name.startswith("~")


def _is_encoder(card: Path) -> bool:
    try:
        return of_encoder(json.loads(card.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, AttributeError):
        return False


def _inside(folder: Path) -> str:
    return listing(sorted(entry.name for entry in folder.iterdir()), 5)
