"""Preparing Korean text: small steps `str -> str`, pipelines of them, and what emoticons say.

    from maeum.text import DEFAULT, find_emoticons

    DEFAULT("될까욬ㅋㅋㅋㅋ&nbsp; 재밌다!!!!")      # "될까요ㅋㅋ 재밌다!!"

Nothing heavy is imported; the table of emoji is loaded when the first emoji is met.
"""

from maeum.text.characters import drop_controls, drop_spaces, fold_width, lowercase, nfc, squeeze_spaces
from maeum.text.chat import cap_repeats, split_fused_jamo
from maeum.text.emoji_names import name_emoji
from maeum.text.emoticons import Emoticon, find_emoticons, has_emoticon, unify_emoticons
from maeum.text.pipeline import DEFAULT, STEPS, Pipeline, Step
from maeum.text.web import mask_emails, mask_mentions, mask_urls, strip_html

__all__ = [
    "DEFAULT",
    "STEPS",
    "Emoticon",
    "Pipeline",
    "Step",
    "cap_repeats",
    "drop_controls",
    "drop_spaces",
    "find_emoticons",
    "fold_width",
    "has_emoticon",
    "lowercase",
    "mask_emails",
    "mask_mentions",
    "mask_urls",
    "name_emoji",
    "nfc",
    "split_fused_jamo",
    "squeeze_spaces",
    "strip_html",
    "unify_emoticons",
]
