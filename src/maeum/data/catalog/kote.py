"""KOTE: 50,000 online comments, each with the emotions (of 44) that five raters saw in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from maeum.data.catalog.corpus import Corpus, CorpusFile, Reading
from maeum.data.catalog.reading import read_tsv, several_labels
from maeum.data.stars import StarRule
from maeum.schema import Labels, Task

FILES: Final = {"train": "kote/val.tsv", "test": "kote/test_first_half.tsv"}
# In the order of the published indices. The names are those of the publication; the English ones say what they mean.
_NAMES: Final = (
    ("불평/불만", "complaint"), ("환영/호의", "welcome"), ("감동/감탄", "admiration"), ("지긋지긋", "fed up"),
    ("고마움", "gratitude"), ("슬픔", "sadness"), ("화남/분노", "anger"), ("존경", "respect"),
    ("기대감", "expectation"), ("우쭐댐/무시함", "contempt"), ("안타까움/실망", "disappointment"),
    ("비장함", "resolution"), ("의심/불신", "distrust"), ("뿌듯함", "pride"), ("편안/쾌적", "comfort"),
    ("신기함/관심", "interest"), ("아껴주는", "caring"), ("부끄러움", "embarrassment"), ("공포/무서움", "fear"),
    ("절망", "despair"), ("한심함", "finding pathetic"), ("역겨움/징그러움", "disgust"), ("짜증", "annoyance"),
    ("어이없음", "dumbfoundedness"), ("없음", "none"), ("패배/자기혐오", "self-hatred"), ("귀찮음", "bother"),
    ("힘듦/지침", "exhaustion"), ("즐거움/신남", "excitement"), ("깨달음", "realization"), ("죄책감", "guilt"),
    ("증오/혐오", "hatred"), ("흐뭇함(귀여움/예쁨)", "fondness"), ("당황/난처", "bewilderment"), ("경악", "shock"),
    ("부담/안_내킴", "reluctance"), ("서러움", "sorrow"), ("재미없음", "boredom"), ("불쌍함/연민", "compassion"),
    ("놀람", "surprise"), ("행복", "happiness"), ("불안/걱정", "anxiety"), ("기쁨", "joy"), ("안심/신뢰", "relief"),
)  # fmt: skip
KOTE_LABELS: Final = Labels(
    tuple(ko for ko, _ in _NAMES),
    titles={"ko": tuple(ko.replace("_", " ") for ko, _ in _NAMES), "en": tuple(en for _, en in _NAMES)},
)


def read_file(path: Path) -> Reading:
    """Read one file: id, text and indices of the emotions, tab-separated, no header, quoting off."""
    import polars as pl

    rows = read_tsv(path, ("id", "text", "labels"), header=False)
    rows, label = several_labels(rows, "labels", KOTE_LABELS)
    frame = pl.DataFrame(
        {"id": rows.column("id"), "text": rows.column("text"), "label": label},
        schema_overrides={"id": pl.String, "text": pl.String},
    )
    return Reading(frame, KOTE_LABELS, rows.problems)


def read(files: Mapping[str, Path], split: str, _stars: StarRule | None) -> Reading:
    """Read one split."""
    return read_file(files[FILES[split]])


CORPUS = Corpus(
    name="kote",
    titles={
        "en": "Online comments with 44 emotions, several a text",
        "ko": "온라인 댓글의 감정 44가지(한 텍스트에 여러 감정)",
    },
    homepage="https://github.com/searle-j/KOTE",
    licence="MIT",
    citation="Duyoung Jeon, Junho Lee, Cheongtag Kim, User Guide for KOTE: Korean Online Comments Emotions Dataset, "
    "2022, arXiv:2205.05300",
    task=Task.MULTI_LABEL,
    labels=KOTE_LABELS,
    rows={"train": 5_000, "test": 2_500},
    files=(
        CorpusFile(
            FILES["train"],
            sha256="c7d686ee1d63be7f57ec939f372ebdc4ada8eac1c9eeeeac207774976ab69a6e",
            size=857_808,
            url="https://raw.githubusercontent.com/searle-j/KOTE/main/val.tsv",
            stands_in_for="train.tsv",
        ),
        CorpusFile(
            FILES["test"],
            sha256="9a8612bd1fa7dae670df0bd3bcd56ad85d7e9b9de211d3683311947d9651738a",
            size=417_845,
            stands_in_for="test.tsv",
        ),
    ),
    needs={split: (path,) for split, path in FILES.items()},
    read=read,
    carved={"validation": "train"},
    read_file=read_file,
    by_hand="data.by_hand_kote",
)
