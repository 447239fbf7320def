"""Sentences of distillation: a student, its teacher, soft labels."""

MESSAGES = {
    "no_teacher": {
        "en": "Who teaches? Name a trained model: maeum distill runs/large --student cnn --data nsmc – or a file with probabilities: "
        "maeum distill --soft-labels soft.npy --student cnn --data nsmc",
        "ko": "어느 모델이 가르칠까요? 학습한 모델을 지정하세요: maeum distill runs/large --student cnn --data nsmc – 또는 확률 파일: maeum "
        "distill --soft-labels soft.npy --student cnn --data nsmc",
    },
    "two_teachers": {
        "en": "Two teachers were named: '{teacher}' and --soft-labels {path}. Name one of them.",
        "ko": "교사를 둘 지정했습니다: '{teacher}', --soft-labels {path}. 하나만 지정하세요.",
    },
    "teacher_is_data": {
        "en": "'{teacher}' is a corpus, not a model. The teacher comes first, the data after --data: maeum distill runs/large "
        "--student cnn --data {teacher}",
        "ko": "'{teacher}'{teacher:-은/는} 모델이 아니라 말뭉치입니다. 교사를 먼저 쓰고 데이터는 --data 뒤에 쓰세요: maeum distill "
        "runs/large --student cnn --data {teacher}",
    },
    "teacher_unknown": {
        "en": "There is no teacher '{name}'.{near} Models of the package: {known}; or name a run or model folder.",
        "ko": "교사로 쓸 '{name}' 모델이 없습니다.{near} 꾸러미에 든 모델: {known}. 학습 결과 폴더나 모델 폴더도 지정할 수 있습니다.",
    },
    "no_student": {
        "en": "Which student? Name what is to be trained with --student: {known}, or an encoder's folder or Hub id.",
        "ko": "어느 모델을 가르칠까요? --student로 학습할 모델을 지정하세요: {known}, 또는 인코더의 폴더나 Hub 이름.",
    },
    "student_cannot": {
        "en": "'{student}' does not learn by gradients, so it cannot learn from probabilities. Students: {known}, or an encoder's "
        "folder or Hub id.",
        "ko": "'{student}'{student:-은/는} 기울기로 배우는 모델이 아니라 확률에서 배울 수 없습니다. 쓸 수 있는 학생: {known}, 또는 인코더의 폴더나 "
        "Hub 이름.",
    },
    "same_model": {
        "en": "Teacher and student are the same model, '{teacher}': there is nothing to learn. Choose a smaller student, or begin "
        "with its shape alone by --from-scratch.",
        "ko": "교사와 학생이 같은 모델 '{teacher}'{teacher:-이라/라} 배울 것이 없습니다. 더 작은 학생을 고르거나 --from-scratch로 구조만 가져다 "
        "쓰세요.",
    },
    "out_is_teacher": {
        "en": "'{path}' is the teacher's own folder, and would be replaced by the student. Choose another name with -o.",
        "ko": "'{path}'{path:-은/는} 교사 모델의 폴더라 학생 모델로 덮어쓰게 됩니다. -o로 다른 이름을 지정하세요.",
    },
    "alpha_unlabelled": {
        "en": "--alpha {alpha:g} gives the data's own labels a share in the loss, but '{data}' is used without labels. Leave it out.",
        "ko": "--alpha {alpha:g}은 데이터 자체 레이블을 손실에 넣지만 '{data}'{data:-은/는} 레이블 없이 씁니다. 빼세요.",
    },
    "labels_differ": {
        "en": "The labels of '{data}' ({labels}) are not those of the teacher '{teacher}' ({known}). Choose other data or another "
        "teacher; or, to learn from the teacher alone, add --ignore-labels.",
        "ko": "'{data}'의 레이블({labels})이 교사 '{teacher}'의 레이블({known})과 맞지 않습니다. 데이터나 교사를 바꾸거나, 교사에게서만 배우려면 "
        "--ignore-labels를 붙이세요.",
    },
    "hidden_needs_teacher": {
        "en": "--hidden-states needs the teacher itself; the file '{path}' holds probabilities alone. Name the teacher in its place, "
        "or leave --hidden-states out.",
        "ko": "--hidden-states에는 교사 모델 자체가 필요하지만 '{path}'에는 확률만 있습니다. 파일 대신 교사를 지정하거나 --hidden-states를 "
        "빼세요.",
    },
    "soft_validation": {
        "en": "The validation data '{validation}' have no labels, and a file of soft labels says nothing about them. Give "
        "validation data with labels, or leave --validation out.",
        "ko": "검증 데이터 '{validation}'에 레이블이 없고, 확률 파일도 그 데이터를 다루지 않습니다. 레이블이 있는 검증 데이터를 주거나 "
        "--validation을 빼세요.",
    },
    "soft_missing": {
        "en": "There is no file '{path}' with soft labels.",
        "ko": "확률 파일 '{path}'{path:-이/가} 없습니다.",
    },
    "soft_suffix": {
        "en": "'{path}': a file of soft labels ends in one of {known}.",
        "ko": "'{path}': 확률 파일의 확장자는 {known} 가운데 하나여야 합니다.",
    },
    "soft_unreadable": {
        "en": "'{path}' is no array that numpy.save wrote ({reason}).",
        "ko": "'{path}'{path:-은/는} numpy.save로 저장한 배열이 아닙니다({reason}).",
    },
    "soft_shape": {
        "en": "'{path}': expected probabilities (rows, labels) as float16 or float32, found {kind} of the shape {shape}.",
        "ko": "'{path}': float16이나 float32로 된 (행, 레이블) 모양의 확률이어야 하나 {shape} 모양의 {kind}입니다.",
    },
    "soft_no_columns": {
        "en": "'{path}' has no columns p_<label> for at least two labels, as `maeum predict -o` writes them. It has: {found}",
        "ko": "'{path}'에 `maeum predict -o`가 쓰는 p_<레이블> 열이 둘 이상 없습니다. 있는 열: {found}",
    },
    "soft_no_names": {
        "en": "'{path}' does not name its labels, and '{data}' has none either. Give a table with columns p_<label>, as `maeum predict "
        "-o` writes it, or data with labels.",
        "ko": "'{path}'에 레이블 이름이 없고 '{data}'에도 레이블이 없습니다. `maeum predict -o`가 쓰는 p_<레이블> 열이 든 표나 레이블이 있는 "
        "데이터를 주세요.",
    },
    "soft_width": {
        "en": "'{path}' has probabilities of {found} labels, '{data}' has {expected}: {labels}.",
        "ko": "'{path}'에는 레이블 {found}개의 확률이 있으나 '{data}'의 레이블은 {expected}개입니다: {labels}.",
    },
    "soft_rows": {
        "en": "'{path}' has {found:,} rows, '{data}' has {expected:,}{more}. Soft labels need one row for each row of the data, in "
        "the same order.",
        "ko": "'{path}'{path:-은/는} {found:,}행인데 '{data}'{data:-은/는} {expected:,}행입니다{more}. 확률 파일에는 데이터의 행마다 같은 순서로 한 "
        "행씩 있어야 합니다.",
    },
    "soft_left_out": {
        "en": " and {count:,} more that were left out",
        "ko": "(빠진 {count:,}행 제외)",
    },
    "soft_text": {
        "en": "'{path}', row {row}, is about another text than '{data}': '{found}', where the data have '{expected}'. Soft labels need "
        "the rows of the data, in the same order.",
        "ko": "'{path}'의 {row}행이 '{data}'의 행과 다른 텍스트입니다: '{found}'(데이터에는 '{expected}'). 확률 파일의 행은 데이터의 행과 같은 "
        "순서여야 합니다.",
    },
    "soft_values": {
        "en": "'{path}' holds what are no probabilities: {found}.",
        "ko": "'{path}'에 확률이 아닌 값이 있습니다: {found}.",
    },
    "soft_nan": {
        "en": "{count:,} rows without a number (rows {rows})",
        "ko": "수가 아닌 행 {count:,}개({rows}행)",
    },
    "soft_range": {
        "en": "{count:,} rows with values below 0 or above 1 (rows {rows})",
        "ko": "0보다 작거나 1보다 큰 값이 든 행 {count:,}개({rows}행)",
    },
    "soft_sum": {
        "en": "{count:,} rows that do not sum to 1 (rows {rows}; for texts with several labels: --task multi_label)",
        "ko": "합이 1이 아닌 행 {count:,}개({rows}행, 레이블이 여럿인 텍스트라면 --task multi_label)",
    },
    "asking": {"en": "Asking the teacher, {teacher}.", "ko": "교사 {teacher}에게 묻는 중입니다."},
    "kept_answers": {
        "en": "The teacher's answers are kept from before; it is not asked again.",
        "ko": "교사의 답이 남아 있어 다시 묻지 않습니다.",
    },
    "damaged_answers": {
        "en": "The teacher's answers in '{path}' are damaged; it is asked again.",
        "ko": "'{path}'의 교사 답이 손상되어 다시 묻습니다.",
    },
    "agrees": {
        "en": "The student answers as the teacher does in {share:.1f} % of the validation rows.",
        "ko": "검증 행의 {share:.1f}%에서 학생이 교사와 같은 답을 합니다.",
    },
    "agrees_several": {
        "en": "The student decides as the teacher does about {share:.1f} % of all labels of the validation rows.",
        "ko": "검증 행의 모든 레이블 가운데 {share:.1f}%에서 학생이 교사와 같은 판단을 합니다.",
    },
    "agrees_and_accuracy": {
        "en": "The student answers as the teacher does in {share:.1f} % of the validation rows; accuracy of the teacher {teacher:.4f}, "
        "of the student {student:.4f}.",
        "ko": "검증 행의 {share:.1f}%에서 학생이 교사와 같은 답을 합니다. 정확도는 교사 {teacher:.4f}, 학생 {student:.4f}입니다.",
    },
    "judged_by_teacher": {
        "en": "The data have no labels: all these figures compare the student with the teacher, not with the truth.",
        "ko": "데이터에 레이블이 없어 이 수치는 모두 정답이 아니라 교사와 비교한 것입니다.",
    },
    "note_answers": {
        "en": "The labels are answers of the teacher '{teacher}': figures say how well it is imitated, not how often it is right.",
        "ko": "레이블은 교사 '{teacher}'의 답입니다. 수치는 얼마나 닮았는지를 말하며, 얼마나 맞는지를 말하지 않습니다.",
    },
    "arg_teacher": {
        "en": "The teacher: a model of the package, a run or model folder, or a classifier's id on the Hugging Face Hub.",
        "ko": "교사: 꾸러미에 든 모델, 학습 결과 폴더나 모델 폴더, 또는 Hugging Face Hub에 있는 분류기의 이름.",
    },
    "arg_student": {
        "en": "What to train: a network (cnn, birnn …), or an encoder's folder or Hub id.",
        "ko": "학습할 모델: 신경망(cnn, birnn 등), 또는 인코더의 폴더나 Hub 이름.",
    },
    "arg_data": {
        "en": "Texts to learn on, with or without labels: corpus, corpus:split, or a file.",
        "ko": "배울 텍스트(레이블은 없어도 됨): 말뭉치, 말뭉치:분할, 또는 파일.",
    },
    "arg_out": {
        "en": "Folder to write; runs/<data>-<student>-distilled when not given.",
        "ko": "결과를 쓸 폴더. 지정하지 않으면 runs/<데이터>-<학생>-distilled.",
    },
}
