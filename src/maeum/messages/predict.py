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
    "rows_with_error": {
        "en": "Rows that could not be read get no answer and say why in the column 'error': {reasons}",
        "ko": "읽을 수 없는 행은 답을 비우고 'error' 열에 까닭을 적습니다: {reasons}",
    },
    "empty_texts": {
        "en": "{count:,} rows have no text; they get the model's prior.",
        "ko": "텍스트가 없는 {count:,}행에는 모델의 사전 확률을 적습니다.",
    },
    "column_exists": {
        "en": "'{path}' has columns that predictions would be written to: {columns}. Rename them in the file, or predict on the "
        "file they came from.",
        "ko": "'{path}'에 예측을 적을 열이 이미 있습니다: {columns}. 열 이름을 바꾸거나 원래 파일로 예측하세요.",
    },
    "not_a_classifier": {
        "en": "The model answers task '{task}', which cannot be written as label columns.",
        "ko": "이 모델은 '{task}' 과제용이라 레이블 열로 적을 수 없습니다.",
    },
    "nothing": {
        "en": 'What shall be predicted? Give a text, a file, or texts on standard input: maeum predict "재밌다" --model RUN',
        "ko": '무엇을 예측할까요? 텍스트, 파일, 또는 표준 입력을 주세요: maeum predict "재밌다" --model 폴더',
    },
    "no_model": {
        "en": "Which model? Train one and name its folder: maeum train --data nsmc --model linear -o runs/linear; then "
        "--model runs/linear",
        "ko": "어떤 모델을 쓸까요? 먼저 학습하고 폴더를 지정하세요: maeum train --data nsmc --model linear -o runs/linear, 그런 다음 "
        "--model runs/linear",
    },
    "more_rows": {
        "en": "… and {count:,} more rows. Write all of them with -o FILE.",
        "ko": "… 외 {count:,}행. 모두 보려면 -o 파일로 저장하세요.",
    },
}
