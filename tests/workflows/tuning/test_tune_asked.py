"""What a search is asked to be, and what is said before anything begins when that cannot be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from maeum.data import dataset
from maeum.errors import OutputError, UserError
from maeum.messages import say
from maeum.recipe import Recipe
from maeum.scale.tuning.course import FAILED, Course
from maeum.scale.tuning.journal import Journal
from maeum.scale.tuning.sources import Random
from maeum.workflows.tune import tune
from maeum.workflows.tuning.asked import Asked
from maeum.workflows.tuning.files import Folder, curve_frame, trial_frame
from maeum.workflows.tuning.space import make_space

pytest.importorskip("ray")


def refused(*data: Any, **options: Any) -> str:
    with pytest.raises(UserError) as error:
        tune(*(data or ("sample",)), **{"out": "never-written", **options})
    assert say(error.value.key, "ko", **error.value.values) != str(error.value)
    assert not Path("never-written").exists()
    return str(error.value)


def test_defaults_and_their_limits() -> None:
    assert Asked.read({}).count == 20
    assert Asked.read({"time": "2h"}).count == 10_000
    assert Asked.read({"search": "grid"}).count is None
    assert Asked.read({"time": "1h30m"}).seconds == 5400
    assert Asked.read({"metric": "validation_macro-f1"}).metric == "macro_f1"
    assert Asked.read({"metric": "loss"}).metric == "log_loss"
    assert (Asked.read({"cpus": "0.5"}).cpus, Asked.read({"gpus": "2"}).gpus) == (0.5, 2.0)
    assert Asked.read({"trials": "40"}, {"trials": 20, "search": "random"}) == Asked(search="random", trials=40)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (
            {"search": "optunna"},
            "--search: expected one of grid, random, optuna, found 'optunna'. Did you mean 'optuna'?",
        ),
        ({"scheduler": "hyperband"}, "--scheduler: expected one of none, asha, pbt, found 'hyperband'."),
        ({"trials": "many"}, "--trials: expected a whole number from 1 to 10000, found 'many'."),
        ({"folds": 1}, "--folds: expected a whole number from 2 to 100, found '1'."),
        ({"cpus": "1.5"}, "--cpus: expected a whole number or a part of one (0.5), found '1.5'."),
        ({"cpus": 0}, "--cpus: expected a whole number or a part of one (0.5), found '0'."),
        ({"time": "soon"}, "--time: 'soon' is no length of time; write 2h, 45m or 1h30m."),
        (
            {"seeds": 2, "folds": 3},
            "--seeds and --folds are two ways to see how much is chance. Give one of them.",
        ),
        (
            {"scheduler": "asha"},
            (
                "--scheduler asha looks at trials after each epoch, and linear learns all at once. Leave it out; --trials and "
                "--time still limit the search."
            ),
        ),
        (
            {"validation_fraction": 0},
            (
                "There are no validation rows to judge trials on. Leave --validation-fraction above 0, or name rows with "
                "--validation."
            ),
        ),
        (
            {"cluster": "ray://10.0.0.5:10001"},
            (
                "'ray://10.0.0.5:10001' is Ray's client, through which a search cannot be followed. Run this on a machine of "
                "the cluster, with --cluster auto or HOST:PORT."
            ),
        ),
        ({"cluster": "somewhere"}, None),
        ({"storage": "s4://bucket"}, None),
    ],
)
def test_what_cannot_be_asked(options: dict[str, Any], said: str | None) -> None:
    found = refused(model="linear", **options)
    assert said is None or found == said


def test_a_metric_that_is_not_produced() -> None:
    assert refused(model="linear", metric="macro_f2").startswith(
        "--metric: models for these data are not judged by 'macro_f2'. Did you mean 'macro_f1'? Known: accuracy, macro_f1,"
    )


def test_schedulers_want_one_training_and_a_metric_of_every_epoch() -> None:
    pytest.importorskip("torch")
    assert refused(model="cnn", scheduler="asha", metric="mcc") == (
        "--scheduler asha needs a metric after each epoch, and mcc is counted at the end only. Choose one of accuracy, "
        "macro_f1, log_loss."
    )
    assert refused(model="cnn", scheduler="asha", seeds=2) == (
        "--scheduler asha follows one training of each trial. Leave out --seeds and --folds, and train the best settings "
        "with --seeds afterwards."
    )
    assert refused(model="cnn", scheduler="pbt", search="random", space={"filters": [8, 16]}) == (
        "--scheduler pbt changes settings during training, which these can: learning_rate, weight_decay, label_smoothing, "
        "focal, clip; found filters. Put one of them into the space, or use --scheduler asha."
    )
    assert refused(model="cnn", scheduler="pbt") == (
        "--scheduler pbt draws its whole population at the start, before Optuna could learn. Use --search random or grid."
    )
    assert refused(model="cnn", scheduler="pbt", search="random", trials=2) == (
        "--scheduler pbt needs a population of known size: --trials 4 or more, found '2'."
    )


@pytest.mark.parametrize("name", ["nsmc:test", "ratings_test.txt"])
def test_test_rows_are_no_target(name: str) -> None:
    said = (
        f"'{name}' are test rows: settings chosen on them would make every test figure too good. Tune on train, of which a "
        "part is held out, or name other rows with --validation; judge once at the end with maeum evaluate."
    )
    assert refused(name, model="linear") == said
    assert refused("sample", model="linear", validation=name) == said


def test_a_dataset_of_test_rows_is_no_target() -> None:
    from dataclasses import replace

    rows = replace(dataset("sample"), split="test")
    assert refused(rows, model="linear").startswith("'sample:test' are test rows")


def test_an_address_that_nobody_answers_at() -> None:
    found = refused(model="linear", cluster="127.0.0.1:1", c=1.0)
    assert found.startswith("No Ray cluster answers at '127.0.0.1:1': ")
    assert "'ray start --head'" in found


def test_folders_that_hold_something(tmp_path: Path) -> None:
    place = tmp_path / "search"
    folder = Folder(place)
    with pytest.raises(OutputError) as error:
        tune("sample", model="linear", out=place, resume=True)
    assert str(error.value) == f"There is no search in '{place}' to go on with."
    folder.begin({"recipe": {}, "space": {}, "how": {}, "data": {}})
    with pytest.raises(OutputError) as error:
        tune("sample", model="linear", out=place)
    assert str(error.value) == (
        f"'{place}' holds a search that is not finished. Go on with it: maeum tune --resume -o {place}; or replace it with "
        "--overwrite."
    )
    (place / "search.json").write_text("{}", encoding="utf-8")
    with pytest.raises(OutputError, match=r"holds a search that is finished\. Add --overwrite"):
        tune("sample", model="linear", out=place)
    (place / "plan.json").write_text("{", encoding="utf-8")
    with pytest.raises(OutputError, match=r"its plan\.json is damaged"):
        tune(out=place, resume=True)
    other = tmp_path / "other"
    other.mkdir()
    (other / "thesis.docx").touch()
    with pytest.raises(OutputError):
        tune("sample", model="linear", out=other, overwrite=True)
    assert (other / "thesis.docx").is_file()


def test_a_search_goes_on_as_it_was_begun(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "search")
    plan = {"recipe": {"model": {"c": 1}}, "space": {"c": [1, 2]}, "how": {"trials": 4, "search": "grid"}, "data": {}}
    folder.begin(plan)
    folder.go_on({**plan, "how": {"trials": 9, "search": "grid"}})  # more of the same
    with pytest.raises(UserError) as error:
        folder.go_on({**plan, "space": {"c": [1, 3]}, "how": {"trials": 9, "search": "random"}})
    place = folder.path
    assert str(error.value) == (
        f"The search in '{place}' was begun otherwise: c [1, 2] → [1, 3], search grid → random. Go on as it was begun "
        f"(maeum tune --resume -o {place}), or start anew with --overwrite."
    )


def test_the_table_of_trials(tmp_path: Path) -> None:
    space, _ = make_space({"epochs": [1, 2], "widths": [[2], [3, 4]]}, Recipe.from_keywords("cnn", {}), {}, "none")
    course = Course(Random(space, 0), Journal(tmp_path / "journal.jsonl"), 3, 1, lambda: 3)
    for record in (
        {"status": "finished", "score": 0.8, "sd": 0.1, "epochs": 2, "examples": 20, "seconds": 1.5},
        {"status": FAILED, "score": None, "reason": "no weights"},
    ):
        trial = course.next()
        assert trial is not None
        course.epoch(trial.number, [{"epoch": 1, "step": 5, "validation_loss": 0.5, "score": 0.7}])
        course.end(trial.number, record)
    course.next()  # time was over
    frame = trial_frame(Folder(tmp_path), course, list(space))
    assert frame.columns == [
        "trial", "status", "score", "score_sd", "setting_epochs", "widths", "epochs", "examples", "seconds", "reason",
        "retries", "folder",
    ]  # fmt: skip
    assert frame["status"].to_list() == ["finished", "failed", "stopped"]
    assert frame["score"].to_list() == [0.8, None, None]
    assert frame["reason"].to_list() == ["", "no weights", "time was over before it ended"]
    assert set(frame["widths"].to_list()) <= {"2", "3,4"}
    assert curve_frame(course).select("trial", "epoch", "validation_loss").rows() == [(1, 1, 0.5), (2, 1, 0.5)]
