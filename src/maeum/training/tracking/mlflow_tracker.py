"""MLflow: figures in batches, values within its limits, and a server that is gone costs seconds, not minutes."""

from __future__ import annotations

import logging
import os
import posixpath
import re
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

# Limits of mlflow/utils/validation.py (MAX_PARAM_VAL_LENGTH, MAX_ENTITY_KEY_LENGTH, MAX_METRICS_PER_BATCH).
MAX_VALUE: Final = 6000  # characters
MAX_KEY: Final = 250  # characters
OLD_MAX_VALUE: Final = 250  # characters: of servers before 2.0
METRICS_PER_BATCH: Final = 900
PARAMS_PER_BATCH: Final = 25  # of Hangul of full length these stay below the 1 MB of a request; 100 would not

# Only for calls of ours, and only where the user has not set them. The library's own are 7 tries of 120 s.
_ENVIRONMENT: Final = {
    "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "1",
    "MLFLOW_HTTP_REQUEST_TIMEOUT": "10",
    "MLFLOW_SUPPRESS_PRINTING_URL_TO_STDOUT": "true",
    "MLFLOW_DISABLE_TELEMETRY": "true",  # nothing is reported that was not asked for
}


class MLflow:
    """A run of experiment `MLFLOW_EXPERIMENT_NAME`, else `maeum`.

    It lies at `MLFLOW_TRACKING_URI`, else where the library puts it (`mlflow.db` and `mlruns` in the current folder).
    """

    title = "MLflow"

    def __init__(self, name: str) -> None:
        self.name = name
        self._client: Any = None
        self._id = ""
        self._waiting: list[Any] = []

    def open(self, facts: Mapping[str, Any]) -> str:  # noqa: ARG002
        """Create the run, and its experiment where it is new."""
        with _limited():
            for name in ("alembic", "mlflow"):  # a new database announces each step of its making
                logging.getLogger(name).setLevel(logging.ERROR)
            import mlflow

            self._client = mlflow.MlflowClient()
            wanted = os.environ.get("MLFLOW_EXPERIMENT_NAME", "maeum")
            found = self._client.get_experiment_by_name(wanted)
            experiment = found.experiment_id if found else self._client.create_experiment(wanted)
            self._id = self._client.create_run(experiment, run_name=self.name or None).info.run_id
            return f"{mlflow.get_tracking_uri()} ({wanted}, {self._id})"

    def parameters(self, values: Mapping[str, str], recipe: Mapping[str, Any]) -> None:
        """Parameters within the limits, and the whole recipe as `recipe.yaml`."""
        import yaml

        params = usable(values)
        with _limited():
            try:
                for at in range(0, len(params), PARAMS_PER_BATCH):
                    self._params(params[at : at + PARAMS_PER_BATCH], MAX_VALUE)
            finally:
                text = yaml.safe_dump(dict(recipe), allow_unicode=True, sort_keys=False)
                self._client.log_text(self._id, text, "recipe.yaml")

    def log(self, values: Mapping[str, float], step: int, axis: str) -> None:  # noqa: ARG002
        """Keep figures back until there are enough for a request."""
        from mlflow.entities import Metric

        now = int(time.time() * 1000)
        self._waiting += [Metric(name, value, now, step) for name, value in usable(values)]
        if len(self._waiting) >= METRICS_PER_BATCH:
            self.flush()

    def flush(self) -> None:
        """Send them; what fails is not sent again, so that a server that is gone does not fill the memory."""
        waiting, self._waiting = self._waiting, []
        with _limited():
            for at in range(0, len(waiting), METRICS_PER_BATCH):
                self._client.log_batch(self._id, metrics=waiting[at : at + METRICS_PER_BATCH])

    def artifact(self, path: Path) -> None:
        """Keep a file with the run."""
        with _limited():
            self._client.log_artifact(self._id, str(path))

    def close(self, *, failed: bool) -> None:
        """End the run."""
        with _limited():
            self._client.set_terminated(self._id, "FAILED" if failed else "FINISHED")

    def _params(self, params: list[tuple[str, str]], limit: int) -> None:
        """Send parameters; where a server rejects one, each alone and shorter, so that the others are not lost."""
        from mlflow.entities import Param
        from mlflow.exceptions import MlflowException

        try:
            self._client.log_batch(self._id, params=[Param(name, shortened(value, limit)) for name, value in params])
        except MlflowException as error:
            if error.error_code != "INVALID_PARAMETER_VALUE" or limit == OLD_MAX_VALUE:
                raise
            faults = [fault for one in params if (fault := self._alone(one)) is not None]
            if faults:
                raise faults[0] from error

    def _alone(self, param: tuple[str, str]) -> Exception | None:
        try:
            self._params([param], OLD_MAX_VALUE)
        except Exception as error:
            return error
        return None


def usable(values: Mapping[str, Any]) -> list[tuple[str, Any]]:
    """Values by names that MLflow takes (letters of any script, digits, `_ - . /` and spaces), each once."""
    found: dict[str, Any] = {}
    for name, value in values.items():
        key = re.sub(r"[^/\w.\- ]", "_", name)
        key = posixpath.normpath("/" + key).lstrip("/") or "_"
        key = base = shortened(key, MAX_KEY, "_")
        number = 1
        while key in found:
            number += 1
            key = f"{base[: MAX_KEY - 6]}_{number}"
        found[key] = value
    return list(found.items())


def shortened(text: str, limit: int, end: str = "…") -> str:
    """`text`, of at most `limit` characters."""
    return text if len(text) <= limit else text[: limit - len(end)] + end


@contextmanager
def _limited() -> Iterator[None]:
    """Environment for calls of ours."""
    ours = [name for name in _ENVIRONMENT if name not in os.environ]
    os.environ.update({name: _ENVIRONMENT[name] for name in ours})
    try:
        yield
    finally:
        for name in ours:
            os.environ.pop(name, None)


def tracker(name: str, folder: Path | None) -> MLflow:  # noqa: ARG001
    """A tracker for a run of this name."""
    return MLflow(name)
