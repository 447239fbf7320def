"""Steps for what the web leaves in a text: HTML, addresses, names of users."""

from __future__ import annotations

import re
from typing import Final

_TAGS: Final = (
    "abbr|article|aside|audio|a|big|blockquote|body|br|button|b|center|cite|code|dd|del|details|div|dl|dt|embed|em|"
    "fieldset|figcaption|figure|font|footer|form|h[1-6]|header|head|hr|html|iframe|img|input|ins|i|kbd|label|legend|"
    "link|li|main|mark|meta|nav|nobr|noscript|object|ol|option|param|picture|pre|p|samp|script|section|select|small|"
    "source|span|strike|strong|style|sub|summary|sup|svg|s|table|tbody|td|textarea|tfoot|thead|th|title|tr|tt|ul|u|"
    "var|video|wbr"
)
_inline = re.compile(
    "a|abbr|b|big|cite|code|del|em|font|i|ins|kbd|mark|nobr|s|samp|small|span|strike|strong|sub|sup|tt|u|var|wbr", re.I
).fullmatch
# Capitals throughout or none: <Her>, <Up>, <Main> and the like are titles. Attributes are Latin, as in `class="x"`,
# their quoted values anything; the bound keeps a crafted text from taking quadratic time.
_ATTRIBUTES: Final = r"""(?:\s+[A-Za-z_:@][\w:.-]*(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>가-힣]+))?){0,20}\s*/?"""
_tag = re.compile(rf"</?({_TAGS}|{re.sub(r'[a-z]', lambda m: m.group().upper(), _TAGS)})(?:{_ATTRIBUTES})>", re.ASCII)
# Written twice escaped in many exports: &amp;quot; is as common as &quot;.
_entity = re.compile(r"&(?:amp;)*(#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Tags hidden in entities or in one another (<<b>b>) come to light round by round. Text nested deeper than this was made
# to cost time; its brackets go, so that it costs no more.
_ROUNDS: Final = 20

_URL_CHARACTERS: Final = r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]"
_ENDINGS: Final = "com|net|org|info|biz|edu|gov|kr|jp|io|tv"
# An address is Latin and ends before the first other letter: people write on without a space. It does not end in
# punctuation. A bare host counts only with a common ending, and not when it is part of an e-mail address.
_url = re.compile(
    rf"""(?:
        (?:https?|ftp)://[a-z0-9-]+\.[a-z0-9-]
      | (?<![a-z0-9.@])www\.[a-z0-9-]
      | (?<![a-z0-9@._/-])(?:[a-z0-9][a-z0-9-]{{0,62}}\.){{1,4}}(?:{_ENDINGS})(?![a-z0-9._%+-]{{0,64}}@|[a-z0-9_-])
    )(?:{_URL_CHARACTERS}*[A-Za-z0-9/=#&_~%+-])?""",
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_dotted = re.compile(r"[A-Za-z0-9-]\.[A-Za-z0-9-]").search  # in every address; cheap to look for
_email = re.compile(
    r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,4}[A-Za-z]{2,10}"
    r"(?![A-Za-z0-9]|[A-Za-z0-9._%+-]{0,64}@)"
)
_address = re.compile(rf"(?:{_email.pattern})|(?ix:{_url.pattern})", re.ASCII)
_mention = re.compile(r"(?<![\w@.])@\w[\w.]{0,29}(?<!\.)(?![\w@])")


def strip_html(text: str) -> str:
    """Remove HTML tags and read entities such as `&lt;`, also those escaped twice.

    Only tags that HTML knows are removed: a title in angle brackets and `<3` stay, as does a word with a capital at
    its start (<Her>). What breaks a line leaves a space. Meant for pieces of text, not for whole pages with scripts.

        >>> strip_html("<b>최고</b>의 영화<br>&amp;quot;강추&amp;quot; &lt;기생충&gt; <3")
        '최고의 영화 "강추" <기생충> <3'
    """
    if "<" not in text and "&" not in text:
        return text
    for _ in range(_ROUNDS):
        plain = _entity.sub(_read_entity, _tag.sub(_without_tag, text))
        if plain == text:
            return text
        text = plain
    return text.translate({ord("<"): " ", ord("&"): " "})


def mask_urls(text: str, *, token: str = "[URL]") -> str:  # noqa: S107
    """Replace web addresses by `token`.

        >>> mask_urls("예고편은 https://youtu.be/x?v=1에서, 또는 naver.com")
        '예고편은 [URL]에서, 또는 [URL]'

    Args:
        text: Any text.
        token: What stands in their place.
    """
    return _url.sub(lambda _: token, text) if _dotted(text) else text


def mask_emails(text: str, *, token: str = "[EMAIL]") -> str:  # noqa: S107
    """Replace e-mail addresses by `token`.

        >>> mask_emails("문의는 abc.1@naver.com으로")
        '문의는 [EMAIL]으로'

    Args:
        text: Any text.
        token: What stands in their place.
    """
    return _email.sub(lambda _: token, text) if "@" in text else text


def mask_mentions(text: str, *, token: str = "[USER]") -> str:  # noqa: S107
    """Replace `@name` by `token`; e-mail addresses, `@@` and words quoted as @제목@ stay.

    A particle written onto the name goes with it, for nothing tells them apart.

        >>> mask_mentions("@movie_fan 고마워요 a@b.kr @.@")
        '[USER] 고마워요 a@b.kr @.@'

    Args:
        text: Any text.
        token: What stands in their place.
    """
    return _mention.sub(lambda _: token, text) if "@" in text else text


def split_addresses(text: str) -> list[tuple[str, bool]]:
    """Cut a text into pieces, each with whether it is a web or e-mail address; joined they are the text again.

    >>> split_addresses("봐 www.a.com!")
    [('봐 ', False), ('www.a.com', True), ('!', False)]
    """
    if not _dotted(text):
        return [(text, False)]
    pieces, end = [], 0
    for found in _address.finditer(text):
        pieces += [(text[end : found.start()], False), (found.group(), True)]
        end = found.end()
    return [*pieces, (text[end:], False)]


def _without_tag(found: re.Match[str]) -> str:
    return "" if _inline(found.group(1)) else " "


def _read_entity(found: re.Match[str]) -> str:
    """The character an entity names; one that HTML does not know stays."""
    from html import unescape
    from html.entities import html5

    name: str = found.group(1)
    if name.startswith("#") or name + ";" in html5:
        return unescape(f"&{name};")
    return found.group()
