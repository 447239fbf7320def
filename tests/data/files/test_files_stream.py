"""Files in blocks: the rows, problems and sentences of the file read whole, whatever the sizes of blocks and chunks."""

import csv
import io
import json
from pathlib import Path

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from maeum.data.files import FileSettings, read_table
from maeum.data.files.sniff import MAX_LINE
from maeum.data.files.stream import WholeStream, open_stream
from maeum.errors import DataError

unhurried = settings(deadline=None, max_examples=150)
SIZES = st.tuples(st.integers(1, 9), st.integers(1, 40))
MARKUP = st.sampled_from(
    [
        '"',
        '""',
        ",",
        "\t",
        ";",
        "\n",
        "\r",
        "\r\n",
        "가",
        "영화 좋다",
        " ",
        "\ufeff",
        "é",
        "👍",
        "a",
        "1",
        "x,y\n",
        '","',
    ]
)


def outcome(read):
    """Rows, problems and what else is said of a table, or the error's key and values."""
    try:
        return read()
    except DataError as error:
        return error.key, {name: str(value) for name, value in error.values.items()}


def whole(path: Path, how: FileSettings):
    def read():
        table = read_table(path, how)
        return table.frame.schema, table.frame.rows(), table.problems, table.first_row, table.encoding, table.quoting

    return outcome(read)


def in_blocks(path: Path, how: FileSettings, size: int, chunk: int, skip: int = 0):
    def read():
        stream = open_stream(path, how, chunk)
        blocks = list(stream.blocks(size, skip))
        assert stream.rows == skip + sum(block.frame.height for block in blocks)
        assert all(block.frame.height == size for block in blocks[:-1])
        assert all(stream.columns == block.frame.columns for block in blocks)
        first = blocks[0]
        assert [block.first_row - first.first_row for block in blocks] == list(range(0, stream.rows - skip, size))
        problems = tuple(problem for block in blocks for problem in block.problems)
        frame = pl.concat([block.frame for block in blocks])
        return frame.schema, frame.rows(), problems, first.first_row, first.encoding, first.quoting

    return outcome(read)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("stream")


def same(folder: Path, name: str, content: bytes, how: FileSettings, sizes: tuple[int, int]):
    path = folder / name
    path.write_bytes(content)
    found = in_blocks(path, how, *sizes)
    assert found == whole(path, how)
    return found


@unhurried
@given(
    st.lists(MARKUP, max_size=30).map("".join),
    st.sampled_from(["a.csv", "a.tsv", "a.txt"]),
    st.sampled_from(["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-32"]),
    st.sampled_from(["auto", "on", "off"]),
    st.sampled_from(["auto", "on", "off"]),
    SIZES,
)
@example("a,b\r\n1,2\r\n\r\n\r\n", "a.csv", "utf-8", "auto", "auto", (1, 1))
@example('a,b\n"1\n,2', "a.csv", "utf-8", "auto", "auto", (1, 3))
@example('a\tb\n"1"\t2\n"3\t4\n', "a.tsv", "utf-8", "auto", "auto", (1, 5))
def test_delimited(folder, text, name, encoding, quoting, header, sizes):
    content = text.encode(encoding, "replace")
    same(folder, name, content, FileSettings(quoting=quoting, header=header), sizes)


@unhurried
@given(
    st.binary(max_size=12).filter(lambda part: b"\0" not in part),
    st.integers(0, 30),
    st.sampled_from(["auto", "utf-8", "cp949", "utf-16-le", "cp1252", "johab", "latin-1"]),
    SIZES,
)
@example(b"\xff\xfe", 0, "auto", (1, 1))
@example(b"\xbf\xb5\xc8\xad\n", 12, "auto", (2, 1))
def test_bytes_that_mean_little(folder, part, place, encoding, sizes):
    base = "no,text\n1,영화가 좋다\n2,é\n3,별로\n".encode()
    same(folder, "a.csv", base[:place] + part + base[place:], FileSettings(encoding=encoding), sizes)
    base = "no,text\n1,영화가 좋다\n2,별로\n".encode("cp949")
    same(folder, "a.csv", base[:place] + part + base[place:], FileSettings(encoding=encoding), sizes)


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.integers(0, 9), st.floats(allow_nan=False),
    st.sampled_from(["좋다", "1", [1], ["a"], {"k": 1}, {"k": "1", "j": None}, [[]], "\ud83d"]),
)  # fmt: skip
OBJECTS = st.dictionaries(st.sampled_from(["text", "n", "글"]), VALUES, max_size=3).map(json.dumps)


@unhurried
@given(st.lists(st.one_of(OBJECTS, st.sampled_from(["", "  ", "[1]", "{", '{"a":1,"a":2}'])), max_size=12), SIZES)
@example(['{"text": 1}', '{"text": "둘"}', '{"text": 3.5, "n": 2}'], (1, 1))
def test_json_lines(folder, lines, sizes):
    same(folder, "a.jsonl", "\n".join(lines).encode("utf-8", "surrogatepass"), FileSettings(), sizes)


def test_a_column_that_changes_its_type_keeps_every_value(folder):
    path = folder / "t.jsonl"
    path.write_text('{"n": 1}\n{"n": 2}\n{"n": "셋"}\n{"n": 4.5}\n', encoding="utf-8")
    frames = [block.frame for block in open_stream(path).blocks(2)]
    assert [frame["n"].to_list() for frame in frames] == [["1", "2"], ["셋", "4.5"]]


@pytest.mark.parametrize("skip", [0, 1, 7, 20, 49])
@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.parquet", "a.json"])
def test_a_beginning_that_is_left_out(folder, name, skip):
    frame = pl.DataFrame({"n": [str(i) for i in range(50)], "text": [f"좋다 {i}" for i in range(50)]})
    path = folder / name
    if name.endswith(".csv"):
        frame.write_csv(path)
    elif name.endswith(".jsonl"):
        frame.write_ndjson(path)
    elif name.endswith(".json"):
        frame.write_json(path)
    else:
        frame.write_parquet(path, row_group_size=13)
    schema, rows, problems, *_ = in_blocks(path, FileSettings(), 4, 16, skip)
    assert (rows, problems) == (frame.rows()[skip:], ())
    assert schema == frame.schema


def test_parquet_keeps_its_types_and_what_is_cut_off_is_said(folder, sentences):
    frame = pl.DataFrame(
        {"t": ["a", None, "b"], "l": [[1], None, [2, 3]], "c": pl.Series(["x", "y", "x"], dtype=pl.Categorical)}
    )
    path = folder / "p.parquet"
    frame.write_parquet(path)
    assert in_blocks(path, FileSettings(), 2, 1)[:2] == whole(path, FileSettings())[:2]
    content = path.read_bytes()
    for cut in (content[:-4], content[: len(content) // 2], b"PAR1"):
        path.write_bytes(cut)
        assert sentences(lambda: open_stream(path)) == sentences(lambda: read_table(path))
        assert "damaged or cut off" in sentences(lambda: open_stream(path))[0]
    frame.clear().write_parquet(path)
    assert sentences(lambda: open_stream(path)) == sentences(lambda: read_table(path))


CASES = {
    "nul.csv": b"text\na\nb\0c\n",
    "utf16.csv": "text\n좋다\n재밌다\n".encode("utf-16-le"),
    "mixed.csv": "text\n좋다\n".encode() + "영화가 별로다\n".encode("cp949"),
    "quote.csv": 'no,text\n1,좋다\n2,"열린\n3,채\n'.encode(),
    "long_quote.csv": b'no,text\n1,a\n2,"' + b"x\n" * (MAX_LINE // 2 + 5) + b'"\n',
    "long.csv": b"text\na\n" + b"x" * (MAX_LINE + 1) + b"\nb\n",
    "long_end.csv": b"text\r\na\r" + b"x" * (MAX_LINE + 1),
    "long_and_nul.csv": b"text\n" + b"x" * (MAX_LINE + 1) + b"\n\0\n",
    "empty.csv": b"",
    "white.csv": b" \n\t\n",
    "white.txt": b" " * (MAX_LINE + 2),
    "header.csv": b"a,b\n\n\n",
    "twice.csv": b"a,a\n1,2\n",
    "zip.csv": b"PK\x03\x04aaaa",
    "none.jsonl": b"[1]\n2\n",
    "keys.jsonl": b'{"a": 1, "a ": 2}\n',
}


@pytest.mark.parametrize("name", CASES)
def test_a_file_that_cannot_be_used_is_refused_in_the_same_words(folder, sentences, name):
    path = folder / name
    path.write_bytes(CASES[name])
    assert sentences(lambda: open_stream(path)) == sentences(lambda: read_table(path))


def test_a_line_of_the_greatest_length_passes(folder):
    path = folder / "just.txt"
    path.write_bytes(b"a\r\n" + b"x" * MAX_LINE + b"\r\nb\n")
    assert [block.frame["text"].str.len_chars().to_list() for block in open_stream(path).blocks(2)] == [
        [1, MAX_LINE],
        [1],
    ]


def test_what_is_read_in_parts_and_what_whole(folder):
    nested, plain = folder / "n.jsonl", folder / "p.jsonl"
    nested.write_text('{"text": "a", "tags": ["b"]}\n', encoding="utf-8")
    plain.write_text('{"text": "a"}\n', encoding="utf-8")
    assert isinstance(open_stream(nested), WholeStream)
    assert not isinstance(open_stream(plain), WholeStream)
    out = io.StringIO()
    csv.writer(out).writerows([["text"], ["좋다"]])
    (folder / "j.csv").write_bytes(out.getvalue().encode("johab"))
    assert isinstance(open_stream(folder / "j.csv", FileSettings(encoding="johab")), WholeStream)
