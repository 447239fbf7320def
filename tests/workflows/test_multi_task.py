"""Several corpora to one run: whose rows are learnt from, what is written, how it goes on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")

import maeum
from maeum.cli.main import main
from maeum.data.fingerprint import text_hashes
from maeum.errors import DataError, UsageError
from maeum.models.folder import read_tensors
from maeum.progress import Silent, report_to
from maeum.recipe import Recipe
from maeum.runs import HISTORY_COLUMNS, Run
from maeum.schema import Dataset, Labels, Task
from maeum.training.gradient.trainer import GradientTrainer
from maeum.workflows.multi_task import names_of, prepare

TINY: dict[str, Any] = {
    "model": "cnn", "epochs": 2, "embedding": 8, "filters": 4, "widths": [2, 3], "min_texts": 1, "batch_size": 8,
    "max_length": 32, "patience": 0,
}  # fmt: skip


class Told(Silent):
    """Keeps what is said."""

    def __init__(self) -> None:
        self.sentences: list[str] = []

    def say(self, sentence: str) -> None:
        self.sentences.append(sentence)


@pytest.fixture
def told() -> list[str]:
    reporter = Told()
    report_to(reporter)
    return reporter.sentences


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with `sentiment.csv` (60 rows, 부정 and 긍정) and `emotion.jsonl` (40 rows, several labels)."""
    monkeypatch.chdir(tmp_path)
    write_data(tmp_path)
    return tmp_path


def write_data(folder: Path) -> None:
    rows = [f"{'재밌는' if i % 2 else '지루한'} 이야기 {i},{'긍정' if i % 2 else '부정'}" for i in range(60)]
    (folder / "sentiment.csv").write_text("\n".join(["text,label", *rows]) + "\n", encoding="utf-8")
    known = (["기쁨"], ["슬픔"], ["기쁨", "슬픔"], ["없음", "기쁨"])
    lines = [{"text": f"{' '.join(known[i % 4])} 느낌 {i}", "label": known[i % 4]} for i in range(40)]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (folder / "emotion.jsonl").write_text(text + "\n", encoding="utf-8")


DATA = ["sentiment.csv", "emotion.jsonl"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    """A run of both corpora. Read only."""
    folder = tmp_path_factory.mktemp("together")
    write_data(folder)
    yield maeum.train([folder / name for name in DATA], out=folder / "run", mixing="even", **TINY)


def test_every_corpus_has_an_ordinary_run_folder(run: Run) -> None:
    places = {name: run.folder / "models" / name for name in ("sentiment", "emotion")}
    assert sorted(path.name for path in (run.folder / "models").iterdir()) == sorted(places)
    whole = {path.name for path in run.folder.iterdir()} - {"models"}
    for place in places.values():
        assert {path.name for path in place.iterdir()} == whole
    texts = ["재밌는 이야기", "슬픔", ""]
    first, second = (Run.open(place) for place in places.values())
    assert np.array_equal(run.model.predict(texts).probabilities, first.model.predict(texts).probabilities)
    assert tuple(second.model.labels) == ("기쁨", "슬픔", "없음") and second.model.task is Task.MULTI_LABEL
    assert maeum.load(places["emotion"]).labels.names == second.model.labels.names
    alone = [second.model.predict([text]).probabilities[0] for text in texts]
    assert np.allclose(alone, second.model.predict(texts).probabilities, atol=1e-6)


def test_the_written_trunks_are_identical_and_the_heads_are_not(run: Run) -> None:
    folders = [run.folder / "model", *(run.folder / "models" / name / "model" for name in ("sentiment", "emotion"))]
    main_one, first, second = (read_tensors(folder / "weights.safetensors") for folder in folders)
    assert all(np.array_equal(main_one[name], first[name]) for name in first)
    trunk = [name for name in first if name.startswith(("embedding.", "body."))]
    assert len(trunk) == 5 and all(np.array_equal(first[name], second[name]) for name in trunk)
    assert first["output.weight"].shape == (2, 8) and second["output.weight"].shape == (3, 8)


def test_metrics_of_each_corpus(run: Run) -> None:
    metrics = run.metrics
    assert list(metrics) == ["validation", "corpora"] and list(metrics["corpora"]) == ["sentiment", "emotion"]
    assert metrics["validation"] == metrics["corpora"]["sentiment"]
    for name, found in metrics["corpora"].items():
        assert Run.open(run.folder / "models" / name).metrics == {"validation": found}
    assert set(metrics["corpora"]["emotion"]["per_class"]) == {"기쁨", "슬픔", "없음"}


def test_history_has_columns_of_each_corpus(run: Run) -> None:
    history = run.history
    assert tuple(history.columns[: len(HISTORY_COLUMNS)]) == HISTORY_COLUMNS
    kinds = ("train_loss", "train_accuracy", "validation_loss", "validation_accuracy", "validation_macro_f1")
    names = [f"{kind}_{name}" for name in ("sentiment", "emotion") for kind in kinds]
    assert history.columns[len(HISTORY_COLUMNS) :] == names
    mean = (history["validation_loss_sentiment"] + history["validation_loss_emotion"]) / 2
    assert history["validation_loss"].to_list() == pytest.approx(mean.to_list())


def test_the_pages_name_the_other_corpora(run: Run) -> None:
    def plain(page: Path) -> str:
        return " ".join(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8")).split())

    page = plain(run.report)
    score = run.metrics["corpora"]["emotion"]["macro_f1"]
    assert (
        f"Trained together with: emotion 36 rows to train on, 4 to validate on; macro F1 {score:.4f}: "
        "models/emotion/report.html" in page
    )
    assert "The model shares its trunk with those of other corpora (emotion)." in page
    other = plain(run.folder / "models" / "emotion" / "report.html")
    assert "Trained together with: sentiment 54 rows to train on" in other
    assert "../../models/sentiment/report.html" in other


def test_texts_of_every_corpus_count_as_seen(run: Run) -> None:
    emotion = Run.open(run.folder / "models" / "emotion").seen()
    own = run.seen()
    assert all(np.array_equal(own[part], emotion[part]) for part in ("train", "validation"))
    assert len(own["train"]) == 54 + 36 and len(own["validation"]) == 6 + 4
    known = np.concatenate(list(own.values()))
    assert np.isin(text_hashes(["재밌는 이야기 1", "기쁨 느낌 0"]), known).all()


def test_the_environment_names_all_data(run: Run) -> None:
    data = run.environment["data"]
    assert data["train"]["rows"] == 54 and data["others"]["emotion"]["train"]["rows"] == 36
    assert Run.open(run.folder / "models" / "emotion").environment["data"]["train"]["rows"] == 36


def test_a_run_is_repeated_from_its_recipe(run: Run, here: Path) -> None:
    recipe = run.recipe
    assert [Path(name).name for name in (recipe.data.source, *recipe.data.also)] == DATA
    again = maeum.train(config=run.folder / "recipe.yaml", out=here / "again")
    for name in ("sentiment", "emotion"):
        one, other = (r.folder / "models" / name / "model" / "weights.safetensors" for r in (run, again))
        assert one.read_bytes() == other.read_bytes()
    assert again.metrics == run.metrics


# rows


def test_no_text_that_a_corpus_holds_out_is_learnt_through_another(here: Path, told: list[str]) -> None:
    lines = Path("sentiment.csv").read_text(encoding="utf-8").splitlines()[1:]
    kinds = (["기쁨"], ["슬픔", "없음"], ["없음"])  # other strata, so that other texts are held out
    both = [{"text": line.split(",")[0], "label": kinds[i // 25]} for i, line in enumerate(lines)]
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in both)
    Path("emotion.jsonl").write_text(text + "\n", encoding="utf-8")
    recipe = Recipe.from_keywords("cnn", {})
    recipe = recipe.model_copy(update={"data": recipe.data.model_copy(update={"source": DATA[0], "also": (DATA[1],)})})
    first = prepare(recipe)
    second = first.others["emotion"]
    assert first.name == "sentiment" and first.validation is not None and second.validation is not None
    held = {*first.validation.texts, *second.validation.texts}
    assert not held & {*first.train.texts, *second.train.texts}
    for name, one, other in (("sentiment", first, second), ("emotion", second, first)):
        assert other.validation is not None and one.validation is not None
        count = len(set(other.validation.texts) - set(one.validation.texts))
        assert count > 0
        assert len(one.train) == 60 - 6 - count and one.left_out == {"in_other_validation": count}
        assert (
            f"{name}: {count} rows left out of training, because their texts are held out to validate on elsewhere "
            f"({other.name or 'emotion'})." in told
        )


def test_a_corpus_without_a_row_left(here: Path) -> None:
    first = read("sentiment.csv")
    held = first.frame["text"].to_list()
    frame = pl.DataFrame({"id": [str(i) for i in range(60)], "text": held, "label": ["하나", "둘"] * 30})
    Path("held.csv").write_text("\n".join(["text,label", *(f"{text},긍정" for text in held)]) + "\n", encoding="utf-8")
    other = Dataset(frame, Task.SINGLE_LABEL, Labels(("하나", "둘")), "other")
    recipe = Recipe.from_keywords("cnn", {"validation": "held.csv"})
    data = recipe.data.model_copy(update={"source": "emotion.jsonl", "also": ("other",), "label_column": "label"})
    recipe = recipe.model_copy(update={"data": data})
    own = pl.DataFrame({"id": ["1", "2", "3", "4"], "text": ["가", "나", "다", "라"], "label": ["긍정", "부정"] * 2})
    with pytest.raises(DataError) as caught:
        prepare(recipe, (Dataset(own, Task.SINGLE_LABEL, Labels(("긍정", "부정")), "own"), other))
    assert str(caught.value) == (
        "Every text of 'other' is held out to validate on in another corpus (emotion), so nothing is left to train on. Leave "
        "'other' out."
    )


def read(name: str) -> Dataset:
    return maeum.dataset(name)


def test_a_separator_is_for_the_files_that_need_one(here: Path, told: list[str]) -> None:
    rows = [f"느낌 {i},{'기쁨;슬픔' if i % 2 else '없음'}" for i in range(40)]
    Path("emotion.csv").write_text("\n".join(["text,label", *rows]) + "\n", encoding="utf-8")
    recipe = Recipe.from_keywords("cnn", {"label_separator": ";"})
    data = recipe.data.model_copy(update={"source": "sentiment.csv", "also": ("emotion.csv",)})
    found = prepare(recipe.model_copy(update={"data": data}))
    assert found.train.task is Task.SINGLE_LABEL and found.others["emotion"].train.task is Task.MULTI_LABEL
    assert told[0] == (
        "sentiment.csv: no cell has two labels with ';' between them, so each of its texts has one label."
    )


def test_settings_of_files_are_not_for_corpora_and_stars_for_those_that_have_some(here: Path) -> None:
    rows = [f"{i} 이야기 {'좋다' if i % 2 else '싫다'},{10 if i % 2 else 1}" for i in range(40)]
    Path("mine.csv").write_text("\n".join(["감상,점수", *rows]) + "\n", encoding="utf-8")
    given = {"text_column": "감상", "label_column": "점수", "stars": "2", "limit": 30}
    recipe = Recipe.from_keywords("cnn", given)
    data = recipe.data.model_copy(update={"source": "mine.csv", "also": ("sample",)})
    found = prepare(recipe.model_copy(update={"data": data}))
    assert (
        tuple(found.train.labels or ()) == tuple(found.others["sample"].train.labels or ()) == ("negative", "positive")
    )
    assert len(found.train) == len(found.others["sample"].train) == 30  # the limit is each one's


def test_the_same_labels_are_said(here: Path, told: list[str]) -> None:
    Path("more.csv").write_text(Path("sentiment.csv").read_text(encoding="utf-8").replace("이야기", "영화"), "utf-8")
    recipe = Recipe.from_keywords("cnn", {})
    data = recipe.data.model_copy(update={"source": "sentiment.csv", "also": ("more.csv",)})
    prepare(recipe.model_copy(update={"data": data}))
    assert told[-1] == (
        "'sentiment' and 'more' have the same labels. Each gets a head of its own all the same; to have one head learn from "
        "both, put their rows into one file."
    )


@pytest.mark.parametrize(
    ("sources", "names"),
    [
        (("kote", "goemotions-ko:train"), ["kote", "goemotions-ko"]),
        (("a/reviews.csv", "b/Reviews.tsv", "c/reviews.x.csv"), ["reviews", "Reviews-2", "reviews-3"]),
        (("내 자료 (1).csv", "nsmc"), ["내-자료-1", "nsmc"]),
        (("nsmc.csv", "nsmc"), ["nsmc", "nsmc-2"]),
        (("...csv", "nsmc"), ["data", "nsmc"]),
    ],
)
def test_names(sources: tuple[str, ...], names: list[str]) -> None:
    recipe = Recipe.from_keywords("cnn", {})
    data = recipe.data.model_copy(update={"source": sources[0], "also": sources[1:]})
    assert names_of(recipe.model_copy(update={"data": data})) == names


def test_datasets_at_hand(run: Run, here: Path) -> None:
    other = maeum.train([read(name) for name in DATA], out="run", mixing="even", **TINY)
    assert [other.recipe.data.source, *other.recipe.data.also] == DATA
    weights = [(one.folder / "models/emotion/model/weights.safetensors").read_bytes() for one in (run, other)]
    assert weights[0] == weights[1]
    assert [one.environment["data"]["in_memory"] for one in (run, other)] == [False, True]


# the command line


def flags(**values: Any) -> list[str]:
    known = {**TINY, **values}
    return [
        part
        for name, value in known.items()
        for part in (
            f"--{name.replace('_', '-')}",
            ",".join(map(str, value)) if isinstance(value, list) else str(value),
        )
    ]


def test_data_are_repeated_on_the_command_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code = main(["train", "--data", DATA[0], "--data", DATA[1], *flags(corpus_weights="1,0.5"), "-o", "run"])
    said = capsys.readouterr().err
    assert code == 0, said
    run = Run.open("run")
    assert run.recipe.plain()["data"]["also"] == ["emotion.jsonl"]
    assert run.recipe.plain()["training"]["corpus_weights"] == [1.0, 0.5]
    for name, kind in (("sentiment", "accuracy"), ("emotion", "micro F1")):
        scores = run.metrics["corpora"][name]
        other = scores[kind.replace(" ", "_").lower()]
        line = f"{name}: validation macro F1 {scores['macro_f1']:.4f}, {kind} {other:.4f} → {Path('run/models') / name}"
        assert line in said
    assert "Batches of an epoch: 12; sentiment 7 (1.00 × its rows), emotion 5 (1.00 × its rows)." in said
    assert main(["predict", "재밌는 이야기", "--model", "run/models/emotion", "--format", "json"]) == 0
    assert '"p_없음"' in capsys.readouterr().out


def test_stopped_and_resumed_is_as_if_undisturbed(run: Run, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = run
    compute = GradientTrainer.compute_loss

    def stop(self: Any, *given: Any, **named: Any) -> Any:
        if self.state.global_step == 19:
            raise KeyboardInterrupt
        return compute(self, *given, **named)

    with monkeypatch.context() as patched:
        patched.setattr(GradientTrainer, "compute_loss", stop)
        with pytest.raises(KeyboardInterrupt):
            maeum.train(DATA, out="run", mixing="even", checkpoint_every=5, **TINY)
    assert pl.read_csv(".run.part/history.csv").width == len(HISTORY_COLUMNS) + 10
    text = Path("emotion.jsonl").read_text(encoding="utf-8")
    Path("emotion.jsonl").write_text(text.replace("느낌 0", "느낌 99"), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        maeum.train(out="run", resume=True)
    assert "emotion: " in str(caught.value) and "sentiment" not in str(caught.value)
    Path("emotion.jsonl").write_text(text, encoding="utf-8")
    again = maeum.train(out="run", resume=True)
    for name in ("sentiment", "emotion"):
        one, other = (folder / "models" / name / "model/weights.safetensors" for folder in (again.folder, whole.folder))
        assert one.read_bytes() == other.read_bytes()
    assert again.metrics == whole.metrics
    drop = ["seconds", "examples_per_s"]
    assert again.history.drop(drop).equals(whole.history.drop(drop))


def test_a_recipe_file_names_further_corpora(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("both.yaml").write_text(
        "data: {source: sentiment.csv, also: emotion.jsonl}\nmodel: {family: cnn}\ntraining: {mixing: sqrt}\n"
    )
    assert Recipe.load("both.yaml").data.also == ("emotion.jsonl",)
    assert main(["train", "--config", "both.yaml", "--model", "linear"]) == 2
    assert "but 'linear' learns nothing that could be shared" in capsys.readouterr().err
    assert main(["train", "--config", "both.yaml", "--data", "sentiment.csv"]) == 2  # what is typed are all of the data
    assert capsys.readouterr().err == (
        "--mixing: there is only one corpus. Name a second with another --data, or leave this out.\n"
    )
    assert main(["distill", "small", "--config", "both.yaml"]) == 2
    assert "A student learns from its teacher on one corpus, but there are several" in capsys.readouterr().err


TWICE = (
    " are the same corpus. Name each corpus once; how often its rows come is said by --mixing, how much they count by "
    "--corpus-weights."
)
SEEDS = (
    "--seeds 2: with several corpora one model is trained at a time. Leave --seeds out, and train again with another --seed "
    "and another -o."
)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ["--data", "sentiment.csv", "--data", "./sentiment.csv"],
            "'sentiment.csv' and './sentiment.csv'" + TWICE,
        ),
        (
            ["--data", "nsmc", "--data", "nsmc:test"],
            "'nsmc' and 'nsmc:test'" + TWICE,
        ),
        (
            ["--data", "sentiment.csv", "--data", ""],
            "One of the names of data is empty. Give each --data a corpus or a file.",
        ),
        (
            ["--data", *DATA[:1], "--data", *DATA[1:], "--seeds", "2"],
            SEEDS,
        ),
        (
            ["--data", *DATA[:1], "--data", *DATA[1:], "--mixing", "evenly"],
            "These settings cannot be used: 'mixing' cannot be 'evenly' (must be 'size', 'sqrt' or 'even')",
        ),
        (
            ["--data", *DATA[:1], "--data", *DATA[1:], "--corpus-weights", "1,0"],
            "These settings cannot be used: 'corpus_weights.1' cannot be '0' (must be greater than 0.0)",
        ),
        (
            ["sentiment.csv", "--data", "emotion.jsonl", "--data", "more.csv"],
            "Data were named twice: 'sentiment.csv' and --data 'emotion.jsonl, more.csv'. Name them once.",
        ),
        (
            ["--data", "nsmc", "--data", "kote", "--text-column", "review"],
            "--text-column",
        ),
    ],
)
def test_what_is_refused(here: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    assert main(["train", "--model", "cnn", *words, "-o", "run"]) == 2
    found = capsys.readouterr().err
    assert said in found if said.startswith("--text") else found == said + "\n"
    assert not Path("run").exists() and not Path(".run.part").exists()


def test_an_empty_list_is_no_data() -> None:
    with pytest.raises(UsageError):
        maeum.train([], model="cnn")
