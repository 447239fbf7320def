"""Help pages, and command lines that cannot be understood."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest

from maeum.cli.help import cells, wrap
from maeum.cli.main import COMMANDS
from maeum.messages import say
from maeum.recipe import fields
from maeum.settings import flag
from maeum.version import __version__

PAGES = (
    ["demo"], ["predict"], ["train"], ["evaluate"], ["data", "list"], ["data", "info"], ["data", "get"],
    ["models", "list"], ["doctor"],
)  # fmt: skip
LANGUAGES = ("en", "ko")


def has_hangul(text: str) -> bool:
    return any("가" <= character <= "힣" for character in text)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_every_page_explains_itself_with_examples(cli: Any, command: list[str], language: str) -> None:
    answer = cli(*command, "--help", "--lang", language)
    assert (answer.code, answer.err) == (0, "")
    key = "_".join(command)
    page = " ".join(answer.out.split())
    assert page.startswith(say("cli.usage_line", language, usage=f"maeum {' '.join(command)}"))
    assert " ".join(say(f"cli.{key}_help", language).split()) in page
    examples = answer.out.split(f"\n{say('cli.panel_examples', language)}:\n")[1]
    assert [line.strip() for line in examples.strip().split("\n")] == say(f"cli.{key}_examples", language).split("\n")
    assert all(f"maeum {' '.join(command)}" in line for line in examples.strip().split("\n"))
    assert has_hangul(answer.out.split("\n")[2]) == (language == "ko")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", PAGES, ids=" ".join)
def test_every_flag_is_explained_in_the_language(cli: Any, command: list[str], language: str) -> None:
    lines = cli(*command, "--help", "--lang", language).out.split("\n")
    options = [i for i, line in enumerate(lines) if re.match(r"  (-\w, )?--", line)]
    assert len(options) >= 5
    for i in options:
        below = itertools.takewhile(lambda line: line.startswith(" " * 26), lines[i + 1 :])
        explained = " ".join([lines[i].strip().partition("  ")[2], *below]).strip()
        assert explained, lines[i]
        assert has_hangul(explained) == (language == "ko"), lines[i]
    shown = "\n".join(lines)
    for common in ("--offline", "--quiet", "--debug", "--lang ko|en", "-h, --help"):
        assert f"  {common} " in shown


def test_pages_stay_inside_the_screen_except_for_examples(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for columns in (80, 120, 20):
        monkeypatch.setenv("COLUMNS", str(columns))
        for language in LANGUAGES:
            page = cli("train", "--help", "--lang", language).out
            body = page.split(f"\n{say('cli.panel_examples', language)}:\n")[0]
            assert max(cells(line) for line in body.split("\n")) <= max(min(columns - 1, 100), 70)


def test_every_setting_of_a_recipe_is_a_flag_of_train_with_its_default(cli: Any) -> None:
    page = " ".join(cli("train", "--help").out.split())
    for _, name, _ in fields():
        assert f"{flag(name)} " in page
    assert (
        "--c NUMBER (hashed, linear) Inverse regularisation: larger follows the data more closely. "
        "[default: hashed 0.5, "
        "linear 0.25]"
    ) in page
    assert (
        "--learning-rate NUMBER Peak learning rate of AdamW. [default: encoder 5e-05, small 0.0003, others 0.001]"
        in page
    )
    assert "--gradient-checkpointing / --no-gradient-checkpointing Compute activations twice" in page
    assert "--units jamo|syllable|subword (networks) " in page
    assert "--word-max INTEGER (linear) Longest n-gram of whole words" in page
    assert "--loss svm|logistic" in page
    assert "--limit INTEGER Use at most this many rows of train" in page


def test_the_first_page(cli: Any) -> None:
    answer = cli()
    assert answer.code == 0
    assert answer.out == cli("--help").out == cli("-h").out
    assert answer.out.startswith(
        "Usage: maeum COMMAND …\n\nBuild, judge and run Korean text classifiers.\n\nCommands:\n"
    )
    assert answer.out.endswith("New here? maeum demo\n")
    listed = re.findall(r"^  (\w+) ", answer.out.split("Everywhere:")[0], re.MULTILINE)
    assert tuple(listed) == COMMANDS
    korean = cli("--lang=ko").out
    assert korean.startswith("사용법: maeum 명령 …\n\n한국어 텍스트 분류기를 만들고, 평가하고, 실행합니다.\n")
    assert korean.endswith("처음이라면: maeum demo\n")


def test_a_group_without_a_command_shows_its_page(cli: Any) -> None:
    answer = cli("data")
    assert answer.code == 0
    assert answer.out == cli("data", "--help").out
    assert re.findall(r"^  (\w+)  ", answer.out, re.MULTILINE) == ["list", "info", "get"]
    assert "사용법: maeum models 명령 …" in cli("models", "--lang", "ko").out


def test_version(cli: Any) -> None:
    assert cli("--version").out == f"maeum {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [["--lang", "ko", "data", "list"], ["data", "--lang", "ko", "list"], ["data", "list", "--lang=ko"]],
    ids=" ".join,
)
def test_common_options_may_stand_anywhere(cli: Any, words: list[str]) -> None:
    answer = cli(*words)
    assert answer.code == 0
    assert "라이선스" in answer.out
    assert "네이버" in answer.out


def test_the_language_of_one_command_line_does_not_stay(cli: Any) -> None:
    assert "사용법" in cli("--lang", "ko").out
    assert "Usage" in cli().out


def test_the_environment_chooses_the_language(cli: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAEUM_LANG", "ko")
    assert "사용법" in cli().out
    assert "Usage" in cli("--lang", "en").out


WRONG = {
    "unknown command": (
        ["trian"],
        (f"'maeum' has no command 'trian'. Did you mean 'train'? Commands: {', '.join(COMMANDS)}"),
        (f"'maeum'에는 'trian' 명령이 없습니다. 혹시 'train'을 찾으셨나요? 있는 명령: {', '.join(COMMANDS)}"),
    ),
    "unknown command of a group": (
        ["data", "lst"],
        "'maeum data' has no command 'lst'. Did you mean 'list'? Commands: list, info, get",
        "'maeum data'에는 'lst' 명령이 없습니다. 혹시 'list'를 찾으셨나요? 있는 명령: list, info, get",
    ),
    "unknown option": (
        ["train", "--clas-weight", "balanced"],
        "'maeum train' has no option --clas-weight. Did you mean '--class-weight'? All options: maeum train --help",
        (
            "'maeum train'에는 --clas-weight 옵션이 없습니다. 혹시 '--class-weight'를 찾으셨나요? 모든 옵션: maeum "
            "train --help"
        ),
    ),
    "unknown common option": (
        ["doctor", "--ofline"],
        "'maeum doctor' has no option --ofline. Did you mean '--offline'? All options: maeum doctor --help",
        "'maeum doctor'에는 --ofline 옵션이 없습니다. 혹시 '--offline'를 찾으셨나요? 모든 옵션: maeum doctor --help",
    ),
    "option of the program unknown": (
        ["--modle", "x"],
        "'maeum' has no option --modle. All options: maeum --help",
        "'maeum'에는 --modle 옵션이 없습니다. 모든 옵션: maeum --help",
    ),
    "no value": (
        ["train", "--data"],
        "--data needs a value after it. Examples: maeum train --help",
        "--data 뒤에 값이 필요합니다. 예: maeum train --help",
    ),
    "value where none is taken": (
        ["train", "--overwrite=yes"],
        "--overwrite takes no value; write it alone. Examples: maeum train --help",
        "--overwrite 옵션은 값을 받지 않습니다. 값 없이 쓰세요. 예: maeum train --help",
    ),
    "too much": (
        ["train", "a.csv", "b.csv", "c.csv"],
        (
            "'maeum train' was given more than it takes: b.csv, c.csv. Put a name or text with spaces in quotes. "
            "Examples: maeum train --help"
        ),
        (
            "'maeum train'에 인수가 너무 많습니다: b.csv, c.csv. 공백이 든 이름이나 텍스트는 따옴표로 감싸세요. "
            "예: maeum train --help"
        ),
    ),
    "too little": (
        ["evaluate"],
        "'maeum evaluate' needs MODEL_OR_RUN. Examples: maeum evaluate --help",
        "'maeum evaluate'에는 MODEL_OR_RUN이 필요합니다. 예: maeum evaluate --help",
    ),
    "unknown format": (
        ["doctor", "--format", "jsn"],
        "--format: expected one of table, json, found 'jsn'. Did you mean 'json'?",
        "--format: table, json 가운데 하나여야 하나 'jsn'입니다. 혹시 'json'을 찾으셨나요?",
    ),
    "data twice": (
        ["train", "nsmc", "--data", "sample"],
        "Data were named twice: 'nsmc' and --data 'sample'. Name them once.",
        "데이터를 두 번 지정했습니다: 'nsmc', --data 'sample'. 한 번만 지정하세요.",
    ),
    "no data": (
        ["train"],
        "Which data? Name a corpus or a file: maeum train --data nsmc, or maeum train reviews.csv",
        "어떤 데이터로 학습할까요? 말뭉치나 파일을 지정하세요: maeum train --data nsmc 또는 maeum train 리뷰.csv",
    ),
    "nothing to judge on": (
        ["evaluate", "runs/x"],
        "Which data? Name a corpus, or a file with labels: maeum evaluate RUN --data nsmc:test",
        "어떤 데이터로 평가할까요? 말뭉치나 레이블이 있는 파일을 지정하세요: maeum evaluate 폴더 --data nsmc:test",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_command_line_that_cannot_be_understood(refused: Any, name: str) -> None:
    words, english, korean = WRONG[name]
    assert refused(*words) == (english, korean)


def test_an_unknown_language(cli: Any) -> None:
    answer = cli("doctor", "--lang", "kr")
    assert answer.code == 2
    assert answer.err == "--lang: expected one of ko, en, found 'kr'.\n"
    assert cli("doctor", "--lang").err == "--lang: expected one of ko, en, found ''.\n"


def test_words_after_two_dashes_are_texts(cli: Any, sample_run: Any) -> None:
    answer = cli("predict", "--model", sample_run.folder, "--format", "csv", "--", "--quiet", "--lang")
    assert answer.code == 0
    assert [line.split(",")[0] for line in answer.out.split("\n")] == ["text", "--quiet", "--lang", ""]


def test_wrapping_counts_cells_and_loses_nothing() -> None:
    text = "따옴표가 모두 같은 줄에서 닫힐 때만 켬, auto|on|off and 아주아주아주아주아주긴낱말하나"
    for width in range(4, 60):
        lines = wrap(text, width)
        assert all(cells(line) <= width for line in lines)
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert (cells("가a"), cells("e\u0301")) == (3, 1)
    assert wrap("", 10) == []


def test_the_bundled_model_predicts_when_none_is_named(cli: Any) -> None:
    answer = cli("predict", "정말 재밌다", "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out == cli("predict", "정말 재밌다", "--format", "json", "--model", "small").out
    assert '"predicted": "positive"' in answer.out
