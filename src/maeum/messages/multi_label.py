"""Sentences of several labels a text: thresholds, calibration, losses, how labels go together."""

MESSAGES = {
    "one_label": {
        "en": "{names}: only for several labels a text, but texts of '{data}' have one each. Leave it out.",
        "ko": "{names}: 텍스트에 레이블이 여럿일 때만 쓰지만 '{data}'의 텍스트에는 레이블이 하나씩입니다. 빼세요.",
    },
    "threshold_number": {
        "en": "{name} belongs to --thresholds {wanted}, but thresholds are chosen by {by}. Add --thresholds {wanted}, or leave {name} "
        "out.",
        "ko": "{name}{name:-은/는} --thresholds {wanted}에 쓰지만 지금은 {by} 기준입니다. --thresholds {wanted}{wanted:-을/를} 붙이거나 "
        "{name}{name:-을/를} 빼세요.",
    },
    "threshold_missing": {
        "en": "--thresholds {by} needs a number: add {name}, for instance {name} 0.8.",
        "ko": "--thresholds {by}에는 수가 필요합니다. {name} 0.8처럼 {name}{name:-을/를} 붙이세요.",
    },
    "asymmetric_focal": {
        "en": "--asymmetric has gammas of its own, so --focal cannot be added. Leave one of them out.",
        "ko": "--asymmetric에 이미 감마가 있으므로 --focal과 함께 쓸 수 없습니다. 둘 중 하나를 빼세요.",
    },
    "chosen": {
        "en": "Thresholds by {by} on {rows:,} held-out rows, from {low:.2f} to {high:.2f}. On rows that did not choose them (in turn, "
        "five parts): macro F1 {macro_f1:.4f}, micro F1 {micro_f1:.4f}.",
        "ko": "떼어 둔 {rows:,}행에서 {by} 기준으로 임계값을 골랐습니다({low:.2f}~{high:.2f}). 임계값을 고르지 않은 행에서는(다섯 부분을 "
        "번갈아) 매크로 F1 {macro_f1:.4f}, 마이크로 F1 {micro_f1:.4f}입니다.",
    },
    "not_chosen": {
        "en": "No row is held out, so thresholds cannot be chosen and probabilities not calibrated: every label is given from "
        "{value:.2f}.",
        "ko": "떼어 둔 행이 없어 임계값을 고르지도 확률을 보정하지도 못했습니다. 모든 레이블을 {value:.2f}부터 붙입니다.",
    },
    "never_precise": {
        "en": "Never given, because no threshold reaches a precision of {target:.2f}: {count} labels ({labels}).",
        "ko": "어떤 임계값으로도 정밀도 {target:.2f}에 이르지 못해 붙이지 않는 레이블 {count}개: {labels}.",
    },
    "never_worth": {
        "en": "Never given, because at these costs that is the cheapest: {count} labels ({labels}).",
        "ko": "이 비용에서는 붙이지 않는 것이 가장 싸서 붙이지 않는 레이블 {count}개: {labels}.",
    },
    "not_calibrated": {
        "en": "The probabilities could not be calibrated, because this model's last layer is no plain one; thresholds are chosen all "
        "the same.",
        "ko": "마지막 층이 보통의 선형 층이 아니어서 확률을 보정하지 못했습니다. 임계값은 그대로 고릅니다.",
    },
    "wide": {
        "en": "N-grams on their own: macro F1 {macro_f1:.4f} on rows that they were not fitted on ({folds} parts, in turn).",
        "ko": "n-gram만으로: 학습하지 않은 행에서 매크로 F1 {macro_f1:.4f}({folds}부분을 번갈아).",
    },
    "plot_correlations": {
        "en": "Labels together: in the data (below), in the answers (above)",
        "ko": "함께 나오는 레이블: 데이터(아래), 모델의 답(위)",
    },
    "plot_alt": {"en": "{title}. Strongest in the data: {pairs}.", "ko": "{title}. 데이터에서 가장 강한 쌍: {pairs}."},
    "pair": {
        "en": "{first} with {second} {data} (answers {model})",
        "ko": "{first}–{second} {data}(모델의 답 {model})",
    },
    "own": {"en": "F1, own threshold", "ko": "F1(모델의 임계값)"},
    "fixed": {"en": "F1 at {value}", "ko": "F1({value})"},
    "better": {
        "en": "For {count} of {all} labels the model's own threshold is at least as good as both fixed ones.",
        "ko": "레이블 {all}개 가운데 {count}개는 모델의 임계값이 두 고정값보다 낫거나 같습니다.",
    },
}
