"""`maeum demo`: the whole line on the packaged sample, in seconds and without a network."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from maeum.errors import OutputError
from maeum.messages import listing, say
from maeum.progress import tell
from maeum.runs import Run
from maeum.schema import Evaluation
from maeum.workflows.evaluate import evaluate
from maeum.workflows.predict import predict
from maeum.workflows.train import train

if TYPE_CHECKING:
    import polars as pl

CORPUS: Final = "sample"
SENTENCES: Final = (
    "이 영화 진짜 재밌다 ㅋㅋㅋ",
    "시간 아깝다 ㅡㅡ 환불해 주세요",
    "무서워서 혼났는데 최고였어요 ㅠㅠ",
    "그냥 볼 만했어요. 나쁘진 않은데 또 볼 정도는 아님",
    "상영 시간 112분, 12세 관람가",
)


@dataclass(frozen=True)
class Demo:
    """What the demo made.

    Attributes:
        run: The trained model.
        evaluation: On the sample's test split.
        predictions: For `SENTENCES`.
        report: The page to open.
    """

    run: Run
    evaluation: Evaluation
    predictions: pl.DataFrame
    report: Path


def demo(out: str | Path) -> Demo:
    """Train on the packaged sample, judge on its test split, predict a few sentences; earlier demos are replaced.

    Raises:
        OutputError: `out` holds something else, or cannot be written.
    """
    out = Path(out)
    _refuse_other(out)
    tell(say("demo.training"))
    run = train(CORPUS, model="linear", out=out / "run", overwrite=True)
    tell(say("demo.judging"))
    judged = evaluate(run, f"{CORPUS}:test", out=out / "evaluation", overwrite=True)
    tell(say("demo.predicting"))
    answers = predict(list(SENTENCES), model=run.model).select("text", "predicted", "confidence")
    return Demo(run, judged, answers, (out / "evaluation" / "report.html").absolute())


def _refuse_other(out: Path) -> None:
    """Keep what is not a demo.

    Raises:
        OutputError: `out` is a file, or holds something else.
    """
    if out.is_file():
        raise OutputError("common.is_file", path=out)
    inside = sorted(entry.name for entry in out.iterdir()) if out.is_dir() else []
    run = Run.around(out / "run")
    if inside and (run is None or run.recipe.data.source != CORPUS):
        raise OutputError("common.not_ours", path=out, found=listing(inside, 3))
