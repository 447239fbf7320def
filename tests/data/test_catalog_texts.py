"""Corpora of single texts in their published formats: KOTE, GoEmotions, hate speech, YNAT, KMRD."""

from __future__ import annotations

import json

import pytest

import maeum
from maeum.data.catalog import corpora, corpus, kmrd, kote
from maeum.data.fetch import locate
from maeum.schema import RowProblem, Task

# Quotation marks are characters; a byte order mark and CRLF change nothing
KOTE = (
    '\ufeff7\t"아니\t0,6\r\n8\t없다\t\n9\t많다\t44\n10\t둘\t1\t2\n\n11\t진짜"?\t24,2\n'.encode() + b"12\t\xff\xfe\t1\n"
)


def test_kote(put_corpus):
    put_corpus("kote", {"kote/val.tsv": KOTE})
    data = maeum.dataset("kote")
    assert data.task is Task.MULTI_LABEL
    assert data.frame.rows() == [
        ("7", '"아니', ["불평/불만", "화남/분노"]),
        ("11", '진짜"?', ["감동/감탄", "없음"]),
    ]
    assert data.problems == (
        RowProblem(2, "missing_label"),
        RowProblem(3, "unknown_label", "44"),
        RowProblem(4, "ragged", "3/4"),
        RowProblem(5, "blank", "3/1"),
        RowProblem(7, "undecodable", "b'12\\t\\xff\\xfe\\t1'"),
    )
    assert (data.labels.title("화남/분노", "en"), data.labels.title("부담/안_내킴", "ko")) == ("anger", "부담/안 내킴")


def test_kote_in_another_format(put_corpus, folders, said):
    put_corpus("kote", {"kote/val.tsv": b"text,label\n"})
    path = folders[0] / "kote/val.tsv"
    assert said(lambda: maeum.dataset("kote")) == (
        (f"'{path}' is not in the published format: expected it to begin with 'id\ttext\tlabels', found 'text,label'."),
        f"'{path}'는 배포본의 형식이 아닙니다. 'id\ttext\tlabels'로 시작해야 하나 'text,label'입니다.",
    )


def test_names_of_kote_are_the_published_ones(needs_data):
    path = needs_data / "kote" / "labels.txt"
    if not path.is_file():
        pytest.skip("kote/labels.txt is not in MAEUM_DATA")
    assert tuple(path.read_text(encoding="utf-8").split()) == kote.KOTE_LABELS.names


def test_goemotions(put_corpus):
    files = {
        "goemotions-ko/train.tsv": "신난다!\t13,17\n그래\t27\n".encode(),
        "goemotions-ko/dev.tsv": "슬프다\t25\n".encode(),
        "goemotions-ko/test.tsv": "뭐\t28\n화나\t2\n".encode(),
    }
    put_corpus("goemotions-ko", files)
    assert maeum.dataset("goemotions-ko").frame.rows() == [
        ("1", "신난다!", ["excitement", "joy"]),
        ("2", "그래", ["neutral"]),
    ]
    assert maeum.dataset("goemotions-ko:validation").frame.rows() == [("1", "슬프다", ["sadness"])]
    test = maeum.dataset("goemotions-ko:test")
    assert (test.frame.rows(), test.problems) == ([("2", "화나", ["anger"])], (RowProblem(1, "unknown_label", "28"),))


def test_names_of_goemotions_are_the_published_ones(needs_data):
    path = needs_data / "goemotions-ko" / "label.txt"
    if not path.is_file():
        pytest.skip("goemotions-ko/label.txt is not in MAEUM_DATA")
    assert tuple(path.read_text(encoding="utf-8").split()) == corpora()["goemotions-ko"].labels.names


def test_hate_speech(put_corpus):
    lines = ["comments\tcontain_gender_bias\tbias\thate"]
    lines += ["역시 최고\tFalse\tnone\tnone", '"나쁘다\tTrue\tgender\thate', "글쎄\tFalse\tothers\thateful"]
    put_corpus("korean-hate-speech", {"hate-speech/train.tsv": "\n".join(lines).encode()})
    data = maeum.dataset("korean-hate-speech")
    assert data.frame.rows(named=True) == [
        {"id": "2", "text": "역시 최고", "label": "none", "bias": "none", "contain_gender_bias": False},
        {"id": "3", "text": '"나쁘다', "label": "hate", "bias": "gender", "contain_gender_bias": True},
    ]
    assert data.problems == (RowProblem(4, "unknown_label", "hateful"),)
    assert (data.labels.names, data.labels.ordered) == (("none", "offensive", "hate"), True)


def test_ynat_from_a_folder_of_the_user(folders, listener):
    rows = [
        {"guid": "y0", "title": "새 휴대전화 공개", "label": "IT과학", "date": "2020.01.01. 오후 1:00"},
        {"guid": "y1", "title": None, "label": "경제"},
        {"guid": "y2", "title": "그 밖", "label": "기타"},
        {"guid": "y3", "title": "축구", "label": "스포츠"},
        ["x"],
    ]
    path = folders[0] / "klue/ynat-v1.1_train.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps(rows), encoding="utf-8")
    data = maeum.dataset("klue-ynat")
    assert data.frame.rows() == [
        ("y0", "새 휴대전화 공개", "IT과학", "2020.01.01. 오후 1:00"),
        ("y3", "축구", "스포츠", None),
    ]
    assert data.problems == (
        RowProblem(2, "missing_text"),
        RowProblem(3, "unknown_label", "기타"),
        RowProblem(5, "bad_json", '["x"]'),
    )
    assert listener.sentences == [f"The published hash of {path} is not known: the file is used unchecked."]


def test_a_file_without_a_known_hash_is_not_downloaded(folders, said):
    place = folders[0] / "klue/ynat-v1.1_dev.json"
    url = "https://raw.githubusercontent.com/KLUE-benchmark/KLUE/main/klue_benchmark/ynat-v1.1/ynat-v1.1_dev.json"
    assert said(lambda: locate(corpus("klue-ynat"), "klue/ynat-v1.1_dev.json")) == (
        (
            "'klue-ynat' needs the file klue/ynat-v1.1_dev.json, which is not on this machine, and it is not "
            "downloaded "
            f"because no hash to check it by is known. Put it at '{place}' (from {url})."
        ),
        (
            "'klue-ynat'에 필요한 파일 klue/ynat-v1.1_dev.json이 이 컴퓨터에 없습니다. 내용을 확인할 해시가 "
            "알려져 있지 "
            f"않아 내려받지 않습니다. {url}에서 받아 '{place}'에 두세요."
        ),
    )


MOVIES = """movie\ttitle\ttitle_eng\tyear\tgrade
10\t시네마 천국\tCinema Paradiso , 1988\t2013\t전체 관람가
11\t괴물\tThe Host\t2006\t
12\t무제\t\t\t
"""
GENRES = "movie,genre\n10,드라마\n10,멜로/로맨스\n12,SF\n99,액션\n"


def test_films(tmp_path):
    movies, genres = tmp_path / "movies.txt", tmp_path / "genres.csv"
    movies.write_text(MOVIES, encoding="utf-8")
    genres.write_text(GENRES, encoding="utf-8")
    frame, problems = kmrd.read_films(movies, genres)
    assert frame.rows() == [
        (10, "시네마 천국", "드라마, 멜로/로맨스", 1988),
        (11, "괴물", None, 2006),
        (12, "무제", "SF", None),
    ]
    assert problems == ()


def test_reviews_with_films(tiny, put_corpus, folders):
    raw = (folders[0] / "nsmc/raw.parquet").read_bytes()
    train = (folders[0] / "nsmc/ratings_train.txt").read_bytes()
    files = {"nsmc/raw.parquet": raw, "nsmc/ratings_train.txt": train}
    put_corpus("kmrd", {**files, "kmrd/movies.txt": MOVIES.encode(), "kmrd/genres.csv": GENRES.encode()})
    test = maeum.dataset("kmrd:test")
    assert test.frame.select("id", "label", "title", "genre", "year").rows() == [
        ("91", "positive", "무제", "SF", None),
        ("92", "negative", "무제", "SF", None),
        ("93", "negative", "무제", "SF", None),
    ]
    data, notes = maeum.dataset("kmrd"), dict(maeum.dataset("kmrd").notes)
    # 4 of the 5 reviews of film 13 that nsmc-raw has
    assert (data.ids, set(data.frame["movie_id"])) == (["1", "2", "4", "5", "6"], {10, 11})
    assert notes["data.note_films_unknown"] == {"count": 5}
    assert "data.note_stars_left_out" not in notes  # reviews of five to eight stars are of film 13 alone
    assert maeum.dataset("kmrd", stars="ordinal").label_counts()["10"] == 2
