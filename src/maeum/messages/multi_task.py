"""Sentences of training on several corpora together."""

MESSAGES = {
    "arg_data": {
        "en": "The same as the argument. Given more than once: corpora that are trained on together, one trunk with a head for "
        "each (see docs/multi-task.md).",
        "ko": "위 인자와 같은 뜻. 여러 번 주면 몸통 하나에 말뭉치마다 분류층을 두어 함께 학습합니다(docs/multi-task.md 참고).",
    },
    "family": {
        "en": "Several corpora share what a network or an encoder learns, but '{family}' learns nothing that could be shared. Choose "
        "another with --model ({known}), or train on each corpus by itself.",
        "ko": "여러 말뭉치를 함께 학습하려면 신경망이나 인코더처럼 나누어 쓸 몸통이 있어야 하는데 '{family}'에는 없습니다. "
        "--model에 다른 모델({known})을 지정하거나 말뭉치마다 따로 학습하세요.",
    },
    "teacher": {
        "en": "A student learns from its teacher on one corpus, but there are several ({names}). Name one of them.",
        "ko": "증류는 말뭉치 하나로 하는데 여러 개가 있습니다({names}). 하나만 지정하세요.",
    },
    "seeds": {
        "en": "--seeds {seeds}: with several corpora one model is trained at a time. Leave --seeds out, and train again with another "
        "--seed and another -o.",
        "ko": "--seeds {seeds}: 여러 말뭉치를 함께 학습할 때는 한 번에 한 모델만 학습합니다. --seeds를 빼고, --seed와 -o를 바꾸어 다시 "
        "학습하세요.",
    },
    "weights": {
        "en": "--corpus-weights {found}: expected {count} numbers, one for each corpus in the order of --data ({names}).",
        "ko": "--corpus-weights {found}: 말뭉치마다 하나씩, --data를 준 순서({names})로 수 {count}개가 필요합니다.",
    },
    "not_here": {
        "en": "The recipe names further corpora to train on together ({names}), which only `maeum train` can do. Take `also` out of "
        "its data.",
        "ko": "레시피에 함께 학습할 말뭉치({names})가 있는데, 이는 `maeum train`에서만 할 수 있습니다. data의 `also`를 빼세요.",
    },
    "alone": {
        "en": "{names}: there is only one corpus. Name a second with another --data, or leave this out.",
        "ko": "{names}: 말뭉치가 하나뿐입니다. --data로 하나 더 지정하거나 이 설정을 빼세요.",
    },
    "twice": {
        "en": "'{first}' and '{second}' are the same corpus. Name each corpus once; how often its rows come is said by --mixing, how much "
        "they count by --corpus-weights.",
        "ko": "'{first}'{first:-과/와} '{second}'{second:-은/는} 같은 말뭉치입니다. 말뭉치는 한 번씩만 지정하세요. 얼마나 자주 나올지는 "
        "--mixing, 얼마나 중요하게 볼지는 --corpus-weights로 정합니다.",
    },
    "empty_name": {
        "en": "One of the names of data is empty. Give each --data a corpus or a file.",
        "ko": "데이터 이름 하나가 비어 있습니다. --data마다 말뭉치나 파일을 지정하세요.",
    },
    "one_each": {
        "en": "{data}: no cell has two labels with '{separator}' between them, so each of its texts has one label.",
        "ko": "{data}: '{separator}'{separator:-으로/로} 나뉜 레이블이 여럿인 칸이 없어, 텍스트마다 레이블이 하나인 데이터로 읽습니다.",
    },
    "same_labels": {
        "en": "'{first}' and '{second}' have the same labels. Each gets a head of its own all the same; to have one head learn from both, "
        "put their rows into one file.",
        "ko": "'{first}'{first:-과/와} '{second}'{second:-은/는} 레이블이 같습니다. 그래도 분류층은 따로 둡니다. 한 분류층으로 함께 배우게 "
        "하려면 두 데이터를 한 파일로 합치세요.",
    },
    "left_out": {
        "en": "{data}: {count:,} rows left out of training, because their texts are held out to validate on elsewhere ({others}).",
        "ko": "{data}: 다른 말뭉치의 검증에 쓰는 텍스트({others})와 같은 {count:,}행을 학습에서 뺐습니다.",
    },
    "none_left": {
        "en": "Every text of '{data}' is held out to validate on in another corpus ({others}), so nothing is left to train on. Leave "
        "'{data}' out.",
        "ko": "'{data}'의 모든 텍스트가 다른 말뭉치({others})의 검증에 쓰여 학습할 행이 남지 않습니다. '{data}'{data:-을/를} 빼세요.",
    },
    "not_wide": {
        "en": "{data}: no n-grams beside the encoder, which are for single texts.",
        "ko": "{data}: 문장 쌍에는 인코더 옆에 n-gram을 두지 않습니다.",
    },
    "share": {
        "en": "{name} {batches:,} ({times:.2f} × its rows)",
        "ko": "{name} {batches:,}개(전체 행의 {times:.2f}배)",
    },
    "shares": {"en": "Batches of an epoch: {total:,}; {parts}.", "ko": "한 에폭의 배치 {total:,}개: {parts}."},
    "means": {
        "en": "Validation figures of the epochs are means over the corpora; `history.csv` has those of each.",
        "ko": "에폭마다의 검증 수치는 말뭉치들의 평균입니다. 말뭉치별 수치는 `history.csv`에 있습니다.",
    },
    "result": {
        "en": "{name}: validation macro F1 {macro_f1:.4f}, accuracy {accuracy:.4f} → {folder}",
        "ko": "{name}: 검증 매크로 F1 {macro_f1:.4f}, 정확도 {accuracy:.4f} → {folder}",
    },
    "result_several": {
        "en": "{name}: validation macro F1 {macro_f1:.4f}, micro F1 {micro_f1:.4f} → {folder}",
        "ko": "{name}: 검증 매크로 F1 {macro_f1:.4f}, 마이크로 F1 {micro_f1:.4f} → {folder}",
    },
    "result_unjudged": {
        "en": "{name}: no rows were held out to judge it on → {folder}",
        "ko": "{name}: 평가할 행을 떼어 두지 않음 → {folder}",
    },
    "page_together": {"en": "Trained together with", "ko": "함께 학습한 말뭉치"},
    "page_one": {
        "en": "{train:,} rows to train on, {held:,} to validate on; macro F1 {macro_f1:.4f}: {page}",
        "ko": "학습 {train:,}행, 검증 {held:,}행, 매크로 F1 {macro_f1:.4f}: {page}",
    },
    "page_note": {
        "en": "The model shares its trunk with those of other corpora ({names}). The epoch was chosen by the mean over all of them, "
        "which is also what the curves show.",
        "ko": "이 모델은 다른 말뭉치({names})의 모델과 몸통을 같이 씁니다. 에폭은 모든 말뭉치의 평균으로 골랐고, 학습 곡선도 그 "
        "평균입니다.",
    },
}
