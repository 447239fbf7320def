"""Phrases for what is wrong with a row: the kinds of `RowProblem`, and the sentence that counts them."""

MESSAGES = {
    "undecodable": {
        "en": "bytes that are no text in the file's encoding: {detail}",
        "ko": "파일의 인코딩으로 읽을 수 없는 바이트: {detail}",
    },
    "ragged": {
        "en": "another number of cells than the header (header/row: {detail})",
        "ko": "머리글과 칸 수가 다름(머리글/행: {detail})",
    },
    "bad_json": {"en": "not a JSON object: {detail}", "ko": "JSON 객체가 아님: {detail}"},
    "blank": {"en": "blank row", "ko": "빈 행"},
    "empty_text": {"en": "text without any character", "ko": "글자가 없는 텍스트"},
    "missing_text": {"en": "no text", "ko": "텍스트 없음"},
    "missing_label": {"en": "no label", "ko": "레이블 없음"},
    "unknown_label": {"en": "unknown label: {detail}", "ko": "알 수 없는 레이블: {detail}"},
    "duplicate_id": {"en": "id that occurred before: {detail}", "ko": "앞에서 나온 id: {detail}"},
    "not_text": {"en": "not a text: {detail}", "ko": "텍스트가 아님: {detail}"},
    "bad_number": {"en": "not a number: {detail}", "ko": "숫자가 아님: {detail}"},
    "left_out_by_rule": {"en": "left out by rule: {detail}", "ko": "규칙에 따라 제외: {detail}"},
    "summary": {"en": "{count} × {reason} (row {rows})", "ko": "{count}행: {reason} (행 번호 {rows})"},
}
