"""The lower layers of the built-in model in PyTorch, as they lie in their file, so that they can be taught.

What is answered with is llama.cpp's; both read alike but for rounding. Only Qwen2's architecture is known.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor, nn

_NAMES = {
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
    "attn_norm": "input_layernorm",
    "ffn_norm": "post_attention_layernorm",
}
"""A block's parts by llama.cpp's names, and by transformers'."""

_NORMS = ("attn_norm", "ffn_norm")
_PART = re.compile(r"blk\.(\d+)\.(\w+)\.(weight|bias)")
_ENDS = {"token_embd.weight": "embed_tokens.weight", "output_norm.weight": "norm.weight"}


class Layers:
    """A Qwen2 model without its output layer."""

    def __init__(self, path: Path, tokens: Callable[[str], list[int]]) -> None:
        """Args:
        path: its GGUF file.
        tokens: the numbers of a text's tokens.
        """
        import torch
        from gguf import GGUFReader, dequantize
        from transformers import Qwen2Config, Qwen2Model

        self.tokens = tokens

        reader = GGUFReader(path)

        def told(name: str) -> Any:
            return reader.fields[f"qwen2.{name}"].contents()

        weights = {
            _name(each.name): torch.tensor(dequantize(each.data, each.tensor_type), dtype=torch.bfloat16)
            for each in reader.tensors
        }
        self.dimensions: int = told("embedding_length")
        config = Qwen2Config(
            vocab_size=len(weights["embed_tokens.weight"]),
            hidden_size=self.dimensions,
            intermediate_size=told("feed_forward_length"),
            num_hidden_layers=told("block_count"),
            num_attention_heads=told("attention.head_count"),
            num_key_value_heads=told("attention.head_count_kv"),
            rms_norm_eps=told("attention.layer_norm_rms_epsilon"),
            rope_parameters={"rope_type": "default", "rope_theta": told("rope.freq_base")},
        )
        with torch.device("meta"):
            self._model = Qwen2Model(config)
        self._model.load_state_dict(weights, assign=True)
        self._model.rotary_emb = type(self._model.rotary_emb)(config)
        self._model.requires_grad_(False)

    def adapt(self, first: int, rank: int, alpha: float) -> dict[str, Tensor]:
        """Adds thin matrices, which do nothing yet, to every matrix of the layers from `first` on.

        Returns:
            These, by llama.cpp's names.
        """
        thin: dict[str, Tensor] = {}
        for number, layer in enumerate(self._model.layers[first:], start=first):
            for part, name in _NAMES.items():
                if part not in _NORMS:
                    within, _, last = name.partition(".")
                    block = getattr(layer, within)
                    adapted = _adapted(getattr(block, last), rank, alpha)
                    setattr(block, last, adapted)
                    thin |= {
                        f"blk.{number}.{part}.weight.lora_{each}": getattr(adapted, each) for each in "ab"
                    }
        return thin

    def states(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """The states at the last tokens of texts, shape [texts, `dimensions`]."""
        import torch

        longest = max(map(len, texts))
        ids = torch.tensor([[*each, *[0] * (longest - len(each))] for each in texts])
        mask = torch.tensor([[1] * len(each) + [0] * (longest - len(each)) for each in texts])
        read = self._model(input_ids=ids, attention_mask=mask, use_cache=False).last_hidden_state
        last: Tensor = read[torch.arange(len(texts)), mask.sum(1) - 1].float()
        return last


def _name(name: str) -> str:
    """A tensor's name in transformers."""
    part = _PART.fullmatch(name)
    return f"layers.{part[1]}.{_NAMES[part[2]]}.{part[3]}" if part else _ENDS[name]


def _adapted(linear: nn.Linear, rank: int, alpha: float) -> nn.Module:
    import torch
    from torch import nn
    from torch.nn import functional

    class Adapted(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.a = nn.Parameter(torch.randn(rank, linear.in_features) / math.sqrt(linear.in_features))
            self.b = nn.Parameter(torch.zeros(linear.out_features, rank))

        def forward(self, x: Tensor) -> Tensor:
            thin = functional.linear(functional.linear(x, self.a.to(x.dtype)), self.b.to(x.dtype))
            both: Tensor = linear(x) + alpha / rank * thin
            return both

    return Adapted()
