"""Sentences about exporting models to ONNX."""

MESSAGES = {
    "no_out": {
        "en": "Say where the exported model is to be written: maeum export {model} --to onnx -o DIR",
        "ko": "내보낸 모델을 저장할 곳을 지정하세요: maeum export {model} --to onnx -o 폴더",
    },
    "already": {
        "en": "'{name}' is exported already. Export what it was made from instead: the run or model folder of the training.",
        "ko": "'{name}'{name:-은/는} 이미 내보낸 모델입니다. 이 모델의 원본인 학습 결과 폴더나 모델 폴더를 내보내세요.",
    },
    "cascade": {
        "en": "'{name}' is a cascade of two models. Export the better one of them, then build the cascade from what was exported: "
        "maeum cascade fast EXPORTED --data DATA -o DIR",
        "ko": "'{name}'{name:-은/는} 모델 두 개를 이은 캐스케이드입니다. 그중 더 정확한 모델을 먼저 내보낸 뒤 그것으로 캐스케이드를 만드세요: maeum "
        "cascade fast 내보낸_폴더 --data 데이터 -o 폴더",
    },
    "not_neural": {
        "en": "'{name}' is a model of the kind '{family}', which runs fast as it is and needs no ONNX: use the folder itself. "
        "Networks and encoders can be exported.",
        "ko": "'{name}'{name:-은/는} '{family}' 종류의 모델입니다. 그대로도 빨라서 ONNX가 필요 없으니 그 폴더를 바로 쓰세요. 내보낼 수 있는 것은 "
        "신경망과 인코더입니다.",
    },
    "too_large": {
        "en": "The model has {size:.1f} GB of weights; an ONNX file holds up to {limit:.0f} GB. Nothing was written. Choose a smaller "
        "encoder.",
        "ko": "모델의 가중치가 {size:.1f}GB인데 ONNX 파일 하나에는 {limit:.0f}GB까지 담을 수 있습니다. 아무것도 저장하지 않았습니다. 더 작은 "
        "인코더를 쓰세요.",
    },
    "not_traceable": {
        "en": "torch cannot turn {kind} into an ONNX graph ({reason}). Nothing was written. Upgrade torch and transformers, or use the "
        "model as it is.",
        "ko": "torch가 {kind}{kind:-을/를} ONNX 그래프로 바꾸지 못했습니다({reason}). 아무것도 저장하지 않았습니다. torch와 transformers를 "
        "업그레이드하거나 모델을 그대로 쓰세요.",
    },
    "slow_tokenizer": {
        "en": "The tokenizer of this model ({kind}) runs in Python alone and cannot be written as one tokenizer.json. Nothing was "
        "written. Use the model as it is, or convert its tokenizer to a fast one first.",
        "ko": "이 모델의 토크나이저({kind})는 파이썬으로만 동작해서 tokenizer.json 하나로 저장할 수 없습니다. 아무것도 저장하지 않았습니다. 모델을 "
        "그대로 쓰거나 토크나이저를 먼저 fast 방식으로 바꾸세요.",
    },
    "tokenizer_differs": {
        "en": "The tokenizer as one file reads {count} of {total} texts otherwise than the model does, first: '{text}'. Nothing was "
        "written. Use the model as it is.",
        "ko": "파일 하나로 만든 토크나이저가 텍스트 {total}개 가운데 {count}개를 모델과 다르게 읽습니다. 첫 번째: '{text}'. 아무것도 저장하지 "
        "않았습니다. 모델을 그대로 쓰세요.",
    },
    "no_texts": {
        "en": "'{path}' has no text to compare answers on ({empty} rows are empty or cannot be read). Name the column with "
        "--text-column, or leave --parity-texts out.",
        "ko": "'{path}'에 답을 비교할 텍스트가 없습니다(비었거나 읽을 수 없는 행 {empty}개). --text-column으로 열을 지정하거나 --parity-texts를 "
        "빼세요.",
    },
    "texts_left_out": {
        "en": "{path}: {empty} rows without a readable text take no part in the comparison.",
        "ko": "{path}: 읽을 수 있는 텍스트가 없는 행 {empty}개는 비교에서 뺐습니다.",
    },
    "nothing_useful": {
        "en": "Without a file of texts there is nothing to apply to: {names}. Give the file with --parity-texts, or leave this out.",
        "ko": "{names}: 텍스트 파일을 읽는 설정인데 파일이 없습니다. --parity-texts로 파일을 지정하거나 빼세요.",
    },
    "fuse_failed": {
        "en": "The optimised graph is not used ({reason}); the graph is written as torch made it, and may be slower.",
        "ko": "최적화한 그래프는 쓰지 않습니다({reason}). torch가 만든 그래프를 그대로 저장하며 조금 느릴 수 있습니다.",
    },
    "fuse_differs": {
        "en": "its probabilities differ by up to {largest:.4f}",
        "ko": "확률이 최대 {largest:.4f}까지 다릅니다",
    },
    "differs": {
        "en": "The ONNX graph does not answer as the model does: probabilities differ by up to {largest:.4f} (allowed: {limit:.4f}), "
        "{agreement:.2%} of the labels of {texts} texts are the same (asked: {least:.2%}){examples}. Nothing was written. Use the "
        "model as it is, or upgrade torch and transformers.",
        "ko": "ONNX 그래프의 답이 모델과 다릅니다. 확률이 최대 {largest:.4f}까지 다르고(허용: {limit:.4f}), 텍스트 {texts}개에서 레이블이 같은 비율이 "
        "{agreement:.2%}입니다(요구: {least:.2%}){examples}. 아무것도 저장하지 않았습니다. 모델을 그대로 쓰거나 torch와 transformers를 "
        "업그레이드하세요.",
    },
    "too_different": {
        "en": "In 8 bits {agreement:.2%} of the labels of {texts} texts are the same as in 32 bits; at least {least:.2%} were asked for. "
        "{trials} graphs were tried, the best with {count} parts left in 32 bits; the largest difference of a probability is "
        "{largest:.4f}{examples}. Nothing was written. Leave --int8 out, or ask for less with --min-agreement.",
        "ko": "8비트에서는 텍스트 {texts}개에서 레이블이 32비트와 같은 비율이 {agreement:.2%}로, 요구한 {least:.2%}에 못 미칩니다. 그래프 "
        "{trials}개를 시험했고 그중 가장 나은 것은 {count}개 부분을 32비트로 두었으며, 확률 차이는 최대 {largest:.4f}입니다{examples}. "
        "아무것도 저장하지 않았습니다. --int8을 빼거나 --min-agreement를 낮추세요.",
    },
    "not_quantisable": {
        "en": "The weights of this model cannot be brought to 8 bits ({reason}). Nothing was written. Leave --int8 out.",
        "ko": "이 모델의 가중치는 8비트로 바꿀 수 없습니다({reason}). 아무것도 저장하지 않았습니다. --int8을 빼세요.",
    },
    "onto_itself": {
        "en": "'{path}' is the model itself, which would be replaced. Choose another folder with -o.",
        "ko": "'{path}'{path:-은/는} 내보낼 모델이 든 폴더라서 덮어쓰면 원본이 사라집니다. -o로 다른 폴더를 지정하세요.",
    },
    "left_out": {
        "en": "Kept in 32 bits, because 8 bits changed too many answers there: {parts} ({trials} graphs tried).",
        "ko": "8비트로 바꾸면 답이 너무 많이 달라져 32비트로 둔 부분: {parts} (시험한 그래프 {trials}개)",
    },
    "reduced": {
        "en": "This CPU multiplies bytes without VNNI, so weights use 7 of their 8 bits.",
        "ko": "이 CPU에는 VNNI가 없어 가중치에 8비트 가운데 7비트만 씁니다.",
    },
    "sizes": {
        "en": "{name}: weights of {before} → model.onnx of {after} ({precision}).",
        "ko": "{name}: 가중치 {before} → model.onnx {after} ({precision})",
    },
    "numbers": {
        "en": "{form}: {agreement:.2%} of the labels of {texts} texts are torch's; a probability differs by {mean:.2g} on average, "
        "by {largest:.2g} at most.",
        "ko": "{form}: 텍스트 {texts}개에서 {agreement:.2%}의 레이블이 torch와 같습니다. 확률 차이는 평균 {mean:.2g}, 최대 "
        "{largest:.2g}입니다.",
    },
    "numbers_several": {
        "en": "{form}: {agreement:.2%} of the decisions on labels of {texts} texts are torch's, {sets:.2%} of the texts get exactly the "
        "same labels; a probability differs by {mean:.2g} on average, by {largest:.2g} at most.",
        "ko": "{form}: 텍스트 {texts}개에서 레이블을 줄지 말지에 대한 결정의 {agreement:.2%}가 torch와 같고, 텍스트의 {sets:.2%}는 레이블이 모두 "
        "같습니다. 확률 차이는 평균 {mean:.2g}, 최대 {largest:.2g}입니다.",
    },
    "other_label": {"en": "  '{text}': {before} → {after}", "ko": "  '{text}': {before} → {after}"},
    "no_label": {"en": "none", "ko": "없음"},
    "form_onnx": {"en": "ONNX, 32 bits", "ko": "ONNX 32비트"},
    "form_int8": {"en": "ONNX, 8 bits", "ko": "ONNX 8비트"},
    "sample": {"en": "the packaged reviews", "ko": "꾸러미에 든 리뷰"},
    "compared_on": {
        "en": "Answers are compared on {count} texts ({source}).",
        "ko": "텍스트 {count}개로 답을 비교합니다({source}).",
    },
    "tracing": {"en": "Making the graph", "ko": "그래프 만들기"},
    "trying": {"en": "Looking for what 8 bits harm", "ko": "8비트에 약한 부분 찾기"},
    "parts": {"en": "parts", "ko": "부분"},
    "next": {
        "en": "Next: maeum predict FILE --model {folder} -o out.csv",
        "ko": "다음: maeum predict 파일 --model {folder} -o out.csv",
    },
    "card_fp32": {"en": "32-bit weights", "ko": "가중치 32비트"},
    "card_int8": {"en": "8-bit weights", "ko": "가중치 8비트"},
    "card_form": {
        "en": "ONNX graph for onnxruntime ({precision}, opset {opset}), made from: {source}",
        "ko": "onnxruntime용 ONNX 그래프({precision}, opset {opset}). 원본: {source}",
    },
    "card_steps": {
        "en": "Text steps that maeum applies before the tokenizer: {steps}",
        "ko": "maeum이 토크나이저 앞에서 적용하는 텍스트 단계: {steps}",
    },
    "card_parity": {
        "en": "Beside the model in torch, on {count} texts:",
        "ko": "텍스트 {count}개에서 torch로 돌린 원본과 비교하면:",
    },
    "card_graph": {"en": "Graph", "ko": "그래프"},
    "card_agreement": {"en": "Same label", "ko": "같은 레이블"},
    "card_decisions": {"en": "Same decisions on labels", "ko": "같은 레이블 결정"},
    "card_largest": {"en": "Largest difference of a probability", "ko": "확률의 최대 차이"},
    "card_mean": {"en": "Mean difference", "ko": "평균 차이"},
    "card_left_out": {"en": "In 32 bits: {parts}", "ko": "32비트로 둔 부분: {parts}"},
    "card_vnni": {
        "en": "The numbers are of a CPU that adds products of bytes in 32 bits (VNNI, or ARM). On older ones (AVX2 alone) sums may "
        "overflow: export there, or with `--reduce-range`.",
        "ko": "바이트의 곱을 32비트로 더하는 CPU(VNNI 또는 ARM)의 수치입니다. AVX2만 있는 옛 CPU에서는 합이 넘칠 수 있으니 그 기계에서 "
        "내보내거나 `--reduce-range`를 붙여 내보내세요.",
    },
    "card_with": {"en": "With maeum:", "ko": "maeum으로:"},
    "card_wide": {
        "en": "The graph also takes scores of n-grams (`wide`), which maeum computes from the folder `wide`.",
        "ko": "그래프는 n-gram 점수(`wide`)도 입력으로 받으며, maeum이 `wide` 폴더로 계산합니다.",
    },
    "card_without": {
        "en": "With onnxruntime alone (apply the text steps yourself first):",
        "ko": "onnxruntime만으로(텍스트 단계는 먼저 직접 적용하세요):",
    },
}
