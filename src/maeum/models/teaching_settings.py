"""How a student is taught by a teacher: the part of a recipe that `maeum distill` adds."""

from __future__ import annotations

from typing import Final

from maeum.settings import Settings, setting

USUAL_ALPHA: Final = 0.1  # Hinton et al. 2015, section 2: considerably less weight on the labels than on the teacher


class TeachingSettings(Settings):
    """What a student learns from beside, or in place of, the labels of the data."""

    teacher: str = setting("", en="Model whose probabilities are learnt.", ko="확률을 가르칠 모델.")
    soft_labels: str = setting(
        "",
        en="File with the probabilities in place of a teacher, one row for each row of the data: .npy (N, K), or a "
        "table with p_<label> columns as `maeum predict -o` writes it.",
        ko="교사 모델 대신 쓸 확률 파일. 데이터와 행이 같은 .npy (N, K), 또는 `maeum predict -o`가 쓰는 p_<레이블> "
        "열이 든 표.",
    )
    teacher_fingerprint: str = setting(
        "", en="Hash of the teacher's files, or of the file with soft labels.", ko="교사 모델이나 확률 파일의 해시."
    )
    alpha: float | None = setting(
        None,
        ge=0,
        le=1,
        en=f"Share of the data's own labels in the loss, the teacher has the rest; {USUAL_ALPHA} where the data have "
        "labels, else 0.",
        ko=f"손실에서 데이터 자체 레이블의 비율, 나머지는 교사. 기본은 레이블이 있으면 {USUAL_ALPHA}, 없으면 0.",
    )
    temperature: float = setting(
        2.0,
        gt=0,
        le=100,
        en="Softens the probabilities of teacher and student before they are compared (Hinton et al. 2015); 1: as is.",
        ko="교사와 학생의 확률을 비교하기 전에 부드럽게 하는 온도(Hinton et al. 2015). 1이면 그대로 비교합니다.",
    )
    hidden_states: bool = setting(
        False,
        en="Have the student's layers follow evenly spaced layers of the teacher too (Jiao et al. 2020); for two "
        "encoders with the same tokenizer.",
        ko="학생의 층이 고르게 뽑은 교사의 층도 따르게 합니다(Jiao et al. 2020). 토크나이저가 같은 두 인코더에만 "
        "씁니다.",
    )
    ignore_labels: bool = setting(
        False,
        en="Learn from the teacher alone, as if the data had no labels.",
        ko="데이터에 레이블이 없는 것처럼 교사에게서만 배웁니다.",
    )
