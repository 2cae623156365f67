"""Cross-encoders made on the spot, too small to judge anything but sure of what they say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

LABELS = ("contradiction", "entailment", "neutral")
_WORDS = "[PAD] [UNK] [CLS] [SEP] [MASK] the dam bridge is was open closed not . a".split()


def made(folder: Path, labels: Sequence[str], favoured: str = "") -> str:
    """The path of a model of one tiny layer that is sure of one of its labels, whatever it reads."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

    (folder / "vocab.txt").write_text("\n".join(_WORDS))
    BertTokenizerFast(str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(_WORDS),
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=1,
        intermediate_size=8,
        max_position_embeddings=64,
        num_labels=len(labels),
        id2label=dict(enumerate(labels)),
        label2id={label: at for at, label in enumerate(labels)},
    )
    model = BertForSequenceClassification(config)
    if favoured:
        with torch.no_grad():
            model.classifier.bias[labels.index(favoured)] = 20.0
    model.save_pretrained(folder)
    return str(folder)
