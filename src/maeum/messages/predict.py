"""Sentences about predicting."""

MESSAGES = {
    "one_string": {
        "en": "predict expects a list of texts, found one string ('{text}'). Put it in brackets: predict([text]).",
        "ko": "predict에는 텍스트 목록을 주어야 하는데 문자열 하나('{text}')를 받았습니다. 대괄호로 감싸세요: predict([text]).",
    },
    "not_text": {
        "en": "predict expects texts; {count} item(s) are not strings (position: type): {found}",
        "ko": "predict에는 텍스트만 줄 수 있습니다. 문자열이 아닌 항목 {count}개(위치: 형): {found}",
    },
    "rows_with_error": {
        "en": "Rows that could not be read get no answer and say why in the column 'error': {reasons}",
        "ko": "읽을 수 없는 행은 답을 비우고 'error' 열에 까닭을 적습니다: {reasons}",
    },
    "empty_texts": {
        "en": "Rows without text: {count:,}. They get the model's prior (how frequent each label was in training).",
        "ko": "텍스트가 없는 행: {count:,}. 모델의 사전 확률(학습 데이터의 레이블 비율)을 적습니다.",
    },
    "column_exists": {
        "en": "'{path}' already has columns that the predictions are written to: {columns}. Rename them in the file, or predict "
        "on the file they were made from.",
        "ko": "'{path}'에 예측을 적을 열이 이미 있습니다: {columns}. 열 이름을 바꾸거나 원래 파일로 예측하세요.",
    },
    "not_a_classifier": {
        "en": "The model answers task '{task}', which cannot be written as label columns.",
        "ko": "이 모델은 '{task}' 과제용이라 레이블 열로 적을 수 없습니다.",
    },
    "file_settings": {
        "en": "{names} describe a file, but texts were given. Leave them out, or give a file.",
        "ko": "{names}{names:-은/는} 파일에 쓰는 설정이지만 텍스트를 받았습니다. 빼거나 파일을 지정하세요.",
    },
    "encoding_without_file": {
        "en": "--output-encoding {encoding} is for a file that is written. Add -o FILE, or leave it out.",
        "ko": "--output-encoding {encoding}{encoding:-은/는} 저장하는 파일에 씁니다. -o 파일을 붙이거나 빼세요.",
    },
    "one_file": {
        "en": "Several arguments were given, and '{path}' exists as a file or folder. Give one file at a time, or add --text if "
        "all of them are texts.",
        "ko": "인수를 여럿 받았는데 '{path}'{path:-은/는} 파일이나 폴더로 있습니다. 파일은 한 번에 하나씩 지정하세요. 모두 텍스트라면 "
        "--text를 붙이세요.",
    },
    "parquet_on_screen": {
        "en": "--format parquet cannot be shown on a screen. Write it with -o FILE.parquet, or send it to a file or a pipe.",
        "ko": "--format parquet은 화면에 보여 줄 수 없습니다. -o 파일.parquet으로 저장하거나 파일이나 파이프로 보내세요.",
    },
    "columns_not_shown": {
        "en": "Columns not shown: {columns}. Write all of them with -o FILE.",
        "ko": "보여 주지 않은 열: {columns}. 모두 보려면 -o 파일로 저장하세요.",
    },
    "nothing": {
        "en": 'There is nothing to predict. Give a text, a file, or one text a line on standard input: maeum predict "재밌다" '
        "--model RUN",
        "ko": '예측할 것이 없습니다. 텍스트나 파일을 주거나 표준 입력에 한 줄에 하나씩 주세요: maeum predict "재밌다" --model 폴더',
    },
    "rows_not_shown": {
        "en": "Rows not shown: {count:,}. Write all of them with -o FILE.",
        "ko": "보여 주지 않은 행: {count:,}. 모두 보려면 -o 파일로 저장하세요.",
    },
    "arg_resume": {
        "en": "Go on with an unfinished -o FILE of the same input, model and settings.",
        "ko": "입력, 모델, 설정이 같은 덜 끝난 -o 파일을 이어서 만듭니다.",
    },
    "resume_not_here": {
        "en": "--resume goes on with a file that was being predicted to -o FILE (.csv, .tsv, .jsonl, .parquet). Give the same "
        "input file and -o as before, without --format, or leave --resume out.",
        "ko": "--resume은 파일을 예측해 -o 파일(.csv, .tsv, .jsonl, .parquet)로 저장하던 일을 이어서 합니다. --format 없이 전과 같은 "
        "입력 파일과 -o를 지정하거나 --resume을 빼세요.",
    },
    "resume_other": {
        "en": "The unfinished '{path}' was begun with something else; it differs in: {parts}. Give what it was begun with, or "
        "leave --resume out to start anew.",
        "ko": "덜 끝난 '{path}'{path:-은/는} 다른 것으로 시작했습니다. 다른 점: {parts}. 시작할 때와 같게 지정하거나, 처음부터 다시 "
        "하려면 --resume을 빼세요.",
    },
    "part_input": {"en": "the content of the input file", "ko": "입력 파일의 내용"},
    "part_model": {"en": "the model", "ko": "모델"},
    "part_settings": {"en": "the settings", "ko": "설정"},
    "part_version": {"en": "the version of maeum", "ko": "maeum의 버전"},
    "resumed": {
        "en": "Going on after {rows:,} of {total:,} rows that are finished.",
        "ko": "끝난 {rows:,}행(전체 {total:,}행) 다음부터 이어서 합니다.",
    },
    "nothing_to_resume": {
        "en": "There is nothing unfinished for '{path}'; starting from the beginning.",
        "ko": "'{path}'에 이어서 할 것이 없어 처음부터 시작합니다.",
    },
    "unfinished_dropped": {
        "en": "An unfinished '{path}' was found ({rows:,} rows) and is started anew; --resume would have gone on with it.",
        "ko": "덜 끝난 '{path}'({rows:,}행)을 찾았지만 처음부터 다시 시작합니다. 이어서 하려면 --resume을 붙이세요.",
    },
    "kept": {
        "en": "{rows:,} of {total:,} rows are finished and kept. Run the same command with --resume to go on.",
        "ko": "전체 {total:,}행 가운데 끝난 {rows:,}행을 남겨 두었습니다. 같은 명령에 --resume을 붙이면 이어서 합니다.",
    },
}
