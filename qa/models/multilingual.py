"""multilingual-e5-small: a question in one language finds passages in another.

Its weights come from the package index, in 4 bits, and run on ONNX Runtime without PyTorch. If only the model
hub answers, or the setting names it, the same model in full size comes from there, for sentence-transformers.
"""

from __future__ import annotations

from pathlib import Path

from qa.core.errors import UnavailableError
from qa.core.settings import Settings
from qa.models import e5_file, e5_graph, install
from qa.models.derived import ensure
from qa.models.distillation import TOKENIZER
from qa.models.e5_file import E5File
from qa.models.embedder import Embedder, SentenceTransformerEmbedder
from qa.models.registry import MULTILINGUAL, named
from qa.models.transformer import GRAPH, TransformerEmbedder

SWITCH = "To search across languages, set DATELINE_EMBEDDINGS=multilingual and run: python -m ingest rebuild"
_QUESTION, _PASSAGE = "query: ", "passage: "  # what the model was trained with
_MOST_PIECES = 510  # It has 512 places; a passage has some 100.


def load_multilingual(settings: Settings) -> Embedder:
    """The multilingual embedder.

    Raises:
        UnavailableError: neither the package index nor the hub gives it.
    """
    embedder: Embedder
    try:
        folder = _ensure(settings)
    except UnavailableError:
        if settings.models_from == "index":
            raise
        prompts = {"query": _QUESTION, "document": _PASSAGE}
        embedder = SentenceTransformerEmbedder(named(MULTILINGUAL).repository, prompts)
    else:
        embedder = TransformerEmbedder(folder, _MOST_PIECES, _QUESTION, _PASSAGE)
    embedder.crosses_languages = True
    return embedder


def _ensure(settings: Settings) -> Path:
    def make(folder: Path) -> None:
        file = e5_file.read(install.ensure(MULTILINGUAL, settings))
        e5_graph.write(file, folder / GRAPH)
        _write_tokenizer(file, folder / TOKENIZER)

    return ensure(settings.cache / "models" / f"onnx-{MULTILINGUAL}-uint8", make)


def _write_tokenizer(file: E5File, path: Path) -> None:
    """XLM-RoBERTa's tokenizer: SentencePiece's `nmt_nfkc` normalisation, then a unigram model."""
    from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

    tokenizer = Tokenizer(models.Unigram(file.pieces, unk_id=file.unknown, byte_fallback=False))
    one_space = normalizers.Replace(Regex(" {2,}"), " ")
    tokenizer.normalizer = normalizers.Sequence([normalizers.Nmt(), normalizers.NFKC(), one_space])
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    ends = [(name, tokenizer.token_to_id(name)) for name in ("<s>", "</s>")]
    tokenizer.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=ends)
    tokenizer.save(str(path))
