"""Workbooks, JSON, Parquet and gzip: types, row numbers, nothing lost."""

import base64
import datetime as dt
import gzip
import io
import logging
import zipfile
import zlib

import polars as pl
import pytest
import xlsxwriter

from maeum.data.files import FileSettings, read_table
from maeum.errors import DataError
from maeum.schema import RowProblem

# A workbook of Excel 97: id, text / 1, 영화 / 2, 😀 재밌다 on a sheet called 가.
XLS = (
    b"c-rk)O=wd=5dP-n|B<FiO@&q{p<vb6i+J&pJ{7blOBF#8K~s}MX-OsYpdPeZa})$mikCt!La9Fof3OF=sGv|$P!W_wy?GK8JhXYv"
    b"PWEY9duYHGmHi$&J8x!ocd|P>FT2lY6Xl7U?G-FS4}7S)5d`aG#3kar#KC&kRjgNsxwr=Z6e3|>$Y22Xo1TT#8mjfKz`_mxL#Dt7"
    b"E{Aa(eItc@Y8A0le8`gWA;Xk#l_fE>iB~N`j|p8P^txEi2;DA{3qmt&Tc$&pb^6lVbQB-7Iz<<Q>i3Scc`K4FXvGs1#b+*3%{G7?"
    b"#lh_G->K;EM==Rrx88gqU(61dk>mxO#5XqueD!wfgOri4uAIQ~?+fLjCFGYZKQIROs04TkHlF%qfeBM{NQ1RfI5Y=y%#7wwjIt#?"
    b"+W#sD%Dln*6s8_WXFlDsRce;49AB`Nn<T`eOmk=!J|Te~=VU#1?aPZj1O3hsk&H?Dt|j^P$}hM$t6Fg5m}tZ`u}urzEcBf8x=#3Z"
    b"p-B!;uDkkMHM4tMY|e|ei^th2c<F4Y<2N#2`n>mUN9m)piTUZ?%Bke^Yi9zT{L#sAd-aT?o4V=BWrcf=SCdW%?}WDfmK?%XT>I|o"
    b"FIh9@VGElOT6<HoL)xAe*`Ky-ktJkal|B8OO=WK_VQ-1Ot?g^GuV%5wYQb%#<W%(wHVh053=9km3=9lb7^MHw`}9#GpbriqeXldm"
    b"rE0E8{#)$B2tT8IFx`a$*F~IcD1O!=Kwe+8%r@SAp~3+ky@(+Uh#x}@$1flJsQ&jXyJ7s#ZJ|cTuQuZ63XlH-)7{63"
)


def workbook(rows: list[list[object]], top: int = 0, sheets: tuple[str, ...] = ("Sheet1",)) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name in sheets:
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                if value is not None:
                    sheet.write(i + top, j, value)
    book.close()
    return file.getvalue()


def ods(rows: list[list[str]]) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    row = "<table:table-row>{}</table:table-row>"
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    names = "".join(f' xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for n in ("office", "table", "text"))
    body = "".join(row.format("".join(cell.format(value) for value in values)) for values in rows)
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{names} office:version="1.2"><office:body>'
        f'<office:spreadsheet><table:table table:name="시트">{body}</table:table></office:spreadsheet></office:body>'
        "</office:document-content>"
    )
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entry = f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("mimetype", kind)
        manifest = f'<manifest:manifest xmlns:manifest="{space}">{entry}</manifest:manifest>'
        packed.writestr("META-INF/manifest.xml", f'<?xml version="1.0"?>{manifest}')
        packed.writestr("content.xml", content)
    return file.getvalue()


def test_xlsx_types():
    day = dt.datetime(2024, 1, 2)
    table = read_table("a.xlsx", content=workbook([["n", "x", "b", "d"], [1, 1.5, True, day], [2, 2, False, day]]))
    assert table.frame.rows() == [(1, 1.5, True, day), (2, 2.0, False, day)]
    assert [str(kind).split("(")[0] for kind in table.frame.dtypes] == ["Int64", "Float64", "Boolean", "Datetime"]


def test_xlsx_column_of_several_types_becomes_text_however_late_they_come():
    rows = [[i, i % 2] for i in range(1500)] + [["끝", "기타"]]
    frame = read_table("a.xlsx", content=workbook([["id", "label"], *rows])).frame
    assert frame.tail(2).rows() == [("1499", "1"), ("끝", "기타")]
    assert frame.null_count().row(0) == (0, 0)


def test_xlsx_row_numbers_are_the_sheet_s():
    table = read_table("a.xlsx", content=workbook([["text", None, "empty"], ["가", "나"], [], ["다"]], top=3))
    assert (table.frame.columns, table.first_row) == (["text", "column_2", "empty"], 5)
    assert table.frame.rows() == [("가", "나", None), (None, None, None), ("다", None, None)]
    assert table.problems == (RowProblem(6, "blank"),)


def test_xlsx_unnamed_empty_columns_are_no_data():
    assert read_table("a.xlsx", content=workbook([["a", None, "b"], [1, None, 2]])).frame.columns == ["a", "b"]


def test_xlsx_without_header():
    table = read_table("a.xlsx", FileSettings(header="off"), workbook([["가", 1], ["나", 2]]))
    assert (table.frame.rows(), table.first_row) == ([("가", 1), ("나", 2)], 1)
    assert table.frame.columns == ["column_1", "column_2"]


@pytest.mark.parametrize(("sheet", "text"), [(None, "가"), ("둘째", "나"), ("2", "나"), ("1", "가")])
def test_sheet_by_name_or_number(sheet: str | None, text: str):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for name, value in (("첫째", "가"), ("둘째", "나")):
        book.add_worksheet(name).write_column(0, 0, ["text", value])
    book.close()
    assert read_table("a.xlsx", FileSettings(sheet=sheet), file.getvalue()).frame.rows() == [(text,)]


def test_xls():
    table = read_table("a.xls", content=zlib.decompress(base64.b85decode(XLS)))
    assert table.frame.rows() == [(1, "영화"), (2, "😀 재밌다")]


@pytest.mark.parametrize("name", ["a.ods", "a.xlsx"])  # the content decides which kind of workbook it is
def test_ods(name: str):
    table = read_table(name, content=ods([["id", "text"], ["a", "영화"]]))
    assert (table.frame.columns, table.frame.rows(), table.first_row) == (["id", "text"], [("a", "영화")], 2)


def test_workbooks_are_read_without_chatter(caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.INFO):
        read_table("a.xlsx", content=workbook([["a", "b"], [1, None]]))
    assert caplog.records == []


def test_bad_json_lines_are_named_and_kept():
    lines = ['{"text": "가"}', "", '{"text": ', '["나"]', '{"text": 1, "text": 2}', '{"text": "다"}', "", " "]
    table = read_table("a.jsonl", content="\n".join(lines).encode())
    assert table.frame["text"].to_list() == ["가", None, None, None, None, "다"]
    assert table.problems == (
        RowProblem(2, "blank"),
        RowProblem(3, "bad_json", '{"text": '),
        RowProblem(4, "bad_json", '["나"]'),
        RowProblem(5, "bad_json", '{"text": 1, "text": 2}'),
    )


def test_json_halves_of_characters():
    content = b'{"text": "\\ud83d!"}\n{"text": "\\ud83d\\ude00"}\n{"text": "\xff\xec\x98\x81"}\n'
    table = read_table("a.jsonl", content=content)
    assert table.frame["text"].to_list() == ["\ufffd!", "😀", "\ufffd영"]
    assert table.problems == (
        RowProblem(1, "undecodable", '{"text": "\\ud83d!"}'),
        RowProblem(3, "undecodable", '{"text": "\ufffd영"}'),
    )


def test_json_array_names_its_elements():
    table = read_table("a.json", content='[{"text": "가"}, 3, {"text": "\\ud800"}]'.encode())
    assert table.frame["text"].to_list() == ["가", None, "\ufffd"]
    assert table.problems == (RowProblem(2, "bad_json", "3"), RowProblem(3, "undecodable", '{"text": "\ufffd"}'))


def test_json_lines_under_the_name_of_json():
    assert read_table("a.json", content=b'{"text": "a"}\n{"text": "b"}\n').frame["text"].to_list() == ["a", "b"]


@pytest.mark.parametrize(
    ("values", "column", "kind"),
    [
        ("[1, 2]", [1, 2], "Int64"),
        ("[1, 2.5, null]", [1.0, 2.5, None], "Float64"),
        ("[true, false]", [True, False], "Boolean"),
        ("[null, null]", [None, None], "String"),
        ('[1, "둘", true]', ["1", "둘", "true"], "String"),
        ("[9007199254740993, 0.5]", ["9007199254740993", "0.5"], "String"),
        ("[9223372036854775808]", ["9223372036854775808"], "String"),
        ('[["a"], [], null]', [["a"], [], None], "List(String)"),
        ('[["a"], [1]]', ['["a"]', "[1]"], "String"),
        ('[{"a": 1}, {"b": "x"}]', [{"a": 1, "b": None}, {"a": None, "b": "x"}], None),
        ('[[{"a": 1}], [{"b": 2}]]', ['[{"a": 1}]', '[{"b": 2}]'], "String"),
        ('["a", {"b": 1}]', ["a", '{"b": 1}'], "String"),
    ],
)
def test_json_types_lose_nothing(values: str, column: list[object], kind: str | None):
    import json

    rows = [{"i": i, "x": value} for i, value in enumerate(json.loads(values))]
    frame = read_table("a.json", content=json.dumps(rows).encode()).frame
    assert frame["x"].to_list() == column
    assert kind is None or str(frame["x"].dtype) == kind


def test_json_keys_of_later_rows_are_columns():
    table = read_table("a.jsonl", content=b'{"a": 1}\n{"b": "x"}\n')
    assert table.frame.to_dicts() == [{"a": 1, "b": None}, {"a": None, "b": "x"}]


@pytest.mark.parametrize("name", ["a.csv.gz", "a.tsv.gz", "a.txt.gz", "a.jsonl.gz", "a.ndjson.gz"])
def test_gzip(name: str):
    text = {"csv": "text\n가\n", "tsv": "text\n가\n", "txt": "가\n"}.get(name.split(".")[1], '{"text": "가"}\n')
    packed = gzip.compress(text[:3].encode()) + gzip.compress(text[3:].encode())  # two members, as `cat a.gz b.gz`
    assert read_table(name, content=packed).frame.rows() == [("가",)]


def test_parquet_columns_keep_their_types(tmp_path):
    frame = pl.DataFrame({"id": [1, 2], "text": ["가", None], "labels": [["a"], []]})
    frame.write_parquet(tmp_path / "a.pq")
    table = read_table(tmp_path / "a.pq")
    assert table.frame.equals(frame)
    assert (table.encoding, table.delimiter, table.problems) == ("", "", ())


def test_content_needs_no_file_but_a_name():
    with pytest.raises(DataError) as caught:
        read_table("upload.docx", content=b"x")
    assert caught.value.key == "files.suffix_unknown"
