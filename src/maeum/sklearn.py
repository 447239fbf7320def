"""`TextClassifier`: every family of models as a scikit-learn estimator.

    from maeum.sklearn import TextClassifier
    GridSearchCV(TextClassifier("linear"), {"c": [0.1, 0.25, 1]}).fit(texts, labels)

It takes texts as they are: a Pipeline needs no vectorizer before it. Nothing is written and nothing is shown.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.validation import check_is_fitted

from maeum.data.settings import DataSettings
from maeum.data.splits import carve
from maeum.errors import DataError, ModelError, RecipeError, UserError
from maeum.messages import listing, say
from maeum.models import load
from maeum.models.family import named
from maeum.models.folder import damage_of
from maeum.models.gradient_settings import GradientSettings
from maeum.progress import tell
from maeum.recipe import Recipe
from maeum.schema import ClassPredictions, Dataset, Labels, Model, Task
from maeum.storage import write_text
from maeum.training import check_trainable, fit

if TYPE_CHECKING:
    from sklearn.utils import Tags

__all__ = ["TextClassifier"]

ESTIMATOR: Final = "sklearn.json"  # beside a saved model: parameters, and the classes in their own type
EARLY_STOPPING_SHARE: Final = 0.1
_OWN: Final = ("model", "random_state", "validation_fraction")
_USELESS: Final = frozenset(DataSettings.model_fields) | {"group_column"}
_PLAIN: Final = (str, bool, int, float, type(None))
Array = NDArray[Any]


class TextClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A text classifier of any family.

    Settings are checked in `fit`, as scikit-learn's convention has it, so that `set_params` may change the model first
    and its settings after.

    Args:
        model: A family (`linear`, `cnn` …) or an encoder's checkpoint, as after `--model`.
        validation_fraction: Share of the texts held out to choose the best epoch and to calibrate on, in [0, 0.5].
            None: 0.1 for families that learn by gradients, which stop early by it; 0 for the others, which calibrate
            on a part of their own and learn from all texts.
        random_state: Seed; None for 0, so that two fits agree.
        **settings: Any setting of the family or its training: `c=0.5`, `epochs=3`, `class_weight="balanced"`.

    Attributes:
        classes_: `(K,)` sorted, in the type of `y`; for several labels the columns of `y`.
        model_: The trained `maeum` model, whose labels are the classes' names.
        history_: One mapping per epoch, with the columns of `history.csv`.
    """

    classes_: Array
    model_: Model
    history_: tuple[Mapping[str, Any], ...]

    def __init__(
        self,
        model: str = "linear",
        *,
        validation_fraction: float | None = None,
        random_state: Any = None,
        **settings: Any,
    ) -> None:
        self.model = model
        self.validation_fraction = validation_fraction
        self.random_state = random_state
        self._settings = settings

    def get_params(self, deep: bool = True) -> dict[str, Any]:  # noqa: ARG002
        """All parameters given, the family's settings among them."""
        return {**{name: getattr(self, name) for name in _OWN}, **self._settings}

    def set_params(self, **params: Any) -> Self:
        """Change parameters; names are checked in `fit`, because which exist depends on `model`."""
        for name in _OWN:
            if name in params:
                setattr(self, name, params[name])
        self._settings = {**self._settings, **{name: value for name, value in params.items() if name not in _OWN}}
        return self

    def fit(self, X: Any, y: Any) -> Self:  # noqa: N803
        """Train on N texts.

        Args:
            X: `(N,)` texts: a list, array or Series; or a table of one column.
            y: `(N,)` labels of any sortable type, or an indicator matrix `(N, K)` for several labels an example.

        Raises:
            UserError: Items that are no texts or labels, named by position.
            RecipeError: Unknown or unusable settings.
            DataError: Nothing can be learnt from the texts.
        """
        recipe = self._recipe()
        texts = _texts(X)
        data, classes = _dataset(texts, y)
        check_trainable(data)
        data = _filled(data)
        validation = None
        if recipe.split.validation_fraction > 0:
            data, validation = carve(data, recipe.split.validation_fraction, recipe.split.split_seed)
        trained = fit(data, validation, recipe)
        self.model_, self.history_, self.classes_ = trained.model, trained.history, classes
        return self

    def predict(self, X: Any) -> Array:  # noqa: N803
        """Classes `(N,)` in the type of `y`; for several labels indicators `(N, K)`, by the model's thresholds."""
        found = self._predictions(X)
        if found.several:
            return found.decide().astype(np.int64)
        return np.asarray(self.classes_[found.indices])

    def predict_proba(self, X: Any) -> Array:  # noqa: N803
        """Probabilities `(N, K)` float64 in the order of `classes_`; rows sum to 1, unless several labels are asked."""
        found = self._predictions(X)
        values = found.probabilities.astype(np.float64)
        return values if found.several else values / values.sum(axis=1, keepdims=True)

    def save(self, folder: Path | str) -> Path:
        """Write the trained model to a new folder, which `TextClassifier.load` and `maeum.load` read.

        Raises:
            OutputError: The folder exists or cannot be written.
            UserError: The classes are of a type that JSON has not.
        """
        check_is_fitted(self, "model_")
        classes = self.classes_.tolist()
        if not all(isinstance(one, _PLAIN) for one in classes):
            raise UserError("sklearn.labels_not_plain", found=type(classes[0]).__name__)
        params = {name: value for name, value in self.get_params().items() if _plain(value)}
        card = {"params": params, "classes": classes, "dtype": self.classes_.dtype.str}
        self.model_.save(folder)
        write_text(Path(folder) / ESTIMATOR, json.dumps(card, ensure_ascii=False, indent=1) + "\n")
        return Path(folder)

    @classmethod
    def load(cls, folder: Path | str) -> Self:
        """A fitted estimator from the folder that `save` or `maeum train` wrote; of the latter, classes are names.

        Raises:
            ModelError: There is no such model, it is damaged, or it is no classifier of single texts.
        """
        model = load(folder)
        if model.task not in (Task.SINGLE_LABEL, Task.MULTI_LABEL):
            known = f"{Task.SINGLE_LABEL}, {Task.MULTI_LABEL}"
            raise ModelError("models.task_unsupported", name=cls.__name__, task=model.task.value, known=known)
        path = Path(folder) / ESTIMATOR
        made, classes = cls(), np.array(model.labels.names, dtype=object)
        if path.is_file():
            with damage_of(path):
                card = json.loads(path.read_text(encoding="utf-8"))
                made, classes = cls(**card["params"]), np.array(card["classes"], dtype=np.dtype(card["dtype"]))
        made.model_, made.history_, made.classes_ = model, (), classes
        return made

    def __getstate__(self) -> dict[str, Any]:
        """For `pickle` and joblib's workers: the model goes as the files of its folder, whatever the family holds."""
        state: dict[str, Any] = dict(super().__getstate__())
        if "model_" in state:
            state["model_"] = _packed(state["model_"])
        return state

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        state = dict(state)
        if "model_" in state:
            state["model_"] = _unpacked(state["model_"])
        super().__setstate__(state)

    def __sklearn_tags__(self) -> Tags:
        tags = super().__sklearn_tags__()
        tags.input_tags.string = True
        tags.input_tags.one_d_array = True
        tags.input_tags.two_d_array = False
        tags.classifier_tags.multi_label = True
        return tags

    def _predictions(self, X: Any) -> ClassPredictions:  # noqa: N803
        check_is_fitted(self, "model_")
        found = self.model_.predict(_texts(X))
        assert isinstance(found, ClassPredictions)
        return found

    def _recipe(self) -> Recipe:
        useless = [name for name in self._settings if name in _USELESS]
        if useless:
            raise RecipeError("sklearn.useless", names=listing(useless))
        given = dict(self._settings)
        if self.random_state is not None:
            if "seed" in given:
                raise RecipeError("sklearn.seed_twice")
            whole = isinstance(self.random_state, int | np.integer)
            seed = self.random_state if whole else check_random_state(self.random_state).randint(np.iinfo(np.int32).max)
            given["seed"] = int(seed)
        share = self.validation_fraction
        if share is None:
            chosen, _ = named(self.model)
            share = EARLY_STOPPING_SHARE if issubclass(chosen.training, GradientSettings) else 0.0
        return Recipe.from_keywords(self.model, {**given, "validation_fraction": share})


def _texts(given: Any) -> list[str]:
    """The texts `(N,)` of what scikit-learn calls X.

    Raises:
        UserError: It is one string, a table of several columns, a matrix of numbers, or holds items that are no texts.
    """
    if isinstance(given, str):
        raise UserError("sklearn.one_string", text=given[:20])
    shape = getattr(given, "shape", None)
    if shape is not None and len(shape) > 1:
        given = _one_column(given, shape)
    items = list(given)
    wrong = [f"{at}: {_kind(item)}" for at, item in enumerate(items) if not isinstance(item, str)]
    if wrong:
        raise UserError("sklearn.not_texts", count=len(wrong), found=listing(wrong, 5))
    return [str(item) for item in items]  # numpy's strings too


def _one_column(given: Any, shape: tuple[int, ...]) -> Any:
    kind = getattr(getattr(given, "dtype", None), "kind", "O")
    if kind in "biufc" or hasattr(given, "tocsr"):
        raise UserError("sklearn.matrix", shape=tuple(shape))
    if len(shape) != 2 or shape[1] != 1:
        raise UserError("sklearn.several_columns", count=shape[1])
    return np.asarray(given, dtype=object)[:, 0]


def _kind(item: Any) -> str:
    return say("sklearn.missing") if _is_missing(item) else type(item).__name__


def _is_missing(item: Any) -> bool:
    """None, NaN, pandas' NA and NaT."""
    return item is None or type(item).__name__ in ("NAType", "NaTType") or (isinstance(item, float) and item != item)


def _dataset(texts: list[str], y: Any) -> tuple[Dataset, Array]:
    """The texts with their labels, whose names are the classes as strings, and the classes `(K,)`."""
    import polars as pl

    values = _values(y)
    if len(values) != len(texts):
        raise UserError("sklearn.lengths", texts=len(texts), labels=len(values))
    if not texts:
        raise DataError("data.no_labels", data="X")
    several = values.ndim == 2
    classes, targets = _columns(y, values) if several else _classes(values)
    names = _names(classes)
    if several:
        column: list[Any] = [[names[k] for k in np.flatnonzero(row)] for row in targets]
    else:
        column = [names[k] for k in targets]
    kind = pl.List(pl.String) if several else pl.String
    ids = [str(row) for row in range(len(texts))]
    frame = pl.DataFrame({"id": ids, "text": texts, "label": pl.Series("label", column, dtype=kind)})
    return Dataset(frame, Task.MULTI_LABEL if several else Task.SINGLE_LABEL, Labels(names), "X"), classes


def _values(y: Any) -> Array:
    """What scikit-learn calls y, as an array `(N,)` or `(N, K)`."""
    if y is None:
        raise UserError("sklearn.no_y")
    if hasattr(y, "toarray"):
        y = y.toarray()
    if isinstance(y, list | tuple):
        if any(isinstance(one, list | tuple | set | frozenset) for one in y) and not _is_matrix(y):
            raise UserError("sklearn.label_lists")
        y = np.asarray(y) if y and not isinstance(y[0], str) and len({type(one) for one in y}) == 1 else _objects(y)
    values = np.asarray(y)
    if values.ndim == 2 and values.shape[1] == 1:
        values = values[:, 0]
    if values.ndim == 1:
        missing = [at for at, one in enumerate(values.tolist()) if _is_missing(one)]
        if missing:
            raise UserError("sklearn.missing_labels", count=len(missing), found=listing(missing, 5))
        if any(isinstance(one, list | tuple | set | frozenset | np.ndarray) for one in values[:1]):
            raise UserError("sklearn.label_lists")
    return values


def _objects(items: Iterable[Any]) -> Array:
    """Strings as numpy's strings; labels of mixed types as they are, so that 1 and "1" stay apart."""
    items = list(items)
    if all(isinstance(one, str) for one in items):
        return np.asarray(items)
    if all(isinstance(one, int | float | np.number) and not isinstance(one, bool) for one in items):
        return np.asarray(items)
    values = np.empty(len(items), dtype=object)
    values[:] = items
    return values


def _is_matrix(rows: Iterable[Any]) -> bool:
    """Whether these lists are the rows of a matrix of 0 and 1, not lists of names."""
    rows = list(rows)
    same = len({len(row) if isinstance(row, list | tuple) else -1 for row in rows}) == 1
    return same and isinstance(rows[0], list | tuple) and all(cell in (0, 1) for row in rows for cell in row)


def _classes(values: Array) -> tuple[Array, Array]:
    """The sorted classes `(K,)` and the class of each row `(N,)`."""
    if values.dtype.kind == "f" and not np.equal(values, np.round(values)).all():
        uneven = values[values != np.round(values)]
        raise UserError("sklearn.continuous", found=listing(dict.fromkeys(uneven.tolist()), 3))
    try:
        classes, codes = np.unique(values, return_inverse=True)
    except TypeError as error:
        kinds = sorted({type(one).__name__ for one in values.tolist()})
        raise UserError("sklearn.mixed_labels", found=listing(kinds)) from error
    return classes, codes


def _columns(y: Any, values: Array) -> tuple[Array, Array]:
    """The columns of an indicator matrix, by name where it is a table, and the indicators `(N, K)`."""
    found = set(np.unique(values).tolist()) if values.dtype.kind in "biuf" else set(values.ravel().tolist())
    if not found <= {0, 1}:
        others = sorted(map(str, found - {0, 1}))
        raise UserError("sklearn.not_indicators", shape=values.shape, found=listing(others, 3))
    columns = getattr(y, "columns", None)
    classes = np.arange(values.shape[1]) if columns is None else np.asarray(list(columns))
    return classes, values.astype(np.bool_)


def _names(classes: Array) -> tuple[str, ...]:
    """A different, non-empty name for each class."""
    plain = classes.tolist()
    names = tuple(str(one) for one in plain)
    good = len(set(names)) == len(names) and all(names)
    return names if good else tuple(repr(one) for one in plain)


def _filled(data: Dataset) -> Dataset:
    """The rows with text; the others are counted, as in `maeum train`."""
    filled = np.fromiter((bool(text.strip()) for text in data.texts), np.bool_, len(data))
    if filled.all():
        return data
    tell(say("train.empty_left_out", count=int((~filled).sum())))
    return data.take(filled)


def _plain(value: Any) -> bool:
    return isinstance(value, _PLAIN) or (isinstance(value, list | tuple) and all(map(_plain, value)))


def _packed(model: Model) -> dict[str, bytes]:
    """The files of a model's folder, by their path in it."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        folder = model.save(Path(place) / "model")
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def _unpacked(files: Mapping[str, bytes]) -> Model:
    with TemporaryDirectory(ignore_cleanup_errors=True) as place:
        for name, content in files.items():
            path = Path(place) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        return load(place)
