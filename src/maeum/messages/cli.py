"""Help texts of the command line."""

MESSAGES = {
    "help": {
        "en": "Build, judge and run Korean text classifiers.",
        "ko": "한국어 텍스트 분류기를 만들고, 평가하고, 실행합니다.",
    },
    "epilog": {
        "en": "New here? maeum demo",
        "ko": "처음이라면: maeum demo",
    },
    "version": {"en": "Show the version.", "ko": "버전을 보여 줍니다."},
    "lang": {"en": "Language of messages: ko or en.", "ko": "메시지 언어: ko 또는 en."},
    "offline": {"en": "Never use the network.", "ko": "네트워크를 쓰지 않습니다."},
    "quiet": {"en": "Show results and errors only.", "ko": "결과와 오류만 보여 줍니다."},
    "debug": {"en": "Show the traceback of an error.", "ko": "오류의 상세 추적을 보여 줍니다."},
    "panel_common": {"en": "Everywhere", "ko": "공통"},
    "panel_data": {"en": "Data", "ko": "데이터"},
    "panel_split": {"en": "Split", "ko": "분할"},
    "panel_training": {"en": "Training", "ko": "학습"},
    "panel_model": {"en": "Model: linear", "ko": "모델: linear"},
    "unknown_command": {
        "en": "There is no command '{name}'.{near} Commands: {known}",
        "ko": "'{name}' 명령은 없습니다.{near} 있는 명령: {known}",
    },
    "no_such_option": {
        "en": "'{command}' has no option {option}.{near} All options: {command} --help",
        "ko": "'{command}'에는 {option} 옵션이 없습니다.{near} 모든 옵션: {command} --help",
    },
    "missing_parameter": {
        "en": "'{command}' needs {name}. Examples: {command} --help",
        "ko": "'{command}'에는 {name}{name:-이/가} 필요합니다. 예: {command} --help",
    },
    "usage": {
        "en": "{problem} See {command} --help",
        "ko": "잘못된 사용: {problem} 도움말: {command} --help",
    },
    "not_a_choice": {
        "en": "{option}: expected one of {known}, found '{found}'.{near}",
        "ko": "{option}: {known} 가운데 하나여야 하나 '{found}'입니다.{near}",
    },
    "data_twice": {
        "en": "Data were named twice: '{first}' and --data '{second}'. Name them once.",
        "ko": "데이터를 두 번 지정했습니다: '{first}', --data '{second}'. 한 번만 지정하세요.",
    },
    "yes": {"en": "yes", "ko": "있음"},
    "no": {"en": "no", "ko": "없음"},
    "is_here": {"en": "Here: {path}", "ko": "위치: {path}"},
    "column_name": {"en": "name", "ko": "이름"},
    "column_what": {"en": "what it is", "ko": "설명"},
    "column_rows": {"en": "rows", "ko": "행"},
    "column_licence": {"en": "licence", "ko": "라이선스"},
    "column_here": {"en": "on this machine", "ko": "이 컴퓨터"},
    "column_tasks": {"en": "tasks", "ko": "과제"},
    "fact_name": {"en": "name", "ko": "이름"},
    "fact_titles": {"en": "what it is", "ko": "설명"},
    "fact_task": {"en": "task", "ko": "과제"},
    "fact_labels": {"en": "labels", "ko": "레이블"},
    "fact_rows": {"en": "rows", "ko": "행"},
    "fact_splits": {"en": "splits", "ko": "분할"},
    "fact_licence": {"en": "licence", "ko": "라이선스"},
    "fact_citation": {"en": "citation", "ko": "인용"},
    "fact_homepage": {"en": "home page", "ko": "홈페이지"},
    "fact_files": {"en": "files", "ko": "파일"},
    "arg_data": {
        "en": "Corpus, name:split, or a file (CSV, TSV, JSONL, Parquet, Excel).",
        "ko": "말뭉치, 이름:분할, 또는 파일(CSV, TSV, JSONL, Parquet, Excel).",
    },
    "arg_corpus": {"en": "A name from `maeum data list`.", "ko": "`maeum data list`에 나오는 이름."},
    "arg_family": {
        "en": "What to train: a name from `maeum models list`.",
        "ko": "학습할 모델: `maeum models list`에 나오는 이름.",
    },
    "arg_model": {"en": "A run folder or a model folder.", "ko": "학습 결과 폴더 또는 모델 폴더."},
    "arg_run_out": {
        "en": "Folder to write; runs/<data>-<model> when not given.",
        "ko": "결과를 쓸 폴더. 지정하지 않으면 runs/<데이터>-<모델>.",
    },
    "arg_config": {
        "en": "A recipe (recipe.yaml of a run) to start from; flags go before it.",
        "ko": "바탕으로 삼을 레시피(학습 결과의 recipe.yaml). 옵션이 우선합니다.",
    },
    "arg_overwrite": {"en": "Replace what is there.", "ko": "이미 있는 결과를 바꿉니다."},
    "arg_texts": {
        "en": "Texts, one file, or - for lines on standard input.",
        "ko": "텍스트, 파일 하나, 또는 표준 입력의 줄을 읽는 -.",
    },
    "arg_text": {
        "en": "Take the argument as text even if it looks like a file.",
        "ko": "파일처럼 보여도 텍스트로 봅니다.",
    },
    "arg_text_column": {"en": "Column with the text, in a file.", "ko": "파일에서 텍스트가 든 열."},
    "arg_predict_out": {
        "en": "File to write (.csv, .tsv, .jsonl, .json, .parquet).",
        "ko": "쓸 파일(.csv, .tsv, .jsonl, .json, .parquet).",
    },
    "arg_format": {"en": "What is printed when nothing is written.", "ko": "화면에 보여 줄 형식."},
    "arg_output_encoding": {
        "en": "Encoding of a CSV; UTF-8 with BOM (for Excel) when not given.",
        "ko": "CSV의 인코딩. 지정하지 않으면 BOM이 있는 UTF-8(엑셀용).",
    },
    "arg_evaluate_out": {
        "en": "Folder for report.html, metrics.json, predictions.parquet …; nothing is written when not given.",
        "ko": "report.html, metrics.json, predictions.parquet 등을 쓸 폴더. 지정하지 않으면 쓰지 않습니다.",
    },
    "arg_bootstrap_seed": {"en": "Of the intervals' resampling.", "ko": "구간 추정에 쓰는 시드."},
    "arg_get_out": {"en": "Write the split to this file too.", "ko": "분할을 이 파일로도 저장합니다."},
    "arg_demo_out": {"en": "Folder to write.", "ko": "결과를 쓸 폴더."},
    "demo_help": {
        "en": "A first look: train and judge a small model on the packaged sample, and predict a few sentences.",
        "ko": "맛보기: 꾸러미에 든 표본으로 작은 모델을 학습하고 평가한 뒤 몇 문장을 예측합니다.",
    },
    "demo_examples": {"en": "Example: maeum demo", "ko": "예: maeum demo"},
    "predict_help": {
        "en": "Label texts, or every row of a file.",
        "ko": "텍스트나 파일의 모든 행에 레이블을 붙입니다.",
    },
    "predict_examples": {
        "en": 'Examples:\nmaeum predict "이 영화 진짜 재밌다" --model runs/nsmc-linear\n'
        "maeum predict reviews.csv --text-column review --model runs/nsmc-linear -o predicted.csv\n"
        "cat reviews.txt | maeum predict - --model runs/nsmc-linear --format jsonl",
        "ko": '예:\nmaeum predict "이 영화 진짜 재밌다" --model runs/nsmc-linear\n'
        "maeum predict 리뷰.csv --text-column 리뷰 --model runs/nsmc-linear -o 예측.csv\n"
        "cat 리뷰.txt | maeum predict - --model runs/nsmc-linear --format jsonl",
    },
    "train_help": {
        "en": "Train a model and judge it on rows held out.",
        "ko": "모델을 학습하고 떼어 둔 데이터로 평가합니다.",
    },
    "train_examples": {
        "en": "Examples:\nmaeum train --data nsmc --model linear -o runs/nsmc-linear\n"
        "maeum train reviews.xlsx --text-column review --label-column stars --stars 2 -o runs/mine\n"
        "maeum train --config runs/mine/recipe.yaml --c 0.5 -o runs/mine-2",
        "ko": "예:\nmaeum train --data nsmc --model linear -o runs/nsmc-linear\n"
        "maeum train 리뷰.xlsx --text-column 리뷰 --label-column 별점 --stars 2 -o runs/mine\n"
        "maeum train --config runs/mine/recipe.yaml --c 0.5 -o runs/mine-2",
    },
    "evaluate_help": {
        "en": "Judge a model on data it has not seen, and write a report.",
        "ko": "모델을 처음 보는 데이터로 평가하고 보고서를 씁니다.",
    },
    "evaluate_examples": {
        "en": "Examples:\nmaeum evaluate runs/nsmc-linear --data nsmc:test -o judged\n"
        "maeum evaluate runs/nsmc-linear reviews.csv --text-column review --label-column sentiment --format json",
        "ko": "예:\nmaeum evaluate runs/nsmc-linear --data nsmc:test -o judged\n"
        "maeum evaluate runs/nsmc-linear 리뷰.csv --text-column 리뷰 --label-column 감성 --format json",
    },
    "data_help": {"en": "Public corpora: list, look up, fetch.", "ko": "공개 말뭉치: 목록, 정보, 내려받기."},
    "data_list_help": {"en": "All corpora of the catalog.", "ko": "목록에 있는 모든 말뭉치."},
    "data_list_examples": {"en": "Example: maeum data list", "ko": "예: maeum data list"},
    "data_info_help": {
        "en": "Home page, licence, citation, labels, splits and files of a corpus.",
        "ko": "말뭉치의 홈페이지, 라이선스, 인용, 레이블, 분할, 파일.",
    },
    "data_info_examples": {"en": "Example: maeum data info nsmc", "ko": "예: maeum data info nsmc"},
    "data_get_help": {
        "en": "Fetch and check a corpus' files; with -o also write a split as a table.",
        "ko": "말뭉치 파일을 받아 확인합니다. -o를 주면 분할을 표로도 저장합니다.",
    },
    "data_get_examples": {
        "en": "Examples:\nmaeum data get nsmc\nmaeum data get sample:test -o sample.csv",
        "ko": "예:\nmaeum data get nsmc\nmaeum data get sample:test -o sample.csv",
    },
    "models_help": {"en": "Models that can be trained.", "ko": "학습할 수 있는 모델."},
    "models_list_help": {"en": "What `--model` takes.", "ko": "`--model`에 쓸 수 있는 이름."},
    "models_list_examples": {"en": "Example: maeum models list", "ko": "예: maeum models list"},
    "doctor_help": {
        "en": "Check the installation, the folders, the console.",
        "ko": "설치 상태, 폴더, 콘솔을 살펴봅니다.",
    },
    "doctor_examples": {"en": "Example: maeum doctor", "ko": "예: maeum doctor"},
}
