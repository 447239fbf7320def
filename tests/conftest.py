"""What all tests share: English, no leftovers of another test, a model trained once, the data folder where it is."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from maeum.messages import use_language
from maeum.progress import Silent, report_to
from maeum.runs import Run


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Messages in English, the network setting unset, nobody told of progress; the same again afterwards."""
    monkeypatch.setenv("MAEUM_LANG", "en")
    monkeypatch.delenv("MAEUM_OFFLINE", raising=False)
    use_language(None)
    report_to(Silent())
    yield
    use_language(None)
    report_to(Silent())


@pytest.fixture
def needs_data() -> Path:
    """The folder with the public corpora; the test is skipped where there is none."""
    folder = os.environ.get("MAEUM_DATA", "")
    if not folder or not Path(folder).is_dir():
        pytest.skip("MAEUM_DATA is not set: the public corpora are needed")
    return Path(folder)


@pytest.fixture
def nsmc(needs_data: Path) -> Path:
    """The data folder, with NSMC in it."""
    from maeum.workflows.corpora import corpus_list

    if not next(corpus["here"] for corpus in corpus_list() if corpus["name"] == "nsmc"):
        pytest.skip(f"NSMC is not in MAEUM_DATA ({needs_data})")
    return needs_data


@pytest.fixture(scope="session")
def sample_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A linear model of the packaged sample's stars: `negative`, `positive`. Read only; train your own to change it."""
    from maeum.workflows.train import train

    return train("sample", model="linear", stars="2", out=tmp_path_factory.mktemp("sample") / "run")


@pytest.fixture(scope="session")
def four_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A linear model of the packaged sample: `negative`, `neutral`, `positive`, `objective`. Read only."""
    from maeum.workflows.train import train

    return train("sample", model="linear", out=tmp_path_factory.mktemp("four") / "run")
