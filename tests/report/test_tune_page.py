"""The report of a search, from folders made by hand: finished, cut short, all failed, odd values."""

from __future__ import annotations

import json
import math
import re
from html.parser import HTMLParser

import polars as pl
import pytest
import yaml

from maeum.errors import UsageError
from maeum.report import tune_page
from maeum.report.tune_folder import Setting, read
from maeum.report.tune_words import Words, edge, searched, value_text

SPACE = {
    "learning_rate": {"min": 1e-5, "max": 1e-2, "log": True},
    "batch_size": [8, 16, 32],
    "units": ["음절", "subword", "<b>jamo</b>"],
}


def trial(number, score, status="finished", **values):
    """A trial whose rate rises with its number."""
    row = {
        "trial": number,
        "status": status,
        "score": score,
        "score_sd": None,
        "learning_rate": 10 ** (-5 + 3 * number / 20),
        "batch_size": (8, 16, 32)[number % 3],
        "units": SPACE["units"][number % 3],
        "epochs": 3,
        "examples": 2400,
        "seconds": 60.0,
        "reason": None,
        "retries": 0,
        "folder": f"trials/{number:04}",
    }
    return {**row, **values}


def write(folder, trials, curves=(), best=True, **facts):
    """A search folder."""
    folder.mkdir(exist_ok=True)
    pl.DataFrame(trials, infer_schema_length=None).write_parquet(folder / "trials.parquet")
    if curves:
        pl.DataFrame(curves, infer_schema_length=None).write_parquet(folder / "curves.parquet")
    told = {
        "metric": "macro_f1",
        "mode": "max",
        "search": "random",
        "scheduler": "asha",
        "space": SPACE,
        "seconds": 754.0,
        "machine": {"processor": "EPYC", "cores": 2},
        "data": {"name": "nsmc", "validation": {"rows": 1000}},
    }
    (folder / "search.json").write_text(json.dumps({**told, **facts}), encoding="utf-8")
    if best:
        recipe = {"data": {"source": "nsmc:train"}, "model": {"family": "cnn"}}
        (folder / "best.yaml").write_text(yaml.safe_dump(recipe), encoding="utf-8")
    return folder


def curve(number, epochs):
    return [
        {"trial": number, "epoch": at, "validation_loss": 0.5 / at, "validation_macro_f1": 0.7 + at / 100}
        for at in range(1, epochs + 1)
    ]


@pytest.fixture
def folder(tmp_path):
    """20 trials: the score rises with the rate; two were stopped, three failed."""
    trials = [trial(number, 0.70 + number / 100) for number in range(1, 16)]
    trials += [trial(number, 0.72, "stopped", epochs=1, examples=800) for number in (16, 17)]
    trials += [trial(18, None, "failed", reason="CUDA\n out of  memory", retries=1)]
    trials += [trial(number, None, "failed", reason="<i>loss</i> is NaN") for number in (19, 20)]
    curves = [row for number in range(1, 18) for row in curve(number, 3 if number < 16 else 1)]
    return write(tmp_path / "탐색", trials, curves)


def page_of(folder, lang="en"):
    path = tune_page.write(folder, lang=lang)
    assert path == folder / "report.html"
    page = path.read_text(encoding="utf-8")
    check(page)
    return page


def check(page):
    """Well-formed: what is opened is closed; nothing from elsewhere; no empty values."""
    empty = {"meta", "br", "link", "input", "use", "path", "rect"}

    class Reader(HTMLParser):
        def __init__(self):
            super().__init__()
            self.open = []

        def handle_starttag(self, tag, attrs):
            if tag not in empty:
                self.open.append(tag)

        def handle_endtag(self, tag):
            if tag not in empty:
                assert self.open.pop() == tag

    reader = Reader()
    reader.feed(page)
    assert reader.open == []
    assert not re.search(r"https?://(?!www\.w3\.org)", page)
    assert "<script" not in page
    assert ">nan<" not in page
    assert "None" not in page


def test_sentences(folder):
    importance = Words(read(folder)).importance
    assert importance.shares["learning_rate"] > 0.9
    share = f"{round(100 * importance.shares['learning_rate'])} %"
    assert tune_page.sentences(folder, lang="en") == [
        "Trial 15 is the best of 20: Macro F1 0.8500 on validation.",
        "Its settings: learning_rate 0.00178, batch_size 8, units 음절",
        "Trial 15 leads the second, trial 14, by 1.00 points: within what chance moves such a score (2.22 points).",
        ("3 of the 15 finished trials lie within 2.22 points of the best, about what chance moves one score against another on "
        "1,000 validation rows. Among them a smaller or faster model costs nothing that can be measured here."),
        f"learning_rate mattered most: by itself it explains {share} of the differences between scores.",
        ("2 of 20 trials were stopped early, because others did better after as many epochs or because time was over; their "
        "scores are those they had by then."),
        ("1 of 20 trials were begun again, because memory ran out (then with half the batch and double the accumulation) or a machine "
        "was lost."),
        "3 of 20 trials failed: <i>loss</i> is NaN (2 ×), CUDA out of memory (1 ×)",
        ("The best score flatters: it is the highest of 17, all judged on the same validation rows. On new texts expect a little "
        "less; the figure to quote is that of the test data, judged once, after the choice."),
        f"Train with the best settings: maeum train --config {folder}/best.yaml -o runs/best",
        "Then judge once on test data: maeum evaluate runs/best --data nsmc:test -o judged",
    ]  # fmt: skip


def test_sentences_in_korean(folder):
    found = tune_page.sentences(folder, lang="ko")
    assert found[0] == "시도 20개 가운데 15번이 가장 좋습니다: 검증 매크로 F1 0.8500."
    assert re.fullmatch(r"가장 중요한 설정은 learning_rate입니다\. 점수 차이의 9\d%를 혼자 설명합니다\.", found[4])
    assert found[-1] == "그다음 테스트 데이터로 한 번 평가: maeum evaluate runs/best --data nsmc:test -o judged"


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_the_page_has_all_its_parts(folder, lang):
    page = page_of(folder, lang)
    assert f'<html lang="{lang}">' in page
    assert re.findall(r'<section[^>]* id="(\w+)"', page) == [
        "verdict", "search", "settings", "trials", "curves", "progress"
    ]  # fmt: skip
    assert page.count("<figure") == 4
    assert "&lt;b&gt;jamo&lt;/b&gt;" in page
    assert "&lt;i&gt;loss&lt;/i&gt; is NaN" in page
    assert "<b>jamo" not in page


def test_the_table_begins_with_the_best_and_ends_with_those_stopped(folder):
    page = page_of(folder)
    table = page[page.index('id="trials"') : page.index("Failed trials")]
    numbers = [int(found) for found in re.findall(r'<th scope="row" class="n">(\d+)</th>', table)]
    assert numbers == [*range(15, 0, -1), 16, 17]
    assert table.count('class="chosen"') == 1
    failures = page[page.index("Failed trials") : page.index('id="curves"')]
    assert re.findall(r'<td class="told">(CUDA[^<]*)</td>', failures) == ["CUDA out of memory"]


def test_the_search_in_facts(folder):
    page = page_of(folder)
    facts = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", page))
    assert facts == {
        "judged by": "Macro F1",
        "search": "random",
        "scheduler": "asha",
        "data": "nsmc",
        "validation rows": "1,000",
        "trials": "20 (15 finished, 2 stopped early, 3 failed)",
        "training examples, all trials": "44,800",
        "time of the search": "12.6 min",
        "time of all trials": "20.0 min",
        "machine": "processor EPYC, cores 2",
    }


def test_one_trial(tmp_path):
    folder = write(tmp_path / "one", [trial(1, 0.8)], curve(1, 3))
    assert tune_page.sentences(folder, lang="en")[:2] == [
        "The only trial has Macro F1 0.8000 on validation; there is nothing to choose from.",
        "Its settings: learning_rate 1.41e-05, batch_size 16, units subword",
    ]
    page = page_of(folder)
    assert "flatters" not in page
    assert page.count("<figure") == 1


def test_all_failed(tmp_path):
    trials = [trial(1, None, "failed", reason="a"), *(trial(at, None, "failed", reason="b 이유") for at in (2, 3))]
    folder = write(tmp_path / "failed", trials, best=False)
    assert tune_page.sentences(folder, lang="en") == ["All 3 trials failed. Most often: b 이유 (2 ×)"]
    assert tune_page.sentences(folder, lang="ko") == ["시도 3개가 모두 실패했습니다. 가장 잦은 이유: b 이유(2번)"]
    page = page_of(folder)
    assert "<figure" not in page
    assert page.count("b 이유") == 4  # the headline, also as the description, and two rows


def test_scores_that_are_no_numbers(tmp_path):
    trials = [trial(1, math.nan), trial(2, 0.8), trial(3, math.inf), trial(4, 0.7)]
    folder = write(tmp_path / "nan", trials, [{**row, "validation_loss": math.nan} for row in curve(1, 2)])
    found = tune_page.sentences(folder, lang="en")
    assert found[0] == "Trial 2 is the best of 4: Macro F1 0.8000 on validation."
    assert "2 of 4 trials ended without a usable score (not a number); they are listed and count for nothing." in found
    assert "Which setting mattered most cannot be said from 2 scores; it takes 10 or more." in found
    assert page_of(folder).count("no usable score") == 2
    only = write(tmp_path / "only", [trial(1, math.nan)], best=False)
    assert tune_page.sentences(only, lang="en")[0] == "None of 1 trials gave a usable Macro F1."


def test_words_and_numbers_mixed(tmp_path):
    values = ["auto", "0.1", "0.5", None] * 3
    trials = [trial(at, 0.7 + at / 100, mixed=value, widths=["[2, 3]", "(2, 3, 4)"][at % 2])
              for at, value in enumerate(values, 1)]  # fmt: skip
    space = {"mixed": ["auto", 0.1, 0.5], "widths": [[2, 3], [2, 3, 4]], "learning_rate": SPACE["learning_rate"]}
    folder = write(tmp_path / "mixed", trials, space=space)
    search = read(folder)
    assert [one.settings["mixed"] for one in search.trials[:4]] == ["auto", 0.1, 0.5, None]
    assert [one.settings["widths"] for one in search.trials[:2]] == ["2,3,4", "2,3"]
    assert {one.name: searched(one) for one in search.settings}["mixed"] == "auto, 0.1, 0.5"
    assert "auto, 0.1, 0.5" in page_of(folder, "ko")


def test_a_setting_called_as_a_column(tmp_path):
    trials = [trial(at, 0.7 + at / 100, setting_epochs=at + 1, epochs=1) for at in (1, 2, 3)]
    search = read(write(tmp_path / "named", trials, space={"epochs": {"min": 2, "max": 10}}))
    assert [one.settings["epochs"] for one in search.trials] == [2, 3, 4]
    assert [one.epochs for one in search.trials] == [1, 1, 1]


def test_what_an_interrupt_leaves(tmp_path):
    folder = write(tmp_path / "cut", [trial(1, 0.8), trial(2, None, "running"), trial(3, 0.7, "stopped")], best=False)
    (folder / "curves.parquet").write_bytes(b"PAR1 half")
    found = tune_page.sentences(folder, lang="en")
    assert "1 of 3 trials had not ended when this was written." in found
    assert not any("maeum train" in sentence for sentence in found)
    page_of(folder)
    (folder / "search.json").write_text('{"metric": ', encoding="utf-8")
    assert tune_page.sentences(folder, lang="en")[0] == "Trial 1 is the best of 3: Macro F1 0.8000 on validation."
    (folder / "trials.parquet").unlink()
    assert tune_page.sentences(folder, lang="en") == ["No trial has ended yet."]
    assert "No trial has ended yet." in page_of(folder)


def test_what_the_search_was_begun_with_is_read_where_it_did_not_end(tmp_path):
    folder = write(tmp_path / "begun", [trial(1, 0.5), trial(2, 0.4, "stopped", reason="시간이 다 됨")])
    (folder / "search.json").unlink()
    plan = {
        "how": {"metric": "log_loss", "search": "grid", "scheduler": "none"},
        "space": SPACE,
        "data": {"source": "nsmc"},
    }
    (folder / "plan.json").write_text(json.dumps(plan), encoding="utf-8")
    found = tune_page.sentences(folder, lang="en")
    assert found[0] == "Trial 1 is the best of 2: Log loss 0.5000 on validation."
    assert "1 of 2 trials were cut short when time was over; their scores are those they had by then." in found
    assert '<td class="state">stopped early: 시간이 다 됨</td>' in page_of(folder)


def test_a_search_interrupted_before_its_trials_were_written(tmp_path):
    folder = tmp_path / "내 탐색"
    folder.mkdir()
    (folder / "plan.json").write_text('{"how": {}, "space": {}}', encoding="utf-8")
    told = f'This search was interrupted. Go on with it: maeum tune --resume -o "{folder}"'
    assert tune_page.sentences(folder, lang="en") == [told]
    assert "This search was interrupted." in page_of(folder)


def test_folds_are_judged_on_all_rows(tmp_path):
    data = {"source": "nsmc", "folds": 5, "train": {"rows": 800}, "validation": {"rows": 200}}
    assert read(write(tmp_path / "folds", [trial(1, 0.8, score_sd=0.01)], data=data)).validation_rows == 1000


def test_settings_that_changed_while_they_trained(tmp_path):
    folder = write(tmp_path / "pbt", [trial(at, at / 10) for at in (1, 2)], scheduler="pbt")
    assert "Population based training changes settings while a trial trains" in page_of(folder)


def test_only_stopped_trials(tmp_path):
    folder = write(tmp_path / "stopped", [trial(1, 0.7, "stopped"), trial(2, 0.8, "stopped")])
    assert tune_page.sentences(folder, lang="en")[0] == (
        "No trial has finished yet. The best so far is trial 2 of 2, which was stopped early: Macro F1 0.8000 on validation."
    )
    page_of(folder)


def test_no_search_there(tmp_path):
    (tmp_path / "recipe.yaml").touch()
    with pytest.raises(UsageError) as error:
        tune_page.write(tmp_path)
    assert str(error.value).endswith("(found: recipe.yaml). Name the folder that `maeum tune … -o DIR` wrote.")


def test_a_loss_is_better_smaller(tmp_path):
    trials = [trial(at, at / 10, seconds=30.0) for at in (3, 1, 2)]
    folder = write(tmp_path / "loss", trials, metric="log_loss", mode="min")
    found = tune_page.sentences(folder, lang="en")
    assert found[0] == "Trial 1 is the best of 3: Log loss 0.1000 on validation."
    assert not any("chance" in sentence for sentence in found)
    page_of(folder)


def predictions(folder, number, first, last):
    """A trial's answers to 400 rows, wrong from row `first` to before `last`."""
    place = folder / "trials" / f"{number:04}"
    place.mkdir(parents=True)
    labels = ["긍정", "부정"] * 200
    given = [
        ("부정" if label == "긍정" else "긍정") if first <= at < last else label for at, label in enumerate(labels)
    ]
    frame = pl.DataFrame({"id": [f"{at:04}" for at in range(400)], "label": labels, "predicted": given})
    frame.write_parquet(place / "predictions.parquet")


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (
            (20, 66),
            r"Trial 1 cannot be told from the second, trial 2 \(\d\.\d\d points; .* on the same 400 rows\): either",
        ),
        (
            (0, 80),
            r"Trial 1 is better than the second, trial 2, by 10\.00 points \(\d\.\d\d to 1\d\.\d\d, 95 % interval on",
        ),
    ],
)
def test_the_best_two_are_compared_row_by_row(tmp_path, wrong, sentence):
    folder = write(tmp_path / "pair", [trial(1, 0.9), trial(2, 0.85)], metric="accuracy")
    predictions(folder, 1, 0, 40)
    predictions(folder, 2, *wrong)
    found = tune_page.sentences(folder, lang="en")
    assert found[0] == "Trial 1 is the best of 2: Accuracy 90.00 % on validation."
    assert re.match(sentence, found[2])


def test_spread_over_seeds(tmp_path):
    trials = [trial(1, 0.80, score_sd=0.03), trial(2, 0.79, score_sd=0.04)]
    folder = write(tmp_path / "seeds", trials, seeds=4)
    found = tune_page.sentences(folder, lang="en")
    assert found[0] == "Trial 1 is the best of 2: Macro F1 0.8000 ± 0.0300 on validation."
    # 1.96 · √((0.03² + 0.04²) / 4) = 0.049, more than 1,000 rows leave open
    assert found[2].endswith("by 1.00 points: within what chance moves such a score (4.90 points).")


def test_the_rows_are_read_from_the_best_trial_where_the_search_does_not_tell(tmp_path):
    folder = write(tmp_path / "rows", [trial(1, 0.8)], data="nsmc")
    assert read(folder).validation_rows is None
    place = folder / "trials" / "0001"
    place.mkdir(parents=True)
    (place / "environment.json").write_text('{"data": {"validation": {"rows": 321}}}', encoding="utf-8")
    assert read(folder).validation_rows == 321


@pytest.mark.parametrize(
    ("setting", "value", "expected"),
    [
        (Setting("lr", 1e-5, 1e-2, True, ()), 9e-3, 1),
        (Setting("lr", 1e-5, 1e-2, True, ()), 1.2e-5, -1),
        (Setting("lr", 1e-5, 1e-2, True, ()), 1e-4, 0),  # 1 % of the range, a third of its logarithm
        (Setting("dropout", 0.0, 0.5, False, ()), 0.0, 0),  # nothing is below 0
        (Setting("epochs", 1.0, 10.0, False, ()), 10, 1),
        (Setting("epochs", 1.0, 10.0, False, ()), 1, 0),
        (Setting("batch", None, None, False, (8, 16, 32)), 32, 1),
        (Setting("batch", None, None, False, (8, 16, 32)), 16, 0),
        (Setting("batch", None, None, False, (16, 32)), 32, 0),
        (Setting("units", None, None, False, ("a", "b", "c")), "c", 0),
        (Setting("batch", None, None, False, (8, 16, 32)), None, 0),
    ],
)
def test_edges(setting, value, expected):
    assert edge(setting, value) == expected


def test_an_edge_is_said(tmp_path):
    folder = write(tmp_path / "edge", [trial(at, 0.7 + at / 100, learning_rate=10 ** (-5 + at)) for at in (1, 2, 3)])
    found = tune_page.sentences(folder, lang="en")
    assert (
        "learning_rate 0.01 lies at the upper end of what was searched (1e-05 … 0.01 (log)): larger values may be better, so "
        "widen it."
    ) in found
    assert (
        any(
            sentence.startswith("가장 좋은 learning_rate 값 0.01이 탐색한 범위")
            for sentence in Words(read(folder)).search.facts
        )
        is False
    )
    korean = tune_page.sentences(folder, lang="ko")
    assert any(
        sentence.startswith("가장 좋은 learning_rate 값 0.01이 탐색한 범위(1e-05 … 0.01(로그))의 위쪽")
        for sentence in korean
    )


def test_equal_scores(tmp_path):
    folder = write(tmp_path / "equal", [trial(at, 0.8) for at in range(1, 13)])
    found = tune_page.sentences(folder, lang="en")
    assert "All trials have the same score, so no setting that was searched made a difference." in found
    assert "mattered" not in " ".join(found)
    page_of(folder)


def test_values_as_users_type_them():
    values = [0.000314159, 16, 2097152.0, True, "음절", None, 5e-6]
    assert [value_text(value) for value in values] == ["0.000314", "16", "2097152", "true", "음절", "–", "5e-06"]
