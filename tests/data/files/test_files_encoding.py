"""Encodings: found without asking, and faults named by row."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maeum.data.files import FileSettings, Table, read_table
from maeum.errors import DataError
from maeum.schema import RowProblem

unhurried = settings(deadline=None)  # the first example also loads polars
ROWS = [("1", "영화가 좋다"), ("2", "굳 ㅋㅋ"), ("3", "별로")]


def rows_of(table: Table) -> list[tuple[str | None, ...]]:
    return table.frame.rows()


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp949", "cp949"),
        ("utf-16", "utf-16-le"),
        ("utf-32", "utf-32-le"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_found_without_asking(encoding: str, found: str, end: str):
    text = end.join(["id,text", *(",".join(row) for row in ROWS)]) + end
    table = read_table("a.csv", content=text.encode(encoding))
    assert (table.encoding, table.frame.columns, rows_of(table)) == (found, ["id", "text"], ROWS)
    assert (table.problems, table.first_row) == ((), 2)


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("EUC-KR", "euc-kr"),
        ("windows-949", "cp949"),
        ("uhc", "cp949"),
        ("UTF8", "utf-8-sig"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("johab", "johab"),
    ],
)
def test_named(name: str, written: str):
    content = "id,text\n1,영화\n".encode(written)
    table = read_table("a.csv", FileSettings(encoding=name), content)
    assert (table.frame.columns, rows_of(table)) == (["id", "text"], [("1", "영화")])


def test_euc_kr_by_name_holds_what_windows_wrote():
    """뷁 is in cp949 and not in euc-kr; people say euc-kr and mean cp949."""
    table = read_table("a.csv", FileSettings(encoding="euc-kr"), "text\n뷁\n".encode("cp949"))
    assert (rows_of(table), table.encoding, table.problems) == ([("뷁",)], "cp949", ())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_broken_bytes_name_their_rows_and_stay(encoding: str):
    lines = ["id,text", "1,영화", "2,@가", "3,다시 영화", "4,끝@"]
    content = "\n".join(lines).encode(encoding).replace(b"@", b"\xff")
    table = read_table("a.csv", content=content)
    assert rows_of(table) == [("1", "영화"), ("2", "\ufffd가"), ("3", "다시 영화"), ("4", "끝\ufffd")]
    assert table.problems == (RowProblem(3, "undecodable", "\ufffd가"), RowProblem(5, "undecodable", "끝\ufffd"))
    assert table.encoding == encoding


def test_half_a_cp949_character_does_not_swallow_the_line_end():
    content = "id,text\n1,영화\n".encode("cp949") + b"2,\xb0\n3,\xb0,\n"
    table = read_table("a.csv", content=content)
    assert rows_of(table) == [("1", "영화"), ("2", "\ufffd"), ("3", "\ufffd")]
    assert [problem.kind for problem in table.problems] == ["undecodable", "undecodable"]


def test_long_text_is_shown_around_its_fault():
    text = "가" * 100 + "@" + "나" * 100
    content = f"id,text\n1,{text}\n".encode().replace(b"@", b"\xff")
    detail = read_table("a.csv", content=content).problems[0].detail
    assert detail == "…" + "가" * 20 + "\ufffd" + "나" * 19 + "…"


def test_broken_utf16():
    lone, odd = "\ud83d".encode("utf-16-le", "surrogatepass"), b"\x00"
    text = ["\ufeffid\ttext\n1\t영화\n2\t".encode("utf-16-le"), lone, "x\n3\t좋다\n4\t끝".encode("utf-16-le"), odd]
    table = read_table("a.tsv", content=b"".join(text))
    assert rows_of(table) == [("1", "영화"), ("2", "\ufffdx"), ("3", "좋다"), ("4", "끝\ufffd")]
    assert table.problems == (RowProblem(3, "undecodable", "\ufffdx"), RowProblem(5, "undecodable", "끝\ufffd"))


def test_a_replacement_character_of_the_file_itself_is_no_fault():
    table = read_table("a.csv", content="id,text\n1,\ufffd\n2,\ufdd0\n".encode())
    assert (rows_of(table), table.problems) == ([("1", "\ufffd"), ("2", "\ufdd0")], ())


def test_cp949_without_hangul():
    assert rows_of(read_table("a.csv", content="text\n★★☆\n".encode("cp949"))) == [("★★☆",)]


@pytest.mark.parametrize(("text", "cut"), [("갱가", 2), ("개발개발 가", 1)])
def test_utf8_cut_inside_a_character_is_not_taken_for_cp949(text: str, cut: int):
    """Both decode as cp949, to 媛깃 and 媛쒕컻媛쒕컻 媛: half Hanja, and syllables that hardly occur."""
    broken = text.encode()[:-cut]
    assert "媛" in broken.decode("cp949")
    table = read_table("a.csv", content="id,text\n1,영화\n2,".encode() + broken + b"\n")
    assert (table.encoding, [problem.row for problem in table.problems]) == ("utf-8", [3])


def test_surrogates_from_rare_codecs_are_faults():
    table = read_table("a.csv", FileSettings(encoding="raw_unicode_escape"), b"text\nok\n\\ud83dx\n")
    assert (rows_of(table), table.problems) == ([("ok",), ("\ufffdx",)], (RowProblem(3, "undecodable", "\ufffdx"),))


hangul_words = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=8)
common_words = st.lists(
    st.sampled_from(["영화", "재미", "배우", "연기", "최고", "지루", "감동", "평점", "추천", "시간"]), min_size=1
).map("".join)


@unhurried
@given(st.lists(hangul_words, min_size=1, max_size=8))
def test_cp949_of_any_syllables(words: list[str]):
    """Bytes of a few cp949 characters may by chance be UTF-8 too, so each line begins with a word that cannot be."""
    content = "text\n" + "".join(f"영화 {word}\n" for word in words)
    table = read_table("a.csv", content=content.encode("cp949"))
    assert (table.encoding, rows_of(table)) == ("cp949", [(f"영화 {word}",) for word in words])


@unhurried
@given(st.lists(common_words, min_size=1, max_size=5), st.lists(common_words, min_size=1, max_size=5), st.booleans())
def test_mixed_encodings_are_never_read_as_one(utf8: list[str], cp949: list[str], cp949_first: bool):
    parts = [[word.encode() for word in utf8], [word.encode("cp949") for word in cp949]]
    lines = [b"text", *(parts[1] + parts[0] if cp949_first else parts[0] + parts[1])]
    with pytest.raises(DataError) as caught:
        read_table("a.csv", content=b"\n".join(lines))
    first, second = 2, 2 + len(parts[1] if cp949_first else parts[0])
    found = (caught.value.values["utf8_line"], caught.value.values["cp949_line"])
    assert caught.value.key == "files.mixed_encodings"
    assert found == ((second, first) if cp949_first else (first, second))


@unhurried
@given(st.lists(st.tuples(common_words, st.booleans()), min_size=1, max_size=20), st.sampled_from(["utf-8", "cp949"]))
def test_exactly_the_broken_rows_are_named(rows: list[tuple[str, bool]], encoding: str):
    lines = [word.encode(encoding) + (b"\xff" if broken else b"") for word, broken in [("영화", False), *rows]]
    table = read_table("a.txt", content=b"\n".join(lines))
    assert [problem.row for problem in table.problems] == [i for i, row in enumerate(rows, start=2) if row[1]]
    assert {problem.kind for problem in table.problems} <= {"undecodable"}
    assert table.frame["text"][1:].to_list() == [word + ("\ufffd" if broken else "") for word, broken in rows]


@unhurried
@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.tsv", "a.txt", "a.jsonl", "a.json"]))
def test_any_bytes_give_a_table_or_a_sentence(content: bytes, name: str):
    try:
        table = read_table(name, content=content)
    except DataError:
        return
    assert table.frame.width >= 1
    table.frame.write_parquet(io.BytesIO())  # raises where a column holds what no table can
