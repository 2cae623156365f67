"""Reads the facts about an article from a page's JSON-LD, in its many shapes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Any

from ingest.values import Facts

Node = Mapping[str, Any]
_ARTICLE = re.compile(r"Article|Report|Posting|Review|PressRelease|Statement", re.IGNORECASE)
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|(?://\s*)?\]\]>)\s*;?\s*$")
_TAG = re.compile(r"<[^<>]*>")
_MAX_NODES = 500  # Enough for any real page, and a limit for hostile ones.


def read_json_ld(tree: Any) -> Facts:
    """The facts in the page's article node; none without such a node."""
    nodes = list(_nodes(tree))
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article = max(nodes, key=_fitness, default={})
    if _fitness(article) == 0:
        return Facts()
    return Facts(
        title=text_of(article.get("headline")) or text_of(article.get("name")),
        publisher=next(iter(_names(article.get("publisher"), known)), None),
        published=text_of(article.get("datePublished")),
        authors=tuple(_names(article.get("author") or article.get("creator"), known)),
        language=text_of(article.get("inLanguage")),
        section=next(iter(_names(article.get("articleSection"), known)), None),
    )


def text_of(value: Any) -> str | None:
    """A value's text on one line, without tags and entities; None if it is empty."""
    if isinstance(value, list):
        value = next(iter(value), None)
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    if not isinstance(value, str):
        return None
    return " ".join(_TAG.sub("", unescape(unescape(value))).split()) or None


def _fitness(node: Node) -> int:
    """How well a node describes the page's article: by its type, then by how much it says."""
    kinds = node.get("@type")
    named = " ".join(str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]))
    says = sum(bool(node.get(name)) for name in ("headline", "datePublished", "author", "articleBody"))
    if _ARTICLE.search(named):
        return 10 + says if says else 0
    return says if "WebPage" in named and node.get("datePublished") else 0


def _nodes(tree: Any) -> Iterator[Node]:
    """All objects of all scripts, also those in graphs and lists."""
    queue: list[Any] = []
    for script in tree.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                queue.append(json.loads(_WRAPPING.sub("", script.text or ""), strict=False))
            except (ValueError, RecursionError):
                continue
    for at in range(_MAX_NODES):
        if at >= len(queue):
            return
        node = queue[at]
        if isinstance(node, list):
            queue.extend(node[:_MAX_NODES])
        elif isinstance(node, dict):
            yield node
            queue.extend(node[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in node)


def _names(value: Any, known: Mapping[str, Node]) -> Iterator[str]:
    for each in value if isinstance(value, list) else [value]:
        if isinstance(each, dict) and isinstance(each.get("@id"), str) and not each.get("name"):
            each = known.get(each["@id"])
        if isinstance(each, dict) and isinstance(each.get("name"), list):
            yield from filter(None, map(text_of, each["name"]))
            continue
        name = text_of(each)
        if name:
            yield name
