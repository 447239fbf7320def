"""Sentences of pretraining: texts, tokenizers, encoders that learn without labels."""

MESSAGES = {
    # arguments
    "arg_corpora": {
        "en": "Texts without labels: corpora (nsmc-raw, name:split) or files (one text a line, CSV, TSV, JSONL, Parquet, Excel).",
        "ko": "레이블 없는 텍스트: 말뭉치(nsmc-raw, 이름:분할)나 파일(한 줄에 텍스트 하나, CSV, TSV, JSONL, Parquet, Excel).",
    },
    "arg_out": {
        "en": "Folder to write, with the encoder in DIR/encoder; runs/pretrained when not given.",
        "ko": "결과를 쓸 폴더. 인코더는 그 안의 encoder에 생깁니다. 지정하지 않으면 runs/pretrained.",
    },
    "arg_from": {
        "en": "Train an encoder further on these texts: a folder, a name in MAEUM_MODELS, or a Hub id such as klue/roberta-base.",
        "ko": "이 텍스트로 이어서 학습할 인코더: 폴더, MAEUM_MODELS 안의 이름, 또는 klue/roberta-base 같은 Hub 이름.",
    },
    "arg_resume": {
        "en": "Go on with an interrupted pretraining of -o; nothing is read or tokenized again.",
        "ko": "중단된 사전 학습(-o)을 이어서 합니다. 다시 읽거나 토큰화하지 않습니다.",
    },
    "arg_overwrite": {
        "en": "Replace a finished pretraining, and drop an unfinished one.",
        "ko": "끝난 결과를 바꾸고, 덜 끝난 사전 학습은 버립니다.",
    },
    "neighbours": {
        "en": "Counting which tokens stand near which; the embeddings begin there.",
        "ko": "어떤 토큰이 가까이 나오는지 셉니다. 임베딩은 거기서 시작합니다.",
    },
    # refusals
    "no_corpus": {
        "en": "Which texts? Name corpora or files: maeum pretrain nsmc-raw -o encoders/mine, or maeum pretrain reviews.txt -o "
        "encoders/mine",
        "ko": "어떤 텍스트로 학습할까요? 말뭉치나 파일을 지정하세요: maeum pretrain nsmc-raw -o encoders/mine 또는 maeum pretrain "
        "리뷰.txt -o encoders/mine",
    },
    "resume_what": {
        "en": "Which pretraining is to go on? Name its folder: maeum pretrain --resume -o encoders/mine",
        "ko": "어느 사전 학습을 이어서 할까요? 폴더를 지정하세요: maeum pretrain --resume -o encoders/mine",
    },
    "resume_nothing": {
        "en": "There is no unfinished pretraining of '{path}' to go on with. Name texts to begin one: maeum pretrain nsmc-raw -o "
        "{path}",
        "ko": "'{path}'에 이어서 할 사전 학습이 없습니다. 새로 시작하려면 텍스트를 지정하세요: maeum pretrain nsmc-raw -o {path}",
    },
    "resume_finished": {
        "en": "'{path}' is a finished pretraining, so there is nothing to resume; nothing was changed. To train its encoder "
        "further: maeum pretrain CORPUS --from {path} -o OTHER",
        "ko": "'{path}'{path:-은/는} 끝난 사전 학습이라 이어서 할 것이 없고, 아무것도 바꾸지 않았습니다. 그 인코더를 더 학습하려면: maeum "
        "pretrain 말뭉치 --from {path} -o 다른폴더",
    },
    "nsmc_test": {
        "en": "'{source}' is the test set of NSMC, on which models are judged; an encoder that has read it would make every figure "
        "on it too good. Take the rest: maeum pretrain {name}",
        "ko": "'{source}'{source:-은/는} 모델을 평가하는 NSMC 테스트 데이터입니다. 인코더가 미리 읽으면 모든 평가 수치가 실제보다 좋게 "
        "나옵니다. 나머지를 쓰세요: maeum pretrain {name}",
    },
    "test_split": {
        "en": "'{source}' is test data: do not judge models that start from this encoder on it.",
        "ko": "'{source}'{source:-은/는} 테스트 데이터입니다. 이 인코더로 만든 모델을 그 데이터로 평가하지 마세요.",
    },
    "too_few": {
        "en": "Different texts left: {count:,} of {read:,} read; at least {least} are needed, thousands to be of use. Dropped: "
        "{empty:,} empty, {duplicates:,} duplicates, {excluded:,} left out because a test or excluded set holds them. Name more "
        "corpora or files.",
        "ko": "읽은 텍스트 {read:,}개에서 서로 다른 텍스트가 {count:,}개만 남았습니다. 적어도 {least}개(쓸모 있으려면 수천 개)가 필요합니다. 빈 "
        "텍스트 {empty:,}개, 중복 {duplicates:,}개, 테스트나 제외 데이터에 있어 뺀 것 {excluded:,}개. 말뭉치나 파일을 더 지정하세요.",
    },
    "steps_and_epochs": {
        "en": "--steps and --epochs both say how long; give one of them (--time may stand beside either).",
        "ko": "--steps와 --epochs는 둘 다 학습 길이입니다. 하나만 지정하세요(--time은 함께 쓸 수 있습니다).",
    },
    "time_unreadable": {
        "en": "'{found}' is no length of time; write 45m, 1h30m or 90s",
        "ko": "'{found}'{found:-은/는} 시간으로 읽을 수 없습니다. 45m, 1h30m, 90s처럼 쓰세요",
    },
    "heads": {
        "en": "--width must be a multiple of --heads, so that each head gets an equal part; found {width} and {heads}.",
        "ko": "--width는 --heads의 배수여야 헤드마다 같은 몫을 받습니다. 지금은 {width}{width:-과/와} {heads}입니다.",
    },
    "block_too_long": {
        "en": "--block {block}: the encoder takes at most {limit} tokens. Take a smaller block (a new encoder: or larger --positions).",
        "ko": "--block {block}: 인코더는 최대 {limit}토큰을 받습니다. 블록을 줄이세요(새 인코더라면 --positions를 키워도 됩니다).",
    },
    "settings_unreadable": {
        "en": "'{path}' does not hold the settings of a pretraining ({reason}).",
        "ko": "'{path}'에 사전 학습 설정이 없습니다({reason}).",
    },
    "vocabulary_small": {
        "en": "--vocabulary {found:,} has no room for the single characters and the pieces made of them: at least {least:,} with "
        "--alphabet {alphabet:,}. Take a larger vocabulary or a smaller alphabet.",
        "ko": "--vocabulary {found:,}{found:-은/는} 글자 하나하나를 담기에도 작습니다. --alphabet {alphabet:,}일 때 적어도 "
        "{least:,}{least:-이/가} 필요합니다. 어휘를 키우거나 글자 수를 줄이세요.",
    },
    "vocabulary_bytes": {
        "en": "--vocabulary {found:,} has no room for the 256 bytes: byte-bpe needs at least {least}.",
        "ko": "--vocabulary {found:,}{found:-은/는} 256개 바이트를 담기에 작습니다. byte-bpe에는 적어도 {least}{least:-이/가} 필요합니다.",
    },
    "vocabulary_less": {
        "en": "The vocabulary has {found:,} tokens, not the {asked:,} asked for: these texts hold no more pieces that occur often "
        "enough. More texts or a lower --min-frequency give more.",
        "ko": "어휘가 요청한 {asked:,}개가 아니라 {found:,}개입니다. 이 텍스트에는 충분히 자주 나오는 조각이 더 없습니다. 텍스트를 늘리거나 "
        "--min-frequency를 낮추면 늘어납니다.",
    },
    "tokenizer_no_texts": {
        "en": "No text is left to learn a tokenizer from.",
        "ko": "토크나이저를 배울 텍스트가 없습니다.",
    },
    "tokenizer_missing": {
        "en": "'{folder}' is no folder with a tokenizer. Name one that holds tokenizer.json or vocab.txt, such as the encoder folder "
        "of a pretraining.",
        "ko": "'{folder}'{folder:-은/는} 토크나이저 폴더가 아닙니다. tokenizer.json이나 vocab.txt가 든 폴더(예: 사전 학습 결과의 "
        "encoder)를 지정하세요.",
    },
    "special_missing": {
        "en": "The tokenizer in '{folder}' has no special token for: {names}. Pretraining needs them all.",
        "ko": "'{folder}'의 토크나이저에 특수 토큰이 없습니다: {names}. 사전 학습에는 모두 필요합니다.",
    },
    "tokenizer_differs": {
        "en": "'{start}' was trained with another tokenizer than '{tokenizer}': its ids mean other pieces there. Leave --tokenizer "
        "out; the encoder's own is used.",
        "ko": "'{start}'{start:-은/는} '{tokenizer}'{tokenizer:-과/와} 다른 토크나이저로 학습되어 번호가 다른 조각을 뜻합니다. --tokenizer를 "
        "빼면 인코더 자신의 토크나이저를 씁니다.",
    },
    "other_tokenizer": {
        "en": "The checkpoint of '{path}' is from another tokenizer than '{tokenizer}' is now. Put the tokenizer back as it was, or "
        "begin anew with --overwrite.",
        "ko": "'{path}'의 체크포인트는 지금의 '{tokenizer}'{tokenizer:-과/와} 다른 토크나이저로 학습되었습니다. 토크나이저를 되돌리거나 "
        "--overwrite로 처음부터 다시 하세요.",
    },
    "no_generator": {
        "en": "ELECTRA learns with two networks, and beside '{name}' there is no generator. Go on with --objective mlm, or from a "
        "folder that `maeum pretrain` wrote with --objective electra.",
        "ko": "ELECTRA는 두 신경망으로 학습하는데 '{name}'에는 생성기가 없습니다. --objective mlm으로 하거나, `maeum pretrain`이 --objective "
        "electra로 만든 폴더에서 시작하세요.",
    },
    "no_masked_lm": {
        "en": "'{name}' is of the kind {kind}, for which there is no masked language model, so it cannot be trained further on texts "
        "alone. Choose a BERT, ELECTRA, RoBERTa, DeBERTa …",
        "ko": "'{name}'의 구조 {kind}에는 마스크 언어 모델이 없어 텍스트만으로 더 학습할 수 없습니다. BERT, ELECTRA, RoBERTa, DeBERTa 등을 "
        "고르세요.",
    },
    "not_a_number": {
        "en": "The loss is no number any more, so training has stopped; the last good checkpoint is kept. Begin anew with a lower "
        "learning rate than {rate:g} (--learning-rate … --overwrite).",
        "ko": "손실이 숫자가 아니게 되어 학습을 멈췄습니다. 마지막으로 온전한 체크포인트는 남아 있습니다. 학습률을 {rate:g}보다 낮춰 다시 "
        "시작하세요(--learning-rate … --overwrite).",
    },
    "checkpoint_other": {
        "en": "The checkpoint of '{path}' is of another training: {found}. Go on as it was begun, or begin anew with --overwrite.",
        "ko": "'{path}'의 체크포인트는 다른 학습의 것입니다: {found}. 시작할 때의 설정으로 이어서 하거나 --overwrite로 처음부터 다시 하세요.",
    },
    # the texts
    "nsmc_not_here": {
        "en": "The NSMC test set is not on this machine, so nobody looked whether its texts are among these.",
        "ko": "이 컴퓨터에 NSMC 테스트 데이터가 없어, 그 텍스트가 섞여 있는지 확인하지 못했습니다.",
    },
    "cleaning": {"en": "Cleaning {data}", "ko": "{data} 정리하는 중"},
    "read": {"en": "Read {count:,} texts: {sources}.", "ko": "텍스트 {count:,}개를 읽었습니다: {sources}."},
    "excluded": {
        "en": "Left out: {count:,} texts that '{source}' holds.",
        "ko": "'{source}'에 있는 텍스트 {count:,}개를 뺐습니다.",
    },
    "dropped": {
        "en": "Left out: {empty:,} empty texts and {duplicates:,} duplicates.",
        "ko": "빈 텍스트 {empty:,}개와 중복 {duplicates:,}개를 뺐습니다.",
    },
    "divided": {
        "en": "{train:,} texts to learn from, {held_out:,} held out to judge on.",
        "ko": "텍스트 {train:,}개로 학습하고 {held_out:,}개는 평가에 씁니다.",
    },
    # tokenizer and blocks
    "learning_pieces": {"en": "Learning a tokenizer", "ko": "토크나이저 배우는 중"},
    "encoding": {"en": "Tokenizing", "ko": "토큰화하는 중"},
    "tokenizer_found": {
        "en": "Tokenizer of {size:,} tokens, on {texts:,} texts it has not seen: [UNK] {unknown:.3f} %, {per_token:.2f} characters a "
        "token, {per_text:.1f} tokens a text, {kept:.1f} % of {signs:,} emoticons kept.",
        "ko": "토크나이저({size:,}토큰)를 처음 보는 텍스트 {texts:,}개로 재었습니다: [UNK] {unknown:.3f}%, 토큰당 {per_token:.2f}글자, "
        "텍스트당 {per_text:.1f}토큰, 이모티콘 {signs:,}개 가운데 {kept:.1f}% 보존.",
    },
    "packed": {
        "en": "{tokens:,} tokens, packed into blocks that are {filled:.1f} % full.",
        "ko": "{tokens:,}토큰을 블록에 채웠습니다(채움 {filled:.1f}%).",
    },
    "one_each": {
        "en": "{tokens:,} tokens, one text a row, texts of similar length together.",
        "ko": "{tokens:,}토큰. 한 행에 텍스트 하나씩, 길이가 비슷한 것끼리 계산합니다.",
    },
    "not_packed": {
        "en": "The architecture {kind} cannot keep several texts of one block apart, so each text gets a row of its own: slower, but "
        "right.",
        "ko": "{kind} 구조는 한 블록에 든 여러 텍스트를 서로 못 보게 할 수 없어 텍스트마다 한 행을 씁니다. 느리지만 정확합니다.",
    },
    "head_new": {
        "en": "'{name}' has no trained head to guess hidden words with; it begins at random.",
        "ko": "'{name}'에는 가린 단어를 맞히는 학습된 층이 없어 그 부분은 무작위로 시작합니다.",
    },
    # training
    "plan": {
        "en": "Learning by {objective}: {steps:,} updates, which are {epochs:.2f} times all {blocks:,} blocks.",
        "ko": "{objective:으로/로} 학습합니다. 갱신 {steps:,}번은 블록 {blocks:,}개를 {epochs:.2f}번 도는 것입니다.",
    },
    "plan_time": {
        "en": "Learning by {objective} from {blocks:,} blocks for at most {time}.",
        "ko": "블록 {blocks:,}개를 {objective:으로/로} 최대 {time} 동안 학습합니다.",
    },
    "training": {"en": "Pretraining", "ko": "사전 학습 중"},
    "resumed": {
        "en": "Going on with '{path}' from its last checkpoint.",
        "ko": "'{path}'{path:-을/를} 마지막 체크포인트부터 이어서 합니다.",
    },
    "checkpoint_damaged": {
        "en": "The checkpoint '{path}' is damaged; the one before it is used.",
        "ko": "체크포인트 '{path}'{path:-이/가} 손상되어 그 앞의 것을 씁니다.",
    },
    "head_step": {"en": "step", "ko": "스텝"},
    "head_tokens": {"en": "tokens", "ko": "토큰"},
    "head_train_loss": {"en": "train\nloss", "ko": "학습\n손실"},
    "head_held_out_loss": {"en": "held-out\nloss", "ko": "평가\n손실"},
    "head_accuracy": {"en": "held-out\nacc.", "ko": "평가\n정확도"},
    "head_rtd_loss": {"en": "encoder\nloss", "ko": "인코더\n손실"},
    "head_rtd_recall": {"en": "replaced\nfound", "ko": "바뀐 것\n찾음"},
    "head_speed": {"en": "tokens\n/s", "ko": "토큰\n/초"},
    "head_time": {"en": "time", "ko": "시간"},
    "head_left": {"en": "left", "ko": "남은\n시간"},
    "done_mlm": {
        "en": "After {steps:,} updates in {time} ({speed:,.0f} tokens a second): {mlm_accuracy:.1%} of the hidden tokens of the texts "
        "held out are guessed (loss {mlm_loss:.3f}).",
        "ko": "갱신 {steps:,}번, {time}(초당 {speed:,.0f}토큰): 떼어 둔 텍스트에서 가린 토큰의 {mlm_accuracy:.1%}를 맞힙니다(손실 "
        "{mlm_loss:.3f}).",
    },
    "done_electra": {
        "en": "After {steps:,} updates in {time} ({speed:,.0f} tokens a second), on the texts held out: the encoder finds "
        "{rtd_recall:.1%} of the replaced tokens (loss {rtd_loss:.3f}), the generator guesses {mlm_accuracy:.1%} of the hidden ones "
        "(loss {mlm_loss:.3f}).",
        "ko": "갱신 {steps:,}번, {time}(초당 {speed:,.0f}토큰). 떼어 둔 텍스트에서 인코더는 바뀐 토큰의 {rtd_recall:.1%}를 찾고(손실 "
        "{rtd_loss:.3f}), 생성기는 가린 토큰의 {mlm_accuracy:.1%}를 맞힙니다(손실 {mlm_loss:.3f}).",
    },
    "next": {
        "en": "Next: maeum train --data nsmc --model {encoder} -o runs/mine",
        "ko": "다음: maeum train --data nsmc --model {encoder} -o runs/mine",
    },
    # curves
    "plot_mlm_loss": {"en": "Loss on hidden tokens", "ko": "가린 토큰의 손실"},
    "plot_mlm_accuracy": {"en": "Hidden tokens guessed", "ko": "가린 토큰 정답률"},
    "plot_rtd_loss": {"en": "Loss of the encoder", "ko": "인코더의 손실"},
    "plot_rtd_recall": {"en": "Replaced tokens found", "ko": "바뀐 토큰을 찾은 비율"},
    "axis_tokens": {"en": "tokens seen, millions", "ko": "본 토큰(백만)"},
    "line_train": {"en": "learnt from", "ko": "학습"},
    "line_held_out": {"en": "held out", "ko": "평가"},
    # the card
    "card_title": {
        "en": "# Korean encoder, pretrained with maeum",
        "ko": "# maeum으로 사전 학습한 한국어 인코더",
    },
    "card_base": {"en": "Trained further from: {base}", "ko": "이어서 학습한 인코더: {base}"},
    "card_data": {
        "en": "Data, without labels: {sources}. {train:,} different texts to learn from, {held_out:,} held out to judge on.",
        "ko": "데이터(레이블 없음): {sources}. 서로 다른 텍스트 {train:,}개로 학습, {held_out:,}개로 평가.",
    },
    "card_excluded": {
        "en": "Left out: {duplicates:,} duplicates; texts that these sets hold: {excluded}",
        "ko": "뺀 것: 중복 {duplicates:,}개, 다음 데이터에 있는 텍스트: {excluded}",
    },
    "card_steps": {"en": "Text steps before the tokenizer: {steps}", "ko": "토크나이저 앞의 텍스트 단계: {steps}"},
    "card_tokenizer": {
        "en": "Tokenizer: {size:,} tokens; on texts held out [UNK] {unknown:.3f} %, {per_token:.2f} characters a token, {kept:.1f} % of "
        "emoticons kept",
        "ko": "토크나이저: {size:,}토큰. 떼어 둔 텍스트에서 [UNK] {unknown:.3f}%, 토큰당 {per_token:.2f}글자, 이모티콘 {kept:.1f}% 보존",
    },
    "card_shape": {
        "en": "Shape: {layers} layers, width {width}, {heads} heads, feed-forward {inner}, embeddings {embedding}",
        "ko": "구조: {layers}층, 폭 {width}, 헤드 {heads}, 피드포워드 {inner}, 임베딩 {embedding}",
    },
    "card_recipe": {
        "en": "Recipe: {objective}, {steps:,} updates of {batch:,} blocks of {block} tokens on each device, peak learning rate {rate}, "
        "seed {seed}; all settings in pretraining.yaml",
        "ko": "학습: {objective}, 장치마다 {block}토큰 블록 {batch:,}개씩 갱신 {steps:,}번, 최대 학습률 {rate}, 시드 {seed}. 모든 설정은 "
        "pretraining.yaml에 있습니다",
    },
    "card_hardware": {
        "en": "Hardware: {device}, {cores} cores; {time}, {speed:,.0f} tokens a second",
        "ko": "하드웨어: {device}, 코어 {cores}개. {time}, 초당 {speed:,.0f}토큰",
    },
    "card_weakness": {
        "en": "It knows the language of these texts alone, with their prejudices; it answers nothing before it is fine-tuned.",
        "ko": "이 텍스트의 언어와 그 편견만 알고 있으며, 미세 조정하기 전에는 아무 답도 하지 않습니다.",
    },
    "card_figure": {"en": "on texts held out", "ko": "떼어 둔 텍스트에서"},
}
