"""Sentences of training."""

MESSAGES = {
    "reading": {"en": "Reading {data}", "ko": "{data} 읽는 중"},
    "data_read": {
        "en": "{data}: {train:,} rows to train on, {validation:,} held out for validation ({how}).",
        "ko": "{data}: 학습 {train:,}행, 검증 {validation:,}행({how}).",
    },
    "how_carved": {
        "en": "{share:.0%} of train, seed {seed}, identical texts together",
        "ko": "학습 데이터의 {share:.0%}, 시드 {seed}, 같은 텍스트는 함께",
    },
    "how_given": {"en": "{source}", "ko": "{source}"},
    "how_none": {"en": "none held out", "ko": "떼지 않음"},
    "empty_left_out": {
        "en": "{count:,} rows with an empty text were left out of training.",
        "ko": "텍스트가 빈 {count:,}행을 학습에서 뺐습니다.",
    },
    "limited": {"en": "Limited to {count:,} of {total:,} rows.", "ko": "{total:,}행 가운데 {count:,}행만 씁니다."},
    "counting": {"en": "Counting n-grams", "ko": "n-gram 세는 중"},
    "fitting": {"en": "Fitting", "ko": "학습 중"},
    "judging": {"en": "Judging on validation", "ko": "검증하는 중"},
    "texts": {"en": "texts", "ko": "텍스트"},
    "labels": {"en": "labels", "ko": "레이블"},
    "not_converged": {
        "en": "The solver stopped after {iterations} iterations before it had settled; a smaller --c helps.",
        "ko": "{iterations}번 반복했으나 수렴하지 않았습니다. --c를 줄여 보세요.",
    },
    "done": {
        "en": "Validation accuracy {accuracy:.4f} (95 % interval {low:.4f}–{high:.4f}), macro F1 {macro_f1:.4f}, after "
        "{seconds:.1f} s of training.",
        "ko": "검증 정확도 {accuracy:.4f}(95 % 구간 {low:.4f}~{high:.4f}), 매크로 F1 {macro_f1:.4f}, 학습 {seconds:.1f}초.",
    },
    "done_unjudged": {
        "en": "Trained in {seconds:.1f} s; nothing was held out, so nothing is said about how good it is.",
        "ko": "{seconds:.1f}초 동안 학습했습니다. 떼어 둔 데이터가 없어 성능은 알 수 없습니다.",
    },
    "next": {
        "en": 'Next: maeum predict "…" --model {folder}   |   maeum evaluate {folder} --data {data}   |   open {report}',
        "ko": '다음: maeum predict "…" --model {folder}   |   maeum evaluate {folder} --data {data}   |   {report} 열기',
    },
    "validation_labels": {
        "en": "The validation data have labels that the training data lack: {found}. Known: {known}",
        "ko": "검증 데이터에 학습 데이터에 없는 레이블이 있습니다: {found}. 있는 레이블: {known}",
    },
    "no_source": {
        "en": "Which data? Name a corpus or a file: maeum train --data nsmc … or maeum train reviews.csv …",
        "ko": "어떤 데이터로 학습할까요? 말뭉치나 파일을 지정하세요: maeum train --data nsmc … 또는 maeum train reviews.csv …",
    },
    "config_and_source": {
        "en": "The recipe '{path}' names no data; add --data.",
        "ko": "레시피 '{path}'에 데이터가 없습니다. --data를 붙이세요.",
    },
}
