"""Sentences of evaluating."""

MESSAGES = {
    "predicting": {"en": "Predicting", "ko": "예측하는 중"},
    "no_data": {
        "en": "Which data? Name a corpus, or a file with labels: maeum evaluate RUN --data nsmc:test",
        "ko": "어떤 데이터로 평가할까요? 말뭉치나 레이블이 있는 파일을 지정하세요: maeum evaluate 폴더 --data nsmc:test",
    },
}
