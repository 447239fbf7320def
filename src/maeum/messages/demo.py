"""Sentences of the demo."""

MESSAGES = {
    "training": {
        "en": "Training a linear model on the packaged sample (504 invented reviews, four sentiments) …",
        "ko": "꾸러미에 든 표본(지어낸 리뷰 504개, 네 가지 감성)으로 선형 모델을 학습합니다 …",
    },
    "judging": {
        "en": "Judging it on 168 reviews of the sample it has not seen …",
        "ko": "처음 보는 표본 리뷰 168개로 평가합니다 …",
    },
    "done": {
        "en": 'The report: {report}\nThe model: {folder}   Try: maeum predict "…" --model {folder}\n'
        "The sample is tiny; for a real model: maeum train --data nsmc --model linear",
        "ko": '보고서: {report}\n모델: {folder}   써 보기: maeum predict "…" --model {folder}\n'
        "표본은 아주 작습니다. 진짜 모델은: maeum train --data nsmc --model linear",
    },
}
