"""The verbs that news is told with, in the forms that questions need. English only."""

from __future__ import annotations

from dataclasses import dataclass

_PASTS: dict[str, tuple[str, ...]] = {
    base: tuple(forms.split(","))
    for base, forms in (
        pair.split(":")
        for pair in (
            "lead:led sell:sold buy:bought hold:held build:built meet:met win:won write:wrote,written "
            "take:took,taken give:gave,given lend:lent pay:paid send:sent make:made begin:began,begun "
            "choose:chose,chosen beat:beaten fight:fought bring:brought shoot:shot catch:caught "
            "teach:taught run:ran drive:drove,driven draw:drew,drawn fly:flew,flown sing:sang,sung "
            "overthrow:overthrew,overthrown become:became find:found keep:kept leave:left feed:fed "
            "rise:rose,risen fall:fell,fallen grow:grew,grown lose:lost shrink:shrank,shrunk "
            "strike:struck break:broke,broken speak:spoke,spoken "
            "steal:stole,stolen seek:sought spend:spent tell:told know:knew,known"
        ).split()
    )
}
"""The irregular past, and the participle where that is another, by the base."""

_REGULAR = (
    "open inaugurate launch sign chair co-chair approve announce visit appoint name unveil introduce "
    "publish release propose direct design complete commission reject condemn found acquire sue fine "
    "ban order start close end resume land finish join leave host move plan agree admit arrive attack "
    "cancel capture confirm create deliver demand discover dismiss double endorse expand express extend "
    "fire halt halve impose increase install invite issue kill lift mark merge miss offer oppose pass "
    "pledge postpone present raise promise reach recall receive reduce remove rename repeal replace "
    "report rescue resign retire return reveal review revive revoke score scrap seize settle share "
    "suspend test top urge veto vote warn welcome"
).split()
_IRREGULAR = (
    "begin build buy cut fall find get give hold lead leave lose make meet rise sell shut take win write"
).split()
_FORMS = _PASTS | {"cut": ("cut",), "get": ("got",), "shut": ("shut",)}
_DOUBLED = {"ban": "banned", "plan": "planned", "scrap": "scrapped", "top": "topped", "admit": "admitted"}
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb: "open", "opens", "opened", "opened"."""

    base: str
    present: str
    past: str
    participle: str


def _verb(base: str) -> Verb:
    if base in _IRREGULAR:
        return Verb(base, _with_s(base), _FORMS[base][0], _FORMS[base][-1])
    past = _DOUBLED.get(base) or (base + "d" if base.endswith("e") else base + "ed")
    return Verb(base, _with_s(base), past, past)


def _with_s(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "o")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in _VOWELS else base + "s"


_VERBS = [_verb(base) for base in dict.fromkeys([*_REGULAR, *_IRREGULAR])]
BY_PRESENT = {verb.present: verb for verb in _VERBS}
"""By the form of headlines: "opens"."""

BY_PAST = {verb.past: verb for verb in _VERBS}
"""By the form of reports: "opened"."""

BY_PARTICIPLE = {verb.participle: verb for verb in _VERBS}
"""By the form of the passive: "was opened"."""
