"""The page of `insight`: what stands in it, what cannot break out of it, how large it gets, how it behaves in a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from datetime import date, timedelta
from pathlib import Path
from shutil import which

import numpy as np
import polars as pl
import pytest

from maeum.audience.emotions import BASIC, COARSE, EMOTIONS, VALENCE, with_classes
from maeum.audience.tables import EMOTION_COLUMNS, TABLES, schema_of, shaped
from maeum.data.catalog.kote import KOTE_LABELS
from maeum.errors import DataError
from maeum.messages import say, table, use_language
from maeum.report import insight_page
from maeum.report.insight_page import SCRIPTS, write

# title -> (reviews, stars of 10, emotions that are strong in it)
FILMS = {
    "기생충": (412, 8.9, "감동/감탄 경악 놀람 신기함/관심 안타까움/실망"),
    "곡성(哭聲)": (388, 8.1, "공포/무서움 경악 의심/불신 놀람 신기함/관심"),
    "신과함께-죄와 벌": (371, 8.6, "슬픔 감동/감탄 불쌍함/연민 안타까움/실망"),
    "극한직업": (365, 9.1, "즐거움/신남 기쁨 행복 기대감"),
    "리얼": (340, 2.4, "어이없음 한심함 짜증 불평/불만 재미없음"),
    "장화, 홍련": (322, 8.8, "공포/무서움 슬픔 불쌍함/연민 감동/감탄"),
    "어바웃 타임": (301, 9.2, "행복 기쁨 감동/감탄 아껴주는"),
    "엄복동": (288, 2.1, "한심함 어이없음 우쭐댐/무시함 재미없음"),
    "부산행": (270, 8.3, "공포/무서움 불안/걱정 안타까움/실망 슬픔"),
    "택시운전사": (255, 9.0, "슬픔 감동/감탄 존경 화남/분노"),
    "랑종": (231, 5.2, "공포/무서움 역겨움/징그러움 경악 불평/불만"),
    "리틀 포레스트": (214, 9.0, "편안/쾌적 행복 흐뭇함(귀여움/예쁨) 안심/신뢰"),
    "7번방의 선물": (190, 8.8, "슬픔 감동/감탄 불쌍함/연민 서러움"),
    "디 워": (166, 4.3, "재미없음 안타까움/실망 불평/불만 어이없음"),
    "Interstellar": (152, 9.1, "감동/감탄 신기함/관심 놀람 깨달음"),
    "<b>굵은</b> \"제목\" & 코": (120, 6.4, "즐거움/신남 안타까움/실망 불평/불만"),
    "클레멘타인": (88, 9.3, "우쭐댐/무시함 한심함 즐거움/신남"),
    "도희야": (24, 8.0, "슬픔 불안/걱정 불쌍함/연민"),
    "한공주": (12, 8.7, "슬픔 화남/분노 죄책감"),
    "밤의 문이 열린다": (5, 7.2, "공포/무서움 슬픔"),
}  # fmt: skip
SOURCES = ("네이버", "왓챠")
TEXTS = (
    "진짜 무서워서 손에 땀을 쥐고 봤는데 끝나고도 여운이 남는다. 이런 공포는 처음이에요 ㅠㅠ 최고",
    "눈물이 멈추지 않았다… 배우들 연기가 다 했다",
    "돈 아깝다 시간 아깝다 왜 만들었는지 모르겠음",
    "</script><script>window.broken = 1</script><img src=x onerror='window.broken=1'>",
    "별 기대 없이 봤는데 너무 재밌게 봤어요 ㅋㅋㅋ 가족이랑 보기 좋습니다",
    "결말이 충격적이라 한동안 자리에서 못 일어났다 & 소름 \u2028 \"명작\"",
)  # fmt: skip
WORDS = [
    "연기", "결말", "소름", "눈물", "반전", "배우", "여운", "음악", "돈", "시간", "쓰레기", "명작", "최고", "감독", "영상미", "스토리",
]  # fmt: skip
MONTHS = [date(2019, 1, 1) + timedelta(days=31 * k) for k in range(14)]


def profile(stars: float, strong: str, random: np.random.Generator) -> np.ndarray:
    """Mean intensities `(44,)` of a film: liked ones lean to pleasant emotions, its own ones stand out."""
    liking = (stars - 5.5) / 4.5
    means = np.clip(0.06 + 0.16 * liking * VALENCE + random.normal(0, 0.015, 44), 0.004, None)
    for place, label in enumerate(strong.split()):
        means[KOTE_LABELS.index_of[label]] = 0.62 - 0.07 * place + random.normal(0, 0.03)
    means[KOTE_LABELS.index_of["없음"]] = 0.2
    return np.clip(means, 0, 0.97).astype(np.float32)


def numbers(count: int, stars: float, means: np.ndarray, few: bool) -> dict:
    positivity = float(np.clip(0.5 + (stars - 5.6) / 8, 0.03, 0.97))
    half = 0.9 / np.sqrt(count)
    found = {
        "n": count, "used": min(count, 150), "too_few": few, "dated": count, "first_date": MONTHS[0], "last_date": MONTHS[-1],
        "stars_n": count, "stars": stars, "sentiment_n": count, "positive_share": positivity, "negative_share": 1 - positivity,
        "positivity": positivity, "positivity_low": max(0, positivity - half), "positivity_high": min(1, positivity + half),
        "none_share": 0.11, "valence": 0.2, "arousal": 0.1,
    }  # fmt: skip
    return found | dict(zip(EMOTION_COLUMNS, means.tolist(), strict=True))


def levels(title: str | None, source: str | None, means: np.ndarray, count: int) -> list[dict]:
    names = (
        [("emotion", label) for label in KOTE_LABELS]
        + [("basic", name) for name in BASIC]
        + [("coarse", name) for name in COARSE]
    )
    half = 0.5 / np.sqrt(count)
    return [
        {"title": title, "source": source, "level": level, "emotion": name, "mean": value, "low": max(0.0, value - half), "high": min(1.0, value + half), "n": count}
        for (level, name), value in zip(names, with_classes(means[None])[0].tolist(), strict=True)
    ]  # fmt: skip


def example(
    folder: Path, films=FILMS, *, emotions: bool = True, sentiment: bool = True, rated: bool = True, examples: int = 2
) -> Path:
    """A folder as `maeum insight` writes it, of invented numbers."""
    random = np.random.default_rng(7)
    rows: dict[str, list[dict]] = {name: [] for name in TABLES}
    profiles = {name: profile(stars, strong, random) for name, (_, stars, strong) in films.items()}
    for title, (count, stars, _) in films.items():
        few, means = count < 30, profiles[title]
        rows["titles"].append({"title": title, "sources": 2} | numbers(count, stars, means, few))
        rows["emotions"] += levels(title, None, means, count)
        for source, part, sign in (("네이버", 0.7, 1), ("왓챠", 0.3, -1)):
            there = np.clip(means + sign * random.normal(0.01, 0.03, 44).astype(np.float32), 0.002, 0.98)
            of_source = max(1, int(part * count))
            rows["sources"].append(
                {"title": title, "source": source} | numbers(of_source, stars + 0.15 * sign, there, of_source < 30)
            )
            rows["emotions"] += levels(title, source, there, of_source)
        rows["timeline"] += [
            moment(title, day, count, stars, means, random) for day in MONTHS[:: 1 if count > 200 else 3]
        ]
        if few:
            continue
        others = sorted(
            (other for other in films if other != title), key=lambda other: np.abs(profiles[other] - means).sum()
        )
        rows["distances"] += [
            {
                "kind": "title",
                "title": title,
                "other_title": other,
                "rank": rank,
                "distance": np.abs(profiles[other] - means).mean(),
            }
            for rank, other in enumerate([one for one in others if films[one][0] >= 30][:20], 1)
        ]
        rows["distances"].append(
            {
                "kind": "title_source",
                "title": title,
                "source": "네이버",
                "other_source": "왓챠",
                "rank": 1,
                "distance": 0.071,
            }
        )
        rows["words"] += [
            {"kind": "title", "title": title, "word": word, "rank": rank, "n": 30 - rank, "z": 9.0}
            for rank, word in enumerate(random.permutation(WORDS), 1)
        ]
        for label, mean in zip(KOTE_LABELS, means.tolist(), strict=True):
            rows["reviews"] += [review("emotion", title, label, rank, mean, random) for rank in range(1, examples + 1)]
        rows["reviews"] += [review("sentiment", title, side, 1, 0.9, random) for side in ("positive", "negative")]
    whole = np.mean(list(profiles.values()), axis=0)
    rows["emotions"] += levels(None, None, whole, 4000)
    for source in SOURCES:
        rows["emotions"] += levels(
            None, source, np.clip(whole + random.normal(0, 0.02, 44).astype(np.float32), 0, 1), 2000
        )
    rows["timeline"] += [moment(None, day, 4000, 7.5, whole, random) for day in MONTHS]
    rows["distances"].append(
        {"kind": "source", "source": "네이버", "other_source": "왓챠", "rank": 1, "distance": 0.043}
    )
    for kind, labels in (("emotion", KOTE_LABELS), ("sentiment", ("positive", "negative"))):
        rows["words"] += [
            {"kind": kind, "label": label, "word": word, "rank": rank, "n": 40, "z": 5.0}
            for label in labels
            for rank, word in enumerate(random.permutation(WORDS), 1)
        ]
    return written(folder, rows, emotions=emotions, sentiment=sentiment, rated=rated)


def moment(title, day, count, stars, means, random) -> dict:
    there = np.clip(means + random.normal(0, 0.04, 44).astype(np.float32), 0, 1)
    n = int(count / 14 * random.uniform(0.4, 2.4)) + 1
    positivity = float(np.clip(0.5 + (stars - 5.6) / 8 + random.normal(0, 0.05), 0, 1))
    return {
        "title": title, "unit": "month", "period": f"{day:%Y-%m}", "period_start": day, "n": n, "stars": stars, "sentiment_n": n, "positivity": positivity, "used": min(n, 150)
    } | dict(zip(EMOTION_COLUMNS, there.tolist(), strict=True))  # fmt: skip


def review(kind, title, label, rank, mean, random) -> dict:
    return {
        "kind": kind, "title": title, "source": str(random.choice(SOURCES)), "label": label, "rank": rank, "intensity": min(0.99, mean + 0.3 - 0.02 * rank),
        "positivity": float(random.uniform(0.2, 0.98)), "stars": float(random.integers(1, 11)), "date": MONTHS[int(random.integers(14))],
        "text": str(random.choice(TEXTS)), "row": int(random.integers(2, 9999)),
    }  # fmt: skip


def written(folder: Path, rows, *, emotions: bool, sentiment: bool, rated: bool) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, found in rows.items():
        gone_with_emotions = name in ("emotions", "distances")
        kept = [row for row in found if emotions or not (gone_with_emotions or row.get("kind") == "emotion")]
        frame = (
            pl.DataFrame(kept, infer_schema_length=None)
            if kept
            else pl.DataFrame(schema=schema_of(name, emotions=emotions))
        )
        frame = shaped(name, frame, emotions=emotions)
        gone = (
            [] if sentiment else ["positivity", "positivity_low", "positivity_high", "positive_share", "negative_share"]
        )
        gone += [] if rated else ["stars"]
        frame.with_columns(
            pl.lit(None, frame.schema[column]).alias(column) for column in gone if column in frame.columns
        ).write_parquet(folder / f"{name}.parquet")
    (folder / "insight.json").write_text(
        json.dumps(settings(rows, emotions, sentiment, rated), ensure_ascii=False), encoding="utf-8"
    )
    return folder


def settings(rows, emotions: bool, sentiment: bool, rated: bool) -> dict:
    titles = rows["titles"]
    return {
        "version": "0.0.0",
        "created": "2026-01-01T00:00:00Z",
        "data": {"name": "reviews.csv", "rows": 4500, "columns": {"text": "리뷰", "title": "영화", "source": "출처", "date": "작성일", "rating": "별점" if rated else None}, "guessed": []},
        "settings": {"min_reviews": 30, "max_reviews": 150, "choose": "spread", "seed": 7, "count_none": True},
        "what": [name for name, there in (("sentiment", sentiment), ("emotion", emotions)) if there],
        "models": {"sentiment": {"name": "small", "labels": ["negative", "positive"]} if sentiment else None, "emotion": {"name": "emotion", "labels": list(KOTE_LABELS)} if emotions else None},
        "sentiment_on": "used",
        "counts": {"reviews": sum(row["n"] for row in titles), "titles": len(titles), "positive_share": 0.731 if sentiment else None, "positivity": 0.714, "stars_mean": 7.42 if rated else None},
        "left_out": {"no_text": 3, "no_title": 0, "dates_unreadable": 4, "ratings_out_of_range": 1},
        "joined": [{"title": "기생충", "spellings": []}],
        "rating_scale": 10 if rated else None,
        "agreement": {"reviews": 4400, "spearman_reviews": 0.641, "titles": 17, "spearman_titles": 0.958, "decided": 3800, "accuracy": 0.904, "low_correct": 0.88, "high_correct": 0.91} if rated and sentiment else None,
        "emotions": [{"label": one.label, "en": one.en, "valence": one.valence, "arousal": one.arousal, "basic": list(one.basic), "coarse": one.coarse} for one in EMOTIONS] if emotions else [],
        "basic": [{"name": name, "ko": ko, "en": en} for name, (ko, en) in BASIC.items()] if emotions else [],
        "coarse": [{"name": name, "ko": ko, "en": en} for name, (ko, en) in COARSE.items()] if emotions else [],
        "notes": [
            say("insight.some_few", few=3, titles=20, least=30),
            say("insight.none_counted"),
            say("insight.left_dates_unreadable", count=1234, examples="어제, 99.99.99"),
            say("insight.training_figure", model="small"),
        ],
    }  # fmt: skip


# ---- reading a page ----


def read(page: Path) -> tuple[str, dict]:
    """The page's text and the data inside it."""
    text = page.read_text(encoding="utf-8")
    inside = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    return text, json.loads(inside[1])


def sentences(data: dict, lang: str, name: str) -> list[str]:
    return [text.replace("\u2060", "").replace("\u00a0", " ") for _, text in data["prose"][lang]["lists"][name]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return example(tmp_path_factory.mktemp("insight") / "all")


@pytest.fixture(scope="module")
def made(folder) -> tuple[str, dict]:
    return read(write(folder, lang="ko"))


def number_of(data: dict, title: str) -> int:
    return data["titles"]["name"].index(title)


def test_the_page_stands_alone(folder, made):
    text, _ = made
    assert text.startswith("<!doctype html>")
    assert '<html lang="ko">' in text
    assert write(folder, lang="ko") == folder / "index.html"
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert "http" not in text.replace("http-equiv", "").replace("http://www.w3.org/2000/svg", "")
    assert (folder / "index.html").read_text(encoding="utf-8") == text


def test_only_the_script_of_the_page_may_run(made):
    text, _ = made
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', text)[1]
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    for forbidden in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("):
        assert forbidden not in scripts[0]


def test_titles_and_reviews_cannot_break_out(made):
    text, data = made
    assert text.count("</script>") == 2
    assert "window.broken" in text
    assert "<img" not in text
    assert "<b>굵은" not in text
    assert data["titles"]["name"][15] == '<b>굵은</b> "제목" & 코'
    texts = {row[0] for about in data["details"].values() for row in about["r"]}
    assert texts == set(TEXTS)


def test_what_the_data_are_called_cannot_break_out_either(folder, tmp_path):
    there = example(tmp_path / "named", {"기생충": FILMS["기생충"]})
    path = there / "insight.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["data"]["name"] = "</title><script>alert(1)</script>"
    found["notes"] = ["<script>alert(2)</script>"]
    path.write_text(json.dumps(found), encoding="utf-8")
    text, data = read(write(there, lang="en"))
    assert text.count("<script") == 2
    assert "What audiences feel: &lt;/title&gt;" in text
    assert sentences(data, "en", "notes")[-1] == "<script>alert(2)</script>"


def test_the_table_of_titles(made):
    titles = made[1]["titles"]
    assert titles["name"][:2] == ["기생충", "곡성(哭聲)"]
    assert titles["reviews"][:2] == [412, 388]
    assert titles["enough"] == [1] * 17 + [0] * 3
    assert titles["stars"][0] == 8.9
    assert titles["positivity"][0] == 913
    labels = [emotion["name"]["ko"] for emotion in made[1]["emotions"]]
    assert labels[titles["strongest"][1][0]] == "공포/무서움"
    assert all("없음" not in [labels[k] for k in strongest] for strongest in titles["strongest"])


def test_the_second_axis_is_the_strongest_of_fear_sadness_and_shock(made):
    data = made[1]
    labels = [emotion["name"]["ko"] for emotion in data["emotions"]]
    gokseong = data["details"][str(number_of(data, "곡성(哭聲)"))]
    fear, low, high, which = gokseong["d"]
    assert labels[which] == "공포/무서움"
    assert fear == gokseong["m"][which] == data["titles"]["dark"][1]
    assert low == gokseong["l"][which] < fear < high == gokseong["h"][which]
    assert gokseong["p"][0] > 750  # frightening, and praised


def test_details_of_a_title(made):
    data = made[1]
    about = data["details"]["0"]
    assert [len(about[key]) for key in "mlhbk"] == [44, 44, 44, 8, 4]
    assert about["dates"] == ["2019-01-01", "2020-02-08"]
    assert [source["n"] for source in about["s"]] == ["네이버", "왓챠"]
    assert about["sd"] == [["네이버", "왓챠", 0.071]]
    assert [moment[0] for moment in about["t"]][:2] == ["2019-01", "2019-02"]
    assert len(about["t"][0]) == 6 + len(about["te"])
    distances = [far for _, far in about["n"]]
    assert distances == sorted(distances)
    assert sorted(about["w"]) == sorted(WORDS)
    strongest = [emotion for emotion, _ in about["c"]]
    assert strongest[-2:] == [-1, -2]
    means = [about["m"][emotion] for emotion in strongest[:-2]]
    assert means == sorted(means, reverse=True)
    for _, reviews in about["c"]:
        assert all(about["r"][place][0] in TEXTS for place, _ in reviews)


def test_all_reviews_together_and_single_emotions(made):
    data = made[1]
    assert data["whole"]["p"] == [714, None, None]
    assert [source["n"] for source in data["whole"]["s"]] == ["네이버", "왓챠"]
    assert data["whole"]["s"][0]["r"] == sum(max(1, int(0.7 * count)) for count, _, _ in FILMS.values())
    assert data["whole"]["sd"] == [["네이버", "왓챠", 0.043]]
    fear = data["carriers"][KOTE_LABELS.index_of["공포/무서움"]]
    assert data["titles"]["name"][fear["t"][0][0]] in {"장화, 홍련", "곡성(哭聲)", "부산행", "랑종"}
    assert len({text for text, *_ in fear["r"]}) == len(fear["r"])
    assert [page["e"] for page in data["carriers"][-2:]] == [-1, -2]


def test_sentences_in_both_languages(made):
    data = made[1]
    assert data["prose"]["en"]["texts"]["headline"] == (
        "4,514 reviews of 20 titles; 17 of them have at least 30 reviews and are compared."
    )
    few, none, training = sentences(data, "en", "notes")
    assert few == "Titles with fewer than 30 reviews: 3. They are in the table, marked, but in no comparison."
    assert none == (
        "'없음' (none) counts: 11.0 % of the reviews show no emotion more strongly than '없음'; they stay in the means and lower all "
        "other emotions. --no-count-none leaves them out."
    )
    assert sentences(data, "ko", "findings")[-1] == (
        "별점이 높은 제목일수록 긍정도도 높습니다. 제목 17개에서 순위 상관(Spearman) 0.958입니다."
    )
    assert sentences(data, "en", "stars-findings")[1:] == [
        "Review by review: rank correlation (Spearman) 0.641 over 4,400 reviews.",
        "Of 3,800 reviews with low or high stars, 90.4 % are called what their stars say (low stars 88.0 %, high stars 91.0 %).",
    ]
    assert "praised for it" in sentences(data, "en", "reading-list")[0]
    assert training.startswith("The model 'small' was trained on most of these reviews")
    assert sentences(data, "en", "facts-list")[-1].startswith(
        "Dates that could not be read: 1,234 (such as 어제, 99.99.99)."
    )


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_notes_of_a_run_are_said_in_both_languages(tmp_path, lang):
    use_language(lang)
    there = example(tmp_path / lang)
    path = there / "insight.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["notes"] += [
        "모르는 문장 {x}",
        say("insight.note_titles", count=12345),
        say("insight.joined", count=1, shown="'기생충' ← '기 생충' (12)"),
        say("insight.left_dates_ambiguous", count=3, order=say("insight.order_month")),
        say("insight.no_source"),
    ]
    path.write_text(json.dumps(found), encoding="utf-8")
    data = read(write(there))[1]
    assert sentences(data, "ko", "notes")[2:] == [
        "'small' 모델은 이 리뷰 대부분으로 학습했으므로 별점과의 일치도는 학습 데이터에서 잰 수치입니다.",
        "모르는 문장 {x}",
        "KMRD에 있는 영화(12,345편)는 제목으로, 나머지는 영화 번호로 보여 줍니다.",
    ]
    english = sentences(data, "en", "facts-list")
    assert english[-1] == "No column of sources was found (--source-column names one): sources are not compared."
    assert english[-3] == "Titles that differ only in Unicode form or spaces were joined (1): '기생충' ← '기 생충' (12)"
    assert english[-2].startswith("Dates that could be two days, such as 03/01/2019: 3.")


def test_none_left_out_of_the_means_is_said(tmp_path):
    there = example(tmp_path / "none")
    path = there / "insight.json"
    found = json.loads(path.read_text(encoding="utf-8"))
    found["settings"]["count_none"] = False
    path.write_text(json.dumps(found), encoding="utf-8")
    assert sentences(read(write(there))[1], "ko", "notes")[1].startswith("'없음'을 평균에서 뺐습니다.")


def test_with_sentiment_only_the_page_says_so(tmp_path):
    text, data = read(write(example(tmp_path / "fast", emotions=False), lang="en"))
    assert 'id="map"' not in text
    assert 'id="stars"' in text
    assert data["emotions"] == []
    assert data["titles"]["dark"] is None
    assert data["titles"]["strongest"] is None
    assert "m" not in data["details"]["0"]
    assert [emotion for emotion, _ in data["details"]["0"]["c"]] == [-1, -2]
    assert sentences(data, "en", "notes")[0] == (
        "This page has sentiment only, no emotions: small was asked for sentiment alone. For 44 emotions run: maeum insight "
        "REVIEWS -o DIR --what sentiment,emotion"
    )


def test_with_emotions_only_and_without_stars(tmp_path):
    text, data = read(write(example(tmp_path / "feel", sentiment=False, rated=False), lang="en"))
    assert 'id="map"' not in text
    assert 'id="stars"' not in text
    assert data["titles"]["positivity"] is None
    assert data["titles"]["stars"] is None
    assert "m" in data["details"]["0"]
    assert "This page has emotions only: without sentiment there are no positivity and no map." in sentences(
        data, "en", "notes"
    )


def test_one_title(tmp_path):
    _, data = read(write(example(tmp_path / "one", {"기생충": FILMS["기생충"]})))
    assert data["prose"]["en"]["texts"]["headline"] == "412 reviews of 기생충."
    assert list(data["details"]) == ["0"]
    assert "n" not in data["details"]["0"]


def test_all_too_few(tmp_path):
    few = {title: film for title, film in FILMS.items() if film[0] < 30}
    _, data = read(write(example(tmp_path / "few", few)))
    assert data["titles"]["enough"] == [0, 0, 0]
    assert data["titles"]["positivity"] == [800, 887, 700]
    assert data["details"] == {}
    assert data["middle"]["dark"] is None
    assert data["prose"]["ko"]["texts"]["headline"].startswith(
        "제목 3개의 리뷰 41건이지만 리뷰가 30건 이상인 제목이 없어"
    )


def test_tables_without_rows_or_files(tmp_path):
    there = example(tmp_path / "bare", {"기생충": FILMS["기생충"]})
    for name in ("sources", "timeline", "distances", "words", "reviews"):
        (there / f"{name}.parquet").unlink()
    about = read(write(there))[1]["details"]["0"]
    assert "t" not in about
    assert "s" not in about
    assert "c" not in about


def test_a_folder_of_something_else(tmp_path):
    with pytest.raises(DataError) as caught:
        write(tmp_path)
    assert str(caught.value) == (
        f"'{tmp_path}' holds no insight.json, so there is nothing to make a page of. Name a folder that `maeum insight REVIEWS -o DIR` wrote."
    )


def many(count: int) -> dict:
    films = list(FILMS.values())[:17]
    return {f"영화 {k:04}": (films[k % 17][0] + 400 - k, *films[k % 17][1:]) for k in range(count)}


def test_details_that_do_not_fit_are_left_out_and_counted(tmp_path):
    there = example(tmp_path / "many", many(40))
    full = write(there).stat().st_size
    bound = full * 6 // 10
    page = write(there, max_bytes=bound)
    assert bound * 0.85 < page.stat().st_size <= bound
    _, data = read(page)
    kept = len(data["details"])
    assert 3 < kept < 40
    assert sorted(map(int, data["details"])) == list(range(kept))  # those with the most reviews
    assert data["titles"]["reviews"] == sorted(data["titles"]["reviews"], reverse=True)
    assert len(data["titles"]["name"]) == 40
    cut = [at for at, about in data["details"].items() if "cut" in about]
    notes = sentences(data, "en", "notes")
    assert (
        f"To keep the page small, details are here for the {kept} titles with the most reviews out of 40; the others are in the Parquet "
        "tables beside it."
    ) in notes
    said = f"Reviews and words are here for {kept - len(cut)} of those titles; the others are in reviews.parquet and words.parquet."
    assert (said in notes) == bool(cut)


def test_a_title_without_details_costs_little(tmp_path):
    _, data = read(write(example(tmp_path / "small", many(25), examples=0), max_bytes=0))
    assert data["details"] == {}
    size = len(json.dumps(data["titles"], ensure_ascii=False, separators=(",", ":")).encode())
    assert size / 25 < 80  # bytes a title: 40,000 take a fifth of the page


def test_titles_beyond_the_table_are_counted(tmp_path, monkeypatch):
    monkeypatch.setattr(insight_page, "MAX_TITLES", 4)
    _, data = read(write(example(tmp_path / "cut", many(6))))
    assert len(data["titles"]["name"]) == len(data["details"]) == 4
    assert all(at < 4 for about in data["details"].values() for at, _ in about["n"])
    assert "The page lists the 4 titles with the most reviews; all 6 are in titles.parquet." in sentences(
        data, "en", "notes"
    )


def test_the_page_opens_in_the_language_asked_for(folder):
    use_language("en")
    text, data = read(write(folder))
    assert '<html lang="en">' in text
    assert data["lang"] == "en"
    assert read(write(folder, lang="ko"))[1]["lang"] == "ko"


def test_every_word_of_the_scripts_exists_and_is_used():
    templates = Path(insight_page.__file__).parent / "templates"
    code = "\n".join((templates / f"insight_{name}.js").read_text(encoding="utf-8") for name in SCRIPTS)
    frame = (templates / "insight.html.j2").read_text(encoding="utf-8")
    words = {name.removeprefix("ui_") for name in table("insight_page") if name.startswith("ui_")}
    asked = set(re.findall(r'\b(?:say|note|part)\("(\w+)"', code)) | set(re.findall(r'part\("\w+", "(\w+)"', code))
    assert asked - words == set()
    quoted = set(re.findall(r'"(\w+)"', code)) | set(re.findall(r"\w+", frame))
    built = (
        {f"nav_{name}" for name in quoted}
        | {f"side_{name}" for name in quoted}
        | {f"{name}_sentiment" for name in quoted}
    )
    built |= {f"{one}_{other}" for one in ("dark", "light") for other in ("liked", "divided", "disliked")}
    assert words - quoted - built == set()


# ---- in a browser ----


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if which("chromium") is None:
        pytest.skip("chromium is not installed")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def opened(browser, folder):
    """The page in a browser; what it complains of is kept in `complaints`."""
    write(folder, lang="ko")
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text))
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto((folder / "index.html").as_uri())
    page.wait_for_selector("body.ready")
    yield page
    page.close()


def shown(page) -> list[str]:
    return page.locator("#titles-body th button").all_inner_texts()


@pytest.mark.slow
def test_search_finds_by_letters_initials_and_unfinished_syllables(opened):
    for query, expected in {
        "기생": ["기생충"],
        "ㄱㅅㅊ": ["기생충"],
        "기새": ["기생충"],
        "ㄱㅅ": ["기생충", "곡성(哭聲)"],
        "7번방의선물": ["7번방의 선물"],
        "inter": ["Interstellar"],
        "(": ["곡성(哭聲)"],
        "신과함께-": ["신과함께-죄와 벌"],
        "<b>": ['<b>굵은</b> "제목" & 코'],
        "없는 영화": [],
    }.items():
        opened.fill("#search", query)
        assert shown(opened) == expected, query
    assert "없는 영화" in opened.inner_text("#titles-body")
    opened.fill("#search", "")
    opened.select_option("#show", "few")
    assert shown(opened) == ["도희야", "한공주", "밤의 문이 열린다"]
    assert opened.inner_text("#titles-count") == "제목 20개 중 3개"
    assert opened.locator("#titles-body .badge").all_inner_texts() == ["리뷰 부족"] * 3
    assert opened.complaints == []


@pytest.mark.slow
def test_columns_sort_both_ways_and_say_so(opened):
    opened.click("#titles-head button:has-text('별점')")
    assert shown(opened)[0] == "클레멘타인"
    assert opened.locator("#titles-head th[aria-sort=descending]").inner_text().startswith("별점")
    opened.click("#titles-head button:has-text('별점')")
    assert shown(opened)[0] == "엄복동"
    assert opened.locator("#titles-head th[aria-sort]").get_attribute("aria-sort") == "ascending"
    opened.click("#titles-head button:has-text('제목')")
    assert shown(opened)[-1] in {"한공주", "Interstellar"}
    assert opened.evaluate("document.activeElement.textContent").startswith("제목")  # the keyboard stays where it was
    assert opened.complaints == []


@pytest.mark.slow
def test_a_title_opens_with_its_charts(opened):
    assert opened.inner_text("#title-name") == "모든 제목 함께"
    opened.click("#titles-body button:has-text('곡성')")
    assert opened.inner_text("#title-name") == "곡성(哭聲)"
    assert opened.evaluate("document.activeElement.id") == "title-name"
    assert opened.locator("#title polygon.shape").count() == 1
    assert opened.locator("#title .verdict").inner_text().endswith("평은 긍정입니다. 관객은 이를 호평합니다.")
    bars = opened.locator("#title .part:has(h3:has-text('감정별 세기'))")
    assert bars.locator("svg rect").count() == 12
    bars.locator("button").click()
    assert bars.locator("svg rect").count() == 44
    assert bars.locator("svg path.whisker").count() == 44
    assert opened.locator("#title path.trace").count() == 2
    opened.select_option("#line-choice", index=1)
    assert opened.locator("#title path.trace").count() == 3
    assert "공포" in opened.locator("#title svg[role=img]").first.get_attribute("aria-label")
    opened.click("#titles-body button:has-text('도희야')")
    assert "리뷰가 24건뿐입니다(30건 이상 필요)" in opened.inner_text("#title-body")
    assert opened.complaints == []


@pytest.mark.slow
def test_two_titles_are_drawn_over_each_other(opened):
    assert opened.locator("#compare polygon.shape").count() == 2
    opened.fill("#filter-left", "ㄹㅇ")
    assert opened.input_value("#choose-left") == "4"
    opened.select_option("#choose-right", label="랑종")
    assert opened.locator("#compare .title-key").all_inner_texts() == ["리얼", "랑종"]
    assert opened.locator("#compare polygon.shape").count() == 2
    assert opened.locator("#compare rect.side").count() == 15
    opened.select_option("#choose-right", label="리얼")
    assert opened.locator("#compare polygon.shape").count() == 0
    assert opened.inner_text("#compare-body") == "서로 다른 제목 두 개를 고르세요."
    assert opened.complaints == []


@pytest.mark.slow
def test_the_language_switches(opened):
    opened.click("[data-lang=en]")
    assert opened.evaluate("document.documentElement.lang") == "en"
    assert opened.title() == "What audiences feel: reviews.csv"
    assert opened.inner_text("#title-name") == "All titles together"
    assert not re.search("[가-힣]", opened.inner_text("#titles-head"))
    assert opened.inner_text("#emotions-body [aria-pressed=true]") == "sadness"
    opened.click("[data-lang=ko]")
    assert opened.inner_text("#title-name") == "모든 제목 함께"
    assert opened.complaints == []


@pytest.mark.slow
def test_nothing_in_the_data_runs_and_a_phone_needs_no_sideways_scrolling(opened, folder):
    assert opened.evaluate("window.broken") is None
    opened.set_viewport_size({"width": 400, "height": 800})
    opened.goto(
        (folder / "index.html").as_uri()
        + "#t=%3Cb%3E%EA%B5%B5%EC%9D%80%3C%2Fb%3E%20%22%EC%A0%9C%EB%AA%A9%22%20%26%20%EC%BD%94"
    )
    opened.reload()
    assert opened.inner_text("#title-name") == '<b>굵은</b> "제목" & 코'
    assert opened.evaluate("document.documentElement.scrollWidth") == 400
    assert opened.evaluate("window.broken") is None
    assert opened.complaints == []


@pytest.mark.slow
@pytest.mark.parametrize("films", [{}, {"기생충": FILMS["기생충"]}, {"도희야": FILMS["도희야"]}])
@pytest.mark.parametrize("kind", [{}, {"emotions": False}, {"sentiment": False, "rated": False}])
def test_every_kind_of_page_opens_without_complaint(browser, tmp_path, films, kind):
    page = browser.new_page()
    complaints = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(write(example(tmp_path / "kind", films or FILMS, **kind), lang="en").as_uri())
    page.wait_for_selector("body.ready")
    page.locator("#titles-body button").first.click()
    page.close()
    assert complaints == []
