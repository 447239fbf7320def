"""Sentences about predicting."""

MESSAGES = {
    "one_string": {
        "en": "predict expects a list of texts, found one string ('{text}'). Put it in brackets: predict([text]).",
        "ko": "predict에는 텍스트 목록을 주어야 하는데 문자열 하나('{text}')를 받았습니다. 대괄호로 감싸세요: predict([text]).",
    },
    "not_text": {
        "en": "predict expects texts; {count} item(s) are not strings (position: type): {found}",
        "ko": "predict에는 텍스트만 줄 수 있습니다. 문자열이 아닌 항목 {count}개(위치: 형): {found}",
    },
}
