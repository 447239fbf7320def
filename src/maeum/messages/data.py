"""Sentences about corpora, columns and splits."""

MESSAGES = {
    "unknown_corpus": {
        "en": "There is no corpus or file '{name}'.{near} Corpora: {known}; a file needs its path and suffix.",
        "ko": "'{name}'{name:-이라/라}는 말뭉치나 파일이 없습니다.{near} 말뭉치: {known}. 파일은 경로와 확장자까지 적으세요.",
    },
    "unknown_split": {
        "en": "'{corpus}' has no split '{split}'.{near} Its splits: {known}",
        "ko": "'{corpus}'에는 '{split}' 분할이 없습니다.{near} 있는 분할: {known}",
    },
    "split_of_file": {
        "en": "'{path}' is a file and has no split '{split}'. Leave ':{split}' out, or give each split its own file.",
        "ko": "'{path}'{path:-은/는} 파일이라 '{split}' 분할이 없습니다. ':{split}'{split:-을/를} 빼거나 분할마다 파일을 따로 지정하세요.",
    },
    "two_splits": {
        "en": "'{source}' names its split already. Leave ':…' or split='{split}' out.",
        "ko": "'{source}'에 이미 분할이 있습니다. ':…'이나 split='{split}' 가운데 하나를 빼세요.",
    },
    "settings_unused": {
        "en": "These settings do nothing when '{source}' is read: {names}. Leave them out.",
        "ko": "'{source}'{source:-을/를} 읽을 때 쓰이지 않는 설정입니다: {names}. 빼세요.",
    },
    "no_stars": {
        "en": "'{corpus}' has no stars; --stars works with {known} and with own files.",
        "ko": "'{corpus}'에는 별점이 없습니다. --stars는 {known:과/와} 자기 파일에서 쓸 수 있습니다.",
    },
    "not_upstream": {
        "en": "'{path}' is not in the published format: expected it to begin with '{expected}', found '{found}'.",
        "ko": "'{path}'{path:-은/는} 배포본의 형식이 아닙니다. '{expected}'{expected:-으로/로} 시작해야 하나 '{found}'입니다.",
    },
    "offline": {
        "en": "'{corpus}' needs the file {path}, which is not on this machine, and the network is off. Put it at "
        "'{place}' (from {url}), or run without --offline.",
        "ko": "'{corpus}'에 필요한 파일 {path}{path:-이/가} 이 컴퓨터에 없고 오프라인입니다. {url}에서 받아 '{place}'에 두거나 "
        "--offline 없이 실행하세요.",
    },
    "by_hand": {
        "en": "'{corpus}' needs the file {path}, which cannot be downloaded; if you have it, put it at '{place}'. {how}",
        "ko": "'{corpus}'에 필요한 파일 {path}{path:-은/는} 내려받을 수 없습니다. 가지고 있다면 '{place}'에 두세요. {how}",
    },
    "no_hash": {
        "en": "'{corpus}' needs the file {path}, which is not on this machine, and it is not downloaded because no hash to check it "
        "by is known. Put it at '{place}' (from {url}).",
        "ko": "'{corpus}'에 필요한 파일 {path}{path:-이/가} 이 컴퓨터에 없습니다. 내용을 확인할 해시가 알려져 있지 않아 내려받지 않습니다. "
        "{url}에서 받아 '{place}'에 두세요.",
    },
    "hash_unknown": {
        "en": "The published hash of {path} is not known: the file is used unchecked.",
        "ko": "{path}의 배포 해시가 알려져 있지 않아 확인하지 않고 씁니다.",
    },
    "by_hand_kote": {
        "en": "It holds the first half of the upstream test.tsv (https://github.com/searle-j/KOTE); the whole file can be read with "
        "--read-as kote.",
        "ko": "원본 test.tsv(https://github.com/searle-j/KOTE)의 앞 절반입니다. 전체 파일은 --read-as kote로 읽을 수 있습니다.",
    },
    "by_hand_klue_ner": {
        "en": "It holds the first 4,000 sentences of the upstream klue-ner-v1.1_dev.tsv (https://github.com/KLUE-benchmark/KLUE); "
        "the whole file can be read with --read-as klue-ner.",
        "ko": "원본 klue-ner-v1.1_dev.tsv(https://github.com/KLUE-benchmark/KLUE)의 앞 4,000문장입니다. 전체 파일은 --read-as klue-ner로 "
        "읽을 수 있습니다.",
    },
    "by_hand_nsmc_raw": {
        "en": "Or put the folder raw of https://github.com/e9t/nsmc (git clone) beside it, as nsmc/raw.",
        "ko": "또는 https://github.com/e9t/nsmc의 raw 폴더를(git clone) 그 옆에 nsmc/raw로 두세요.",
    },
    "gathering": {"en": "Gathering the reviews", "ko": "리뷰를 모으는 중"},
    "files": {"en": "files", "ko": "파일"},
    "upstream_folder": {
        "en": "The upstream folder {path} is read as it is; its files have no published hash to check.",
        "ko": "원본 폴더 {path}{path:-을/를} 그대로 읽습니다. 확인할 수 있는 배포 해시가 없습니다.",
    },
    "stand_in": {
        "en": "{path} is used in place of the upstream {upstream}.",
        "ko": "원본 {upstream} 대신 {path}{path:-을/를} 씁니다.",
    },
    "downloading": {"en": "Downloading {path}", "ko": "{path} 내려받는 중"},
    "download_failed": {
        "en": "Could not download {url} ({reason}). Check the connection, or put the file at '{place}'.",
        "ko": "{url}{url:-을/를} 내려받지 못했습니다({reason}). 연결을 확인하거나 파일을 '{place}'에 두세요.",
    },
    "download_differs": {
        "en": "{url} sent something else than the published file: expected {size} bytes with sha256 {expected}…, got "
        "{received} bytes with {found}…; nothing was kept. Try again later.",
        "ko": "{url}에서 받은 내용이 배포본과 다릅니다. {size}바이트, sha256 {expected}…이어야 하나 {received}바이트, {found}…입니다. "
        "아무것도 남기지 않았습니다. 나중에 다시 시도하세요.",
    },
    "cannot_keep": {
        "en": "The download cannot be kept at '{place}' ({reason}). Free some space there, or put the file from {url} as {path} "
        "into a folder that the variable MAEUM_DATA names.",
        "ko": "내려받은 파일을 '{place}'에 둘 수 없습니다({reason}). 공간을 비우거나 {url}에서 받은 파일을 환경 변수 MAEUM_DATA가 "
        "가리키는 폴더에 {path:으로/로} 두세요.",
    },
    "hash_differs": {
        "en": "'{path}' is not the published file: expected sha256 {expected}…, found {found}…. Replace it, or, if you "
        "changed it on purpose, read it under another name as your own file.",
        "ko": "'{path}'{path:-은/는} 배포본과 다릅니다. sha256 {expected}…이어야 하나 {found}…입니다. 배포본으로 바꾸거나, 일부러 고친 "
        "것이라면 다른 이름으로 두고 자기 파일로 읽으세요.",
    },
    "column_missing": {
        "en": "No column '{column}' in '{path}' (asked for by {flag}).{near} Its columns: {found}",
        "ko": "'{path}'에 '{column}' 열이 없습니다({flag}).{near} 있는 열: {found}",
    },
    "column_unclear": {
        "en": "Which column of '{path}' holds the {what}? Name it with {flag}. Its columns: {found}",
        "ko": "'{path}'에서 {what} 열이 어느 것인지 알 수 없습니다. {flag:으로/로} 지정하세요. 있는 열: {found}",
    },
    "what_text": {"en": "text", "ko": "텍스트"},
    "what_text_b": {"en": "second text", "ko": "두 번째 텍스트"},
    "what_subject": {"en": "subject entity", "ko": "주어 개체"},
    "what_object": {"en": "object entity", "ko": "목적어 개체"},
    "what_spans": {"en": "spans", "ko": "구간(spans)"},
    "what_label": {"en": "label", "ko": "레이블"},
    "no_rows_left": {
        "en": "No usable row is left in '{path}': {reasons}",
        "ko": "'{path}'에 쓸 수 있는 행이 없습니다: {reasons}",
    },
    "too_many_labels": {
        "en": "Column '{column}' of '{path}' has {count} different values in {rows} rows, so it does not look like labels. "
        "Name the label column with --label-column.",
        "ko": "'{path}'의 '{column}' 열은 {rows}행에 서로 다른 값이 {count}개라 레이블로 보이지 않습니다. --label-column으로 레이블 "
        "열을 지정하세요.",
    },
    "stars_not_numbers": {
        "en": "--stars needs numbers from 1 to 5 or 1 to 10 in column '{column}', found {found}.",
        "ko": "--stars를 쓰려면 '{column}' 열에 1~5 또는 1~10의 숫자가 있어야 하나 {found}입니다.",
    },
    "separator_for_one": {
        "en": "--label-separator is for several labels of one text, but --task is '{task}'. Leave one of them out.",
        "ko": "--label-separator는 한 텍스트에 레이블이 여럿일 때 쓰는데 --task가 '{task}'입니다. 둘 가운데 하나를 빼세요.",
    },
    "one_class": {
        "en": "Training needs at least two labels; '{data}' has only '{label}' ({count} rows).",
        "ko": "학습에는 레이블이 둘 이상 필요한데 '{data}'에는 '{label}'뿐입니다({count}행).",
    },
    "no_labels": {
        "en": "'{data}' has no labels, which are needed here. Name their column with --label-column.",
        "ko": "'{data}'에 레이블이 없습니다. --label-column으로 레이블 열을 지정하세요.",
    },
    "rare_classes": {
        "en": "Training needs at least {needed} different texts of every label; '{data}' has too few of: {found}. Add rows, or "
        "leave those labels out.",
        "ko": "학습에는 레이블마다 서로 다른 텍스트가 {needed}개 이상 필요합니다. '{data}'에서 모자란 레이블: {found}. 행을 더하거나 그 "
        "레이블을 빼세요.",
    },
    "same_texts": {
        "en": "All {count} texts of '{data}' are identical, so nothing can be learnt from them.",
        "ko": "'{data}'의 텍스트 {count}개가 모두 같아 학습할 것이 없습니다.",
    },
    "cannot_split": {
        "en": "The {count} rows ({groups} different texts or groups) cannot be divided into train and validation. Add rows, "
        "or give validation data with --validation.",
        "ko": "{count}행(서로 다른 텍스트나 묶음 {groups}개)을 학습용과 검증용으로 나눌 수 없습니다. 행을 더하거나 --validation으로 검증 "
        "데이터를 주세요.",
    },
    "group_missing": {
        "en": "--group-column: no column '{column}'. Columns: {found}",
        "ko": "--group-column: '{column}' 열이 없습니다. 있는 열: {found}",
    },
    "task_unsupported": {
        "en": "Own files cannot be read for task '{task}'; known: {known}",
        "ko": "자기 파일을 '{task}' 과제로 읽을 수 없습니다. 가능한 과제: {known}",
    },
    "note_stars_left_out": {
        "en": "{count:,} reviews were left out by the star rule '{rule}'.",
        "ko": "별점 규칙 '{rule}'에 따라 리뷰 {count:,}개를 뺐습니다.",
    },
    "note_star_rule": {
        "en": "Labels come from stars of column '{column}' on a scale of {top}: at most {low} negative, at least {high} "
        "positive (rule '{rule}').",
        "ko": "레이블은 '{column}' 열의 {top}점 만점 별점에서 왔습니다: {low} 이하 부정, {high} 이상 긍정(규칙 '{rule}').",
    },
    "note_star_ordinal": {
        "en": "Labels are the stars of column '{column}' on a scale of {top}.",
        "ko": "레이블은 '{column}' 열의 {top}점 만점 별점입니다.",
    },
    "note_test_kept_out": {
        "en": "The {rows:,} rows of the NSMC test set and {twins:,} more with an identical text were kept out.",
        "ko": "NSMC 시험 데이터 {rows:,}행과 텍스트가 똑같은 {twins:,}행을 뺐습니다.",
    },
    "note_carved": {
        "en": "'{corpus}' has no {split} split of its own: these rows are drawn from its {base} split (seed {seed}, identical "
        "texts together); training leaves them out of {base}.",
        "ko": "'{corpus}'에는 {split} 분할이 따로 없어 {base} 분할에서 뽑았습니다(시드 {seed}, 같은 텍스트는 함께). 학습할 때는 {base}에서 "
        "이 행을 뺍니다.",
    },
    "note_divided": {
        "en": "Only rows of the upstream {source} split of '{corpus}' are at hand: {share:.0%} of them, drawn with seed {seed} "
        "(identical texts together), are test and the others train. Figures on them do not compare with published ones.",
        "ko": "'{corpus}'{corpus:-은/는} 원본의 {source} 분할만 있어, 그 가운데 {share:.0%}를(시드 {seed}, 같은 텍스트는 함께) 시험용으로 뽑고 "
        "나머지를 학습용으로 씁니다. 이 수치는 발표된 수치와 비교할 수 없습니다.",
    },
    "note_films_unknown": {
        "en": "{count:,} reviews of films without an entry in KMRD were left out.",
        "ko": "KMRD에 없는 영화의 리뷰 {count:,}개를 뺐습니다.",
    },
    "note_entities_moved": {
        "en": "The offsets of {count:,} entities did not enclose their words and were set to where the words stand.",
        "ko": "개체 {count:,}개의 위치가 단어와 맞지 않아 단어가 있는 자리로 옮겼습니다.",
    },
    "read_as_unknown": {
        "en": "Files cannot be read as '{name}'.{near} --read-as knows: {known}",
        "ko": "파일을 '{name}' 형식으로 읽을 수 없습니다.{near} --read-as에 쓸 수 있는 이름: {known}",
    },
    "read_as_with": {
        "en": "--read-as says what every part of '{path}' means, so these settings do nothing: {names}. Leave them out.",
        "ko": "--read-as가 '{path}'의 모든 부분의 뜻을 정하므로 다음 설정은 쓰이지 않습니다: {names}. 빼세요.",
    },
    "note_overlap": {
        "en": "{count:,} of {total:,} rows ({share:.1%}) have a text that training saw too; accuracy on them is "
        "{inside:.4f}, on the others {outside:.4f}.",
        "ko": "{total:,}행 가운데 {count:,}행({share:.1%})은 학습 데이터에도 있는 텍스트입니다. 그 행의 정확도는 {inside:.4f}, 나머지는 "
        "{outside:.4f}입니다.",
    },
    "note_training_data": {
        "en": "These rows were used in training: the numbers on this page are training figures and say nothing about new "
        "texts.",
        "ko": "이 행들은 학습에 쓰였습니다. 이 쪽의 수치는 학습 성적이며 새 텍스트에 대한 성능이 아닙니다.",
    },
    "note_held_out": {
        "en": "Validation rows: not trained on, but the settings and the calibration were chosen on them.",
        "ko": "검증 데이터: 학습에는 쓰지 않았지만 설정과 확률 보정을 이 데이터로 정했습니다.",
    },
    "duplicates_dropped": {
        "en": "{count:,} training rows with a text of the validation data were left out.",
        "ko": "검증 데이터와 텍스트가 같은 학습 행 {count:,}개를 뺐습니다.",
    },
    "left_out": {"en": "Left out of '{data}': {reasons}", "ko": "'{data}'에서 뺀 행: {reasons}"},
    "note_sample": {
        "en": "These are the invented reviews of the packaged sample: good for trying things out, no benchmark.",
        "ko": "꾸러미에 든 지어낸 리뷰입니다. 시험해 보는 용도이며 벤치마크가 아닙니다.",
    },
}
