"""Sentences about files that cannot be read."""

MESSAGES = {
    "missing": {
        "en": "A file was expected at '{path}', but nothing is there.{near} Check the name, or give the whole path.",
        "ko": "'{path}'에 파일이 있어야 하나 없습니다.{near} 이름을 확인하거나 전체 경로를 지정하세요.",
    },
    "folder": {
        "en": "A file was expected, but '{path}' is a folder. Name one of the files in it: {files}",
        "ko": "파일을 지정해야 하나 '{path}'{path:-은/는} 폴더입니다. 그 안의 파일 하나를 지정하세요: {files}",
    },
    "not_a_file": {
        "en": "A file was expected, but '{path}' is a device or a pipe. Save its content as a file first.",
        "ko": "파일을 지정해야 하나 '{path}'{path:-은/는} 장치 또는 파이프입니다. 내용을 먼저 파일로 저장하세요.",
    },
    "unreadable": {
        "en": "'{path}' exists, but cannot be read ({reason}). Close other programs that use it, or change its "
        "permissions.",
        "ko": "'{path}'{path:-이/가} 있으나 읽을 수 없습니다({reason}). 이 파일을 쓰는 다른 프로그램을 닫거나 "
        "읽기 권한을 주세요.",
    },
    "suffix_unknown": {
        "en": "A file name that ends in one of {known} was expected, found '{path}'.{near} Save the data in one "
        "of these formats, or rename the file.",
        "ko": "파일 이름은 {known} 가운데 하나로 끝나야 하나 '{path}'입니다.{near} 데이터를 이 형식으로 "
        "저장하거나 파일 이름을 바꾸세요.",
    },
    "other_kind": {
        "en": "'{path}' ends in {suffix}, but its content is that of a file ending in {known}. Rename it so that "
        "the name fits, or save it again as {suffix}.",
        "ko": "'{path}'의 이름은 {suffix}{suffix:-으로/로} 끝나지만 내용은 {known} 파일입니다. 내용에 맞게 이름을 "
        "바꾸거나 {suffix} 형식으로 다시 저장하세요.",
    },
    "empty": {
        "en": "Rows of text were expected, but '{path}' is empty. Check that it was saved or downloaded whole.",
        "ko": "텍스트 행이 있어야 하나 '{path}'{path:-은/는} 비어 있습니다. 끝까지 저장하거나 내려받았는지 확인하세요.",
    },
    "header_only": {
        "en": "Rows were expected below the column names, but '{path}' has none (columns: {columns}). Add rows, "
        "or with --header off read the first row as data.",
        "ko": "열 이름 아래에 행이 있어야 하나 '{path}'에는 없습니다(열: {columns}). 행을 추가하거나, 첫 행이 "
        "데이터라면 --header off를 지정하세요.",
    },
    "header_undecodable": {
        "en": "Readable column names were expected on the first row of '{path}', found {names}. Name the right "
        "encoding with --encoding, or correct the names.",
        "ko": "'{path}'의 첫 행에 읽을 수 있는 열 이름이 있어야 하나 {names}입니다. --encoding으로 올바른 "
        "인코딩을 지정하거나 열 이름을 고치세요.",
    },
    "columns_twice": {
        "en": "Every column of '{path}' needs a name of its own; more than one is called {names}. Rename them in "
        "the file; if the first row is data, add --header off.",
        "ko": "'{path}'의 열 이름은 서로 달라야 하나 {names}{names:-이/가} 여러 번 나옵니다. 파일에서 이름을 "
        "바꾸세요. 첫 행이 데이터라면 --header off를 지정하세요.",
    },
    "line_too_long": {
        "en": "Lines of at most {limit} characters were expected, but line {line} of '{path}' is longer. Check "
        'that it is a table with one row a line; a quote (") that is never closed may be why.',
        "ko": "한 줄은 {limit}자 이하여야 하나 '{path}'의 {line}번째 줄은 더 깁니다. 한 줄에 한 행인 표인지 "
        '확인하세요. 닫히지 않은 따옴표(")가 원인일 수 있습니다.',
    },
    "quote_open": {
        "en": 'Every cell that opens with a quote (") must close with one, but the quote opened on line {line} of '
        "'{path}' is never closed. Close it; if quotes are part of the texts, add --quoting off.",
        "ko": "따옴표(\")로 시작한 칸은 따옴표로 끝나야 하나 '{path}'의 {line}번째 줄에서 연 따옴표가 닫히지 "
        "않았습니다. 따옴표를 닫으세요. 따옴표가 텍스트의 일부라면 --quoting off를 지정하세요.",
    },
    "nul": {
        "en": "Text was expected, but line {line} of '{path}' holds a NUL byte, which text never does. Save the "
        "file again as UTF-8 text; if it is in another encoding, name it with --encoding.",
        "ko": "텍스트 파일이어야 하나 '{path}'의 {line}번째 줄에 텍스트에 없는 NUL 바이트가 있습니다. UTF-8 "
        "텍스트로 다시 저장하세요. 다른 인코딩이라면 --encoding으로 지정하세요.",
    },
    "utf16": {
        "en": "'{path}' seems to be UTF-16 without the mark that says so. Add --encoding {encoding}, or save it "
        "again as UTF-8.",
        "ko": "'{path}'{path:-은/는} 표시(BOM)가 없는 UTF-16으로 보입니다. --encoding {encoding}{encoding:-을/를} "
        "지정하거나 UTF-8로 다시 저장하세요.",
    },
    "mixed_encodings": {
        "en": "One encoding was expected, but '{path}' mixes two: line {utf8_line} is UTF-8, line {cp949_line} is "
        "cp949. Save the part that is cp949 again as UTF-8, or force one encoding with --encoding.",
        "ko": "인코딩은 하나여야 하나 '{path}'에는 둘이 섞여 있습니다. {utf8_line}번째 줄은 UTF-8, "
        "{cp949_line}번째 줄은 cp949입니다. cp949인 부분을 UTF-8로 다시 저장하거나 --encoding으로 하나를 "
        "지정하세요.",
    },
    "encoding_unknown": {
        "en": "--encoding: the name of a text encoding was expected, found '{found}'.{near} Common ones: {known}",
        "ko": "--encoding: 텍스트 인코딩 이름이어야 하나 '{found}'입니다.{near} 자주 쓰는 이름: {known}",
    },
    "delimiter_unknown": {
        "en": "--delimiter: auto, comma, tab, semicolon, pipe or one character was expected, found '{found}'.{near}",
        "ko": "--delimiter: auto, comma, tab, semicolon, pipe 또는 문자 하나여야 하나 '{found}'입니다.{near}",
    },
    "sheet_missing": {
        "en": "--sheet: a sheet of '{path}' was expected, found '{found}'.{near} Its sheets: {known}",
        "ko": "--sheet: '{path}'의 시트여야 하나 '{found}'입니다.{near} 있는 시트: {known}",
    },
    "sheet_too_large": {
        "en": "A sheet of at most {limit} cells was expected, but '{path}' reaches to cell {cell}, which makes "
        "{count}. Delete what lies far from the data, or save the sheet as .csv.",
        "ko": "시트는 {limit}칸 이하여야 하나 '{path}'{path:-은/는} {cell}까지 이어져 {count}칸입니다. 데이터에서 멀리 "
        "떨어진 칸을 지우거나 시트를 .csv로 저장하세요.",
    },
    "damaged": {
        "en": "'{path}' was expected to be a whole {kind} file, but it is damaged or cut off ({reason}). Copy or "
        "download it again.",
        "ko": "'{path}'{path:-은/는} 온전한 {kind} 파일이어야 하나 손상되었거나 잘렸습니다({reason}). 다시 "
        "복사하거나 내려받으세요.",
    },
    "bomb": {
        "en": "'{path}' would unpack to more than {limit} MiB, more than its size allows. If this is meant, "
        "unpack it yourself and give the unpacked file.",
        "ko": "'{path}'의 압축을 풀면 {limit} MiB를 넘어 파일 크기에 비해 너무 큽니다. 의도한 파일이라면 직접 "
        "압축을 풀고 그 파일을 지정하세요.",
    },
    "json_damaged": {
        "en": "'{path}' was expected to be whole JSON, but it breaks at line {line}, character {column}. Correct "
        "it there; one object a line belongs in a .jsonl file.",
        "ko": "'{path}'{path:-은/는} 온전한 JSON이어야 하나 {line}번째 줄 {column}번째 문자에서 어긋납니다. "
        "그곳을 고치세요. 한 줄에 객체 하나씩인 데이터는 .jsonl 파일로 저장하세요.",
    },
    "json_no_rows": {
        "en": 'JSON objects such as {{"text": "…"}} were expected (one a line in .jsonl, an array of them in '
        ".json), but '{path}' holds none. Write every row as an object.",
        "ko": '{{"text": "…"}} 같은 JSON 객체가 있어야 하나(.jsonl은 한 줄에 하나, .json은 배열) '
        "'{path}'에는 없습니다. 각 행을 객체로 저장하세요.",
    },
}
