"""A recipe is the same as YAML, as keywords and as flags."""

from collections import Counter

import pytest

from maeum.errors import ModelError, RecipeError
from maeum.messages import use_language
from maeum.models.family import families, family
from maeum.recipe import Recipe, fields, sections
from maeum.settings import flag


def test_yaml_round_trip(tmp_path):
    recipe = Recipe.from_keywords("linear", {"c": 0.5, "text_column": "리뷰", "seed": 3, "steps": ["nfc"]})
    recipe.save(tmp_path / "r.yaml")
    assert Recipe.load(tmp_path / "r.yaml") == recipe
    text = (tmp_path / "r.yaml").read_text(encoding="utf-8")
    assert "text_column: 리뷰" in text and "family: linear" in text


def test_keywords_go_to_their_sections():
    recipe = Recipe.from_keywords("linear", {"c": 0.5, "validation_fraction": 0.2, "class_weight": "balanced"})
    assert recipe.model.c == 0.5
    assert recipe.split.validation_fraction == 0.2
    assert recipe.training.class_weight == "balanced"


def test_keywords_go_before_the_base():
    base = Recipe.from_keywords("linear", {"c": 0.5, "seed": 3})
    recipe = Recipe.from_keywords("linear", {"seed": 4}, base)
    assert (recipe.model.c, recipe.training.seed) == (0.5, 4)


def test_text_from_flags_becomes_numbers():
    assert Recipe.from_keywords("linear", {"c": "0.5", "seed": "4"}).training.seed == 4


def test_unknown_keywords_are_named_with_the_nearest():
    with pytest.raises(RecipeError) as raised:
        Recipe.from_keywords("linear", {"sed": 3, "epochs": 3})
    assert str(raised.value).startswith(
        "model 'linear' has no setting sed, epochs. Did you mean 'seed'? Its settings: loss, c,"
    )


def test_an_unknown_family_is_refused():
    with pytest.raises(ModelError, match=r"There is no model 'liner' to train\. Did you mean 'linear'"):
        Recipe.from_keywords("liner", {})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("- a\n", "is not a YAML mapping of settings (list)"),
        ("a: [", "is not a YAML mapping of settings (while parsing"),
    ],
)
def test_what_is_no_recipe_is_refused(tmp_path, content, reason):
    path = tmp_path / "r.yaml"
    path.write_text(content)
    with pytest.raises(RecipeError) as raised:
        Recipe.load(path)
    assert f"The recipe '{path}' {reason}" in str(raised.value)


def test_all_problems_of_a_recipe_are_named_at_once(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text("split: {validation_fraction: 2}\ntraining: {sead: 1}\nmodell: {}\n")
    with pytest.raises(RecipeError) as raised:
        Recipe.load(path)
    message = str(raised.value)
    assert "'split.validation_fraction' cannot be 2 (must be at most 0.5)" in message
    assert "unknown setting 'training.sead'. Did you mean 'seed'?" in message
    assert "unknown setting 'modell'. Did you mean 'model'?" in message


def test_all_problems_of_flags_are_named_at_once():
    with pytest.raises(RecipeError) as raised:
        Recipe.from_keywords("linear", {"c": "-1", "validation_fraction": "3", "seed": "x", "steps": ["nfcc"]})
    message = str(raised.value)
    assert "'validation_fraction' cannot be '3' (must be at most 0.5)" in message
    assert "'seed' cannot be 'x' (must be a whole number)" in message
    assert "'c' cannot be '-1' (must be greater than 0.0)" in message
    assert "nfcc" in message and "Value error" not in message


def test_a_fault_in_the_model_section_is_named(tmp_path):
    path = tmp_path / "r.yaml"
    path.write_text("model: {family: linear, cc: 1}\nsplit: 3\n")
    with pytest.raises(RecipeError) as raised:
        Recipe.load(path)
    message = str(raised.value)
    assert "unknown setting 'model.cc'." in message and "Value error" not in message
    assert "'split' cannot be 3 (must be settings by name)" in message


def test_a_family_may_stand_alone(tmp_path):
    (tmp_path / "r.yaml").write_text("model: linear\n")
    assert Recipe.load(tmp_path / "r.yaml").model.family == "linear"


def test_a_missing_recipe_says_where_one_comes_from(tmp_path):
    with pytest.raises(RecipeError, match=r"does not exist\. Write one with any `maeum train`"):
        Recipe.load(tmp_path / "no.yaml")


def test_no_name_is_used_by_two_rooms():
    for model in families():
        names = Counter(name for _, name, _ in fields(model))
        assert [name for name, count in names.items() if count > 1] == []


def test_every_setting_has_its_help_in_both_languages():
    for section in sections():
        for name in section.settings.model_fields:
            if name != "family":
                for lang in ("en", "ko"):
                    assert section.settings.help_of(name, lang), f"{section.name}.{name} ({lang})"


def test_problems_are_told_in_korean_too():
    use_language("ko")
    with pytest.raises(RecipeError) as raised:
        Recipe.from_keywords("linear", {"c": 0})
    assert "'c'의 값 0은 쓸 수 없습니다(0.0보다 커야 합니다)" in str(raised.value)


def test_flags_are_spelled_as_people_expect():
    assert flag("text_column") == "--text-column"


def test_every_family_is_found_by_its_name_alone():
    for name, one in families().items():
        assert family(name) is one
