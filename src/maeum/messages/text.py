"""Sentences about preparing text: steps, pipelines, names of emoticons."""

MESSAGES = {
    "step_nfc": {
        "en": "writes every Hangul syllable as one character (Unicode NFC)",
        "ko": "한글 음절을 한 글자로 모읍니다(유니코드 NFC)",
    },
    "step_fold_width": {
        "en": "full-width letters, digits and signs become half-width",
        "ko": "전각 영문자·숫자·기호를 반각으로 바꿉니다",
    },
    "step_drop_controls": {
        "en": "removes invisible characters: controls, zero-width characters, text direction marks",
        "ko": "제어 문자, 폭 없는 문자, 글 방향 표시처럼 보이지 않는 문자를 지웁니다",
    },
    "step_strip_html": {
        "en": "removes HTML tags and reads entities such as &lt;",
        "ko": "HTML 태그를 지우고 &lt; 같은 엔티티를 글자로 되돌립니다",
    },
    "step_mask_urls": {"en": "replaces web addresses by one token", "ko": "웹 주소를 정해진 표시로 바꿉니다"},
    "step_mask_emails": {"en": "replaces e-mail addresses by one token", "ko": "이메일 주소를 정해진 표시로 바꿉니다"},
    "step_mask_mentions": {"en": "replaces @name by one token", "ko": "@이름을 정해진 표시로 바꿉니다"},
    "step_split_fused_jamo": {
        "en": "takes a laugh out of the syllable it slipped under: 욬ㅋㅋ -> 요ㅋㅋㅋ",
        "ko": "음절 받침으로 붙은 웃음을 떼어 냅니다: 욬ㅋㅋ -> 요ㅋㅋㅋ",
    },
    "step_unify_emoticons": {
        "en": "writes each kind of emoticon in one way: ^_^ ^-^ -> ^^",
        "ko": "같은 뜻의 이모티콘을 한 가지로 씁니다: ^_^ ^-^ -> ^^",
    },
    "step_name_emoji": {"en": "writes emoji as words", "ko": "그림 이모지를 낱말로 바꿉니다"},
    "step_cap_repeats": {
        "en": "cuts long repetitions: ㅋㅋㅋㅋㅋ -> ㅋㅋ, !!!! -> !!",
        "ko": "길게 되풀이한 글자를 줄입니다: ㅋㅋㅋㅋㅋ -> ㅋㅋ, !!!! -> !!",
    },
    "step_lowercase": {"en": "Latin capitals become small letters", "ko": "로마자 대문자를 소문자로 바꿉니다"},
    "step_squeeze_spaces": {
        "en": "runs of white space become one space, none at the ends",
        "ko": "이어진 공백을 한 칸으로 줄이고 양 끝의 공백을 지웁니다",
    },
    "step_drop_spaces": {"en": "removes all white space", "ko": "공백을 모두 지웁니다"},
    "pipeline_invalid": {
        "en": "These text steps cannot be used. {problems}",
        "ko": "쓸 수 없는 텍스트 단계가 있습니다. {problems}",
    },
    "pipeline_unreadable": {
        "en": 'Expected saved text steps such as {{"steps": ["nfc"]}}, found {found}. Save them again with to_json().',
        "ko": '저장된 텍스트 단계는 {{"steps": ["nfc"]}}와 같아야 하나 {found}입니다. to_json()으로 다시 저장하세요.',
    },
    "step_unknown": {
        "en": "There is no step '{name}'.{near} Known steps: {known}.",
        "ko": "'{name}' 단계는 없습니다.{near} 있는 단계: {known}.",
    },
    "step_malformed": {
        "en": "{found} is neither a name nor a name with options, as ('cap_repeats', {{'limit': 3}}).",
        "ko": "{found} 대신 단계 이름이나 ('cap_repeats', {{'limit': 3}})처럼 이름과 옵션을 주어야 합니다.",
    },
    "option_unknown": {
        "en": "Step '{step}' has no option '{option}'.{near} Its options: {known}.",
        "ko": "'{step}' 단계에는 '{option}' 옵션이 없습니다.{near} 있는 옵션: {known}.",
    },
    "option_value": {
        "en": "Option '{option}' of step '{step}' takes {expected}, found {found}.",
        "ko": "'{step}' 단계의 '{option}' 옵션에는 {expected:을/를} 주어야 하나 {found}입니다.",
    },
    "expected_limit": {"en": "a whole number of 1 or more", "ko": "1 이상의 정수"},
    "expected_token": {"en": "a string", "ko": "문자열"},
    "expected_language": {"en": "'ko' or 'en'", "ko": "'ko'나 'en' 가운데 하나"},
    "one_string": {
        "en": "apply expects a list of texts, found one string ('{text}'). Call the pipeline itself for one text: "
        "pipeline(text).",
        "ko": "apply에는 텍스트 목록을 주어야 하는데 문자열 하나('{text}')를 받았습니다. "
        "텍스트 하나에는 pipeline(text)를 쓰세요.",
    },
    "not_text": {
        "en": "apply expects texts; {count} item(s) are not strings (position: type): {found}. Leave them out or fill "
        "them with an empty text.",
        "ko": "apply에는 텍스트만 줄 수 있습니다. 문자열이 아닌 항목 {count}개(위치: 형): {found}. "
        "빼거나 빈 텍스트로 채우세요.",
    },
    "sign_smile": {"en": "smile", "ko": "미소"},
    "sign_cry": {"en": "tears", "ko": "눈물"},
    "sign_stare": {"en": "blank stare", "ko": "무표정"},
    "sign_surprise": {"en": "surprise", "ko": "놀람"},
    "sign_dizzy": {"en": "dizziness", "ko": "어지러움"},
    "sign_wince": {"en": "squeezed eyes", "ko": "질끈 감은 눈"},
    "sign_heart": {"en": "heart", "ko": "하트"},
    "sign_star": {"en": "star", "ko": "별"},
    "sign_shiver": {"en": "shiver", "ko": "떨림"},
    "sign_tut": {"en": "tut-tut", "ko": "혀 차기"},
    "sign_agree": {"en": "agreement", "ko": "동의"},
    "sign_deny": {"en": "refusal", "ko": "거절"},
    "sign_thanks": {"en": "thanks or congratulation", "ko": "감사와 축하"},
    "sign_curse": {"en": "abbreviated curse", "ko": "줄인 욕설"},
    "sign_finger": {"en": "rude gesture", "ko": "손가락 욕"},
    "sign_laugh": {"en": "laughter", "ko": "웃음"},
    "sign_giggle": {"en": "gentle laughter", "ko": "가벼운 웃음"},
    "sign_sweat": {"en": "sweat drop", "ko": "식은땀"},
    "sign_music": {"en": "music", "ko": "음악"},
    "sign_thumb": {"en": "thumb up", "ko": "엄지"},
}
