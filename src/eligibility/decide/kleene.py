"""The engine that evaluates and records: strong three-valued logic (Kleene, 1952) over compiled conditions.

A condition becomes a closure that gives its trace. The trace of a test is its truth; the trace of a group is the pair
of its truth and the traces of its parts. That record is the explanation: nothing is evaluated a second time to
explain it. Every part is evaluated, so that a reader sees all that fails, not only the first.
"""

from __future__ import annotations

from operator import attrgetter, eq, ge, gt, le, lt
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from eligibility.dates import shift_back
from eligibility.decide.facts import attribute
from eligibility.profile.facts import FactType
from eligibility.rulebook.grain import grain_of
from eligibility.rulebook.language import (
    All,
    AnyOf,
    Constant,
    CountOf,
    Dated,
    FactRef,
    Greatest,
    Least,
    Minus,
    Named,
    Not,
    Plus,
    RateOf,
    Some,
    SumOf,
    Test,
    Within,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from eligibility.decide.facts import Facts
    from eligibility.money import Rate
    from eligibility.rulebook.language import Condition, Quantity, Reference

    Trace: TypeAlias = "bool | tuple[bool | None, tuple[Trace, ...]] | None"
    Check: TypeAlias = Callable[[Facts], Trace]
    Compiled: TypeAlias = dict[tuple[str, Reference], Check]
    Exact: TypeAlias = Callable[[Facts], int | None]
    Compare: TypeAlias = Callable[[Any, Any], bool]

Truth: TypeAlias = "bool | None"
_COMPARE: Final[dict[str, Compare]] = {
    "equals": eq,
    "at_least": ge,
    "at_most": le,
    "above": gt,
    "below": lt,
    "before": lt,
    "on_or_after": ge,
}


def truth_of(trace: Trace) -> Truth:
    """Give the truth that a trace records."""
    return trace[0] if isinstance(trace, tuple) else trace


# ---- conditions


def compile_condition(condition: Condition, reference: Reference, named: Compiled | None = None) -> Check:
    """Compile a condition for a clause's reference year.

    Args:
        named: the definitions compiled so far, by id and reference, where several conditions are compiled.
    """
    named = {} if named is None else named
    match condition:
        case All():
            return _group([compile_condition(part, reference, named) for part in condition.parts], _all)
        case AnyOf():
            return _group([compile_condition(part, reference, named) for part in condition.parts], _any)
        case Not():
            return _negation(compile_condition(condition.part, reference, named))
        case Named():
            key = condition.definition.id, reference
            if key not in named:
                named[key] = compile_condition(condition.definition.condition, reference, named)
            return named[key]
        case Some():
            return _some(condition, reference, named)
        case Test():
            return _test(condition, reference)
        case Within():
            return _within(condition, reference)
        case Dated():
            return compile_dated(condition.fact, reference)
        case _:
            assert_never(condition)


def _all(truths: Sequence[Truth]) -> Truth:
    return False if False in truths else None if None in truths else True


def _any(truths: Sequence[Truth]) -> Truth:
    return True if True in truths else None if None in truths else False


def _group(checks: list[Check], join: Callable[[Sequence[Truth]], Truth]) -> Check:
    def group(facts: Facts) -> Trace:
        traces = tuple([check(facts) for check in checks])
        truths = [trace[0] if trace.__class__ is tuple else trace for trace in traces]
        return join(truths), traces  # type: ignore[arg-type]

    return group


def _negation(check: Check) -> Check:
    def negation(facts: Facts) -> Trace:
        trace = check(facts)
        truth = truth_of(trace)
        return None if truth is None else not truth, (trace,)

    return negation


def _some(some: Some, reference: Reference, named: Compiled) -> Check:
    """An `any` over the items of the reference year; the trace has one part for each item of the list."""
    check, kind = compile_condition(some.condition, reference, named), some.kind
    dated = item_year(kind, reference)

    def holds(facts: Facts) -> Trace:
        items = facts.items[kind]
        if items is None:
            return None, ()
        traces: list[Trace] = []
        for _ in over(facts, kind, items):
            in_year = dated(facts)
            traces.append(False if in_year is False else _both(in_year, check(facts)))
        return _any([truth_of(trace) for trace in traces]), tuple(traces)

    return holds


def _both(in_year: Truth, trace: Trace) -> Trace:
    """Join the year test and the condition of one item; the condition's parts stay in the record."""
    truth = _all((in_year, truth_of(trace)))
    return truth, (trace,)


def over(facts: Facts, kind: str, items: Sequence[Any]) -> Iterator[Any]:
    """Put each item at hand in turn; what was at hand comes back afterwards."""
    before = getattr(facts, kind)
    try:
        for item in items:
            setattr(facts, kind, item)
            yield item
    finally:
        setattr(facts, kind, before)


def item_year(kind: str, reference: Reference) -> Callable[[Facts], Truth]:
    """Make the test whether the item at hand belongs to the reference year."""
    if reference == "any":
        return lambda _facts: True
    from eligibility.profile.catalogue import DATED_BY, FACTS

    return compile_dated(FactRef(FACTS[DATED_BY[kind]]), reference)


def compile_dated(ref: FactRef, reference: Reference) -> Callable[[Facts], Truth]:
    """Make the test whether a date or year lies in the reference year."""
    back = 1 if reference == "previous_year" else 0
    if ref.fact.type is FactType.DATE:
        when = attrgetter(ref.fact.path)

        def in_year(facts: Facts) -> Truth:
            value = when(facts)
            return None if value is None else value.year == facts.year - back
    else:
        year = attrgetter(ref.fact.path)

        def in_year(facts: Facts) -> Truth:
            value = year(facts)
            return None if value is None else value == facts.year - back

    return in_year


def _within(within: Within, reference: Reference) -> Check:
    get, period = attrgetter(attribute(within.fact, reference)), within.period

    def inside(facts: Facts) -> Trace:
        value = get(facts)
        return None if value is None else shift_back(facts.on, period) <= value <= facts.on

    return inside


# ---- tests


def _test(test: Test, reference: Reference) -> Check:
    get = attrgetter(attribute(test.fact, reference))
    constants = [operand.value for operand in test.operands if isinstance(operand, Constant)]
    if len(constants) < len(test.operands):
        return _against_quantities(test, reference)
    if test.fact.fact.type is FactType.RATE:
        return _rate_test(test, get)
    match test.op:
        case "one_of" | "includes_any" | "includes_all":
            return _set_test(test.op, get, frozenset(constants))
        case "includes":
            return _set_test("includes_any", get, frozenset(constants))
        case "between":
            return _between(get, constants[0], constants[1])
        case _:
            return _comparison(get, _COMPARE[test.op], constants[0])


def _comparison(get: Callable[[Facts], Any], compare: Compare, constant: Any) -> Check:
    def comparison(facts: Facts) -> Trace:
        value = get(facts)
        return None if value is None else compare(value, constant)

    return comparison


def _between(get: Callable[[Facts], Any], low: Any, high: Any) -> Check:
    def between(facts: Facts) -> Trace:
        value = get(facts)
        return None if value is None else low <= value <= high

    return between


def _set_test(op: str, get: Callable[[Facts], Any], constants: frozenset[Any]) -> Check:
    def one_of(facts: Facts) -> Trace:
        value = get(facts)
        return None if value is None else value in constants

    def includes_any(facts: Facts) -> Trace:
        value = get(facts)
        return None if value is None else not constants.isdisjoint(value)

    def includes_all(facts: Facts) -> Trace:
        value = get(facts)
        return None if value is None else constants <= value

    return {"one_of": one_of, "includes_any": includes_any, "includes_all": includes_all}[op]


def _rate_test(test: Test, get: Callable[[Facts], Rate | None]) -> Check:
    """Compare fractions by their cross products."""
    bounds: list[Rate] = [operand.value for operand in test.operands if isinstance(operand, Constant)]

    def sign(value: Rate, bound: Rate) -> int:
        left, right = value.num * bound.den, bound.num * value.den
        return (left > right) - (left < right)

    def rate_test(facts: Facts) -> Trace:
        value = get(facts)
        if value is None:
            return None
        if test.op == "one_of":
            return any(sign(value, bound) == 0 for bound in bounds)
        if test.op == "between":
            return sign(value, bounds[0]) >= 0 >= sign(value, bounds[1])
        return _COMPARE[test.op](sign(value, bounds[0]), 0)

    return rate_test


def _against_quantities(test: Test, reference: Reference) -> Check:
    """Compare a fact with quantities: exactly, unrounded, unknown if any part is."""
    get = attrgetter(attribute(test.fact, reference))
    sides = [(exact(operand, reference), grain_of(operand).den) for operand in test.operands]
    ops = ("at_least", "at_most") if test.op == "between" else (test.op,)
    compares = [(_COMPARE[op], side, den) for op, (side, den) in zip(ops, sides, strict=True)]

    def against(facts: Facts) -> Trace:
        value = get(facts)
        if value is None:
            return None
        truths: list[Truth] = []
        for compare, side, den in compares:
            bound = side(facts)
            truths.append(None if bound is None else compare(value * den, bound))
        return truths[0] if len(truths) == 1 else None if None in truths else _all(truths)

    return against


# ---- quantities in tests: one exact value or unknown


def exact(quantity: Quantity, reference: Reference) -> Exact:
    """Compile a quantity to its value as a whole multiple of 1/den, den being its grain's; None if unknown."""
    match quantity:
        case FactRef():
            return attrgetter(attribute(quantity, reference))
        case Constant():
            value: int = quantity.value
            return lambda _facts: value
        case RateOf():
            return _exact_share(quantity, reference)
        case Plus():
            return _joined(quantity.parts, grain_of(quantity).den, sum, reference)
        case Least():
            return _joined(quantity.parts, grain_of(quantity).den, min, reference)
        case Greatest():
            return _joined(quantity.parts, grain_of(quantity).den, max, reference)
        case Minus():
            parts = (quantity.left, quantity.right)
            return _joined(parts, grain_of(quantity).den, lambda pair: max(0, pair[0] - pair[1]), reference)
        case SumOf():
            return _exact_sum(quantity, reference)
        case CountOf():
            return _exact_count(quantity, reference)
        case _:
            assert_never(quantity)


def _exact_share(share: RateOf, reference: Reference) -> Exact:
    inner = exact(share.of, reference)
    factor, rest = divmod(share.rate.num * grain_of(share).den, share.rate.den * grain_of(share.of).den)
    if rest:
        raise AssertionError("the grain of a share divides it")

    def share_of(facts: Facts) -> int | None:
        value = inner(facts)
        return None if value is None else value * factor

    return share_of


def _joined(parts: Sequence[Quantity], den: int, join: Callable[[list[int]], int], reference: Reference) -> Exact:
    sides = [(exact(part, reference), den // grain_of(part).den) for part in parts]

    def joined(facts: Facts) -> int | None:
        values = []
        for side, factor in sides:
            value = side(facts)
            if value is None:
                return None
            values.append(value * factor)
        return join(values)

    return joined


def _exact_sum(total: SumOf, reference: Reference) -> Exact:
    kind, get = total.fact.fact.kind, attrgetter(total.fact.fact.path)
    counts = counted(kind, total.where, reference)

    def exact_sum(facts: Facts) -> int | None:
        items = facts.items[kind]
        if items is None:
            return None
        amount = 0
        for _ in over(facts, kind, items):
            truth = counts(facts)
            if truth is False:
                continue
            value = get(facts)
            if truth is None or value is None:
                return None
            amount += value
        return amount

    return exact_sum


def _exact_count(count: CountOf, reference: Reference) -> Exact:
    kind, counts = count.kind, counted(count.kind, count.where, reference)

    def exact_count(facts: Facts) -> int | None:
        items = facts.items[kind]
        if items is None:
            return None
        truths = [counts(facts) for _ in over(facts, kind, items)]
        return None if None in truths else truths.count(True)

    return exact_count


def counted(kind: str, where: Condition | None, reference: Reference) -> Callable[[Facts], Truth]:
    """Make the test whether the item at hand counts in a `sum` or `count`: its year and its `where`."""
    dated = item_year(kind, reference)
    if where is None:
        return dated
    check = compile_condition(where, reference)
    return lambda facts: _all((dated(facts), truth_of(check(facts))))
