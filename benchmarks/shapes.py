"""Encoders of a known size with random weights and a tokenizer trained on NSMC, for benchmarks of speed and memory."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SHAPES: dict[str, dict[str, Any]] = {
    "tiny": {
        "hidden_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 128,
        "embedding_size": 32,
    },
    "small": {
        "hidden_size": 256, "num_hidden_layers": 12, "num_attention_heads": 4, "intermediate_size": 1024,
        "embedding_size": 128,
    },
    "base": {
        "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072,
        "embedding_size": 768,
    },
}  # fmt: skip
VOCABULARY = 32_000


def write_checkpoint(folder: Path, shape: str, texts: list[str], **settings: Any) -> Path:
    """A Hugging Face folder with an ELECTRA of this shape; `settings` go into its configuration.

    Args:
        folder: Where to.
        shape: One of `SHAPES`.
        texts: What the tokenizer is trained on.
        **settings: `hidden_dropout_prob` …
    """
    from tokenizers import BertWordPieceTokenizer
    from transformers import ElectraConfig, ElectraModel, PreTrainedTokenizerFast

    ways = {"lowercase": False, "strip_accents": False, "handle_chinese_chars": False}
    words = BertWordPieceTokenizer(**ways)
    words.train_from_iterator(texts, vocab_size=VOCABULARY, show_progress=False)
    folder.mkdir(parents=True, exist_ok=True)
    words.save_model(str(folder))
    words = BertWordPieceTokenizer(str(folder / "vocab.txt"), **ways)  # which adds [CLS] and [SEP]
    names = {f"{name}_token": f"[{name.upper()}]" for name in ("unk", "pad", "cls", "sep", "mask")}
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=words._tokenizer, **names)  # type: ignore[no-untyped-call]
    tokenizer.save_pretrained(folder)
    ElectraModel(ElectraConfig(vocab_size=words.get_vocab_size(), **SHAPES[shape], **settings)).save_pretrained(folder)
    return folder
