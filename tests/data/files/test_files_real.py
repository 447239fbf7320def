"""The corpora at hand, whole."""

import os
from pathlib import Path

import pytest

from maeum.data.files import FileSettings, read_table

DATA = os.environ.get("MAEUM_DATA", "")
pytestmark = pytest.mark.skipif(not DATA, reason="MAEUM_DATA does not name the folder with the public corpora")


@pytest.mark.parametrize(("name", "rows", "empty"), [("train", 150_000, 5), ("test", 50_000, 3)])
@pytest.mark.parametrize("quoting", ["auto", "off"])
def test_nsmc(name: str, rows: int, empty: int, quoting: str):
    path = Path(DATA, "nsmc", f"ratings_{name}.txt")
    table = read_table(path, FileSettings(quoting=quoting))
    assert (table.frame.columns, table.frame.height, table.delimiter) == (["id", "document", "label"], rows, "\t")
    assert (table.problems, table.first_row, table.encoding) == ((), 2, "utf-8")
    assert table.frame["document"].null_count() == empty
    assert table.frame["label"].value_counts(sort=True).height == 2
    if quoting == "off":  # cell for cell what the file holds
        lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")[1:]
        assert ["\t".join(cell or "" for cell in row) for row in table.frame.rows()] == lines


def test_nsmc_as_a_windows_program_would_save_it():
    text = Path(DATA, "nsmc", "ratings_test.txt").read_text(encoding="utf-8")
    table = read_table("ratings_test.txt", content=text.encode("cp949", "replace"))
    assert (table.encoding, table.frame.height, table.problems) == ("cp949", 50_000, ())


@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [
        ("kmrd/movies.txt", 999, 5),
        ("kmrd/genres.csv", 2025, 2),
        ("kote/labels.txt", 44, 1),
        ("hate-speech/train.tsv", 7896, 4),
        ("hate-speech/unlabeled_comments_5.txt", 33893, 1),
        ("kornlu/sts-train.tsv", 5749, 7),
        ("kornlu/xnli.dev.ko.tsv", 2490, 3),
        ("klue/klue-sts-v1.1_dev.json", 519, 6),
        ("re-boostcamp/train.csv", 813, 5),
        ("nsmc/raw.parquet", 693_637, 6),
    ],
)
def test_other_corpora_have_no_problem_rows(name: str, rows: int, columns: int):
    table = read_table(Path(DATA, name))
    assert (table.frame.shape, table.problems) == ((rows, columns), ())


@pytest.mark.parametrize(("name", "rows"), [("val.tsv", 5000), ("test_first_half.tsv", 2500)])
def test_kote_has_no_header(name: str, rows: int):
    table = read_table(Path(DATA, "kote", name), FileSettings(header="off"))
    assert (table.frame.shape, table.first_row, table.problems) == ((rows, 3), 1, ())
