"""`insight` over tables whose every figure is known, with models that say what is written in the text."""

import json
import re
import unicodedata
from pathlib import Path

import numpy as np
import polars as pl
import pytest

import maeum
import maeum.audience.choosing as choosing
import maeum.audience.running as running
import maeum.audience.spill as spill
import maeum.audience.survey as survey
from maeum.audience.emotions import KOTE_LABELS
from maeum.audience.tables import TABLES, schema_of
from maeum.errors import DataError, LabelError, ModelError, OutputError, RecipeError, UsageError
from maeum.progress import Silent, report_to
from maeum.schema import ClassPredictions, Labels, Task

FEAR, JOY, NONE = "공포/무서움", "기쁨", "없음"


class Says:
    """Positive with the number after `p` in a text: "p80" is 0.8."""

    task, labels, parallel = Task.SINGLE_LABEL, Labels(("부정", "긍정")), False

    def predict(self, texts):
        found = np.array([float(re.search(r"p(\d+)", text)[1]) / 100 for text in texts]).reshape(-1, 1)
        return ClassPredictions(self.labels, np.hstack([1 - found, found]))

    def save(self, folder):
        Path(folder).mkdir()
        (Path(folder) / "says").write_text("says")
        return folder


class SaysFast(Says):
    parallel = True


class Feels:
    """Fear, joy and none as the numbers after `f`, `j`, `n`; labels in reverse order."""

    task, labels, thresholds = Task.MULTI_LABEL, Labels(tuple(reversed(KOTE_LABELS.names))), None

    def predict(self, texts):
        values = np.zeros((len(texts), 44), np.float32)
        for row, text in enumerate(texts):
            for letter, label in (("f", FEAR), ("j", JOY), ("n", NONE)):
                if found := re.search(rf"\b{letter}(\d+)", text):
                    values[row, self.labels.index_of[label]] = int(found[1]) / 100
        return ClassPredictions(self.labels, values, several=True)

    def save(self, folder):
        Path(folder).mkdir()
        (Path(folder) / "feels").write_text("feels")
        return folder


def frame(rows):
    return pl.DataFrame(rows, schema=["title", "source", "date", "rating", "review"], orient="row")


ROWS = [
    ("가", "왓챠", "2019-03-01", 10, "p90 f80 j20 소름"),
    ("가", "왓챠", "19.03.02", 8, "p70 f60 j40 소름"),
    ("가", "네이버", "2019년 4월 1일", 2, "p20 f10 j10"),
    ("나", "네이버", "3일 전", 9, "p80 j90 사랑"),
    ("나", "네이버", "???", 11, "p60 j70 n80 사랑"),
]


@pytest.fixture
def said():
    sentences = []

    class Listener(Silent):
        def say(self, sentence):
            sentences.append(sentence)

    report_to(Listener())
    yield sentences
    report_to(Silent())


def look(tmp_path, rows=ROWS, name="out", **settings):
    source = frame(rows) if isinstance(rows, list) else rows
    how = {"model": Says(), "emotion_model": Feels(), "min_reviews": 2, **settings}
    return maeum.insight(source, out=tmp_path / name, **how)


def test_figures_of_titles_by_hand(tmp_path):
    first, second = look(tmp_path).titles.iter_rows(named=True)
    assert (first["title"], first["sources"], first["n"], first["used"], first["too_few"], first["dated"]) == (
        "가",
        2,
        3,
        3,
        False,
        3,
    )
    assert (str(first["first_date"]), str(first["last_date"])) == ("2019-03-01", "2019-04-01")
    assert (first["stars_n"], first["stars"]) == (3, pytest.approx(20 / 3))
    assert (first["sentiment_n"], first["positive_share"], first["negative_share"]) == (
        3,
        pytest.approx(2 / 3),
        pytest.approx(1 / 3),
    )
    assert first["positivity"] == pytest.approx(0.6)
    half = 1.959964 * np.std([0.9, 0.7, 0.2], ddof=1) / 3**0.5
    assert (first["positivity_low"], first["positivity_high"]) == (
        pytest.approx(0.6 - half, abs=1e-6),
        pytest.approx(min(0.6 + half, 1), abs=1e-6),
    )
    assert first[f"e_{FEAR}"] == pytest.approx(0.5)
    assert first[f"e_{JOY}"] == pytest.approx(0.7 / 3)
    assert first["valence"] == pytest.approx((0.5 * -0.5 + 0.7 / 3 * 0.9) / (0.5 + 0.7 / 3))
    assert (second["n"], second["dated"], second["stars_n"], second["stars"], second["none_share"]) == (
        2,
        0,
        1,
        9.0,
        0.5,
    )


def test_tables_have_exactly_their_columns(tmp_path):
    found = look(tmp_path)
    for name in TABLES:
        assert dict(found.table(name).schema) == schema_of(name, emotions=True), name
    with pytest.raises(UsageError, match=r"There is no table 'title'. Did you mean 'titles'\?"):
        found.table("title")


def test_emotions_of_titles_sources_and_everything(tmp_path):
    emotions = look(tmp_path).table("emotions")

    def mean(title, source, name):
        row = emotions.filter(
            pl.col("title").eq_missing(title) & pl.col("source").eq_missing(source) & (pl.col("emotion") == name)
        )
        assert row.height == 1
        return row.row(0, named=True)

    assert mean("가", None, FEAR)["mean"] == pytest.approx(0.5)
    assert mean("가", "왓챠", FEAR)["mean"] == pytest.approx(0.7)
    assert mean("가", "네이버", FEAR)["n"] == 1
    assert mean("가", "네이버", FEAR)["low"] is None
    assert mean(None, None, JOY)["mean"] == pytest.approx((20 + 40 + 10 + 90 + 70) / 500)
    assert mean(None, "네이버", JOY)["mean"] == pytest.approx((10 + 90 + 70) / 300)
    assert mean("가", None, "fear")["level"] == "basic"
    assert mean("나", None, "objective")["mean"] == pytest.approx(0.4)
    row = mean("가", None, FEAR)
    assert 0.1 <= row["low"] < 0.5 < row["high"] <= 0.8001


def test_reviews_that_show_nothing_may_be_left_out(tmp_path):
    counted = look(tmp_path).titles.filter(pl.col("title") == "나")
    left = look(tmp_path, name="left", count_none=False)
    assert counted[f"e_{JOY}"].item() == pytest.approx(0.8)
    assert left.titles.filter(pl.col("title") == "나")[f"e_{JOY}"].item() == pytest.approx(0.9)
    assert left.facts["settings"]["count_none"] is False
    assert (
        "Reviews whose strongest emotion is '없음' (none) are left out of the emotions' means." in left.facts["notes"]
    )


def test_timeline_words_examples_and_distances(tmp_path):
    rows = [
        *ROWS,
        *[("가", "왓챠", "2019-03-05", 10, "p90 f80 소름 소름")] * 4,
        *[("나", "네이버", None, 9, "p80 j90 사랑")] * 4,
    ]
    found = look(tmp_path, rows, period="month")
    march = (
        found.table("timeline").filter((pl.col("title") == "가") & (pl.col("period") == "2019-03")).row(0, named=True)
    )
    assert (march["n"], march["used"], march["stars"], march["unit"]) == (6, 6, pytest.approx(58 / 6), "month")
    assert march["positivity"] == pytest.approx((90 * 5 + 70) / 600)
    assert march[f"e_{FEAR}"] == pytest.approx((80 * 5 + 60) / 600)
    whole = found.table("timeline").filter(pl.col("title").is_null())
    assert whole.select("period", "n").rows() == [("2019-03", 6), ("2019-04", 1)]
    words = found.table("words").filter(pl.col("kind") == "title")
    assert words.filter(pl.col("rank") == 1).select("title", "word", "n", "n_rest").rows() == [
        ("가", "소름", 10, 0),
        ("나", "사랑", 6, 0),
    ]
    fear = found.table("words").filter(pl.col("label") == FEAR)
    assert fear["word"].to_list()[:1] == ["소름"]
    review = (
        found.table("reviews")
        .filter((pl.col("title") == "가") & (pl.col("label") == FEAR) & (pl.col("rank") == 1))
        .row(0, named=True)
    )
    assert (review["text"], review["intensity"], review["positivity"], review["stars"], review["row"]) == (
        "p90 f80 j20 소름",
        pytest.approx(0.8),
        pytest.approx(0.9),
        10.0,
        1,
    )
    assert found.table("reviews").filter(pl.col("label") == "negative")["text"].to_list() == ["p20 f10 j10"]
    distances = found.table("distances")
    assert distances.filter(pl.col("kind") == "title").select("title", "other_title", "rank").rows() == [
        ("가", "나", 1),
        ("나", "가", 1),
    ]
    assert set(distances.filter(pl.col("kind") == "source")["source"]) == {"왓챠", "네이버"}


def test_what_was_left_out_is_counted_and_said(tmp_path, said):
    rows = [*ROWS, ("", "왓챠", None, None, "p10"), ("가", None, "03/01/2019", "별로", "  ")]
    rows = [(t, s, d, None if r is None else str(r), text) for t, s, d, r, text in rows]
    found = look(tmp_path, rows)
    assert found.facts["left_out"] == {
        "unreadable_rows": 0, "no_text": 1, "no_title": 1, "dates_unreadable": 1, "dates_relative": 1, "dates_ambiguous": 0,
        "ratings_unreadable": 0, "ratings_out_of_range": 1,
    }  # fmt: skip
    assert said == [
        "Columns found by their names: text = 'review', title = 'title', source = 'source', date = 'date', stars = 'rating'.",
        "Rows without text, left out: 1.",
        "Reviews without a title, left out: 1.",
        "Dates such as '3일 전' cannot be resolved, for the day they were written is not known: 1. Their reviews count in everything but the timeline.",
        "Dates that could not be read: 1 (such as ???). Their reviews count in everything but the timeline.",
        "Stars off the scale of 10, left out of means and agreement: 1.",
        "Reviews whose strongest emotion is '없음' (none) count in the emotions' means.",
    ]
    assert found.facts["notes"] == said[1:]


def test_titles_in_other_forms_are_joined_and_said(tmp_path, said):
    nfd = unicodedata.normalize("NFD", "겨울왕국")
    rows = [
        ("겨울 왕국", "a", None, 9, "p90 j50"),
        ("겨울왕국", "a", None, 9, "p90 j50"),
        ("겨울왕국", "a", None, 9, "p90"),
        (nfd, "a ", None, 9, "p90"),
    ]
    found = look(tmp_path, rows)
    assert found.titles.select("title", "n").rows() == [("겨울왕국", 4)]
    assert (
        f"Titles that differ only in Unicode form or spaces were joined (1): '겨울왕국' ← '겨울왕국' (2), '겨울 왕국' (1), '{nfd}' (NFD, 1)"
        in said
    )
    assert found.facts["joined"][0]["spellings"][2] == {"spelling": nfd, "form": "NFD", "n": 1}
    assert found.facts["joined_sources"][0]["title"] == "a"


def test_all_titles_too_few_still_gives_tables(tmp_path, said):
    found = look(tmp_path, min_reviews=30)
    assert found.titles["too_few"].to_list() == [True, True]
    assert found.titles[f"e_{FEAR}"][0] == pytest.approx(0.5)
    assert found.table("distances").filter(pl.col("kind") == "title").height == 0
    assert any(sentence.startswith("All 2 titles have fewer than 30 reviews.") for sentence in said)


def test_sentiment_alone_has_no_columns_of_emotions(tmp_path):
    found = look(tmp_path, what="sentiment", emotion_model=None)
    for name in TABLES:
        assert dict(found.table(name).schema) == schema_of(name, emotions=False), name
    assert found.facts["what"] == ["sentiment"]
    assert found.facts["emotions"] == []
    assert found.table("emotions").height == 0
    assert any(note.startswith("Emotions were not asked for") for note in found.facts["notes"])
    emotion = look(tmp_path, what=["emotion"], name="felt")
    assert emotion.titles["positivity"].null_count() == 2
    assert emotion.facts["agreement"] is None


def many():
    random = np.random.default_rng(5)
    return [
        (f"제목{t}", f"곳{s}", f"20{y:02}-{m:02}-01", int(r), f"p{p} f{f} j{j} 말{p % 7}하다")
        for t, s, y, m, r, p, f, j in random.integers(
            [0, 0, 10, 1, 1, 0, 0, 0], [6, 3, 14, 13, 11, 101, 101, 101], (700, 8)
        )
    ]


@pytest.mark.parametrize("model", [Says(), SaysFast()])
def test_streaming_gives_what_all_at_once_gives(tmp_path, monkeypatch, model):
    whole = look(tmp_path, many(), model=model, max_reviews=25)
    monkeypatch.setattr(survey, "BLOCK", 64)
    monkeypatch.setattr(spill, "SIZE", 100)
    monkeypatch.setattr(running, "PENDING", 10)
    monkeypatch.setattr(choosing.Chooser.__init__, "__defaults__", (50,))
    parts = look(tmp_path, many(), name="parts", model=model, max_reviews=25)
    for name in TABLES:
        first, second = whole.table(name), parts.table(name)
        assert first.height == second.height > 0, name
        for column in first.columns:
            if first[column].dtype == pl.Float32:
                assert np.allclose(first[column].to_numpy(), second[column].to_numpy(), atol=1e-6, equal_nan=True), (
                    name,
                    column,
                )
            else:
                assert first[column].equals(second[column], null_equal=True), (name, column)
    assert whole.titles["used"].max() <= 75
    assert whole.facts["sentiment_on"] == ("all" if model.parallel else "used")
    assert whole.titles["sentiment_n"].sum() == (700 if model.parallel else whole.titles["used"].sum())


def test_the_seed_decides_which_reviews_are_used(tmp_path):
    def used(name, **settings):
        return look(tmp_path, many(), name=name, max_reviews=5, choose="random", what="emotion", **settings).titles

    assert used("a").equals(used("b"))
    assert not used("c", seed=1).equals(used("a2"))


def test_csv_files_are_read_as_predict_reads_them(tmp_path):
    file = tmp_path / "리뷰.csv"
    lines = [
        "영화,리뷰,작성일,별점",
        "가,p90 f10,2019.03.01,★★★★★",
        "가,p70,2019. 3. 2.,★★★★",
        '가,"p10,a",1551366000,4점',
    ]
    file.write_text("\n".join(lines), encoding="cp949")
    found = look(tmp_path, file, emotion_model=Feels())
    row = found.titles.row(0, named=True)
    assert (row["title"], row["n"], row["dated"], row["stars"]) == ("가", 3, 3, pytest.approx(13 / 3))
    assert found.facts["rating_scale"] == 5
    assert found.facts["data"]["columns"] == {
        "text": "리뷰",
        "title": "영화",
        "source": None,
        "date": "작성일",
        "rating": "별점",
    }
    assert found.page.is_file()


def test_refusals(tmp_path):
    def refused(kind, rows=ROWS, **settings):
        with pytest.raises(kind) as error:
            look(tmp_path, rows, **settings)
        assert not (tmp_path / "out").exists()
        return str(error.value)

    assert refused(ModelError, model=Feels()) == (
        "'Feels' cannot judge sentiment: one of its labels must mean negative and one positive. Labels: "
        + ", ".join(Feels.labels.names[:10])
        + " … (+34)"
    )
    assert refused(ModelError, emotion_model=Says()) == (
        "'Says' cannot judge emotions: it answers the task single_label, and several labels per text (multi_label) are needed."
    )
    other = Feels()
    other.labels = Labels(("안심/실뢰", *KOTE_LABELS.names[:-1]))
    assert "Unknown: 안심/실뢰. Did you mean '안심/신뢰'? Missing: 안심/신뢰." in refused(
        LabelError, emotion_model=other
    )
    assert refused(UsageError, what="sentiment,emotions") == (
        "--what takes sentiment, emotion, or both joined by a comma; found 'emotions'. Did you mean 'emotion'? Known: "
        "sentiment,emotion"
    )
    assert refused(UsageError, what="sentiment").startswith(
        "An emotion model was named, but --what sentiment does not ask for"
    )
    undated = frame(ROWS).drop("date")
    assert refused(UsageError, undated, choose="newest").startswith(
        "--choose newest needs dates, and 'table' has no column"
    )
    empty = frame([("", None, None, None, "p10"), ("가", None, None, None, " ")])
    assert refused(DataError, empty) == (
        "None of the 2 rows of 'table' can be used: without text 1, without title 1, unreadable 0. Look at the columns that were "
        "taken for text and title, or name others."
    )
    assert refused(DataError, "nsmc").startswith("The reviews of 'nsmc' do not say what they are about")
    assert refused(DataError, "nsmc-ra").startswith(
        "'nsmc-ra' is neither a file nor a corpus with titles. Did you mean 'nsmc-raw'?"
    )
    assert (
        refused(UsageError, "sample:test")
        == "insight reads all of 'sample'; nothing is trained on it. Leave ':test' out."
    )
    assert "title_column" in refused(RecipeError, titel_column="x")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("x")
    with pytest.raises(OutputError):
        look(tmp_path)
    with pytest.raises(OutputError):
        look(tmp_path, overwrite=True)
    assert (tmp_path / "out" / "mine.txt").is_file()


def test_overwriting_replaces_and_an_interrupt_leaves_nothing(tmp_path):
    look(tmp_path)
    before = (tmp_path / "out" / "insight.json").read_text(encoding="utf-8")

    class Interrupted(Feels):
        def predict(self, texts):
            if texts:
                raise KeyboardInterrupt
            return super().predict(texts)

    with pytest.raises(KeyboardInterrupt):
        look(tmp_path, emotion_model=Interrupted(), overwrite=True)
    assert (tmp_path / "out" / "insight.json").read_text(encoding="utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert look(tmp_path, overwrite=True, seed=9).facts["settings"]["seed"] == 9


def test_the_sample_with_fast(tmp_path):
    found = maeum.insight("sample", out=tmp_path / "out", model="fast")
    assert found.facts["what"] == ["sentiment"]
    assert found.facts["counts"]["reviews"] == 672
    assert found.facts["counts"]["titles"] == 24
    assert json.loads((tmp_path / "out" / "insight.json").read_text(encoding="utf-8")) == found.facts


def test_predict_adds_emotions(tmp_path):
    found = maeum.predict(["p90 f80 j60", "p10"], model=Says(), what="sentiment,emotion", emotion_model=Feels())
    assert found.columns[:5] == ["text", "predicted", "confidence", "p_부정", "p_긍정"]
    assert found.columns[5:50] == ["emotion", *(f"e_{label}" for label in KOTE_LABELS)]
    assert found["emotion"].to_list() == [f"{FEAR}|{JOY}", ""]
    assert found[f"e_{FEAR}"].to_list() == pytest.approx([0.8, 0.0])
    alone = maeum.predict(["p90 f80 j60", "p10"], model=Says())
    assert alone.equals(found.select(alone.columns))
    file = tmp_path / "a.csv"
    file.write_text("review\np90 f80 j60\np10\n", encoding="utf-8")
    maeum.predict(file, model=Says(), emotion_model=Feels(), out=tmp_path / "b.parquet")
    assert pl.read_parquet(tmp_path / "b.parquet").drop("review").equals(found.drop("text"))
    with pytest.raises(UsageError, match="--what emotion adds emotions to the sentiment"):
        maeum.predict(["p90"], model=Says(), what="emotion", emotion_model=Feels())
    with pytest.raises(DataError, match="already has columns"):
        pl.DataFrame({"review": ["p1"], "emotion": ["x"]}).write_csv(tmp_path / "c.csv")
        maeum.predict(tmp_path / "c.csv", model=Says(), emotion_model=Feels())
