"""What can go wrong, as one small tree of exceptions.

Each carries a message key and its values, so that the sentence appears in the reader's language and tests can ask for
the key. `UserError` is what a person can mend (exit code 2); every other exception is a defect of ours (exit code 1).
"""

from __future__ import annotations

from typing import Any, ClassVar

from maeum.messages import say


class MaeumError(Exception):
    """Base of all errors raised on purpose."""

    exit_code: ClassVar[int] = 1

    def __init__(self, key: str, /, **values: Any) -> None:
        self.key = key
        self.values = values
        super().__init__(say(key, **values))


class UserError(MaeumError, ValueError):
    """Something the user can mend: what was expected, what was found, the way out."""

    exit_code = 2


class UsageError(UserError):
    """A command or keyword was given in a way that cannot be carried out."""


class DataError(UserError):
    """A file, a corpus or its rows cannot be used as they are."""


class LabelError(DataError):
    """Label names do not fit each other."""


class ModelError(UserError):
    """A model name or folder cannot be used."""


class RecipeError(UserError):
    """A setting is unknown or out of its range."""


class OutputError(UserError):
    """A place that results should be written to cannot be used."""


class MissingExtraError(UserError, ImportError):
    """An optional part of maeum is not installed."""


class ContractError(MaeumError, ValueError):
    """A value of the schema was built from parts that do not fit: a defect in the calling code."""


def require(module: str, extra: str) -> None:
    """Check that `module` of the optional part `extra` can be imported.

    Raises:
        MissingExtraError: With the one command that installs it.
    """
    from importlib.util import find_spec

    if find_spec(module) is None:
        raise MissingExtraError("common.extra_missing", module=module, extra=extra)
