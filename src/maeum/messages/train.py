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
    "done_seeds": {
        "en": "{count} seeds, mean ± standard deviation on validation: accuracy {accuracy:.4f} ± {accuracy_sd:.4f}, macro F1 "
        "{macro_f1:.4f} ± {macro_f1_sd:.4f}. Kept: the model of seed {seed}, the best by {what} ({score:.4f}). It took "
        "{seconds:.1f} seconds.",
        "ko": "시드 {count}개, 검증 평균 ± 표준편차: 정확도 {accuracy:.4f} ± {accuracy_sd:.4f}, 매크로 F1 {macro_f1:.4f} ± "
        "{macro_f1_sd:.4f}. {what:이/가} 가장 좋은 시드 {seed}의 모델({score:.4f})을 남겼습니다. {seconds:.1f}초 걸렸습니다.",
    },
    "done_seeds_unjudged": {
        "en": "Trained with {count} seeds in {seconds:.1f} seconds; nothing was held out, so which one is best is unknown. Kept: "
        "the model of the first, seed {seed}.",
        "ko": "시드 {count}개로 {seconds:.1f}초 동안 학습했습니다. 떼어 둔 데이터가 없어 어느 것이 나은지 알 수 없으므로 첫 번째인 "
        "시드 {seed}의 모델을 남겼습니다.",
    },
    "seeds_number": {
        "en": "--seeds: expected a whole number from 1 to {most}, found '{found}'. With --seeds 3 --seed 7 the seeds 7, 8 and 9 "
        "are used.",
        "ko": "--seeds: 1부터 {most}까지의 정수여야 하나 '{found}'입니다. --seeds 3 --seed 7이면 시드 7, 8, 9를 씁니다.",
    },
    "seed_begins": {"en": "Seed {seed}:", "ko": "시드 {seed}:"},
    "seed_finished": {
        "en": "Seed {seed}: finished before the interrupt.",
        "ko": "시드 {seed}: 중단하기 전에 끝났습니다.",
    },
    "resumed": {
        "en": "Going on after update {step:,} of {total:,}.",
        "ko": "갱신 {total:,}번 가운데 {step:,}번 다음부터 이어서 합니다.",
    },
    "nothing_to_resume": {
        "en": "There is no unfinished training of '{path}'; starting from the beginning.",
        "ko": "'{path}'에 이어서 할 학습이 없어 처음부터 시작합니다.",
    },
    "resume_nothing": {
        "en": "There is no unfinished training of '{path}' to go on with. Name the data to begin one: maeum train --data nsmc -o "
        "{path}",
        "ko": "'{path}'에 이어서 할 학습이 없습니다. 새로 시작하려면 데이터를 지정하세요: maeum train --data nsmc -o {path}",
    },
    "resume_what": {
        "en": "Which training is to go on? Name its folder: maeum train --resume -o runs/nsmc-cnn",
        "ko": "어느 학습을 이어서 할까요? 폴더를 지정하세요: maeum train --resume -o runs/nsmc-cnn",
    },
    "resume_finished": {
        "en": "'{path}' is a finished training, so there is nothing to resume; nothing was changed. Choose another name with -o, "
        "or train it anew with --overwrite.",
        "ko": "'{path}'{path:-은/는} 끝난 학습이라 이어서 할 것이 없고, 아무것도 바꾸지 않았습니다. -o로 다른 이름을 지정하거나 "
        "--overwrite로 새로 학습하세요.",
    },
    "resume_replaces": {
        "en": "'{path}' exists already, and beside it an unfinished training that is to replace it; nothing was changed. To go on "
        "and replace it: {command}",
        "ko": "'{path}'{path:-이/가} 이미 있고, 그것을 대신할 덜 끝난 학습이 따로 있습니다. 아무것도 바꾸지 않았습니다. 이어서 하고 "
        "결과를 바꾸려면: {command}",
    },
    "resume_other": {
        "en": "The unfinished training of '{path}' was begun with other settings (before → now): {parts}. Go on as it was begun: "
        "{command} – or begin anew with --overwrite.",
        "ko": "'{path}'의 덜 끝난 학습은 다른 설정으로 시작했습니다(전 → 지금): {parts}. 시작할 때의 설정으로 이어서 하려면: "
        "{command} – 처음부터 다시 하려면 --overwrite를 붙이세요.",
    },
    "resume_data": {
        "en": "The unfinished training of '{path}' was begun on other data: {parts}. Give the data as they were, or begin anew with "
        "--overwrite.",
        "ko": "'{path}'의 덜 끝난 학습은 다른 데이터로 시작했습니다: {parts}. 그때의 데이터를 주거나 --overwrite로 처음부터 다시 "
        "하세요.",
    },
    "part_train": {"en": "the training data ({how})", "ko": "학습 데이터({how})"},
    "part_validation": {"en": "the validation data ({how})", "ko": "검증 데이터({how})"},
    "rows_then": {"en": "{before:,} rows then, {now:,} now", "ko": "그때 {before:,}행, 지금 {now:,}행"},
    "rows_same": {"en": "{count:,} rows as then, but others", "ko": "{count:,}행은 같으나 내용이 다름"},
    "part_not_ours": {
        "en": "'{folder}', where the training of '{path}' keeps what is unfinished, holds something else ({found}). Move it away, or "
        "choose another name with -o.",
        "ko": "'{path}'의 학습 도중 내용을 둘 '{folder}'에 다른 것이 들어 있습니다({found}). 옮기거나 -o로 다른 이름을 지정하세요.",
    },
    "unfinished": {
        "en": "An unfinished training of '{path}' is kept; nothing was changed. Go on with it: {command} – or drop it and begin anew "
        "with --overwrite.",
        "ko": "'{path}'의 덜 끝난 학습이 남아 있어 아무것도 바꾸지 않았습니다. 이어서 하려면: {command} – 버리고 처음부터 다시 "
        "하려면 --overwrite를 붙이세요.",
    },
    "unfinished_dropped": {
        "en": "The unfinished training of '{path}' is dropped, and begun anew.",
        "ko": "'{path}'의 덜 끝난 학습을 버리고 처음부터 다시 시작합니다.",
    },
    "unfinished_damaged": {
        "en": "The unfinished training of '{path}' cannot be read ({file} is damaged). Begin anew with --overwrite.",
        "ko": "'{path}'의 덜 끝난 학습을 읽을 수 없습니다({file} 손상). --overwrite로 처음부터 다시 하세요.",
    },
    "kept": {
        "en": "The unfinished training is kept in '{folder}'. Go on with it: {command}",
        "ko": "덜 끝난 학습을 '{folder}'에 남겨 두었습니다. 이어서 하려면: {command}",
    },
    "updates": {"en": "updates", "ko": "갱신"},
    "table_best": {
        "en": "* is the best epoch so far, by {what} on validation.",
        "ko": "*는 검증 {what:이/가} 지금까지 가장 좋은 에폭입니다.",
    },
    "best_loss": {"en": "loss", "ko": "손실"},
    "best_accuracy": {"en": "accuracy", "ko": "정확도"},
    "best_macro_f1": {"en": "macro F1", "ko": "매크로 F1"},
    "head_epoch": {"en": "epoch", "ko": "에폭"},
    "head_steps": {"en": "steps", "ko": "스텝"},
    "head_train_loss": {"en": "train\nloss", "ko": "학습\n손실"},
    "head_train_accuracy": {"en": "train\nacc.", "ko": "학습\n정확도"},
    "head_validation_loss": {"en": "valid.\nloss", "ko": "검증\n손실"},
    "head_validation_accuracy": {"en": "valid.\nacc.", "ko": "검증\n정확도"},
    "head_validation_f1": {"en": "valid.\nF1", "ko": "검증\nF1"},
    "head_learning_rate": {"en": "learn.\nrate", "ko": "학습률"},
    "head_speed": {"en": "texts\n/s", "ko": "텍스트\n/초"},
    "head_time": {"en": "time", "ko": "시간"},
    "head_left": {"en": "left", "ko": "남은\n시간"},
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
