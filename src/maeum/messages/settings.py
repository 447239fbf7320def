"""Sentences about settings and recipes."""

MESSAGES = {
    "invalid": {
        "en": "These settings cannot be used: {problems}",
        "ko": "사용할 수 없는 설정이 있습니다: {problems}",
    },
    "unknown": {
        "en": "unknown setting '{name}'.{near} Known: {known}",
        "ko": "'{name}' 설정은 없습니다.{near} 있는 설정: {known}",
    },
    "value": {
        "en": "'{name}' cannot be {found!r} ({reason})",
        "ko": "'{name}'의 값 {found!r}{found:-은/는} 쓸 수 없습니다({reason})",
    },
    "not_for_family": {
        "en": "model '{family}' has no setting {names}.{near} Its settings: {known}",
        "ko": "'{family}' 모델에는 {names} 설정이 없습니다.{near} 있는 설정: {known}",
    },
    "recipe_missing": {
        "en": "The recipe '{path}' does not exist. Write one with any `maeum train` (it lies in the run folder as "
        "recipe.yaml), or leave --config out.",
        "ko": "레시피 '{path}'{path:-이/가} 없습니다. `maeum train`을 한 번 실행하면 결과 폴더에 recipe.yaml이 생깁니다.",
    },
    "recipe_unreadable": {
        "en": "The recipe '{path}' is not a YAML mapping of settings ({reason}).",
        "ko": "레시피 '{path}'{path:-은/는} 설정을 담은 YAML이 아닙니다({reason}).",
    },
    "reason_greater_than": {"en": "must be greater than {gt}", "ko": "{gt}보다 커야 합니다"},
    "reason_greater_than_equal": {"en": "must be at least {ge}", "ko": "{ge} 이상이어야 합니다"},
    "reason_less_than": {"en": "must be less than {lt}", "ko": "{lt}보다 작아야 합니다"},
    "reason_less_than_equal": {"en": "must be at most {le}", "ko": "{le} 이하여야 합니다"},
    "reason_int_parsing": {"en": "must be a whole number", "ko": "정수여야 합니다"},
    "reason_int_from_float": {"en": "must be a whole number", "ko": "정수여야 합니다"},
    "reason_float_parsing": {"en": "must be a number", "ko": "숫자여야 합니다"},
    "reason_enum": {"en": "must be {expected}", "ko": "{expected} 가운데 하나여야 합니다"},
    "reason_literal_error": {"en": "must be {expected}", "ko": "{expected} 가운데 하나여야 합니다"},
    "reason_model_type": {"en": "must be settings by name", "ko": "이름이 붙은 설정이어야 합니다"},
    "reason_string_type": {"en": "must be text", "ko": "텍스트여야 합니다"},
}
