"""Which names mean an encoder, where it is looked for, and what is said when it is nowhere."""

import json
import os
import subprocess
import sys

import pytest

from maeum.errors import ModelError
from maeum.models import load
from maeum.models.encoder.checkpoint import KNOWN, adopts, encoder_folder, locate
from maeum.models.family import named


def checkpoint(folder, card=None, weights=True):
    folder.mkdir(parents=True)
    (folder / "config.json").write_text("{}")
    if weights:
        (folder / "model.safetensors").write_bytes(b"")
    (folder / "vocab.txt").write_text("")
    if card:
        (folder / "model.json").write_text(json.dumps({"family": card}))
    return folder


@pytest.fixture
def hub(monkeypatch, tmp_path):
    """The Hub's client with an empty cache; calls are recorded and fail as told."""
    hub = pytest.importorskip("huggingface_hub")
    calls = []
    monkeypatch.setattr(hub, "try_to_load_from_cache", lambda *_: None)
    monkeypatch.setattr(hub.constants, "HF_HUB_OFFLINE", False)

    def answer(what):
        def snapshot(name, **how):
            calls.append((name, how["allow_patterns"]))
            if isinstance(what, Exception):
                raise what
            return what(how)

        monkeypatch.setattr(hub, "snapshot_download", snapshot)
        return calls

    return answer


def test_names_that_mean_an_encoder(tmp_path, monkeypatch):
    plain = checkpoint(tmp_path / "mine")
    saved = checkpoint(tmp_path / "saved", "encoder")
    checkpoint(tmp_path / "run" / "model", "encoder")
    checkpoint(tmp_path / "models" / "klue--bert-tiny")
    checkpoint(tmp_path / "models" / "owner" / "name")
    checkpoint(tmp_path / "models" / "bare")
    monkeypatch.setenv("MAEUM_MODELS", f"{tmp_path / 'none'}{os.pathsep}{tmp_path / 'models'}")
    own = [str(plain), str(saved), str(tmp_path / "run"), "klue/bert-tiny", "owner/name", "bare"]
    for name in [*own, *KNOWN, "klue/roberta-base", "some-one/some.thing_v2"]:
        assert adopts(name) == {"checkpoint": name}
        assert named(name)[0].name == "encoder"


@pytest.mark.parametrize("name", ["bertt", "encoder2", "roberta-base-ko", "", "cnnn"])
def test_plain_words_do_not(name):
    assert adopts(name) is None


def test_a_mistyped_family_is_still_recognised():
    with pytest.raises(ModelError, match="Did you mean 'encoder'"):
        named("encodr")


def test_models_of_other_families_do_not(tmp_path):
    checkpoint(tmp_path / "linear", "linear")
    assert adopts(str(tmp_path / "linear")) is None
    assert encoder_folder(tmp_path / "linear") is None


def test_paths_that_do_not_exist(tmp_path):
    checkpoint(tmp_path / "kobert")
    name = str(tmp_path / "kobrt")
    with pytest.raises(ModelError) as raised:
        adopts(name)
    there = tmp_path / "kobert"
    assert str(raised.value) == f"There is no folder '{name}'. Did you mean '{there}'? Encoders beside it: {there}"
    with pytest.raises(ModelError, match=r"There is no folder '\./nothing'"):
        adopts("./nothing")


def test_a_folder_without_an_encoder(tmp_path):
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "data.csv").write_text("")
    expected = f"'{tmp_path / 'c'}' holds no encoder: it has no config.json (it holds data.csv)."
    for ask in (adopts, locate):
        with pytest.raises(ModelError) as raised:
            ask(str(tmp_path / "c"))
        assert str(raised.value) == expected


def test_places_in_their_order(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("MAEUM_MODELS", str(tmp_path / "models"))
    flat = checkpoint(tmp_path / "models" / "a--b")
    assert locate("a/b") == flat
    deep = checkpoint(tmp_path / "models" / "a" / "b")
    assert locate("a/b") == deep
    here = checkpoint(tmp_path / "a" / "b")
    assert tmp_path / locate("a/b") == here


def test_the_cache_before_the_network(tmp_path, monkeypatch, hub):
    import huggingface_hub

    calls = hub(OSError("no network"))
    there = checkpoint(tmp_path / "snapshot")
    monkeypatch.setattr(huggingface_hub, "try_to_load_from_cache", lambda *_: str(there / "config.json"))
    assert locate("klue/bert-base") == there and calls == []
    (there / "model.safetensors").unlink()
    assert locate("klue/bert-base", weights=False) == there and calls == []
    with pytest.raises(ModelError):
        locate("klue/bert-base")
    assert len(calls) == 1
    (there / "model.safetensors").write_bytes(b"")
    (there / "vocab.txt").unlink()
    with pytest.raises(ModelError):
        locate("klue/bert-base")
    assert len(calls) == 2
    monkeypatch.setenv("MAEUM_OFFLINE", "1")
    assert locate("klue/bert-base") == there


def test_a_name_that_no_model_can_have():
    pytest.importorskip("huggingface_hub")
    with pytest.raises(ModelError, match="has no public model of that name"):
        locate("a..b/c--d")


def test_offline(monkeypatch, hub, tmp_path):
    calls = hub(OSError("no network"))
    monkeypatch.setenv("MAEUM_OFFLINE", "1")
    monkeypatch.setenv("MAEUM_MODELS", str(tmp_path))
    with pytest.raises(ModelError) as raised:
        locate("klue/robert-base")
    assert str(raised.value) == (
        f"The encoder 'klue/robert-base' was not found: no such folder, nothing in MAEUM_MODELS ({tmp_path}), nothing "
        "in the Hugging Face cache; the network is off (--offline, MAEUM_OFFLINE or HF_HUB_OFFLINE). Did you mean "
        "'klue/roberta-base'? On a machine that is online: hf download klue/robert-base --local-dir robert-base; then "
        "give the path of that folder, or put it into a folder of MAEUM_MODELS."
    )
    assert calls == []


def test_names_in_the_models_folder_are_suggested(monkeypatch, hub, tmp_path):
    hub(OSError("no network"))
    monkeypatch.setenv("MAEUM_OFFLINE", "1")
    monkeypatch.setenv("MAEUM_MODELS", str(tmp_path))
    checkpoint(tmp_path / "lab--review-bert")
    with pytest.raises(ModelError, match="Did you mean 'lab/review-bert'"):
        locate("lab/reviw-bert")


def test_the_network_fails(hub, monkeypatch):
    monkeypatch.delenv("MAEUM_MODELS", raising=False)
    hub(OSError("Connection\nrefused"))
    with pytest.raises(ModelError) as raised:
        locate("nobody/nothing")
    told = str(raised.value)
    assert "nothing in MAEUM_MODELS (not set)" in told
    assert "; the Hugging Face Hub cannot be reached (Connection refused). On a machine" in told


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        ("RepositoryNotFoundError", "the Hugging Face Hub has no public model of that name"),
        ("GatedRepoError", "on the Hugging Face Hub its terms have to be accepted first (then: hf auth login)"),
    ],
)
def test_the_hub_refuses(hub, error, reason):
    import httpx
    from huggingface_hub import errors

    response = httpx.Response(401, request=httpx.Request("GET", "https://example.invalid"))
    hub(getattr(errors, error)("refused", response=response))
    with pytest.raises(ModelError) as raised:
        locate("nobody/nothing")
    assert reason in str(raised.value)


def test_safetensors_are_asked_for_first(hub, tmp_path):
    def download(how):
        folder = tmp_path / "snapshot"
        folder.mkdir(exist_ok=True)
        (folder / "config.json").write_text("{}")
        if "pytorch_model*.bin" in how["allow_patterns"]:
            (folder / "pytorch_model.bin").write_bytes(b"")
        return folder

    calls = hub(download)
    assert locate("monologg/kobert") == tmp_path / "snapshot"
    assert [patterns[-1] for _, patterns in calls] == ["*.safetensors", "pytorch_model*.bin"]
    calls.clear()
    locate("monologg/kobert", weights=False)
    assert [patterns for _, patterns in calls] == [["*.json", "*.txt", "*.model"]]


def test_load_asks_the_hub_only_for_what_can_be_an_id(hub, tmp_path, monkeypatch):
    calls = hub(OSError("no network"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "runs").mkdir()
    for name in ("runs/mistyped", "mistyped", "a/b/c"):
        with pytest.raises(ModelError) as raised:
            load(name)
        assert raised.value.key == "models.not_found" and calls == []
    with pytest.raises(ModelError) as raised:
        load("somebody/nsmc-classifier")
    assert raised.value.key == "encoders.not_found" and len(calls) == 1


def test_the_families_load_no_torch():
    code = (
        "import sys; from maeum.models.family import families; found = families(); "
        "found['encoder'].adopts('klue/bert-base'); "
        "print([name for name in ('torch', 'transformers', 'huggingface_hub', 'polars') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
