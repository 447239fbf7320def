"""Sentences about files that are written."""

MESSAGES = {
    "unknown_suffix": {
        "en": "'{path}' cannot be written: unknown suffix '{suffix}'.{near} Known: {known}",
        "ko": "'{path}'에 쓸 수 없습니다. 모르는 확장자 '{suffix}'입니다.{near} 쓸 수 있는 확장자: {known}",
    },
    "unknown_encoding": {
        "en": "--output-encoding: there is no encoding '{encoding}'. Common ones: utf-8-sig, utf-8, cp949, utf-16.",
        "ko": "--output-encoding: '{encoding}' 인코딩은 없습니다. 흔히 쓰는 것: utf-8-sig, utf-8, cp949, utf-16.",
    },
    "encoding_not_used": {
        "en": "--output-encoding {encoding} is for CSV and TSV; {suffix} files have their own. Leave it out.",
        "ko": "--output-encoding {encoding}{encoding:-은/는} CSV와 TSV에만 쓸 수 있습니다. {suffix} 파일에는 빼세요.",
    },
    "not_encodable": {
        "en": "{count:,} character(s) in {rows:,} line(s) do not exist in {encoding} and were written as '?': {first}",
        "ko": "{encoding}에 없는 글자 {count:,}개({rows:,}줄)를 '?'로 썼습니다: {first}",
    },
}
