"""Sentences about exported models and about what computes models."""

MESSAGES = {
    "damaged": {
        "en": "'{path}' is damaged or is no ONNX model ({reason}). Copy the model again or export it anew: maeum export RUN "
        "--to onnx -o DIR",
        "ko": "'{path}'{path:-이/가} 손상되었거나 ONNX 모델이 아닙니다({reason}). 모델을 다시 복사하거나 다시 내보내세요: maeum export 폴더 --to onnx "
        "-o 새폴더",
    },
    "opset": {
        "en": "'{path}' is written in ONNX opset {found}; the installed ONNX Runtime {version} knows opsets up to {known}. "
        "Upgrade it: pip install -U onnxruntime",
        "ko": "'{path}'{path:-은/는} ONNX opset {found}{found:-으로/로} 만들었는데, 설치된 ONNX Runtime {version}{version:-은/는} opset "
        "{known}까지 압니다. 업그레이드하세요: pip install -U onnxruntime",
    },
    "format": {
        "en": "'{path}' is in version {found} of the ONNX format; the installed ONNX Runtime {version} reads versions up to "
        "{known}. Upgrade it: pip install -U onnxruntime",
        "ko": "'{path}'{path:-은/는} ONNX 형식 버전 {found}인데, 설치된 ONNX Runtime {version}{version:-은/는} 버전 {known}까지 읽습니다. "
        "업그레이드하세요: pip install -U onnxruntime",
    },
    "operation": {
        "en": "'{path}' needs the operation {name}, which the installed ONNX Runtime {version} does not have. Upgrade it (pip "
        "install -U onnxruntime), or export the model with maeum export.",
        "ko": "'{path}'에 쓰인 {name} 연산이 설치된 ONNX Runtime {version}에 없습니다. 업그레이드하거나(pip install -U onnxruntime) maeum "
        "export로 모델을 내보내세요.",
    },
    "foreign": {
        "en": "'{path}' is another kind of ONNX model: a text classifier takes input_ids and attention_mask and gives "
        "'{output}'; this one: {found}. Export the model with maeum export.",
        "ko": "'{path}'{path:-은/는} 다른 종류의 ONNX 모델입니다. 텍스트 분류 모델은 input_ids와 attention_mask를 받아 '{output}'{output:-을/를} "
        "내놓아야 하는데 이 모델은 {found}입니다. maeum export로 모델을 내보내세요.",
    },
    "openvino_unreadable": {
        "en": "OpenVINO cannot read '{path}' ({reason}). Use --engine onnx, which reads every exported model.",
        "ko": "OpenVINO가 '{path}'{path:-을/를} 읽지 못합니다({reason}). 모든 내보낸 모델을 읽는 --engine onnx를 쓰세요.",
    },
    "run_failed": {
        "en": "'{path}' cannot compute these texts ({reason}). The model's files do not fit each other: copy the folder again "
        "or export it anew.",
        "ko": "'{path}'{path:-이/가} 이 텍스트들을 계산하지 못합니다({reason}). 모델 파일이 서로 맞지 않습니다. 폴더를 다시 복사하거나 다시 내보내세요.",
    },
    "inputs_differ": {
        "en": "'{path}' does not fit model.json: the graph takes {found}, the card says {expected}. Copy the folder again or "
        "export the model anew.",
        "ko": "'{path}'{path:-이/가} model.json과 맞지 않습니다. 그래프의 입력은 {found}, 카드의 입력은 {expected}입니다. 폴더를 다시 복사하거나 모델을 다시 "
        "내보내세요.",
    },
    "fixed_size": {
        "en": "'{path}' takes batches of one size only ({shapes}); texts differ in length and number. Export the model with "
        "maeum export.",
        "ko": "'{path}'{path:-은/는} 정해진 크기의 배치({shapes})만 받습니다. 텍스트는 길이와 수가 다릅니다. maeum export로 모델을 내보내세요.",
    },
    "labels_differ": {
        "en": "The model '{folder}' contradicts itself: model.json names {labels} labels ({names}), the graph gives {found} "
        "logits. Copy the folder again or export the model anew.",
        "ko": "'{folder}' 모델의 파일이 서로 다릅니다. model.json의 레이블은 {labels}개({names})인데 그래프의 로짓은 {found}개입니다. 폴더를 다시 복사하거나 "
        "모델을 다시 내보내세요.",
    },
    "not_finite": {
        "en": "'{path}' gives numbers that are not finite: its weights are damaged. Copy the model again or export it anew.",
        "ko": "'{path}'{path:-이/가} 유한하지 않은 수를 내놓습니다. 가중치가 손상되었습니다. 모델을 다시 복사하거나 다시 내보내세요.",
    },
    "tokenizer_unfit": {
        "en": "The tokenizer '{path}' does not belong to this model: it gives ids up to {largest}, which the model has no "
        "embedding for. Take tokenizer.json and model.onnx from the same export.",
        "ko": "'{path}'{path:-은/는} 이 모델의 토크나이저가 아닙니다. 토큰 번호가 {largest}까지 나오는데 모델에 그 임베딩이 없습니다. tokenizer.json과 "
        "model.onnx를 같은 내보내기에서 가져오세요.",
    },
    "too_short": {
        "en": "The model '{folder}' cannot see texts of {length} tokens, as model.json says it can ({reason}). Export the model "
        "anew.",
        "ko": "'{folder}' 모델은 model.json에 적힌 {length}개 토큰 길이의 텍스트를 보지 못합니다({reason}). 모델을 다시 내보내세요.",
    },
    "no_room": {
        "en": "max_length {found} in model.json leaves no room for the text beside {special} special tokens.",
        "ko": "model.json의 max_length {found}에서는 특수 토큰 {special}개 말고는 텍스트가 들어갈 자리가 없습니다.",
    },
    "cut": {
        "en": "Texts longer than the model sees: {count:,}; their end was not read.",
        "ko": "모델이 볼 수 있는 것보다 긴 텍스트: {count:,}개. 끝부분은 읽지 않았습니다.",
    },
    "windowed": {
        "en": "Texts longer than the model sees at once: {count:,}; they were read in overlapping parts, whose scores were "
        "averaged.",
        "ko": "모델이 한 번에 볼 수 있는 것보다 긴 텍스트: {count:,}개. 겹치는 부분으로 나누어 읽고 점수를 평균했습니다.",
    },
    "export_first": {
        "en": "--engine {engine} runs exported models, and '{model}' is a trained one. Export it first: maeum export {model} "
        "--to onnx --int8 -o DIR; then predict with --model DIR.",
        "ko": "--engine {engine}{engine:-은/는} 내보낸 모델에 씁니다. '{model}'{model:-은/는} 학습된 그대로의 모델이니 먼저 내보내세요: maeum export {model} "
        "--to onnx --int8 -o 폴더. 그런 다음 --model 폴더로 예측하세요.",
    },
    "not_torch": {
        "en": "--engine torch runs trained models, and '{model}' is an exported one. Give the run it was exported from, or "
        "leave --engine out.",
        "ko": "--engine torch는 학습된 모델에 씁니다. '{model}'{model:-은/는} 내보낸 모델이니 내보내기 전의 학습 폴더를 지정하거나 --engine을 빼세요.",
    },
    "no_engine": {
        "en": "--engine {engine} does not apply to '{model}': models of the kind '{family}' need none. Leave --engine out.",
        "ko": "'{model}'에는 --engine {engine}{engine:-을/를} 쓸 수 없습니다. '{family}' 종류의 모델에는 엔진이 필요 없습니다. --engine을 빼세요.",
    },
    "arg_engine": {
        "en": "What computes the model: torch for trained ones, onnx or openvino for exported ones; by itself what the model "
        "folder is.",
        "ko": "모델을 계산할 엔진. 학습된 모델은 torch, 내보낸 모델은 onnx나 openvino. 정하지 않으면 모델 폴더에 맞춥니다.",
    },
}
