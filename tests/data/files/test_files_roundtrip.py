"""What is written comes back, whatever the texts hold."""

import csv
import io
import json

import polars as pl
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from maeum.data.files import FileSettings, read_table
from maeum.errors import DataError

unhurried = settings(deadline=None)  # the first example also loads polars
ALPHABET = st.one_of(
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    st.sampled_from("ㅋㅎㅠㅜㅡ★♥"),
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.sampled_from('",\t;|\n\r"'),
    st.sampled_from("😀👍🏽é\u0085\u2028\u3000\ufeff\ufdd0"),
)
CP949 = st.one_of(
    st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3),
    st.sampled_from("ㅋㅎㅠㅜㅡ★♥"),
    st.characters(min_codepoint=0x20, max_codepoint=0x7E),
    st.sampled_from('",\t;|\n\r"'),
)


def tables(alphabet: st.SearchStrategy[str]) -> st.SearchStrategy[list[list[str]]]:
    """Rows of an id, a text and a label; the first text has a Hangul word, so that cp949 cannot be taken for UTF-8."""
    rows = st.lists(st.tuples(st.text(alphabet, max_size=12), st.text(alphabet, max_size=3)), max_size=6)
    return rows.map(lambda rs: [[str(i), *row] for i, row in enumerate([("영화", "1"), *rs])])


def expected(rows: list[list[str]]) -> list[tuple[str | None, ...]]:
    return [tuple(cell or None for cell in row) for row in rows]


def write(rows: list[list[str]], delimiter: str, quoting: int, end: str = "\r\n") -> str:
    file = io.StringIO(newline="")
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end)
    writer.writerows([["id", "text", "label"], *rows])
    return file.getvalue()


quoted = st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
# With \n alone as its line end, the csv module of Python 3.11 and 3.12 leaves a cell with \r unquoted.
ends = st.just("\r\n")


@unhurried
@given(tables(ALPHABET), st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32"]), st.sampled_from(",;|"), quoted)
def test_unicode(rows: list[list[str]], encoding: str, delimiter: str, quoting: int):
    table = read_table("a.csv", content=write(rows, delimiter, quoting).encode(encoding))
    assert (table.delimiter, table.frame.rows(), table.problems) == (delimiter, expected(rows), ())


@unhurried
@given(tables(CP949), st.sampled_from(",;|"), quoted)
def test_cp949(rows: list[list[str]], delimiter: str, quoting: int):
    """Of cp949 its Hangul, jamo and ASCII: a line of two-byte characters with Hanja may also be valid UTF-8."""
    table = read_table("a.csv", content=write(rows, delimiter, quoting).encode("cp949"))
    assert (table.encoding, table.frame.rows(), table.problems) == ("cp949", expected(rows), ())


@unhurried
@given(tables(ALPHABET), quoted)
def test_tabs_with_quoting_on(rows: list[list[str]], quoting: int):
    content = write(rows, "\t", quoting).encode()
    table = read_table("a.tsv", FileSettings(quoting="on"), content)
    assert (table.frame.rows(), table.problems) == (expected(rows), ())


@unhurried
@given(tables(ALPHABET), quoted, st.sampled_from(["a.tsv", "a.txt"]))
def test_tabs_with_quoting_found(rows: list[list[str]], quoting: int, name: str):
    """Line ends inside cells are left out: where a quote does not close on its line, it is taken for a character."""
    rows = [[cell.replace("\n", " ").replace("\r", " ") for cell in row] for row in rows]
    table = read_table(name, content=write(rows, "\t", quoting).encode())
    assert (table.frame.rows(), table.problems) == (expected(rows), ())


@unhurried
@given(tables(ALPHABET), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_tabs_without_quoting(rows: list[list[str]], encoding: str):
    """As NSMC is written: nothing is quoted and quotes are characters; one lone quote shows it."""
    rows = [[cell.translate(dict.fromkeys(map(ord, "\t\n\r"), " ")) for cell in row] for row in rows]
    rows.append([str(len(rows)), '"좋다', "1"])
    text = "id\ttext\tlabel\n" + "".join("\t".join(row) + "\n" for row in rows)
    table = read_table("a.txt", content=text.encode(encoding))
    assert (table.quoting, table.frame.rows(), table.problems) == (False, expected(rows), ())


@unhurried
@given(st.lists(st.text(ALPHABET, max_size=20), max_size=8))
def test_one_text_a_line(texts: list[str]):
    """Each line begins with a word, so that none is blank, and `영화 …` is not the header of a table."""
    texts = ["영화 " + text.translate(dict.fromkeys(map(ord, "\t\n\r"), " ")) for text in ["", *texts]]
    table = read_table("a.txt", content="\n".join(texts).encode())
    assert (table.frame["text"].to_list(), table.first_row, table.problems) == (texts, 1, ())


@unhurried
@given(st.lists(st.text(ALPHABET, min_size=1, max_size=12), min_size=1, max_size=6))
def test_one_column(texts: list[str]):
    file = io.StringIO(newline="")
    csv.writer(file).writerows([["text"], *([text] for text in texts)])
    table = read_table("a.csv", content=file.getvalue().encode())
    assert (table.frame["text"].to_list(), table.problems) == (texts, ())


numbers = st.one_of(st.none(), st.integers(-(2**63), 2**63 - 1))
records = st.fixed_dictionaries(
    {
        "id": st.integers(-(2**63), 2**63 - 1),
        "text": st.text(ALPHABET, max_size=12),
        "score": st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
        "labels": st.one_of(st.none(), st.lists(st.text(ALPHABET, max_size=4), max_size=3)),
        "entity": st.fixed_dictionaries({"word": st.text(ALPHABET, max_size=4), "start": st.integers(0, 9)}),
    }
)


@unhurried
@given(st.lists(records, min_size=1, max_size=6), st.booleans(), st.sampled_from(["a.jsonl", "a.json"]))
def test_json(rows: list[dict[str, object]], ascii_only: bool, name: str):
    dumped = [json.dumps(row, ensure_ascii=ascii_only) for row in rows]
    text = "\n".join(dumped) if name == "a.jsonl" else "[" + ", ".join(dumped) + "]"
    table = read_table(name, content=text.encode())
    assert (table.frame.to_dicts(), table.problems, table.first_row) == (rows, (), 1)


@unhurried
@given(st.lists(records, min_size=1, max_size=6))
def test_parquet(rows: list[dict[str, object]]):
    frame = pl.DataFrame(rows, schema_overrides={"score": pl.Float64, "labels": pl.List(pl.String)})
    file = io.BytesIO()
    frame.write_parquet(file)
    table = read_table("a.parquet", content=file.getvalue())
    assert table.frame.equals(frame)
    assert (table.frame.schema, table.problems, table.first_row) == (frame.schema, (), 1)


# XML has no other control characters, and its readers turn \r into \n
SHEET = st.text(ALPHABET.filter(lambda c: c not in "\r\ufdd0"), max_size=12)


@unhurried
@given(st.lists(st.tuples(SHEET, st.integers(-(2**31), 2**31), st.floats(-1e6, 1e6)), max_size=5))
def test_xlsx(rows: list[tuple[str, int, float]]):
    rows = [("영화", 1, 0.5), *rows]
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    for j, name in enumerate(["text", "count", "score"]):
        sheet.write(0, j, name)
    for i, (text, count, score) in enumerate(rows, start=1):
        if text:
            sheet.write_string(i, 0, text)
        sheet.write_number(i, 1, count)
        sheet.write_number(i, 2, score)
    book.close()
    table = read_table("a.xlsx", content=file.getvalue())
    assert table.frame["text"].to_list() == [text or None for text, _, _ in rows]
    assert (table.frame["count"].to_list(), str(table.frame["count"].dtype)) == ([row[1] for row in rows], "Int64")
    assert table.frame["score"].to_list() == pytest.approx([row[2] for row in rows], rel=1e-14)
    assert (table.problems, table.first_row) == ((), 2)


def _packed() -> dict[str, bytes]:
    frame = pl.DataFrame({"id": range(20), "text": [f"영화 {i}" for i in range(20)]})
    parquet, xlsx = io.BytesIO(), io.BytesIO()
    frame.write_parquet(parquet)
    frame.write_excel(xlsx)
    return {"a.parquet": parquet.getvalue(), "a.xlsx": xlsx.getvalue()}


PACKED = _packed()


@unhurried
@given(st.sampled_from(sorted(PACKED)), st.integers(0, 10**6), st.binary(min_size=1, max_size=4), st.booleans())
def test_damaged_bytes_give_a_table_or_a_sentence(name: str, place: int, bytes_in: bytes, cut: bool):
    content = PACKED[name]
    place %= len(content)
    damaged = content[:place] if cut else content[:place] + bytes_in + content[place + len(bytes_in) :]
    try:
        table = read_table(name, content=damaged)
    except DataError as error:
        assert error.key.startswith("files.")
    else:
        assert table.frame.height > 0
