"""What data a run uses, and how it is divided."""

from __future__ import annotations

from typing import Any

from pydantic import field_validator

from maeum.data.files.settings import FileSettings
from maeum.data.stars import StarRule
from maeum.schema import Task
from maeum.settings import Settings, setting


class DataSettings(FileSettings):
    """Where the examples come from and which columns mean what."""

    source: str = setting(
        "",
        en="Corpus name, name:split, or a file (CSV, TSV, JSONL, Parquet, Excel).",
        ko="말뭉치 이름, 이름:분할, 또는 파일(CSV, TSV, JSONL, Parquet, Excel).",
    )
    also: tuple[str, ...] = setting(
        (),
        en="Further corpora or files to train on together with the first: one trunk, a head for each.",
        ko="첫 번째와 함께 학습할 말뭉치나 파일. 몸통 하나를 같이 쓰고 분류층은 저마다 따로 둡니다.",
    )
    text_column: str | None = setting(
        None,
        en="Column with the text; found by its name when not given.",
        ko="텍스트가 든 열. 지정하지 않으면 열 이름으로 찾습니다.",
    )
    text_b_column: str | None = setting(
        None, en="Column with the second text of a pair.", ko="문장 쌍에서 두 번째 텍스트가 든 열."
    )
    label_column: str | None = setting(
        None,
        en="Column with the label; found by its name when not given.",
        ko="레이블이 든 열. 지정하지 않으면 열 이름으로 찾습니다.",
    )
    subject_column: str | None = setting(
        None,
        en="Column with the first entity of a relation: a mapping with word, start_idx and end_idx (inclusive), or "
        "text, start and end (exclusive).",
        ko="관계의 첫 번째 개체(주어)가 든 열. word, start_idx, end_idx(끝 포함) 또는 text, start, end(끝 제외)를 담은 "
        "매핑.",
    )
    object_column: str | None = setting(
        None,
        en="Column with the second entity of a relation, written like the first.",
        ko="관계의 두 번째 개체(목적어)가 든 열. 첫 번째와 같은 꼴.",
    )
    id_column: str | None = setting(
        None, en="Column with an identifier; row numbers when there is none.", ko="식별자 열. 없으면 행 번호를 씁니다."
    )
    task: Task | None = setting(
        None,
        en="What is asked: single_label, multi_label, pair …; found from the labels when not given.",
        ko="과제 종류: single_label, multi_label, pair 등. 지정하지 않으면 레이블을 보고 정합니다.",
    )
    read_as: str | None = setting(
        None,
        en="Read the file in the format of a public corpus: kote, klue-nli, klue-re, korsts …; see 'maeum data list'.",
        ko="파일을 공개 말뭉치의 형식으로 읽습니다: kote, klue-nli, klue-re, korsts 등. 'maeum data list'를 보세요.",
    )
    stars: StarRule | None = setting(
        None,
        en="Read labels as stars: 2 (1-4 negative, 9-10 positive, middle left out; of five stars 1-2 and 4-5), "
        "3 (the middle is neutral), ordinal (each star a label).",
        ko="레이블을 별점으로 읽는 규칙: 2(1~4 부정, 9~10 긍정, 중간 제외. 5점 만점은 1~2, 4~5), 3(중간은 중립), "
        "ordinal(별점마다 한 레이블).",
    )
    label_separator: str | None = setting(
        None,
        en="What separates several labels in one cell, for example ','.",
        ko="한 칸에 든 여러 레이블을 나누는 문자. 예: ','.",
    )
    limit: int | None = setting(
        None,
        ge=2,
        unit="rows",
        en="Use at most this many rows of train, drawn by the split seed in the classes' proportions.",
        ko="학습 데이터에서 최대 이만큼의 행만 씁니다(분할 시드로, 클래스 비율대로 뽑음).",
    )
    validation: str | None = setting(
        None,
        en="Data to choose and calibrate on, in place of a part of train: name:split or a file.",
        ko="학습 데이터를 떼어 내는 대신 검증에 쓸 데이터: 이름:분할 또는 파일.",
    )

    @field_validator("also", mode="before")
    @classmethod
    def _one_too(cls, value: Any) -> Any:
        """`also: kote` in YAML is one name."""
        return (value,) if isinstance(value, str) else value

    @field_validator("stars", mode="before")
    @classmethod
    def _number_too(cls, value: Any) -> Any:
        """`stars: 2` in YAML and `stars=2` in Python are numbers; the rules are names."""
        return str(value) if type(value) is int else value


class SplitSettings(Settings):
    """How train is divided when no validation data are given."""

    validation_fraction: float = setting(
        0.1,
        ge=0,
        le=0.5,
        unit="share of rows",
        en="Share of train held out; 0 holds out none.",
        ko="학습 데이터에서 떼어 낼 비율. 0이면 떼지 않습니다.",
    )
    split_seed: int = setting(
        42,
        ge=0,
        en="Draws the held-out rows; apart from --seed, so that runs with other seeds are judged on the same rows.",
        ko="떼어 낼 행을 뽑는 시드. --seed와 따로 두어 시드가 다른 실행도 같은 행으로 평가합니다.",
    )
    group_column: str | None = setting(
        None,
        en="Column whose equal values stay on one side (for example title), beside identical texts.",
        ko="같은 값을 한쪽에만 두는 열(예: title). 똑같은 텍스트는 항상 한쪽에만 둡니다.",
    )
