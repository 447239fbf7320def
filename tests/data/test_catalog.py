"""Corpora by name: what a user may type, the upstream formats, the packaged sample, and NSMC as it is."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

import polars as pl
import pytest

import maeum
from maeum.data import is_corpus, open_data
from maeum.data.catalog import corpora, corpus, nsmc, sample
from maeum.data.fetch import ASSETS
from maeum.data.files import read_table
from maeum.data.settings import DataSettings
from maeum.data.splits import text_key
from maeum.errors import DataError
from maeum.messages import say

N, O, P = "negative", "neutral", "positive"  # noqa: E741
KOTE = (  # noqa: SIM905
    "불평/불만,환영/호의,감동/감탄,지긋지긋,고마움,슬픔,화남/분노,존경,기대감,우쭐댐/무시함,안타까움/실망,비장함,의심/불신,뿌듯함,"
    "편안/쾌적,신기함/관심,아껴주는,부끄러움,공포/무서움,절망,한심함,역겨움/징그러움,짜증,어이없음,없음,패배/자기혐오,귀찮음,"
    "힘듦/지침,즐거움/신남,깨달음,죄책감,증오/혐오,흐뭇함(귀여움/예쁨),당황/난처,경악,부담/안_내킴,서러움,재미없음,불쌍함/연민,"
    "놀람,행복,불안/걱정,기쁨,안심/신뢰"
).split(",")


KNOWN = (
    "goemotions-ko, klue-ner, klue-nli, klue-re, klue-sts, klue-ynat, kmrd, korean-hate-speech, kornli, korsts, kote, "
    "nsmc, nsmc-raw, sample"
)
# Corpora with fewer splits, and those of which no file's hash is known.
SPLITS = {
    **dict.fromkeys(("klue-re", "klue-ynat", "korean-hate-speech", "korsts"), ("train", "validation")),
}
UNCHECKED = ("klue-re", "klue-ynat")


# What a user may type


def test_the_catalog_is_whole():
    assert list(corpora()) == KNOWN.split(", ")
    for name, entry in corpora().items():
        paths = {file.path for file in entry.files}
        assert entry.name == name
        assert {path for needed in entry.needs.values() for path in needed} == paths
        assert entry.splits == SPLITS.get(name, ("train", "validation", "test"))
        assert set(entry.carved.values()) <= set(entry.needs)
        assert set(entry.titles) == {"en", "ko"}
        assert entry.licence
        assert entry.citation
        assert set(entry.rows) | {"validation"} == {*entry.splits, "validation"}
        assert {lang: len(names) for lang, names in entry.labels.titles.items()} == dict.fromkeys(
            ("ko", "en"), len(entry.labels)
        )
        for file in entry.files:
            assert (file.sha256 == "", file.size == 0) == (name in UNCHECKED,) * 2
            assert name in UNCHECKED or (len(file.sha256) == 64 and int(file.sha256, 16))
            assert file.url.startswith("https://") or file.stands_in_for or file.bundled
            assert file.url or file.bundled or say(entry.by_hand)


@pytest.mark.parametrize(
    ("source", "is_one"),
    [("nsmc", True), ("nsmc:test", True), ("sample:", True), ("nsmcc", False), ("nsmc.csv", False), ("", False)],
)
def test_names_of_corpora(source, is_one):
    assert is_corpus(source) is is_one


@pytest.mark.parametrize(
    ("name", "near_en", "near_ko", "particle"),
    [
        ("nsmcc", " Did you mean 'nsmc'?", " 혹시 'nsmc'를 찾으셨나요?", "라"),
        ("NSMC", " Did you mean 'nsmc'?", " 혹시 'nsmc'를 찾으셨나요?", "라"),
        ("samples:train", " Did you mean 'sample'?", " 혹시 'sample'를 찾으셨나요?", "이라"),
        ("영화평", "", "", "이라"),
        ("리뷰", "", "", "라"),
        ("C:\\data\\reviews", "", "", "라"),
    ],
)
def test_an_unknown_corpus(said, name, near_en, near_ko, particle):
    assert said(lambda: maeum.dataset(name)) == (
        f"There is no corpus or file '{name}'.{near_en} Corpora: {KNOWN}; a file needs its path and suffix.",
        (
            f"'{name}'{particle}는 말뭉치나 파일이 없습니다.{near_ko} 말뭉치: {KNOWN}. 파일은 경로와 확장자까지 "
            "적으세요."
        ),
    )


def test_an_unknown_corpus_asked_for_in_the_catalog(said):
    assert said(lambda: corpus("nsmcc")) == said(lambda: maeum.dataset("nsmcc"))
    assert said(lambda: maeum.dataset(""))[0].startswith("There is no corpus or file ''. Corpora: ")


@pytest.mark.parametrize(("source", "split"), [("sample:tset", None), ("sample", "tset")])
def test_an_unknown_split(said, source, split):
    assert said(lambda: maeum.dataset(source, split=split)) == (
        "'sample' has no split 'tset'. Did you mean 'test'? Its splits: train, validation, test",
        "'sample'에는 'tset' 분할이 없습니다. 혹시 'test'를 찾으셨나요? 있는 분할: train, validation, test",
    )


def test_a_split_of_a_file(said, table):
    path = table("리뷰.csv", "text,label", "가,나")
    for source in (f"{path}:train", "없는 파일.csv:train"):
        file = source.rpartition(":")[0]
        assert said(lambda source=source: maeum.dataset(source)) == (
            f"'{file}' is a file and has no split 'train'. Leave ':train' out, or give each split its own file.",
            f"'{file}'는 파일이라 'train' 분할이 없습니다. ':train'을 빼거나 분할마다 파일을 따로 지정하세요.",
        )
    odd = table("b.tsv", "text\tlabel", "가\t나").rename(path.with_name("표:열.csv"))
    assert len(maeum.dataset(odd)) == 1  # a colon in a file's own name


def test_a_file_that_is_not_there(said):
    for source in ("없다.csv", "폴더/없다.PARQUET"):
        assert said(lambda source=source: maeum.dataset(source)) == said(lambda source=source: read_table(source))


def test_two_splits(said):
    assert said(lambda: maeum.dataset("sample:test", split="train")) == (
        "'sample:test' names its split already. Leave ':…' or split='train' out.",
        "'sample:test'에 이미 분할이 있습니다. ':…'이나 split='train' 가운데 하나를 빼세요.",
    )
    assert maeum.dataset("sample:test", split="test").split == "test"
    assert open_data(DataSettings(source="sample:test"), "train").split == "test"  # there it only fills in


def test_settings_that_do_nothing(said, table):
    assert said(lambda: maeum.dataset("sample", text="text", stars="2", encoding="cp949", limit=5)) == (
        "These settings do nothing when 'sample' is read: text_column, encoding, limit. Leave them out.",
        "'sample'를 읽을 때 쓰이지 않는 설정입니다: text_column, encoding, limit. 빼세요.",
    )
    path = table("a.csv", "text,label", "가,나")
    assert said(lambda: maeum.dataset(path, validation="sample", label="label"))[0] == (
        f"These settings do nothing when '{path}' is read: validation. Leave them out."
    )


def test_stars_of_a_corpus_without_stars(said):
    assert said(lambda: maeum.dataset("nsmc", stars="2")) == (
        "'nsmc' has no stars; --stars works with kmrd, nsmc-raw, sample and with own files.",
        "'nsmc'에는 별점이 없습니다. --stars는 kmrd, nsmc-raw, sample와 자기 파일에서 쓸 수 있습니다.",
    )


@pytest.mark.parametrize(("stars", "rule"), [(2, "2"), ("2", "2"), (3, "3"), ("ordinal", "ordinal"), (None, None)])
def test_star_rules_may_be_numbers(stars, rule):
    assert DataSettings.build({"stars": stars}).stars == rule


@pytest.mark.parametrize("stars", [4, "4", True, 2.5, [2]])
def test_other_star_rules(said, stars):
    english, korean = said(lambda: DataSettings.build({"stars": stars}))
    shown = "'4'" if stars == 4 else repr(stars)
    assert english == f"These settings cannot be used: 'stars' cannot be {shown} (must be '2', '3' or 'ordinal')"
    assert korean.startswith("사용할 수 없는 설정이 있습니다: 'stars'의 값 ")


# NSMC in its upstream format


def test_nsmc_is_read_as_published(tiny):
    train, test = maeum.dataset("nsmc"), maeum.dataset("nsmc", split="test")
    assert train.frame.rows() == [
        ("1", "아 더빙.. 진짜 짜증나네요", N),
        ("2", '"흠...포스터보고 초딩영화줄', P),  # a lone quote opens nothing
        ("3", "", N),  # empty texts stay
        ("4", '"""그는 """"천재""""다"""', P),
        ("5", "다시 봐도 좋다", P),
        ("6", "시간  낭비", N),
        ("7", "시험에도 나온 말", P),
        ("8", "시험에도 나온 말", N),
    ]
    assert test.frame.rows() == [("91", "굳 ㅋ", P), ("92", "시험에도  나온 말", N), ("93", "", N)]
    assert (train.name, train.split, test.split, train.labels.names) == ("nsmc", "train", "test", (N, P))
    assert (train.notes, train.problems) == ((), ())


def test_nsmc_validation_is_drawn_from_train(tiny):
    train, part = maeum.dataset("nsmc"), maeum.dataset("nsmc:validation")
    assert (part.split, part.name, len(part)) == ("validation", "nsmc", 2)
    assert part.label_counts() == {N: 1, P: 1}
    assert set(part.ids) < set(train.ids)
    key, values = part.notes[-1]
    assert say(key, "en", **values) == (
        "'nsmc' has no validation split of its own: these rows are drawn from its train split (seed 42, "
        "identical texts "
        "together); training leaves them out of train."
    )
    assert say(key, "ko", **values) == (
        "'nsmc'에는 validation 분할이 따로 없어 train 분할에서 뽑았습니다(시드 42, 같은 텍스트는 함께). 학습할 "
        "때는 train에서 이 행을 뺍니다."
    )


def test_another_file_in_the_place_of_nsmc(tmp_path, said):
    path = tmp_path / "ratings_train.txt"
    path.write_text("document,label\n가,1\n", encoding="utf-8")
    assert said(lambda: nsmc.read({"nsmc/ratings_train.txt": path}, "train", None)) == (
        (
            f"'{path}' is not in the published format: expected it to begin with 'id\tdocument\tlabel', found "
            "'document,label\n가,1\n'."
        ),
        f"'{path}'는 배포본의 형식이 아닙니다. 'id\tdocument\tlabel'로 시작해야 하나 'document,label\n가,1\n'입니다.",
    )


# The raw reviews, in the format of the stand-in


@pytest.mark.parametrize(
    ("rule", "labels"),
    [
        ("2", {1: N, 2: P, 4: P, 5: P, 6: N, 23: P, 24: N}),
        ("3", {1: N, 2: P, 4: P, 5: P, 6: N, 21: O, 22: O, 23: P, 24: N, 26: O}),
        ("ordinal", {1: "1", 2: "9", 4: "10", 5: "10", 6: "4", 21: "5", 22: "8", 23: "10", 24: "1", 26: "6"}),
    ],
)
def test_raw_reviews_without_the_test_set(tiny, rule, labels):
    data = maeum.dataset("nsmc-raw", stars=rule)
    # 91, 92, 93 are the test set; 3, 7, 8 and 25 have the text of one of them
    assert dict(zip(map(int, data.ids), data.frame["label"].to_list(), strict=True)) == labels
    assert data.frame.columns == ["id", "text", "label", "rating", "movie_id", "date", "nsmc_split"]
    notes = dict(data.notes)
    assert notes.pop("data.note_test_kept_out") == {"rows": 3, "twins": 4}
    assert notes == ({"data.note_stars_left_out": {"count": 3, "rule": "2"}} if rule == "2" else {})


def test_raw_reviews_of_the_test_set(tiny):
    data = maeum.dataset("nsmc-raw:test")
    assert [row[:4] for row in data.frame.rows()] == [
        ("91", "굳 ㅋ", P, 10), ("92", "시험에도  나온 말", N, 1), ("93", "", N, 1),
    ]  # fmt: skip
    assert data.notes == ()
    assert maeum.dataset("nsmc-raw", split="test", stars="ordinal").frame["label"].to_list() == ["10", "1", "1"]


def test_raw_validation_is_the_validation_of_nsmc(tiny):
    official = set(maeum.dataset("nsmc:validation").ids)
    data = maeum.dataset("nsmc-raw:validation")
    assert set(data.ids) == official - {"3", "7", "8"}
    assert [key for key, _ in data.notes] == ["data.note_test_kept_out", "data.note_carved"]
    other = maeum.dataset("nsmc-raw:validation", stars="3")
    assert other.label_counts() == {N: 1, O: 1, P: 1}
    assert set(other.ids) < set(maeum.dataset("nsmc-raw", stars="3").ids)


def test_what_is_said_of_raw_reviews():
    values = {"rows": 50_000, "twins": 12_664}
    assert say("data.note_test_kept_out", "en", **values) == (
        "The 50,000 rows of the NSMC test set and 12,664 more with an identical text were kept out."
    )
    assert say("data.note_test_kept_out", "ko", **values) == (
        "NSMC 시험 데이터 50,000행과 텍스트가 똑같은 12,664행을 뺐습니다."
    )
    left_out = {"count": 202_882, "rule": "2"}
    assert say("data.note_stars_left_out", "en", **left_out) == "202,882 reviews were left out by the star rule '2'."
    assert say("data.note_stars_left_out", "ko", **left_out) == "별점 규칙 '2'에 따라 리뷰 202,882개를 뺐습니다."


# The packaged sample


@pytest.fixture(scope="module")
def reviews():
    lines = (ASSETS / sample.PATH).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_the_sample_is_the_file_the_catalog_describes():
    content = (ASSETS / sample.PATH).read_bytes()
    (file,) = sample.CORPUS.files
    assert (len(content), hashlib.sha256(content).hexdigest()) == (file.size, file.sha256)


def test_what_is_in_the_sample(reviews):
    assert len(reviews) == 672
    assert Counter((row["split"], row["sentiment"]) for row in reviews) == {
        ("train", N): 180, ("train", O): 72, ("train", P): 198, ("train", "objective"): 54,
        ("test", N): 60, ("test", O): 24, ("test", P): 66, ("test", "objective"): 18,
    }  # fmt: skip
    assert len({row["title"] for row in reviews}) == 24
    assert len({text_key(row["text"]) for row in reviews}) == len({row["id"] for row in reviews}) == 672
    allowed = {N: range(1, 5), O: range(5, 8), P: range(8, 11), "objective": range(4, 9)}
    assert all(row["stars"] in allowed[row["sentiment"]] for row in reviews)
    assert len(KOTE) == len(set(KOTE)) == 44
    assert {name for row in reviews for name in row["emotions"]} <= set(KOTE)
    assert all(1 <= len(row["emotions"]) == len(set(row["emotions"])) for row in reviews)
    titles = {(row["title"], row["genre"]) for row in reviews}
    assert len(titles) == 24  # a title has one genre


@pytest.mark.parametrize(
    ("stars", "train", "test"),
    [
        (None, {N: 180, O: 72, P: 198, "objective": 54}, {N: 60, O: 24, P: 66, "objective": 18}),
        ("2", {N: 181, P: 177}, {N: 60, P: 59}),
        ("3", {N: 181, O: 146, P: 177}, {N: 60, O: 49, P: 59}),
    ],
)
def test_the_sample_by_every_rule(stars, train, test, reviews):
    parts = {split: maeum.dataset("sample", split=split, stars=stars) for split in ("train", "validation", "test")}
    assert parts["train"].label_counts() == train
    assert parts["test"].label_counts() == test
    assert set(parts["validation"].ids) < set(parts["train"].ids)
    assert not set(parts["train"].ids) & set(parts["test"].ids)
    frame = parts["train"].frame
    assert frame.columns == ["id", "text", "label", "stars", "emotions", "title", "genre", "source", "date"]
    assert frame.schema["date"] == pl.Date
    left_out = 504 - sum(train.values())
    expected = [("data.note_sample", {})]
    expected += [("data.note_stars_left_out", {"count": left_out, "rule": stars})] if left_out else []
    assert list(parts["train"].notes) == expected
    assert parts["validation"].notes[-1][0] == "data.note_carved"


def test_every_star_of_the_sample_is_a_label():
    data = maeum.dataset("sample", stars="ordinal")
    assert data.label_counts() == {
        "1": 61, "2": 62, "3": 37, "4": 21, "5": 37, "6": 51, "7": 31, "8": 27, "9": 79, "10": 98,
    }  # fmt: skip
    assert data.labels.title("10", "ko") == "별점 10"


def test_what_is_said_of_the_sample():
    assert say("data.note_sample", "en") == (
        "These are the invented reviews of the packaged sample: good for trying things out, no benchmark."
    )
    assert say("data.note_sample", "ko") == "꾸러미에 든 지어낸 리뷰입니다. 시험해 보는 용도이며 벤치마크가 아닙니다."


def test_emotions_of_the_sample_are_those_of_kote(needs_data):
    path = needs_data / "kote" / "labels.txt"
    if not path.is_file():
        pytest.skip("kote/labels.txt is not in MAEUM_DATA")
    assert path.read_text(encoding="utf-8").split() == KOTE


def test_nsmc_raw_reads_the_upstream_folder_as_it_reads_the_gathered_file(tiny, folders, raw_rows):
    gathered = {
        split: maeum.dataset(f"nsmc-raw:{split}", stars="ordinal").frame for split in ("train", "validation", "test")
    }
    (folders[0] / "nsmc" / "raw.parquet").unlink()
    upstream = folders[0] / "nsmc" / "raw"
    upstream.mkdir()
    films: dict[int, list[dict[str, str]]] = {}
    for day, (number, film, text, stars, _) in enumerate(raw_rows, start=1):
        review = {"review": text, "date": f"15.01.{day:02}", "rating": str(stars), "author": "abc****"}
        films.setdefault(film, []).append({**review, "review_id": str(number), "movie_id": str(film)})
    films[13].append(films[13][0])  # upstream has some reviews twice
    for film, reviews in films.items():
        (upstream / f"{film}.json").write_text(json.dumps(reviews), encoding="utf-8")
    for split, frame in gathered.items():
        again = maeum.dataset(f"nsmc-raw:{split}", stars="ordinal").frame
        assert again.sort("id").equals(frame.sort("id")), split
    (upstream / "10.json").write_text("<html>", encoding="utf-8")
    with pytest.raises(DataError) as raised:
        maeum.dataset("nsmc-raw")
    assert str(raised.value).startswith(
        f"'{upstream / '10.json'}' is not in the published format: expected it to begin with '[{{'"
    )
