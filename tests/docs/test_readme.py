"""What README.md says is true: its commands and code run, its numbers are those measured; README.ko.md is its equal."""

import importlib.util
import os
import re
import shlex
from pathlib import Path

import pytest

from maeum.cli.main import main

ROOT = Path(__file__).parents[2]
READMES = ("README.md", "README.ko.md")


def blocks(name: str, language: str) -> list[str]:
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, flags=re.DOTALL)


def commands(name: str) -> list[list[str]]:
    """Words of every `maeum …` line."""
    lines = [line for block in blocks(name, "sh") for line in block.splitlines() if line.startswith("maeum ")]
    return [shlex.split(line, comments=True)[1:] for line in lines]


def test_both_readmes_show_the_same_code_and_sections():
    assert commands("README.md") == commands("README.ko.md")
    for language in ("python", "powershell"):
        assert blocks("README.md", language) == blocks("README.ko.md", language)
    heads = [re.findall(r"^#+", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE) for name in READMES]
    assert heads[0] == heads[1]


def test_the_commands_run_in_an_empty_folder(tmp_path, monkeypatch, capsys):
    pytest.importorskip("torch")
    monkeypatch.chdir(tmp_path)
    small = [words for words in commands("README.md") if not any("nsmc" in word for word in words)]
    assert len(small) == 11
    for words in small:
        assert main(words) == 0, f"{' '.join(words)}: {capsys.readouterr().err}"
    assert {"reviews.csv", "runs", "judged", "compared", "predicted.csv"} == {path.name for path in tmp_path.iterdir()}
    assert (tmp_path / "judged" / "report.html").stat().st_size > 50_000


@pytest.mark.slow
def test_the_nsmc_commands_run(tmp_path, monkeypatch, capsys):
    if not os.environ.get("MAEUM_DATA"):
        pytest.skip("needs NSMC in MAEUM_DATA")
    monkeypatch.chdir(tmp_path)
    for words in commands("README.md"):
        if any("nsmc" in word for word in words):
            assert main(words) == 0, capsys.readouterr().err


def test_the_python_code_runs(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    for code in blocks("README.md", "python"):
        exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "['positive', 'negative']"
    assert printed[2].startswith("[('")


def test_make_targets_exist():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE))
    for name in READMES:
        used = set(re.findall(r"make ([a-z-]+)", "\n".join(blocks(name, "sh"))))
        assert used and used <= targets


def test_the_numbers_are_those_measured():
    spec = importlib.util.spec_from_file_location("fill_numbers", ROOT / "tools" / "fill_numbers.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    assert {"README.md", "README.ko.md"} <= {page.name for page in tool.pages()}
    for page in tool.pages():
        assert page.read_text(encoding="utf-8") == tool.filled(page), "run python tools/fill_numbers.py"


def test_links_lead_somewhere():
    for path in [*(ROOT / name for name in READMES), *(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md"]:
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (path.parent / target).exists(), f"{path.name}: {target}"
