"""How much a clause's word weighs: the strongest of the sources that state its figure or its promise."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from eligibility.rulebook.policies import AUTHORITIES

if TYPE_CHECKING:
    from eligibility.decision import Caution
    from eligibility.rulebook.language import Cited, Clause

Authority: TypeAlias = Literal["official", "press", "any"]
LIMITS: Final[tuple[Authority, ...]] = get_args(Authority)
"""What a reader may ask for, the strictest first."""

PRESS: Final = frozenset(("government_news", "newspaper"))
ACCEPTED: Final[dict[Authority, frozenset[str]]] = {
    "official": frozenset(("official",)),
    "press": PRESS | {"official"},
    "any": frozenset(AUTHORITIES),
}
"""The authorities of documents that count under each limit."""

FIGURE_PARTS: Final = frozenset(("amount", "rate", "cap", "period", "frequency", "service"))
"""What a citation supports if it states the figure or the promise."""


def rests_on(clause: Clause) -> tuple[Cited, ...]:
    """Give the clause's own citations that state its figure or promise; all of them where none says so."""
    stating = tuple(cited for cited in clause.citations if FIGURE_PARTS & set(cited.supports))
    return stating or clause.citations


def authority_of(clause: Clause) -> str:
    """Give the strongest authority that a clause's figure or promise rests on."""
    return min((cited.document.authority for cited in rests_on(clause)), key=AUTHORITIES.index)


def caution_of(clause: Clause) -> Caution | None:
    """Tell whether a clause's figure rests on one press source alone, or on none that weighs as much."""
    documents = {cited.document.id: cited.document.authority for cited in rests_on(clause)}
    weights = list(documents.values())
    if "official" in weights:
        return None
    press = sum(weight in PRESS for weight in weights)
    return None if press > 1 else "one_press_source" if press else "no_press_source"
