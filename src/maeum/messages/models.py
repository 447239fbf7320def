"""Sentences about model names and folders."""

MESSAGES = {
    "unknown_family": {
        "en": "There is no model '{name}' to train.{near} Models: {known}",
        "ko": "학습할 수 있는 '{name}' 모델이 없습니다.{near} 있는 모델: {known}",
    },
    "not_trainable": {
        "en": "'{name}' is not trained but made from trained models (maeum export, maeum cascade). Models to train: {known}",
        "ko": "'{name}'{name:-은/는} 직접 학습하는 모델이 아니라 학습된 모델로 만듭니다(maeum export, maeum cascade). 학습할 수 있는 모델: "
        "{known}",
    },
    "unknown_saved_family": {
        "en": "'{folder}' holds a model of the kind '{name}', which this maeum does not know (it knows {known}). Upgrade: pip "
        "install -U maeum",
        "ko": "'{folder}'에 든 '{name}' 종류의 모델을 이 버전의 maeum은 모릅니다(아는 종류: {known}). 업그레이드: pip install -U "
        "maeum",
    },
    "family_not_trained": {
        "en": "'{name}' is a kind of model that has to be trained first: maeum train --data DATA --model {name} -o RUN; then "
        "use the folder RUN.",
        "ko": "'{name}'{name:-은/는} 먼저 학습해야 하는 모델 종류입니다: maeum train --data 데이터 --model {name} -o 폴더. 그런 다음 그 "
        "폴더를 지정하세요.",
    },
    "trunk": {
        "en": "'{name}' is an encoder without a classification head: it has read Korean but was never taught labels, so it cannot "
        "predict. Teach it yours: maeum train --data DATA --model {name} -o RUN, or with n-grams beside it --model small; then use "
        "the folder RUN.",
        "ko": "'{name}' 인코더에는 분류층이 없습니다. 한국어만 익히고 레이블은 배우지 않아 예측할 수 없습니다. 먼저 학습하세요: maeum "
        "train --data 데이터 --model {name} -o 폴더(n-gram을 함께 쓰려면 --model small). 그런 다음 그 폴더를 지정하세요.",
    },
    "trunk_title": {
        "en": "An encoder that has read Korean but has no labels yet: the start of --model small, or by this name alone",
        "ko": "한국어만 익히고 레이블은 아직 배우지 않은 인코더. --model small의 출발점이며, 이 이름으로도 미세 조정",
    },
    "not_found": {
        "en": "There is no model folder '{name}'. Models near it: {near}; models of the package: {known}",
        "ko": "'{name}' 모델 폴더가 없습니다. 가까이 있는 모델: {near}, 꾸러미에 든 모델: {known}",
    },
    "not_a_folder": {
        "en": "'{path}' is a file; a model is a folder (the run folder that `maeum train` wrote, or its part 'model').",
        "ko": "'{path}'{path:-은/는} 파일입니다. 모델은 폴더입니다(`maeum train`이 만든 폴더나 그 안의 'model').",
    },
    "no_card": {
        "en": "'{folder}' is not a maeum model: it has no {card} (it holds {found}).",
        "ko": "'{folder}'{folder:-은/는} maeum 모델이 아닙니다. {card}{card:-이/가} 없습니다(들어 있는 것: {found}).",
    },
    "file_missing": {
        "en": "The model '{folder}' is incomplete: {name} is missing. Copy the whole folder again.",
        "ko": "'{folder}' 모델에 {name}{name:-이/가} 없습니다. 폴더 전체를 다시 복사하세요.",
    },
    "damaged": {
        "en": "'{path}' is damaged ({reason}). Copy the model again or train it anew.",
        "ko": "'{path}'{path:-이/가} 손상되었습니다({reason}). 모델을 다시 복사하거나 새로 학습하세요.",
    },
    "newer": {
        "en": "'{folder}' was written by a newer maeum ({version}, format {found}; this one reads up to {known}). Upgrade: "
        "pip install -U maeum",
        "ko": "'{folder}'{folder:-은/는} 더 새로운 maeum({version}, 형식 {found})이 만들었습니다. 이 버전은 형식 {known}까지 읽습니다. "
        "업그레이드: pip install -U maeum",
    },
    "task_unsupported": {
        "en": "Model '{name}' cannot answer task '{task}'; it can: {known}",
        "ko": "'{name}' 모델은 '{task}' 과제를 풀 수 없습니다. 가능한 과제: {known}",
    },
}
