"""Errors carry their key, speak the reader's language, and tell the user's faults from ours."""

import pytest

from maeum.errors import ContractError, DataError, LabelError, MaeumError, MissingExtraError, UserError, require
from maeum.messages import use_language


def test_an_error_is_its_sentence_and_remembers_its_parts():
    error = DataError("data.no_labels", data="my.csv")
    assert str(error) == "'my.csv' has no labels, which are needed here. Name their column with --label-column."
    assert (error.key, error.values) == ("data.no_labels", {"data": "my.csv"})
    use_language("ko")
    assert "my.csv" in str(DataError("data.no_labels", data="my.csv"))
    assert str(DataError("data.no_labels", data="my.csv")) != str(error)


def test_exit_codes_tell_whose_fault_it_is():
    assert UserError.exit_code == LabelError.exit_code == 2
    assert MaeumError.exit_code == ContractError.exit_code == 1
    assert issubclass(UserError, ValueError) and issubclass(ContractError, ValueError)


def test_a_missing_extra_names_the_command_that_installs_it():
    require("json", "train")
    with pytest.raises(MissingExtraError) as raised:
        require("no_such_module", "train")
    assert str(raised.value) == (
        "'no_such_module' is not installed; it belongs to the optional part 'train': pip install \"maeum[train]\""
    )
    assert isinstance(raised.value, ImportError) and raised.value.exit_code == 2
