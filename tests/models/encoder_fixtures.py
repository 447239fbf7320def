"""Tiny encoders of every architecture: random weights, tokenizers trained on the packaged reviews."""

import io
import json
from functools import cache
from pathlib import Path

import polars as pl

from maeum.models.encoder.tokenizer_check import korean_sample
from maeum.schema import Dataset, Labels, Task

ARCHITECTURES = ("bert", "distilbert", "electra", "roberta", "xlm-roberta", "deberta-v2", "modernbert")
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
TEXTS = [
    "정말 재밌다",
    "최고의 영화",
    "감동이었다",
    "강추합니다",
    "정말 재미없다",
    "최악의 영화",
    "시간 아깝다",
    "졸작이다",
]


def dataset(labels=("negative", "positive"), task=Task.SINGLE_LABEL, texts=TEXTS):
    names = [labels[i % len(labels)] for i in range(len(texts))]
    frame = pl.DataFrame({"id": [str(i) for i in range(len(texts))], "text": list(texts)})
    if task is Task.MULTI_LABEL:
        frame = frame.with_columns(label=pl.Series([[name] if name != labels[-1] else [*labels] for name in names]))
    else:
        frame = frame.with_columns(label=pl.Series(names))
    if task is Task.PAIR:
        frame = frame.with_columns(text_b=pl.Series([text[::-1] for text in texts]))
    return Dataset(frame, task, Labels(labels), "toy")


def shape(kind, rows, pad=0, **values):
    """A configuration of two layers of width 16."""
    from transformers import AutoConfig

    common = {
        "vocab_size": rows, "hidden_size": 16, "num_hidden_layers": 2, "num_attention_heads": 2,
        "intermediate_size": 24, "max_position_embeddings": 66, "pad_token_id": pad, "initializer_range": 0.5,
    }  # fmt: skip
    own = {
        "distilbert": {"dim": 16, "n_layers": 2, "n_heads": 2, "hidden_dim": 24},
        "electra": {"embedding_size": 12},
        "roberta": {"type_vocab_size": 1},
        "xlm-roberta": {"type_vocab_size": 1},
        "deberta-v2": {"relative_attention": True, "pos_att_type": ["p2c", "c2p"], "position_biased_input": False,
                       "position_buckets": 8, "norm_rel_ebd": "layer_norm", "share_att_key": True,
                       "max_relative_positions": -1},
        "modernbert": {"global_attn_every_n_layers": 2, "local_attention": 8, "bos_token_id": 2, "eos_token_id": 3,
                       "cls_token_id": 2, "sep_token_id": 3, "initializer_cutoff_factor": 2.0},
    }.get(kind, {})  # fmt: skip
    if kind == "distilbert":
        common = {name: common[name] for name in ("vocab_size", "max_position_embeddings", "pad_token_id")}
        common["initializer_range"] = 0.5
    return AutoConfig.for_model(kind, **{**common, **own, **values})


@cache
def wordpiece_vocabulary():
    from tokenizers import BertWordPieceTokenizer

    trained = BertWordPieceTokenizer(lowercase=False, strip_accents=False)
    trained.train_from_iterator(
        korean_sample(), vocab_size=3000, min_frequency=1, special_tokens=SPECIAL, show_progress=False
    )
    vocabulary = trained.get_vocab()
    return tuple(sorted(vocabulary, key=vocabulary.get))


@cache
def byte_level():
    """tokenizer.json of a byte-level BPE with RoBERTa's special tokens."""
    from tokenizers import ByteLevelBPETokenizer, processors

    trained = ByteLevelBPETokenizer(add_prefix_space=False)
    special = ["<s>", "<pad>", "</s>", "<unk>", "<mask>"]
    trained.train_from_iterator(
        korean_sample(), vocab_size=3000, min_frequency=1, special_tokens=special, show_progress=False
    )
    trained.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    return trained._tokenizer.to_str()


@cache
def sentencepiece_model(kind="unigram", pieces=1500):
    """A SentencePiece model as KoBERT's: [UNK] 0, [PAD] 1, [CLS] 2, [SEP] 3, [MASK] 4."""
    import sentencepiece

    out = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(korean_sample()), model_writer=out, vocab_size=pieces, model_type=kind,
        unk_id=0, pad_id=1, bos_id=2, eos_id=3, unk_piece="[UNK]", pad_piece="[PAD]", bos_piece="[CLS]",
        eos_piece="[SEP]", control_symbols=["[MASK]"], minloglevel=2, character_coverage=0.999, num_threads=1,
    )  # fmt: skip
    return out.getvalue()


@cache
def multilingual_pieces():
    """A SentencePiece model as XLM-R's."""
    import sentencepiece

    out = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(korean_sample()), model_writer=out, vocab_size=1500, minloglevel=2, num_threads=1,
    )  # fmt: skip
    return out.getvalue()


def write_tokenizer(kind, folder):
    """Tokenizer files as the Hub has them for an architecture; gives its rows and pad id."""
    if kind in ("roberta",):
        (folder / "tokenizer.json").write_text(byte_level(), encoding="utf-8")
        names = {
            "bos": "<s>",
            "cls": "<s>",
            "eos": "</s>",
            "sep": "</s>",
            "unk": "<unk>",
            "pad": "<pad>",
            "mask": "<mask>",
        }
        configured = {f"{role}_token": name for role, name in names.items()} | {
            "tokenizer_class": "RobertaTokenizerFast"
        }
        (folder / "tokenizer_config.json").write_text(json.dumps(configured))
        return 3000, 1
    if kind == "xlm-roberta":
        (folder / "sentencepiece.bpe.model").write_bytes(multilingual_pieces())
        return 1502, 1
    if kind == "deberta-v2":
        (folder / "spm.model").write_bytes(sentencepiece_model())
        special = {"do_lower_case": False, "vocab_type": "spm"}
        (folder / "tokenizer_config.json").write_text(json.dumps(special))
        return 1501, 1
    vocabulary = wordpiece_vocabulary()
    if kind == "modernbert":
        from transformers import BertTokenizerFast, PreTrainedTokenizerFast

        numbered = {name: at for at, name in enumerate(vocabulary)}
        backend = BertTokenizerFast(vocab=numbered, do_lower_case=False).backend_tokenizer
        names = {
            "pad_token": "[PAD]",
            "unk_token": "[UNK]",
            "cls_token": "[CLS]",
            "sep_token": "[SEP]",
            "mask_token": "[MASK]",
        }
        PreTrainedTokenizerFast(tokenizer_object=backend, **names).save_pretrained(folder)
    else:
        (folder / "vocab.txt").write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
        (folder / "tokenizer_config.json").write_text(json.dumps({"do_lower_case": False}))
    return len(vocabulary), 0


def write_checkpoint(kind, folder: Path, *, head=False, labels=None, **values):
    """A checkpoint folder as on the Hub; without a head the encoder alone, as after pretraining."""
    import torch
    from transformers import AutoModel, AutoModelForSequenceClassification

    folder.mkdir(parents=True)
    rows, pad = write_tokenizer(kind, folder)
    if labels:
        values |= {"id2label": dict(enumerate(labels)), "label2id": {name: at for at, name in enumerate(labels)}}
    config = shape(kind, rows, pad, **values)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        auto = AutoModelForSequenceClassification if head or labels else AutoModel
        auto.from_config(config).save_pretrained(folder)
    return folder


def write_kobert(folder: Path, *, by_list: bool, kind="unigram"):
    """KoBERT's two forms: ids of the SentencePiece model, or of a vocab.txt in another order."""
    import sentencepiece
    import torch
    from transformers import AutoModel

    folder.mkdir(parents=True)
    model = sentencepiece_model(kind)
    processor = sentencepiece.SentencePieceProcessor(model_proto=model)
    pieces = [processor.id_to_piece(at) for at in range(len(processor))]
    if by_list:
        (folder / "tokenizer_78b3253a26.model").write_bytes(model)
        pieces = [*pieces[:5], *reversed(pieces[5:])]
        (folder / "vocab.txt").write_text("\n".join(pieces) + "\n", encoding="utf-8")
        own = {"auto_map": {"AutoTokenizer": ["tokenization_kobert.KoBertTokenizer", None]}}
        (folder / "tokenizer_config.json").write_text(json.dumps(own))
    else:
        (folder / "spiece.model").write_bytes(model)
        (folder / "tokenizer_config.json").write_text(json.dumps({"tokenizer_class": "XLNetTokenizer"}))
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(1)
        AutoModel.from_config(shape("bert", len(pieces), 1)).save_pretrained(folder)
    return processor, {piece: at for at, piece in enumerate(pieces)}
