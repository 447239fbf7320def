"""`import maeum` is light, and its public names are real."""

import subprocess
import sys

import pytest

import maeum

HEAVY = ("torch", "sklearn", "scipy", "polars", "matplotlib", "numpy", "pydantic", "pyarrow", "onnxruntime", "rich")


def loaded_by(code: str) -> set[str]:
    script = f"{code}\nimport sys\nprint(' '.join(sys.modules))"
    return set(
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    )


def test_import_loads_nothing_heavy():
    assert loaded_by("import maeum").isdisjoint(HEAVY)


def test_text_alone_loads_nothing_heavy():
    assert loaded_by("import maeum.text; maeum.text.DEFAULT('좋다ㅋㅋㅋ')").isdisjoint({*HEAVY} - {"pydantic"})


def test_public_names_are_real_and_complete():
    assert set(maeum.__all__) == {*maeum._HOMES, "__version__"}
    for name in maeum.__all__:
        assert getattr(maeum, name) is not None
    assert set(dir(maeum)) == set(maeum.__all__)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match=r"^module 'maeum' has no attribute 'nothing'$"):
        _ = maeum.nothing
