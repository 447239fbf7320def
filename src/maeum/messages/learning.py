"""Sentences of the verdict over a learning curve: what it shows, why, and what to try next."""

_NUMBERS = {
    "en": "Epoch {first} → {last}: validation loss {validation_loss_before} → {validation_loss_after}, validation {score} "
    "{score_before} % → {score_after} %, train loss {train_loss_before} → {train_loss_after}. Changes of up to {noise_loss} (loss) "
    "and {noise_score} points ({score}) count as noise with {rows:,} validation rows.",
    "ko": "에폭 {first} → {last}: 검증 손실 {validation_loss_before} → {validation_loss_after}, 검증 {score} "
    "{score_before}% → {score_after}%, 학습 손실 {train_loss_before} → {train_loss_after}. 검증 {rows:,}행에서는 손실 {noise_loss}, "
    "{score} {noise_score}%p까지의 변화를 우연으로 봅니다.",
}

MESSAGES = {
    "score_accuracy": {"en": "accuracy", "ko": "정확도"},
    "score_macro_f1": {"en": "macro F1", "ko": "매크로 F1"},
    "not_generalising": {
        "en": "After epoch {epoch} the model learns what does not generalise: validation loss rises and validation {score} falls.",
        "ko": "에폭 {epoch} 뒤로는 일반화되지 않는 것을 배웁니다. 검증 손실은 오르고 검증 {score:은/는} 떨어집니다.",
    },
    "not_generalising_why": _NUMBERS,
    "not_generalising_try": {
        "en": "Stop near epoch {epoch} (--epochs {epoch}, or a smaller --patience), raise --dropout or --weight-decay, lower "
        "--learning-rate; more or more varied training texts help most.",
        "ko": "에폭 {epoch} 근처에서 멈추거나(--epochs {epoch} 또는 더 작은 --patience) --dropout이나 --weight-decay를 높이고 "
        "--learning-rate를 낮춰 보세요. 가장 큰 도움은 더 많고 다양한 학습 텍스트입니다.",
    },
    "overfitting": {
        "en": "After epoch {epoch} the model becomes surer than it is right (overfitting or miscalibration): validation loss rises "
        "although validation {score} does not fall.",
        "ko": "에폭 {epoch} 뒤로는 맞히는 것보다 확신이 더 빨리 커집니다(과적합 또는 보정 문제). 검증 {score:은/는} 떨어지지 않는데 "
        "검증 손실이 오릅니다.",
    },
    "overfitting_why": _NUMBERS,
    "overfitting_try": {
        "en": "Labels alone may still profit from the later epochs; where probabilities matter, try --label-smoothing 0.1, a higher "
        "--dropout or --weight-decay, or --best loss, which keeps the epoch of the smallest validation loss.",
        "ko": "레이블만 필요하면 뒤 에폭도 쓸 만합니다. 확률이 중요하면 --label-smoothing 0.1, 더 높은 --dropout이나 --weight-decay, "
        "또는 검증 손실이 가장 작은 에폭을 남기는 --best loss를 써 보세요.",
    },
    "learning": {
        "en": "The model learns, and still improves at the end: validation {score} rises and validation loss does not.",
        "ko": "모델이 잘 배우고 있고 끝까지 나아지고 있습니다. 검증 {score:은/는} 오르고 검증 손실은 오르지 않습니다.",
    },
    "learning_why": _NUMBERS,
    "learning_try": {
        "en": "Further epochs may help: raise --epochs above {epochs}; --patience stops in time when nothing is gained any more.",
        "ko": "더 학습하면 나아질 수 있습니다. --epochs를 {epochs}보다 늘려 보세요. 더 나아지지 않으면 --patience가 제때 멈춥니다.",
    },
    "calibrating": {
        "en": "Calibration improves, ranking does not: validation loss falls, but validation {score} does not rise.",
        "ko": "보정은 나아지지만 가려내는 힘은 나아지지 않습니다. 검증 손실은 줄지만 검증 {score:은/는} 오르지 않습니다.",
    },
    "calibrating_why": _NUMBERS,
    "calibrating_try": {
        "en": "More of the same will hardly bring more right labels: choose the epoch by what you need (--best {best} or --best "
        "loss), try another --learning-rate, or a larger model; look at the texts it gets wrong.",
        "ko": "이대로 더 학습해도 맞히는 수는 별로 늘지 않습니다. 필요한 기준으로 에폭을 고르고(--best {best} 또는 --best loss) 다른 "
        "--learning-rate나 더 큰 모델을 써 보세요. 틀린 텍스트도 살펴보세요.",
    },
    "plateau": {
        "en": "Nothing is gained after epoch {epoch}: a plateau; fewer epochs would do.",
        "ko": "에폭 {epoch} 뒤로는 나아진 것이 없습니다(정체). 에폭을 줄여도 됩니다.",
    },
    "plateau_why": _NUMBERS,
    "plateau_try": {
        "en": "Save the time with --epochs {epoch} or --patience 2; for a better result change something else: --learning-rate, a "
        "larger or pretrained model, more data.",
        "ko": "--epochs {epoch} 또는 --patience 2로 시간을 아끼세요. 더 나은 결과를 바라면 --learning-rate, 더 크거나 사전 "
        "학습된 모델, 데이터의 양처럼 다른 것을 바꿔 보세요.",
    },
    "noise": {
        "en": "No verdict: all changes of validation loss and validation {score} are within noise.",
        "ko": "판정하지 않습니다. 검증 손실과 검증 {score}의 변화가 모두 우연의 범위 안에 있습니다.",
    },
    "noise_why": _NUMBERS,
    "noise_try": {
        "en": "Hold out more validation rows, or compare --seeds 3. If train loss hardly moves either, raise --learning-rate or --epochs.",
        "ko": "검증 행을 늘리거나 --seeds 3으로 비교해 보세요. 학습 손실도 거의 그대로라면 --learning-rate나 --epochs를 높여 보세요.",
    },
    "one_epoch": {
        "en": "Nothing can be said about the course of training: that takes at least two epochs with validation.",
        "ko": "학습의 흐름은 말할 수 없습니다. 검증한 에폭이 둘 이상 있어야 합니다.",
    },
    "one_epoch_why": {
        "en": "Epochs in the history: {epochs}; validation loss {validation_loss_after}, validation {score} {score_after} %.",
        "ko": "기록된 에폭 {epochs}개, 검증 손실 {validation_loss_after}, 검증 {score} {score_after}%.",
    },
    "one_epoch_try": {
        "en": "Train with --epochs 3 or more to see a course.",
        "ko": "흐름을 보려면 --epochs 3 이상으로 학습하세요.",
    },
    "no_validation": {
        "en": "Whether the model generalises cannot be said: no rows were held out to validate on.",
        "ko": "일반화되는지 말할 수 없습니다. 검증용으로 떼어 둔 행이 없습니다.",
    },
    "no_validation_why": {
        "en": "Epoch {first} → {last}: train loss {train_loss_before} → {train_loss_after}; a falling train loss alone also fits "
        "learning by heart.",
        "ko": "에폭 {first} → {last}: 학습 손실 {train_loss_before} → {train_loss_after}. 학습 손실만 줄어드는 것은 외우기만 해도 "
        "나타납니다.",
    },
    "no_validation_try": {
        "en": "Give rows to validate on with --validation, or let a share of train be held out.",
        "ko": "--validation으로 검증 데이터를 주거나 학습 데이터의 일부를 떼어 두세요.",
    },
    "not_finite": {
        "en": "Training broke down at epoch {epoch}: a figure is not a finite number ({names}).",
        "ko": "에폭 {epoch}에서 학습이 무너졌습니다. 유한한 수가 아닌 값이 있습니다({names}).",
    },
    "not_finite_why": {
        "en": "Epoch {first} → {last}: train loss {train_loss_before} → {train_loss_after}, validation loss {validation_loss_before} "
        "→ {validation_loss_after}.",
        "ko": "에폭 {first} → {last}: 학습 손실 {train_loss_before} → {train_loss_after}, 검증 손실 {validation_loss_before} → "
        "{validation_loss_after}.",
    },
    "not_finite_try": {
        "en": "Lower --learning-rate (a tenth of it), raise --warmup, keep --clip 1, and train with --precision fp32.",
        "ko": "--learning-rate를 10분의 1로 낮추고 --warmup을 늘리고 --clip 1을 유지하고 --precision fp32로 학습해 보세요.",
    },
}
