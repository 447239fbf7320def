"""Tables written: what was written is what is read back, in every format, complete or not at all."""

from __future__ import annotations

import errno
import json
import math
import os
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maeum.data.files import FileSettings, read_table
from maeum.data.writing import FORMATS, check_suffix, to_text, write_table
from maeum.errors import OutputError
from maeum.messages import use_language

TEXTS = ["재밌다 ㅋㅋ", 'a "b", c', "두\n줄", "탭\t탭", " 빈칸 ", "'", ";|,", "😀 똠", "=1+1", "\\n", '"', "가" * 1000]
FRAME = pl.DataFrame({"id": list(range(len(TEXTS))), "리뷰": TEXTS, "p": [i / 7 for i in range(len(TEXTS))]})


@pytest.mark.parametrize("suffix", FORMATS)
def test_texts_and_numbers_come_back(tmp_path, suffix):
    path = tmp_path / f"결과{suffix}"
    write_table(FRAME, path)
    table = read_table(path, FileSettings(quoting="on" if suffix == ".tsv" else "auto"))
    assert (table.problems, table.frame.columns) == ((), ["id", "리뷰", "p"])
    assert table.frame["리뷰"].to_list() == TEXTS
    assert table.frame["id"].cast(pl.Int64).to_list() == FRAME["id"].to_list()
    assert table.frame["p"].cast(pl.Float64).to_list() == FRAME["p"].to_list()  # all digits of a number
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("suffix", FORMATS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\0\r\ufeff"), min_size=1, max_size=8),
        min_size=1,
        max_size=5,
    )
)
def test_any_text_comes_back(tmp_path, suffix, texts):
    texts = [f"x{text}x" for text in texts]  # an empty cell and a blank line are other things
    path = tmp_path / f"a{suffix}"
    write_table(pl.DataFrame({"text": texts, "n": ["1"] * len(texts)}), path)
    read = read_table(path, FileSettings(quoting="on", delimiter={".csv": "comma", ".tsv": "tab"}.get(suffix, "auto")))
    assert read.frame["text"].to_list() == texts


def test_lists_come_back(tmp_path):
    frame = pl.DataFrame(
        {"text": ["a", "b", "c"], "labels": [["기쁨", 'a"b'], [], None], "more": [{"x": 1}, {"x": None}, {"x": 2}]}
    )
    for suffix in FORMATS:
        path = tmp_path / f"a{suffix}"
        write_table(frame, path)
        read = read_table(path).frame
        if suffix in (".csv", ".tsv"):
            assert read["labels"].to_list() == ['["기쁨", "a\\"b"]', "[]", None]
            assert read["more"].to_list() == ['{"x": 1}', '{"x": null}', '{"x": 2}']
        else:
            assert read.to_dict(as_series=False) == frame.to_dict(as_series=False)


def test_how_each_format_looks(tmp_path):
    frame = pl.DataFrame({"텍스트": ["가, 나", None], "n": [1, 2], "l": [["x"], []]})
    expected = {
        ".csv": '\ufeff텍스트,n,l\n"가, 나",1,"[""x""]"\n,2,[]\n',
        ".tsv": '\ufeff텍스트\tn\tl\n가, 나\t1\t"[""x""]"\n\t2\t[]\n',
        ".jsonl": '{"텍스트": "가, 나", "n": 1, "l": ["x"]}\n{"텍스트": null, "n": 2, "l": []}\n',
        ".json": '[{"텍스트": "가, 나", "n": 1, "l": ["x"]},\n {"텍스트": null, "n": 2, "l": []}]\n',
    }
    for suffix, text in expected.items():
        path = tmp_path / f"a{suffix}"
        write_table(frame, path)
        assert path.read_bytes().decode("utf-8") == text
        assert to_text(frame, suffix[1:]) == text.removeprefix("\ufeff")


def test_no_row(tmp_path):
    empty = pl.DataFrame(schema={"text": pl.String, "l": pl.List(pl.String)})
    assert to_text(empty, "csv") == "text,l\n"
    assert (to_text(empty, "jsonl"), to_text(empty, "json")) == ("", "[]\n")
    write_table(empty, tmp_path / "a.parquet")
    assert pl.read_parquet(tmp_path / "a.parquet").equals(empty)


def test_values_that_json_and_csv_do_not_know():
    frame = pl.DataFrame(
        {
            "float": [math.nan, math.inf, 0.1234567890123],
            "p": pl.Series([0.1, 1 / 3, 1e-9], dtype=pl.Float32),
            "day": [date(2024, 2, 29), None, None],
            "moment": [datetime(2024, 2, 29, 1, 2, 3), None, None],
            "time": [time(1, 2, 3), None, None],
            "long": [timedelta(days=1), None, None],
            "bytes": [b"\xff\x00", None, b""],
            "money": pl.Series([Decimal("1.10"), None, None]),
            "yes": [True, False, None],
        }
    )
    assert [json.loads(line) for line in to_text(frame, "jsonl").splitlines()] == [
        {
            "float": None, "p": 0.1, "day": "2024-02-29", "moment": "2024-02-29T01:02:03", "time": "01:02:03",
            "long": "1 day, 0:00:00", "bytes": "ff00", "money": "1.10", "yes": True,
        },
        {"float": None, "p": 0.333333, "day": None, "moment": None, "time": None, "long": None, "bytes": None,
         "money": None, "yes": False},
        {"float": 0.1234567890123, "p": 0.0, "day": None, "moment": None, "time": None, "long": None, "bytes": "",
         "money": None, "yes": None},
    ]  # fmt: skip
    header, first, *_ = to_text(frame, "csv").splitlines()
    assert header == "float,p,day,moment,time,long,bytes,money,yes"
    assert first == 'NaN,0.1,2024-02-29,2024-02-29T01:02:03.000000,01:02:03.000000000,"1 day, 0:00:00",ff00,1.10,true'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "euc-kr", "UTF8"])
@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
def test_encodings(tmp_path, listener, suffix, encoding):
    frame = pl.DataFrame({"리뷰": ["재밌다", "별로, 다"], "n": ["1", "2"]})
    path = tmp_path / f"a{suffix}"
    write_table(frame, path, encoding)
    assert path.read_bytes() == to_text(frame, suffix[1:]).encode(encoding)
    assert read_table(path).frame.equals(frame)
    assert listener.sentences == []


def test_characters_that_an_encoding_lacks_are_counted(tmp_path, listener):
    frame = pl.DataFrame({"리뷰": ["똠방각하 😀", "좋다 😀😀", "별로", "두\n줄 ♥🥲"], "n": [1, 2, 3, 4]})
    path = tmp_path / "a.csv"
    write_table(frame, path, "cp949")
    use_language("ko")
    write_table(frame, path, "cp949")
    assert listener.sentences == [
        "4 character(s) in 3 line(s) do not exist in cp949 and were written as '?': 😀🥲",
        "cp949에 없는 글자 4개(3줄)를 '?'로 썼습니다: 😀🥲",
    ]
    assert path.read_bytes().decode("cp949") == '리뷰,n\n똠방각하 ?,1\n좋다 ??,2\n별로,3\n"두\n줄 ♥?",4\n'
    assert read_table(path).frame["리뷰"].to_list() == ["똠방각하 ?", "좋다 ??", "별로", "두\n줄 ♥?"]


def test_many_lost_characters_are_shown_in_part(tmp_path, listener):
    lost = [chr(0x1F600 + i) for i in range(20)]
    write_table(pl.DataFrame({"t": ["".join(lost)]}), tmp_path / "a.csv", "ascii")
    (sentence,) = listener.sentences
    assert sentence == (
        f"20 character(s) in 1 line(s) do not exist in ascii and were written as '?': {''.join(lost[:10])}"
    )


@pytest.mark.parametrize("encoding", ["cp494", "base64", "undefined", "", "a\0b"])
def test_an_unknown_encoding(tmp_path, said, encoding):
    path = tmp_path / "a.csv"
    assert said(lambda: write_table(FRAME, path, encoding)) == (
        f"--output-encoding: there is no encoding '{encoding}'. Common ones: utf-8-sig, utf-8, cp949, utf-16.",
        f"--output-encoding: '{encoding}' 인코딩은 없습니다. 흔히 쓰는 것: utf-8-sig, utf-8, cp949, utf-16.",
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("suffix", [".parquet", ".json", ".jsonl"])
def test_an_encoding_for_a_format_with_its_own(tmp_path, said, suffix):
    assert said(lambda: write_table(FRAME, tmp_path / f"a{suffix}", "cp949")) == (
        f"--output-encoding cp949 is for CSV and TSV; {suffix} files have their own. Leave it out.",
        f"--output-encoding cp949는 CSV와 TSV에만 쓸 수 있습니다. {suffix} 파일에는 빼세요.",
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "suffix", "near_en", "near_ko"),
    [
        ("결과.cvs", ".cvs", " Did you mean '.csv'?", " 혹시 '.csv'를 찾으셨나요?"),
        ("결과.parq", ".parq", " Did you mean '.parquet'?", " 혹시 '.parquet'를 찾으셨나요?"),
        ("결과", "", "", ""),
        ("결과.hwp", ".hwp", "", ""),
    ],
)
def test_an_unknown_suffix(tmp_path, said, name, suffix, near_en, near_ko):
    path = tmp_path / name
    known = ".csv, .tsv, .jsonl, .json, .parquet"
    assert said(lambda: write_table(FRAME, path)) == (
        f"'{path}' cannot be written: unknown suffix '{suffix}'.{near_en} Known: {known}",
        f"'{path}'에 쓸 수 없습니다. 모르는 확장자 '{suffix}'입니다.{near_ko} 쓸 수 있는 확장자: {known}",
    )
    assert not path.exists()


def test_suffixes_in_any_case():
    assert [check_suffix(Path(f"a{suffix.upper()}")) for suffix in FORMATS] == list(FORMATS)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_full_disk_leaves_the_old_file(tmp_path, said, monkeypatch, suffix):
    path = tmp_path / f"a{suffix}"
    path.write_bytes(b"old")

    def full(*_, **__):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    monkeypatch.setattr(pl.DataFrame, "write_parquet", full)
    assert said(lambda: write_table(FRAME, path))[0] == (
        f"No space is left for '{path}'; nothing was written under that name. Free some space or choose another "
        "place with "
        "-o."
    )
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == b"old"


def test_a_folder_in_the_place_of_the_file(tmp_path):
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(OutputError) as caught:
        write_table(FRAME, tmp_path / "a.csv")
    assert caught.value.key == "common.is_directory"


def test_folders_are_made(tmp_path):
    write_table(FRAME, str(tmp_path / "새" / "폴더" / "a.csv"))
    assert read_table(tmp_path / "새" / "폴더" / "a.csv").frame["리뷰"].to_list() == TEXTS
