"""How a page's own style sheets and style attributes style an element, as a browser reads them.

Sheets that the page only links to are not fetched. Selectors with more than one combinator are left
out: a page could make matching them take time without end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Style = Mapping[str, str]
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BRACES = re.compile(r"([{}])")
_SCREEN = re.compile(r"^@(?:media\s+(?:all|screen|only screen)\b(?!.*\b(?:max|min)-)|supports\b|layer\b)", re.I)
_COMBINATOR = re.compile(r"[\s>+~]+(?![^\[(]*[\])])")
_MAX_SHEET_CHARS = 500_000
_MAX_RULES = 5_000
_MAX_COMBINATORS = 1


class Styles:
    """The properties in `watched` that a page gives its elements."""

    def __init__(self, tree: Any, watched: Iterable[str]) -> None:
        from cssselect2 import ElementWrapper, Matcher

        self._watched = frozenset(watched)
        self._matcher = Matcher()
        self._count = 0
        for sheet in tree.iter("style"):
            media = (sheet.get("media") or "all").lower()
            if "all" in media or "screen" in media:
                self._add((sheet.text or "")[:_MAX_SHEET_CHARS])
        self._wrappers = (
            {each.etree_element: each for each in ElementWrapper.from_html_root(tree).iter_subtree()}
            if self._count
            else {}
        )

    def of(self, element: Any) -> Style:
        """The watched properties of one element, inherited ones left out."""
        weighed: list[tuple[tuple[Any, ...], str, str]] = []
        if element in self._wrappers:
            for specificity, order, _, declared in self._matcher.match(self._wrappers[element]):
                weighed += [((important, specificity, order), name, value) for name, value, important in declared]
        for name, value, important in self._declared(element.get("style") or ""):
            weighed.append(((important, (9, 9, 9), 0), name, value))
        return {name: value for _, name, value in sorted(weighed)}

    def _add(self, sheet: str) -> None:
        from cssselect2 import SelectorError, compile_selector_list

        for selectors, declarations in _rules(sheet):
            declared = list(self._declared(declarations))
            if not declared or self._count >= _MAX_RULES:
                continue
            for selector in selectors.split(","):
                if len(_COMBINATOR.findall(selector.strip())) > _MAX_COMBINATORS:
                    continue
                try:
                    compiled = compile_selector_list(selector)
                except SelectorError:
                    continue
                self._count += 1
                for each in compiled:
                    self._matcher.add_selector(each, declared)

    def _declared(self, text: str) -> Iterator[tuple[str, str, bool]]:
        """The watched declarations of a block: name, value in lower case, whether important."""
        folded = text.lower()
        if not any(name in folded for name in self._watched):
            return
        import tinycss2

        for each in tinycss2.parse_blocks_contents(text, skip_comments=True, skip_whitespace=True):
            if each.type == "declaration" and each.lower_name in self._watched:
                value = " ".join(tinycss2.serialize(each.value).lower().split())
                yield each.lower_name, value, each.important


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    """The rules of a sheet that hold on any screen, in one pass: selectors and declarations."""
    preludes: list[str] = []
    text = ""
    for piece in _BRACES.split(_COMMENT.sub("", sheet)):
        if piece == "{":
            preludes.append(text.rpartition(";")[2].strip())
            text = ""
        elif piece == "}":
            if preludes:
                prelude = preludes.pop()
                if prelude[:1] != "@" and all(_SCREEN.match(each) for each in preludes):
                    yield prelude, text
            text = ""
        else:
            text = piece
