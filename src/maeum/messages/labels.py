"""Sentences about label names."""

MESSAGES = {
    "unknown": {
        "en": "Unknown label(s): {found}.{near} Known: {known}",
        "ko": "알 수 없는 레이블: {found}.{near} 있는 레이블: {known}",
    },
    "differ": {
        "en": "The data's labels ({data}) and the model's ({model}) do not fit each other. Choose data with the model's "
        "labels, or train a model on this data.",
        "ko": "데이터의 레이블({data})과 모델의 레이블({model})이 맞지 않습니다. 모델의 레이블을 쓰는 데이터를 고르거나 "
        "이 데이터로 모델을 학습하세요.",
    },
    "aliases": {
        "en": "Labels of the data read as the model's: {table}",
        "ko": "데이터의 레이블을 모델의 레이블로 읽었습니다: {table}",
    },
    "task_differs": {
        "en": "The model answers '{model}', the data ask '{data}'. Choose a model for '{data}'.",
        "ko": "모델은 '{model}' 과제용인데 데이터는 '{data}' 과제입니다. '{data}' 과제용 모델을 고르세요.",
    },
}
