"""Sentences and headings of evaluation reports: the page, the Markdown, the terminal table, the plots."""

MESSAGES = {
    # ---- numbers ----
    "percent": {"en": "{value:.1f} %", "ko": "{value:.1f}%"},
    "percent_range": {"en": "{low:.1f}–{high:.1f} %", "ko": "{low:.1f}~{high:.1f}%"},
    "number_range": {"en": "{low:.3f}–{high:.3f}", "ko": "{low:.3f}~{high:.3f}"},
    "interval": {"en": "95 % interval {range}", "ko": "95% 구간 {range}"},
    "no_value": {"en": "–", "ko": "–"},
    "cases": {"en": "{count:,}", "ko": "{count:,}건"},
    # ---- the headline ----
    "headline": {
        "en": "Of the {count:,} examples of {data}, the model gets {accuracy} right",
        "ko": "{data}의 {count:,}건 가운데 {accuracy}를 맞혔습니다",
    },
    "headline_interval": {"en": " ({interval})", "ko": "({interval})"},
    "headline_baseline": {
        "en": "; always answering the most frequent label would get {baseline}.",
        "ko": ". 가장 흔한 레이블로만 답하면 {baseline}입니다.",
    },
    "headline_end": {"en": ".", "ko": "."},
    "headline_several": {
        "en": "On the {count:,} examples of {data}, the labels the model gives match the true ones with an F1 of "
        "{f1} per text",
        "ko": "{data}의 {count:,}건에서 모델이 붙인 레이블은 정답 레이블과 글마다 평균 F1 {f1}로 일치합니다",
    },
    "headline_exact": {
        "en": "; the whole set of labels is exactly right for {share}.",
        "ko": ". 레이블 묶음 전체를 정확히 맞힌 글은 {share}입니다.",
    },
    "headline_other": {
        "en": "On the {count:,} examples of {data}, the model reaches {name} {value}",
        "ko": "{data}의 {count:,}건에서 모델의 {name}{name:-은/는} {value}입니다",
    },
    "headline_nothing": {
        "en": "The model was judged on the {count:,} examples of {data}",
        "ko": "{data}의 {count:,}건으로 모델을 평가했습니다",
    },
    # ---- verdicts: against the baseline ----
    "better": {
        "en": "It is better than always answering the most frequent label: {accuracy} against {baseline}, and the "
        "whole 95 % interval ({range}) lies above that.",
        "ko": "가장 흔한 레이블로만 답하는 것보다 낫습니다. {accuracy} 대 {baseline}이며, 95% 구간({range}) 전체가 "
        "그보다 높습니다.",
    },
    "not_better": {
        "en": "It is not shown to be better than always answering the most frequent label: {accuracy} against "
        "{baseline}, which lies inside the 95 % interval ({range}).",
        "ko": "가장 흔한 레이블로만 답하는 것보다 낫다고 할 수 없습니다. {accuracy} 대 {baseline}인데, 그 값이 95% "
        "구간({range}) 안에 있습니다.",
    },
    "worse": {
        "en": "It is worse than always answering the most frequent label: {accuracy} against {baseline}, and the "
        "whole 95 % interval ({range}) lies below that.",
        "ko": "가장 흔한 레이블로만 답하는 것보다 못합니다. {accuracy} 대 {baseline}이며, 95% 구간({range}) 전체가 "
        "그보다 낮습니다.",
    },
    "above_unsure": {
        "en": "It gets {accuracy}, always answering the most frequent label {baseline}; no interval was computed, "
        "so chance is not ruled out.",
        "ko": "정확도는 {accuracy}, 가장 흔한 레이블로만 답하면 {baseline}입니다. 구간을 구하지 않았으므로 우연일 "
        "수 있습니다.",
    },
    # ---- verdicts: classes ----
    "weakest": {
        "en": "The weakest class is '{label}': F1 {f1} (precision {precision}, recall {recall}, {support:,} examples).",
        "ko": "가장 약한 클래스는 '{label}'입니다. F1 {f1}(정밀도 {precision}, 재현율 {recall}, {support:,}건).",
    },
    "weakest_missed": {
        "en": "The weakest class is '{label}': F1 {f1} (precision {precision}, recall {recall}, {support:,} "
        "examples); it is missed more often than it is wrongly given.",
        "ko": "가장 약한 클래스는 '{label}'입니다. F1 {f1}(정밀도 {precision}, 재현율 {recall}, {support:,}건). "
        "잘못 붙이는 경우보다 놓치는 경우가 더 많습니다.",
    },
    "weakest_given": {
        "en": "The weakest class is '{label}': F1 {f1} (precision {precision}, recall {recall}, {support:,} "
        "examples); it is wrongly given more often than it is missed.",
        "ko": "가장 약한 클래스는 '{label}'입니다. F1 {f1}(정밀도 {precision}, 재현율 {recall}, {support:,}건). "
        "놓치는 경우보다 잘못 붙이는 경우가 더 많습니다.",
    },
    "classes_even": {
        "en": "All classes are about equally good: F1 from {low} ('{low_label}') to {high} ('{high_label}').",
        "ko": "모든 클래스의 성능이 비슷합니다. F1은 {low}('{low_label}')에서 {high}('{high_label}')까지입니다.",
    },
    "few_examples": {
        "en": "With {support:,} examples of '{label}', that number is largely chance.",
        "ko": "'{label}'{label:-은/는} {support:,}건뿐이라 이 숫자는 우연에 크게 좌우됩니다.",
    },
    "classes_unseen": {
        "en": "Nothing is known about classes without an example in the data ({count:,} of {all:,}): {labels}.",
        "ko": "클래스 {all:,}개 가운데 {count:,}개는 데이터에 한 건도 없어 알 수 있는 것이 없습니다: {labels}.",
    },
    # ---- verdicts: confidence ----
    "over_confident": {
        "en": "It is over-confident: on average it is {confidence} sure but right {accuracy} of the time (ECE {ece}).",
        "ko": "지나치게 확신합니다. 평균 확신도는 {confidence}인데 실제로 맞힌 비율은 {accuracy}입니다(ECE {ece}).",
    },
    "under_confident": {
        "en": "It is under-confident: on average it is only {confidence} sure but right {accuracy} of the time "
        "(ECE {ece}).",
        "ko": "확신이 부족합니다. 평균 확신도는 {confidence}에 그치는데 실제로 맞힌 비율은 {accuracy}입니다(ECE "
        "{ece}).",
    },
    "mixed_confident": {
        "en": "Its confidence is right on average ({confidence} sure, {accuracy} right) but too high in some "
        "ranges and too low in others (ECE {ece}).",
        "ko": "확신도는 평균으로는 맞지만(확신 {confidence}, 정답 {accuracy}) 어떤 구간에서는 지나치고 어떤 "
        "구간에서는 모자랍니다(ECE {ece}).",
    },
    "well_calibrated": {
        "en": "Its confidence can be taken at its word: on average it is {confidence} sure and right {accuracy} of "
        "the time (ECE {ece}).",
        "ko": "확신도를 그대로 믿어도 됩니다. 평균 확신도 {confidence}, 실제로 맞힌 비율 {accuracy}입니다(ECE {ece}).",
    },
    "over_confident_several": {
        "en": "Its probabilities are too high: {confidence} on average, while the labels are true {accuracy} of "
        "the time (ECE {ece}).",
        "ko": "확률이 지나치게 높습니다. 평균 {confidence}인데 레이블이 실제로 맞는 비율은 {accuracy}입니다(ECE "
        "{ece}).",
    },
    "under_confident_several": {
        "en": "Its probabilities are too low: {confidence} on average, while the labels are true {accuracy} of the "
        "time (ECE {ece}).",
        "ko": "확률이 너무 낮습니다. 평균 {confidence}인데 레이블이 실제로 맞는 비율은 {accuracy}입니다(ECE {ece}).",
    },
    "mixed_confident_several": {
        "en": "Its probabilities are right on average ({confidence}; labels true {accuracy}) but too high in some "
        "ranges and too low in others (ECE {ece}).",
        "ko": "확률은 평균으로는 맞지만({confidence}, 실제 {accuracy}) 어떤 구간에서는 높고 어떤 구간에서는 "
        "낮습니다(ECE {ece}).",
    },
    "well_calibrated_several": {
        "en": "Its probabilities can be taken at their word: {confidence} on average, and the labels are true "
        "{accuracy} of the time (ECE {ece}).",
        "ko": "확률을 그대로 믿어도 됩니다. 평균 {confidence}, 레이블이 실제로 맞는 비율 {accuracy}입니다(ECE {ece}).",
    },
    # ---- verdicts: parts of the data ----
    "slice_below": {
        "en": "It is weaker on {by} '{value}': {score} (95 % interval {range}, {count:,} examples) against "
        "{overall} overall.",
        "ko": "{by} '{value}'에서 더 약합니다. {score}(95% 구간 {range}, {count:,}건)로, 전체는 {overall}입니다.",
    },
    "slices_more": {
        "en": "{count:,} more parts of the data fall below the whole; the table of parts shows them.",
        "ko": "이 밖에도 {count:,}개 부분이 전체보다 낮습니다. 부분별 표에서 볼 수 있습니다.",
    },
    "slices_even": {
        "en": "No part of the data falls below the whole beyond chance ({count:,} looked at).",
        "ko": "살펴본 {count:,}개 부분 가운데 우연을 넘어 전체보다 낮은 것은 없습니다.",
    },
    "by_length": {"en": "text length in characters", "ko": "글자 수"},
    "by_emoticon": {"en": "emoticons", "ko": "이모티콘"},
    "emoticon_yes": {"en": "with", "ko": "있음"},
    "emoticon_no": {"en": "without", "ko": "없음"},
    # ---- page: headings ----
    "title": {"en": "Evaluation of {model} on {data}", "ko": "{model} 평가: {data}"},
    "model_unnamed": {"en": "the model", "ko": "모델"},
    "kicker": {"en": "Evaluation", "ko": "평가 보고서"},
    "contents": {"en": "Contents", "ko": "차례"},
    "at_a_glance": {"en": "At a glance", "ko": "한눈에 보기"},
    "limits": {"en": "What limits these numbers", "ko": "숫자를 볼 때 주의할 점"},
    "the_data": {"en": "The data", "ko": "데이터"},
    "key_numbers": {"en": "Key numbers", "ko": "주요 수치"},
    "classes": {"en": "Class by class", "ko": "클래스별 결과"},
    "learning": {"en": "How it learned", "ko": "학습 과정"},
    "confusions": {"en": "What is taken for what", "ko": "무엇을 무엇으로 착각하는가"},
    "curves": {"en": "Ranking: ROC and precision–recall", "ko": "순위를 매기는 힘: ROC와 정밀도–재현율"},
    "confidence": {"en": "Can its confidence be trusted?", "ko": "확신도를 믿어도 되는가"},
    "telling": {"en": "The words that decide", "ko": "판단을 가르는 말"},
    "parts": {"en": "Parts of the data", "ko": "데이터의 부분별 결과"},
    "mistakes": {"en": "Most confident mistakes", "ko": "가장 확신하고 틀린 글"},
    "reading": {"en": "How to read this page", "ko": "이 보고서를 읽는 법"},
    "nav_the_data": {"en": "Data", "ko": "데이터"},
    "nav_key_numbers": {"en": "Key numbers", "ko": "주요 수치"},
    "nav_classes": {"en": "Classes", "ko": "클래스별"},
    "nav_thresholds": {"en": "Thresholds", "ko": "임계값"},
    "nav_correlations": {"en": "Together", "ko": "함께 나오는 레이블"},
    "nav_learning": {"en": "Learning", "ko": "학습"},
    "nav_confusions": {"en": "Confusion", "ko": "착각"},
    "nav_curves": {"en": "ROC and PR", "ko": "ROC·PR"},
    "nav_confidence": {"en": "Confidence", "ko": "확신도"},
    "nav_telling": {"en": "Words", "ko": "말"},
    "nav_parts": {"en": "Parts", "ko": "부분별"},
    "nav_mistakes": {"en": "Mistakes", "ko": "틀린 글"},
    "nav_reading": {"en": "How to read", "ko": "읽는 법"},
    "other_numbers": {"en": "Other numbers", "ko": "그 밖의 수치"},
    # ---- page: small words ----
    "lower_is_better": {"en": "lower is better", "ko": "낮을수록 좋음"},
    "class": {"en": "Class", "ko": "클래스"},
    "label": {"en": "Label", "ko": "레이블"},
    "metric": {"en": "Number", "ko": "지표"},
    "value": {"en": "Value", "ko": "값"},
    "interval_head": {"en": "95 % interval", "ko": "95% 구간"},
    "count": {"en": "Examples", "ko": "건수"},
    "count_of": {"en": "Examples judged", "ko": "평가한 건수"},
    "labels_of": {"en": "Labels", "ko": "레이블 수"},
    "model": {"en": "Model", "ko": "모델"},
    "task": {"en": "Task", "ko": "과제"},
    "task_single_label": {"en": "one label per text", "ko": "글마다 레이블 하나"},
    "task_multi_label": {"en": "any number of labels per text", "ko": "글마다 레이블 여러 개"},
    "task_pair": {"en": "one label per pair of texts", "ko": "글 쌍마다 레이블 하나"},
    "task_tokens": {"en": "labelled stretches of a text", "ko": "글 안의 구간에 레이블"},
    "task_relation": {"en": "relation of two entities", "ko": "두 개체의 관계"},
    "task_similarity": {"en": "a number for two texts", "ko": "두 글의 유사도"},
    "baseline_mark": {"en": "most frequent label {value}", "ko": "최빈 레이블 {value}"},
    "model_mark": {"en": "model {value}", "ko": "모델 {value}"},
    "ruler_label": {
        "en": "Scale from 0 to 100 %: most frequent label {baseline}, model {accuracy}",
        "ko": "0에서 100%까지의 눈금: 최빈 레이블 {baseline}, 모델 {accuracy}",
    },
    "true_label": {"en": "In the data", "ko": "데이터"},
    "predicted_label": {"en": "Model says", "ko": "모델의 답"},
    "share_of_row": {"en": "Share of that class", "ko": "그 클래스에서의 비율"},
    "roc_area": {"en": "ROC area", "ko": "ROC 면적"},
    "pr_area": {"en": "Average precision", "ko": "평균 정밀도"},
    "part": {"en": "Part", "ko": "부분"},
    "against_whole": {"en": "Against the whole", "ko": "전체와 견주면"},
    "part_below": {"en": "below", "ko": "낮음"},
    "part_above": {"en": "above", "ko": "높음"},
    "part_same": {"en": "no clear difference", "ko": "뚜렷한 차이 없음"},
    "text": {"en": "Text", "ko": "글"},
    "id": {"en": "Id", "ko": "번호"},
    "text_cut": {"en": "(+{count:,} characters)", "ko": "(+{count:,}자)"},
    "empty_text": {"en": "(empty text)", "ko": "(빈 글)"},
    "top_confusions": {"en": "Most frequent confusions", "ko": "가장 잦은 착각"},
    "confusions_more": {
        "en": "{shown:,} of {all:,} pairs that occur are listed.",
        "ko": "나타난 {all:,}가지 가운데 {shown:,}가지를 실었습니다.",
    },
    "mistakes_shown": {
        "en": "{shown:,} of {all:,} wrong answers, the most confident first. Some of them are wrong labels in the "
        "data.",
        "ko": "틀린 {all:,}건 가운데 가장 확신한 {shown:,}건입니다. 데이터의 레이블이 틀린 경우도 섞여 있습니다.",
    },
    "mistakes_listed": {
        "en": "{shown:,} of the {all:,} mistakes kept, the most confident first. Some of them are wrong labels in "
        "the data.",
        "ko": "저장해 둔 실수 {all:,}건 가운데 가장 확신한 {shown:,}건입니다. 데이터의 레이블이 틀린 경우도 섞여 "
        "있습니다.",
    },
    "mistakes_percent": {
        "en": "Beside each label stands the probability the model gave it.",
        "ko": "레이블 옆의 숫자는 모델이 그 레이블에 준 확률입니다.",
    },
    "mistakes_count": {"en": "{count:,} wrong answers of {all:,}", "ko": "{all:,}건 가운데 {count:,}건을 틀렸습니다"},
    "mistakes_kept": {"en": "{count:,} mistakes kept", "ko": "실수 {count:,}건을 저장했습니다"},
    "mistakes_none": {"en": "No mistakes were recorded.", "ko": "기록된 실수가 없습니다."},
    "table_below": {"en": "The columns mean:", "ko": "각 열의 뜻:"},
    # ---- page: introductions ----
    "intro_numbers": {
        "en": "Each number answers another question; the sentence below it says which, and when it misleads.",
        "ko": "수치마다 답하는 물음이 다릅니다. 아래 설명은 그 뜻과 믿으면 안 되는 때를 알려 줍니다.",
    },
    "intro_confusions": {
        "en": "Rows are the labels of the data, columns the model's answers. The diagonal is right; the darker a "
        "cell, the larger its share of the row.",
        "ko": "가로줄은 데이터의 레이블, 세로줄은 모델의 답입니다. 대각선이 맞힌 것이고, 칸이 진할수록 그 줄에서 "
        "차지하는 비율이 큽니다.",
    },
    "thresholds": {"en": "What thresholds are worth", "ko": "임계값에 따른 F1"},
    "threshold": {"en": "Threshold", "ko": "임계값"},
    "intro_thresholds": {
        "en": "A label is given from its threshold on. F1 of each label by the model's own thresholds, and by the same one for "
        "all; the highest is bold. On the rows that thresholds were chosen on, the model's own look better than they are.",
        "ko": "확률이 임계값 이상이면 그 레이블을 붙입니다. 모델이 레이블마다 고른 임계값과 모두 같은 임계값을 썼을 때의 F1이며 가장 높은 값이 굵습니다. 임계값을 고른 "
        "행에서는 모델의 임계값이 실제보다 좋아 보입니다.",
    },
    "correlations": {"en": "Labels that go together", "ko": "함께 나오는 레이블"},
    "intro_correlations": {
        "en": "Phi coefficients times 100: 100 where two labels always stand together, 0 where they do so as often as by chance, "
        "below 0 where they avoid each other. Below the diagonal in the data, above it in the model's answers; a model that "
        "decides each label well shows the same picture on both sides.",
        "ko": "파이 계수에 100을 곱한 값입니다. 두 레이블이 늘 함께 나오면 100, 우연만큼 함께 나오면 0, 서로 피하면 음수입니다. 대각선 아래는 데이터, 위는 모델의 "
        "답이고, 양쪽이 비슷해야 모델이 레이블의 관계를 옮긴 것입니다.",
    },
    "intro_curves": {
        "en": "Both curves show what moving the decision threshold would buy. ROC sets found positives against "
        "false alarms; precision–recall is the one to read when a label is rare.",
        "ko": "두 곡선은 판단 문턱값을 옮기면 무엇을 얻고 잃는지 보여 줍니다. ROC는 찾아낸 비율과 오탐 비율을 "
        "견주고, 드문 레이블은 정밀도–재현율 곡선으로 보아야 합니다.",
    },
    "intro_confidence": {
        "en": "Answers are grouped by how sure the model was. On the diagonal, confidence and truth agree; below "
        "it the model is over-confident. Bins with few examples (lower panel) are largely chance.",
        "ko": "모델이 얼마나 확신했는지에 따라 답을 묶었습니다. 점이 대각선에 놓이면 확신도와 실제가 같고, "
        "대각선보다 아래에 있으면 지나치게 확신한 것입니다. 건수가 적은 막대(아래 그림)는 우연에 크게 좌우됩니다.",
    },
    "intro_confidence_several": {
        "en": "All decisions (text × label) are grouped by the probability the model gave. On the diagonal, "
        "probability and truth agree; below it the probabilities are too high. Bins with few decisions (lower "
        "panel) are largely chance.",
        "ko": "모든 판단(글 × 레이블)을 모델이 준 확률에 따라 묶었습니다. 점이 대각선에 놓이면 확률과 실제가 같고, "
        "대각선보다 아래에 있으면 확률이 지나치게 높은 것입니다. 건수가 적은 막대(아래 그림)는 우연에 크게 "
        "좌우됩니다.",
    },
    "intro_telling": {
        "en": "The pieces of text with the greatest weight for each class, the strongest first (␣ is a space). A "
        "word that only names a film, a person or a date shows that the model learned the sample, not the language.",
        "ko": "클래스마다 무게가 가장 큰 글 조각을 큰 순서로 실었습니다(␣는 띄어쓰기). 영화 제목이나 사람 이름, "
        "날짜 같은 말이 있으면 모델이 언어가 아니라 그 데이터를 외운 것입니다.",
    },
    "telling_more": {"en": "+{count:,}", "ko": "+{count:,}"},
    "areas_missing": {
        "en": "{count:,} of {all:,} labels have no curve.",
        "ko": "레이블 {all:,}개 가운데 {count:,}개는 곡선이 없습니다.",
    },
    "intro_parts": {
        "en": "The same score on parts of the data, with 95 % intervals. A part counts as different only when its "
        "interval does not reach the value of the whole; among 20 parts, one does so by chance alone.",
        "ko": "데이터를 나누어 같은 점수를 구하고 95% 구간을 붙였습니다. 구간이 전체 값에 닿지 않을 때만 다르다고 "
        "봅니다. 20개 부분을 보면 그중 하나는 우연만으로도 그렇게 됩니다.",
    },
    # ---- page: how to read ----
    "reading_interval": {
        "en": "A 95 % interval says how far a number would move had other examples of the same kind been drawn. It "
        "does not cover data of another kind, another time or another way of labelling.",
        "ko": "95% 구간은 같은 종류의 다른 예를 뽑았다면 숫자가 얼마나 움직였을지를 뜻합니다. 종류가 다른 데이터, "
        "다른 시기, 다른 레이블 기준까지 감싸 주지는 않습니다.",
    },
    "reading_compare": {
        "en": "Two models whose intervals overlap may still differ: compare them on the same examples, pair by pair.",
        "ko": "두 모델의 구간이 겹쳐도 실제로는 다를 수 있습니다. 같은 예에서 짝을 지어 비교해야 합니다.",
    },
    "reading_ceiling": {
        "en": "Labels of people are wrong now and then. Where annotators disagree on 5 % of the texts, no honest "
        "model gets much above 95 %.",
        "ko": "사람이 붙인 레이블도 가끔 틀립니다. 사람끼리 5%에서 의견이 갈린다면 정직한 모델은 95%를 크게 넘지 "
        "못합니다.",
    },
    "reading_choice": {
        "en": "If this data was used to choose the model, a threshold or a setting, the numbers flatter it. Choose "
        "on a validation part and look at the test part once.",
        "ko": "이 데이터로 모델이나 문턱값, 설정을 골랐다면 숫자가 실제보다 좋게 나옵니다. 고를 때는 검증용 "
        "데이터를 쓰고, 시험용 데이터는 한 번만 보아야 합니다.",
    },
    "reading_order": {
        "en": "Start with the sentences at the top, then read the mistakes: twenty texts teach more than a third "
        "decimal.",
        "ko": "맨 위의 문장부터 읽고, 그다음 틀린 글을 읽으세요. 글 스무 개가 소수점 셋째 자리보다 더 많은 것을 "
        "알려 줍니다.",
    },
    # ---- plots ----
    "plot_distribution": {"en": "Examples by class", "ko": "클래스별 건수"},
    "plot_confusion": {"en": "Confusion matrix", "ko": "혼동 행렬"},
    "plot_confusion_alt": {
        "en": "Confusion matrix of {labels:,} labels: {right} on the diagonal",
        "ko": "레이블 {labels:,}개의 혼동 행렬: 대각선에 {right}",
    },
    "plot_row_share": {"en": "cells: share of the row in %", "ko": "칸의 숫자: 그 줄에서의 비율(%)"},
    "plot_roc": {"en": "ROC curve", "ko": "ROC 곡선"},
    "plot_pr": {"en": "Precision–recall curve", "ko": "정밀도–재현율 곡선"},
    "plot_reliability": {"en": "Confidence against truth", "ko": "확신도와 실제"},
    "plot_reliability_several": {"en": "Probability against truth", "ko": "확률과 실제"},
    "plot_f1": {"en": "F1 by class", "ko": "클래스별 F1"},
    "plot_slices": {"en": "Score on parts of the data", "ko": "데이터 부분별 점수"},
    "plot_alt": {"en": "{title}; the table beside it holds the numbers", "ko": "{title}. 수치는 곁의 표에 있습니다"},
    "plot_reliability_alt": {"en": "{title}: {bins}", "ko": "{title}: {bins}"},
    "plot_bin_alt_several": {"en": "{confidence} given, {accuracy} true", "ko": "확률 {confidence}, 실제 {accuracy}"},
    "plot_bin_alt": {"en": "{confidence} sure, {accuracy} right", "ko": "확신 {confidence}, 정답 {accuracy}"},
    "axis_false_positive": {"en": "False alarms among the others", "ko": "나머지 가운데 오탐 비율"},
    "axis_true_positive": {"en": "Found among its own (recall)", "ko": "찾아낸 비율(재현율)"},
    "axis_recall": {"en": "Recall", "ko": "재현율"},
    "axis_precision": {"en": "Precision", "ko": "정밀도"},
    "axis_confidence": {"en": "Confidence", "ko": "확신도"},
    "axis_right": {"en": "Share right", "ko": "맞힌 비율"},
    "axis_confidence_several": {"en": "Probability given", "ko": "모델이 준 확률"},
    "axis_right_several": {"en": "Share true", "ko": "실제 비율"},
    "axis_count": {"en": "Examples", "ko": "건수"},
    "axis_support": {"en": "support", "ko": "건수"},
    "axis_overall": {"en": "whole {value}", "ko": "전체 {value}"},
    "curves_left_out": {
        "en": "the {shown} smallest areas; {rest} labels are left out",
        "ko": "면적이 작은 {shown}개만 그렸고 {rest}개는 뺐습니다",
    },
    "bars_left_out": {"en": "{rest} more are left out", "ko": "{rest}개는 뺐습니다"},
    # ---- learning curves ----
    "learning_best": {
        "en": "Of {count:,} epochs, epoch {epoch} was the best on validation ({what} {value}); its weights are the ones kept.",
        "ko": "에폭 {count:,}개 가운데 검증에서 가장 좋은 것은 에폭 {epoch}이며({what} {value}), 그 가중치를 남겼습니다.",
    },
    "learning_unjudged": {
        "en": "{count:,} epochs; nothing was held out, so the last one's weights are the ones kept.",
        "ko": "에폭 {count:,}개. 떼어 둔 데이터가 없어 마지막 가중치를 남겼습니다.",
    },
    "watched_loss": {"en": "loss", "ko": "손실"},
    "watched_accuracy": {"en": "accuracy", "ko": "정확도"},
    "watched_macro_f1": {"en": "macro F1", "ko": "매크로 F1"},
    "best_mark": {"en": "best: epoch {epoch}", "ko": "최고: 에폭 {epoch}"},
    "plot_loss": {"en": "Loss", "ko": "손실"},
    "plot_scores": {"en": "Accuracy and F1", "ko": "정확도와 F1"},
    "plot_rate": {"en": "Learning rate", "ko": "학습률"},
    "plot_learning_alt": {
        "en": "Loss, accuracy and learning rate by epoch. {sentence} The table below holds the numbers.",
        "ko": "에폭별 손실, 정확도, 학습률. {sentence} 수치는 아래 표에 있습니다.",
    },
    "axis_epoch": {"en": "Epoch", "ko": "에폭"},
    "line_train_loss": {"en": "train", "ko": "학습"},
    "line_validation_loss": {"en": "validation", "ko": "검증"},
    "line_train_accuracy": {"en": "accuracy, train", "ko": "정확도, 학습"},
    "line_validation_accuracy": {"en": "accuracy, validation", "ko": "정확도, 검증"},
    "line_validation_macro_f1": {"en": "macro F1, validation", "ko": "매크로 F1, 검증"},
    "line_learning_rate": {"en": "learning rate", "ko": "학습률"},
    "head_epoch": {"en": "Epoch", "ko": "에폭"},
    "head_train_loss": {"en": "Loss, train", "ko": "손실, 학습"},
    "head_validation_loss": {"en": "validation", "ko": "검증"},
    "head_train_accuracy": {"en": "Accuracy, train", "ko": "정확도, 학습"},
    "head_validation_accuracy": {"en": "validation", "ko": "검증"},
    "head_validation_macro_f1": {"en": "macro F1", "ko": "매크로 F1"},
    "head_learning_rate": {"en": "Learning rate", "ko": "학습률"},
}
