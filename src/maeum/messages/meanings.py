"""What each number means and when it misleads, and what it is called.

`name_<metric>` is the name that readers see, `<metric>` the sentence under the number.
"""

MESSAGES = {
    # ---- names ----
    "name_accuracy": {"en": "Accuracy", "ko": "정확도"},
    "name_balanced_accuracy": {"en": "Balanced accuracy", "ko": "균형 정확도"},
    "name_macro_f1": {"en": "Macro F1", "ko": "매크로 F1"},
    "name_micro_f1": {"en": "Micro F1", "ko": "마이크로 F1"},
    "name_weighted_f1": {"en": "Weighted F1", "ko": "가중 F1"},
    "name_samples_f1": {"en": "F1 per text", "ko": "글별 F1"},
    "name_log_loss": {"en": "Log loss", "ko": "로그 손실"},
    "name_brier": {"en": "Brier score", "ko": "브라이어 점수"},
    "name_ece": {"en": "Calibration error (ECE)", "ko": "보정 오차(ECE)"},
    "name_mcc": {"en": "Matthews correlation (MCC)", "ko": "매슈스 상관계수(MCC)"},
    "name_roc_auc": {"en": "ROC AUC", "ko": "ROC AUC"},
    "name_average_precision": {"en": "Average precision", "ko": "평균 정밀도(AP)"},
    "name_macro_auroc": {"en": "Macro ROC AUC", "ko": "매크로 ROC AUC"},
    "name_macro_average_precision": {"en": "Macro average precision", "ko": "매크로 평균 정밀도(AP)"},
    "name_hamming_loss": {"en": "Hamming loss", "ko": "해밍 손실"},
    "name_subset_accuracy": {"en": "Exact-set accuracy", "ko": "완전 일치율"},
    "name_lrap": {"en": "Ranking precision (LRAP)", "ko": "순위 정밀도(LRAP)"},
    "name_majority_baseline": {"en": "Most frequent label", "ko": "최빈 레이블 기준선"},
    "name_teacher_agreement": {"en": "Agreement with the teacher", "ko": "교사와의 일치율"},
    "name_teacher_divergence": {"en": "Divergence from the teacher", "ko": "교사와의 발산"},
    "name_teacher_accuracy": {"en": "Accuracy of the teacher", "ko": "교사의 정확도"},
    "name_pearson": {"en": "Pearson correlation", "ko": "피어슨 상관계수"},
    "name_spearman": {"en": "Spearman correlation", "ko": "스피어만 상관계수"},
    "name_precision": {"en": "Precision", "ko": "정밀도"},
    "name_recall": {"en": "Recall", "ko": "재현율"},
    "name_f1": {"en": "F1", "ko": "F1"},
    "name_support": {"en": "Support", "ko": "건수"},
    "name_tp": {"en": "TP", "ko": "TP"},
    "name_fp": {"en": "FP", "ko": "FP"},
    "name_fn": {"en": "FN", "ko": "FN"},
    "name_tn": {"en": "TN", "ko": "TN"},
    "name_macro_avg": {"en": "Macro average", "ko": "매크로 평균"},
    "name_micro_avg": {"en": "Micro average", "ko": "마이크로 평균"},
    "name_weighted_avg": {"en": "Weighted average", "ko": "가중 평균"},
    # ---- the whole ----
    "accuracy": {
        "en": "The share of examples that got the right label. It misleads when one label dominates: where 95 % of "
        "reviews are positive, always answering 'positive' is 95 % accurate and useless.",
        "ko": "맞힌 비율입니다. 레이블이 한쪽으로 치우치면 믿을 수 없습니다. 긍정이 95%인 데이터에서는 무조건 "
        "'긍정'이라고만 답해도 95%가 나옵니다.",
    },
    "balanced_accuracy": {
        "en": "The mean recall of the classes, so a rare class counts as much as a frequent one. A class with a "
        "handful of examples can swing it, and false alarms hardly show in it.",
        "ko": "클래스별 재현율의 평균으로, 드문 클래스도 흔한 클래스와 똑같은 무게로 셉니다. 몇 건뿐인 클래스 "
        "하나에 값이 크게 흔들리고, 잘못 울린 경보(오탐)는 거의 드러나지 않습니다.",
    },
    "macro_f1": {
        "en": "The plain mean of the classes' F1: every class weighs the same. A few rare, hard classes pull it "
        "down even when almost every text is handled well, so read it beside the table of classes.",
        "ko": "클래스별 F1의 단순 평균으로, 모든 클래스의 무게가 같습니다. 대부분의 글을 잘 맞혀도 드물고 어려운 "
        "클래스 몇 개가 값을 끌어내리므로 클래스별 표와 함께 보아야 합니다.",
    },
    "micro_f1": {
        "en": "F1 over all decisions counted together, so frequent labels decide it. When every text has exactly "
        "one label it equals accuracy and tells nothing new.",
        "ko": "모든 판단을 한데 모아 계산한 F1로, 흔한 레이블이 값을 좌우합니다. 글마다 레이블이 하나뿐이면 "
        "정확도와 같은 값이라 새로 알려 주는 것이 없습니다.",
    },
    "weighted_f1": {
        "en": "The mean of the classes' F1, weighted by how many examples each has: what a typical text meets. It "
        "can look fine while a rare class fails completely.",
        "ko": "클래스별 F1을 건수로 가중한 평균으로, 보통의 글이 겪는 성능에 가깝습니다. 드문 클래스를 전혀 못 "
        "맞혀도 멀쩡해 보일 수 있습니다.",
    },
    "samples_f1": {
        "en": "For each text, how well the labels given match the true ones (F1), averaged over texts. Frequent "
        "labels carry it, so labels that are never found do not show here.",
        "ko": "글마다 모델이 붙인 레이블과 정답 레이블이 얼마나 겹치는지(F1) 구해 평균한 값입니다. 흔한 레이블이 "
        "값을 떠받치므로 한 번도 못 찾는 레이블은 여기서 보이지 않습니다.",
    },
    "log_loss": {
        "en": "How surprised the probabilities are by the truth (0 is perfect; an even guess between two labels "
        "gives 0.693). A few confident mistakes can dominate it, and values compare only on the same data and "
        "labels.",
        "ko": "정답을 보고 확률이 얼마나 놀라는지를 잽니다(0이 완벽, 두 레이블에 반반이면 0.693). 확신하고 틀린 몇 "
        "건이 값을 지배할 수 있고, 같은 데이터와 같은 레이블에서만 비교할 수 있습니다.",
    },
    "brier": {
        "en": "The mean squared distance between the probabilities and what turned out to be true (0 is perfect). "
        "It mixes ranking and calibration in one number, and on rare labels a low value comes for free.",
        "ko": "확률과 실제 결과 사이 거리의 제곱을 평균한 값입니다(0이 완벽). 순위를 매기는 힘과 확률의 정직함이 "
        "한 숫자에 섞이며, 드문 레이블에서는 가만히 있어도 낮게 나옵니다.",
    },
    "ece": {
        "en": "How far stated confidence lies from the share of right answers, on average: 0.05 means 5 points. "
        "Small data inflate it, and a model that always states the base rate scores 0 while knowing nothing.",
        "ko": "모델이 말한 확신도와 실제로 맞힌 비율이 평균 얼마나 어긋나는지입니다. 0.05면 5%포인트입니다. "
        "데이터가 적으면 부풀려지고, 늘 평균 비율만 말하는 모델은 아는 것이 없어도 0이 됩니다.",
    },
    "mcc": {
        "en": "The correlation between true and predicted labels, from −1 through 0 (no better than chance) to 1; "
        "every cell of the confusion matrix enters. It jumps when a class is nearly absent, and it says nothing "
        "about costs.",
        "ko": "정답과 예측의 상관으로 −1에서 1까지이며 0이면 우연과 같습니다. 혼동 행렬의 모든 칸을 반영합니다. "
        "거의 나타나지 않는 클래스가 있으면 크게 흔들리고, 어떤 실수가 더 아픈지는 말해 주지 않습니다.",
    },
    "roc_auc": {
        "en": "How often a random example of the label is ranked above a random one without it (0.5 is guessing). "
        "When the label is rare it looks high although most alarms are false, and it ignores the threshold.",
        "ko": "그 레이블인 글과 아닌 글을 하나씩 무작위로 뽑았을 때 그 레이블인 글에 더 높은 점수를 줄 "
        "확률입니다(0.5면 찍기). 레이블이 드물면 경보 대부분이 거짓이어도 높아 보이고, 문턱값은 따지지 않습니다.",
    },
    "average_precision": {
        "en": "Precision averaged over all levels of recall. Its floor is the share of the label, not 0.5, so "
        "values from data with different shares cannot be compared.",
        "ko": "모든 재현율 수준에 걸쳐 평균한 정밀도입니다. 바닥값이 0.5가 아니라 그 레이블의 비율이므로, 비율이 "
        "다른 데이터의 값끼리는 비교할 수 없습니다.",
    },
    "macro_auroc": {
        "en": "The mean of the labels' ROC areas, each label against the rest (0.5 is guessing). It judges ranking "
        "only: rare labels look good in it although the labels actually given may be wrong.",
        "ko": "레이블마다 나머지와 견준 ROC 면적의 평균입니다(0.5면 찍기). 순위만 보므로, 드문 레이블은 실제로 "
        "붙인 답이 틀려도 좋아 보입니다.",
    },
    "macro_average_precision": {
        "en": "The mean of the labels' average precision, each label weighing the same. Each label's floor is its "
        "own share, so rare labels pull it down and data with other shares cannot be compared.",
        "ko": "레이블별 평균 정밀도(AP)를 같은 무게로 평균한 값입니다. 레이블마다 바닥값이 자기 비율이라 드문 "
        "레이블이 값을 끌어내리며, 비율이 다른 데이터와는 비교할 수 없습니다.",
    },
    "hamming_loss": {
        "en": "The share of all yes/no decisions (text × label) that are wrong. Most labels are absent from most "
        "texts, so a model that never gives any label already looks good.",
        "ko": "'글 × 레이블'의 모든 예/아니요 판단 가운데 틀린 비율입니다. 대부분의 글에는 대부분의 레이블이 "
        "없으므로, 아무 레이블도 붙이지 않는 모델도 좋아 보입니다.",
    },
    "subset_accuracy": {
        "en": "The share of texts whose whole set of labels is exactly right. One label off counts as all wrong, "
        "so with many labels it is low even where people themselves would not agree.",
        "ko": "레이블 묶음 전체가 정답과 똑같은 글의 비율입니다. 하나만 달라도 통째로 틀린 것이 되므로, 레이블이 "
        "많으면 사람끼리도 의견이 갈리는 곳에서 낮게 나옵니다.",
    },
    "lrap": {
        "en": "For each true label, the share of true ones among the labels ranked at least as high, averaged (1 "
        "is perfect). It ignores thresholds: the ranking may be right while the labels given are wrong.",
        "ko": "정답 레이블마다 그보다 높거나 같은 순위에 놓인 레이블 가운데 정답의 비율을 평균한 값입니다(1이 "
        "완벽). 문턱값은 따지지 않으므로, 순위는 옳아도 실제로 붙인 레이블은 틀릴 수 있습니다.",
    },
    "majority_baseline": {
        "en": "The share of the most frequent label: what always giving that one answer would score. Only what "
        "lies above it is earned, but beating it says nothing about how hard the rest is.",
        "ko": "가장 흔한 레이블의 비율로, 그 답만 되풀이해도 얻는 점수입니다. 이보다 높은 만큼만 모델의 몫이지만, "
        "이것을 넘었다고 나머지가 쉬운 것은 아닙니다.",
    },
    "teacher_agreement": {
        "en": "The share of texts (of several labels: of decisions about a label) in which the student answers as its "
        "teacher does. It says how well the teacher is imitated, mistakes included, not how often it is right.",
        "ko": "학생이 교사와 같은 답을 한 텍스트의 비율입니다(레이블이 여럿이면 레이블마다 내린 판단의 비율). 교사의 "
        "실수까지 포함해 얼마나 닮았는지를 말할 뿐, 얼마나 맞는지를 말하지는 않습니다.",
    },
    "teacher_divergence": {
        "en": "How far the student's probabilities are from the teacher's (mean Kullback-Leibler divergence in nats; 0: "
        "the same). A few texts on which the student is sure and the teacher is not can dominate it.",
        "ko": "학생의 확률이 교사의 확률과 떨어진 정도입니다(평균 쿨백-라이블러 발산, 단위 nat, 0이면 같음). 교사는 "
        "확신하지 않는데 학생만 확신한 텍스트 몇 개가 값을 크게 좌우할 수 있습니다.",
    },
    "teacher_accuracy": {
        "en": "The share of texts that the teacher itself answers rightly. If it learnt from these texts, it looks better "
        "here than on new ones.",
        "ko": "교사 자신이 맞힌 텍스트의 비율입니다. 교사가 이 텍스트로 학습했다면 새 텍스트에서보다 좋게 나옵니다.",
    },
    "pearson": {
        "en": "How closely the scores follow the data's on a straight line (−1 to 1). A few extreme pairs can make "
        "or break it.",
        "ko": "모델의 점수가 정답 점수를 직선으로 얼마나 따라가는지입니다(−1에서 1). 극단적인 몇 쌍이 값을 좌우할 "
        "수 있습니다.",
    },
    "spearman": {
        "en": "How well the scores keep the order of the data's (−1 to 1). The order may be right while the scores "
        "are far off.",
        "ko": "모델의 점수가 정답의 순서를 얼마나 지키는지입니다(−1에서 1). 순서는 맞아도 점수 자체는 크게 다를 수 "
        "있습니다.",
    },
    # ---- one class ----
    "precision": {
        "en": "Of the texts given this label, the share that really have it. A model that gives the label only "
        "when it is certain scores high and misses the rest: read it with recall.",
        "ko": "이 레이블을 붙인 글 가운데 정말 그 레이블인 비율입니다. 확실할 때만 붙이면 높아지지만 나머지를 "
        "놓치므로 재현율과 함께 보아야 합니다.",
    },
    "recall": {
        "en": "Of the texts that have this label, the share the model found. Giving the label to everything makes "
        "it 1: read it with precision.",
        "ko": "이 레이블인 글 가운데 모델이 찾아낸 비율입니다. 모든 글에 붙이면 1이 되므로 정밀도와 함께 보아야 "
        "합니다.",
    },
    "f1": {
        "en": "The harmonic mean of precision and recall: high only when both are. It ignores true negatives and "
        "treats a miss and a false alarm as equally bad, which your use may not.",
        "ko": "정밀도와 재현율의 조화 평균으로, 둘 다 높아야 높습니다. TN은 보지 않으며, 놓침과 오탐을 똑같이 "
        "나쁘게 치지만 실제 쓰임에서는 다를 수 있습니다.",
    },
    "support": {
        "en": "How many examples of the class the data hold. Below some 30, the other numbers of the row are "
        "largely chance.",
        "ko": "데이터에 있는 이 클래스의 건수입니다. 30건쯤보다 적으면 그 줄의 다른 숫자는 우연에 크게 좌우됩니다.",
    },
    "tp": {
        "en": "True positives: has the label and was given it. A count grows with the data; compare shares, not "
        "counts.",
        "ko": "참 양성: 그 레이블이고 그렇게 답한 수입니다. 데이터가 많으면 커지므로 개수가 아니라 비율로 비교해야 "
        "합니다.",
    },
    "fp": {
        "en": "False positives: was given the label without having it, a false alarm. Some of them are wrong "
        "labels in the data: read the texts before blaming the model.",
        "ko": "거짓 양성: 그 레이블이 아닌데 그렇게 답한 수, 곧 오탐입니다. 데이터의 레이블이 틀린 경우도 섞여 "
        "있으니 모델을 탓하기 전에 글을 읽어 보아야 합니다.",
    },
    "fn": {
        "en": "False negatives: has the label but was not given it, a miss. With one label per text every miss is "
        "another class's false alarm, so the two are not separate errors.",
        "ko": "거짓 음성: 그 레이블인데 다르게 답한 수, 곧 놓침입니다. 글마다 레이블이 하나면 놓침 하나는 다른 "
        "클래스의 오탐 하나이므로 따로 센 두 실수가 아닙니다.",
    },
    "tn": {
        "en": "True negatives: neither has the label nor was given it. For a rare class almost everything is one, "
        "so a large number is no merit.",
        "ko": "참 음성: 그 레이블이 아니고 그렇게 답하지도 않은 수입니다. 드문 클래스에서는 거의 전부가 여기에 "
        "들므로 크다고 잘한 것이 아닙니다.",
    },
    "macro_avg": {
        "en": "The plain mean over classes, each weighing the same; rare classes move it most.",
        "ko": "모든 클래스를 같은 무게로 본 단순 평균입니다. 드문 클래스에 가장 크게 흔들립니다.",
    },
    "micro_avg": {
        "en": "All decisions counted together; frequent classes decide it.",
        "ko": "모든 판단을 한데 모아 센 값입니다. 흔한 클래스가 좌우합니다.",
    },
    "weighted_avg": {
        "en": "The mean weighted by support; frequent classes decide it and a failing rare class hardly shows.",
        "ko": "건수로 가중한 평균입니다. 흔한 클래스가 좌우하며, 실패한 드문 클래스는 거의 드러나지 않습니다.",
    },
}
