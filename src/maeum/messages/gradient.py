"""Sentences of the trainer of networks and encoders."""

MESSAGES = {
    "encoding": {"en": "Reading texts into tokens", "ko": "텍스트를 토큰으로 바꾸는 중"},
    "epoch": {"en": "Epoch {epoch} of {epochs}", "ko": "에폭 {epoch}/{epochs}"},
    "truncated": {
        "en": "{count:,} of the training texts ({share:.1f} %) are longer than {length:,} tokens; their end is cut off. To see "
        "all of it: --long-texts window, or a larger --max-length.",
        "ko": "학습 텍스트 {count:,}개({share:.1f}%)가 {length:,}토큰보다 길어 뒷부분을 자릅니다. 끝까지 보려면 --long-texts window나 더 "
        "큰 --max-length를 쓰세요.",
    },
    "windows": {
        "en": "{count:,} of the training texts ({share:.1f} %) are longer than {length:,} tokens and are cut into windows: "
        "{windows:,} examples in all.",
        "ko": "학습 텍스트 {count:,}개({share:.1f}%)가 {length:,}토큰보다 길어 여러 조각으로 나눕니다. 모두 {windows:,}개의 예가 됩니다.",
    },
    "wide": {
        "en": "The n-grams beside the network are fitted; on texts they had not seen ({folds} folds of the training data) they are "
        "right in {accuracy:.1f} %.",
        "ko": "신경망과 함께 쓸 n-gram을 학습했습니다. 보지 못한 텍스트(학습 데이터를 {folds}등분해 번갈아 뺌)에서 {accuracy:.1f}%를 "
        "맞힙니다.",
    },
    "stopped": {
        "en": "Stopped after epoch {epoch}: none of the last {waited} was better than the best before them.",
        "ko": "에폭 {epoch}에서 멈춥니다. 마지막 {waited}번의 에폭이 그 앞의 가장 좋은 에폭보다 낫지 않았습니다.",
    },
    "kept": {
        "en": "Kept: the weights of epoch {epoch} of {epochs}.",
        "ko": "{epochs}번의 에폭 가운데 {epoch}번째의 가중치를 남깁니다.",
    },
    "one_gpu": {
        "en": "There are {count} GPUs, and this process uses one. To use all of them: torchrun --nproc-per-node {count} -m maeum "
        "train …",
        "ko": "GPU가 {count}개 있으나 이 프로세스는 하나만 씁니다. 모두 쓰려면: torchrun --nproc-per-node {count} -m maeum train …",
    },
    "damaged": {
        "en": "Damaged checkpoints in '{folder}': {names}. Going on from the one before, {used}.",
        "ko": "'{folder}'에 손상된 체크포인트가 있습니다: {names}. 그 앞의 {used}에서 이어서 합니다.",
    },
    "all_damaged": {
        "en": "Every checkpoint in '{folder}' is damaged ({names}), so training begins anew.",
        "ko": "'{folder}'의 체크포인트가 모두 손상되어({names}) 처음부터 다시 학습합니다.",
    },
    "not_finite": {
        "en": "The loss stopped being a number in epoch {epoch}, update {step:,}, at a learning rate of {rate}. Lower "
        "--learning-rate (it is {peak}), for instance to a third, or raise --warmup. The last checkpoint before it is kept.",
        "ko": "에폭 {epoch}, 갱신 {step:,}번째에서 손실이 더는 수가 아닙니다(NaN 또는 무한대). 그때 학습률은 {rate}였습니다. "
        "--learning-rate를 지금({peak})의 3분의 1쯤으로 낮추거나 --warmup을 늘려 보세요. 그 앞의 마지막 체크포인트는 남아 있습니다.",
    },
    "no_memory": {
        "en": "Memory does not suffice for batches of {batch} texts of up to {length} tokens. Lower --batch-size (and raise "
        "--accumulation by as much: the result stays the same), lower --max-length, or for an encoder add "
        "--gradient-checkpointing.",
        "ko": "최대 {length}토큰인 텍스트 {batch}개씩의 배치에 메모리가 모자랍니다. --batch-size를 줄이고 그만큼 --accumulation을 "
        "늘리거나(결과는 같음) --max-length를 줄이세요. 인코더라면 --gradient-checkpointing도 쓸 수 있습니다.",
    },
    "disk_full": {
        "en": "The disk is full, so no checkpoint can be written to '{folder}'. The checkpoints before it are whole: make room, and "
        "go on with --resume.",
        "ko": "디스크가 가득 차 '{folder}'에 체크포인트를 쓸 수 없습니다. 앞의 체크포인트는 온전하니 공간을 비우고 --resume으로 "
        "이어서 하세요.",
    },
    "precision": {
        "en": "--precision {asked}: the device cannot compute with it. Use --precision auto.",
        "ko": "--precision {asked}: 이 장치에서는 쓸 수 없습니다. --precision auto를 쓰세요.",
    },
    "freeze": {
        "en": "--freeze {count}: the model has {layers} layers below its head. Give at most as many, or -1 for all but the head.",
        "ko": "--freeze {count}: 이 모델에서 분류층 아래의 층은 {layers}개입니다. 그 이하로 지정하거나, 분류층만 학습하려면 -1을 "
        "지정하세요.",
    },
    "ordinal_unordered": {
        "en": "--ordinal is for labels on a scale, but those of '{data}' ({labels}) have no order. Leave it out; or, where the "
        "labels are stars, add --stars ordinal (or --stars 3).",
        "ko": "--ordinal은 순서가 있는 레이블에 쓰지만 '{data}'의 레이블({labels})에는 순서가 없습니다. 빼거나, 레이블이 별점이라면 "
        "--stars ordinal(또는 --stars 3)을 붙이세요.",
    },
    "ordinal_several": {
        "en": "--ordinal is for one label a text, but texts of '{data}' may have several. Leave it out.",
        "ko": "--ordinal은 텍스트마다 레이블이 하나일 때 쓰지만 '{data}'의 텍스트에는 레이블이 여럿일 수 있습니다. 빼세요.",
    },
    "ordinal_smoothing": {
        "en": "--ordinal already shares the target among near labels, so --label-smoothing cannot be added. Leave one of them out.",
        "ko": "--ordinal이 이미 가까운 레이블에 정답 확률을 나누므로 --label-smoothing과 함께 쓸 수 없습니다. 둘 중 하나를 빼세요.",
    },
    "hidden_teacher": {
        "en": "--hidden-states needs a teacher whose layers can be looked into: a trained encoder. A model of the "
        "family '{teacher}' is none. Leave --hidden-states out.",
        "ko": "--hidden-states에는 층을 들여다볼 수 있는 교사, 곧 학습한 인코더가 필요하지만 '{teacher}' 모델은 아닙니다. "
        "--hidden-states를 빼세요.",
    },
    "hidden_student": {
        "en": "--hidden-states needs an encoder as student; '{student}' is none. Leave it out, or name an encoder with --student.",
        "ko": "--hidden-states를 쓰려면 학생도 인코더여야 하지만 '{student}'{student:-은/는} 아닙니다. 빼거나 --student에 인코더를 "
        "지정하세요.",
    },
    "hidden_tokens": {
        "en": "--hidden-states compares teacher and student token by token, but their tokenizers differ: '{text}' becomes the ids "
        "{teacher} with the teacher's, {student} with the student's. Leave it out, or choose a student with the teacher's "
        "tokenizer.",
        "ko": "--hidden-states는 교사와 학생을 토큰마다 비교하지만 둘의 토크나이저가 다릅니다. '{text}'{text:-이/가} 교사에서는 {teacher}, "
        "학생에서는 {student}(토큰 번호)이 됩니다. 빼거나 교사와 토크나이저가 같은 학생을 고르세요.",
    },
    "hidden_length": {
        "en": "--hidden-states: the teacher sees at most {limit} tokens, the student is to see {length}. Lower --max-length to {limit}.",
        "ko": "--hidden-states: 교사는 {limit}토큰까지만 보는데 학생은 {length}토큰을 봅니다. --max-length를 {limit}까지 낮추세요.",
    },
    "encoders_only": {
        "en": "{flag} is for encoders, not for this model. Leave it out.",
        "ko": "{flag}{flag:-은/는} 인코더에만 쓸 수 있습니다. 이 모델에서는 빼세요.",
    },
    "lora_and_freeze": {
        "en": "--lora freezes all but its own matrices and the head already. Leave --freeze out.",
        "ko": "--lora는 이미 자신의 행렬과 분류층만 학습합니다. --freeze를 빼세요.",
    },
}
