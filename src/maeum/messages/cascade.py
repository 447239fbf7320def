"""Sentences of cascades: two models, and where one hands over to the other."""

MESSAGES = {
    # arguments
    "arg_first": {
        "en": "The fast model: of the package (fast), a run folder or a model folder.",
        "ko": "빠른 모델: 꾸러미에 든 모델(fast), 학습 결과 폴더, 모델 폴더.",
    },
    "arg_second": {
        "en": "The better, slower model: a run folder or a model folder.",
        "ko": "더 정확하지만 느린 모델: 학습 결과 폴더나 모델 폴더.",
    },
    "arg_data": {
        "en": "Validation texts with labels, in which neither model was trained: nsmc:validation or a file. They should be like "
        "the texts to come, also in how often each label occurs: rated reviews are 76 % positive, NSMC is 50 %.",
        "ko": "두 모델이 학습하지 않은, 레이블 있는 검증 데이터: nsmc:validation 또는 파일. 앞으로 예측할 텍스트와 레이블 비율까지 비슷해야 "
        "합니다(별점 리뷰는 긍정 76%, NSMC는 50%).",
    },
    "arg_out": {
        "en": "Folder for the model, cascade.json and report.html.",
        "ko": "모델, cascade.json, report.html을 쓸 폴더.",
    },
    # refusals
    "no_data": {
        "en": "Where to switch is chosen on validation texts, and none are named. Add --data nsmc:validation or --data FILE.",
        "ko": "넘기는 기준은 검증 데이터에서 정하는데 데이터를 지정하지 않았습니다. --data nsmc:validation이나 --data 파일을 추가하세요.",
    },
    "data_is_test": {
        "en": "'{data}' is test data. A threshold chosen on it would make every figure measured on it too good. Choose on "
        "validation data (--data nsmc:validation), then judge on test: maeum evaluate CASCADE --data nsmc:test",
        "ko": "'{data}'{data:-은/는} 테스트 데이터입니다. 여기에서 기준을 정하면 테스트 수치가 실제보다 좋게 나옵니다. 검증 데이터에서 정한 뒤(--data "
        "nsmc:validation) 테스트로 평가하세요: maeum evaluate 폴더 --data nsmc:test",
    },
    "data_is_train": {
        "en": "'{data}' is training data. Models are surer of texts they were trained on than of new ones, so the threshold would be "
        "wrong. Choose on validation data: --data nsmc:validation",
        "ko": "'{data}'{data:-은/는} 학습 데이터입니다. 모델은 학습한 텍스트를 새 텍스트보다 더 확신하므로 기준이 어긋납니다. 검증 데이터에서 "
        "정하세요: --data nsmc:validation",
    },
    "all_trained": {
        "en": "All {count:,} texts of '{data}' were used to train {models}. Choose texts that neither model was trained on: --data "
        "nsmc:validation",
        "ko": "'{data}'의 텍스트 {count:,}개는 모두 {models} 학습에 쓰였습니다. 두 모델이 학습하지 않은 텍스트를 지정하세요: --data "
        "nsmc:validation",
    },
    "empty": {
        "en": "'{data}' has no texts to choose a threshold on.",
        "ko": "'{data}'에 기준을 정할 텍스트가 없습니다.",
    },
    "same_model": {
        "en": "'{name}' was named twice. A cascade joins two different models: maeum cascade fast runs/klue --data nsmc:validation",
        "ko": "'{name}'{name:-을/를} 두 번 지정했습니다. 서로 다른 두 모델이 필요합니다: maeum cascade fast runs/klue --data "
        "nsmc:validation",
    },
    "labels_differ": {
        "en": "The two models have different labels: the first {first}, the second {second}. A cascade needs models with the same "
        "labels; the order may differ.",
        "ko": "두 모델의 레이블이 다릅니다. 첫째: {first} / 둘째: {second}. 레이블이 같은 모델을 고르세요(순서는 달라도 됩니다).",
    },
    "task": {
        "en": "A cascade gives one label a text ('single_label'), but the {place} model answers '{task}'. Choose models with one label "
        "a text.",
        "ko": "이어 쓸 수 있는 모델은 텍스트마다 레이블 하나를 답하는 모델('single_label')인데 {place} 모델은 '{task}' 과제용입니다. 레이블 "
        "하나를 답하는 모델을 고르세요.",
    },
    # while it works
    "judging": {"en": "Asking {model} about {count:,} texts …", "ko": "텍스트 {count:,}개를 {model}에 묻는 중 …"},
    "left_out": {
        "en": "{count:,} of {total:,} texts were used to train {models} and are left out: models are surer of those than of new ones.",
        "ko": "텍스트 {total:,}개 중 {count:,}개는 {models} 학습에 쓰여 제외했습니다. 모델은 학습한 텍스트를 새 텍스트보다 더 확신합니다.",
    },
    # notes
    "note_chosen": {
        "en": "The threshold was chosen on {data} ({count:,} texts), so these are validation figures. For a figure to quote, judge the "
        "cascade on test data: maeum evaluate CASCADE --data nsmc:test",
        "ko": "{data}(텍스트 {count:,}개)에서 기준을 정했으므로 검증 수치입니다. 인용할 수치는 테스트 데이터에서 구하세요: maeum evaluate 폴더 "
        "--data nsmc:test",
    },
    "note_prior": {
        "en": "Labels of these texts: {shares}. Where they occur in other shares (rated reviews are 76 % positive, NSMC is 50 %), the loss "
        "and the share handed over change; choose the threshold anew on such texts.",
        "ko": "이 데이터의 레이블 비율: {shares}. 비율이 다른 텍스트(별점 리뷰는 긍정 76%, NSMC는 50%)에서는 손실도 넘기는 비율도 달라지므로 그런 "
        "텍스트로 기준을 다시 정하세요.",
    },
    "note_test_name": {
        "en": "'{data}' has 'test' in its name. If figures are to be measured on these texts, choose the threshold on others.",
        "ko": "'{data}'{data:-은/는} 이름에 test가 들어 있습니다. 이 텍스트로 수치를 낼 것이라면 기준은 다른 텍스트에서 정하세요.",
    },
    "note_slower": {
        "en": "The first model is not faster than the second here ({first} against {second} texts a second). Name the faster one first.",
        "ko": "첫째 모델이 둘째보다 빠르지 않습니다(초당 텍스트 {first}개와 {second}개). 더 빠른 모델을 앞에 지정하세요.",
    },
    "note_estimated": {
        "en": "Speeds were measured on this machine, each model alone on the same texts; that of the cascade is estimated from them.",
        "ko": "속도는 이 컴퓨터에서 같은 텍스트로 모델마다 따로 쟀고, 연결 모델의 속도는 그 값으로 추정했습니다.",
    },
    # verdicts
    "verdict_cascade": {
        "en": "{first} answers {kept} of the texts, {second} the others: about {gain} times as fast as {second} alone, with at most "
        "{max_loss} points of accuracy lost ({certainty} certain).",
        "ko": "텍스트의 {kept}는 {first}{first:-이/가}, 나머지는 {second}{second:-이/가} 답합니다. {second}만 쓸 때보다 약 {gain}배 빠르고, 정확도 "
        "손실은 {max_loss}%p 이하입니다(확신도 {certainty}).",
    },
    "verdict_slower": {
        "en": "{first} answers {kept} of the texts with at most {max_loss} points of accuracy lost ({certainty} certain), but asking it "
        "first takes more time than it saves: {second} alone is faster. Choose a faster first model, or allow more loss (--max-loss).",
        "ko": "텍스트의 {kept}는 {first}{first:-이/가} 답하고 정확도 손실은 {max_loss}%p 이하지만(확신도 {certainty}), 먼저 묻는 시간이 "
        "아끼는 시간보다 길어 {second}만 쓰는 편이 빠릅니다. 더 빠른 모델을 앞에 두거나 손실을 더 허용하세요(--max-loss).",
    },
    "verdict_first_alone": {
        "en": "{first} alone loses at most {max_loss} points against {second} ({certainty} certain): the second model is never asked. Use "
        "{first} by itself.",
        "ko": "{first}만 써도 {second}보다 정확도 손실이 {max_loss}%p 이하라(확신도 {certainty}) 둘째 모델에 물을 일이 없습니다. "
        "{first}{first:-을/를} 그대로 쓰세요.",
    },
    "verdict_second_alone": {
        "en": "No threshold is shown to lose at most {max_loss} points ({certainty} certain): {second} answers everything, and nothing is "
        "gained. Even where {first} is surest, it is wrong too often; allow more loss (--max-loss) or choose a better first model.",
        "ko": "정확도 손실 {max_loss}%p 이하라고 볼 수 있는 기준이 없어(확신도 {certainty}) 모두 {second}{second:-이/가} 답하고, 빨라지지 "
        "않습니다. {first}{first:-은/는} 가장 확신할 때도 자주 틀립니다. 손실을 더 허용하거나(--max-loss) 더 나은 모델을 앞에 두세요.",
    },
    "verdict_too_few": {
        "en": "{count:,} texts are too few to show that at most {max_loss} points are lost ({certainty} certain): {second} answers "
        "everything, and nothing is gained. Give {needed:,} texts or more, or allow more loss (--max-loss).",
        "ko": "텍스트 {count:,}개로는 정확도 손실이 {max_loss}%p 이하라고 볼 수 없어(확신도 {certainty}) 모두 {second}{second:-이/가} 답하고, "
        "빨라지지 않습니다. 텍스트를 {needed:,}개 이상 주거나 손실을 더 허용하세요(--max-loss).",
    },
    "bound": {
        "en": "On these texts {loss} points are lost; on new ones at most {bound}, {certainty} certain.",
        "ko": "이 텍스트에서 잃은 정확도는 {loss}%p이고, 새 텍스트에서는 {bound}%p 이하입니다(확신도 {certainty}).",
    },
    "bound_won": {
        "en": "On these texts {loss} points are won; on new ones at most {bound} are lost, {certainty} certain.",
        "ko": "이 텍스트에서는 정확도가 {loss}%p 올랐고, 새 텍스트에서 손실은 {bound}%p 이하입니다(확신도 {certainty}).",
    },
    "bound_better": {
        "en": "On these texts {loss} points are won; on new ones at least {bound}, {certainty} certain.",
        "ko": "이 텍스트에서는 정확도가 {loss}%p 올랐고, 새 텍스트에서도 {bound}%p 이상 오릅니다(확신도 {certainty}).",
    },
    # tables
    "model": {"en": "model", "ko": "모델"},
    "the_cascade": {"en": "cascade", "ko": "연결 모델"},
    "alone": {"en": "{name} alone", "ko": "{name}만"},
    "accuracy": {"en": "accuracy", "ko": "정확도"},
    "handed_over": {"en": "answered by the second", "ko": "둘째 모델이 답하는 비율"},
    "rate": {"en": "texts/s", "ko": "초당 텍스트"},
    "about": {"en": "about {rate}", "ko": "약 {rate}"},
    "max_loss": {"en": "loss allowed", "ko": "허용 손실"},
    "threshold": {"en": "threshold", "ko": "기준(확신도)"},
    "loss": {"en": "lost here", "ko": "여기서의 손실"},
    "gain": {"en": "speed", "ko": "속도"},
    "times": {"en": "{value}×", "ko": "{value}배"},
    "points": {"en": "{value} points", "ko": "{value}%p"},
    "percent": {"en": "{value:.2f} %", "ko": "{value:.2f}%"},
    # page
    "title": {"en": "Cascade of {first} and {second}", "ko": "연결 모델: {first} → {second}"},
    "kicker": {"en": "maeum · cascade", "ko": "maeum · 연결 모델"},
    "chosen_on": {"en": "Chosen on {data}, {count:,} texts.", "ko": "기준을 정한 데이터: {data}, 텍스트 {count:,}개"},
    "contents": {"en": "Contents", "ko": "목차"},
    "limits": {"en": "What limits these numbers", "ko": "수치를 읽을 때 주의할 점"},
    "section_verdict": {"en": "At a glance", "ko": "한눈에 보기"},
    "section_curve": {"en": "Trade-off", "ko": "속도와 정확도"},
    "section_others": {"en": "Other losses", "ko": "다른 허용 손실"},
    "intro_curve": {
        "en": "Each point of the curve is a threshold: to the left the fast model answers all, to the right the better one. The band "
        "reaches down to the accuracy that remains in the worst case on new texts, {certainty} certain; the chosen threshold is the "
        "first, coming from the right, beyond which it would fall below the line of what may be lost.",
        "ko": "곡선의 점 하나가 기준 하나입니다. 왼쪽 끝은 빠른 모델이, 오른쪽 끝은 더 나은 모델이 모두 답하는 경우입니다. 띠는 새 텍스트에서 "
        "가장 나쁠 때의 정확도까지이며(확신도 {certainty}), 오른쪽에서 왔을 때 띠가 허용 손실의 선 아래로 내려가기 바로 앞의 기준을 골랐습니다.",
    },
    "intro_others": {
        "en": "What the same measurement gives for other losses. A dash: no threshold is shown to keep it.",
        "ko": "같은 측정에서 허용 손실을 달리했을 때입니다. 줄표는 그 손실을 지킨다고 볼 수 있는 기준이 없다는 뜻입니다.",
    },
    "axis_share": {"en": "share of texts that the second model answers", "ko": "둘째 모델이 답하는 텍스트의 비율"},
    "plot_title": {"en": "Accuracy of the cascade", "ko": "연결 모델의 정확도"},
    "plot_point": {"en": "threshold {threshold}: {accuracy}", "ko": "기준 {threshold}: {accuracy}"},
    "plot_allowed": {"en": "second alone − {max_loss} points", "ko": "둘째 모델만 − {max_loss}%p"},
    "plot_alt": {
        "en": "Accuracy against the share of texts that the second model answers, from {low} (none) to {high} (all); chosen: {share}.",
        "ko": "둘째 모델이 답하는 비율에 따른 정확도: 0%일 때 {low}, 100%일 때 {high}, 고른 비율 {share}.",
    },
}
