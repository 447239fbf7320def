"""Sentences of a search for settings."""

MESSAGES = {
    "arg_space": {
        "en": "YAML file with what to choose from: 'batch_size: [8, 16, 32]', 'learning_rate: {{min: 1e-5, max: 1e-3, log: true}}'; "
        "the model's own space when not given.",
        "ko": "무엇 가운데 고를지 적은 YAML 파일: 'batch_size: [8, 16, 32]', 'learning_rate: {{min: 1e-5, max: 1e-3, log: "
        "true}}'. 지정하지 않으면 모델마다 정해진 탐색 공간을 씁니다.",
    },
    "arg_search": {
        "en": "How settings are drawn: grid (all combinations), random, optuna (near what went well; the default).",
        "ko": "설정을 뽑는 방식: grid(모든 조합), random(무작위), optuna(좋았던 값 가까이, 기본).",
    },
    "arg_scheduler": {
        "en": "Which trials go on: none (all, the default), asha (bad ones end early), pbt (bad ones copy weights and settings of "
        "better ones).",
        "ko": "시도를 계속할지 정하는 방식: none(모두 끝까지, 기본), asha(나쁜 시도는 일찍 끝냄), pbt(나쁜 시도가 더 나은 시도의 "
        "가중치와 설정을 물려받음).",
    },
    "arg_trials": {
        "en": "How many trials; 20 when --time is not given either. A grid has as many as it has points.",
        "ko": "시도 횟수. --time도 없으면 20. grid는 조합의 수만큼 합니다.",
    },
    "arg_time": {
        "en": "How long at most, as 2h or 45m: then no trial begins, and those that run end with their epoch.",
        "ko": "최대 시간. 예: 2h, 45m. 지나면 새 시도를 시작하지 않고, 하던 시도는 그 에폭까지만 합니다.",
    },
    "arg_metric": {
        "en": "What trials are judged by, on validation: macro_f1 (default), accuracy, log_loss …",
        "ko": "시도를 평가할 검증 지표: macro_f1(기본), accuracy, log_loss 등.",
    },
    "arg_out": {
        "en": "Folder to write; searches/DATA-MODEL when not given.",
        "ko": "저장할 폴더. 지정하지 않으면 searches/데이터-모델.",
    },
    "arg_seeds": {
        "en": "Train each trial with so many seeds: its score is the mean.",
        "ko": "시도마다 시드를 바꿔 이만큼 학습하고 평균으로 평가합니다.",
    },
    "arg_folds": {
        "en": "Judge each trial on so many folds of train, in place of the rows held out: its score is the mean.",
        "ko": "떼어 둔 행 대신 학습 데이터를 이만큼의 겹(fold)으로 나누어 시도마다 평균으로 평가합니다.",
    },
    "arg_cpus": {
        "en": "Cores of each trial; also a part of one, such as 0.5. Default 1.",
        "ko": "시도 하나가 쓰는 코어 수. 0.5처럼 나누어 쓸 수도 있습니다. 기본 1.",
    },
    "arg_gpus": {
        "en": "GPUs of each trial; also a part of one, such as 0.25. Default: 1 where there are any, for networks and encoders.",
        "ko": "시도 하나가 쓰는 GPU 수. 0.25처럼 나누어 쓸 수도 있습니다. 기본: GPU가 있으면 신경망과 인코더는 1.",
    },
    "arg_concurrent": {
        "en": "Trials at once; as many as there is room for when not given.",
        "ko": "동시에 하는 시도 수. 지정하지 않으면 자원이 되는 만큼.",
    },
    "arg_cluster": {
        "en": "Where to search: local (all cores of this machine), auto (the Ray cluster it belongs to), HOST:PORT.",
        "ko": "어디서 탐색할지: local(이 컴퓨터의 모든 코어), auto(이 컴퓨터가 속한 Ray 클러스터), 호스트:포트.",
    },
    "arg_storage": {
        "en": "On several machines: folder or URL (s3://…, gs://…) that all of them reach, for the runs of the trials.",
        "ko": "컴퓨터 여러 대에서: 시도의 결과를 둘, 모두가 닿을 수 있는 폴더나 URL(s3://…, gs://…).",
    },
    "arg_resume": {
        "en": "Go on with the search of -o DIR; all else may be left out. --trials and --time may be larger than before.",
        "ko": "-o 폴더의 탐색을 이어서 합니다. 나머지는 생략할 수 있습니다. --trials와 --time은 전보다 늘려도 됩니다.",
    },
    "arg_overwrite": {"en": "Replace a search that exists.", "ko": "이미 있는 탐색 결과를 지우고 새로 씁니다."},
    "space_missing": {
        "en": "There is no file '{path}'. --space wants a YAML file with a setting a line, such as 'batch_size: [8, 16, 32]'.",
        "ko": "'{path}' 파일이 없습니다. --space에는 'batch_size: [8, 16, 32]'처럼 한 줄에 설정 하나를 적은 YAML 파일을 "
        "지정하세요.",
    },
    "space_unreadable": {
        "en": "'{path}' is no space: {reason}. Write a setting a line, such as 'batch_size: [8, 16, 32]'.",
        "ko": "'{path}'{path:-을/를} 탐색 공간으로 읽을 수 없습니다({reason}). 'batch_size: [8, 16, 32]'처럼 한 줄에 설정 하나를 "
        "적으세요.",
    },
    "no_mapping": {"en": "it does not name settings", "ko": "설정 이름이 없음"},
    "space_invalid": {
        "en": "The space cannot be searched:\n{problems}",
        "ko": "이 공간은 탐색할 수 없습니다.\n{problems}",
    },
    "space_empty": {"en": "it is empty; name at least one setting", "ko": "비어 있음. 설정을 하나 이상 적으세요"},
    "space_single": {
        "en": "There is nothing to search: each of {names} has one value only. Give one of them several, or use maeum train.",
        "ko": "탐색할 것이 없습니다. {names}에 값이 하나씩만 있습니다. 값을 여러 개 주거나 maeum train을 쓰세요.",
    },
    "space_unknown": {
        "en": "{name}: {family} has no such setting.{near} Known: {known}",
        "ko": "{name}: {family}에 없는 설정입니다.{near} 있는 것: {known}",
    },
    "space_seed": {
        "en": "seed: a search among seeds finds luck. Leave it out; --seeds 3 trains each trial with three of them",
        "ko": "seed: 시드를 고르면 운을 고르게 됩니다. 빼세요. --seeds 3이면 시도마다 시드 셋으로 학습합니다",
    },
    "space_family": {
        "en": "{name}: one search has one model. Name it with --model, and compare the searches afterwards",
        "ko": "{name}: 탐색 하나에는 모델 하나만 씁니다. --model로 지정하고, 여러 모델은 따로 탐색한 뒤 비교하세요",
    },
    "space_data": {
        "en": "{name}: all trials share the data and how they are divided; give it as an option, outside the space",
        "ko": "{name}: 데이터와 그 분할은 모든 시도에 같아야 합니다. 탐색 공간이 아니라 옵션으로 지정하세요",
    },
    "space_fixed": {
        "en": "{name}: it is in the space and given as {value}; take it out of one of them",
        "ko": "{name}: 탐색 공간에도 있고 {value}{value:-으로/로} 지정되어 있기도 합니다. 한쪽에서 빼세요",
    },
    "choice_empty": {
        "en": "{name}: the list is empty; give values to choose from",
        "ko": "{name}: 목록이 비어 있습니다. 고를 값을 적으세요",
    },
    "choice_twice": {
        "en": "{name}: more than once in the list: {values}",
        "ko": "{name}: 목록에 두 번 이상 나온 값: {values}",
    },
    "range_key": {
        "en": "{name}: a range has no '{key}'.{near} Known: {known}",
        "ko": "{name}: 범위에 '{key}'{key:-은/는} 쓸 수 없습니다.{near} 쓸 수 있는 것: {known}",
    },
    "range_without": {
        "en": "{name}: the range has no {key}; write {{min: …, max: …}}, or a list of values",
        "ko": "{name}: 범위에 {key}{key:-이/가} 없습니다. {{min: …, max: …}}나 값의 목록을 적으세요",
    },
    "range_number": {
        "en": "{name}: {key} must be a number, found '{found}'",
        "ko": "{name}: {key}{key:-은/는} 수여야 하나 '{found}'입니다",
    },
    "range_log": {
        "en": "{name}: log must be true or false, found '{found}'",
        "ko": "{name}: log는 true나 false여야 하나 '{found}'입니다",
    },
    "range_reversed": {
        "en": "{name}: min {low} is larger than max {high}; the range holds nothing",
        "ko": "{name}: min {low}{low:-이/가} max {high}보다 커서 범위가 비어 있습니다",
    },
    "range_point": {
        "en": "{name}: min and max are both {low}; write '{name}: {low}' for one value",
        "ko": "{name}: min과 max가 모두 {low}입니다. 값이 하나면 '{name}: {low}'{low:-으로/로} 적으세요",
    },
    "range_log_zero": {
        "en": "{name}: log needs a min above 0, found {low}",
        "ko": "{name}: log를 쓰려면 min이 0보다 커야 하나 {low}입니다",
    },
    "range_whole": {
        "en": "{name}: it takes whole numbers; min, max and step must be such",
        "ko": "{name}: 정수만 쓰는 설정이므로 min, max, step도 정수여야 합니다",
    },
    "range_log_step": {
        "en": "{name}: log and step contradict each other; give one of them, or a list of values",
        "ko": "{name}: log와 step은 함께 쓸 수 없습니다. 하나만 쓰거나 값의 목록을 적으세요",
    },
    "range_step": {
        "en": "{name}: step {step} does not fit between min {low} and max {high}",
        "ko": "{name}: step {step}{step:-은/는} min {low}{low:-과/와} max {high} 사이에 맞지 않습니다",
    },
    "range_points": {
        "en": "{name}: points must be a whole number from 1, found {found}",
        "ko": "{name}: points는 1 이상의 정수여야 하나 {found}입니다",
    },
    "range_points_step": {
        "en": "{name}: points and step contradict each other, since a grid takes all steps; give one of them",
        "ko": "{name}: grid는 step마다 모두 쓰므로 points와 step을 함께 쓸 수 없습니다. 하나만 쓰세요",
    },
    "choice": {
        "en": "{option}: expected one of {known}, found '{found}'.{near}",
        "ko": "{option}: {known} 가운데 하나여야 하나 '{found}'입니다.{near}",
    },
    "whole": {
        "en": "{option}: expected a whole number from {least} to {most}, found '{found}'.",
        "ko": "{option}: {least}에서 {most}까지의 정수여야 하나 '{found}'입니다.",
    },
    "share": {
        "en": "{option}: expected a whole number or a part of one (0.5), found '{found}'.",
        "ko": "{option}: 정수나 1보다 작은 수(0.5)여야 하나 '{found}'입니다.",
    },
    "time": {
        "en": "--time: '{found}' is no length of time; write 2h, 45m or 1h30m.",
        "ko": "--time: '{found}'{found:-은/는} 시간으로 읽을 수 없습니다. 2h, 45m, 1h30m처럼 쓰세요.",
    },
    "metric_unknown": {
        "en": "--metric: models for these data are not judged by '{found}'.{near} Known: {known}",
        "ko": "--metric: 이 데이터의 모델은 '{found}'{found:-으로/로} 평가하지 않습니다.{near} 있는 것: {known}",
    },
    "metric_missing": {
        "en": "The trained model was not judged by '{metric}' on its validation rows. Choose another --metric.",
        "ko": "학습한 모델의 검증 결과에 '{metric}'{metric:-이/가} 없습니다. 다른 --metric을 고르세요.",
    },
    "test": {
        "en": "'{found}' are test rows: settings chosen on them would make every test figure too good. Tune on train, of which a "
        "part is held out, or name other rows with --validation; judge once at the end with maeum evaluate.",
        "ko": "'{found}'{found:-은/는} 테스트 데이터입니다. 여기서 설정을 고르면 테스트 점수가 실제보다 좋게 나옵니다. 일부를 떼어 "
        "두는 train으로 탐색하거나 --validation으로 다른 데이터를 지정하고, 마지막에 maeum evaluate로 한 번만 평가하세요.",
    },
    "no_validation": {
        "en": "There are no validation rows to judge trials on. Leave --validation-fraction above 0, or name rows with "
        "--validation.",
        "ko": "시도를 평가할 검증 데이터가 없습니다. --validation-fraction을 0보다 크게 두거나 --validation으로 지정하세요.",
    },
    "seeds_and_folds": {
        "en": "--seeds and --folds are two ways to see how much is chance. Give one of them.",
        "ko": "--seeds와 --folds는 우연을 재는 두 가지 방법입니다. 하나만 쓰세요.",
    },
    "folds_and_validation": {
        "en": "--folds judges on parts of train, and --validation '{found}' would not be used. Leave one of them out.",
        "ko": "--folds는 학습 데이터를 나누어 평가하므로 --validation '{found}'{found:-을/를} 쓰지 않습니다. 하나를 빼세요.",
    },
    "scheduler_family": {
        "en": "--scheduler {scheduler} looks at trials after each epoch, and {family} learns all at once. Leave it out; --trials "
        "and --time still limit the search.",
        "ko": "--scheduler {scheduler:은/는} 에폭마다 시도를 살피는데 {family:은/는} 한 번에 배웁니다. 빼세요. --trials와 "
        "--time으로 탐색을 제한할 수 있습니다.",
    },
    "scheduler_several": {
        "en": "--scheduler {scheduler} follows one training of each trial. Leave out --seeds and --folds, and train the best "
        "settings with --seeds afterwards.",
        "ko": "--scheduler {scheduler:은/는} 시도마다 학습 하나만 따라갑니다. --seeds와 --folds를 빼고, 가장 좋은 설정을 나중에 "
        "--seeds로 학습하세요.",
    },
    "scheduler_metric": {
        "en": "--scheduler {scheduler} needs a metric after each epoch, and {metric} is counted at the end only. Choose one of "
        "{known}.",
        "ko": "--scheduler {scheduler:은/는} 에폭마다 지표가 필요한데 {metric:은/는} 끝에만 계산합니다. {known} 가운데 고르세요.",
    },
    "pbt_space": {
        "en": "--scheduler pbt changes settings during training, which these can: {known}; found {found}. Put one of them into "
        "the space, or use --scheduler asha.",
        "ko": "--scheduler pbt는 학습 도중에 설정을 바꿉니다. 바꿀 수 있는 것: {known}. 있는 것: {found}. 하나를 탐색 공간에 넣거나 "
        "--scheduler asha를 쓰세요.",
    },
    "pbt_search": {
        "en": "--scheduler pbt draws its whole population at the start, before Optuna could learn. Use --search random or grid.",
        "ko": "--scheduler pbt는 모든 시도를 처음에 뽑으므로 Optuna가 배울 틈이 없습니다. --search random이나 grid를 쓰세요.",
    },
    "pbt_trials": {
        "en": "--scheduler pbt needs a population of known size: --trials {least} or more, found '{found}'.",
        "ko": "--scheduler pbt는 시도 수를 미리 정해야 합니다: --trials {least} 이상이어야 하나 '{found}'입니다.",
    },
    "grid_large": {
        "en": "The grid has {size:,} points, more than {most:,}: {sizes}. Give --trials N to draw N of them, fewer values, or "
        "--search random.",
        "ko": "grid의 조합이 {size:,}개로 {most:,}개보다 많습니다: {sizes}. --trials N으로 N개만 뽑거나, 값을 줄이거나, --search "
        "random을 쓰세요.",
    },
    "client": {
        "en": "'{found}' is Ray's client, through which a search cannot be followed. Run this on a machine of the cluster, with "
        "--cluster auto or HOST:PORT.",
        "ko": "'{found}'{found:-은/는} Ray 클라이언트 주소라서 탐색을 따라갈 수 없습니다. 클러스터에 속한 컴퓨터에서 --cluster auto나 "
        "호스트:포트로 실행하세요.",
    },
    "no_room": {
        "en": "A trial wants {cpus} CPU and {gpus} GPU, which no machine has ({found}). Lower --cpus or --gpus.",
        "ko": "시도 하나에 CPU {cpus}개와 GPU {gpus}개가 필요하지만 그런 컴퓨터가 없습니다({found}). --cpus나 --gpus를 줄이세요.",
    },
    "exists": {
        "en": "'{path}' holds a search that is finished. Add --overwrite to replace it, --resume with more --trials to go on with "
        "it, or choose another -o.",
        "ko": "'{path}'에 끝난 탐색이 있습니다. 새로 하려면 --overwrite, 더 하려면 --resume과 더 큰 --trials를 붙이거나 다른 -o를 "
        "지정하세요.",
    },
    "unfinished": {
        "en": "'{path}' holds a search that is not finished. Go on with it: maeum tune --resume -o {path}; or replace it with "
        "--overwrite.",
        "ko": "'{path}'에 끝나지 않은 탐색이 있습니다. 이어서 하기: maeum tune --resume -o {path}. 새로 하려면 --overwrite를 "
        "붙이세요.",
    },
    "plan_damaged": {
        "en": "The search in '{path}' cannot go on: its {file} is damaged. Start anew with --overwrite.",
        "ko": "'{path}'의 탐색을 이어서 할 수 없습니다. {file}{file:-이/가} 손상되었습니다. --overwrite로 새로 시작하세요.",
    },
    "resume_what": {
        "en": "--resume needs -o DIR, the folder of the search to go on with.",
        "ko": "--resume에는 이어서 할 탐색의 폴더를 -o로 지정해야 합니다.",
    },
    "nothing_to_resume": {
        "en": "There is no search in '{path}' to go on with.",
        "ko": "'{path}'에 이어서 할 탐색이 없습니다.",
    },
    "resume_other": {
        "en": "The search in '{path}' was begun otherwise: {parts}. Go on as it was begun (maeum tune --resume -o {path}), or start "
        "anew with --overwrite.",
        "ko": "'{path}'의 탐색은 다르게 시작했습니다: {parts}. 시작한 대로 이어서 하거나(maeum tune --resume -o {path}) --overwrite로 "
        "새로 시작하세요.",
    },
    "resumed": {
        "en": "Going on: trials that have ended: {ended}; that begin again: {again}.",
        "ko": "이어서 합니다. 끝난 시도 {ended}개, 다시 시작하는 시도 {again}개.",
    },
    "grid": {
        "en": "The grid has {size:,} points; {total:,} of them are tried.",
        "ko": "grid의 조합 {size:,}개 가운데 {total:,}개를 시도합니다.",
    },
    "kept": {
        "en": "Trials that have ended are kept: {ended}. Go on with: maeum tune --resume -o {path}",
        "ko": "끝난 시도 {ended}개를 남겨 두었습니다. 이어서 하기: maeum tune --resume -o {path}",
    },
    "reason_memory": {
        "en": "memory ran out, also with half the batch",
        "ko": "배치를 절반으로 줄여도 메모리가 모자람",
    },
    "reason_lost": {
        "en": "its process or machine was lost again and again: {reason}",
        "ko": "프로세스나 컴퓨터를 거듭 잃음: {reason}",
    },
    "reason_time": {"en": "time was over before it ended", "ko": "끝나기 전에 시간이 다 됨"},
    "line_finished": {
        "en": "trial {number}: {score} ({epochs} epoch(s), {seconds:.0f} s)  {settings}",
        "ko": "시도 {number}: {score}({epochs}에폭, {seconds:.0f}초)  {settings}",
    },
    "line_stopped": {
        "en": "trial {number}: {score}, stopped after {epochs} epoch(s), {seconds:.0f} s  {settings}",
        "ko": "시도 {number}: {score}, {epochs}에폭 뒤 중단, {seconds:.0f}초  {settings}",
    },
    "line_failed": {
        "en": "trial {number}: failed: {reason}  {settings}",
        "ko": "시도 {number}: 실패({reason})  {settings}",
    },
    "some_failed": {
        "en": "{failed} of {total} trials failed: {reasons}",
        "ko": "시도 {total}개 가운데 {failed}개가 실패했습니다: {reasons}",
    },
    "all_failed": {
        "en": "All {count} trials failed, the most frequent reason first:\n{reasons}\nThey are listed in '{path}/trials.parquet'.",
        "ko": "시도 {count}개가 모두 실패했습니다. 가장 잦은 까닭부터:\n{reasons}\n'{path}/trials.parquet'에 모두 적혀 있습니다.",
    },
    "none_ended": {
        "en": "No trial ended with a score before the time was over. Give more --time, and go on with --resume -o {path}.",
        "ko": "시간 안에 점수를 낸 시도가 없습니다. --time을 늘려 --resume -o {path}{path:-으로/로} 이어서 하세요.",
    },
    "done": {
        "en": "{total} trial(s) in {seconds:.0f} s.",
        "ko": "시도 {total}개, {seconds:.0f}초.",
    },
    "next_report": {"en": "Page: {report}", "ko": "보고서: {report}"},
    "board_title": {
        "en": "Trials: {ended} ended, {running} running{of}",
        "ko": "시도: 끝남 {ended}, 진행 {running}{of}",
    },
    "board_of": {"en": ", of {total}", "ko": ", 전체 {total}"},
    "board_earlier": {"en": "… and {count} more", "ko": "… 그 밖에 {count}개"},
    "head_trial": {"en": "trial", "ko": "시도"},
    "head_epoch": {"en": "epoch", "ko": "에폭"},
    "head_status": {"en": "status", "ko": "상태"},
    "status_running": {"en": "running", "ko": "진행"},
    "status_finished": {"en": "finished", "ko": "끝남"},
    "status_stopped": {"en": "stopped", "ko": "중단"},
    "status_failed": {"en": "failed", "ko": "실패"},
}
