"""Pipelines: building, applying, saving, and what they refuse."""

import json
import pickle
import subprocess
import sys

import pytest

from maeum.errors import RecipeError, UserError
from maeum.messages import use_language
from maeum.text import DEFAULT, STEPS, Pipeline

ALL = (
    "nfc, fold_width, drop_controls, strip_html, mask_urls, mask_emails, mask_mentions, split_fused_jamo, "
    "unify_emoticons, name_emoji, cap_repeats, lowercase, squeeze_spaces, drop_spaces"
)


@pytest.fixture(autouse=True)
def english():
    use_language("en")
    yield
    use_language(None)


def test_empty_pipeline_changes_nothing():
    assert Pipeline()("ㅋㅋㅋ  ") == "ㅋㅋㅋ  "
    assert Pipeline().apply(["a", ""]) == ["a", ""]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("될까욬ㅋㅋㅋㅋ&nbsp; 재밌다!!!!", "될까요ㅋㅋ 재밌다!!"),
        ("<b>강추</b>！！！ http://a.com/x에서 봄", "강추!! [URL]에서 봄"),
        ("\u1112\u1161\u11ab&#8203;국   영화", "한국 영화"),
        ("넼ㅋㅋ", "네ㅋㅋ"),
        ("문의 a@b.kr，　감사", "문의 [EMAIL], 감사"),
        ("그대로 둡니다.", "그대로 둡니다."),
        ("", ""),
    ],
)
def test_default(before, after):
    assert DEFAULT(before) == after
    assert DEFAULT.apply([before]) == [after]


def test_default_is_settled():
    assert DEFAULT.names == (
        *("strip_html", "drop_controls", "nfc", "fold_width", "mask_urls", "mask_emails", "split_fused_jamo"),
        *("cap_repeats", "squeeze_spaces"),
    )


def test_options_reach_the_step():
    pipeline = Pipeline((("cap_repeats", {"limit": 3}), "drop_spaces"))
    assert pipeline("ㅋㅋㅋㅋㅋ !!!!") == "ㅋㅋㅋ!!!"
    assert pipeline.apply(["ㅋㅋㅋㅋㅋ !!!!"]) == ["ㅋㅋㅋ!!!"]
    assert pipeline.names == ("cap_repeats", "drop_spaces")


def test_equal_when_they_do_the_same():
    assert Pipeline(("nfc", "cap_repeats")) == Pipeline(["nfc", ("cap_repeats", {"limit": 2})])
    assert hash(Pipeline(("cap_repeats",))) == hash(Pipeline((("cap_repeats", {"limit": 2}),)))
    assert Pipeline(("nfc", "lowercase")) != Pipeline(("lowercase", "nfc"))
    assert Pipeline((("cap_repeats", {"limit": 3}),)) != Pipeline(("cap_repeats",))


def test_frozen():
    with pytest.raises(AttributeError):
        DEFAULT.steps = ()


def test_a_single_name_is_one_step():
    assert Pipeline("nfc") == Pipeline(("nfc",))


@pytest.mark.parametrize(
    "pipeline", [DEFAULT, Pipeline(), Pipeline((("name_emoji", {"language": "en"}), ("mask_urls", {"token": "주소"})))]
)
def test_saved_and_read_back(pipeline):
    saved = json.loads(json.dumps(pipeline.to_json(), ensure_ascii=False))
    assert Pipeline.from_json(saved) == pipeline
    assert pickle.loads(pickle.dumps(pipeline)) == pipeline


def test_what_is_saved_holds_all_options():
    assert Pipeline(("nfc", "cap_repeats")).to_json() == {"steps": ["nfc", ["cap_repeats", {"limit": 2}]]}


def test_unknown_steps_are_all_named_with_a_suggestion():
    with pytest.raises(RecipeError) as caught:
        Pipeline(("nfkc", "cap_repeat", "nfc"))
    assert str(caught.value) == (
        f"These text steps cannot be used. There is no step 'nfkc'. Did you mean 'nfc'? Known steps: {ALL}. "
        f"There is no step 'cap_repeat'. Did you mean 'cap_repeats'? Known steps: {ALL}."
    )


def test_unknown_step_in_korean():
    use_language("ko")
    with pytest.raises(RecipeError) as caught:
        Pipeline(("없는단계",))
    assert str(caught.value) == (f"쓸 수 없는 텍스트 단계가 있습니다. '없는단계' 단계는 없습니다. 있는 단계: {ALL}.")


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (
            ("cap_repeats", {"limits": 3}),
            "Step 'cap_repeats' has no option 'limits'. Did you mean 'limit'? Its options: limit",
        ),
        (("nfc", {"form": "NFKC"}), "Step 'nfc' has no option 'form'. Its options: –"),
        (
            ("cap_repeats", {"limit": 0}),
            "Option 'limit' of step 'cap_repeats' takes a whole number of 1 or more, found 0",
        ),
        (
            ("cap_repeats", {"limit": True}),
            "Option 'limit' of step 'cap_repeats' takes a whole number of 1 or more, found True",
        ),
        (("mask_urls", {"token": None}), "Option 'token' of step 'mask_urls' takes a string, found None"),
        (("name_emoji", {"language": "jp"}), "Option 'language' of step 'name_emoji' takes 'ko' or 'en', found 'jp'"),
        (("name_emoji", {"language": []}), "Option 'language' of step 'name_emoji' takes 'ko' or 'en', found []"),
        (3, "3 is neither a name nor a name with options, as ('cap_repeats', {'limit': 3})"),
        (("nfc",), "('nfc',) is neither a name nor a name with options, as ('cap_repeats', {'limit': 3})"),
    ],
)
def test_wrong_steps(step, problem):
    with pytest.raises(RecipeError) as caught:
        Pipeline((step,))
    assert str(caught.value) == f"These text steps cannot be used. {problem}."


@pytest.mark.parametrize("saved", [None, {}, {"steps": "nfc"}, ["nfc"]])
def test_unreadable(saved):
    with pytest.raises(RecipeError) as caught:
        Pipeline.from_json(saved)
    assert str(caught.value) == (
        f'Expected saved text steps such as {{"steps": ["nfc"]}}, found {saved!r}. Save them again with to_json().'
    )


def test_one_string_for_a_list():
    with pytest.raises(UserError) as caught:
        DEFAULT.apply("재밌다")
    assert str(caught.value) == (
        "apply expects a list of texts, found one string ('재밌다'). "
        "Call the pipeline itself for one text: pipeline(text)."
    )


def test_items_that_are_no_texts():
    with pytest.raises(UserError) as caught:
        DEFAULT.apply(["a", None, 3.5])
    assert str(caught.value) == (
        "apply expects texts; 2 item(s) are not strings (position: type): 1: NoneType, 2: float. "
        "Leave them out or fill them with an empty text."
    )


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_every_step_is_described(lang):
    descriptions = [step.describe(lang) for step in STEPS.values()]
    assert len(set(descriptions)) == len(STEPS)
    assert all(descriptions)


def test_pipeline_described():
    assert Pipeline(("nfc", ("cap_repeats", {"limit": 3}))).describe("en") == [
        ("nfc", "writes every Hangul syllable as one character (Unicode NFC)"),
        ("cap_repeats(limit=3)", "cuts long repetitions: ㅋㅋㅋㅋㅋ -> ㅋㅋ, !!!! -> !!"),
    ]


def test_importing_is_light():
    heavy = "{'emoji', 'numpy', 'polars', 'pydantic'} & sys.modules.keys()"
    code = f"import sys; from maeum.text import DEFAULT; DEFAULT('ㅋㅋㅋ <b>'); print({heavy})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
