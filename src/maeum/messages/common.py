"""Sentences used everywhere."""

MESSAGES = {
    "did_you_mean": {"en": "Did you mean '{name}'?", "ko": "혹시 '{name}'{name:-을/를} 찾으셨나요?"},
    "extra_missing": {
        "en": "'{module}' is not installed; it belongs to the optional part '{extra}': pip install \"maeum[{extra}]\"",
        "ko": "'{module}'{module:-이/가} 설치되어 있지 않습니다. 선택 설치 항목 '{extra}'에 들어 있습니다: "
        'pip install "maeum[{extra}]"',
    },
    "contract": {
        "en": "{what}: expected {expected}, found {found}",
        "ko": "{what}: {expected}이어야 하나 {found}입니다",
    },
    "disk_full": {
        "en": "No space is left for '{path}'; nothing was written under that name. Free some space or choose another "
        "place with -o.",
        "ko": "'{path}'에 쓸 공간이 없습니다. 이 이름으로는 아무것도 쓰지 않았습니다. 공간을 비우거나 -o로 다른 곳을 지정하세요.",
    },
    "not_writable": {
        "en": "'{path}' cannot be written ({reason}); nothing was written under that name. Choose another place with -o.",
        "ko": "'{path}'에 쓸 수 없습니다({reason}). 이 이름으로는 아무것도 쓰지 않았습니다. -o로 다른 곳을 지정하세요.",
    },
    "is_directory": {
        "en": "'{path}' is a folder, but a file is to be written there. Give a file name, for example '{path}/{example}'.",
        "ko": "'{path}'{path:-은/는} 폴더입니다. 파일 이름을 지정하세요. 예: '{path}/{example}'",
    },
    "is_file": {
        "en": "'{path}' is a file, but a folder is to be written there. Choose another name with -o.",
        "ko": "'{path}'{path:-은/는} 파일입니다. 폴더를 만들 다른 이름을 -o로 지정하세요.",
    },
    "exists": {
        "en": "'{path}' exists already; nothing was changed. Choose another name with -o, or add --overwrite.",
        "ko": "'{path}'{path:-이/가} 이미 있어 아무것도 바꾸지 않았습니다. -o로 다른 이름을 지정하거나 --overwrite를 붙이세요.",
    },
    "not_ours": {
        "en": "'{path}' holds something else than what would be written there ({found}), so it is not replaced. "
        "Choose another name with -o.",
        "ko": "'{path}'에는 여기에 쓸 결과와 다른 것이 들어 있어({found}) 바꾸지 않습니다. -o로 다른 이름을 지정하세요.",
    },
    "interrupted": {
        "en": "Interrupted; nothing unfinished was kept under its final name.",
        "ko": "중단했습니다. 덜 끝난 결과는 최종 이름으로 남기지 않았습니다.",
    },
    "defect": {
        "en": "This is a defect in maeum, not your mistake ({kind}: {text}). Run again with --debug and report what it "
        "prints.",
        "ko": "사용자의 잘못이 아니라 maeum의 결함입니다({kind}: {text}). --debug를 붙여 다시 실행하고 출력을 알려 주세요.",
    },
    "no_memory": {
        "en": "The memory of this machine is not enough for this; nothing unfinished was kept under its final name. Use fewer "
        "rows (train: --limit), or close other programs.",
        "ko": "이 작업을 하기에 메모리가 모자랍니다. 덜 끝난 결과는 최종 이름으로 남기지 않았습니다. 행을 줄이거나(train: --limit) 다른 "
        "프로그램을 닫으세요.",
    },
    "system_refused": {
        "en": "The system refused to read or write '{place}': {reason}. Check the space on the disk and the permissions.",
        "ko": "운영 체제가 '{place}'의 읽기나 쓰기를 거부했습니다({reason}). 디스크 공간과 권한을 확인하세요.",
    },
    "output_refused": {
        "en": "The output cannot be written ({reason}); what was printed is not complete. Free some space, or send it elsewhere.",
        "ko": "출력을 쓸 수 없습니다({reason}). 출력된 내용은 온전하지 않습니다. 공간을 비우거나 다른 곳으로 보내세요.",
    },
    "language_unknown": {
        "en": "--lang: expected one of {known}, found '{found}'.",
        "ko": "--lang: {known} 가운데 하나여야 하나 '{found}'입니다.",
    },
    "written": {"en": "Written: {path}", "ko": "저장함: {path}"},
}
