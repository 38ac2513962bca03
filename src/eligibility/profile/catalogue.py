"""The one catalogue of facts, drawn from the records and the derived facts."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from eligibility.bilingual import Words
from eligibility.profile.derive import DERIVED
from eligibility.profile.profile import ITEM_KINDS, LISTS, MANY
from eligibility.profile.records import ITEM_RECORDS, Company, Year
from eligibility.profile.words import COMPANY_TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from eligibility.profile.facts import Fact
    from eligibility.profile.record import Record

_RECORDS: Final[tuple[type[Record], ...]] = (Company, Year, *ITEM_RECORDS)
FACTS: Final[dict[str, Fact]] = {fact.path: fact for record in _RECORDS for fact in record.FACTS.values()} | {
    path: fact for path, (fact, _, _) in DERIVED.items()
}
"""Every fact that a clause can name, by path, in the catalogue's order."""

DATED_BY: Final = {record.KIND: f"{record.KIND}.{record.DATED_BY}" for record in ITEM_RECORDS}
"""For each item kind the fact that says which year an item belongs to."""

__all__ = ["DATED_BY", "FACTS", "ITEM_KINDS", "LISTS", "MANY", "asked_for", "by_topic"]


def by_topic(facts: Iterable[Fact]) -> Iterator[tuple[Words | None, list[Fact]]]:
    """Part facts of one record by what they are about; only the company's are so many that they have topics.

    >>> [(topic.en, len(facts)) for topic, facts in by_topic([FACTS["company.size"], FACTS["company.needs"]])]
    [('the company', 1), ('standing and needs', 1)]
    """
    place = {name: at for at, name in enumerate(Company.FACTS)}
    first = {place[name]: Words(*words) for name, words in COMPANY_TOPICS.items()}

    def topic(fact: Fact) -> Words | None:
        begun = [at for at in first if fact.kind == "company" and at <= place.get(fact.name, -1)]
        return first[max(begun)] if begun else None

    return ((about, list(same)) for about, same in groupby(facts, topic))


def asked_for(path: str) -> str:
    """Name the fact to ask a company for when this one is unknown: itself unless it is derived.

    >>> asked_for("company.age_months"), asked_for("company.track")
    ('company.registered_on', 'company.track')
    """
    return DERIVED[path][2] if path in DERIVED else path
