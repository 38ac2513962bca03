"""Reading what a clause gives: its form, frequency and instalments."""

from __future__ import annotations

from itertools import pairwise
from math import lcm
from typing import TYPE_CHECKING, Final

from eligibility.money import Rate, parse_money, parse_rate
from eligibility.profile.facts import FactType
from eligibility.rulebook.grain import FINEST, Grain, grain_of, too_fine
from eligibility.rulebook.language import (
    AwardRule,
    Bracket,
    Brackets,
    ByTable,
    Ceiling,
    Fixed,
    PerUnit,
    Range,
    RateOf,
    Service,
    Unpublished,
)
from eligibility.rulebook.quantities import ConditionReader

if TYPE_CHECKING:
    from yaml.nodes import Node

    from eligibility.money import Fen
    from eligibility.rulebook.language import Form, Frequency, Quantity
    from eligibility.rulebook.quantities import Scope
    from eligibility.rulebook.reader import Entries

FORMS: Final[dict[str, tuple[str, ...]]] = {
    "fixed": ("fixed",),
    "rate": ("rate", "of"),
    "per_unit": ("per_unit", "of"),
    "by": ("by", "amounts"),
    "brackets": ("brackets",),
    "range": ("range",),
    "ceiling": ("ceiling",),
    "unpublished": ("unpublished",),
    "service": ("service",),
}
FREQUENCIES: Final[tuple[Frequency, ...]] = ("once", "yearly")
_LOWS: Final = {"at_least": True, "above": False}
_HIGHS: Final = {"at_most": True, "below": False}


class AwardReader(ConditionReader):
    """Reads awards."""

    def award(self, node: Node, scope: Scope) -> AwardRule:
        """Read an award."""
        keys = (*FORMS, "of", "amounts", "otherwise", "up_to", "frequency", "instalments")
        parts = self.fields(node, (), keys)
        form_name = next((name for name in FORMS if name in parts), None)
        if form_name is None:
            self.fail("missing-key", "the award has no form", node, f"one of: {', '.join(FORMS)}")
        self._only(parts, form_name, node)
        form, up_to, frequency, instalments = self.whole(
            lambda: self._form(form_name, parts, scope, node),
            lambda: "up_to" in parts and self.truth(parts["up_to"]),
            lambda: self._frequency(parts, form_name, node, scope),
            lambda: self._instalments(parts["instalments"]) if "instalments" in parts else (),
        )
        return AwardRule(form, up_to, frequency, instalments, self.place(node))

    def _only(self, parts: Entries, form: str, node: Node) -> None:
        needed = FORMS[form]
        for key in needed:
            if key not in parts:
                self.fail("missing-key", f"`{form}` needs `{key}`", node, f"write: {', '.join(needed)}")
        extra = {"up_to", "frequency", "instalments"} | ({"otherwise"} if form == "by" else set())
        stray = [key for key in parts if key not in needed and key not in extra]
        if stray:
            self.fail(
                "unknown-key", f"`{stray[0]}` does not go with `{form}`", parts[stray[0]], "an award has one form"
            )

    def _frequency(self, parts: Entries, form: str, node: Node, scope: Scope) -> Frequency:
        if "frequency" not in parts:
            if form == "service":
                return "once"
            self.fail("missing-key", "`frequency` is missing", node, "write `frequency: once` or `frequency: yearly`")
        word = self.word(parts["frequency"], FREQUENCIES, "frequency")
        if word == "yearly" and not scope.year:
            message = "`reference: any` has no year for a yearly award"
            self.fail("reference-any", message, parts["frequency"], "write `frequency: once` or leave `reference` out")
        return "yearly" if word == "yearly" else "once"

    def _instalments(self, node: Node) -> tuple[Rate, ...]:
        rates = self.each(self._rate, self.items(node, "rates"))
        common = lcm(*(rate.den for rate in rates))
        if sum(rate.num * (common // rate.den) for rate in rates) != common:
            self.fail("instalments", "the instalments do not add up to 100%", node, "write shares such as `[40%, 60%]`")
        return rates

    def _rate(self, node: Node) -> Rate:
        return self.literal(node, lambda raw: parse_rate(str(raw)))

    def _money(self, node: Node) -> Fen:
        return self.literal(node, lambda raw: parse_money(str(raw)))

    # ---- forms

    def _form(self, name: str, parts: Entries, scope: Scope, node: Node) -> Form:
        place = self.place(node)
        match name:
            case "fixed":
                return Fixed(self._money(parts["fixed"]), place)
            case "rate":
                return self._share(parts, scope, node)
            case "per_unit":
                return self._per_unit(parts, scope, node)
            case "by":
                return self._table(parts, scope, node)
            case "brackets":
                return self._brackets(parts["brackets"], scope)
            case "range":
                return self._range(parts["range"])
            case "ceiling":
                return Ceiling(self._money(parts["ceiling"]), place)
            case "unpublished":
                self._is_true(parts["unpublished"])
                return Unpublished(place)
            case _:
                self._is_true(parts["service"])
                return Service(place)

    def _is_true(self, node: Node) -> None:
        if not self.truth(node):
            self.fail("value", "a form that is not meant is left out", node, "write `true`, or another form")

    def _share(self, parts: Entries, scope: Scope, node: Node) -> RateOf:
        share = RateOf(self._rate(parts["rate"]), self.quantity(parts["of"], scope, "money"), self.place(node))
        if too_fine(grain_of(share)):
            help_ = f"keep the common numerator and denominator within {FINEST}"
            self.fail("grain", "the rates of this award multiply to too fine a fraction", node, help_)
        return share

    def _per_unit(self, parts: Entries, scope: Scope, node: Node) -> PerUnit:
        amount = self._money(parts["per_unit"])
        quantity, unit = self.unit_of(parts["of"], scope)
        if unit == "money":
            self.fail("unit-clash", "`per_unit` multiplies a count, not money", parts["of"], "write `rate: … of: …`")
        grain = grain_of(quantity)
        if too_fine(Grain(grain.num, grain.den)):
            self.fail("grain", "this count is too fine a fraction", node, f"keep both parts within {FINEST}")
        return PerUnit(amount, quantity, self.place(node))

    def _table(self, parts: Entries, scope: Scope, node: Node) -> ByTable:
        fact = self.fact(parts["by"], scope)
        if fact.fact.type not in (FactType.CHOICE, FactType.BOOLEAN):
            message = f"`{fact.path}` is no enumeration"
            self.fail("operator", message, parts["by"], "a table needs a fact with a fixed set of values")
        values = list(fact.fact.values or ("true", "false"))
        rows = self.fields(parts["amounts"], (), values)
        amounts = tuple((value, self._money(row)) for value, row in rows.items())
        otherwise = self._money(parts["otherwise"]) if "otherwise" in parts else None
        missing = [value for value in values if value not in rows]
        if missing and otherwise is None:
            message = f"the table has no row for `{missing[0]}`"
            self.fail("table-row-missing", message, parts["amounts"], "add the row, or `otherwise:`")
        return ByTable(fact, amounts, otherwise, self.place(node))

    def _range(self, node: Node) -> Range:
        ends = self.each(self._money, self.items(node, "two amounts"))
        if len(ends) != 2 or ends[0] > ends[1]:
            self.fail("empty", "a range needs a lower and an upper amount", node, "write `range: [1000万元, 4000万元]`")
        return Range(ends[0], ends[1], self.place(node))

    # ---- brackets

    def _brackets(self, node: Node, scope: Scope) -> Brackets:
        parts = self.fields(node, ("of", "mode", "rows"))
        of, unit = self.unit_of(parts["of"], scope)
        mode = self.word(parts["mode"], ("whole", "marginal"), "mode of brackets")
        rows = self.each(self._row, self.items(parts["rows"], "rows"), of, unit, mode)
        self._contiguous(rows, parts["rows"])
        return Brackets(of, "whole" if mode == "whole" else "marginal", rows, self.place(node))

    def _row(self, node: Node, of: Quantity, unit: str, mode: str) -> Bracket:
        parts = self.fields(node, (), (*_LOWS, *_HIGHS, "fixed", "rate"))
        low_key, high_key = self._one_of(parts, _LOWS, node), self._one_of(parts, _HIGHS, node)
        low = self._bound(parts[low_key], unit) if low_key else 0
        high = self._bound(parts[high_key], unit) if high_key else None
        if ("fixed" in parts) == ("rate" in parts):
            self.fail("shape", "a row gives either `fixed` or `rate`", node, "write one of the two")
        if mode == "marginal" and "fixed" in parts:
            self.fail("operator", "a marginal row gives a rate of its slice", parts["fixed"], "write `rate: …`")
        if unit != "money" and "rate" in parts:
            self.fail("unit-clash", "a rate of a count is no money", parts["rate"], "write `fixed: …`")
        rate = self._rate(parts["rate"]) if "rate" in parts else None
        if rate and too_fine(grain_of(RateOf(rate, of))):
            self.fail("grain", "this rate is too fine a fraction of the basis", node, f"keep parts within {FINEST}")
        amount = self._money(parts["fixed"]) if "fixed" in parts else None
        low_inside = _LOWS[low_key] if low_key else True
        return Bracket(low, low_inside, high, bool(high_key and _HIGHS[high_key]), amount, rate, self.place(node))

    def _one_of(self, parts: Entries, keys: dict[str, bool], node: Node) -> str | None:
        given = [key for key in keys if key in parts]
        if len(given) > 1:
            self.fail("shape", f"`{given[0]}` and `{given[1]}` say the same end twice", node, "keep one")
        return given[0] if given else None

    def _bound(self, node: Node, unit: str) -> int:
        if unit == "money":
            return self._money(node)
        return self.count(node)

    def _contiguous(self, rows: tuple[Bracket, ...], node: Node) -> None:
        """Refuse gaps, overlaps, and ends that both or neither row owns."""
        first, last = rows[0], rows[-1]
        if first.low or not first.low_inside or last.high is not None:
            self.fail(
                "bracket-gap", "the brackets do not cover every value", node, "start at 0 and leave the last end open"
            )
        for place, row in enumerate(rows):
            both = row.low_inside and row.high_inside
            if row.high is not None and (row.high < row.low or (row.high == row.low and not both)):
                help_ = "its lower end comes first"
                self.fail("bracket-gap", "no value lies in this bracket", node.value[place], help_)
        for place, (before, after) in enumerate(pairwise(rows), 1):
            if before.high != after.low or before.high_inside == after.low_inside:
                message = "this bracket does not begin where the one before ends"
                help_ = "pair `below: x` with `at_least: x`, and `at_most: x` with `above: x`"
                self.fail("bracket-gap", message, node.value[place], help_)
