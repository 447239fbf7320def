"""Files that cannot be used: exit code 2, one plain sentence, nothing left behind."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import polars as pl
import pytest

GOOD = "text,label\n" + "".join(
    f"{text} {i},{label}\n" for i in range(5) for text, label in (("좋다", "a"), ("싫다", "b"))
)

# What is in the file, the sentence of `train` (and of `predict` where it is a fault there too).
TRAIN: dict[str, tuple[str | bytes, str]] = {
    "empty": (b"", "Rows of text were expected, but 'in.csv' is empty. Check that it was saved or downloaded whole."),
    "blank": (
        "\n \n",
        "Rows of text were expected, but 'in.csv' is empty. Check that it was saved or downloaded whole.",
    ),
    "header only": (
        "text,label\n",
        (
            "Rows were expected below the column names, but 'in.csv' has none (columns: text, label). Add rows, or "
            "with --header off read the first row as data."
        ),
    ),
    "no column of text": (
        "a,b\n1,2\n",
        "Which column of 'in.csv' holds the text? Name it with --text-column. Its columns: a, b",
    ),
    "a column twice": (
        "text,text\n1,2\n",
        (
            "Every column of 'in.csv' needs a name of its own; more than one is called text. Rename them in the "
            "file; if the first row is data, add --header off."
        ),
    ),
    "NUL": (
        b"text,label\n\xea\xb0\x80\x00,a\n",
        (
            "Text was expected, but line 2 of 'in.csv' holds a NUL byte, which text never does. Save the file "
            "again as UTF-8 text; if it is in another encoding, name it with --encoding."
        ),
    ),
    "two encodings": (
        "text,label\n정말 재미있는 영화였어요,a\n".encode() + "정말 지루하고 아쉬운 영화였어요,b\n".encode("cp949"),
        (
            "One encoding was expected, but 'in.csv' mixes two: line 2 is UTF-8, line 3 is cp949. Save the part "
            "that is cp949 again as UTF-8, or force one encoding with --encoding."
        ),
    ),
    "a line of ten megabytes": (
        "text,label\n" + "가" * 10_000_000 + ",a\n",
        (
            "Lines of at most 8,388,608 characters were expected, but line 2 of 'in.csv' is longer. Check that it "
            'is a table with one row a line; a quote (") that is never closed may be why.'
        ),
    ),
    "a quote never closed": (
        'text,label\n좋다,a\n"싫다,b\n좋다,a\n',
        (
            'Every cell that opens with a quote (") must close with one, but the quote opened on line 3 of '
            "'in.csv' is never closed. Close it; if quotes are part of the texts, add --quoting off."
        ),
    ),
    "a workbook by another name": (
        b"PK\x03\x04" + b"0" * 100,
        (
            "'in.csv' ends in .csv, but its content is that of a file ending in .xlsx, .ods. Rename it so that the "
            "name fits, or save it again as .csv."
        ),
    ),
}
LABELS: dict[str, tuple[str, str]] = {
    "no labels": (
        "text,title\n좋다,t\n싫다,t\n",
        "'in.csv' has no labels, which are needed here. Name their column with --label-column.",
    ),
    "one label": (
        "text,label\n좋다,a\n싫다,a\n",
        "Training needs at least two labels; 'in.csv' has only 'a' (2 rows).",
    ),
    "one text": (
        "text,label\n" + "좋다,a\n좋다,b\n" * 5,
        "All 10 texts of 'in.csv' are identical, so nothing can be learnt from them.",
    ),
    "too few of a label": (
        GOOD + "그저 그렇다,c\n그저 그렇다,c\n",
        (
            "Training needs at least 2 different texts of every label; 'in.csv' has too few of: c (1). Add rows, "
            "or leave those labels out."
        ),
    ),
    "free text for labels": (
        "text,label\n" + "".join(f"글 {i},의견 {i}\n" for i in range(30)),
        (
            "Column 'label' of 'in.csv' has 30 different values in 30 rows, so it does not look like labels. Name "
            "the label column with --label-column."
        ),
    ),
    "no row left": (
        "text,label\n,a\n좋다,\n",
        "No usable row is left in 'in.csv': 1 × no text (row 2); 1 × no label (row 3)",
    ),
}


@pytest.fixture
def put(here: Path) -> Callable[[str | bytes], Path]:
    """Write `in.csv`, the only thing in the folder."""

    def write(content: str | bytes) -> Path:
        path = here / "in.csv"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize("name", TRAIN)
def test_a_file_that_cannot_be_read(refused: Any, put: Any, here: Path, tree: Any, sample_run: Any, name: str) -> None:
    content, english = TRAIN[name]
    put(content)
    assert refused("train", "in.csv", "-o", "run")[0] == english
    assert refused("predict", "in.csv", "--model", sample_run.folder, "-o", "out.csv")[0] == english
    assert refused("evaluate", sample_run.folder, "in.csv", "-o", "judged")[0] == english
    assert tree(here) == ["in.csv"]


@pytest.mark.parametrize("name", LABELS)
def test_a_file_that_nothing_can_be_learnt_from(refused: Any, put: Any, here: Path, tree: Any, name: str) -> None:
    content, english = LABELS[name]
    put(content)
    assert refused("train", "in.csv", "-o", "run")[0] == english
    assert tree(here) == ["in.csv"]


def test_columns_by_a_wrong_name(refused: Any, put: Any, sample_run: Any) -> None:
    put(GOOD)
    assert refused("train", "in.csv", "--text-column", "txt", "-o", "run")[0] == (
        "No column 'txt' in 'in.csv' (asked for by --text-column). Did you mean 'text'? Its columns: text, label"
    )
    assert refused("train", "in.csv", "--label-column", "lable", "-o", "run")[0] == (
        "No column 'lable' in 'in.csv' (asked for by --label-column). Did you mean 'label'? Its columns: text, label"
    )
    assert refused("predict", "in.csv", "--text-column", "본문", "--model", sample_run.folder)[0] == (
        "No column '본문' in 'in.csv' (asked for by --text-column). Its columns: text, label"
    )
    assert refused("train", "in.csv", "--group-column", "film", "-o", "run")[0] == (
        "--group-column: no column 'film'. Columns: id, text, label"
    )


def test_data_that_are_not_there(refused: Any, here: Path, sample_run: Any) -> None:
    (here / "reviews.csv").write_text(GOOD, encoding="utf-8")
    missing = (
        "A file was expected at 'review.csv', but nothing is there. Did you mean 'reviews.csv'? Check the "
        "name, or give the whole path."
    )
    assert refused("train", "review.csv", "-o", "run")[0] == missing
    assert refused("evaluate", sample_run.folder, "--data", "review.csv")[0] == missing
    assert refused("train", "smaple", "-o", "run")[0].startswith(
        "There is no corpus or file 'smaple'. Did you mean 'sample'? Corpora: "
    )
    assert refused("evaluate", sample_run.folder, "sample:tset")[0] == (
        "'sample' has no split 'tset'. Did you mean 'test'? Its splits: train, validation, test"
    )
    assert refused("train", "reviews.csv:train", "-o", "run")[0] == (
        "'reviews.csv' is a file and has no split 'train'. Leave ':train' out, or give each split its own file."
    )


def test_a_folder_for_a_file(refused: Any, here: Path, sample_run: Any) -> None:
    (here / "folder.csv").mkdir()
    (here / "folder.csv/a.csv").write_text(GOOD, encoding="utf-8")
    said = "A file was expected, but 'folder.csv' is a folder. Name one of the files in it: a.csv"
    assert refused("train", "folder.csv", "-o", "run")[0] == said
    assert refused("predict", "folder.csv", "--model", sample_run.folder)[0] == said


def test_settings_of_reading_that_do_not_fit(refused: Any, put: Any) -> None:
    put(GOOD)
    assert refused("train", "in.csv", "--encoding", "utf8x", "-o", "run")[0].startswith(
        "--encoding: the name of a text encoding was expected, found 'utf8x'."
    )
    assert refused("train", "in.csv", "--delimiter", "comm", "-o", "run")[0] == (
        "--delimiter: auto, comma, tab, semicolon, pipe or one character was expected, found 'comm'. Did you "
        "mean 'comma'?"
    )
    assert refused("train", "in.csv", "--stars", "2", "-o", "run")[0].startswith(
        "--stars needs numbers from 1 to 5 or 1 to 10 in column 'label', found "
    )
    assert refused("train", "sample", "--task", "pairs", "-o", "run")[0].startswith(
        "These settings cannot be used: 'task' cannot be 'pairs'"
    )


@pytest.mark.parametrize("command", ["train", "predict", "evaluate", "get"])
def test_a_place_that_cannot_be_written_is_told_before_the_work(
    refused: Any, here: Path, sample_run: Any, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    def forbidden(*_arguments: object, **_named: object) -> None:
        raise AssertionError("the work began")

    for room, name in {"train": "prepare", "predict": "load", "evaluate": "load", "corpora": "dataset"}.items():
        monkeypatch.setattr(import_module(f"maeum.workflows.{room}"), name, forbidden)
    (here / "file").write_text("mine", encoding="utf-8")
    words = {
        "train": ["train", "sample", "-o", "file/below/run"],
        "predict": ["predict", "좋다", "--model", sample_run.folder, "-o", "file/below/out.csv"],
        "evaluate": ["evaluate", sample_run.folder, "sample", "-o", "file/below/judged"],
        "get": ["data", "get", "sample", "-o", "file/below/out.csv"],
    }[command]
    assert refused(*words)[0] == (
        f"'{words[-1]}' cannot be written (Not a directory); nothing was written under that name. Choose another "
        "place with -o."
    )
    monkeypatch.setattr("maeum.workflows.outputs.os.access", lambda *_: False)
    words[-1] = words[-1].removeprefix("file/below/")
    assert refused(*words)[0] == (
        f"'{words[-1]}' cannot be written (Permission denied); nothing was written under that name. Choose another "
        "place with -o."
    )
    assert [path.name for path in here.iterdir()] == ["file"]


def test_files_to_write_that_cannot_be(refused: Any, here: Path, sample_run: Any) -> None:
    (here / "there.csv").write_text("mine", encoding="utf-8")
    (here / "folder.csv").mkdir()
    model = ["--model", sample_run.folder]
    assert refused("predict", "좋다", *model, "-o", "there.csv")[0] == (
        "'there.csv' exists already; nothing was changed. Choose another name with -o, or add --overwrite."
    )
    assert (here / "there.csv").read_text() == "mine"
    assert refused("predict", "좋다", *model, "-o", "folder.csv", "--overwrite")[0] == (
        "'folder.csv' is a folder, but a file is to be written there. Give a file name, for example "
        "'folder.csv/result.csv'."
    )
    assert refused("predict", "좋다", *model, "-o", "out.xlsy")[0].startswith(
        "'out.xlsy' cannot be written: unknown suffix '.xlsy'."
    )
    assert refused("predict", "좋다", *model, "-o", "out.csv", "--output-encoding", "cp9499")[0] == (
        "--output-encoding: there is no encoding 'cp9499'. Common ones: utf-8-sig, utf-8, cp949, utf-16."
    )
    assert refused("predict", "좋다", *model, "-o", "out.csv", "--output-encoding", "hex")[0].startswith(
        "--output-encoding: there is no encoding 'hex'."
    )
    assert refused("predict", "좋다", *model, "-o", "out.parquet", "--output-encoding", "cp949")[0] == (
        "--output-encoding cp949 is for CSV and TSV; .parquet files have their own. Leave it out."
    )
    assert refused("train", "sample", "-o", "there.csv")[0] == (
        "'there.csv' is a file, but a folder is to be written there. Choose another name with -o."
    )
    assert sorted(path.name for path in here.iterdir()) == ["folder.csv", "there.csv"]


def test_a_file_is_replaced_when_asked(cli: Any, here: Path, sample_run: Any) -> None:
    (here / "out.csv").write_text("old", encoding="utf-8")
    assert cli("predict", "좋다", "--model", sample_run.folder, "-o", "out.csv", "--overwrite").code == 0
    assert pl.read_csv("out.csv")["text"].to_list() == ["좋다"]
