"""Opens parts of spaCy's small English pipeline."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language


def load_pipeline(folder: Path, parts: Collection[str]) -> Language:
    """Some parts of the pipeline in a folder.

    It does without the folder's `meta.json`, whose name differs between publishers.
    """
    from spacy.util import load_config, load_model_from_config

    config = load_config(folder / "config.cfg")
    unused = [each for each in config["nlp"]["pipeline"] if each not in parts]
    return load_model_from_config(config, exclude=unused).from_disk(folder, exclude=unused)
