"""Sentences about pretrained encoders: finding them, their tokenizers, their heads."""

MESSAGES = {
    "no_checkpoint": {
        "en": "The family 'encoder' needs an encoder to start from, for example --model klue/roberta-base, or a folder. "
        "Well-known Korean ones: {known}",
        "ko": "'encoder' 모델에는 출발점이 되는 인코더가 필요합니다. 예: --model klue/roberta-base 또는 폴더. 잘 알려진 한국어 인코더: {known}",
    },
    "not_found": {
        "en": "The encoder '{name}' was not found: no such folder, nothing in MAEUM_MODELS ({models}), nothing in the Hugging "
        "Face cache; {reason}.{near} On a machine that is online: hf download {name} --local-dir {short}; then give the path of "
        "that folder, or put it into a folder of MAEUM_MODELS.",
        "ko": "'{name}' 인코더를 찾지 못했습니다. 그런 폴더가 없고, MAEUM_MODELS({models})에도 Hugging Face 캐시에도 없습니다. {reason}.{near} "
        "인터넷이 되는 컴퓨터에서 hf download {name} --local-dir {short}{short:-으로/로} 받은 뒤, 그 폴더의 경로를 지정하거나 MAEUM_MODELS의 "
        "폴더에 넣으세요.",
    },
    "models_unset": {"en": "not set", "ko": "정해지지 않음"},
    "reason_offline": {
        "en": "the network is off (--offline, MAEUM_OFFLINE or HF_HUB_OFFLINE)",
        "ko": "네트워크는 꺼져 있습니다(--offline, MAEUM_OFFLINE 또는 HF_HUB_OFFLINE)",
    },
    "reason_unknown": {
        "en": "the Hugging Face Hub has no public model of that name",
        "ko": "Hugging Face Hub에도 이 이름의 공개 모델이 없습니다",
    },
    "reason_gated": {
        "en": "on the Hugging Face Hub its terms have to be accepted first (then: hf auth login)",
        "ko": "Hugging Face Hub에서 먼저 이용 조건에 동의해야 합니다(그다음 hf auth login)",
    },
    "reason_unreachable": {
        "en": "the Hugging Face Hub cannot be reached ({reason})",
        "ko": "Hugging Face Hub에 연결할 수 없습니다({reason})",
    },
    "downloading": {"en": "Downloading {name}", "ko": "{name} 내려받는 중"},
    "path_missing": {
        "en": "There is no folder '{path}'.{near} Encoders beside it: {found}",
        "ko": "'{path}' 폴더가 없습니다.{near} 그 옆에 있는 인코더: {found}",
    },
    "trunk_missing": {
        "en": "This installation lacks the encoder '{name}', which comes with maeum. Install it again (pip install "
        "--force-reinstall maeum), or begin from another encoder: --checkpoint FOLDER",
        "ko": "maeum에 함께 든 '{name}' 인코더가 이 설치본에 없습니다. 다시 설치하거나(pip install --force-reinstall maeum) 다른 인코더를 지정하세요: "
        "--checkpoint 폴더",
    },
    "no_config": {
        "en": "'{folder}' holds no encoder: it has no {config} (it holds {found}).",
        "ko": "'{folder}'에는 인코더가 없습니다. {config}{config:-이/가} 없습니다(들어 있는 것: {found}).",
    },
    "no_weights": {
        "en": "'{folder}' holds no weights for PyTorch: neither model.safetensors nor pytorch_model.bin (it holds {found}). "
        "Download the whole model, or train its shape from nothing with --from-scratch.",
        "ko": "'{folder}'에 PyTorch 가중치가 없습니다. model.safetensors도 pytorch_model.bin도 없습니다(들어 있는 것: {found}). 모델 전체를 내려받거나, "
        "구조만으로 처음부터 학습하려면 --from-scratch를 쓰세요.",
    },
    "own_code": {
        "en": "'{folder}' is of a kind ('{kind}') that brings Python code of its own, which maeum never runs. Use a checkpoint "
        "of an architecture that transformers has itself, such as klue/roberta-base.",
        "ko": "'{folder}'{folder:-은/는} 자체 파이썬 코드가 있어야 하는 종류('{kind}')이며, maeum은 그런 코드를 실행하지 않습니다. "
        "klue/roberta-base처럼 transformers에 든 구조의 체크포인트를 쓰세요.",
    },
    "config_unreadable": {
        "en": "'{path}' does not say which architecture this is ({reason}). Upgrading may help: pip install -U transformers",
        "ko": "'{path}'에서 모델 구조를 알 수 없습니다({reason}). 업그레이드해 보세요: pip install -U transformers",
    },
    "no_classifier": {
        "en": "'{folder}' is of the kind '{kind}', for which transformers has no text classifier. Use an encoder such as "
        "klue/roberta-base.",
        "ko": "'{folder}'{folder:-은/는} '{kind}' 종류이며 transformers에 이 종류의 텍스트 분류기가 없습니다. klue/roberta-base 같은 인코더를 "
        "쓰세요.",
    },
    "weights_unreadable": {
        "en": "The weights in '{folder}' cannot be read ({reason}). Copy or download the folder again.",
        "ko": "'{folder}'의 가중치를 읽을 수 없습니다({reason}). 폴더를 다시 복사하거나 내려받으세요.",
    },
    "weights_differ": {
        "en": "The weights in '{folder}' do not belong to its config.json: {count} parts of the encoder are missing or of another "
        "size ({names}). They would be random, so nothing was loaded. Download the whole folder again.",
        "ko": "'{folder}'의 가중치가 config.json과 맞지 않습니다. 인코더의 {count}개 부분이 없거나 크기가 다릅니다({names}). 무작위 값이 되므로 읽지 않았습니다. "
        "폴더 전체를 다시 내려받으세요.",
    },
    "no_head": {
        "en": "'{folder}' has no trained classification head, so its answers would be random. Train one: maeum train --data "
        "DATA --model {folder} -o RUN",
        "ko": "'{folder}'에는 학습된 분류층이 없어 답이 무작위가 됩니다. 먼저 학습하세요: maeum train --data 데이터 --model {folder} -o 폴더",
    },
    "head_new": {
        "en": "This checkpoint was trained for other labels ({before}); its classification head is replaced by a new one for "
        "{labels}.",
        "ko": "이 체크포인트는 다른 레이블({before})로 학습되었습니다. 분류층을 {labels}에 맞는 새것으로 바꿉니다.",
    },
    "labels_differ": {
        "en": "The model '{folder}' contradicts itself: model.json has the labels {card}, config.json has {config}. Copy the "
        "model again.",
        "ko": "'{folder}' 모델의 파일이 서로 다릅니다. model.json의 레이블은 {card}, config.json의 레이블은 {config}입니다. 모델을 다시 복사하세요.",
    },
    "regression": {
        "en": "'{folder}' gives one number for a text instead of labels; maeum cannot read it as a classifier.",
        "ko": "'{folder}'{folder:-은/는} 레이블이 아니라 수 하나를 내놓는 모델이어서 분류기로 쓸 수 없습니다.",
    },
    "no_tokenizer": {
        "en": "'{folder}' has no tokenizer: expected tokenizer.json, vocab.txt or a SentencePiece model, found {found}. Copy the "
        "tokenizer's files of the same checkpoint into it.",
        "ko": "'{folder}'에 토크나이저가 없습니다. tokenizer.json, vocab.txt 또는 SentencePiece 모델이 있어야 하나 {found}만 있습니다. 같은 "
        "체크포인트의 토크나이저 파일을 넣으세요.",
    },
    "tokenizer_unreadable": {
        "en": "The tokenizer in '{folder}' cannot be read ({reason}). Copy the tokenizer's files of the checkpoint again.",
        "ko": "'{folder}'의 토크나이저를 읽을 수 없습니다({reason}). 체크포인트의 토크나이저 파일을 다시 복사하세요.",
    },
    "no_pad": {
        "en": "The tokenizer in '{folder}' has no token that fills up batches (pad_token). Name one in its "
        "tokenizer_config.json.",
        "ko": "'{folder}'의 토크나이저에 배치를 채우는 토큰(pad_token)이 없습니다. tokenizer_config.json에 정해 주세요.",
    },
    "no_room": {
        "en": "max_length {found} leaves no room for the text beside {special} special tokens. Give a larger --max-length.",
        "ko": "max_length {found}에서는 특수 토큰 {special}개 말고는 텍스트가 들어갈 자리가 없습니다. --max-length를 늘리세요.",
    },
    "length_capped": {
        "en": "This encoder sees at most {limit} tokens, not {asked}; max_length is {limit}.",
        "ko": "이 인코더는 {asked}개가 아니라 최대 {limit}개 토큰까지만 볼 수 있어 max_length를 {limit}{limit:-으로/로} 합니다.",
    },
    "encoding": {"en": "Tokenizing", "ko": "토큰화"},
    "vocab_differs": {
        "en": "'{vocab}' does not belong to {model}: {missing} of its {count} pieces are not in it ({examples}). Take both files "
        "from the same checkpoint.",
        "ko": "'{vocab}'{vocab:-과/와} {model}{model:-은/는} 짝이 아닙니다. {count}개 조각 가운데 {missing}개가 없습니다({examples}). 두 파일을 같은 "
        "체크포인트에서 가져오세요.",
    },
    "special_missing": {
        "en": "The vocabulary '{path}' has no {names}, which a BERT needs. It does not belong to this checkpoint.",
        "ko": "'{path}' 어휘에 BERT에 필요한 {names}{names:-이/가} 없습니다. 이 체크포인트의 어휘가 아닙니다.",
    },
    "ids_too_large": {
        "en": "The tokenizer does not belong to this model: it gives ids up to {largest}, but the model has {rows} rows of "
        "embeddings. Take the tokenizer's files and the weights from the same checkpoint.",
        "ko": "토크나이저가 이 모델의 것이 아닙니다. 토큰 번호가 {largest}까지 나오는데 모델의 임베딩은 {rows}행입니다. 토크나이저 파일과 가중치를 같은 체크포인트에서 "
        "가져오세요.",
    },
    "unknown_tokens": {
        "en": "This tokenizer cannot read Korean: {share} of the characters of {count} texts become unknown tokens (at most "
        "{limit} is accepted). {examples}. The vocabulary is another model's, or of another language, or its tokenizer_config.json "
        'lacks "do_lower_case": false.',
        "ko": "이 토크나이저는 한국어를 읽지 못합니다. 텍스트 {count}개의 글자 가운데 {share}만큼이 미등록 토큰이 됩니다(허용 {limit}). {examples}. 다른 "
        '모델이나 다른 언어의 어휘이거나, tokenizer_config.json에 "do_lower_case": false가 빠졌습니다.',
    },
    "collisions": {
        "en": "This tokenizer does not tell Korean texts apart: {share} of {count} different texts get the same token ids as "
        "another (at most {limit} is accepted). {examples}. The vocabulary is another model's, or of another language.",
        "ko": "이 토크나이저는 한국어 텍스트를 구별하지 못합니다. 서로 다른 텍스트 {count}개 가운데 {share}만큼이 다른 텍스트와 토큰 번호가 같습니다(허용 {limit}). "
        "{examples}. 다른 모델이나 다른 언어의 어휘입니다.",
    },
    "some_unknown": {
        "en": "{share} of the characters become unknown tokens with this tokenizer ({examples}); a Korean encoder loses less.",
        "ko": "이 토크나이저에서는 글자의 {share}만큼이 미등록 토큰이 됩니다({examples}). 한국어 인코더를 쓰면 덜 잃습니다.",
    },
    "many_tokens": {
        "en": "This tokenizer needs {found} tokens for a character of Korean; its encoder has hardly seen any. A Korean or "
        "multilingual encoder would be faster and better.",
        "ko": "이 토크나이저는 한국어 한 글자에 토큰 {found}개를 씁니다. 한국어를 거의 배우지 않은 인코더입니다. 한국어나 다국어 인코더가 더 빠르고 정확합니다.",
    },
    "wide_task": {
        "en": "N-grams beside an encoder (--wide) are for single texts; these data are '{task}'. Train without them: --no-wide",
        "ko": "인코더와 함께 쓰는 n-gram(--wide)은 입력이 텍스트 하나일 때만 쓸 수 있습니다. 이 데이터의 과제는 '{task}'입니다. n-gram 없이 "
        "학습하세요: --no-wide",
    },
    "not_pairs": {
        "en": "This model compares two texts; each input has to be a pair (text, text). {count} are not: {found}",
        "ko": "이 모델은 두 텍스트를 비교하므로 입력마다 (텍스트, 텍스트) 쌍이어야 합니다. {count}개가 그렇지 않습니다: {found}",
    },
    "card_title": {"en": "# Korean text classifier", "ko": "# 한국어 텍스트 분류 모델"},
    "card_labels": {"en": "One of these labels:", "ko": "다음 레이블 가운데 하나:"},
    "card_labels_several": {"en": "Any number of these labels:", "ko": "다음 레이블 가운데 여럿:"},
    "card_base": {"en": "Fine-tuned from:", "ko": "미세 조정의 출발점:"},
    "card_data": {"en": "Training data:", "ko": "학습 데이터:"},
    "card_length": {
        "en": "Texts of up to {count} tokens, special tokens included.",
        "ko": "특수 토큰을 포함해 최대 {count}개 토큰까지의 텍스트.",
    },
    "card_steps": {
        "en": "Text steps that maeum applies first, and transformers does not: {steps}",
        "ko": "maeum이 먼저 적용하고 transformers는 적용하지 않는 텍스트 단계: {steps}",
    },
    "card_wide": {
        "en": "Beside the encoder stand hashed n-grams (`wide/`), whose scores maeum adds; transformers answers without them, and "
        "less well.",
        "ko": "인코더 옆에 해시한 n-gram(`wide/`)이 있으며 maeum은 그 점수를 더합니다. transformers는 n-gram 없이 답하므로 정확도가 떨어집니다.",
    },
    "card_metric": {"en": "Metric", "ko": "지표"},
}
