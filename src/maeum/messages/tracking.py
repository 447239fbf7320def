"""Sentences of experiment tracking."""

MESSAGES = {
    "unknown": {
        "en": "Unknown trackers: {names}.{near} Known: {known}.",
        "ko": "모르는 기록 도구입니다: {names}.{near} 쓸 수 있는 것: {known}.",
    },
    "opened": {
        "en": "{tracker} records this training as '{name}': {where}",
        "ko": "{tracker}에 '{name}'{name:-으로/로} 학습을 기록합니다: {where}",
    },
    "not_opened": {
        "en": "{tracker} cannot be used, so this training is not recorded there; training goes on. It said: {reason}",
        "ko": "{tracker:을/를} 쓸 수 없어 이 학습은 거기에 기록되지 않습니다. 학습은 계속됩니다. 받은 오류: {reason}",
    },
    "failed": {
        "en": "{tracker} did not take everything, so figures or files may be missing there; training goes on (after {limit} "
        "faults in a row it gets no more figures). It said: {reason}",
        "ko": "{tracker:이/가} 일부를 받지 않아 거기에는 빠진 값이나 파일이 있을 수 있습니다. 학습은 계속됩니다(연달아 {limit}번 "
        "실패하면 값을 더 보내지 않습니다). 받은 오류: {reason}",
    },
    "wandb_offline": {
        "en": "W&B: no key was found, so the training is recorded offline; send it later with 'wandb sync' after 'wandb login'.",
        "ko": "W&B: 키가 없어 오프라인으로 기록합니다. 나중에 'wandb login' 뒤 'wandb sync'로 보낼 수 있습니다.",
    },
}
