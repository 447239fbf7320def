"""Sentences of a model's summary."""

MESSAGES = {
    "depth": {
        "en": "--depth counts levels from 1, found {found}. Leave it out for the usual view.",
        "ko": "--depth는 1 이상이어야 하는데 {found}입니다. 기본 보기를 원하면 빼세요.",
    },
    "not_found": {
        "en": "There is no model '{name}'.{near} Models of the package: {models}; kinds of models: {families}; or name a run or "
        "model folder.",
        "ko": "'{name}' 모델이 없습니다.{near} 꾸러미에 든 모델: {models}, 모델 종류: {families}. 학습 결과 폴더나 모델 폴더도 지정할 수 "
        "있습니다.",
    },
    "steps": {"en": "Text steps: {steps}", "ko": "텍스트 단계: {steps}"},
    "shape_of_data": {
        "en": "'{name}' has no shape before training: its size is that of the vocabulary it finds. Train it first (maeum train "
        "--data DATA --model {name} -o RUN), then: maeum summary RUN",
        "ko": "'{name}'{name:-은/는} 학습 데이터에서 찾은 어휘가 곧 크기라서 학습 전에는 모양이 없습니다. 먼저 학습한 뒤(maeum train --data "
        "데이터 --model {name} -o 폴더) 보세요: maeum summary 폴더",
    },
    "no_layers": {
        "en": "A model of the kind {kind} has no layers that could be shown.",
        "ko": "{kind} 종류의 모델은 보여 줄 층이 없습니다.",
    },
    "layer": {"en": "layer", "ko": "층"},
    "kind": {"en": "kind", "ko": "종류"},
    "shape": {"en": "output shape", "ko": "출력 모양"},
    "parameters": {"en": "parameters", "ko": "파라미터 수"},
    "trainable": {"en": "learns", "ko": "학습됨"},
    "inside": {"en": "inside", "ko": "내부"},
    "all_trainable": {"en": "all", "ko": "전부"},
    "total": {
        "en": "{name} ({family}): {parameters:,} parameters, {share} of them trainable ({trainable:,}); {size} in memory{disk}.",
        "ko": "{name}({family}): 파라미터 {parameters:,}개, 그중 {share}({trainable:,}개)가 학습됨. 메모리 {size}{disk}.",
    },
    "on_disk": {"en": ", {size} on disk", "ko": ", 디스크 {size}"},
    "mb": {"en": "{size:,.1f} MB", "ko": "{size:,.1f}MB"},
    "kb": {"en": "{size:,.1f} kB", "ko": "{size:,.1f}kB"},
    "end_softmax": {
        "en": "Ends in softmax: one label a text, the probabilities sum to 1.",
        "ko": "마지막은 softmax입니다. 텍스트마다 레이블이 하나이고 확률의 합이 1입니다.",
    },
    "end_sigmoid": {
        "en": "Ends in sigmoid: any number of labels a text, each with a probability of its own.",
        "ko": "마지막은 sigmoid입니다. 텍스트마다 레이블이 몇 개든 될 수 있고 확률이 서로 독립적입니다.",
    },
    "untrained": {
        "en": "Not trained: built on the packaged sample. The embedding grows with the vocabulary of your data, the last layer "
        "with its labels.",
        "ko": "아직 학습하지 않은 모델을 꾸러미의 예시 데이터로 만든 것입니다. 임베딩은 데이터의 어휘에, 마지막 층은 레이블 수에 따라 "
        "커집니다.",
    },
}
