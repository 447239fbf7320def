"""Sentences about networks and the units they read."""

MESSAGES = {
    "widths": {
        "en": "expected different whole numbers from 1 to {limit}, such as 2,3,4,5",
        "ko": "1부터 {limit}까지 서로 다른 정수여야 합니다(예: 2,3,4,5)",
    },
    "learning_units": {"en": "Learning units", "ko": "단위 학습"},
    "unit_jamo": {"en": "jamo", "ko": "자모"},
    "unit_syllable": {"en": "syllables", "ko": "음절"},
    "unit_subword": {"en": "pieces of words", "ko": "단어 조각"},
    "units_learned": {
        "en": "The network reads {units}: {count:,} different ones were learnt from {texts:,} training texts; {rare:,} rare "
        "characters are unknown to it.",
        "ko": "신경망은 텍스트를 {units} 단위로 읽습니다. 학습 텍스트 {texts:,}개에서 {count:,}가지를 배웠고, 드문 글자 {rare:,}가지는 모르는 "
        "글자로 다룹니다.",
    },
    "wide_missing": {
        "en": "scores of the n-grams, shape (B, {labels})",
        "ko": "n-gram 점수 (B, {labels})",
    },
}
