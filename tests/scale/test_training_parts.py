"""`maeum train --cluster` without a cluster: what is refused and how, letters, and what the caller makes of them."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from maeum.cli.main import main
from maeum.data.settings import DataSettings
from maeum.errors import UsageError, UserError
from maeum.models.teaching_settings import TeachingSettings
from maeum.progress import Silent, report_to
from maeum.recipe import Recipe
from maeum.scale.cluster import ClusterError
from maeum.scale.conductor import Outcome, outcome_of
from maeum.scale.mailbox import Letter, Mailbox
from maeum.scale.places import Asked, Machine, Share, share_of
from maeum.scale.storage import Storage
from maeum.scale.training import ELSEWHERE, Follower, TrainingError, abandon, check_family
from maeum.scale.training_worker import CHECKPOINTS, Job, Keeper
from maeum.scale.worker import Fault
from maeum.training.listeners import Workspace
from maeum.workflows.train_cluster import Cluster
from maeum.workflows.unfinished import STATE, Unfinished

FOUR, GPU = Machine(4, 0), Machine(16, 2)


# who gets what


@pytest.mark.parametrize(
    ("asked", "there", "expected"),
    [
        (Asked(), [FOUR], Share(1, 4, 0)),
        (Asked(), [FOUR, Machine(8, 0)], Share(2, 4, 0)),
        (Asked(workers=2), [FOUR], Share(2, 2, 0)),
        (Asked(workers=3), [FOUR, FOUR], Share(3, 2, 0)),
        (Asked(cpus=1), [FOUR, FOUR], Share(8, 1, 0)),
        (Asked(cpus=0.5, workers=3), [Machine(2, 0)], Share(3, 0.5, 0)),
        (Asked(), [FOUR, GPU, GPU], Share(4, 1, 1)),
        (Asked(gpus=0), [FOUR, GPU], Share(2, 4, 0)),
        (Asked(gpus=0.5), [GPU], Share(4, 1, 0.5)),
        (Asked(gpus=2, cpus=4), [GPU, GPU], Share(2, 4, 2)),
    ],
)
def test_shares(asked: Asked, there: list[Machine], expected: Share) -> None:
    assert share_of(asked, there) == expected


def test_a_cluster_that_is_too_small_says_what_it_has() -> None:
    with pytest.raises(ClusterError) as error:
        share_of(Asked(workers=8, cpus=4), [FOUR, FOUR, Machine(16, 2)])
    assert str(error.value) == (
        "The cluster has no room for 8 process(es) with 4 core(s) each: it has 2 × 4 core(s), 1 × 16 core(s) + 2 GPU, "
        "which is room for 0. Lower --workers, --cpus or --gpus, or add machines."
    ).replace("4 core(s) each", "4 core(s) + 1 GPU each").replace("room for 0", "room for 2")
    with pytest.raises(ClusterError) as error:
        share_of(Asked(gpus=1), [FOUR])
    assert str(error.value) == (
        "The cluster has no room for 1 process(es) with 1 core(s) + 1 GPU each: it has 1 × 4 core(s), which is room for "
        "0. Lower --workers, --cpus or --gpus, or add machines."
    )
    with pytest.raises(ClusterError, match="it has –, which is room for 0"):
        share_of(Asked(), [])


def test_all_numbers_that_are_none_are_named() -> None:
    with pytest.raises(UsageError) as error:
        Asked.read(workers="two", cpus="0", gpus="-1")
    assert str(error.value) == (
        "--workers: expected a number from 1, found 'two'. --cpus: expected a number from 0.1, found '0'. --gpus: "
        "expected a number from 0, found '-1'."
    )
    for value in ("1.5", "0", "nan", "inf"):
        with pytest.raises(UsageError, match=f"--workers: expected a number from 1, found '{value}'"):
            Asked.read(workers=value)
    assert Asked.read(workers="2", cpus="0.5", gpus=None) == Asked(2, 0.5, None)


# what is refused before any machine is asked

USES = {
    "workers alone": (
        ["sample", "--workers", "2", "--storage", "s3://b/a"],
        "These go with --cluster: --workers, --storage. Add --cluster local or --cluster ADDRESS, or leave them out.",
    ),
    "an address mistyped": (
        ["sample", "--model", "cnn", "--cluster", "locl"],
        "--cluster: expected local, auto, HOST:PORT (such as 10.0.0.5:6379) or ray://HOST:PORT, found 'locl'.",
    ),
    "no gradients": (
        ["sample", "--model", "linear", "--cluster", "local"],
        (
            "'linear' does not learn by gradients, so many machines cannot share its training; it takes seconds to minutes "
            "on one. Train it without --cluster, or one of: birnn, birnn-wide, cnn,"
        ),
    ),
    "by itself linear": (["sample", "--cluster", "local"], "'linear' does not learn by gradients"),
    "hashed": (["sample", "--model", "hashed", "--cluster", "local"], "'hashed' does not learn by gradients"),
    "a storage mistyped": (
        ["sample", "--model", "cnn", "--cluster", "local", "--storage", "s33://bucket"],
        "'s33://bucket' is no storage that can be used. Did you mean 's3'?",
    ),
}


@pytest.mark.parametrize("name", USES)
def test_the_command_says_what_is_wrong(name: str, tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    monkeypatch.chdir(tmp_path)
    words, said = USES[name]
    assert main(["train", *words, "-o", "run"]) == 2
    assert capsys.readouterr().err.startswith(said)
    assert list(tmp_path.iterdir()) == []
    assert main(["--lang", "ko", "train", *words, "-o", "run"]) == 2
    assert any("가" <= one <= "힣" for one in capsys.readouterr().err)


def test_no_cluster_and_no_torchrun(tmp_path: Path, monkeypatch: Any, capsys: Any) -> None:
    pytest.importorskip("ray")
    monkeypatch.chdir(tmp_path)
    with socket.socket() as free:  # bound, but nobody listens
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
        assert main(["train", "sample", "--model", "cnn", "--cluster", address]) == 2
    assert capsys.readouterr().err.startswith(f"No Ray cluster answers at '{address}': Connection refused. Start one")
    monkeypatch.setenv("WORLD_SIZE", "2")
    assert main(["train", "sample", "--model", "cnn", "--cluster", "local"]) == 2
    assert capsys.readouterr().err.startswith("--cluster starts its own processes, so it does not go with torchrun.")
    assert list(tmp_path.iterdir()) == []


def test_teachers_and_several_corpora_are_refused() -> None:
    recipe = Recipe.from_keywords("cnn", {})
    check_family(recipe)
    taught = recipe.model_copy(update={"teaching": TeachingSettings(teacher="runs/teacher")})
    with pytest.raises(UserError, match="A student learns from its teacher on one machine"):
        check_family(taught)
    if "also" in DataSettings.model_fields:
        several = recipe.model_copy(update={"data": recipe.data.model_copy(update={"also": ("kote",)})})
        with pytest.raises(UserError, match="Several --data are trained on together on one machine"):
            check_family(several)


# resuming


def test_the_command_that_goes_on_names_the_cluster(tmp_path: Path) -> None:
    cluster = Cluster.read("10.0.0.5:6379", storage="s3://bucket/my runs", workers=None, cpus=None, gpus=None)
    unfinished = Unfinished(tmp_path / "run", 4, cluster.options(4))
    options = "--cluster 10.0.0.5:6379 --workers 4 --storage 's3://bucket/my runs'"
    assert unfinished.command() == f"maeum train --resume -o {tmp_path / 'run'} {options}"
    state = {
        "format": 1,
        "maeum": "x",
        "seeds": 1,
        "data": {"train": {"fingerprint": "x"}},
        "options": "--cluster auto",
    }
    unfinished.folder.mkdir()
    (unfinished.folder / STATE).write_text(json.dumps(state), encoding="utf-8")
    assert Unfinished(tmp_path / "run").command() == f"maeum train --resume -o {tmp_path / 'run'} --cluster auto"
    del state["options"]  # begun by an earlier version
    (unfinished.folder / STATE).write_text(json.dumps(state), encoding="utf-8")
    assert Unfinished(tmp_path / "run").command() == f"maeum train --resume -o {tmp_path / 'run'}"


# letters


def test_letters_keep_their_order_and_questions_get_their_answers() -> None:
    async def talk() -> None:
        box = Mailbox()
        assert await box.take(0.01) == []
        await box.tell("say", "one")
        asked = asyncio.create_task(box.ask("begin", True))
        other = asyncio.create_task(box.ask("begin", False))
        await asyncio.sleep(0)
        letters = await box.take()
        assert [(one.kind, one.content) for one in letters] == [("say", "one"), ("begin", True), ("begin", False)]
        assert letters[0].number is None
        assert letters[1].number is not None and letters[2].number is not None
        await box.answer(letters[2].number, "second")
        await box.answer(letters[1].number, "first")
        assert (await asked, await other) == ("first", "second")
        await box.answer(letters[1].number, "nobody waits any more")
        waiting = asyncio.create_task(box.take(60))
        await asyncio.sleep(0)
        await box.tell("say", "two")
        assert [one.content for one in await waiting] == ["two"]

    asyncio.run(talk())


class EndedError(Exception):
    """As Ray's."""


@dataclass
class FakeRay:
    """Hands on what it is given; a training is a list of letters."""

    letters: list[list[Letter]] = field(default_factory=list)
    outcome: Any = None
    answers: dict[int, Any] = field(default_factory=dict)
    killed: list[str] = field(default_factory=list)
    given_back: list[Any] = field(default_factory=list)
    exceptions: Any = field(default_factory=lambda: SimpleNamespace(RayError=EndedError))
    util: Any = None

    def __post_init__(self) -> None:
        self.util = SimpleNamespace(remove_placement_group=self.given_back.append)

    def get(self, value: Any) -> Any:
        if isinstance(value, BaseException):
            raise value
        return value

    def put(self, value: Any) -> Any:
        return value

    def wait(self, waiting: list[Any], timeout: float) -> tuple[list[Any], list[Any]]:
        assert timeout == 0
        return (waiting, []) if not self.letters else ([], waiting)

    def kill(self, actor: Any) -> None:
        self.killed.append(actor if isinstance(actor, str) else "mailbox")

    def mailbox(self) -> Any:
        take = SimpleNamespace(remote=lambda: self.letters.pop(0) if self.letters else [])
        return SimpleNamespace(take=take, answer=SimpleNamespace(remote=self.answers.__setitem__))


class Ear(Silent):
    def __init__(self) -> None:
        self.heard: list[Any] = []

    def say(self, sentence: str) -> None:
        self.heard.append(sentence)

    def begin(self, facts: Mapping[str, Any]) -> None:
        self.heard.append(("begin", facts["parameters"]))

    def step(self, step: int, values: Mapping[str, float]) -> None:
        self.heard.append(("step", step, values["train_loss"]))

    def epoch(self, row: Mapping[str, Any]) -> None:
        self.heard.append(("epoch", row["epoch"]))

    def end(self, report: Path | None = None) -> None:
        pass


@pytest.fixture
def ear() -> Ear:
    found = Ear()
    report_to(found)
    return found


def follow(
    monkeypatch: Any, place: Path, ear: Ear, letters: list[list[Letter]], storage: Storage | None = None, **values: Any
) -> tuple[Any, FakeRay, Follower]:
    """What comes of a training that sends these letters."""
    place.mkdir(exist_ok=True)
    outcome = values.pop("outcome", Outcome())
    ray = FakeRay(letters, outcome)
    monkeypatch.setattr("maeum.scale.training.beside", lambda _ray: {})
    monkeypatch.setattr("maeum.scale.training.conduct", lambda *_: ("conductor", outcome))
    follower = Follower(ray, ray.mailbox(), Workspace(place, listeners=(ear,)), Share(2, 1, 0), storage, **values)
    job: Any = Job(None, [], Recipe.from_keywords("cnn", {}), storage=storage)  # type: ignore[arg-type]
    try:
        return follower.run(job), ray, follower
    except Exception as error:
        assert sorted(ray.killed) == ["conductor", "mailbox"]
        return error, ray, follower


def files(**contents: str) -> dict[str, Any]:
    return {name: np.frombuffer(text.encode(), np.uint8) for name, text in contents.items()}


FACTS = {"parameters": 1000, "trainable": 1000}
BEGUN = [Letter("begin", (True, "group"), 1), Letter("begin", (False, None), 2), Letter("facts", FACTS, 3)]


def test_what_comes_again_after_a_loss_is_told_once(tmp_path: Path, monkeypatch: Any, ear: Ear) -> None:
    def step(at: int) -> Letter:
        return Letter("step", (at, {"train_loss": 1 / at}))

    history = ({"epoch": 1}, {"epoch": 2})
    letters = [
        [*BEGUN, Letter("say", "454 texts"), step(1), Letter("epoch", {"epoch": 1}), step(2)],
        [Letter("keep", ("update-00000002", files(weights="w2"), ["update-00000002"]), 4)],
        [step(3), Letter("epoch", {"epoch": 2}), Letter("fault", Fault("RuntimeError: Connection closed by peer", user=False))],
        [Letter("begin", (False, None), 5), Letter("begin", (True, "group"), 6), Letter("facts", FACTS, 7), Letter("say", "454 texts")],
        [step(3), step(4), Letter("epoch", {"epoch": 2})],
        [Letter("keep", ("update-00000004", files(weights="w4"), ["update-00000004"]), 8)],
        [Letter("done", (history, files(model="m"), "cpu"), 9)],
    ]  # fmt: skip
    found, ray, follower = follow(monkeypatch, tmp_path / "place", ear, letters)
    assert found == (history, tmp_path / "place" / "trained", "cpu")
    assert (tmp_path / "place" / "trained" / "model").read_text() == "m"
    assert ear.heard == [
        ("begin", 1000), "454 texts", ("step", 1, 1.0), ("epoch", 1), ("step", 2, 0.5), ("step", 3, 1 / 3), ("epoch", 2),
        "A worker was lost; all begin again after update 2.", ("step", 4, 0.25),
    ]  # fmt: skip
    assert (ray.answers[1].end, ray.answers[1].checkpoints) == (False, {})
    for number in (5, 6):  # all processes get the same checkpoint
        (kept,) = ray.answers[number].checkpoints["update-00000002"]
        assert kept["weights"].tobytes() == b"w2"
    assert ray.answers[3] is None
    assert ray.given_back == ["group"]
    assert [path.name for path in follower.place.iterdir()] == ["update-00000004"]


def test_a_checkpoint_that_is_too_large_for_ray_needs_storage(tmp_path: Path, monkeypatch: Any, ear: Ear) -> None:
    large = {"parameters": 560_000_000, "trainable": 560_000_000}  # XLM-R large
    letters = [[*BEGUN[:2], Letter("facts", large, 3)], [Letter("begin", (True, "group"), 4)]]
    found, ray, _ = follow(monkeypatch, tmp_path / "place", ear, letters)
    assert isinstance(found, ClusterError)
    assert str(found) == (
        "A checkpoint of this model has 6.3 GiB, more than the 4 GiB that come through Ray. Give --storage a folder or URL "
        "that all machines see (/nfs/…, s3://…, gs://…)."
    )
    assert ray.answers[3] == Fault(str(found), user=True)
    assert ray.answers[4].end  # Ray tries again, but there is nothing to do
    assert ear.heard == []
    for values in ({"storage": Storage("s3://bucket/a")}, {"bounded": False}):
        letters = [[Letter("begin", (True, "group"), 1), Letter("facts", large, 3)]]
        _, ray, _ = follow(monkeypatch, tmp_path / "place", ear, letters, **values)
        assert ray.answers[3] is None


def test_a_dropped_training_leaves_nothing_in_storage(tmp_path: Path, ear: Ear) -> None:
    held = [Storage((tmp_path / "shared" / name).as_posix()) for name in ("run-0", "run-1", "other")]
    for at, storage in enumerate(held[:2]):
        storage.write("update-00000002/weights", "…")
        place = tmp_path / ".run.part" / "seeds" / str(at) / CHECKPOINTS
        place.mkdir(parents=True)
        (place / ELSEWHERE).write_text(json.dumps({"storage": storage.where}))
    held[2].write("weights", "…")
    abandon(tmp_path / ".run.part")
    assert [path.name for path in (tmp_path / "shared").iterdir()] == ["other"]
    assert ear.heard == []

    (place / ELSEWHERE).write_text(json.dumps({"storage": "mock"}))  # what is no place
    abandon(tmp_path / ".run.part")
    assert len(ear.heard) == 1
    assert ear.heard[0].startswith(
        "The checkpoints of the dropped training stay in 'mock', which cannot be reached: "
    ), ear.heard


def test_where_the_checkpoints_are_is_noted_before_the_first(tmp_path: Path, monkeypatch: Any, ear: Ear) -> None:
    storage = Storage((tmp_path / "shared").as_posix())
    letters = [BEGUN, [Letter("keeping", "update-00000002", 4)]]
    found, _, follower = follow(
        monkeypatch, tmp_path / "place", ear, letters, storage, outcome=Outcome("The node died")
    )
    assert json.loads((follower.place / ELSEWHERE).read_text()) == {"storage": storage.where}
    assert (
        str(found)
        == "Workers were lost too often: The node died. There is no checkpoint yet. Look at the memory of the machines."
    )


FAILURES: dict[str, tuple[list[Letter], Any, type[Exception], str]] = {
    "of ours": (
        [*BEGUN, Letter("fault", Fault("ValueError: x", user=False))], Outcome("y"), TrainingError,
        "Training on the cluster failed: ValueError: x. {kept}",
    ),
    "a machine that is lost": (  # the others say only that it no longer answers
        [*BEGUN, Letter("fault", Fault("RuntimeError: Connection closed by peer", user=False))],
        Outcome("The actor died", died=True), ClusterError,
        "Workers were lost too often: The actor died. {kept} Look at the memory of the machines.",
    ),
    "the user's": (
        [*BEGUN, Letter("fault", Fault("Lower --batch-size.", user=True))], Outcome("y"), ClusterError, "Lower --batch-size.",
    ),
    "never begun": (
        [], Outcome("No module named 'maeum'"), ClusterError,
        ("The processes could not be started: No module named 'maeum'. {kept} See that maeum[cluster,train] of this version and "
        "this Python are installed on all machines."),
    ),
    "no room": (
        BEGUN, Outcome("Timeout", no_room=True), ClusterError,
        ("The cluster had no room for 2 process(es) with 1 core(s) each for ten minutes. {kept} Add machines, or end other "
        "work on it."),
    ),
    "gone": (BEGUN, EndedError("The actor died. More."), ClusterError, "The cluster is gone: The actor died. {kept}"),
}  # fmt: skip


@pytest.mark.parametrize("name", FAILURES)
def test_failures_say_where_the_last_checkpoint_is(name: str, tmp_path: Path, monkeypatch: Any, ear: Ear) -> None:
    letters, outcome, kind, said = FAILURES[name]
    found, _, _ = follow(monkeypatch, tmp_path / "a", ear, [letters], outcome=outcome)
    assert type(found) is kind
    assert str(found) == said.format(kept="There is no checkpoint yet.")
    assert getattr(found, "exit_code", None) == (1 if kind is TrainingError else 2)
    place = tmp_path / "b"
    (place / CHECKPOINTS / "update-00000012").mkdir(parents=True)
    found, _, _ = follow(monkeypatch, place, ear, [letters], outcome=outcome)
    kept = f"The last checkpoint, after update 12, is in '{place / CHECKPOINTS}'; --resume goes on from it."
    assert str(found) == said.format(kept=kept)


def test_what_ray_says_is_cut_to_a_line() -> None:
    class WorkerGroupError(Exception):
        worker_failures: Any = None

    error = WorkerGroupError("Training failed due to worker errors:\n…")
    error.worker_failures = {
        1: ValueError("Traceback:\n  File \"x\"\nModuleNotFoundError: No module named 'maeum'\n\n")
    }
    assert outcome_of(error) == Outcome("ModuleNotFoundError: No module named 'maeum'")
    error.worker_failures |= {2: RuntimeError("ray.exceptions.ActorDiedError: The actor died.\n…")}
    assert outcome_of(error) == Outcome("ray.exceptions.ActorDiedError: The actor died", died=True)

    class WorkerGroupStartupTimeoutError(Exception):
        pass

    class ControllerError(Exception):
        controller_failure = WorkerGroupStartupTimeoutError("no room")

    assert outcome_of(ControllerError("…")) == Outcome("no room", no_room=True)


def test_checkpoints_that_the_trainer_dropped_leave_the_storage_too(tmp_path: Path) -> None:
    asked: list[Any] = []
    pen: Any = SimpleNamespace(ask=lambda kind, content: asked.append((kind, content)))
    place, storage = tmp_path / "here", Storage((tmp_path / "there").as_posix())
    keeper = Keeper(pen, storage, place)
    for name in ("update-00000001", "update-00000002"):
        (place / name).mkdir(parents=True)
        (place / name / "weights").write_text(name)
        keeper(name)
    storage.write("other/.whole.json", "{}")
    (place / "update-00000003").mkdir()
    (place / "update-00000001" / "weights").unlink()
    (place / "update-00000001").rmdir()
    keeper("update-00000003")
    assert storage.names() == ["other", "update-00000002", "update-00000003"]
    assert asked == [("keeping", f"update-0000000{at}") for at in (1, 2, 3)]
