"""What every step does to texts as people write them: before -> after."""

import doctest
from functools import partial

import pytest

from maeum import text as room
from maeum.text import STEPS, characters, chat, emoji_names, emoticons, web

PAIRS = {
    "nfc": [
        ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
        ("\u110b\u1167\u11bc\u1112\u116a 재밌다", "영화 재밌다"),
        ("ㅋㅋㅋ ㅠㅠ ㅡㅡ", "ㅋㅋㅋ ㅠㅠ ㅡㅡ"),
        ("Ame\u0301lie", "Amélie"),
        ("ＡＢＣ！", "ＡＢＣ！"),
        ("ﾎﾎ", "ﾎﾎ"),
        ("①위 Ⅲ편", "①위 Ⅲ편"),
        ("", ""),
    ],
    "fold_width": [
        ("재밌다！！", "재밌다!!"),
        ("Ａ급 １０점", "A급 10점"),
        ("강추　합니다", "강추 합니다"),
        ("＾＾", "^^"),
        ("（스포）～", "(스포)~"),
        ("ﾡﾡ ﾻﾻ ﾾﾾ ￚￚ", "ㄱㄱ ㅋㅋ ㅎㅎ ㅡㅡ"),
        ("ￂ ￌ ￗ ￜ", "ㅏ ㅗ ㅠ ㅣ"),
        ("ﾥ ﾦ ﾷ", "ㄵ ㄶ ㅇ"),
        ("ㅋㅋㅠㅡ", "ㅋㅋㅠㅡ"),
        ("ｱｲｳ カタ", "ｱｲｳ カタ"),
        ("￦12,000 ￡5", "₩12,000 £5"),
    ],
    "drop_controls": [
        ("재\u200b밌다", "재밌다"),
        ("\ufeff첫 줄", "첫 줄"),
        ("영\u00ad화", "영화"),
        ("\x00널 \x1b문자\x7f", "널 문자"),
        ("\u200e오른쪽\u202e뒤집기\u202c", "오른쪽뒤집기"),
        ("빈\u3164칸", "빈 칸"),
        ("빈\uffa0칸", "빈 칸"),
        ("탭\t줄\n바꿈", "탭\t줄\n바꿈"),
        ("줄\r\n바꿈\r또\u2028또\x0b끝", "줄\n바꿈\n또\n또\n끝"),
        ("👩\u200d💻 멋져", "👩\u200d💻 멋져"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("👩🏽\u200d🚀", "👩🏽\u200d🚀"),
        ("가\u200d나 😀\u200d", "가나 😀"),
        ("\ud83d\ude00 반쪽\ud83d", "😀 반쪽\ufffd"),
        ("그대로 ㅋㅋ ♥ 漢字", "그대로 ㅋㅋ ♥ 漢字"),
    ],
    "strip_html": [
        ("재밌다<br>강추", "재밌다 강추"),
        ("재밌다<br />강추", "재밌다 강추"),
        ("<B>굵게</B> <i>기울임</i>", "굵게 기울임"),
        ("<p>한 문단</p><p>두 문단</p>", " 한 문단  두 문단 "),
        ('<a href="http://a.com/?x=1" target=_blank>링크</a>', "링크"),
        ('<img src="a.png" alt="x"/>포스터', " 포스터"),
        ("<font color='red'>빨강</font>", "빨강"),
        ("A &amp; B", "A & B"),
        ("&lt;기생충&gt; 최고", "<기생충> 최고"),
        ("&amp;quot;명대사&amp;quot;", '"명대사"'),
        ("&amp;amp;lt;3", "<3"),
        ("I&#39;m &#x1F600;", "I'm 😀"),
        ("&lt;br&gt;줄", " 줄"),
        ("1<2 이고 3>2", "1<2 이고 3>2"),
        ("사랑해 <3", "사랑해 <3"),
        ("<기생충>과 <Her>, <Up>, <올드보이 2>", "<기생충>과 <Her>, <Up>, <올드보이 2>"),
        ("<b 영화>", "<b 영화>"),
        ("R&B; &없는것; &nosuch;", "R&B; &없는것; &nosuch;"),
        ("재밌<b>다", "재밌다"),
        ("<<b>>", "<>"),
        ("<b<b<b>>>한", "한"),
        ("<b" * 30 + ">" * 30 + "한", " b" * 10 + ">" * 10 + "한"),
        ("><;; >_<", "><;; >_<"),
    ],
    "mask_urls": [
        ("보세요 http://blog.naver.com/abc/123", "보세요 [URL]"),
        ("http://news.donga.com/3/all/1어느 기사", "[URL]어느 기사"),
        ("이영화 www.youtube.com에 가서 보세요", "이영화 [URL]에 가서 보세요"),
        ("(https://a.kr/b?c=d&e=f).", "([URL])."),
        ("naver.com에서 봄", "[URL]에서 봄"),
        ("daum.net, 그리고 kobis.or.kr!", "[URL], 그리고 [URL]!"),
        ("메일 abc@naver.com", "메일 abc@naver.com"),
        ("hong.kr@naver.com", "hong.kr@naver.com"),
        ("9.5점 ... 1.0.2", "9.5점 ... 1.0.2"),
        ("Mr.Bean U.S.A.", "Mr.Bean U.S.A."),
        ("HTTPS://A.COM/B", "[URL]"),
        ("https://namu.wiki/w/기생충", "[URL]기생충"),
        ("http://", "http://"),
    ],
    "mask_emails": [
        ("이메일은 ppp784512@naver.com 입니다.", "이메일은 [EMAIL] 입니다."),
        ("a.b-c+d@mail.co.kr으로", "[EMAIL]으로"),
        ("메일(x_y@a.io)", "메일([EMAIL])"),
        ("@.@ 어지러워", "@.@ 어지러워"),
        ("강추@강추@강추", "강추@강추@강추"),
        ("abc@naver", "abc@naver"),
    ],
    "mask_mentions": [
        ("@철수 이거 봐", "[USER] 이거 봐"),
        ("고마워요 @movie_fan!", "고마워요 [USER]!"),
        ("@a.b. 끝", "[USER]. 끝"),
        ("a@b.com @@ @.@ !@!@", "a@b.com @@ @.@ !@!@"),
        ("이 영화속의 @죽음@보다", "이 영화속의 @죽음@보다"),
        ("강추@강추", "강추@강추"),
    ],
    "split_fused_jamo": [
        ("될까욬ㅋㅋ", "될까요ㅋㅋㅋ"),
        ("넼ㅋ", "네ㅋㅋ"),
        ("재밌엌ㅋㅋ", "재밌어ㅋㅋㅋ"),
        ("앜ㅋㅋ", "아ㅋㅋㅋ"),
        ("엌ㅋㅋㅋ 웃기닼ㅋ", "어ㅋㅋㅋㅋ 웃기다ㅋㅋ"),
        ("좋아욯ㅎㅎ", "좋아요ㅎㅎㅎ"),
        ("재밌닿ㅎㅎ", "재밌다ㅎㅎㅎ"),
        ("하핳ㅎ핳ㅎㅎ", "하하ㅎㅎ하ㅎㅎㅎ"),
        ("뭨ㅋㅋ 짴ㅋㅋ", "뭐ㅋㅋㅋ 짜ㅋㅋㅋ"),
        ("부엌", "부엌"),
        ("부엌ㅋㅋ", "부엌ㅋㅋ"),
        ("새벽녘ㅋㅋ", "새벽녘ㅋㅋ"),
        ("개좋ㅎㅎ", "개좋ㅎㅎ"),
        ("그렇ㅎㅎ 하얗ㅎㅎ", "그렇ㅎㅎ 하얗ㅎㅎ"),
        ("보렇ㅎㅎ", "보러ㅎㅎㅎ"),
        ("싫ㅎㅎ 많ㅎㅎ", "싫ㅎㅎ 많ㅎㅎ"),
        ("재밌넼", "재밌넼"),
        ("넼ㅎㅎ 넿ㅋㅋ", "넼ㅎㅎ 넿ㅋㅋ"),
        ("넹ㅇㅇ 존ㄴ", "넹ㅇㅇ 존ㄴ"),
        ("뮤ㅠㅠ", "뮤ㅠㅠ"),
    ],
    "cap_repeats": [
        ("ㅋㅋㅋㅋㅋ", "ㅋㅋ"),
        ("재밌다!!!!", "재밌다!!"),
        ("하하하하하", "하하"),
        ("ㅋㅎㅋㅎㅋㅎㅋ", "ㅋㅎㅋㅎㅋ"),
        ("최고최고최고최고", "최고최고"),
        ("!?!?!?!?", "!?!?"),
        ("......", ".."),
        ("진짜아아아아", "진짜아아"),
        ("ㅠㅠㅠㅠㅜㅜㅜ", "ㅠㅠㅜㅜ"),
        ("♥♥♥♥", "♥♥"),
        ("goooood", "good"),
        ("10000원 1,000,000명", "10000원 1,000,000명"),
        ("록키 III, XXX", "록키 III, XXX"),
        ("★★★★★ ★★★☆☆ ●●●○○", "★★★★★ ★★★☆☆ ●●●○○"),
        ("a   b", "a   b"),
        ("http://www.aaaa.com/xxxx!!!!", "http://www.aaaa.com/xxxx!!"),
        ("www.youtube.com", "www.youtube.com"),
        ("zzzz@naver.com ㅋㅋㅋㅋ", "zzzz@naver.com ㅋㅋ"),
        ("라라랜드 반복반복", "라라랜드 반복반복"),
        ("👍🏻👍🏻👍🏻👍🏻", "👍🏻👍🏻"),
        ("ㅋㅋㅋㅎㅎㅎㅋㅋㅋㅎㅎㅎ", "ㅋㅋㅎㅎㅋㅋㅎㅎ"),
    ],
    "unify_emoticons": [
        ("^_^", "^^"),
        ("^-^ ^.^ ^0^ ^ㅡ^ ^o^", "^^ ^^ ^^ ^^ ^^"),
        ("재밌어요^^*", "재밌어요^^*"),
        ("굿 :) :-) :D", "굿 ^^ ^^ ^^"),
        ("⌒⌒", "^^"),
        ("ㅠ_ㅠ ㅜ.ㅜ ㅠㅜㅠ ㅠㅡㅠ ㅜㅁㅜ", "ㅠㅠ ㅠㅠ ㅠㅠ ㅠㅠ ㅠㅠ"),
        ("T_T T.T TT ;_;", "ㅠㅠ ㅠㅠ ㅠㅠ ㅠㅠ"),
        ("ㅡ_ㅡ ㅡ.ㅡ ㅡ,.ㅡ ㅡㅡㅡ", "ㅡㅡ ㅡㅡ ㅡㅡ ㅡㅡ"),
        ("-_- -.- --; =_=", "ㅡㅡ ㅡㅡ ㅡㅡ; ㅡㅡ"),
        ("ㅇ_ㅇ o_O O.O ㅇㅁㅇ", "ㅇㅅㅇ ㅇㅅㅇ ㅇㅅㅇ ㅇㅅㅇ"),
        ("@.@ @..@", "@_@ @_@"),
        (">.< >ㅁ< ><", ">_< >_< >_<"),
        ("♡♡ ❤️ ♥", "♥♥ ♥ ♥"),
        ("❤️\u200d🔥", "❤️\u200d🔥"),
        ("★★★☆☆", "★★★☆☆"),
        ("0.0점 영화 -- 제목", "0.0점 영화 -- 제목"),
        ("TTL STTT", "TTL STTT"),
        ("출연:(홍길동)", "출연:(홍길동)"),
        ("ㅠ", "ㅠ"),
    ],
    "name_emoji": [
        ("최고👍", "최고 :올린_엄지: "),
        ("👩\u200d💻", " :여자_기술_전문가: "),
        ("ㅋㅋ ^^", "ㅋㅋ ^^"),
    ],
    "lowercase": [
        ("CG는 GOOD", "cg는 good"),
        ("ÉCOLE Ⅲ Σ Д", "école Ⅲ Σ Д"),
        ("ㅋㅋ abc", "ㅋㅋ abc"),
    ],
    "squeeze_spaces": [
        ("  정말   재밌다 ", "정말 재밌다"),
        ("줄\n\n바꿈\t탭", "줄 바꿈 탭"),
        ("좁은\u00a0\u2009\u3000칸", "좁은 칸"),
        ("\n", ""),
        ("그대로 둔다", "그대로 둔다"),
    ],
    "drop_spaces": [
        ("재미 있게 봤 어요", "재미있게봤어요"),
        (" \t\n\u3000", ""),
        ("붙여씀", "붙여씀"),
    ],
}
ROWS = [(name, before, after) for name, pairs in PAIRS.items() for before, after in pairs]


def test_every_step_has_examples():
    assert set(PAIRS) == set(STEPS)
    assert len(ROWS) >= 120


@pytest.mark.parametrize(("name", "before", "after"), ROWS)
def test_example(name, before, after):
    assert STEPS[name].function(before) == after


@pytest.mark.parametrize(("name", "before", "after"), ROWS)
def test_example_is_settled(name, before, after):
    assert STEPS[name].function(after) == after


@pytest.mark.parametrize(
    ("step", "before", "after"),
    [
        (partial(room.cap_repeats, limit=1), "ㅋㅋㅋ 하하", "ㅋ 하"),
        (partial(room.cap_repeats, limit=3), "ㅋㅋㅋㅋㅋ !!!", "ㅋㅋㅋ !!!"),
        (partial(room.mask_urls, token="<url>"), "naver.com", "<url>"),
        (partial(room.mask_urls, token=r"\1"), "naver.com", r"\1"),
        (partial(room.mask_emails, token="<메일>"), "a@b.kr로", "<메일>로"),
        (partial(room.mask_mentions, token="@이름"), "@철수 안녕", "@이름 안녕"),
        (partial(room.name_emoji, language="en"), "👍", " :thumbs_up: "),
    ],
)
def test_options(step, before, after):
    assert step(before) == after


@pytest.mark.parametrize("module", [characters, chat, web, emoji_names, emoticons])
def test_docstring_examples(module):
    failed, tried = doctest.testmod(module)
    assert tried > 0
    assert failed == 0


def test_half_width_jamo_are_those_unicode_means():
    import unicodedata

    for code in [*range(0xFFA1, 0xFFBF), *range(0xFFC2, 0xFFDD)]:
        half = chr(code)
        if unicodedata.name(half, ""):
            full = unicodedata.decomposition(half).split()[1]
            assert characters.fold_width(half) == chr(int(full, 16))


def test_full_width_signs_are_those_unicode_means():
    import unicodedata

    for code in [*range(0xFF01, 0xFF5F), *range(0xFFE0, 0xFFE7), 0x3000]:
        wide = unicodedata.decomposition(chr(code)).split()[1]
        assert characters.fold_width(chr(code)) == chr(int(wide, 16))


def test_every_emoji_is_noticed_and_named():
    import emoji

    for each in emoji.EMOJI_DATA:
        assert characters.drop_controls(each) == each
        assert not emoji.emoji_list(emoji_names.name_emoji(each))


@pytest.mark.parametrize(
    "step", [web.strip_html, web.mask_urls, web.mask_emails, web.mask_mentions, chat.cap_repeats, room.unify_emoticons]
)
@pytest.mark.parametrize(
    "piece", ["<b ", "<", "&amp;", "a", "a.", "@a", "0", " ", "ㅋㅎ", "^_", "http://", "<b a='", "a@a."]
)
def test_crafted_texts_end_and_settle(step, piece):
    """Long enough that a quadratic step would take minutes and be noticed."""
    once = step(piece * 20_000 + ">" * 20_000)
    assert step(once) == once
