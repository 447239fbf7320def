"""What a user may decide about insight."""

from __future__ import annotations

from typing import Literal

from maeum.data.files.settings import FileSettings
from maeum.settings import Settings, setting


class ColumnSettings(FileSettings):
    """Which columns of a table of reviews mean what."""

    text_column: str | None = setting(
        None,
        en="Column with the text; found by its name when not given.",
        ko="텍스트가 든 열. 지정하지 않으면 열 이름으로 찾습니다.",
    )
    title_column: str | None = setting(
        None,
        en="Column with the title (film, product, place); found by its name when not given.",
        ko="제목(영화, 상품, 장소)이 든 열. 지정하지 않으면 열 이름으로 찾습니다.",
    )
    title: str | None = setting(
        None,
        en="Take all reviews as those of this one title, in place of a column.",
        ko="제목 열 대신 모든 리뷰를 이 제목 하나의 리뷰로 봅니다.",
    )
    source_column: str | None = setting(
        None,
        en="Column that says where a review was written; found by its name when not given.",
        ko="리뷰의 출처가 든 열. 지정하지 않으면 열 이름으로 찾습니다.",
    )
    date_column: str | None = setting(
        None,
        en="Column with the date; found by its name when not given.",
        ko="작성일이 든 열. 지정하지 않으면 열 이름으로 찾습니다.",
    )
    rating_column: str | None = setting(
        None,
        en="Column with the stars; found by its name when not given.",
        ko="별점이 든 열. 지정하지 않으면 열 이름으로 찾습니다.",
    )
    day_first: bool = setting(
        False,
        en="Read 03/01/2019 as day/month/year, not as month/day/year.",
        ko="03/01/2019를 월/일/연도가 아니라 일/월/연도로 읽습니다.",
    )
    rating_scale: Literal["auto", "5", "10", "100"] = setting(
        "auto",
        en="Top of the star scale; auto: 5 where it holds 99 % of the stars, else 10 where it holds 80 %, else 100.",
        ko="별점의 만점. auto는 별점의 99 %가 5 이하면 5, 80 %가 10 이하면 10, 아니면 100.",
    )


class InsightSettings(Settings):
    """How reviews are chosen and counted."""

    min_reviews: int = setting(
        30,
        ge=1,
        unit="reviews",
        en="A title or source with fewer is shown as too few.",
        ko="리뷰가 이보다 적은 제목이나 출처는 '너무 적음'으로 표시합니다.",
    )
    max_reviews: int = setting(
        150,
        ge=1,
        unit="reviews",
        en="Use at most this many per title and source.",
        ko="제목과 출처마다 최대 이만큼의 리뷰를 씁니다.",
    )
    choose: Literal["auto", "spread", "newest", "random"] = setting(
        "auto",
        en="Which reviews are used where there are more: spread over months, newest first, or random; auto: spread, "
        "random without dates.",
        ko="리뷰가 더 많을 때 무엇을 쓸지: spread(월마다 고르게), newest(최신순), random(무작위). auto는 spread, "
        "날짜가 없으면 random.",
    )
    sentiment_on: Literal["auto", "all", "used"] = setting(
        "auto",
        en="Measure sentiment on all reviews or on those used; auto: on all with models of n-grams (fast), else on "
        "those used.",
        ko="감성을 모든 리뷰에서 잴지(all), 뽑은 리뷰에서 잴지(used). auto는 n-gram 모델(fast)이면 all, 아니면 used.",
    )
    count_none: bool = setting(
        True,
        en="Reviews whose strongest emotion is '없음' (none) count in the emotions' means.",
        ko="가장 강한 감정이 '없음'인 리뷰도 감정 평균에 넣습니다.",
    )
    period: Literal["auto", "month", "quarter", "year"] = setting(
        "auto",
        en="Steps of the timeline; auto: by how many reviews a title has.",
        ko="시간 흐름의 단위. auto는 제목의 리뷰 수에 맞춥니다.",
    )
    resamples: int = setting(
        1000,
        ge=100,
        le=10_000,
        en="Bootstrap samples behind an interval.",
        ko="구간을 구할 때의 부트스트랩 표본 수.",
    )
    nearest: int = setting(
        20, ge=1, le=1000, en="Nearest titles kept for each title.", ko="제목마다 남길 가장 가까운 제목 수."
    )
    words: int = setting(
        20,
        ge=1,
        le=1000,
        en="Words kept for each title.",
        ko="제목마다 남길 단어 수.",
    )
    seed: int = setting(
        42, ge=0, en="Of everything random: the choice of reviews, intervals.", ko="리뷰 선택과 구간에 쓰는 시드."
    )


class ReviewSettings(InsightSettings, ColumnSettings):
    """All that a user may decide about insight."""
