"""Delimited text: layout found by looking, rows that do not fit named and kept."""

import csv

import pytest

from maeum.data.files import FileSettings, read_table
from maeum.errors import RecipeError
from maeum.messages import say
from maeum.schema import RowProblem


def read(name: str, text: str, **settings: str):
    return read_table(name, FileSettings(**settings), text.encode())


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_delimiter_is_found_by_consistency(name: str, delimiter: str):
    lines = [["id", "text", "label"], ["1", "가 나", "0"], ["2", "다. 라! 마", "1"]]
    table = read(name, "\n".join(delimiter.join(line) for line in lines))
    assert (table.delimiter, table.frame.columns, table.frame.rows()) == (
        delimiter, lines[0], [("1", "가 나", "0"), ("2", "다. 라! 마", "1")],
    )  # fmt: skip


def test_consistency_decides_between_two_delimiters_of_the_header():
    table = read("a.csv", "id;text, raw;label\n1;가, 나, 다;0\n2;라;1\n3;마, 바;0\n")
    assert (table.delimiter, table.frame.row(0)) == (";", ("1", "가, 나, 다", "0"))


def test_suffix_decides_between_equals():
    text = "a,b\tc\n1,2\t3\n"
    assert [read(name, text).delimiter for name in ("x.csv", "x.tsv", "x.txt")] == [",", "\t", "\t"]


@pytest.mark.parametrize(("given", "found"), [("tab", "\t"), ("\\t", "\t"), ("Pipe", "|"), (":", ":"), (",", ",")])
def test_delimiter_by_name_or_character(given: str, found: str):
    table = read("a.csv", found.join("ab") + "\n" + found.join("12") + "\n", delimiter=given)
    assert (table.delimiter, table.frame.rows()) == (found, [("1", "2")])


def test_one_column_with_header():
    table = read("a.csv", 'text\n좋다\n"아, 별로"\n')
    assert (table.frame.columns, table.frame["text"].to_list(), table.first_row) == (["text"], ["좋다", "아, 별로"], 2)


def test_one_text_a_line():
    table = read("a.txt", '아, 좋다\n"별로\n그냥, 그래\n')
    assert (table.frame.columns, table.first_row, table.delimiter, table.quoting) == (["text"], 1, "", False)
    assert table.frame["text"].to_list() == ["아, 좋다", '"별로', "그냥, 그래"]


def test_one_text_a_line_below_a_name():
    table = read("a.txt", "review\n좋다\n", header="on")
    assert (table.frame.columns, table.frame.rows(), table.first_row) == (["review"], [("좋다",)], 2)


def test_quoted_texts_over_several_lines_in_a_txt():
    assert read("a.txt", '"첫 줄\n둘째 줄"\n좋다\n', quoting="on").frame["text"].to_list() == ["첫 줄\n둘째 줄", "좋다"]


def test_txt_with_commas_under_a_header_of_words():
    table = read("a.txt", "id,text,label\n1,좋다,1\n2,별로,0\n")
    assert (table.delimiter, table.frame.columns, table.frame.height) == (",", ["id", "text", "label"], 2)


def test_without_header():
    table = read("a.tsv", "9\t좋다\t1\n8\t별로\n", header="off")
    assert (table.frame.columns, table.first_row) == (["column_1", "column_2", "column_3"], 1)
    assert (table.frame.row(0), table.problems) == (("9", "좋다", "1"), (RowProblem(2, "ragged", "3/2"),))


def test_lone_quotes_in_tab_separated_text_are_part_of_the_text():
    text = 'id\ttext\tlabel\n1\t"좋다\t1\n2\t별로" 였다\t0\n3\t"""최고"""\t1\n'
    table = read("a.txt", text)
    assert (table.quoting, table.frame["text"].to_list()) == (False, ['"좋다', '별로" 였다', '"""최고"""'])
    assert table.problems == ()


def test_quotes_in_tab_separated_text_that_all_close_enclose():
    text = 'id\ttext\n1\t"a\tb ""c"""\n2\t별로" 였다\n3\t""\n'
    table = read("a.tsv", text)
    assert (table.quoting, table.frame["text"].to_list()) == (True, ['a\tb "c"', '별로" 였다', None])


@pytest.mark.parametrize(("quoting", "text"), [("on", "최고"), ("off", '"최고"')])
def test_quoting_as_told(quoting: str, text: str):
    table = read("a.tsv", 'id\ttext\n1\t"최고"\n', quoting=quoting)
    assert (table.frame["text"][0], table.quoting) == (text, quoting == "on")


def test_quoting_takes_three_words():
    with pytest.raises(RecipeError) as caught:
        FileSettings.build({"quoting": "yes"})
    assert caught.value.key == "settings.invalid"
    assert "'quoting' cannot be 'yes'" in str(caught.value)


def test_multi_line_cells_and_their_row_numbers():
    table = read("a.csv", 'id,text\n1,"두\r\n줄, ""인용"""\n2,한 줄,더\n')
    assert table.frame["text"][0] == '두\r\n줄, "인용"'
    assert table.problems == (RowProblem(3, "ragged", "2/3"),)


def test_cells_longer_than_the_csv_module_takes_unasked():
    before = csv.field_size_limit(131_072)
    try:
        table = read("a.csv", f'id,text\n1,"{"가" * 200_000}\n"\n2,나\n')
    finally:
        csv.field_size_limit(before)
    assert table.frame["text"].str.len_chars().to_list() == [200_001, 1]


def test_ragged_rows_are_kept_padded_or_cut():
    table = read("a.csv", "id,text,label\n1,가\n2,나,1\n3,다,0,라\n")
    assert table.frame.rows() == [("1", "가", None), ("2", "나", "1"), ("3", "다", "0")]
    assert table.problems == (RowProblem(2, "ragged", "3/2"), RowProblem(4, "ragged", "3/4"))


def test_blank_lines_inside_are_rows_and_at_the_end_are_none():
    table = read("a.csv", "id,text\n1,가\n\n  \n2,나\n,\n3,다\n\n \n\n")
    assert table.frame["id"].to_list() == ["1", None, None, "2", None, "3"]
    assert table.problems == (RowProblem(3, "blank"), RowProblem(4, "blank"), RowProblem(6, "blank"))


def test_blank_lines_in_a_text_a_line():
    table = read("a.txt", "\n좋다\n \n별로\n\n")
    assert (table.frame["text"].to_list(), table.first_row) == ([None, "좋다", None, "별로"], 1)
    assert table.problems == (RowProblem(1, "blank"), RowProblem(3, "blank"))


def test_blank_lines_above_the_header_count():
    table = read("a.csv", "\n\nid,text\n1,가,나\n")
    assert (table.first_row, table.problems) == (4, (RowProblem(4, "ragged", "2/3"),))


def test_a_row_has_one_problem_at_most():
    content = "id,text\n1,영화\n".encode() + b"2,\xff,3\n"
    assert read_table("a.csv", content=content).problems == (RowProblem(3, "undecodable", "\ufffd"),)


def test_empty_cells_are_null_and_spaces_are_kept():
    table = read("a.csv", 'id,text\n1,\n2,""\n3, 가 \n')
    assert table.frame["text"].to_list() == [None, None, " 가 "]


def test_column_names_are_composed_trimmed_and_never_empty():
    """macOS writes decomposed Hangul: ᄅ + ᅵ + … -> 리뷰."""
    table = read("a.csv", "\u1105\u1175\u1107\u1172 ,,id\n가,나,1\n")
    assert table.frame.columns == ["리뷰", "column_2", "id"]


def test_decomposed_file_names_are_found(tmp_path):
    (tmp_path / "\u1105\u1175\u1107\u1172.csv").write_text("text\n가\n", encoding="utf-8")
    assert read_table(tmp_path / "리뷰.csv").frame.rows() == [("가",)]


def test_suffix_in_capitals(tmp_path):
    path = tmp_path / "A.CSV"
    path.write_bytes("text\n가\n".encode())
    table = read_table(str(path))
    assert (table.frame.rows(), table.path) == ([("가",)], path)


def test_all_columns_are_strings():
    assert [str(kind) for kind in read("a.csv", "a,b,c\n1,,2.5\n").frame.dtypes] == ["String"] * 3


KINDS = {
    "undecodable": ("bytes that are no text in the file's encoding: d", "파일의 인코딩으로 읽을 수 없는 바이트: d"),
    "ragged": ("another number of cells than the header (header/row: d)", "머리글과 칸 수가 다름(머리글/행: d)"),
    "bad_json": ("not a JSON object: d", "JSON 객체가 아님: d"),
    "blank": ("blank row", "빈 행"),
    "empty_text": ("text without any character", "글자가 없는 텍스트"),
    "missing_text": ("no text", "텍스트 없음"),
    "missing_label": ("no label", "레이블 없음"),
    "unknown_label": ("unknown label: d", "알 수 없는 레이블: d"),
    "duplicate_id": ("id that occurred before: d", "앞에서 나온 id: d"),
    "not_text": ("not a text: d", "텍스트가 아님: d"),
    "bad_number": ("not a number: d", "숫자가 아님: d"),
    "left_out_by_rule": ("left out by rule: d", "규칙에 따라 제외: d"),
}


@pytest.mark.parametrize("kind", KINDS)
def test_phrases(kind: str):
    assert (say(f"rows.{kind}", "en", detail="d"), say(f"rows.{kind}", "ko", detail="d")) == KINDS[kind]


def test_summary():
    values = {"count": 2, "reason": say("rows.blank", "en"), "rows": "3, 7"}
    assert say("rows.summary", "en", **values) == "2 × blank row (row 3, 7)"
    assert say("rows.summary", "ko", **{**values, "reason": "빈 행"}) == "2행: 빈 행 (행 번호 3, 7)"
