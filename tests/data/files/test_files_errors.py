"""Files that cannot be read at all: each is one whole sentence, in both languages."""

import gzip
import io
import os
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from maeum.data.files import SUFFIXES, FileSettings, read_table
from maeum.data.files.guard import damaged
from maeum.data.files.sniff import MAX_LINE
from maeum.errors import DataError
from maeum.messages import table
from maeum.messages.particles import particle

HEADER = b"id,text\n"
KNOWN = (
    ".csv, .tsv, .txt, .jsonl, .ndjson, .json, .parquet, .pq, .xlsx, .xls, .ods, .csv.gz, .tsv.gz, .txt.gz, "
    ".jsonl.gz, .ndjson.gz"
)
ENCODINGS = (
    "utf-8, utf-8-sig, utf-16, utf-16-le, utf-16-be, utf-32, cp949, euc-kr, johab, iso2022_kr, latin-1, cp1252, "
    "shift_jis, gb18030"
)


def parquet(frame: pl.DataFrame) -> bytes:
    file = io.BytesIO()
    frame.write_parquet(file)
    return file.getvalue()


def workbook(rows: list[list[object]], sheets: tuple[str, ...] = ("Sheet1",)) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    for name in sheets:
        sheet = book.add_worksheet(name)
        for i, row in enumerate(rows):
            for j, value in enumerate(row):
                sheet.write(i, j, value)
    book.close()
    return file.getvalue()


def test_missing_with_and_without_a_near_name(tmp_path: Path, sentences):
    (tmp_path / "reviews.csv").write_text("text\n좋다\n", encoding="utf-8")
    path = tmp_path / "reveiws.csv"
    assert sentences(lambda: read_table(path)) == (
        (
            f"A file was expected at '{path}', but nothing is there. Did you mean 'reviews.csv'? Check the name, "
            "or give "
            "the whole path."
        ),
        (
            f"'{path}'에 파일이 있어야 하나 없습니다. 혹시 'reviews.csv'를 찾으셨나요? 이름을 확인하거나 전체 경로를 "
            "지정하세요."
        ),
    )
    assert sentences(lambda: read_table("no/such/folder/파일.csv"))[0] == (
        "A file was expected at 'no/such/folder/파일.csv', but nothing is there. Check the name, or give the "
        "whole path."
    )


def test_folder(tmp_path: Path, sentences):
    for name in ("b.csv", "a.XLSX", "notes.doc"):
        (tmp_path / name).touch()
    assert sentences(lambda: read_table(tmp_path)) == (
        f"A file was expected, but '{tmp_path}' is a folder. Name one of the files in it: a.XLSX, b.csv",
        (
            f"파일을 지정해야 하나 '{tmp_path}'{particle(str(tmp_path), '은/는')} 폴더입니다. 그 안의 파일 하나를 "
            "지정하세요: a.XLSX, b.csv"
        ),
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_pipe(tmp_path: Path, sentences):
    path = tmp_path / "pipe.csv"
    os.mkfifo(path)
    assert sentences(lambda: read_table(path)) == (
        f"A file was expected, but '{path}' is a device or a pipe. Save its content as a file first.",
        f"파일을 지정해야 하나 '{path}'는 장치 또는 파이프입니다. 내용을 먼저 파일로 저장하세요.",
    )


def test_unreadable(tmp_path: Path, sentences, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "locked.csv"
    path.write_bytes(HEADER)

    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)  # chmod does not stop root
    assert sentences(lambda: read_table(path)) == (
        (
            f"'{path}' exists, but cannot be read (Permission denied). Close other programs that use it, or change its "
            "permissions."
        ),
        (
            f"'{path}'가 있으나 읽을 수 없습니다(Permission denied). 이 파일을 쓰는 다른 프로그램을 닫거나 읽기 "
            "권한을 주세요."
        ),
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.txt", b"\xef\xbb\xbf"),
        ("a.txt", b" \r\n\t\n"),
        ("a.tsv", b"\xff\xfe \0\n\0"),
        ("a.csv", b"\n,,\n , \n"),
        ("a.jsonl", b"\n\n"),
        ("a.json", b" "),
        ("a.parquet", b""),
        ("a.xlsx", workbook([])),
        ("a.csv.gz", gzip.compress(b"", mtime=0)),
    ],
)
def test_empty(name: str, content: bytes, sentences):
    assert sentences(lambda: read_table(name, content=content)) == (
        f"Rows of text were expected, but '{name}' is empty. Check that it was saved or downloaded whole.",
        (
            f"텍스트 행이 있어야 하나 '{name}'{particle(name, '은/는')} 비어 있습니다. 끝까지 저장하거나 내려받았는지 "
            "확인하세요."
        ),
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b"id,text\n"),
        ("a.tsv", b"id\ttext\r\n\r\n  \r\n"),
        ("a.txt", b"id\ttext"),
        ("a.parquet", parquet(pl.DataFrame({"id": [], "text": []}))),
        ("a.xlsx", workbook([["id", "text"]])),
    ],
)
def test_header_only(name: str, content: bytes, sentences):
    assert sentences(lambda: read_table(name, content=content)) == (
        (
            f"Rows were expected below the column names, but '{name}' has none (columns: id, text). Add rows, or with "
            "--header off read the first row as data."
        ),
        (
            f"열 이름 아래에 행이 있어야 하나 '{name}'에는 없습니다(열: id, text). 행을 추가하거나, 첫 행이 데이터라면 "
            "--header off를 지정하세요."
        ),
    )


def test_header_that_does_not_decode(sentences):
    content = b"id,te\xffxt\n1,\xec\x98\x81\xed\x99\x94\n"
    assert sentences(lambda: read_table("a.csv", content=content)) == (
        (
            "Readable column names were expected on the first row of 'a.csv', found te\ufffdxt. Name the right "
            "encoding "
            "with --encoding, or correct the names."
        ),
        (
            "'a.csv'의 첫 행에 읽을 수 있는 열 이름이 있어야 하나 te\ufffdxt입니다. --encoding으로 올바른 "
            "인코딩을 지정하거나 "
            "열 이름을 고치세요."
        ),
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", "글,id,글 ,id,x\n1,2,3,4,5\n".encode()),
        ("a.xlsx", workbook([["글", "id", "글 ", "id", "x"], [1, 2, 3, 4, 5]])),
    ],
)
def test_columns_of_one_name_are_all_listed(name: str, content: bytes, sentences):
    assert sentences(lambda: read_table(name, content=content)) == (
        (
            f"Every column of '{name}' needs a name of its own; more than one is called 글, id. Rename them in "
            "the file; "
            "if the first row is data, add --header off."
        ),
        (
            f"'{name}'의 열 이름은 서로 달라야 하나 글, id가 여러 번 나옵니다. 파일에서 이름을 바꾸세요. 첫 행이 "
            "데이터라면 "
            "--header off를 지정하세요."
        ),
    )


def test_line_too_long_names_the_line(sentences):
    content = HEADER + b"1,ok\r\n2," + b"x" * MAX_LINE + b"\n"
    assert sentences(lambda: read_table("a.csv", content=content)) == (
        (
            "Lines of at most 8,388,608 characters were expected, but line 3 of 'a.csv' is longer. Check that it is a "
            'table with one row a line; a quote (") that is never closed may be why.'
        ),
        (
            "한 줄은 8,388,608자 이하여야 하나 'a.csv'의 3번째 줄은 더 깁니다. 한 줄에 한 행인 표인지 "
            "확인하세요. 닫히지 않은 "
            '따옴표(")가 원인일 수 있습니다.'
        ),
    )


def test_the_longest_line_is_read():
    content = HEADER + b"1,ok\r\n2," + b"x" * (MAX_LINE - 2) + b"\n3,end\n"
    assert read_table("a.csv", content=content).frame["text"].str.len_chars().to_list() == [2, MAX_LINE - 2, 3]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.txt"])
def test_nul_names_the_line(name: str, sentences):
    content = "id,text\n1,영화\n2,\0\n".encode()
    assert sentences(lambda: read_table(name, content=content)) == (
        (
            f"Text was expected, but line 3 of '{name}' holds a NUL byte, which text never does. Save the file "
            "again as "
            "UTF-8 text; if it is in another encoding, name it with --encoding."
        ),
        (
            f"텍스트 파일이어야 하나 '{name}'의 3번째 줄에 텍스트에 없는 NUL 바이트가 있습니다. UTF-8 텍스트로 "
            "다시 저장하세요. "
            "다른 인코딩이라면 --encoding으로 지정하세요."
        ),
    )


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf16_without_mark_suggests_its_name(name: str, sentences):
    content = "글\t점수\n재밌다\t1\n별로\t0\n".encode(name)
    assert sentences(lambda: read_table("a.tsv", content=content)) == (
        f"'a.tsv' seems to be UTF-16 without the mark that says so. Add --encoding {name}, or save it again as UTF-8.",
        f"'a.tsv'는 표시(BOM)가 없는 UTF-16으로 보입니다. --encoding {name}를 지정하거나 UTF-8로 다시 저장하세요.",
    )
    table_read = read_table("a.tsv", FileSettings(encoding=name), content)
    assert table_read.frame.to_dict(as_series=False) == {"글": ["재밌다", "별로"], "점수": ["1", "0"]}


def test_mixed_encodings_name_the_first_line_of_each(sentences):
    lines = [b"id,text", b"1,ok", "2,재미있는 영화".encode("cp949"), "3,지루한 영화".encode(), "4,좋다".encode("cp949")]
    assert sentences(lambda: read_table("a.csv", content=b"\n".join(lines))) == (
        (
            "One encoding was expected, but 'a.csv' mixes two: line 4 is UTF-8, line 3 is cp949. Save the part that is "
            "cp949 again as UTF-8, or force one encoding with --encoding."
        ),
        (
            "인코딩은 하나여야 하나 'a.csv'에는 둘이 섞여 있습니다. 4번째 줄은 UTF-8, 3번째 줄은 cp949입니다. "
            "cp949인 부분을 "
            "UTF-8로 다시 저장하거나 --encoding으로 하나를 지정하세요."
        ),
    )
    forced = read_table("a.csv", FileSettings(encoding="utf-8"), b"\n".join(lines))
    assert [(problem.row, problem.kind) for problem in forced.problems] == [(3, "undecodable"), (5, "undecodable")]


@pytest.mark.parametrize(("found", "near"), [("cp94", "cp949"), ("utf_8bom", "utf-8"), ("zlib", ""), ("idna", "")])
def test_unknown_encoding(found: str, near: str, sentences):
    english = f" Did you mean '{near}'?" if near else ""
    korean = f" 혹시 '{near}'를 찾으셨나요?" if near == "cp949" else f" 혹시 '{near}'을 찾으셨나요?" if near else ""
    settings = FileSettings(encoding=found)
    assert sentences(lambda: read_table("a.csv", settings, b"a\n\xff\n")) == (
        f"--encoding: the name of a text encoding was expected, found '{found}'.{english} Common ones: {ENCODINGS}",
        f"--encoding: 텍스트 인코딩 이름이어야 하나 '{found}'입니다.{korean} 자주 쓰는 이름: {ENCODINGS}",
    )


@pytest.mark.parametrize(("found", "near"), [("::", ""), ('"', ""), ("semicolom", "semicolon")])
def test_unknown_delimiter(found: str, near: str, sentences):
    english = f" Did you mean '{near}'?" if near else ""
    korean = f" 혹시 '{near}'을 찾으셨나요?" if near else ""
    settings = FileSettings(delimiter=found)
    assert sentences(lambda: read_table("a.csv", settings, b"a::b\n1::2\n")) == (
        f"--delimiter: auto, comma, tab, semicolon, pipe or one character was expected, found '{found}'.{english}",
        f"--delimiter: auto, comma, tab, semicolon, pipe 또는 문자 하나여야 하나 '{found}'입니다.{korean}",
    )


def test_unknown_suffix(tmp_path: Path, sentences):
    path = tmp_path / "reviews.parqet"
    path.write_bytes(HEADER)
    assert sentences(lambda: read_table(path)) == (
        (
            f"A file name that ends in one of {KNOWN} was expected, found '{path}'. Did you mean '.parquet'? Save "
            "the data in "
            "one of these formats, or rename the file."
        ),
        (
            f"파일 이름은 {KNOWN} 가운데 하나로 끝나야 하나 '{path}'입니다. 혹시 '.parquet'를 찾으셨나요? 데이터를 "
            "이 형식으로 "
            "저장하거나 파일 이름을 바꾸세요."
        ),
    )
    assert ", ".join(SUFFIXES) == KNOWN


@pytest.mark.parametrize(
    ("name", "content", "suffix", "known"),
    [
        ("a.csv", workbook([["text"], ["글"]]), ".csv", ".xlsx, .ods"),
        ("a.txt", parquet(pl.DataFrame({"text": ["글"]})), ".txt", ".parquet, .pq"),
        ("a.xlsx", b"PAR1", ".xlsx", ".parquet, .pq"),
        ("a.csv", gzip.compress(HEADER, mtime=0), ".csv", ".csv.gz, .tsv.gz, .txt.gz, .jsonl.gz, .ndjson.gz"),
    ],
)
def test_content_of_another_kind(name: str, content: bytes, suffix: str, known: str, sentences):
    assert sentences(lambda: read_table(name, content=content)) == (
        (
            f"'{name}' ends in {suffix}, but its content is that of a file ending in {known}. Rename it so that "
            "the name "
            f"fits, or save it again as {suffix}."
        ),
        (
            f"'{name}'의 이름은 {suffix}로 끝나지만 내용은 {known} 파일입니다. 내용에 맞게 이름을 바꾸거나 {suffix} "
            "형식으로 다시 저장하세요."
        ),
    )


def test_quote_never_closed_names_the_line_it_opens_on(sentences):
    content = 'id,text\n1,"두 줄\n글"\n2,"여기서 열림\n3,끝\n4,끝\n'.encode()
    assert sentences(lambda: read_table("a.csv", content=content)) == (
        (
            'Every cell that opens with a quote (") must close with one, but the quote opened on line 4 of '
            "'a.csv' is never "
            "closed. Close it; if quotes are part of the texts, add --quoting off."
        ),
        (
            "따옴표(\")로 시작한 칸은 따옴표로 끝나야 하나 'a.csv'의 4번째 줄에서 연 따옴표가 닫히지 않았습니다. "
            "따옴표를 "
            "닫으세요. 따옴표가 텍스트의 일부라면 --quoting off를 지정하세요."
        ),
    )
    assert read_table("a.csv", FileSettings(quoting="off"), content).frame["text"][2] == '"여기서 열림'


@pytest.mark.parametrize("tail", [b'2,"', b'2,"x', b'2,"x""', b'2,"x\r\n', b'2,"x"",\n\n'])
def test_every_way_a_last_quote_stays_open(tail: bytes):
    with pytest.raises(DataError) as caught:
        read_table("a.csv", content=HEADER + b"1,ok\r\n" + tail)
    assert (caught.value.key, caught.value.values["line"]) == ("files.quote_open", 3)


@pytest.mark.parametrize("tail", [b'2,"x"', b'2,"x"\n', b'2,"x"y"\n', b'2,x"\n', b'2,""', b'2,"""x"'])
def test_closed_quotes_are_not_taken_for_open(tail: bytes):
    assert read_table("a.csv", content=HEADER + b"1,ok\n" + tail).frame.height == 2


def test_quote_that_swallows_more_than_a_line_may_hold():
    content = HEADER + b'1,"two\nlines"\n2,"open\n' + b"a line like any other\n" * 400_000
    with pytest.raises(DataError) as caught:
        read_table("a.csv", content=content)
    assert (caught.value.key, caught.value.values["line"]) == ("files.quote_open", 4)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.xlsx", workbook([["text"], ["글"]])[:900], ".xlsx"),
        ("a.xls", "글".encode(), ".xls"),
        ("a.parquet", parquet(pl.DataFrame({"text": ["글"]}))[:-6], ".parquet"),
        ("a.pq", b"PAR1", ".pq"),
        ("a.csv.gz", gzip.compress(HEADER * 9, mtime=0)[:-9], ".gz"),
        ("a.csv.gz", gzip.compress(HEADER * 9, mtime=0)[:-9] + b"123456789", ".gz"),
        ("a.csv.gz", b"text\n", ".gz"),
    ],
)
def test_damaged(name: str, content: bytes, kind: str, sentences):
    with pytest.raises(DataError) as caught:
        read_table(name, content=content)
    reason = caught.value.values["reason"]  # the library's own words, which change with its version
    assert 10 < len(reason) <= 120
    assert "\n" not in reason
    assert sentences(lambda: read_table(name, content=content)) == (
        (
            f"'{name}' was expected to be a whole {kind} file, but it is damaged or cut off ({reason}). Copy or "
            "download it again."
        ),
        (
            f"'{name}'{particle(name, '은/는')} 온전한 {kind} 파일이어야 하나 손상되었거나 잘렸습니다({reason}). 다시 "
            "복사하거나 내려받으세요."
        ),
    )


def test_decompression_bomb(sentences, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("maeum.data.files.source.SAFE_UNPACKED", 2**20)
    honest = "id,text\n" + "".join(f"{i},영화 {i * i}\n" for i in range(100_000))  # more than 1 MiB
    assert read_table("a.csv.gz", content=gzip.compress(honest.encode())).frame.height == 100_000
    bomb = gzip.compress(b"\n" * 2**22)
    assert sentences(lambda: read_table("a.csv.gz", content=bomb)) == (
        (
            "'a.csv.gz' would unpack to more than 1 MiB, more than its size allows. If this is meant, unpack it "
            "yourself and "
            "give the unpacked file."
        ),
        (
            "'a.csv.gz'의 압축을 풀면 1 MiB를 넘어 파일 크기에 비해 너무 큽니다. 의도한 파일이라면 직접 압축을 "
            "풀고 그 파일을 "
            "지정하세요."
        ),
    )


def test_workbook_that_is_a_bomb(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("maeum.data.files.source.SAFE_UNPACKED", 2**20)
    monkeypatch.setattr("maeum.data.files.source.MAX_RATIO", 2)
    with pytest.raises(DataError) as caught:
        read_table("a.xlsx", content=workbook([["text"], *([["x"]] * 60_000)]))
    assert caught.value.key == "files.bomb"


def test_parquet_that_is_a_bomb(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("maeum.data.files.source.SAFE_UNPACKED", 2**20)
    with pytest.raises(DataError) as caught:
        read_table("a.parquet", content=parquet(pl.DataFrame({"text": ["x"] * 1_000_000})))
    assert caught.value.key == "files.bomb"


def far_cell(row: int, column: int) -> bytes:
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_column(0, 0, ["text", "글"])
    sheet.write(row, column, "x")
    sheet.write_blank(1_048_575, 16_383, None, book.add_format({"bold": True}))  # formatted, but not filled
    book.close()
    return file.getvalue()


def test_a_stray_cell_far_away(sentences):
    assert sentences(lambda: read_table("a.xlsx", content=far_cell(1_048_575, 16_383 - 1))) == (
        (
            "A sheet of at most 50,000,000 cells was expected, but 'a.xlsx' reaches to cell XFC1048576, which makes "
            "17,178,820,608. Delete what lies far from the data, or save the sheet as .csv."
        ),
        (
            "시트는 50,000,000칸 이하여야 하나 'a.xlsx'는 XFC1048576까지 이어져 17,178,820,608칸입니다. 데이터에서 "
            "멀리 떨어진 칸을 지우거나 시트를 .csv로 저장하세요."
        ),
    )
    assert read_table("a.xlsx", content=far_cell(99, 999)).frame.shape == (99, 2)


def test_sheet_missing(sentences):
    content = workbook([["text"], ["글"]], ("리뷰 2024", "Notes"))
    assert sentences(lambda: read_table("a.xlsx", FileSettings(sheet="notes "), content)) == (
        "--sheet: a sheet of 'a.xlsx' was expected, found 'notes '. Did you mean 'Notes'? Its sheets: 리뷰 2024, Notes",
        "--sheet: 'a.xlsx'의 시트여야 하나 'notes '입니다. 혹시 'Notes'를 찾으셨나요? 있는 시트: 리뷰 2024, Notes",
    )


def test_json_that_breaks_off(sentences):
    content = '[{"text": "글"},\n {"text": }]'.encode()
    assert sentences(lambda: read_table("a.json", content=content)) == (
        (
            "'a.json' was expected to be whole JSON, but it breaks at line 2, character 11. Correct it there; "
            "one object a "
            "line belongs in a .jsonl file."
        ),
        (
            "'a.json'은 온전한 JSON이어야 하나 2번째 줄 11번째 문자에서 어긋납니다. 그곳을 고치세요. 한 줄에 "
            "객체 하나씩인 "
            "데이터는 .jsonl 파일로 저장하세요."
        ),
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.jsonl", b"id,text\n1,x\n"),
        ("a.jsonl", b"[1]\n2\n"),
        ("a.jsonl", b"{}\n"),
        ("a.json", b"[]"),
        ("a.json", b'["x", 1]'),
        ("a.json", b"3"),
        ("a.json", b"[" * 100_000),
        ("a.json", b'[{"text": 1, "text": 2}]'),
    ],
)
def test_json_without_objects(name: str, content: bytes, sentences):
    assert sentences(lambda: read_table(name, content=content)) == (
        (
            'JSON objects such as {"text": "…"} were expected (one a line in .jsonl, an array of them in .json), but '
            f"'{name}' holds none. Write every row as an object."
        ),
        (
            f'{{"text": "…"}} 같은 JSON 객체가 있어야 하나(.jsonl은 한 줄에 하나, .json은 배열) \'{name}\'에는 '
            "없습니다. 각 행을 "
            "객체로 저장하세요."
        ),
    )


def test_every_sentence_has_both_languages():
    for topic in ("files", "rows"):
        for name, languages in table(topic).items():
            assert set(languages) == {"en", "ko"}, name


def test_a_panic_of_a_reader_is_damage_and_an_interrupt_is_not():
    panic = type("PanicException", (BaseException,), {})
    with pytest.raises(DataError) as caught, damaged(Path("a.xlsx"), ".xlsx"):
        raise panic("index out of bounds")
    assert caught.value.values["reason"] == "index out of bounds"
    with pytest.raises(KeyboardInterrupt), damaged(Path("a.xlsx"), ".xlsx"):
        raise KeyboardInterrupt
