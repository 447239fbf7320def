"""What is known of KOTE's 44 emotions beside their names: valence, arousal, and coarser classes.

Valence (−1 unpleasant … 1 pleasant) and arousal (−1 calm … 1 stirred) are **our own ratings** in steps of 0.1, not
measured ones: we know of no norms for these 44 Korean labels, whose names often join two words (불평/불만). They were
placed by the circumplex of affect (Russell 1980): pleasantness of the feeling itself, never of the film that evokes
it (fear is unpleasant to feel and may be what the ticket was bought for); arousal by how much the body is stirred
(화남 high, 슬픔 low, 편안 lowest). Use them to order and to plot, not to test hypotheses.

The basic emotions are Plutchik's eight; mixed feelings go to both parts of their dyad (경악 = surprise + fear,
증오 = anger + disgust, 절망 = sadness + fear), weaker degrees to their basic one (재미없음 and 귀찮음: boredom, weak
disgust; 신기함: interest, weak anticipation). The coarse class is the sign of the valence, `neutral` where feeling well
or ill is not said (놀람, 깨달음, 비장함, 신기함/관심), and `objective` for '없음', which is weak: that raters saw no
emotion does not make a text a statement of fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.data.catalog.kote import KOTE_LABELS
from maeum.errors import LabelError
from maeum.messages import did_you_mean, listing

NONE: Final = "없음"
NONE_AT: Final = KOTE_LABELS.index_of[NONE]
COUNT: Final = len(KOTE_LABELS)
# name -> (Korean, English), in the order of Plutchik's wheel
BASIC: Final = {
    "joy": ("기쁨", "joy"), "trust": ("신뢰", "trust"), "fear": ("공포", "fear"), "surprise": ("놀람", "surprise"),
    "sadness": ("슬픔", "sadness"), "disgust": ("혐오", "disgust"), "anger": ("분노", "anger"),
    "anticipation": ("기대", "anticipation"),
}  # fmt: skip
COARSE: Final = {
    "positive": ("긍정", "positive"), "negative": ("부정", "negative"), "neutral": ("중립", "neutral"),
    "objective": ("객관(약함)", "objective (weak)"),
}  # fmt: skip
# label -> (valence, arousal, basic emotions)
_RATED: Final = {
    "불평/불만": (-0.6, 0.3, "anger"),
    "환영/호의": (0.7, 0.2, "trust"),
    "감동/감탄": (0.8, 0.5, "joy trust"),
    "지긋지긋": (-0.7, 0.1, "disgust"),
    "고마움": (0.8, 0.1, "joy trust"),
    "슬픔": (-0.6, -0.3, "sadness"),
    "화남/분노": (-0.7, 0.8, "anger"),
    "존경": (0.7, 0.2, "trust"),
    "기대감": (0.6, 0.5, "anticipation"),
    "우쭐댐/무시함": (-0.4, 0.3, "anger disgust"),
    "안타까움/실망": (-0.5, -0.2, "sadness"),
    "비장함": (0.1, 0.5, "anticipation"),
    "의심/불신": (-0.5, 0.2, "disgust"),
    "뿌듯함": (0.7, 0.3, "joy"),
    "편안/쾌적": (0.7, -0.6, "joy"),
    "신기함/관심": (0.5, 0.4, "anticipation surprise"),
    "아껴주는": (0.7, 0.0, "joy trust"),
    "부끄러움": (-0.4, 0.2, "fear disgust"),
    "공포/무서움": (-0.5, 0.8, "fear"),
    "절망": (-0.8, -0.1, "sadness fear"),
    "한심함": (-0.6, 0.1, "disgust"),
    "역겨움/징그러움": (-0.7, 0.4, "disgust"),
    "짜증": (-0.6, 0.5, "anger"),
    "어이없음": (-0.5, 0.3, "surprise anger"),
    "없음": (0.0, 0.0, ""),
    "패배/자기혐오": (-0.8, -0.1, "sadness disgust"),
    "귀찮음": (-0.4, -0.5, "disgust"),
    "힘듦/지침": (-0.6, -0.4, "sadness"),
    "즐거움/신남": (0.9, 0.7, "joy"),
    "깨달음": (0.3, 0.2, "surprise"),
    "죄책감": (-0.6, 0.1, "sadness disgust"),
    "증오/혐오": (-0.8, 0.6, "anger disgust"),
    "흐뭇함(귀여움/예쁨)": (0.8, 0.1, "joy"),
    "당황/난처": (-0.4, 0.5, "surprise"),
    "경악": (-0.4, 0.8, "surprise fear"),
    "부담/안_내킴": (-0.4, -0.1, "fear"),
    "서러움": (-0.7, 0.0, "sadness"),
    "재미없음": (-0.5, -0.5, "disgust"),
    "불쌍함/연민": (-0.3, -0.1, "sadness"),
    "놀람": (0.1, 0.8, "surprise"),
    "행복": (0.9, 0.4, "joy"),
    "불안/걱정": (-0.6, 0.5, "fear"),
    "기쁨": (0.9, 0.5, "joy"),
    "안심/신뢰": (0.7, -0.4, "trust"),
}
_NEUTRAL: Final = frozenset({"비장함", "신기함/관심", "깨달음", "놀람"})


@dataclass(frozen=True)
class Emotion:
    """One of KOTE's labels.

    Attributes:
        label: Korean, as published.
        en: English.
        valence: −1…1, our own rating.
        arousal: −1…1, our own rating.
        basic: Plutchik's emotions it belongs to; none for '없음'.
        coarse: `positive`, `negative`, `neutral`, or `objective` (weak).
    """

    label: str
    en: str
    valence: float
    arousal: float
    basic: tuple[str, ...]
    coarse: str


def _coarse(label: str, valence: float) -> str:
    if label == NONE:
        return "objective"
    return "neutral" if label in _NEUTRAL else "positive" if valence > 0 else "negative"


EMOTIONS: Final = tuple(
    Emotion(label, KOTE_LABELS.title(label, "en"), *_RATED[label][:2], tuple(_RATED[label][2].split()),
            _coarse(label, _RATED[label][0]))
    for label in KOTE_LABELS
)  # fmt: skip
VALENCE: Final = np.array([one.valence for one in EMOTIONS])
AROUSAL: Final = np.array([one.arousal for one in EMOTIONS])
_MEMBERS: Final = {
    **{name: [k for k, one in enumerate(EMOTIONS) if name in one.basic] for name in BASIC},
    **{f"coarse {name}": [k for k, one in enumerate(EMOTIONS) if one.coarse == name] for name in COARSE},
}
# of the columns of `with_classes`: level and name
LEVELS: Final = (
    *(("emotion", label) for label in KOTE_LABELS), *(("basic", name) for name in BASIC),
    *(("coarse", name) for name in COARSE),
)  # fmt: skip


def with_classes(intensities: NDArray[np.float32]) -> NDArray[np.float32]:
    """Intensities `(N, 44)`, then of basic emotions and coarse classes: `(N, 56)`; each its strongest member's."""
    classes = [intensities[:, members].max(axis=1, initial=0) for members in _MEMBERS.values()]
    return np.column_stack([intensities, *classes]).astype(np.float32)


def affect(means: NDArray[Any]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Valence and arousal `(N,)` of intensities `(N, 44)`: means over emotions but '없음', weighed by intensity."""
    weights = np.array(means, np.float64)
    weights[:, NONE_AT] = 0
    total = weights.sum(axis=1)
    with np.errstate(invalid="ignore", divide="ignore"):
        return weights @ VALENCE / total, weights @ AROUSAL / total


def order_of(labels: Sequence[str], where: object) -> NDArray[np.int64]:
    """For each of KOTE's labels its place among `labels`, which must be the same 44 in any order.

    Args:
        labels: Of a model or a file.
        where: Its name, for messages.

    Raises:
        LabelError: They are not; all that is missing and all that is unknown, with the nearest of KOTE's.
    """
    found = list(labels)
    twice = sorted({label for label in found if found.count(label) > 1})
    unknown = [label for label in found if label not in KOTE_LABELS.index_of]
    missing = [label for label in KOTE_LABELS if label not in found]
    if unknown or missing or twice:
        near = did_you_mean(unknown[0], missing or KOTE_LABELS.names) if unknown else ""
        raise LabelError(
            "insight.not_kote", where=where, count=len(found), unknown=listing(unknown, 5), missing=listing(missing, 5),
            twice=listing(twice, 5), near=near,
        )  # fmt: skip
    return np.array([found.index(label) for label in KOTE_LABELS])


def read_label_file(path: Path | str) -> list[str]:
    """The labels of a file, one a line, checked to be KOTE's 44 (in the order of the model they belong to).

    Raises:
        DataError: The file cannot be read.
        LabelError: They are not KOTE's.
    """
    from maeum.data.files.encoding import decode
    from maeum.data.files.source import find_file, read_bytes

    file = find_file(Path(path))
    names = [line.strip() for line in decode(read_bytes(file), "auto", file).text.splitlines()]
    found = [name for name in names if name]
    order_of(found, file)
    return found
