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
    "predicting": {"en": "Predicting a few sentences …", "ko": "몇 문장을 예측합니다 …"},
    "done": {
        "en": 'Report: {report}\nModel:  {folder}\nTry:    maeum predict "정말 재밌다" --model {folder}\n'
        "The sample is tiny. For a real model: maeum train --data nsmc --model linear",
        "ko": '보고서: {report}\n모델: {folder}\n써 보기: maeum predict "정말 재밌다" --model {folder}\n'
        "표본은 아주 작습니다. 제대로 된 모델: maeum train --data nsmc --model linear",
    },
}
