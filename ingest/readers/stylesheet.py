"""The styles of elements from a page's own style sheets and style attributes, as in a browser.

Linked sheets are not fetched. Selectors with more than one combinator are ignored, as matching them could
take very long on a hostile page; so are selectors without a class and an id.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

Style = Mapping[str, str]
_BRACES = re.compile(r"([{}])")
# A wide screen: what is hidden only on a narrow one or on paper can be read.
_SCREEN = re.compile(
    r"^@(?:media\b(?!.*\b(?:print|max-|speech))|supports\b|layer\b)", re.IGNORECASE | re.DOTALL
)
_COMBINATOR = re.compile(r"[\s>+~]+(?![^\[(]*[\])])")
_NAME = re.compile(r"[.#](?:[\w-]|\\[^\n0-9a-fA-F])+")  # "lg:flex" is escaped as "lg\\:flex".
_MAX_SHEET_CHARS = 500_000
_MAX_RULES = 5_000
_MAX_SELECTOR_CHARS = 300
_MAX_COMBINATORS = 1


class Styles:
    """The properties of a page's elements that may hide them.

    Args:
        tree: the page.
        hiding: for a pattern of declarations that may hide something, the properties that decide it.
    """

    def __init__(self, tree: Any, hiding: Mapping[re.Pattern[str], Sequence[str]]) -> None:
        from cssselect2 import Matcher

        self._hiding = hiding
        self._matcher = Matcher()
        self._wrappers: dict[Any, Any] = {}
        rules = [rule for sheet in _sheets(tree) for rule in _rules(sheet)]
        self._names = _names(tree) if rules else {}
        names = {name for found in self._names.values() for name in found}
        used = [rule for rule in rules if _may_match(rule[0], names)][:_MAX_RULES]
        hiders = [
            (_named(selector), at_stake) for selector, text in used if (at_stake := self._at_stake(text))
        ]
        self._subjects = {name for found, _ in hiders for name in found}
        self._decided = frozenset[str]().union(*(at_stake for _, at_stake in hiders))
        # One class of an element may hide it, and another show it.
        together = (found for found in self._names.values() if not self._subjects.isdisjoint(found))
        beside = {name for found in together for name in found}
        for selector, text in used:
            if not beside.isdisjoint(_named(selector)):
                self._add(selector, text)
        if self._subjects:
            from cssselect2 import ElementWrapper

            root = ElementWrapper.from_html_root(tree)
            self._wrappers = {each.etree_element: each for each in root.iter_subtree()}

    def _at_stake(self, declarations: str) -> frozenset[str]:
        """The properties that decide whether some declarations hide something."""
        found = (names for pattern, names in self._hiding.items() if pattern.search(declarations))
        return frozenset(name for names in found for name in names)

    def of(self, element: Any) -> Style:
        """The properties of one element that may hide it, without inherited ones."""
        weighed: list[tuple[tuple[Any, ...], str, str]] = []
        if self._wrappers and not self._subjects.isdisjoint(self._names.get(element, ())):
            for specificity, order, _, declared in self._matcher.match(self._wrappers[element]):
                weighed += [
                    ((important, specificity, order), name, value) for name, value, important in declared
                ]
        if own := element.get("style"):
            for name, value, important in _declared(own, self._decided | self._at_stake(own)):
                weighed.append(((important, (9, 9, 9), 0), name, value))
        return {name: value for _, name, value in sorted(weighed, key=lambda each: each[0])}

    def _add(self, selector: str, declarations: str) -> None:
        from cssselect2 import SelectorError, compile_selector_list

        declared = list(_declared(declarations, self._decided))
        try:
            compiled = compile_selector_list(selector) if declared else []
        except SelectorError:
            return
        for each in compiled:
            if each.pseudo_element is None:
                self._matcher.add_selector(each, declared)


def _declared(text: str, names: frozenset[str]) -> Iterator[tuple[str, str, bool]]:
    """A block's declarations of some properties: name, value in lower case, whether important."""
    folded = text.lower()
    if not any(name in folded for name in names):
        return
    import tinycss2

    for each in tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration" and each.lower_name in names:
            value = " ".join(tinycss2.serialize(each.value).lower().split())
            yield each.lower_name, value, each.important


def _sheets(tree: Any) -> Iterator[str]:
    """The sheets that a browser with scripts applies on a screen."""
    for sheet in tree.iter("style"):
        media = (sheet.get("media") or "all").lower()
        if ("all" in media or "screen" in media) and next(sheet.iterancestors("noscript"), None) is None:
            yield (sheet.text or "")[:_MAX_SHEET_CHARS]


def _names(tree: Any) -> dict[Any, list[str]]:
    """The classes and ids of elements, each with its mark in selectors ("." or "#")."""
    found: dict[Any, list[str]] = {}
    for element in tree.iter("*"):
        names = ["." + name for name in (element.get("class") or "").split()]
        if id_ := element.get("id"):
            names.append("#" + id_)
        if names:
            found[element] = names
    return found


def _named(selector: str) -> list[str]:
    """The classes and ids that a selector names, unescaped."""
    return [name.replace("\\", "") for name in _NAME.findall(selector)]


def _may_match(selector: str, names: set[str]) -> bool:
    if len(selector) > _MAX_SELECTOR_CHARS or len(_COMBINATOR.findall(selector)) > _MAX_COMBINATORS:
        return False
    named = _named(selector)
    return bool(named) and (":not(" in selector or names.issuperset(named))


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The rules of a sheet that apply on any screen: selector and declarations."""
    preludes: list[str] = []
    text = ""
    for piece in _BRACES.split(_without_comments(sheet)):
        if piece == "{":
            preludes.append(text.rpartition(";")[2].strip())
            text = ""
        elif piece == "}":
            if preludes:
                prelude = preludes.pop()
                if prelude[:1] != "@" and all(_SCREEN.match(each) for each in preludes):
                    for selector in prelude.split(","):
                        yield selector.strip(), text
            text = ""
        else:
            text = piece


def _without_comments(sheet: str) -> str:
    first, *others = sheet.split("/*")
    return first + "".join(other.partition("*/")[2] for other in others)
