"""Sentences of training."""

MESSAGES = {
    "data_read": {
        "en": "{data}: {train:,} rows to train on, {validation:,} rows to validate on ({how}).",
        "ko": "{data}: 학습 {train:,}행, 검증 {validation:,}행({how}).",
    },
    "data_read_whole": {
        "en": "{data}: {train:,} rows to train on, none held out to validate on.",
        "ko": "{data}: 학습 {train:,}행, 검증용으로 떼어 둔 행은 없습니다.",
    },
    "how_carved": {
        "en": "{share:.3g} % of train, split seed {seed}, identical texts kept together",
        "ko": "학습 데이터의 {share:.3g}%, 분할 시드 {seed}, 같은 텍스트는 한쪽에",
    },
    "empty_left_out": {
        "en": "Left out because their text is empty: {count:,} rows.",
        "ko": "텍스트가 비어 뺀 행: {count:,}.",
    },
    "ids_twice": {
        "en": "'{data}': {count:,} rows have an id that occurred before ({found}). They are kept, with '#2', '#3' … added to it.",
        "ko": "'{data}': 앞에서 나온 id를 다시 쓴 행이 {count:,}개 있습니다({found}). 빼지 않고 id 뒤에 '#2', '#3' 등을 붙였습니다.",
    },
    "all_in_validation": {
        "en": "Every text of '{data}' is among the validation data ({validation}) too, so nothing is left to train on. Give other "
        "validation data, or leave --validation out.",
        "ko": "'{data}'의 모든 텍스트가 검증 데이터({validation})에도 있어 학습할 행이 남지 않습니다. 다른 검증 데이터를 주거나 "
        "--validation을 빼세요.",
    },
    "data_changed": {
        "en": "The data are not those of the run '{run}' that this recipe comes from (changed: {parts}); the results will differ.",
        "ko": "이 레시피를 만든 '{run}'의 데이터와 지금 데이터가 다릅니다(바뀐 것: {parts}). 결과도 달라집니다.",
    },
    "not_a_run": {
        "en": "'{folder}' is not a run folder: it has no {recipe} (it holds {found}). Name the folder that `maeum train` wrote.",
        "ko": "'{folder}'{folder:-은/는} 학습 결과 폴더가 아닙니다. {recipe}{recipe:-이/가} 없습니다(들어 있는 것: {found}). `maeum "
        "train`이 만든 폴더를 지정하세요.",
    },
    "run_file_missing": {
        "en": "The run '{folder}' has no {name}. Copy the whole folder again, or train anew; without validation rows there are no "
        "predictions.",
        "ko": "'{folder}'에 {name}{name:-이/가} 없습니다. 폴더 전체를 다시 복사하거나 새로 학습하세요. 검증 행이 없으면 예측도 없습니다.",
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
        "{seconds:.1f} seconds of training.",
        "ko": "검증 정확도 {accuracy:.4f}(95% 구간 {low:.4f}~{high:.4f}), 매크로 F1 {macro_f1:.4f}, 학습 {seconds:.1f}초.",
    },
    "done_several": {
        "en": "Validation macro F1 {macro_f1:.4f} (95 % interval {low:.4f}–{high:.4f}), micro F1 {micro_f1:.4f}, after "
        "{seconds:.1f} seconds of training.",
        "ko": "검증 매크로 F1 {macro_f1:.4f}(95% 구간 {low:.4f}~{high:.4f}), 마이크로 F1 {micro_f1:.4f}, 학습 {seconds:.1f}초.",
    },
    "done_unjudged": {
        "en": "Trained in {seconds:.1f} seconds; nothing was held out, so nothing is said about how good it is.",
        "ko": "{seconds:.1f}초 동안 학습했습니다. 떼어 둔 데이터가 없어 성능은 알 수 없습니다.",
    },
    "next": {
        "en": 'Next: maeum predict "재밌다" --model {folder}\n      maeum evaluate {folder} --data {data}',
        "ko": '다음: maeum predict "재밌다" --model {folder}\n      maeum evaluate {folder} --data {data}',
    },
    "next_report": {"en": "Report: {report}", "ko": "보고서: {report}"},
    "other_file": {"en": "FILE", "ko": "파일"},
    "validation_labels": {
        "en": "The validation data have labels that the training data lack: {found}. Known: {known}",
        "ko": "검증 데이터에 학습 데이터에 없는 레이블이 있습니다: {found}. 있는 레이블: {known}",
    },
    "file_settings": {
        "en": "{names} describe how a file is read, but '{data}' is none. Leave them out.",
        "ko": "{names}{names:-은/는} 파일을 읽는 설정이지만 '{data}'{data:-은/는} 파일이 아닙니다. 빼세요.",
    },
    "no_source": {
        "en": "Which data? Name a corpus or a file: maeum train --data nsmc, or maeum train reviews.csv",
        "ko": "어떤 데이터로 학습할까요? 말뭉치나 파일을 지정하세요: maeum train --data nsmc 또는 maeum train 리뷰.csv",
    },
    "config_and_source": {
        "en": "The recipe '{path}' names no data; add --data.",
        "ko": "레시피 '{path}'에 데이터가 없습니다. --data를 붙이세요.",
    },
}
