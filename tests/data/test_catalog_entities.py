"""Entities and relations: KLUE-NER, KLUE-RE, and own files with entity columns or spans."""

from __future__ import annotations

import json

import pytest

import maeum
from maeum.data.catalog import klue_ner, klue_re
from maeum.data.catalog.entities import mapping, read_entities
from maeum.data.catalog.spans import read_spans
from maeum.errors import ContractError, LabelError
from maeum.messages import say
from maeum.schema import Dataset, Labels, RowProblem, Task
from maeum.schema.dataset import entity_type, span_type

NER = """## 컬럼명 : CHAR\tNE_TAG
## ner_0-wiki\t<박:PS>씨 <32세:QT>
박\tB-PS
씨\tO
 \tO
3\tB-QT
2\tI-QT
세\tI-QT

## ner_1-wiki\t#
#\tO
서\tI-LC
울\tI-LC
대\tB-LC

## ner_2-wiki\t나쁨
나\tB-XX
"""


def test_klue_ner(tmp_path):
    path = tmp_path / "ner.tsv"
    path.write_text(NER, encoding="utf-8")
    reading = klue_ner.read_file(path)
    assert reading.frame.rows(named=True) == [
        {
            "id": "ner_0-wiki",
            "text": "박씨 32세",
            "spans": [{"start": 0, "end": 1, "label": "PS"}, {"start": 3, "end": 6, "label": "QT"}],
        },
        {
            "id": "ner_1-wiki",
            "text": "#서울대",
            "spans": [{"start": 1, "end": 3, "label": "LC"}, {"start": 3, "end": 4, "label": "LC"}],
        },
    ]
    assert reading.problems == (RowProblem(17, "unknown_label", "나\tB-XX"),)
    data = maeum.dataset(path, read_as="klue-ner")
    assert data.label_counts() == {"PS": 1, "LC": 2, "OG": 0, "DT": 0, "TI": 0, "QT": 1}
    assert (data.has_labels, data.metadata) == (True, [])
    with pytest.raises(ContractError):
        _ = data.targets


SENTENCE = "비틀즈의 조지 해리슨이 쓴 비틀즈의 곡"
SUBJECT = {"word": "조지 해리슨", "start_idx": 5, "end_idx": 10, "type": "PER"}
OBJECT = {"word": "비틀즈", "start_idx": 0, "end_idx": 2, "type": "ORG"}


def test_klue_re(tmp_path):
    row = {"guid": "r0", "sentence": SENTENCE, "subject_entity": SUBJECT, "object_entity": OBJECT}
    row |= {"label": "per:employee_of", "source": "wikipedia"}
    wrong = OBJECT | {"start_idx": 14, "end_idx": 16}  # stands at 15
    rows = [row, row | {"guid": "r1", "object_entity": wrong}, row | {"object_entity": OBJECT | {"word": "퀸"}}]
    path = tmp_path / "re.json"
    path.write_text(json.dumps([*rows, row | {"label": None}], ensure_ascii=False), encoding="utf-8")
    reading = klue_re.read_file(path)
    assert reading.labels is klue_re.LABELS
    assert reading.frame.select("id", "subject", "object", "label").rows() == [
        (
            f"r{i}",
            {"start": 5, "end": 11, "label": "PER", "text": "조지 해리슨"},
            {"start": start, "end": start + 3, "label": "ORG", "text": "비틀즈"},
            "per:employee_of",
        )
        for i, start in ((0, 0), (1, 15))
    ]
    assert [(problem.row, problem.kind) for problem in reading.problems] == [
        (3, "left_out_by_rule"),
        (4, "missing_label"),
    ]
    assert reading.notes == (("data.note_entities_moved", {"count": 1}),)
    assert say("data.note_entities_moved", "en", count=1).startswith("The offsets of 1 entities did not enclose")
    Dataset(reading.frame, Task.RELATION, reading.labels, "re")


def _csv(table, header="id,sentence,subject_entity,object_entity,label,source", label="org:members"):
    cells = [str(7), SENTENCE, f'"{SUBJECT}"', f'"{OBJECT}"', label, "wikitree"]
    return table("re.csv", header, ",".join(cells))


def test_a_csv_read_as_klue_re(table):
    data = maeum.dataset(_csv(table), read_as="klue-re")
    assert (data.task, data.ids, data.name) == (Task.RELATION, ["7"], "re.csv")
    assert data.frame["object"].to_list() == [{"start": 0, "end": 3, "label": "ORG", "text": "비틀즈"}]
    assert data.labels == klue_re.LABELS
    other = maeum.dataset(_csv(table, "id,sentence,subject,object,label,source", "date:event"), read_as="klue-re")
    assert other.labels == Labels(("date:event",))  # labels that KLUE does not have


def test_relations_of_an_own_file(table, said):
    path = _csv(table, "id,sentence,앞,뒤,label,source")
    data = maeum.dataset(path, subject_column="앞", object_column="뒤")
    assert (data.task, data.metadata) == (Task.RELATION, ["source"])
    assert data.frame["subject"][0]["text"] == "조지 해리슨"
    assert data.take(data.targets == 0).frame.height == 1
    assert said(lambda: maeum.dataset(path, task="relation")) == (
        (
            f"Which column of '{path}' holds the subject entity? Name it with --subject-column. Its columns: id, "
            "sentence, "
            "앞, 뒤, label, source"
        ),
        (
            f"'{path}'에서 주어 개체 열이 어느 것인지 알 수 없습니다. --subject-column으로 지정하세요. 있는 열: id, "
            "sentence, 앞, 뒤, label, source"
        ),
    )
    assert said(lambda: maeum.dataset(path, task="pair", subject_column="앞", text_b_column="뒤"))[0] == (
        f"These settings do nothing when '{path}' is read: --subject-column. Leave them out."
    )


def test_spans_of_an_own_file(table):
    lines = [
        {
            "text": "박 씨는 32세다",
            "spans": [{"start": 0, "end": 1, "label": "사람"}, {"start": 5, "end": 8, "label": "나이"}],
        },
        {"text": "없다", "spans": []},
        {"text": "넘침", "spans": [{"start": 1, "end": 3, "label": "사람"}]},
        {"text": "빠짐", "spans": None},
    ]
    path = table("s.jsonl", *(json.dumps(line, ensure_ascii=False) for line in lines))
    data = maeum.dataset(path, task="tokens")
    assert data.label_counts() == {"나이": 1, "사람": 1}
    assert data.texts == ["박 씨는 32세다", "없다"]
    assert [(problem.row, problem.kind) for problem in data.problems] == [(3, "left_out_by_rule"), (4, "missing_label")]


def test_spans_in_one_cell():
    assert read_spans(["가나", "가", "가", "가"], ['[{"start": "0", "end": 2.0, "label": "A"}]', "[", "[3]", "{}"]) == [
        [{"start": 0, "end": 2, "label": "A"}],
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    "cell", ["__import__('os')", "{'a': open('x')}", "[1]", "{" * 200, "", None, 3, "{'a': 1" + " " * 5000]
)
def test_cells_that_describe_no_entity(cell):
    assert mapping(cell) is None
    assert read_entities(["글"], [cell]).values == [None]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ({"start": 1, "end": 3}, (1, 3, None, "나다")),
        ({"start_idx": "1", "end_idx": "2", "text": "나다", "entity_type": "LOC"}, (1, 3, "LOC", "나다")),
        ({"start": 1, "end": 9}, None),
        ({"start": -1, "end": 1}, None),
        ({"word": "나다"}, None),
        ({"word": "파", "start_idx": 0, "end_idx": 0}, None),
    ],
)
def test_spellings_of_entities(cell, expected):
    names = ("start", "end", "label", "text")
    for spelled in (cell, str(cell), json.dumps(cell, ensure_ascii=False)):
        found = read_entities(["가나다라"], [spelled])
        assert found.values == [expected and dict(zip(names, expected, strict=True))]
        assert found.moved == 0


def _frame(**columns):
    import polars as pl

    types = {"spans": span_type(), "subject": entity_type(), "object": entity_type()}
    return pl.DataFrame([pl.Series(name, values, dtype=types.get(name)) for name, values in columns.items()])


def test_a_dataset_checks_spans_and_entities():
    span = {"start": 0, "end": 2, "label": "A"}
    good = _frame(id=["1"], text=["가나"], spans=[[span]])
    assert Dataset(good, Task.TOKENS, Labels(("A",)), "x").label_counts() == {"A": 1}
    with pytest.raises(LabelError):
        Dataset(good, Task.TOKENS, Labels(("B",)), "x")
    for bad in ({"end": 3}, {"start": 2}, {"start": -1}):
        with pytest.raises(ContractError):
            Dataset(_frame(id=["1"], text=["가나"], spans=[[span | bad]]), Task.TOKENS, Labels(("A",)), "x")
    entity = {"start": 0, "end": 1, "label": None, "text": "가"}
    assert (
        len(Dataset(_frame(id=["1"], text=["가나"], subject=[entity], object=[entity]), Task.RELATION, None, "x")) == 1
    )
    for other in (entity | {"text": "나"}, None):
        with pytest.raises(ContractError):
            Dataset(_frame(id=["1"], text=["가나"], subject=[entity], object=[other]), Task.RELATION, None, "x")
    with pytest.raises(ContractError):
        Dataset(_frame(id=["1"], text=["가나"], subject=[entity]), Task.RELATION, None, "x")


def test_read_as_what_is_no_corpus(table, said):
    path = table("a.tsv", "1\t글\t3")
    known = (
        "goemotions-ko, klue-ner, klue-nli, klue-re, klue-sts, klue-ynat, korean-hate-speech, kornli, korsts, kote, "
        "nsmc"
    )
    assert said(lambda: maeum.dataset(path, read_as="kotte")) == (
        f"Files cannot be read as 'kotte'. Did you mean 'kote'? --read-as knows: {known}",
        f"파일을 'kotte' 형식으로 읽을 수 없습니다. 혹시 'kote'를 찾으셨나요? --read-as에 쓸 수 있는 이름: {known}",
    )
    assert said(lambda: maeum.dataset(path, read_as="sample"))[0].startswith("Files cannot be read as 'sample'.")
    assert said(lambda: maeum.dataset(path, read_as="kote", text="a", encoding="cp949")) == (
        (
            f"--read-as says what every part of '{path}' means, so these settings do nothing: --encoding, "
            "--text-column. "
            "Leave them out."
        ),
        (
            f"--read-as가 '{path}'의 모든 부분의 뜻을 정하므로 다음 설정은 쓰이지 않습니다: --encoding, "
            "--text-column. 빼세요."
        ),
    )


def test_read_as(table, said, tmp_path):
    twice = maeum.dataset(table("a.tsv", "1\t글\t3", "1\t말\t3,24"), read_as="kote")
    assert (twice.ids, twice.problems) == (["1", "1#2"], (RowProblem(2, "duplicate_id", "1"),))
    assert said(lambda: maeum.dataset(table("b.tsv", "1\t글\t99"), read_as="kote"))[0] == (
        f"No usable row is left in '{tmp_path / 'b.tsv'}': 1 × unknown label: 99 (row 1)"
    )
    assert said(lambda: maeum.dataset("없다.tsv", read_as="kote")) == said(lambda: maeum.dataset("없다.tsv"))
    data = maeum.dataset(table("c.txt", "id\tdocument\tlabel", '3\t"좋다\t1'), read_as="nsmc")
    assert data.frame.rows() == [("3", '"좋다', "positive")]
