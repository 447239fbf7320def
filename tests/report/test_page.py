"""The page: self-contained, escaped, complete, in two languages."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser

import pytest

from maeum.messages import say
from maeum.report import evaluation_page
from maeum.report.contents import key_numbers
from maeum.report.formats import speaking
from maeum.report.page import tied
from maeum.schema import Evaluation, Labels, Mistake, Task

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Reader(HTMLParser):
    """Collects elements, visible text and unbalanced tags."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id" and value]
        self.texts.append(" ")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id" and value]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.texts.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", "".join(self.texts))


@pytest.fixture(scope="module")
def page(request):
    """The page of a fixture in a language, made once: drawing takes its time."""

    @cache
    def made(name: str, lang: str) -> str:
        return evaluation_page(request.getfixturevalue(name), lang=lang)

    return made


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize("name", ["binary", "emotions", "many_classes"])
def test_page_is_self_contained_and_well_formed(page, name, lang):
    html = page(name, lang)
    reader = Reader(html)
    assert reader.open == []
    assert len(reader.ids) == len(set(reader.ids))
    assert "http://" not in html
    assert "https://" not in html
    assert "@import" not in html
    tags = {tag for tag, _ in reader.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    for _, attributes in reader.elements:
        assert not any(name.startswith("on") for name in attributes)
        for name in ("src", "href", "srcset", "action"):
            assert (attributes.get(name) or "#").startswith("#")
    assert set(re.findall(r"url\((?!#)", html)) == set()
    assert f'<html lang="{lang}">' in html
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html


def test_contents_lead_to_sections(page):
    reader = Reader(page("binary", "en"))
    targets = [a["href"] for tag, a in reader.elements if tag == "a"]
    assert targets == [
        "#the-data",
        "#key-numbers",
        "#classes",
        "#confusions",
        "#curves",
        "#confidence",
        "#parts",
        "#mistakes",
        "#reading",
    ]
    assert {target[1:] for target in targets} <= set(reader.ids)


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_number_stands_with_its_sentence(page, binary, lang):
    text = Reader(page("binary", lang)).text
    numbers = speaking(lang, lambda: key_numbers(binary))
    assert len(numbers) == 12
    for number in numbers:
        assert number.meaning
        assert f"{number.title} {number.text}" in text
        assert tied(number.meaning).replace("\u00a0", " ") in text.replace("\u00a0", " ")
    for name in ("precision", "recall", "f1", "support", "tp", "fp", "fn", "tn", "macro_avg", "weighted_avg"):
        assert say(f"meanings.{name}", lang) in text


def test_values_of_the_binary_page(page):
    text = Reader(page("binary", "en")).text
    for row in (
        "negative 0.896 0.860 0.878 500 430 50 70 450",
        "positive 0.865 0.900 0.882 500 450 70 50 430",
        "Macro average 0.881 0.880 0.880 1,000",
        "positive 0.951 0.953",
        "60.0 % 55.0 % 132",
        "text length in characters: 0–9 200 80.0 % 73.9–85.0 % below",
        "text length in characters: 10–19 800 90.0 % 87.7–91.9 % no clear difference",
        "emoticons: with 100 87.0 % 79.0–92.2 % no clear difference",
        "Macro F1 0.880 95 % interval 0.858–0.899",
        "2 of 120 wrong answers, the most confident first.",
    ):
        assert row in text
    assert '<meta name="description" content="Of the 1,000 examples of nsmc:test, the model gets 88.0 % right' in (
        page("binary", "en")
    )


def test_titles_in_korean_beside_names(page):
    text = Reader(page("binary", "ko")).text
    assert "부정 negative 0.896 0.860 0.878 500 430 50 70 450" in text
    assert "모델의 답 부정 99.8% 데이터 긍정 0.2% 번호 7" in text
    assert "(빈 글)" in text
    assert "틀린 120건 가운데 가장 확신한 2건입니다." in text


def test_everything_from_outside_is_escaped(binary):
    odd = "<b>흐뭇함(귀여움/예쁨)</b>"
    labels = Labels((odd, "\"'><img src=x onerror=alert(1)>"))
    per_class = dict(zip(labels.names, binary.metrics["per_class"].values(), strict=True))
    evaluation = replace(
        binary,
        labels=labels,
        metrics={**binary.metrics, "per_class": per_class, "<u>new</u>": 0.5, "<s>": {"<a>": "<p>"}},
        data="</title><script>1</script>",
        model="<i>m</i>",
        roc={odd: binary.roc["positive"]},
        precision_recall={},
        slices=(replace(binary.slices[0], by="<h1>", value="<h2>"),),
        mistakes=(Mistake("<id>", "<script>alert(1)</script>", odd, labels[1], 0.9, 0.1),),
    )
    html = evaluation_page(
        evaluation, lang="ko", dataset_summary={"<k>": "<v>", "n": {"<x>": 1}}, telling={odd: [("<w> ", 1.0)]}
    )
    tags = {tag for tag, _ in Reader(html).elements}
    assert not tags & {"script", "b", "i", "u", "s", "img", "h4", "k", "v", "w", "x", "id"}
    assert "&lt;b&gt;흐뭇함(귀여움/예쁨)&lt;/b&gt;" in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "&lt;w&gt;␣" in html


def test_addresses_in_texts_stay_texts(binary):
    evaluation = replace(binary, mistakes=(Mistake("1", "http://a.kr 가세요", "negative", "positive", 0.9, 0.1),))
    reader = Reader(evaluation_page(evaluation, lang="en"))
    assert "http://a.kr 가세요" in reader.text
    assert all("a.kr" not in str(attributes) for _, attributes in reader.elements)


def test_emotion_page(page):
    html = page("emotions", "en")
    text = Reader(html).text
    assert "F1 per text 0.612 95 % interval 0.605–0.619" in text
    assert "Exact-set accuracy 8.3 %" in text
    assert "Accuracy 8.3 %" not in text.replace("Exact-set accuracy", "")
    assert "label_density 7.910" in text  # unknown, shown without a sentence
    assert "thresholds 기쁨 0.310" in text
    assert "깨달음 0.000 0.000 0.000 0 0 3 0 1,997" in text
    assert "<b>흐뭇함(귀여움/예쁨)</b> 0.750 0.600 0.667 330 198 66 132 1,000" in text
    assert "Model says 짜증 97.0 % In the data 기쁨, 놀람 11.0 %" in text
    assert "1 of the 1 mistakes kept" in text
    assert "Share true" in text
    assert 'id="confusions"' not in html


def test_many_classes_list_their_confusions(page):
    text = Reader(page("many_classes", "en")).text
    assert "불평/불만 환영/호의 5 25.0 %" in text
    assert "20 of 44 pairs that occur are listed." in text


def test_mistakes_are_limited_and_long_texts_counted(binary):
    mistakes = tuple(Mistake(str(i), "가" * 700, "negative", "positive", 0.9, 0.1) for i in range(45))
    text = Reader(evaluation_page(replace(binary, mistakes=mistakes), lang="en")).text
    assert text.count("(+100 characters)") == 30
    assert "30 of 120 wrong answers" in text
    assert "가" * 600 in text
    assert "가" * 601 not in text


def test_telling_pieces(page, binary):
    telling = {"negative": [(f"말{i}", 1.0) for i in range(23)], "positive": [(" 최고", 2.0)]}
    text = Reader(evaluation_page(binary, lang="ko", telling=telling)).text
    assert "부정 말0 말1 말2" in text
    assert "말19 +3" in text
    assert "말20" not in text
    assert "긍정 ␣최고" in text
    assert "판단을 가르는 말" not in Reader(page("binary", "ko")).text


def test_dataset_summary(binary):
    summary = {"rows": {"negative": 12345, "positive": 6}, "share": 0.5, "files": ["a", "b"], "none": None}
    text = Reader(evaluation_page(binary, lang="en", dataset_summary=summary)).text
    assert "rows negative 12,345, positive 6 share 0.500 files a, b none None" in text


def test_bare_evaluations_make_a_page():
    bare = Evaluation("x", Task.SIMILARITY, Labels(("score",)), 3, {"spearman": 0.5, "odd": None, "nan": float("nan")})
    text = Reader(evaluation_page(bare, lang="en")).text
    assert "Spearman correlation 0.500" in text
    assert "odd None" in text
    assert "nan –" in text
    assert "No mistakes were recorded." in text
    nothing = Evaluation("x", Task.TOKENS, Labels(("PER",)), 0, {})
    assert "The model was judged on the 0 examples of x." in Reader(evaluation_page(nothing, lang="en")).text


def test_saved_and_loaded_evaluation_gives_the_same_page(page, binary):
    import json

    loaded = Evaluation.from_json(json.loads(json.dumps(binary.to_json())))
    assert evaluation_page(loaded, lang="ko") == page("binary", "ko")


def test_numbers_stay_with_their_signs():
    assert tied("88.1 % right") == "88.1\u00a0% right"
    assert tied("88.1%를 (0.5)로") == "88.1%\u2060를 (0.5)\u2060로"
