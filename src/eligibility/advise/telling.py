"""Changes in words: what is seen, what would do, how far apart they are, and whether the company can change it."""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING, Any

from eligibility.advise.cells import NUMERIC, STEP, scaled, unscaled
from eligibility.advise.moves import Item, Value, Word
from eligibility.bilingual import Words
from eligibility.decision import Change
from eligibility.money import Rate, format_money, format_rate
from eligibility.profile.catalogue import DATED_BY, FACTS
from eligibility.profile.facts import FactType
from eligibility.profile.profile import LISTS, MANY, plain_value
from eligibility.rulebook.wording import counted, kind_name, value_name

if TYPE_CHECKING:
    from eligibility.advise.scratch import Scratch, Spot
    from eligibility.advise.search import Solution
    from eligibility.decision import Decision
    from eligibility.profile.facts import Fact

_GAPS = {
    FactType.COUNT: (("少", "多"), ("too few", "too many")),
    FactType.MONEY: (("少", "多"), ("too little", "too much")),
    FactType.RATE: (("低", "高"), ("too low", "too high")),
    FactType.DATE: (("早", "晚"), ("too early", "too late")),
    FactType.YEAR: (("早", "晚"), ("too early", "too late")),
}
PAST_YEARS = ("y1", "y2")
_DAYS = Words("天", "days")
_YEARS = Words("年", "years")


class Telling:
    """Puts the changes of one decision's near misses into words."""

    def __init__(self, decision: Decision, scratch: Scratch) -> None:
        self.decision = decision
        self.scratch = scratch

    # ---- in the company's hands?

    def changeable(self, solution: Solution) -> bool:
        """Tell whether the company can change all of a set."""
        return not any(self.is_past(move.spot) for move in solution.moves if not isinstance(move, Item))

    def is_past(self, spot: Spot) -> bool:
        """Tell whether a fact speaks of what has happened.

        That is a date past, a figure of a year before the year of assessment or of an item that belongs to such a
        year, and what the catalogue marks so.
        """
        holder, fact = spot[0], fact_of(spot)
        if fact.past or holder in PAST_YEARS:
            return True
        if isinstance(holder, str) or fact.type not in NUMERIC:
            return False
        dated = FACTS[DATED_BY[holder[0]]]
        year = getattr(self.scratch.record(holder), dated.name)
        return dated.type is FactType.YEAR and year is not None and year < self.decision.on.year

    # ---- changes

    def changes(self, solution: Solution) -> tuple[Change, ...]:
        """Give a set of changes in words, in the order of the profile; words of one set are one change."""
        changes = []
        stated = [move for move in solution.moves if not isinstance(move, Item)]
        for spot, moves in groupby(sorted(stated, key=self._order), key=lambda move: move.spot):
            several = list(moves)
            first = several[0]
            if isinstance(first, Value):
                changes.append(self._value(spot, first))
            else:
                changes.append(self._words(spot, [move for move in several if isinstance(move, Word)]))
        kinds = [move.kind for move in solution.moves if isinstance(move, Item)]
        for place, kind in enumerate(kinds):
            later = len(self.scratch.facts.items[kind] or ()) + kinds[:place].count(kind)
            made = {spot[1]: value for spot, value in solution.made if spot[0] == (kind, later)}
            changes.append(_item(kind, later, made))
        return tuple(changes)

    def _order(self, move: Value | Word) -> tuple[int, tuple[str, int], str]:
        holder = move.spot[0]
        return (
            list(FACTS.values()).index(fact_of(move.spot)),
            ("", 0) if isinstance(holder, str) else holder,
            str(holder),
        )

    def _value(self, spot: Spot, move: Value) -> Change:
        fact, now = fact_of(spot), self.scratch.value(spot)
        return Change(
            fact.path,
            self.at(spot),
            fact.label,
            _both(fact, now),
            _needed(fact, now, move),
            None if move.words else _gap(fact, now, move.value),
            tuple(plain_value(fact.type, value) for value in move.words or (move.value,)),
            not self.is_past(spot),
        )

    def _words(self, spot: Spot, moves: list[Word]) -> Change:
        fact, now = fact_of(spot), self.scratch.value(spot)
        fixed = now
        for move in moves:
            fixed = fixed | {move.word} if move.inside else fixed - {move.word}
        sets = [fixed]
        if len(moves) == 1 and moves[0].inside:
            sets += [now | {word} for word in moves[0].words[1:]]
        return Change(
            fact.path,
            self.at(spot),
            fact.label,
            _both(fact, now),
            Words(_of_set(fact, moves, "zh"), _of_set(fact, moves, "en")),
            None,
            tuple(plain_value(fact.type, value) for value in sets),
            not self.is_past(spot),
        )

    def at(self, spot: Spot) -> str:
        """Say where a fact stands in the profile."""
        holder, name = spot
        if isinstance(holder, tuple):
            return f"{MANY[holder[0]]}[{holder[1]}].{name}"
        if holder == "company":
            return f"company.{name}"
        year = self.decision.on.year - int(holder[1:])
        years = [entry.year for entry in self.decision.profile.years]
        return f"years[{years.index(year)}].{name}"


def fact_of(spot: Spot) -> Fact:
    """Give what the catalogue says of a fact."""
    holder, name = spot
    record = holder if isinstance(holder, str) else holder[0]
    return FACTS[f"{'year' if record in ('y0', 'y1', 'y2') else record}.{name}"]


def _both(fact: Fact, value: Any) -> Words:
    return Words(value_name(fact, value, "zh"), value_name(fact, value, "en"))


def _needed(fact: Fact, now: Any, move: Value) -> Words:
    """Say what would do."""
    if move.words:
        names = [_both(fact, word) for word in move.words]
        return Words("或".join(name.zh for name in names), " or ".join(name.en for name in names))
    more = scaled(fact.type, move.value) > scaled(fact.type, now)
    if fact.type is FactType.YEAR:
        return _both(fact, move.value)
    if fact.type is FactType.DATE:
        day = move.value
        return Words(f"{day}当日或之{'后' if more else '前'}", f"on or {'after' if more else 'before'} {day}")
    open_bound = _open_bound(fact.type, move.value, more=more)
    bound = _both(fact, move.value if open_bound is None else open_bound)
    if open_bound is None:
        return Words(f"{'不低于' if more else '不超过'}{bound.zh}", f"{'at least' if more else 'at most'} {bound.en}")
    return Words(f"{'高于' if more else '低于'}{bound.zh}", f"{'above' if more else 'below'} {bound.en}")


def _open_bound(kind: FactType, value: Any, *, more: bool) -> Any:
    """Give the round bound that a value lies just past, if it does: one fen, or a hundredth of a per cent."""
    if kind is FactType.MONEY:
        bound = value - 1 if more else value + 1
        return bound if bound % 100 == 0 and value % 100 else None
    if kind is FactType.RATE:
        fraction = Fraction(*value)
        past = fraction - STEP if more else fraction + STEP
        return unscaled(kind, past) if past.denominator < fraction.denominator else None
    return None


def _gap(fact: Fact, now: Any, value: Any) -> Words:
    """Say how far apart what is seen and what would do are."""
    gap = scaled(fact.type, value) - scaled(fact.type, now)
    size, sign = abs(gap), gap < 0
    match fact.type:
        case FactType.MONEY:
            amount = Words(format_money(size, "zh"), format_money(size, "en"))
        case FactType.RATE:
            share = format_rate(Rate(size.numerator, size.denominator))
            amount = Words(share, share)
        case FactType.COUNT:
            amount = Words(f"{size}{fact.unit.zh if fact.unit else ''}", str(size))
        case _:
            unit = _DAYS if fact.type is FactType.DATE else _YEARS
            amount = Words(f"{size}{unit.zh}", counted(size, unit.en))
    zh, en = _GAPS[fact.type]
    return Words(f"{zh[sign]}{amount.zh}", f"{amount.en} {en[sign]}")


def _of_set(fact: Fact, moves: list[Word], lang: str) -> str:
    """Say which words a set needs, and which it must not have."""
    names = (
        [(" or " if lang == "en" else "或").join(value_name(fact, word, lang) for word in move.words) for move in moves]
        if len(moves) == 1 and moves[0].inside
        else [value_name(fact, move.word, lang) for move in moves]
    )
    inside = [name for name, move in zip(names, moves, strict=True) if move.inside]
    outside = [name for name, move in zip(names, moves, strict=True) if not move.inside]
    return _listed(inside, outside, lang)


def _listed(inside: list[str], outside: list[str], lang: str) -> str:
    if lang == "zh":
        return "，".join([*(f"包括{name}" for name in inside), *(f"不包括{name}" for name in outside)])
    return ", ".join([*(f"{name} among them" for name in inside), *(f"{name} not among them" for name in outside)])


def _item(kind: str, place: int, made: dict[str, Any]) -> Change:
    record = LISTS[MANY[kind]]
    stated = [(record.FACTS[name], made[name]) for name in record.FACTS if name in made]
    zh, en = kind_name(kind, "zh"), kind_name(kind, "en")
    if stated:
        zh += f"（{'；'.join(_stated(fact, value, 'zh') for fact, value in stated)}）"
        en += f" with {'; '.join(_stated(fact, value, 'en') for fact, value in stated)}"
    return Change(
        MANY[kind],
        f"{MANY[kind]}[{place}]",
        record.LABEL,
        None,
        Words(f"再有一个{zh}", f"one more {en}"),
        None,
        ({fact.name: plain_value(fact.type, value) for fact, value in stated},),
        changeable=True,
    )


def _stated(fact: Fact, value: Any, lang: str) -> str:
    return f"{fact.label[lang]}{'：' if lang == 'zh' else ': '}{value_name(fact, value, lang)}"
