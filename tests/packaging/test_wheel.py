"""The built wheel works where the source tree is not: with the core alone, and with everything."""

import json
import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAX_WHEEL_BYTES = 30_000_000
INSIDE = (
    "maeum/py.typed",
    "maeum/assets/sample/reviews.jsonl",
    "maeum/assets/font/MaeumGothic-Regular.ttf",
    "maeum/assets/font/OFL.txt",
    "maeum/report/templates/page.html.j2",
    "maeum/report/templates/style.css",
)

pytestmark = pytest.mark.slow


def run(*words, cwd, **environment):
    """Run a command far from the source tree, with an environment that knows nothing of it."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV", "MAEUM"))
    }
    result = subprocess.run(
        list(map(str, words)),
        cwd=cwd,
        env={**kept, "MAEUM_LANG": "en", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, f"{words}\n{result.stdout[-3000:]}\n{result.stderr[-3000:]}"
    return result.stdout


@pytest.fixture(scope="session")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", folder, ROOT, cwd=folder)
    return next(folder.glob("maeum-*.whl"))


def installed(wheel, folder, extra=""):
    """A fresh environment with the wheel and nothing else; the path of its bin folder."""
    venv.create(folder, with_pip=True)
    bin_folder = folder / ("Scripts" if os.name == "nt" else "bin")
    run(bin_folder / "python", "-m", "pip", "install", "-q", f"{wheel}{extra}", cwd=folder)
    return bin_folder


def test_the_wheel_holds_what_it_needs_and_is_small(wheel):
    names = set(zipfile.ZipFile(wheel).namelist())
    assert set(INSIDE) <= names
    assert not [
        name for name in names if name.startswith(("tests", "benchmarks")) or name.endswith((".parquet", ".pkl"))
    ]
    assert wheel.stat().st_size < MAX_WHEEL_BYTES


def test_the_core_alone_runs_the_demo(wheel, tmp_path):
    bin_folder = installed(wheel, tmp_path / "venv")
    work = tmp_path / "work"
    work.mkdir()
    assert "positive" in run(bin_folder / "maeum", "demo", cwd=work)
    report = (work / "maeum-demo" / "evaluation" / "report.html").read_text(encoding="utf-8")
    assert "sample:test" in report
    found = {f["name"]: f for f in json.loads(run(bin_folder / "maeum", "doctor", "--format", "json", cwd=work))}
    assert found["core"]["state"] == "ok"
    where = run(bin_folder / "python", "-c", "import maeum; print(maeum.__file__)", cwd=work).strip()
    assert not Path(where).is_relative_to(ROOT)
    absent = "import importlib.util as u; print([m for m in ('torch','transformers','pandas') if u.find_spec(m)])"
    assert run(bin_folder / "python", "-c", absent, cwd=work).strip() == "[]"


# What trains by gradients, and what Ray Tune calls; loaded only after `errors.require(…)` has said what to install.
NEED = {
    "torch": (
        "maeum.models.encoder.wide", "maeum.models.neural.layers", "maeum.models.neural.summary", "maeum.training.cpu",
        "maeum.training.gradient.", "maeum.training.pretraining",
    ),
    "ray": ("maeum.scale.tuning.schedulers", "maeum.scale.tuning.search", "maeum.scale.tuning.trainable"),
}  # fmt: skip
IMPORT_ALL = """
import importlib, pkgutil, maeum

def walk(path, prefix):
    for found in pkgutil.iter_modules(path, prefix):
        if found.name.endswith("__main__"):
            continue
        try:
            module = importlib.import_module(found.name)
        except ModuleNotFoundError as error:
            print(found.name, error.name)
            continue
        print(found.name, "-")
        if found.ispkg:
            walk(module.__path__, found.name + ".")

walk(maeum.__path__, "maeum.")
"""


def test_every_module_imports_with_the_core_alone(wheel, tmp_path):
    bin_folder = installed(wheel, tmp_path / "venv")
    lines = run(bin_folder / "python", "-c", IMPORT_ALL, cwd=tmp_path).splitlines()
    missing = {name: lacked for name, lacked in map(str.split, lines) if lacked != "-"}
    assert set(missing.values()) == set(NEED)
    assert [name for name, lacked in missing.items() if not name.startswith(NEED[lacked])] == []
    assert len(lines) - len(missing) > 200


def test_everything_installs_together_and_import_stays_light(wheel, tmp_path):
    bin_folder = installed(wheel, tmp_path / "venv", "[all]")
    found = {f["name"]: f for f in json.loads(run(bin_folder / "maeum", "doctor", "--format", "json", cwd=tmp_path))}
    assert (found["core"]["state"], found["extras"]["state"]) == ("ok", "ok")
    heavy = "import sys, maeum; print([m for m in ('torch', 'sklearn', 'polars', 'matplotlib') if m in sys.modules])"
    assert run(bin_folder / "python", "-c", heavy, cwd=tmp_path).strip() == "[]"
    run(bin_folder / "python", "-m", "pip", "check", cwd=tmp_path)
