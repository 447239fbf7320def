"""How a file is to be read, where looking at it is not enough."""

from __future__ import annotations

from typing import Literal

from maeum.settings import Settings, setting


class FileSettings(Settings):
    """Everything `auto` is found by looking at the file."""

    encoding: str = setting(
        "auto",
        en="encoding of a text file: auto (BOM, else UTF-8, else cp949), or a name such as cp949, utf-16-le",
        ko="텍스트 파일의 인코딩: auto(BOM, 없으면 UTF-8, 아니면 cp949) 또는 cp949, utf-16-le 같은 이름",
    )
    delimiter: str = setting(
        "auto",
        en="what separates the cells: auto, comma, tab, semicolon, pipe, or one character",
        ko="칸을 나누는 문자: auto, comma, tab, semicolon, pipe 또는 문자 하나",
    )
    quoting: Literal["auto", "on", "off"] = setting(
        "auto",
        en='whether " encloses cells: auto (on; in tab-separated files only where every opened quote closes on its '
        "line), on, off",
        ko='"로 칸을 감싸는지: auto(켬, 탭 구분 파일은 따옴표가 모두 같은 줄에서 닫힐 때만 켬), on, off',
    )
    header: Literal["auto", "on", "off"] = setting(
        "auto",
        en="whether the first row names the columns: auto (on, except in a .txt of one text per line), on, off",
        ko="첫 행이 열 이름인지: auto(켬, 한 줄에 텍스트 하나인 .txt만 끔), on, off",
    )
    sheet: str | None = setting(
        None,
        en="sheet of a workbook, by name or by number from 1; the first when not given",
        ko="통합 문서의 시트 이름 또는 1부터 세는 번호. 지정하지 않으면 첫 시트",
    )
