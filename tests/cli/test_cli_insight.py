"""`maeum insight` as it is typed."""

import json

import polars as pl
import pytest

REVIEWS = [
    ("가", "정말 재미있게 봤어요", "2019-03-01", 10),
    ("가", "최고의 작품", "2019.3.2.", 9),
    ("나", "돈이 아까운 영화", "3일 전", 1),
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "리뷰.csv"
    pl.DataFrame(REVIEWS, schema=["영화", "리뷰", "작성일", "평점"], orient="row").write_csv(path)
    return path


def test_tables_and_page_of_a_file(cli, file, tmp_path):
    out = tmp_path / "out"
    answer = cli("insight", file, "-o", out, "--model", "fast", "--min-reviews", "2", "--seed", "7")
    assert answer.code == 0, answer.err
    assert "가" in answer.out
    assert "1 (too few)" in answer.out
    assert "Columns found by their names: text = '리뷰', title = '영화', date = '작성일', stars = '평점'." in answer.err
    assert "1 of 2 titles have fewer than 2 reviews and are shown as too few." in answer.err
    assert f"Written: {out / 'index.html'}" in answer.err.replace("\n", "")
    assert sorted(path.name for path in out.iterdir()) == [
        "distances.parquet",
        "emotions.parquet",
        "index.html",
        "insight.json",
        "reviews.parquet",
        "sources.parquet",
        "timeline.parquet",
        "titles.parquet",
        "words.parquet",
    ]
    assert json.loads((out / "insight.json").read_text(encoding="utf-8"))["settings"]["seed"] == 7


def test_json_is_alone_on_standard_output(cli, file, tmp_path):
    answer = cli("--quiet", "insight", file, "-o", tmp_path / "out", "--model", "fast", "--format", "json")
    assert json.loads(answer.out)["counts"]["reviews"] == 3
    assert answer.err == ""


def test_korean_summary(cli, file, tmp_path):
    answer = cli("--lang", "ko", "insight", file, "-o", tmp_path / "out", "--model", "fast", "--no-day-first")
    assert answer.code == 0
    assert "1(너무 적음)" in answer.out
    assert "제목 2개 모두 리뷰가 30개보다 적습니다." in answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--title-column", "영하"), "No column '영하'"),
        (("--date-column", "날짜"), "--date-column"),
        (("--choose", "oldest"), "choose"),
        (("--what", "mood"), "--what takes sentiment, emotion, or both joined by a comma; found 'mood'."),
        (("--rating-scale", "7"), "rating_scale"),
        (
            ("--emotion-model", "x", "--what", "sentiment"),
            "An emotion model was named, but --what sentiment does not ask",
        ),
    ],
)
def test_what_cannot_be_done_is_one_sentence(refused, file, tmp_path, words, said):
    english, _ = refused("insight", file, "-o", tmp_path / "out", "--model", "fast", *words)
    assert said in english
    assert not (tmp_path / "out").exists()


def test_a_label_file_that_is_not_kotes(refused, file, tmp_path):
    labels = tmp_path / "labels.txt"
    labels.write_text("기쁨\n슬픔\n", encoding="utf-8")
    words = ("--what", "sentiment,emotion", "--emotion-labels", labels)
    english, _ = refused("insight", file, "-o", tmp_path / "out", "--model", "fast", *words)
    assert english.startswith(
        f"The labels of '{labels}' are not KOTE's 44 emotions: 2 labels. Unknown: –. Missing: 불평/불만"
    )
