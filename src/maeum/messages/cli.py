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
    "usage_line": {"en": "Usage: {usage}", "ko": "사용법: {usage}"},
    "usage_options": {"en": "[OPTIONS]", "ko": "[옵션]"},
    "usage_command": {"en": "COMMAND …", "ko": "명령 …"},
    "group_more": {
        "en": "More about a command: {path} COMMAND --help",
        "ko": "명령마다 자세한 도움말: {path} 명령 --help",
    },
    "default": {"en": "[default: {value}]", "ko": "[기본값: {value}]"},
    "version": {"en": "Show the version.", "ko": "버전을 보여 줍니다."},
    "lang": {"en": "Language of messages: ko or en.", "ko": "메시지 언어: ko 또는 en."},
    "offline": {"en": "Never use the network.", "ko": "네트워크를 쓰지 않습니다."},
    "quiet": {"en": "Show results and errors only.", "ko": "결과와 오류만 보여 줍니다."},
    "debug": {"en": "Show the traceback of an error.", "ko": "오류의 상세 추적을 보여 줍니다."},
    "show_help": {"en": "Show this page.", "ko": "이 도움말을 보여 줍니다."},
    "panel_examples": {"en": "Examples", "ko": "예"},
    "panel_arguments": {"en": "Arguments", "ko": "인수"},
    "panel_options": {"en": "Options", "ko": "옵션"},
    "panel_commands": {"en": "Commands", "ko": "명령"},
    "panel_common": {"en": "Everywhere", "ko": "공통"},
    "panel_data": {"en": "Data", "ko": "데이터"},
    "panel_file": {"en": "Reading a file", "ko": "파일 읽기"},
    "panel_intervals": {"en": "Intervals", "ko": "구간"},
    "panel_tokenizer": {"en": "Tokenizer", "ko": "토크나이저"},
    "panel_shape": {"en": "Encoder", "ko": "인코더"},
    "panel_pretraining": {"en": "Training", "ko": "학습"},
    "panel_cascade": {"en": "Switch point", "ko": "전환 기준"},
    "panel_teaching": {"en": "Teacher", "ko": "교사"},
    "panel_split": {"en": "Split", "ko": "분할"},
    "panel_training": {"en": "Training", "ko": "학습"},
    "panel_gradient": {"en": "Training of networks and encoders", "ko": "신경망과 인코더의 학습"},
    "panel_model": {"en": "Model", "ko": "모델"},
    "networks": {"en": "networks", "ko": "신경망"},
    "defaults_else": {"en": "others {value}", "ko": "그 밖 {value}"},
    "unit_characters": {"en": "characters", "ko": "글자"},
    "unit_words": {"en": "words", "ko": "단어"},
    "unit_texts": {"en": "texts", "ko": "텍스트"},
    "unit_rows": {"en": "rows", "ko": "행"},
    "unit_tokens": {"en": "tokens", "ko": "토큰"},
    "unit_batches": {"en": "batches", "ko": "배치"},
    "unit_updates": {"en": "updates", "ko": "갱신 횟수"},
    "unit_epochs": {"en": "epochs", "ko": "에폭"},
    "unit_layers": {"en": "layers", "ko": "층"},
    "unit_share_of_rows": {"en": "share of rows", "ko": "행의 비율"},
    "unknown_command": {
        "en": "'{command}' has no command '{name}'.{near} Commands: {known}",
        "ko": "'{command}'에는 '{name}' 명령이 없습니다.{near} 있는 명령: {known}",
    },
    "no_such_option": {
        "en": "'{command}' has no option {option}.{near} All options: {command} --help",
        "ko": "'{command}'에는 {option} 옵션이 없습니다.{near} 모든 옵션: {command} --help",
    },
    "needs_value": {
        "en": "{option} needs a value after it. Examples: {command} --help",
        "ko": "{option} 뒤에 값이 필요합니다. 예: {command} --help",
    },
    "takes_no_value": {
        "en": "{option} takes no value; write it alone. Examples: {command} --help",
        "ko": "{option} 옵션은 값을 받지 않습니다. 값 없이 쓰세요. 예: {command} --help",
    },
    "extra_arguments": {
        "en": "'{command}' was given more than it takes: {found}. Put a name or text with spaces in quotes. Examples: {command} "
        "--help",
        "ko": "'{command}'에 인수가 너무 많습니다: {found}. 공백이 든 이름이나 텍스트는 따옴표로 감싸세요. 예: {command} --help",
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
    "column_name": {"en": "name", "ko": "이름"},
    "column_use": {"en": "use", "ko": "쓰임"},
    "use_predict": {"en": "predict", "ko": "바로 예측"},
    "use_train": {"en": "train", "ko": "학습"},
    "use_trunk": {"en": "start from", "ko": "학습의 출발점"},
    "column_what": {"en": "what it is", "ko": "설명"},
    "column_rows": {"en": "rows", "ko": "행"},
    "column_licence": {"en": "licence", "ko": "라이선스"},
    "column_here": {"en": "on this machine", "ko": "이 컴퓨터에"},
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
        "en": "Corpus, corpus:split, or a file (CSV, TSV, JSONL, Parquet, Excel).",
        "ko": "말뭉치, 말뭉치:분할, 또는 파일(CSV, TSV, JSONL, Parquet, Excel).",
    },
    "arg_labelled": {
        "en": "Corpus, corpus:split (test when not given), or a file with labels.",
        "ko": "말뭉치, 말뭉치:분할(지정하지 않으면 test), 또는 레이블이 든 파일.",
    },
    "arg_data_again": {
        "en": "The same, as an option.",
        "ko": "위와 같으며 옵션으로 지정합니다.",
    },
    "arg_corpus": {"en": "A name from `maeum data list`.", "ko": "`maeum data list`에 나오는 이름."},
    "arg_corpus_split": {
        "en": "A name from `maeum data list`; with -o also which split (train when not given).",
        "ko": "`maeum data list`에 나오는 이름. -o와 함께라면 분할도(지정하지 않으면 train).",
    },
    "arg_family": {
        "en": "What to train: a name from `maeum models list`, an encoder's folder, or its id on the Hugging Face Hub "
        "(klue/roberta-base); linear when not given.",
        "ko": "학습할 모델: `maeum models list`에 나오는 이름, 인코더 폴더, 또는 Hugging Face Hub의 이름(klue/roberta-base). "
        "지정하지 않으면 linear.",
    },
    "arg_model": {
        "en": "A model of the package (`maeum models list`), a run folder or a model folder.",
        "ko": "꾸러미에 든 모델(`maeum models list`), 학습 결과 폴더 또는 모델 폴더.",
    },
    "arg_run_out": {
        "en": "Folder to write; runs/<data>-<model> when not given.",
        "ko": "결과를 쓸 폴더. 지정하지 않으면 runs/<데이터>-<모델>.",
    },
    "arg_config": {
        "en": "A recipe to start from (recipe.yaml of a run); other options overrule it.",
        "ko": "바탕으로 삼을 레시피(학습 결과의 recipe.yaml). 다른 옵션이 우선합니다.",
    },
    "arg_overwrite": {"en": "Replace what is there.", "ko": "이미 있는 결과를 바꿉니다."},
    "arg_train_overwrite": {
        "en": "Replace a finished run, and drop an unfinished one.",
        "ko": "끝난 결과를 바꾸고, 덜 끝난 학습은 버립니다.",
    },
    "arg_train_resume": {
        "en": "Go on with the unfinished training of -o RUN_DIR; all else may be left out.",
        "ko": "-o로 지정한 폴더의 덜 끝난 학습을 이어서 합니다. 다른 옵션은 빼도 됩니다.",
    },
    "arg_seeds": {
        "en": "Train N times, with --seed and the numbers after it: mean ± standard deviation; the best model is kept.",
        "ko": "--seed부터 이어지는 시드로 N번 학습해 평균 ± 표준편차를 구하고 가장 좋은 모델을 남깁니다.",
    },
    "arg_track": {
        "en": "Report to experiment trackers: mlflow, wandb, tensorboard, or several joined by commas.",
        "ko": "실험 추적 도구에 기록합니다: mlflow, wandb, tensorboard. 여럿이면 쉼표로 잇습니다.",
    },
    "arg_texts": {
        "en": "Texts, one file, or - for standard input, one text a line.",
        "ko": "텍스트, 파일 하나, 또는 표준 입력을 한 줄에 하나씩 읽는 -.",
    },
    "arg_text": {
        "en": "Take the arguments as texts even if they look like a file.",
        "ko": "파일처럼 보여도 텍스트로 봅니다.",
    },
    "arg_predict_out": {
        "en": "File to write (.csv, .tsv, .jsonl, .json, .parquet).",
        "ko": "저장할 파일(.csv, .tsv, .jsonl, .json, .parquet).",
    },
    "arg_format": {"en": "How it is printed.", "ko": "화면에 보여 줄 형식."},
    "arg_format_rows": {
        "en": "How the predictions are printed; a table when nothing is given, nothing at all with -o alone.",
        "ko": "예측을 화면에 보여 줄 형식. 지정하지 않으면 표로 보여 주고, -o만 있으면 보여 주지 않습니다.",
    },
    "arg_format_metrics": {
        "en": "How the result is printed; json: the numbers alone.",
        "ko": "결과를 화면에 보여 줄 형식. json은 수치만 보여 줍니다.",
    },
    "arg_output_encoding": {
        "en": "Encoding of the CSV or TSV written; UTF-8 with BOM (for Excel) when not given. Characters it lacks are counted.",
        "ko": "저장할 CSV나 TSV의 인코딩. 지정하지 않으면 BOM이 있는 UTF-8(엑셀용). 인코딩에 없는 글자는 세어 알려 줍니다.",
    },
    "arg_evaluate_out": {
        "en": "Folder for report.html, report.md, metrics.json, evaluation.json and predictions.parquet; nothing is written "
        "when not given.",
        "ko": "report.html, report.md, metrics.json, evaluation.json, predictions.parquet을 쓸 폴더. 지정하지 않으면 쓰지 않습니다.",
    },
    "arg_get_out": {"en": "Write the split to this file.", "ko": "분할을 저장할 파일."},
    "arg_demo_out": {"en": "Folder to write.", "ko": "결과를 쓸 폴더."},
    "demo_help": {
        "en": "A first look: train and judge a small model on the packaged sample, and predict a few sentences.",
        "ko": "맛보기: 꾸러미에 든 표본으로 작은 모델을 학습하고 평가한 뒤 몇 문장을 예측합니다.",
    },
    "demo_examples": {"en": "maeum demo\nmaeum demo -o first-look", "ko": "maeum demo\nmaeum demo -o 맛보기"},
    "predict_help": {
        "en": "Label texts, or every row of a file.",
        "ko": "텍스트나 파일의 모든 행에 레이블을 붙입니다.",
    },
    "predict_examples": {
        "en": 'maeum predict "이 영화 진짜 재밌다" --model runs/nsmc-linear\n'
        "maeum predict reviews.csv --text-column review --model runs/nsmc-linear -o predicted.csv\n"
        "cat reviews.txt | maeum predict - --model runs/nsmc-linear --format jsonl",
        "ko": 'maeum predict "이 영화 진짜 재밌다" --model runs/nsmc-linear\n'
        "maeum predict 리뷰.csv --text-column 리뷰 --model runs/nsmc-linear -o 예측.csv\n"
        "cat 리뷰.txt | maeum predict - --model runs/nsmc-linear --format jsonl",
    },
    "train_help": {
        "en": "Train a model, judge it on rows held out, and write a run folder.",
        "ko": "모델을 학습하고 떼어 둔 데이터로 평가한 뒤 결과 폴더를 씁니다.",
    },
    "train_examples": {
        "en": "maeum train --data nsmc --model linear -o runs/nsmc-linear\n"
        "maeum train reviews.xlsx --text-column review --label-column stars --stars 2 -o runs/mine\n"
        "maeum train --data nsmc --model klue/roberta-base --seeds 3\n"
        "maeum train --resume -o runs/nsmc-klue-roberta-base\n"
        "maeum train --config runs/mine/recipe.yaml --c 0.5 -o runs/mine-2",
        "ko": "maeum train --data nsmc --model linear -o runs/nsmc-linear\n"
        "maeum train 리뷰.xlsx --text-column 리뷰 --label-column 별점 --stars 2 -o runs/mine\n"
        "maeum train --data nsmc --model klue/roberta-base --seeds 3\n"
        "maeum train --resume -o runs/nsmc-klue-roberta-base\n"
        "maeum train --config runs/mine/recipe.yaml --c 0.5 -o runs/mine-2",
    },
    "tune_help": {
        "en": "Search for the settings with which a model does best on validation.",
        "ko": "검증 점수가 가장 좋은 설정을 찾습니다.",
    },
    "tune_examples": {
        "en": "maeum tune --data nsmc --model linear --search random --trials 20 -o searches/linear\n"
        "maeum tune --data nsmc --model klue/roberta-base --time 2h --scheduler asha\n"
        "maeum tune reviews.csv --model cnn --space space.yaml --search grid --epochs 5\n"
        "maeum tune --resume -o searches/linear --trials 40\n"
        "maeum train --config searches/linear/best.yaml -o runs/linear",
        "ko": "maeum tune --data nsmc --model linear --search random --trials 20 -o searches/linear\n"
        "maeum tune --data nsmc --model klue/roberta-base --time 2h --scheduler asha\n"
        "maeum tune 리뷰.csv --model cnn --space 공간.yaml --search grid --epochs 5\n"
        "maeum tune --resume -o searches/linear --trials 40\n"
        "maeum train --config searches/linear/best.yaml -o runs/linear",
    },
    "distill_help": {
        "en": "Teach a small model with the probabilities of a large one, judge it on rows held out, and write a run folder.",
        "ko": "큰 모델의 확률로 작은 모델을 가르치고, 떼어 둔 데이터로 평가한 뒤 결과 폴더를 씁니다.",
    },
    "distill_examples": {
        "en": "maeum distill runs/klue-large --student cnn --data reviews.csv -o runs/small\n"
        "maeum distill runs/klue-large --student klue/roberta-small --data nsmc --alpha 0.5 --temperature 4\n"
        "maeum distill --soft-labels soft.npy --student birnn --data nsmc -o runs/small\n"
        "maeum distill --resume -o runs/small",
        "ko": "maeum distill runs/klue-large --student cnn --data 리뷰.csv -o runs/small\n"
        "maeum distill runs/klue-large --student klue/roberta-small --data nsmc --alpha 0.5 --temperature 4\n"
        "maeum distill --soft-labels soft.npy --student birnn --data nsmc -o runs/small\n"
        "maeum distill --resume -o runs/small",
    },
    "evaluate_help": {
        "en": "Judge a model on data it has not seen, and write a report.",
        "ko": "모델을 처음 보는 데이터로 평가하고 보고서를 씁니다.",
    },
    "evaluate_examples": {
        "en": "maeum evaluate runs/nsmc-linear --data nsmc:test -o judged\n"
        "maeum evaluate runs/nsmc-linear reviews.csv --text-column review --label-column sentiment --format json",
        "ko": "maeum evaluate runs/nsmc-linear --data nsmc:test -o judged\n"
        "maeum evaluate runs/nsmc-linear 리뷰.csv --text-column 리뷰 --label-column 감성 --format json",
    },
    "arg_compare_runs": {
        "en": "Two or more run folders, as `maeum train` wrote them.",
        "ko": "`maeum train`이 만든 학습 결과 폴더 두 개 이상.",
    },
    "arg_compare_data": {
        "en": "Judge all models on this corpus or file instead of the rows each run held out: nsmc:test.",
        "ko": "검증 데이터 대신 이 말뭉치나 파일로 모든 모델을 평가합니다: nsmc:test.",
    },
    "arg_compare_out": {
        "en": "Folder for report.html, report.md and comparison.json.",
        "ko": "report.html, report.md, comparison.json을 쓸 폴더.",
    },
    "compare_help": {
        "en": "Put runs beside each other, and test whether the best is better by more than chance.",
        "ko": "학습 결과를 나란히 놓고, 가장 좋은 모델이 우연 이상으로 나은지 검정합니다.",
    },
    "compare_examples": {
        "en": "maeum compare runs/nsmc-linear runs/nsmc-cnn\n"
        "maeum compare runs/nsmc-linear runs/nsmc-cnn --data nsmc:test -o compared",
        "ko": "maeum compare runs/nsmc-linear runs/nsmc-cnn\n"
        "maeum compare runs/nsmc-linear runs/nsmc-cnn --data nsmc:test -o compared",
    },
    "pretrain_help": {
        "en": "Pretrain a Korean encoder on texts without labels, or train one further on your own.",
        "ko": "레이블 없는 텍스트로 한국어 인코더를 사전 학습하거나, 있는 인코더를 내 텍스트로 더 학습합니다.",
    },
    "pretrain_examples": {
        "en": "maeum pretrain nsmc-raw --time 45m -o encoders/mine\n"
        "maeum pretrain reviews.txt --from klue/roberta-base --epochs 1 -o encoders/shop\n"
        "maeum pretrain --resume -o encoders/mine",
        "ko": "maeum pretrain nsmc-raw --time 45m -o encoders/mine\n"
        "maeum pretrain 리뷰.txt --from klue/roberta-base --epochs 1 -o encoders/shop\n"
        "maeum pretrain --resume -o encoders/mine",
    },
    "panel_insight": {"en": "How reviews are chosen and counted", "ko": "리뷰를 고르고 세는 방법"},
    "unit_reviews": {"en": "reviews", "ko": "리뷰"},
    "insight_help": {
        "en": "What an audience feels about each title: sentiment, 44 emotions, time, words, examples, sources, agreement with stars; "
        "tables and one page from a table of reviews.",
        "ko": "관객이 제목마다 무엇을 느끼는지: 리뷰 표에서 감성, 감정 44가지, 시간 흐름, 단어, 예, 출처, 별점과의 일치도를 표와 페이지로 "
        "만듭니다.",
    },
    "insight_examples": {
        "en": "maeum insight reviews.csv -o insight\n"
        "maeum insight reviews.csv --title-column film --date-column written --model fast -o insight\n"
        "maeum insight nsmc-raw --choose random --seed 7 -o nsmc",
        "ko": "maeum insight 리뷰.csv -o 분석\n"
        "maeum insight 리뷰.csv --title-column 영화 --date-column 작성일 --model fast -o 분석\n"
        "maeum insight nsmc-raw --choose random --seed 7 -o nsmc",
    },
    "cascade_help": {
        "en": "Join a fast and a better model: the fast one answers where it is sure. Where to switch is chosen on validation "
        "texts for a stated loss of accuracy.",
        "ko": "빠른 모델과 더 나은 모델을 이어, 빠른 모델이 확신하는 텍스트는 그대로 답하게 합니다. 넘기는 기준은 허용한 정확도 손실에 맞춰 "
        "검증 데이터에서 정합니다.",
    },
    "cascade_examples": {
        "en": "maeum cascade fast runs/klue --data nsmc:validation --max-loss 0.1 -o cascade\n"
        "maeum cascade fast runs/klue --data held-out.csv --text-column review --label-column sentiment -o cascade",
        "ko": "maeum cascade fast runs/klue --data nsmc:validation --max-loss 0.1 -o cascade\n"
        "maeum cascade fast runs/klue --data 검증.csv --text-column 리뷰 --label-column 감성 -o cascade",
    },
    "arg_summary_model": {
        "en": "A model of the package, a run or model folder, or a family that is not trained yet (cnn).",
        "ko": "꾸러미에 든 모델, 학습 결과 폴더, 모델 폴더, 또는 아직 학습하지 않은 모델 종류(cnn).",
    },
    "arg_summary_depth": {
        "en": "How deep parts inside parts are shown; by default layers of a stack have one line each.",
        "ko": "안쪽 구성 요소를 몇 단계까지 보여 줄지. 기본은 반복되는 층마다 한 줄.",
    },
    "arg_export_model": {
        "en": "A run folder, a model folder, or a folder or Hub id of a Hugging Face classifier.",
        "ko": "학습 결과 폴더, 모델 폴더, 또는 Hugging Face 분류기의 폴더나 Hub 이름.",
    },
    "arg_export_to": {"en": "The format; there is one.", "ko": "내보낼 형식. 지금은 하나뿐입니다."},
    "arg_export_out": {
        "en": "Folder for model.onnx, tokenizer.json, model.json, README.md.",
        "ko": "model.onnx, tokenizer.json, model.json, README.md를 담을 폴더.",
    },
    "arg_parity_texts": {
        "en": "Texts to compare the answers on: a table, or one text a line. When not given: the packaged reviews.",
        "ko": "답을 비교할 텍스트: 표 파일 또는 한 줄에 텍스트 하나. 지정하지 않으면 꾸러미에 든 리뷰.",
    },
    "export_help": {
        "en": "Write a network or encoder as ONNX for fast prediction without torch; refused when its answers change.",
        "ko": "신경망이나 인코더를 torch 없이 빠르게 예측하는 ONNX로 내보냅니다. 답이 달라지면 저장하지 않습니다.",
    },
    "export_examples": {
        "en": "maeum export runs/klue --to onnx --int8 -o exported\n"
        "maeum export runs/klue --int8 --parity-texts reviews.csv --text-column review -o exported",
        "ko": "maeum export runs/klue --to onnx --int8 -o exported\n"
        "maeum export runs/klue --int8 --parity-texts reviews.csv --text-column review -o exported",
    },
    "panel_export": {"en": "What is written", "ko": "내보내기"},
    "summary_help": {
        "en": "Show a model's layers: output shapes, parameters, trainable share, size.",
        "ko": "모델의 층을 보여 줍니다: 출력 모양, 파라미터 수, 학습되는 비율, 크기.",
    },
    "summary_examples": {
        "en": "maeum summary fast\nmaeum summary cnn\nmaeum summary runs/nsmc-cnn --format json",
        "ko": "maeum summary fast\nmaeum summary cnn\nmaeum summary runs/nsmc-cnn --format json",
    },
    "data_help": {"en": "Public corpora: list, look up, fetch.", "ko": "공개 말뭉치: 목록, 정보, 내려받기."},
    "data_list_help": {"en": "All corpora of the catalog.", "ko": "목록에 있는 모든 말뭉치."},
    "data_list_examples": {"en": "maeum data list", "ko": "maeum data list"},
    "data_info_help": {
        "en": "Home page, licence, citation, labels, splits and files of a corpus.",
        "ko": "말뭉치의 홈페이지, 라이선스, 인용, 레이블, 분할, 파일.",
    },
    "data_info_examples": {"en": "maeum data info nsmc", "ko": "maeum data info nsmc"},
    "data_get_help": {
        "en": "Fetch and check a corpus' files and print where they lie; with -o write a split as a table.",
        "ko": "말뭉치 파일을 받아 확인하고 위치를 보여 줍니다. -o를 주면 분할을 표로 저장합니다.",
    },
    "data_get_examples": {
        "en": "maeum data get nsmc\nmaeum data get sample:test -o sample.csv",
        "ko": "maeum data get nsmc\nmaeum data get sample:test -o sample.csv",
    },
    "models_help": {"en": "Models that can be trained.", "ko": "학습할 수 있는 모델."},
    "models_list_help": {"en": "Names for `maeum train --model`.", "ko": "`maeum train --model`에 쓸 수 있는 이름."},
    "models_list_examples": {"en": "maeum models list", "ko": "maeum models list"},
    "doctor_help": {
        "en": "Check the installation, the folders, the console.",
        "ko": "설치 상태, 폴더, 콘솔을 살펴봅니다.",
    },
    "doctor_examples": {"en": "maeum doctor", "ko": "maeum doctor"},
}
