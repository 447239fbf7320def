"""Sentences of comparing runs."""

MESSAGES = {
    # refusals
    "one": {
        "en": "Comparing takes two runs or more, and {count} was named: maeum compare runs/linear runs/cnn",
        "ko": "비교하려면 학습 결과가 두 개 이상 필요한데 {count}개만 지정했습니다: maeum compare runs/linear runs/cnn",
    },
    "one_holds_runs": {
        "en": "'{path}' is no run but holds runs ({runs}). Name them: maeum compare {example}",
        "ko": "'{path}'{path:-은/는} 학습 결과가 아니라 학습 결과를 담은 폴더입니다({runs}). 하나씩 지정하세요: maeum compare {example}",
    },
    "not_runs": {
        "en": "Not a run folder: {found}. A run is the folder that `maeum train … -o RUN` wrote (it holds {recipe}).",
        "ko": "학습 결과 폴더가 아닙니다: {found}. `maeum train … -o 폴더`가 만든 폴더({recipe}{recipe:-이/가} 든 폴더)를 지정하세요.",
    },
    "twice": {
        "en": "The same run was named more than once: {found}. Name each run once.",
        "ko": "같은 학습 결과를 두 번 이상 지정했습니다: {found}. 한 번씩만 지정하세요.",
    },
    "tasks_differ": {
        "en": "These runs answer different questions and cannot be compared: {found}. Compare runs of one task.",
        "ko": "서로 다른 과제의 학습 결과라 비교할 수 없습니다: {found}. 같은 과제의 학습 결과끼리 비교하세요.",
    },
    "labels_differ": {
        "en": "The labels differ: {first} has {one}; {second} has {two}. Compare runs that were trained with the same labels.",
        "ko": "레이블이 다릅니다. {first}: {one} / {second}: {two}. 같은 레이블로 학습한 결과끼리 비교하세요.",
    },
    "needs_data": {
        "en": "{names} would have no effect: such options say how --data is read. Add --data nsmc:test, or leave them out.",
        "ko": "{names}{names:-은/는} --data를 읽는 방법을 정하는 옵션이라 쓰이지 않습니다. --data nsmc:test처럼 데이터를 지정하거나 그 "
        "옵션을 빼세요.",
    },
    # why a pair of runs is not tested
    "rows_differ": {
        "en": "{best} and {other} held out different validation rows ({first:,} and {second:,}; {shared:,} ids in common), so "
        "no paired test: their numbers come from different texts. Train both with the same data and --split-seed, or judge both on "
        "the same rows with --data.",
        "ko": "{best}{best:-과/와} {other}의 검증 데이터가 서로 달라({first:,}개와 {second:,}개, 공통 id {shared:,}개) 짝지은 검정을 하지 "
        "않았습니다. 두 수치는 서로 다른 텍스트에서 나온 것입니다. 같은 데이터와 --split-seed로 학습하거나, --data로 같은 데이터에서 평가하세요.",
    },
    "texts_differ": {
        "en": "The validation rows of {best} and {other} have the same ids but other texts or labels, so no paired test. Judge "
        "both on the same rows with --data.",
        "ko": "{best}{best:-과/와} {other}의 검증 데이터는 id는 같지만 텍스트나 레이블이 달라 짝지은 검정을 하지 않았습니다. --data로 같은 "
        "데이터에서 평가하세요.",
    },
    "no_rows": {
        "en": "{other} has no predictions on validation rows (none were held out, or the file is gone), so no paired test. "
        "Judge it with --data.",
        "ko": "{other}에는 검증 데이터에 대한 예측이 없어(따로 떼어 두지 않았거나 파일이 없음) 짝지은 검정을 하지 않았습니다. --data로 "
        "평가하세요.",
    },
    "none_judged": {
        "en": "None of these runs was judged, because no validation rows were held out. Judge them with --data.",
        "ko": "검증 데이터를 떼어 두지 않아 평가된 학습 결과가 없습니다. --data로 평가하세요.",
    },
    # notes
    "note_chosen": {
        "en": "These are validation rows: epochs, settings and calibration were chosen on them, and so was the best run here. "
        "For a figure to quote, judge on test data (--data).",
        "ko": "검증 데이터로 계산한 수치입니다. 에폭과 설정과 확률 보정이 이 데이터로 정해졌고, 여기에서 가장 좋은 모델도 이 데이터로 "
        "골랐습니다. 인용할 수치는 테스트 데이터(--data)로 구하세요.",
    },
    "note_seeds": {
        "en": "{runs}: mean ± standard deviation over seeds. The paired tests use the model that was kept, not the mean.",
        "ko": "{runs}: 여러 시드의 평균 ± 표준편차입니다. 짝지은 검정은 평균이 아니라 남겨 둔 모델로 했습니다.",
    },
    "note_seen": {"en": "{run}: {note}", "ko": "{run}: {note}"},
    "note_holm": {
        "en": "{count} runs are tested against the best at once; p values are corrected for that (Holm).",
        "ko": "가장 좋은 모델을 {count}개와 한꺼번에 비교하므로 p값을 그에 맞게 보정했습니다(Holm).",
    },
    # verdicts
    "better": {
        "en": "{best} is better than {other} by {difference} ({low} to {high}, 95 % interval): more than chance explains.",
        "ko": "{best}{best:-이/가} {other}보다 {difference} 높습니다(95% 구간 {low}~{high}). 우연으로 설명되는 차이보다 큽니다.",
    },
    "not_shown": {
        "en": "No difference between {best} and {other} can be shown with {count:,} rows ({difference}; {low} to {high}, 95 % "
        "interval).",
        "ko": "{count:,}개로는 {best}{best:-과/와} {other}의 차이를 보일 수 없습니다({difference}, 95% 구간 {low}~{high}).",
    },
    "would_take": {
        "en": "With so many rows it would take a difference of about {difference}.",
        "ko": "이 정도 데이터에서는 {difference} 정도의 차이가 있어야 드러납니다.",
    },
    "points": {"en": "{value:.1f} points", "ko": "{value:.1f}%p"},
    "points_fine": {"en": "{value:.2f} points", "ko": "{value:.2f}%p"},
    "headline": {
        "en": "{best} has the best {metric}: {value}.",
        "ko": "{metric}{metric:-이/가} 가장 높은 것은 {best}입니다: {value}.",
    },
    # table
    "run": {"en": "run", "ko": "학습 결과"},
    "family": {"en": "model", "ko": "모델"},
    "accuracy": {"en": "accuracy", "ko": "정확도"},
    "exact": {"en": "all labels right", "ko": "완전 일치율"},
    "macro_f1": {"en": "macro F1", "ko": "매크로 F1"},
    "micro_f1": {"en": "micro F1", "ko": "마이크로 F1"},
    "train_loss": {"en": "train loss", "ko": "학습 손실"},
    "validation_loss": {"en": "validation loss", "ko": "검증 손실"},
    "log_loss": {"en": "log loss", "ko": "로그 손실"},
    "ece": {"en": "calibration error", "ko": "보정 오차(ECE)"},
    "parameters": {"en": "parameters", "ko": "파라미터 수"},
    "megabytes": {"en": "size (MB)", "ko": "크기(MB)"},
    "seconds": {"en": "training time", "ko": "학습 시간"},
    "examples_per_s": {"en": "examples/s", "ko": "초당 예제 수"},
    "epochs": {"en": "epochs", "ko": "에폭 수"},
    "best_epoch": {"en": "best epoch", "ko": "최고 에폭"},
    # tests
    "difference": {"en": "difference", "ko": "차이"},
    "interval": {"en": "95 % interval", "ko": "95% 구간"},
    "only_best": {"en": "only the best right", "ko": "최고 모델만 맞힘"},
    "only_other": {"en": "only the other right", "ko": "상대만 맞힘"},
    "mcnemar": {"en": "McNemar p", "ko": "McNemar p"},
    "adjusted": {"en": "p corrected (Holm)", "ko": "보정한 p(Holm)"},
    "against": {"en": "{best} against", "ko": "{best}의 비교 상대"},
    # page
    "title": {"en": "{count} runs compared", "ko": "학습 결과 {count}개 비교"},
    "on_data": {"en": "Judged on {data}.", "ko": "평가 데이터: {data}"},
    "on_validation": {
        "en": "Judged on the validation rows of each run.",
        "ko": "각 학습 결과의 검증 데이터로 평가했습니다.",
    },
    "kicker": {"en": "maeum · comparison", "ko": "maeum · 비교"},
    "contents": {"en": "Contents", "ko": "목차"},
    "limits": {"en": "What limits these numbers", "ko": "수치를 읽을 때 주의할 점"},
    "section_verdict": {"en": "At a glance", "ko": "한눈에 보기"},
    "section_table": {"en": "All numbers", "ko": "모든 수치"},
    "section_tests": {"en": "Paired tests", "ko": "짝지은 검정"},
    "section_curves": {"en": "Learning curves", "ko": "학습 곡선"},
    "intro_table": {
        "en": "Losses are those of the best epoch. The best value of a column is marked where one direction is better.",
        "ko": "손실은 최고 에폭의 값입니다. 클수록 또는 작을수록 좋은 열에는 가장 좋은 값을 표시했습니다.",
    },
    "intro_tests": {
        "en": "Both models answered the same rows. McNemar's test looks at the rows that only one of them has right; the "
        "interval comes from resampling rows ({resamples:,} times), with both answers kept together.",
        "ko": "두 모델이 같은 데이터에 답했습니다. McNemar 검정은 한쪽만 맞힌 데이터를 보고, 구간은 두 답을 묶은 채 데이터를 "
        "{resamples:,}번 다시 뽑아 구했습니다.",
    },
    "intro_curves": {
        "en": "Validation loss and accuracy by epoch; dots mark the best epoch. Runs with a single round of training are flat "
        "lines.",
        "ko": "에폭별 검증 손실과 정확도이며, 점은 최고 에폭입니다. 한 번에 학습하는 모델은 수평선으로 그렸습니다.",
    },
    "plot_metric": {"en": "{metric}, with 95 % intervals", "ko": "{metric}, 95% 구간"},
    "plot_loss": {"en": "Validation loss", "ko": "검증 손실"},
    "plot_accuracy": {"en": "Validation accuracy", "ko": "검증 정확도"},
    "axis_epoch": {"en": "epoch", "ko": "에폭"},
    "alt_metric": {"en": "{metric} of each run with its 95 % interval", "ko": "학습 결과별 {metric}, 95% 구간 포함"},
    "alt_curves": {
        "en": "Validation loss and accuracy of each run by epoch",
        "ko": "학습 결과별 에폭에 따른 검증 손실과 정확도",
    },
    "duration_s": {"en": "{seconds:.1f} s", "ko": "{seconds:.1f}초"},
    "duration_m": {"en": "{minutes:.1f} min", "ko": "{minutes:.1f}분"},
    "duration_h": {"en": "{hours:.1f} h", "ko": "{hours:.1f}시간"},
    "judging": {"en": "Judging {run} on {data} …", "ko": "{data}에서 {run} 평가 중 …"},
}
