"""Steps in an order that can be saved with a model, so that texts are prepared alike in training and in use."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any, Final

from maeum.errors import RecipeError, UserError
from maeum.messages import did_you_mean, listing, say
from maeum.text.characters import drop_controls, drop_spaces, fold_width, lowercase, nfc, squeeze_spaces
from maeum.text.chat import cap_repeats, split_fused_jamo
from maeum.text.emoji_names import LANGUAGES, name_emoji
from maeum.text.emoticons import unify_emoticons
from maeum.text.web import mask_emails, mask_mentions, mask_urls, strip_html


@dataclass(frozen=True)
class Step:
    """A named text step.

    Attributes:
        name: Name of the step and of its function.
        function: `str -> str`; options are keywords.
        options: Every option with its default.
    """

    name: str
    function: Callable[..., str]
    options: Mapping[str, Any]

    def describe(self, lang: str | None = None) -> str:
        """What the step does, in one line."""
        return say(f"text.step_{self.name}", lang)


def _step(function: Callable[..., str]) -> Step:
    return Step(function.__name__, function, dict(getattr(function, "__kwdefaults__", None) or {}))


STEPS: Final[Mapping[str, Step]] = {
    step.name: step
    for step in map(
        _step,
        (
            nfc,
            fold_width,
            drop_controls,
            strip_html,
            mask_urls,
            mask_emails,
            mask_mentions,
            split_fused_jamo,
            unify_emoticons,
            name_emoji,
            cap_repeats,
            lowercase,
            squeeze_spaces,
            drop_spaces,
        ),
    )
}

GUARDED: Final = 2_000  # texts looked at as one array: what fits into a processor's cache
GUARDED_FROM: Final = 500  # texts from which looking at them as an array is worth its preparation

_ACCEPTS: Final[Mapping[str, Callable[[Any], bool]]] = {
    "limit": lambda value: type(value) is int and value >= 1,
    "token": lambda value: isinstance(value, str),
    "language": lambda value: value in LANGUAGES,
}

Named = str | tuple[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Pipeline:
    """Text steps applied one after another; equal when they do the same.

    Attributes:
        steps: Each a name, or a name with options: `("nfc", ("cap_repeats", {"limit": 3}))`. Kept as a bare name
            where every option has its default.

    Raises:
        RecipeError: Unknown steps or options, and values out of range; all named at once.
    """

    steps: tuple[Named, ...] = ()

    def __post_init__(self) -> None:
        given = [(step, {}) if isinstance(step, str) else step for step in _sequence(self.steps)]
        problems = [problem for step in given for problem in _problems(step)]
        if problems:
            raise RecipeError("text.pipeline_invalid", problems=" ".join(problems))
        object.__setattr__(self, "steps", tuple(_short(name, options) for name, options in given))

    def __call__(self, text: str) -> str:
        """`text` after every step."""
        for function in self._functions:
            text = function(text)
        return text

    def __hash__(self) -> int:
        return hash(json.dumps(self.to_json(), sort_keys=True))

    def apply(self, texts: Sequence[str]) -> list[str]:
        """Each of N texts after every step, in order; the same as calling the pipeline on each, and faster.

        Raises:
            UserError: One string in place of a list, or items that are not strings (each named by its position).
        """
        if isinstance(texts, str):
            raise UserError("text.one_string", text=texts[:20])
        done = list(texts)
        if not all(issubclass(kind, str) for kind in set(map(type, done))):
            wrong = [f"{i}: {type(text).__name__}" for i, text in enumerate(done) if not isinstance(text, str)]
            raise UserError("text.not_text", count=len(wrong), found=listing(wrong, 5))
        if len(done) < GUARDED_FROM:
            return [self(text) for text in done]
        from maeum.text.guards import apply_guarded

        blocks = (done[start : start + GUARDED] for start in range(0, len(done), GUARDED))
        return [text for block in blocks for text in apply_guarded(self._named_functions, block)]

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the steps, without their options."""
        return tuple(step if isinstance(step, str) else step[0] for step in self.steps)

    def describe(self, lang: str | None = None) -> list[tuple[str, str]]:
        """Each step's name, options included, and what it does; for pages and model cards."""
        rows = []
        for step, (name, options) in zip(self.steps, map(_full, self.steps), strict=True):
            shown = "" if isinstance(step, str) else f"({', '.join(f'{k}={v!r}' for k, v in options.items())})"
            rows.append((name + shown, STEPS[name].describe(lang)))
        return rows

    def to_json(self) -> dict[str, Any]:
        """A JSON mapping that `from_json` reads back; options are written out, whatever later defaults are."""
        return {"steps": [[name, options] if options else name for name, options in map(_full, self.steps)]}

    @classmethod
    def from_json(cls, saved: Mapping[str, Any]) -> Pipeline:
        """A Pipeline from what `to_json` wrote.

        Raises:
            RecipeError: Not such a mapping, or steps that this version does not know.
        """
        if not isinstance(saved, Mapping) or not isinstance(saved.get("steps"), list | tuple):
            raise RecipeError("text.pipeline_unreadable", found=repr(saved)[:80])
        return cls(tuple(tuple(step) if isinstance(step, list) else step for step in saved["steps"]))

    @cached_property
    def _named_functions(self) -> tuple[tuple[str, Callable[[str], str], dict[str, Any]], ...]:
        named = zip(map(_full, self.steps), self._functions, strict=True)
        return tuple((name, function, options) for (name, options), function in named)

    @cached_property
    def _functions(self) -> tuple[Callable[[str], str], ...]:
        pairs = ((STEPS[name].function, options) for name, options in map(_full, self.steps))
        return tuple(partial(function, **options) if options else function for function, options in pairs)


def _sequence(steps: Any) -> Sequence[Any]:
    """The steps as a sequence; a single name is one step, not a row of letters."""
    return [steps] if isinstance(steps, str) else list(steps)


def _full(step: Named) -> tuple[str, dict[str, Any]]:
    """A step's name and all its options."""
    name, given = (step, {}) if isinstance(step, str) else step
    return name, {**STEPS[name].options, **given}


def _short(name: str, options: Mapping[str, Any]) -> Named:
    full = {**STEPS[name].options, **options}
    return name if full == STEPS[name].options else (name, full)


def _problems(step: Any) -> list[str]:
    """What is wrong with one given step, in words."""
    match step:
        case (str(name), Mapping() as options) if name in STEPS:
            known = STEPS[name].options
        case (str(name), Mapping()):
            near = did_you_mean(name, STEPS)
            return [say("text.step_unknown", name=name, near=near, known=listing(STEPS, len(STEPS)))]
        case _:
            return [say("text.step_malformed", found=repr(step)[:60])]
    found = []
    for option, value in options.items():
        if option not in known:
            near = did_you_mean(str(option), known)
            found.append(say("text.option_unknown", step=name, option=option, near=near, known=listing(known)))
        elif not _ACCEPTS[option](value):
            expected = say(f"text.expected_{option}")
            found.append(say("text.option_value", step=name, option=option, expected=expected, found=repr(value)))
    return found


# In this order: entities may hide controls and full-width letters; addresses go before repeats are cut (www.), fused
# jamo come apart before they are counted (넼ㅋㅋ -> 네ㅋㅋㅋ -> 네ㅋㅋ); spaces last, for other steps leave some.
DEFAULT: Final = Pipeline(
    (
        "strip_html",
        "drop_controls",
        "nfc",
        "fold_width",
        "mask_urls",
        "mask_emails",
        "split_fused_jamo",
        "cap_repeats",
        "squeeze_spaces",
    )
)
