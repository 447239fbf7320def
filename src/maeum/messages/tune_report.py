"""Sentences of the report of a search."""

MESSAGES = {
    "no_search": {
        "en": "'{path}' is not the folder of a search (found: {found}). Name the folder that `maeum tune … -o DIR` wrote.",
        "ko": "'{path}'{path:-은/는} 탐색 결과 폴더가 아닙니다(들어 있는 것: {found}). `maeum tune … -o 폴더`가 만든 폴더를 지정하세요.",
    },
    # headline
    "headline": {
        "en": "Trial {trial} is the best of {count}: {metric} {score} on validation.",
        "ko": "시도 {count}개 가운데 {trial}번이 가장 좋습니다: 검증 {metric} {score}.",
    },
    "headline_one": {
        "en": "The only trial has {metric} {score} on validation; there is nothing to choose from.",
        "ko": "시도가 하나뿐이라 고를 것이 없습니다: 검증 {metric} {score}.",
    },
    "headline_stopped": {
        "en": "No trial has finished yet. The best so far is trial {trial} of {count}, which was stopped early: {metric} {score} on "
        "validation.",
        "ko": "끝까지 학습한 시도가 아직 없습니다. 지금까지는 시도 {count}개 가운데 도중에 멈춘 {trial}번이 가장 좋습니다: 검증 {metric} "
        "{score}.",
    },
    "headline_none": {"en": "No trial has ended yet.", "ko": "아직 끝난 시도가 없습니다."},
    "headline_begun": {
        "en": "This search was interrupted. Go on with it: {command}",
        "ko": "이 탐색은 중단되었습니다. 이어서 하려면: {command}",
    },
    "headline_failed": {
        "en": "All {count} trials failed. Most often: {reason} ({times} ×)",
        "ko": "시도 {count}개가 모두 실패했습니다. 가장 잦은 이유: {reason}({times}번)",
    },
    "headline_unscored": {
        "en": "None of {count} trials gave a usable {metric}.",
        "ko": "시도 {count}개 가운데 쓸 수 있는 {metric} 값을 낸 것이 없습니다.",
    },
    "best_settings": {"en": "Its settings: {settings}", "ko": "설정: {settings}"},
    "setting": {"en": "{name} {value}", "ko": "{name} {value}"},
    "with_sd": {"en": "{score} ± {sd}", "ko": "{score} ± {sd}"},
    "percent": {"en": "{value:.2f} %", "ko": "{value:.2f}%"},
    "points": {"en": "{value:.2f} points", "ko": "{value:.2f}%p"},
    # how sure
    "second_shown": {
        "en": "Trial {best} is better than the second, trial {other}, by {difference} ({low} to {high}, 95 % interval on the same "
        "{rows:,} rows): more than chance explains.",
        "ko": "{best}번이 2위인 {other}번보다 {difference} 좋습니다(같은 데이터 {rows:,}개에서 95% 구간 {low}~{high}). 우연으로 설명되는 차이보다 "
        "큽니다.",
    },
    "second_not_shown": {
        "en": "Trial {best} cannot be told from the second, trial {other} ({difference}; {low} to {high}, 95 % interval on the same "
        "{rows:,} rows): either may be the better one.",
        "ko": "{best}번과 2위인 {other}번은 우열을 가릴 수 없습니다({difference}, 같은 데이터 {rows:,}개에서 95% 구간 {low}~{high}). 어느 쪽이 더 "
        "좋은지 알 수 없습니다.",
    },
    "second_within": {
        "en": "Trial {best} leads the second, trial {other}, by {difference}: within what chance moves such a score ({bound}).",
        "ko": "{best}번과 2위인 {other}번의 차이는 {difference}로, 우연으로 생기는 차이({bound}) 안에 있습니다.",
    },
    "second_beyond": {
        "en": "Trial {best} leads the second, trial {other}, by {difference}: more than chance moves such a score ({bound}).",
        "ko": "{best}번과 2위인 {other}번의 차이는 {difference}로, 우연으로 생기는 차이({bound})보다 큽니다.",
    },
    "ties": {
        "en": "{count} of the {all} finished trials lie within {bound} of the best, about what chance moves one score against another on "
        "{rows:,} validation rows. Among them a smaller or faster model costs nothing that can be measured here.",
        "ko": "끝까지 학습한 시도 {all}개 가운데 {count}개가 가장 좋은 값에서 {bound} 안에 있습니다. 검증 데이터 {rows:,}개에서는 우연으로도 이 "
        "정도 차이가 납니다. 이 가운데 더 작거나 빠른 모델을 골라도 여기서 잴 수 있는 손해는 없습니다.",
    },
    "all_equal": {
        "en": "All trials have the same score, so no setting that was searched made a difference.",
        "ko": "모든 시도의 점수가 같아, 탐색한 설정은 아무 차이도 만들지 않았습니다.",
    },
    # settings
    "mattered": {
        "en": "{name} mattered most: by itself it explains {share} of the differences between scores{next}.",
        "ko": "가장 중요한 설정은 {name}입니다. 점수 차이의 {share}를 혼자 설명합니다{next}.",
    },
    "mattered_next": {"en": ", {name} {share}", "ko": "({name} {share})"},
    "mattered_weak": {
        "en": "{name} may have mattered most, but {count} trials foretell the score of a further one too badly to tell.",
        "ko": "{name}{name:-이/가} 가장 중요했을 수 있지만, 시도 {count}개로는 새 시도의 점수를 거의 예측하지 못해 단정할 수 없습니다.",
    },
    "mattered_unknown": {
        "en": "Which setting mattered most cannot be said from {count} scores; it takes {needed} or more.",
        "ko": "점수 {count}개로는 어느 설정이 중요했는지 말할 수 없습니다. {needed}개 이상 있어야 합니다.",
    },
    "edge_high": {
        "en": "{name} {value} lies at the upper end of what was searched ({searched}): larger values may be better, so widen it.",
        "ko": "가장 좋은 {name} 값 {value}{value:-이/가} 탐색한 범위({searched})의 위쪽 끝에 있습니다. 더 큰 값이 나을 수 있으니 범위를 넓히세요.",
    },
    "edge_low": {
        "en": "{name} {value} lies at the lower end of what was searched ({searched}): smaller values may be better, so widen it.",
        "ko": "가장 좋은 {name} 값 {value}{value:-이/가} 탐색한 범위({searched})의 아래쪽 끝에 있습니다. 더 작은 값이 나을 수 있으니 범위를 "
        "넓히세요.",
    },
    # what became of the trials
    "stopped_early": {
        "en": "{count} of {all} trials were stopped early, because others did better after as many epochs or because time was over; their "
        "scores are those they had by then.",
        "ko": "시도 {all}개 가운데 {count}개는 같은 에폭에서 다른 시도보다 뒤졌거나 시간이 다 되어 도중에 멈췄습니다. 점수는 멈출 때까지의 "
        "값입니다.",
    },
    "cut_short": {
        "en": "{count} of {all} trials were cut short when time was over; their scores are those they had by then.",
        "ko": "시도 {all}개 가운데 {count}개는 시간이 다 되어 도중에 멈췄습니다. 점수는 멈출 때까지의 값입니다.",
    },
    "some_failed": {
        "en": "{count} of {all} trials failed: {reasons}",
        "ko": "시도 {all}개 가운데 {count}개가 실패했습니다: {reasons}",
    },
    "reason_times": {"en": "{reason} ({count} ×)", "ko": "{reason}({count}번)"},
    "no_reason": {"en": "no reason was recorded", "ko": "이유가 기록되지 않음"},
    "unfinished": {
        "en": "{count} of {all} trials had not ended when this was written.",
        "ko": "시도 {all}개 가운데 {count}개는 이 보고서를 쓸 때 아직 끝나지 않았습니다.",
    },
    "unscored": {
        "en": "{count} of {all} trials ended without a usable score (not a number); they are listed and count for nothing.",
        "ko": "시도 {all}개 가운데 {count}개는 쓸 수 있는 점수 없이 끝났습니다(숫자가 아님). 표에는 있지만 비교에서는 뺐습니다.",
    },
    "retried": {
        "en": "{count} of {all} trials were begun again, because memory ran out (then with half the batch and double the accumulation) or a machine "
        "was lost.",
        "ko": "시도 {all}개 가운데 {count}개는 메모리가 모자라거나(이때는 배치를 절반으로, 누적을 두 배로 바꿈) 장비가 끊겨 다시 시작했습니다.",
    },
    # notes
    "note_flattering": {
        "en": "The best score flatters: it is the highest of {count}, all judged on the same validation rows. On new texts expect a little "
        "less; the figure to quote is that of the test data, judged once, after the choice.",
        "ko": "가장 좋은 점수는 실제보다 좋게 보입니다. 같은 검증 데이터로 매긴 {count}개 가운데 가장 높은 값이기 때문입니다. 새 텍스트에서는 "
        "조금 낮을 것입니다. 인용할 수치는 선택을 마친 뒤 테스트 데이터로 한 번 구한 값입니다.",
    },
    "note_stopped": {
        "en": "How much settings mattered rests on stopped trials too, whose scores come from fewer epochs: too few finished.",
        "ko": "끝까지 학습한 시도가 적어, 설정의 중요도는 더 적은 에폭에서 멈춘 시도의 점수까지 써서 구했습니다.",
    },
    "note_weak": {
        "en": "How much settings mattered is a hint here: of trials it was not shown, the forest behind it foretells {share} of the "
        "differences between scores.",
        "ko": "설정의 중요도는 참고만 하세요. 그 바탕이 되는 랜덤 포레스트가 보지 않은 시도의 점수 차이를 {share}만 예측합니다.",
    },
    "note_pbt": {
        "en": "Population based training changes settings while a trial trains: shown are the last ones. A training that has them from the "
        "beginning may end elsewhere.",
        "ko": "개체군 기반 학습(PBT)은 학습 도중에 설정을 바꿉니다. 여기에는 마지막 설정이 나옵니다. 처음부터 그 설정으로 학습하면 결과가 다를 수 "
        "있습니다.",
    },
    "note_sd": {
        "en": "Scores are mean ± standard deviation over the seeds or folds of a trial.",
        "ko": "점수는 한 시도 안의 시드나 폴드에 걸친 평균 ± 표준편차입니다.",
    },
    # what next
    "next": {"en": "What next", "ko": "다음에 할 일"},
    "train_with": {"en": "Train with the best settings: {command}", "ko": "가장 좋은 설정으로 학습: {command}"},
    "judge_with": {
        "en": "Then judge once on test data: {command}",
        "ko": "그다음 테스트 데이터로 한 번 평가: {command}",
    },
    # page
    "kicker": {"en": "maeum · search for settings", "ko": "maeum · 설정 탐색"},
    "title": {"en": "{count} trials on {data}", "ko": "{data}: 시도 {count}개"},
    "title_plain": {"en": "{count} trials", "ko": "시도 {count}개"},
    "contents": {"en": "Contents", "ko": "목차"},
    "limits": {"en": "What limits these numbers", "ko": "수치를 읽을 때 주의할 점"},
    "section_verdict": {"en": "At a glance", "ko": "한눈에 보기"},
    "section_search": {"en": "The search", "ko": "탐색"},
    "section_settings": {"en": "Settings", "ko": "설정"},
    "section_trials": {"en": "All trials", "ko": "모든 시도"},
    "section_curves": {"en": "Learning curves", "ko": "학습 곡선"},
    "section_progress": {"en": "Progress", "ko": "진행"},
    "intro_settings": {
        "en": "How much of the differences between scores a setting explains by itself; what is left lies in combinations and chance. "
        "A random forest learns the scores from the settings, and each setting is moved alone.",
        "ko": "점수 차이 가운데 설정 하나가 혼자 설명하는 몫입니다. 나머지는 설정의 조합과 우연에 있습니다. 랜덤 포레스트로 설정에서 점수를 "
        "예측하게 한 뒤 설정을 하나씩만 움직여 구했습니다.",
    },
    "intro_parallel": {
        "en": "A line is a trial: from setting to setting to its score. Darker is better; the best stands out.",
        "ko": "선 하나가 시도 하나로, 각 설정값을 지나 점수에 이릅니다. 진할수록 좋고, 가장 좋은 시도는 색이 다릅니다.",
    },
    "intro_parallel_few": {
        "en": "Shown are the {shown} settings that mattered most, of {all}.",
        "ko": "설정 {all}개 가운데 가장 중요한 {shown}개만 그렸습니다.",
    },
    "intro_trials": {
        "en": "The best first; those stopped early come after those that finished.",
        "ko": "좋은 것부터 늘어놓았습니다. 도중에 멈춘 시도는 끝까지 학습한 시도 뒤에 있습니다.",
    },
    "trials_more": {
        "en": "{rest:,} further trials are in {file}.",
        "ko": "나머지 시도 {rest:,}개는 {file}에 있습니다.",
    },
    "intro_curves": {
        "en": "Every trial by epoch; the best stands out, a cross marks where a trial was stopped.",
        "ko": "시도별 에폭에 따른 변화입니다. 가장 좋은 시도는 색이 다르고, 도중에 멈춘 곳에는 ×표를 했습니다.",
    },
    "intro_progress": {
        "en": "The line is the best score so far. Where it has long been level, more trials of this search bring little.",
        "ko": "선은 그때까지 가장 좋은 점수입니다. 오래 평평했다면 같은 탐색을 더 해도 얻을 것이 적습니다.",
    },
    "column_trial": {"en": "trial", "ko": "시도"},
    "column_epochs": {"en": "epochs trained", "ko": "학습한 에폭"},
    "column_examples": {"en": "examples seen", "ko": "학습한 예제"},
    "column_seconds": {"en": "time", "ko": "시간"},
    "column_state": {"en": "state", "ko": "상태"},
    "column_setting": {"en": "setting", "ko": "설정"},
    "column_searched": {"en": "searched", "ko": "탐색한 값"},
    "column_best": {"en": "best trial", "ko": "가장 좋은 시도"},
    "column_share": {"en": "explains", "ko": "설명하는 몫"},
    "state_finished": {"en": "finished", "ko": "완료"},
    "state_stopped": {"en": "stopped early", "ko": "도중에 멈춤"},
    "state_other": {"en": "not ended", "ko": "끝나지 않음"},
    "state_unscored": {"en": "no usable score", "ko": "쓸 수 있는 점수 없음"},
    "state_because": {"en": "{state}: {reason}", "ko": "{state}: {reason}"},
    "state_retried": {"en": "{state}, at the second go", "ko": "{state}(다시 시작함)"},
    "failures": {"en": "Failed trials", "ko": "실패한 시도"},
    "column_reason": {"en": "reason", "ko": "이유"},
    "column_settings": {"en": "settings", "ko": "설정"},
    "fact_metric": {"en": "judged by", "ko": "기준"},
    "fact_search": {"en": "search", "ko": "탐색 방법"},
    "fact_scheduler": {"en": "scheduler", "ko": "스케줄러"},
    "fact_data": {"en": "data", "ko": "데이터"},
    "fact_rows": {"en": "validation rows", "ko": "검증 데이터"},
    "fact_trials": {"en": "trials", "ko": "시도"},
    "fact_examples": {"en": "training examples, all trials", "ko": "학습한 예제, 전체"},
    "fact_seconds": {"en": "time of the search", "ko": "탐색에 걸린 시간"},
    "fact_trial_seconds": {"en": "time of all trials", "ko": "모든 시도의 시간"},
    "fact_machine": {"en": "machine", "ko": "장비"},
    "trials_by_state": {"en": "{all} ({states})", "ko": "{all}개({states})"},
    "count_finished": {"en": "{count} finished", "ko": "완료 {count}"},
    "count_stopped": {"en": "{count} stopped early", "ko": "도중에 멈춤 {count}"},
    "count_failed": {"en": "{count} failed", "ko": "실패 {count}"},
    "count_other": {"en": "{count} not ended", "ko": "끝나지 않음 {count}"},
    "range": {"en": "{low} … {high}", "ko": "{low} … {high}"},
    "range_log": {"en": "{low} … {high} (log)", "ko": "{low} … {high}(로그)"},
    # plots
    "plot_importance": {"en": "How much each setting mattered", "ko": "설정별 중요도"},
    "alt_importance": {"en": "How much each setting mattered: {shares}", "ko": "설정별 중요도: {shares}"},
    "plot_parallel": {"en": "Settings and score of every trial", "ko": "시도별 설정과 점수"},
    "alt_parallel": {
        "en": "Settings and score of {count} trials; the best: {settings}",
        "ko": "시도 {count}개의 설정과 점수. 가장 좋은 시도: {settings}",
    },
    "plot_loss": {"en": "Validation loss", "ko": "검증 손실"},
    "plot_metric": {"en": "Validation {metric}", "ko": "검증 {metric}"},
    "alt_curves": {
        "en": "Learning curves of {count} trials, the best emphasised",
        "ko": "시도 {count}개의 학습 곡선, 가장 좋은 시도 강조",
    },
    "plot_progress": {"en": "Best {metric} so far", "ko": "그때까지 가장 좋은 {metric}"},
    "alt_progress": {
        "en": "The best {metric} rose from {first} to {last}; trial {trial} found it",
        "ko": "가장 좋은 {metric}: 처음 {first}, 마지막 {last}({trial}번 시도)",
    },
    "axis_trial": {"en": "trial", "ko": "시도"},
    "axis_minutes": {"en": "minutes of training, all trials together", "ko": "모든 시도의 학습 시간(분)"},
    "axis_epoch": {"en": "epoch", "ko": "에폭"},
    "line_best": {"en": "best: trial {trial}", "ko": "최고: {trial}번"},
    "line_finished": {"en": "finished", "ko": "완료"},
    "line_stopped": {"en": "stopped early", "ko": "도중에 멈춤"},
    "line_so_far": {"en": "best so far", "ko": "그때까지 최고"},
    "line_below": {"en": "off the scale", "ko": "범위 밖"},
}
