"""`maeum predict`: what is printed, what is written, from texts, files and standard input."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest

import maeum
from maeum.cli.predict import _print_table, find_source, shown_columns
from maeum.errors import UsageError

TEXTS = ["이 영화 진짜 재밌다", "시간이 아깝다, 최악", "👍 굿", '"따옴표", 쉼표']
COLUMNS = ["text", "predicted", "confidence", "p_negative", "p_positive", "error"]


@pytest.fixture
def stdin(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Put bytes on standard input."""

    def put(content: bytes) -> None:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))

    return put


@pytest.fixture
def model(sample_run: Any) -> Path:
    return sample_run.folder


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "in.csv"
    path.write_text('title,review,stars\n가,재밌다,5\n나,"최악, 진짜",1\n다,,3\n', encoding="utf-8")
    return path


def from_jsonl(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def test_json_is_alone_on_standard_output_and_equals_python(cli: Any, model: Path, sample_run: Any) -> None:
    answer = cli("predict", *TEXTS, "--model", model, "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    rows = json.loads(answer.out)
    assert [list(row) for row in rows] == [COLUMNS] * 4
    assert [row["text"] for row in rows] == TEXTS
    python = sample_run.model.predict(TEXTS)
    assert [row["predicted"] for row in rows] == python.top
    np.testing.assert_allclose([row["confidence"] for row in rows], python.confidence, atol=5e-7)
    printed = [[row["p_negative"], row["p_positive"]] for row in rows]
    np.testing.assert_allclose(printed, python.probabilities, atol=5e-7)
    assert all(row["error"] is None for row in rows)


def test_all_formats_hold_the_same(model: Path, capfdbinary: Any) -> None:
    def printed(name: str) -> bytes:
        from maeum.cli.main import main

        capfdbinary.readouterr()
        assert main(["predict", *TEXTS, "--model", str(model), "--format", name]) == 0
        found = capfdbinary.readouterr()
        assert found.err == b""
        return found.out

    rows = json.loads(printed("json"))
    assert from_jsonl(printed("jsonl").decode()) == rows
    csv = pl.read_csv(io.BytesIO(printed("csv")))
    assert csv.columns == COLUMNS
    assert csv["text"].to_list() == TEXTS
    np.testing.assert_allclose(csv["p_positive"], [row["p_positive"] for row in rows], atol=1e-6)
    parquet = pl.read_parquet(io.BytesIO(printed("parquet")))
    assert parquet.columns == COLUMNS
    assert parquet.schema["confidence"] == pl.Float32
    assert parquet["predicted"].to_list() == [row["predicted"] for row in rows]


def test_a_table_is_shown_when_no_format_is_named(cli: Any, model: Path) -> None:
    answer = cli("predict", "이 영화 진짜 재밌다", "--model", model)
    lines = [line.split() for line in answer.out.strip().split("\n")]
    assert lines[0] == COLUMNS[:-1]  # no error, no column of errors
    row = json.loads(cli("predict", "이 영화 진짜 재밌다", "--model", model, "--format", "json").out)[0]
    numbers = [f"{row[name]:.4f}" for name in ("confidence", "p_negative", "p_positive")]
    assert lines[2] == ["이", "영화", "진짜", "재밌다", row["predicted"], *numbers]


@pytest.mark.parametrize("texts", [TEXTS, ["재밌다", "", "  "], ["좋다"] * 60, ["두\n줄", "[red]표시[/red]"]])
def test_typed_texts_are_shown_as_a_frame_of_them_is(cli: Any, model: Path, capsys: Any, texts: list[str]) -> None:
    typed = cli("predict", *texts, "--model", model)
    capsys.readouterr()
    frame = maeum.predict(texts, model=model)
    _print_table(frame)
    expected = capsys.readouterr()
    assert typed.out == expected.out
    assert ("Rows without text: 2." in typed.err) is ("" in texts)
    assert ("Rows not shown: 10." in typed.err) is (len(texts) == 60)


def test_probabilities_of_many_labels_are_not_poured_on_a_screen(cli: Any, tmp_path: Path) -> None:
    path = tmp_path / "many.csv"
    rows = [f"{word} {n},{word}" for word in "가나다라마바사아자차카타" for n in range(4)]
    path.write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    assert cli("train", path, "-o", tmp_path / "run", "--model", "linear").code == 0
    answer = cli("predict", "나 1", "--model", tmp_path / "run")
    assert next(line.split() for line in answer.out.strip().split("\n")) == COLUMNS[:3]
    assert answer.err.startswith("Columns not shown: p_가, p_나")


def test_typed_texts_load_no_table_library(model: Path) -> None:
    code = f"import sys; from maeum.cli.main import main; main(['predict', '재밌다', '--model', {str(model)!r}]); "
    code += "print(*sorted({'polars', 'pandas', 'sklearn', 'torch'} & {*sys.modules}), sep=',')"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.splitlines()[-1] == ""


def test_parquet_is_not_poured_on_a_screen(refused: Any, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maeum.cli.predict.sys.stdout.isatty", lambda: True, raising=False)
    said = refused("predict", "재밌다", "--model", model, "--format", "parquet")
    assert said[0] == (
        "--format parquet cannot be shown on a screen. Write it with -o FILE.parquet, or send it to a file or a pipe."
    )


def test_one_by_one_and_all_at_once_are_the_same(cli: Any, model: Path) -> None:
    together = json.loads(cli("predict", *TEXTS, "--model", model, "--format", "json").out)
    apart = [json.loads(cli("predict", "--text", text, "--model", model, "--format", "json").out)[0] for text in TEXTS]
    assert apart == together


def test_the_model_folder_inside_a_run_is_the_same_model(cli: Any, model: Path) -> None:
    inside = cli("predict", *TEXTS, "--model", model / "model", "--format", "json")
    assert inside == cli("predict", *TEXTS, "--model", model, "--format", "json")


def test_an_empty_text_gets_the_prior(cli: Any, model: Path, sample_run: Any) -> None:
    answer = cli("predict", "", "   ", "재밌다", "--model", model, "--format", "json")
    rows = json.loads(answer.out)
    labels = sample_run.environment["data"]["train"]["labels"]
    prior = labels["positive"] / sum(labels.values())
    assert rows[0]["p_positive"] == rows[1]["p_positive"] == pytest.approx(prior, abs=1e-6)
    assert rows[2]["p_positive"] != pytest.approx(prior, abs=1e-3)
    assert answer.err == "Rows without text: 2. They get the model's prior (how frequent each label was in training).\n"
    assert cli("predict", "", "--model", model, "--format", "json").code == 0


def test_a_file_keeps_its_columns_and_rows_in_order(cli: Any, model: Path, table: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    answer = cli("predict", table, "--model", model, "-o", out)
    assert (answer.code, answer.out) == (0, "")
    assert answer.err.endswith(f"Written: {out}\n")
    assert out.read_bytes().startswith(b"\xef\xbb\xbftitle,review,stars,predicted,")  # Excel needs the mark
    written = pl.read_csv(out)
    assert written.columns == ["title", "review", "stars", *COLUMNS[1:]]
    assert written["title"].to_list() == ["가", "나", "다"]
    assert written["review"].to_list() == ["재밌다", "최악, 진짜", None]
    texts = json.loads(cli("predict", "재밌다", "최악, 진짜", "", "--model", model, "--format", "json").out)
    assert written["predicted"].to_list() == [row["predicted"] for row in texts]
    np.testing.assert_allclose(written["p_positive"], [row["p_positive"] for row in texts], atol=1e-6)


@pytest.mark.parametrize("suffix", [".tsv", ".jsonl", ".json", ".parquet"])
def test_other_files_to_write(cli: Any, model: Path, table: Path, tmp_path: Path, suffix: str) -> None:
    out = tmp_path / f"new/folder/out{suffix}"
    assert cli("predict", table, "--model", model, "-o", out).code == 0
    reader = {
        ".tsv": lambda: pl.read_csv(out, separator="\t"),
        ".jsonl": lambda: pl.read_ndjson(out),
        ".json": lambda: pl.read_json(out),
        ".parquet": lambda: pl.read_parquet(out),
    }[suffix]
    written = reader()
    assert written.columns == ["title", "review", "stars", *COLUMNS[1:]]
    assert written["title"].to_list() == ["가", "나", "다"]
    assert (out.read_bytes()[:3] == b"\xef\xbb\xbf") == (suffix == ".tsv")


def test_what_is_written_can_be_printed_too(cli: Any, model: Path, tmp_path: Path) -> None:
    answer = cli("predict", "재밌다", "--model", model, "-o", tmp_path / "a.csv", "--format", "json")
    assert json.loads(answer.out)[0]["text"] == "재밌다"
    assert (tmp_path / "a.csv").is_file()


def test_an_encoding_that_lacks_characters_counts_them(cli: Any, model: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    answer = cli("predict", "굿👍👍", "뷁 좋다", "ABC", "--model", model, "-o", out, "--output-encoding", "cp949")
    assert answer.code == 0
    assert answer.err.startswith(
        "2 character(s) in 1 line(s) do not exist in cp949 and were written as '?': 👍\nWritten: "
    )
    assert out.read_bytes().decode("cp949").split("\n")[1].startswith("굿??,")
    assert out.read_bytes().decode("cp949").split("\n")[2].startswith("뷁 좋다,")


def test_a_path_is_a_file_unless_it_is_said_to_be_a_text(cli: Any, model: Path, here: Path) -> None:
    (here / "a.txt").write_text("재밌다\n최악\n", encoding="utf-8")
    as_file = json.loads(cli("predict", "a.txt", "--model", model, "--format", "json").out)
    assert [row["text"] for row in as_file] == ["재밌다", "최악"]
    as_text = json.loads(cli("predict", "--text", "a.txt", "--model", model, "--format", "json").out)
    assert [row["text"] for row in as_text] == ["a.txt"]
    assert [
        row["text"] for row in json.loads(cli("predict", "--text", "-", "--model", model, "--format", "json").out)
    ] == ["-"]


def test_a_missing_file_is_not_a_text(refused: Any, model: Path, here: Path) -> None:
    (here / "reviews.csv").write_text("text\n좋다\n", encoding="utf-8")
    said = refused("predict", "review.csv", "--model", model)
    assert said[0] == (
        "A file was expected at 'review.csv', but nothing is there. Did you mean 'reviews.csv'? Check the "
        "name, or give the whole path."
    )
    assert said[1].startswith("'review.csv'에 파일이 있어야 하나 없습니다. 혹시 'reviews.csv'를 찾으셨나요?")


def test_texts_that_only_look_a_little_like_files(model: Path) -> None:
    long = "가" * 5000
    for word in (long, "재밌다.", "3.5", "a\0b", "후기\n.csv"):
        assert find_source([word], as_text=False) == [word]
    assert find_source(["reviews.CSV"], as_text=False) == "reviews.CSV"
    assert find_source(["a.csv", "b.csv"], as_text=False) == ["a.csv", "b.csv"]  # neither is there, so they are texts


def test_files_are_given_one_at_a_time(refused: Any, cli: Any, model: Path, here: Path) -> None:
    (here / "a.csv").write_text("text\n좋다\n", encoding="utf-8")
    said = refused("predict", "재밌다", "a.csv", "--model", model)
    assert said[0] == (
        "Several arguments were given, and 'a.csv' exists as a file or folder. Give one file at a time, or add "
        "--text if all of them are texts."
    )
    assert cli("predict", "--text", "재밌다", "a.csv", "--model", model, "--format", "csv").code == 0


def test_standard_input_is_one_text_a_line(cli: Any, model: Path, stdin: Any) -> None:
    content = "재밌다\r\n\n한 줄\u2028이다\n최악\n\n"
    for words in (["-"], []):
        stdin(content.encode())
        rows = json.loads(cli("predict", *words, "--model", model, "--format", "json").out)
        assert [row["text"] for row in rows] == ["재밌다", "", "한 줄\u2028이다", "최악"]
    stdin("재밌다\n최악\n".encode("cp949"))
    rows = json.loads(cli("predict", "-", "--model", model, "--format", "json").out)
    assert [row["text"] for row in rows] == ["재밌다", "최악"]
    assert rows == json.loads(cli("predict", "재밌다", "최악", "--model", model, "--format", "json").out)


def test_a_line_of_standard_input_that_cannot_be_read(cli: Any, model: Path, stdin: Any) -> None:
    stdin("재밌다\n".encode() + b"\xff\xfe\xfd\n" + "최악\n".encode())
    answer = cli("predict", "-", "--encoding", "utf-8", "--model", model, "--format", "json")
    rows = json.loads(answer.out)
    assert [row["predicted"] is None for row in rows] == [False, True, False]
    assert rows[1]["error"] == "bytes that are no text in the file's encoding: \ufffd\ufffd\ufffd"
    assert answer.err.startswith("Rows that could not be read get no answer and say why in the column 'error': 1 × ")


@pytest.mark.parametrize("content", [b"", b"\n\n  \n"])
def test_nothing_on_standard_input(cli: Any, model: Path, stdin: Any, content: bytes) -> None:
    stdin(content)
    answer = cli("predict", "-", "--model", model)
    assert answer.code == 2
    assert answer.err == (
        "There is nothing to predict. Give a text, a file, or one text a line on standard input: maeum predict "
        '"재밌다" --model RUN\n'
    )


def test_no_standard_input_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    with pytest.raises(UsageError):
        find_source([], as_text=False)


def test_settings_of_files_do_not_go_with_texts(refused: Any, model: Path) -> None:
    said = refused("predict", "재밌다", "--text-column", "review", "--delimiter", "tab", "--model", model)
    assert (
        said[0] == "--text-column, --delimiter describe a file, but texts were given. Leave them out, or give a file."
    )


def test_an_encoding_without_a_file_to_write(refused: Any, model: Path) -> None:
    said = refused("predict", "재밌다", "--output-encoding", "cp949", "--model", model)
    assert said[0] == "--output-encoding cp949 is for a file that is written. Add -o FILE, or leave it out."


def test_columns_that_predictions_would_be_written_to(refused: Any, model: Path, tmp_path: Path, tree: Any) -> None:
    path = tmp_path / "in.csv"
    path.write_text("text,confidence,p_positive,error\n좋다,1,2,3\n", encoding="utf-8")
    said = refused("predict", path, "--model", model, "-o", tmp_path / "out.csv")
    assert said[0] == (
        f"'{path}' already has columns that the predictions are written to: confidence, p_positive, error. Rename them "
        "in the file, or predict on the file they were made from."
    )
    assert tree(tmp_path) == ["in.csv"]


def test_rows_that_cannot_be_read_stay_with_their_error(cli: Any, model: Path, tmp_path: Path) -> None:
    path, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    good = "1,재밌다\n2,최악\n".encode()
    path.write_bytes(b"no,text\n" + good + b"3,\xff\xfe\xfa\n" + "4,좋다,너무 많은,칸\n5\n6,\n".encode())
    answer = cli("predict", path, "--encoding", "utf-8", "--model", model, "-o", out)
    assert answer.code == 0
    assert answer.err == (
        "Rows that could not be read get no answer and say why in the column 'error': "
        "1 × bytes that are no text in the file's encoding: \ufffd\ufffd\ufffd (row 4); "
        "2 × another number of cells than the header (header/row: 2/4, 2/1) (row 5, 6)\n"
        "Rows without text: 1. They get the model's prior (how frequent each label was in training).\n"
        f"Written: {out}\n"
    )
    rows = from_jsonl(out.read_text(encoding="utf-8"))
    assert [row["no"] for row in rows] == ["1", "2", "3", "4", "5", "6"]
    assert [row["error"] is None for row in rows] == [True, True, False, False, False, True]
    for row in rows:
        answers = [row[name] for name in COLUMNS[1:-1]]
        assert all(value is None for value in answers) == (row["error"] is not None)
    assert rows[3]["error"] == "another number of cells than the header (header/row: 2/4)"


def test_values_that_are_not_text(cli: Any, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    pl.DataFrame({"text": [1.5, float("nan"), None]}).write_parquet(path)
    rows = json.loads(cli("predict", path, "--model", model, "--format", "json").out)
    assert [row["error"] for row in rows] == [None, None, None]
    assert rows[1]["p_positive"] == rows[2]["p_positive"]
    pl.DataFrame({"text": [["재밌다"], None]}).write_parquet(path)
    rows = json.loads(cli("predict", path, "--model", model, "--format", "json").out)
    assert [row["error"] for row in rows] == ["not a text: ['재밌다']", None]


def test_dates_and_lists_of_a_file_are_printed_too(cli: Any, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    frame = pl.DataFrame({"text": ["좋다"], "tags": [["a", "b"]], "day": ["2024-01-02"]})
    frame.with_columns(pl.col("day").str.to_date()).write_parquet(path)
    row = json.loads(cli("predict", path, "--model", model, "--format", "json").out)[0]
    assert (row["tags"], row["day"]) == (["a", "b"], "2024-01-02")
    assert '"[""a"", ""b""]",2024-01-02,' in cli("predict", path, "--model", model, "--format", "csv").out


def test_quiet_leaves_results_alone(cli: Any, model: Path, table: Path, tmp_path: Path) -> None:
    loud = cli("predict", table, "--model", model, "--format", "csv")
    quiet = cli("predict", table, "--model", model, "--format", "csv", "--quiet")
    assert loud.err != ""
    assert (quiet.out, quiet.err) == (loud.out, "")
    assert cli("predict", table, "--model", model, "-o", tmp_path / "o.csv", "--quiet") == type(quiet)(0, "", "")


def test_a_screen_shows_the_text_and_the_answers() -> None:
    frame = pl.DataFrame({"id": ["1"], "title": ["t"], "리뷰": ["좋다"], "predicted": ["a"], "confidence": [1.0]})
    few = frame.with_columns(p_a=1.0, p_b=0.0, error=pl.lit(None, dtype=pl.String))
    assert shown_columns(few) == ["리뷰", "predicted", "confidence", "p_a", "p_b"]
    many = frame.with_columns(**{f"p_{k}": 0.0 for k in range(44)}, error=pl.lit("bad"))
    assert shown_columns(many) == ["리뷰", "predicted", "confidence", "error"]


def test_a_screen_says_what_it_leaves_out(cli: Any, model: Path, tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("a,b,text\n" + "1,2,좋다\n" * 60, encoding="utf-8")
    answer = cli("predict", path, "--model", model)
    assert answer.out.count("좋다") == 50
    assert answer.err == (
        "Columns not shown: a, b. Write all of them with -o FILE.\nRows not shown: 10. Write all of them with "
        "-o FILE.\n"
    )


def test_several_labels_in_one_cell(cli: Any, tmp_path: Path) -> None:
    path, run = tmp_path / "emotions.csv", tmp_path / "run"
    moods = [("눈물이 났다 감동이다", "슬픔;감동"), ("무섭고 놀랐다", "공포;놀람"), ("웃기고 즐겁다", "기쁨")]
    rows = [f"{text} {i},{names}" for i in range(20) for text, names in moods]
    path.write_text("text,label\n" + "\n".join(rows) + "\n", encoding="utf-8")
    made = cli("train", path, "--label-separator", ";", "-o", run)
    assert made.code == 0, made.err
    row = json.loads(cli("predict", "눈물이 났다 감동이다", "--model", run, "--format", "json").out)[0]
    assert sorted(row["predicted"].split(", ")) == ["감동", "슬픔"]
    names = maeum.load(run).labels.names
    assert list(row) == ["text", "predicted", "confidence", *(f"p_{name}" for name in names), "error"]
