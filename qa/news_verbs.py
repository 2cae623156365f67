"""The verbs that news is told with: irregular pasts, and which may stand for one another. English only."""

from __future__ import annotations

from functools import lru_cache

from qa.terms import terms

FORMS: dict[str, tuple[str, ...]] = {
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

IRREGULAR = {form: base for base, forms in FORMS.items() for form in forms}

_ALIKE = """
    reject turn refuse decline dismiss oppose
    open inaugurate launch unveil begin start
    hold meet convene gather sit take
    chair lead head preside represent host
    kill die dead death murder
    build construct complete finish
    create establish set found form
    name appoint make nominate pick
    approve clear pass adopt endorse agree accept
    resign quit leave step give go
    sign ink conclude seal
    call describe term say
    attack hit strike target bomb
    address speak tell say
    end close finish conclude expire
    shut close
    rise increase grow climb jump
    fall drop decline decrease shrink
    buy acquire purchase take
    cost price spend put estimate worth value
    finance pay fund lend loan provide
    order command direct instruct tell
    visit travel come go fly arrive land
    own hold
    run operate manage
    want ask demand urge seek call request
    elect choose vote win
    injure wound hurt
    arrest detain hold
    fire dismiss sack remove
    move shift transfer
    join enter accede
    cancel scrap drop abandon
    delay postpone put
    publish release issue
    announce say tell declare state
    plan intend want
    cause lead result due because
    praise laud commend hail welcome
    condemn criticise denounce deplore
    agree decide resolve
"""
_GROUPS = [frozenset(terms(word)[-1] for word in line.split()) for line in _ALIKE.strip().splitlines()]
LIKE = {
    stem: frozenset[str]().union(*(group for group in _GROUPS if stem in group))
    for stem in frozenset[str]().union(*_GROUPS)
}
"""By a verb's stem: the stems by which a text may tell the same."""

LIGHT = frozenset(
    terms(word)[-1]
    for word in "take make give have hold become get keep bring put know call say tell find seek use do see "
    "go come serve include involve concern remain need relate cover last total number locate situate list "
    "represent cause".split()
)
"""Stems of verbs that say little by themselves: "took place", "was based on"."""


@lru_cache(maxsize=16_384)
def base_stem(word: str) -> str:
    """The stem of a folded word; of an irregular verb's past, of its base form."""
    return terms(IRREGULAR.get(word, word))[-1]
