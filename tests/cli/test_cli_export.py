"""`maeum export` as it is typed: what it says, in both languages, and what it refuses."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("torch")
pytest.importorskip("transformers")
pytest.importorskip("onnx")


@pytest.fixture(scope="module")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Hugging Face classifier with random weights."""
    path = Path(__file__).parent.parent / "models" / "encoder_fixtures.py"
    spec = importlib.util.spec_from_file_location("encoder_fixtures", path)
    assert spec is not None and spec.loader is not None
    module: Any = sys.modules.setdefault(spec.name, importlib.util.module_from_spec(spec))
    if not hasattr(module, "TEXTS"):
        spec.loader.exec_module(module)
    made: Path = module.write_checkpoint("bert", tmp_path_factory.mktemp("bert") / "bert", labels=["부정", "긍정"])
    return made


@pytest.fixture
def texts(here: Path) -> str:
    (here / "texts.txt").write_text("정말 재밌다\n최악이다\n또 보고 싶다\n", encoding="utf-8")
    return "texts.txt"


def lines(err: str) -> list[str]:
    return err.rstrip("\n").split("\n")


def test_export_says_the_numbers_the_sizes_and_what_comes_next(cli: Any, bert: Path, texts: str, here: Path) -> None:
    answer = cli("export", bert, "--to", "onnx", "--parity-texts", texts, "-o", "out")
    assert (answer.code, answer.out) == (0, "")
    said = lines(answer.err)
    assert said[0] == "Answers are compared on 3 texts (texts.txt)."
    assert said[1].startswith("ONNX, 32 bits: 100.00% of the labels of 3 texts are torch's; a probability differs by ")
    assert said[2] == f"{bert}: weights of 0.2 MB → model.onnx of 0.2 MB (fp32)."
    assert said[3:] == ["Written: out", "Next: maeum predict FILE --model out -o out.csv"]
    assert json.loads((here / "out" / "model.json").read_text(encoding="utf-8"))["precision"] == "fp32"


def test_export_in_8_bits_in_korean(cli: Any, bert: Path, texts: str, here: Path) -> None:
    answer = cli(
        "--lang", "ko", "export", bert, "--int8", "--min-agreement", "0.5", "--parity-texts", texts, "-o", "내보낸 모델"
    )
    assert (answer.code, answer.out) == (0, "")
    said = lines(answer.err)
    assert said[0] == "텍스트 3개로 답을 비교합니다(texts.txt)."
    assert said[1].startswith("ONNX 32비트: 텍스트 3개에서 100.00%의 레이블이 torch와 같습니다. 확률 차이는 평균 ")
    assert said[2].startswith("ONNX 8비트: 텍스트 3개에서 ")
    assert said[-3].startswith(f"{bert}: 가중치 0.2MB → model.onnx ") and said[-3].endswith("kB (int8)")
    assert said[-2:] == ["저장함: 내보낸 모델", '다음: maeum predict 파일 --model "내보낸 모델" -o out.csv']
    assert json.loads((here / "내보낸 모델" / "model.json").read_text(encoding="utf-8"))["precision"] == "int8"


def test_texts_with_another_label_are_shown(cli: Any, bert: Path, texts: str, here: Path, monkeypatch: Any) -> None:
    from maeum.exporting import quantise

    own = quantise.quantised

    def turned(graph: Any, folder: Any, **named: Any) -> Any:
        from onnx import helper

        made = own(graph, folder, **named)
        last = made.graph.node[-1]
        last.output[0] = "own_logits"
        made.graph.node.append(helper.make_node("Neg", ["own_logits"], ["logits"], "turned"))
        return made

    monkeypatch.setattr(quantise, "quantised", turned)
    answer = cli("export", bert, "--int8", "--min-agreement", "0", "--parity-texts", texts, "-o", "out")
    assert answer.code == 0
    shown = [line for line in lines(answer.err) if line.startswith("  '")]
    labels = {"부정 → 긍정", "긍정 → 부정"}
    assert [line.partition("': ")[0] for line in shown] == ["  '정말 재밌다", "  '최악이다", "  '또 보고 싶다"]
    assert {line.partition("': ")[2] for line in shown} <= labels


def test_too_little_agreement_ends_with_2_and_writes_nothing(
    refused: Any, bert: Path, texts: str, here: Path, monkeypatch: Any
) -> None:
    from maeum.exporting import parity

    own = parity.Reference.compare
    less = lambda self, graph: type(own(self, graph))(3, 0.5, 0.25, 0.125)  # noqa: E731
    monkeypatch.setattr(parity, "MOST_DIFFERENT", 1.0)
    monkeypatch.setattr(parity.Reference, "compare", less)
    english, korean = refused("export", bert, "--parity-texts", texts, "-o", "out")
    assert english.split("\n")[-1] == (
        "The ONNX graph does not answer as the model does: probabilities differ by up to 0.2500 (allowed: 1.0000), 50.00% of "
        "the labels of 3 texts are the same (asked: 99.70%). Nothing was written. Use the model as it is, or upgrade torch and "
        "transformers."
    )
    assert korean.split("\n")[-1].startswith(
        "ONNX 그래프의 답이 모델과 다릅니다. 확률이 최대 0.2500까지 다르고(허용: 1.0000)"
    )
    assert sorted(path.name for path in here.iterdir()) == ["texts.txt"]


def test_what_is_typed_wrongly(refused: Any, bert: Path, here: Path) -> None:
    assert refused("export", "some", "--to", "onxx", "-o", "out")[0] == (
        "--to: expected one of onnx, found 'onxx'. Did you mean 'onnx'?"
    )
    assert refused("export", "my model")[0] == (
        'Say where the exported model is to be written: maeum export "my model" --to onnx -o DIR'
    )
    assert "'min_agreement' cannot be '2'" in refused("export", bert, "-o", "out", "--min-agreement", "2")[0]
    assert refused("export", bert, "-o", "out", "--text-column", "review")[0] == (
        "Without a file of texts there is nothing to apply to: --text-column. Give the file with --parity-texts, or leave "
        "this out."
    )
    assert "A file was expected at 'no.csv'" in refused("export", bert, "-o", "out", "--parity-texts", "no.csv")[0]
    assert refused("export")[0].startswith("'maeum export' needs MODEL_OR_RUN.")
    assert list(here.iterdir()) == []


def test_models_that_need_no_export(refused: Any, cli: Any, bert: Path, texts: str, here: Path) -> None:
    english, korean = refused("export", "fast", "-o", "out")
    assert english == (
        "'fast' is a model of the kind 'hashed', which runs fast as it is and needs no ONNX: use the folder itself. Networks and "
        "encoders can be exported."
    )
    assert korean.startswith("'fast'는 'hashed' 종류의 모델입니다.")
    assert cli("export", bert, "--parity-texts", texts, "-o", "first").code == 0
    assert refused("export", "first", "-o", "second") == (
        "'first' is exported already. Export what it was made from instead: the run or model folder of the training.",
        "'first'는 이미 내보낸 모델입니다. 이 모델의 원본인 학습 결과 폴더나 모델 폴더를 내보내세요.",
    )
    english, _ = refused("export", bert, "--parity-texts", texts, "-o", "first")
    assert english == "'first' exists already; nothing was changed. Choose another name with -o, or add --overwrite."


def test_predict_reads_what_export_wrote(cli: Any, bert: Path, texts: str, here: Path) -> None:
    cli("export", bert, "--parity-texts", texts, "-o", "out")
    found = [cli("predict", "정말 재밌다", "최악이다", "--model", model, "--format", "json") for model in (bert, "out")]
    assert [answer.code for answer in found] == [0, 0]
    before, after = (json.loads(answer.out) for answer in found)
    assert [row["predicted"] for row in before] == [row["predicted"] for row in after]
    assert [row["confidence"] for row in before] == pytest.approx([row["confidence"] for row in after], abs=1e-4)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_the_help_page_explains_every_option(cli: Any, language: str) -> None:
    from maeum.messages import say

    answer = cli("export", "--help", "--lang", language)
    assert answer.code == 0
    page = " ".join(answer.out.split())
    assert " ".join(say("cli.export_help", language).split()) in page
    for flag in ("--to onnx", "--int8 / --no-int8", "--min-agreement NUMBER", "--parity-texts FILE", "--text-column"):
        assert flag in page
    assert "--fuse" not in page
