"""Sentences of `maeum doctor`."""

MESSAGES = {
    "version": {"en": "version", "ko": "버전"},
    "core": {"en": "core packages", "ko": "기본 패키지"},
    "extras": {"en": "optional parts", "ko": "선택 설치"},
    "machine": {"en": "machine", "ko": "컴퓨터"},
    "data_folder": {"en": "MAEUM_DATA", "ko": "MAEUM_DATA"},
    "cache": {"en": "cache", "ko": "캐시"},
    "network": {"en": "network", "ko": "네트워크"},
    "console": {"en": "console encoding", "ko": "콘솔 인코딩"},
    "language": {"en": "language", "ko": "언어"},
    "none": {"en": "none", "ko": "없음"},
    "complete": {"en": "all installed", "ko": "모두 설치됨"},
    "not_set": {"en": "not set", "ko": "지정하지 않음"},
    "found_machine": {"en": "{cores} cores, {memory} memory", "ko": "코어 {cores}개, 메모리 {memory}"},
    "found_cache": {"en": "{path} ({free} free)", "ko": "{path}(남은 공간 {free})"},
    "found_language": {
        "en": "{language} (MAEUM_LANG or --lang changes it)",
        "ko": "{language}(MAEUM_LANG이나 --lang으로 바꿈)",
    },
    "network_on": {"en": "used when a file is missing", "ko": "파일이 없을 때 사용"},
    "network_off": {"en": "off (MAEUM_OFFLINE)", "ko": "끔(MAEUM_OFFLINE)"},
    "advice_core": {"en": "Install them: pip install -U maeum", "ko": "설치하세요: pip install -U maeum"},
    "advice_extras": {
        "en": 'Not installed: {extras}. Only where you want them: pip install "maeum[NAME]"',
        "ko": '설치되지 않음: {extras}. 필요할 때만: pip install "maeum[이름]"',
    },
    "advice_memory": {
        "en": "Under 2 GiB: train on part of the data (--limit).",
        "ko": "2 GiB보다 적습니다. 데이터 일부로 학습하세요(--limit).",
    },
    "advice_disk": {
        "en": "Under 1 GiB is free: clear some space.",
        "ko": "남은 공간이 1 GiB보다 적습니다. 공간을 비우세요.",
    },
    "advice_data": {
        "en": "The folder does not exist. Create it, or unset MAEUM_DATA.",
        "ko": "폴더가 없습니다. 만들거나 MAEUM_DATA를 지우세요.",
    },
    "advice_cache": {
        "en": "'{path}' cannot be written; set MAEUM_DATA to a folder of yours with the corpora.",
        "ko": "'{path}'에 쓸 수 없습니다. MAEUM_DATA에 말뭉치가 든 폴더를 지정하세요.",
    },
    "advice_console": {
        "en": "This console cannot show all of Hangul and emoji; they appear as \\uXXXX. Windows: chcp 65001",
        "ko": "이 콘솔은 한글과 이모지를 모두 보여 주지 못해 \\uXXXX로 나옵니다. 윈도우: chcp 65001",
    },
}
