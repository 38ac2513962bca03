"""Running a case: what came out otherwise than expected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from eligibility.checking import check
from eligibility.diagnostics import Diagnostic, ProfileRefused, in_order
from eligibility.money import Interval, format_money

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from eligibility.cases.case import Case, Cut, Expectation, Wanted, What
    from eligibility.checking import Engine
    from eligibility.decision import Award, Decision, Reduction
    from eligibility.rulebook import Rulebook


def run_case(case: Case, rulebook: Rulebook, *, engine: Engine | None = None) -> tuple[Diagnostic, ...]:
    """Run a case.

    Returns:
        What came out otherwise than expected, each at the place of the expectation; nothing if the case holds.
    """
    try:
        decision = check(case.file.profile, rulebook, on=case.on, engine=engine, readings=case.readings)
    except ProfileRefused as refused:
        return case.file.placed(refused).diagnostics
    return in_order(_differences(case, decision))


def _differences(case: Case, decision: Decision) -> Iterator[Diagnostic]:
    awards = {(award.clause, award.item): award for award in decision.awards}
    for expectation in case.expectations:
        award = awards.get((expectation.clause, expectation.item))
        if award is None:
            yield _no_award(expectation, decision.awards)
            continue
        for wanted in expectation.wanted:
            if not _holds(wanted, award):
                yield _differs(wanted, _got(wanted.what, award), _why(case, expectation.award, award))
    if case.total is not None and decision.total.amount != case.total.value:
        yield _differs(case.total, _interval(decision.total.amount), f"case `{case.name}`: the sum of all its awards")


def _no_award(expectation: Expectation, awards: Sequence[Award]) -> Diagnostic:
    items = [f"`{award.clause} {award.item}`" if award.item else f"`{award.clause}`" for award in awards]
    own = [name for name in items if name.strip("`").split()[0] == expectation.clause]
    message = f"the profile gives no award `{expectation.award}`"
    return Diagnostic("case-award", message, expectation.place, f"it gives {', '.join(own)}")


def _differs(wanted: Wanted, got: str, help_: str) -> Diagnostic:
    message = f"expected {wanted.what} `{wanted.text}`, got `{got}`"
    return Diagnostic("case-failed", message, wanted.place, help_)


def _why(case: Case, name: str, award: Award) -> str:
    text = f"case `{case.name}`: `{name}` is {award.verdict}"
    if award.failed:
        return f"{text}, it fails on {', '.join(award.failed)}"
    return f"{text}, {', '.join(award.missing)} missing" if award.missing else text


def _holds(wanted: Wanted, award: Award) -> bool:
    match wanted.what:
        case "missing" | "failed":
            return bool(frozenset(getattr(award, wanted.what)) == wanted.value)
        case "reductions":
            return _same_cuts(wanted.value, award.reductions)
        case _:
            return bool(getattr(award, wanted.what) == wanted.value)


def _same_cuts(cuts: Sequence[Cut], reductions: Sequence[Reduction]) -> bool:
    """Tell whether the reductions are those expected, in whatever order."""
    rest = list(reductions)
    for cut in cuts:
        found = next((reduction for reduction in rest if _same_cut(cut, reduction)), None)
        if found is None:
            return False
        rest.remove(found)
    return not rest


def _same_cut(cut: Cut, reduction: Reduction) -> bool:
    amount = Interval(reduction.low, reduction.high)
    return cut.by == reduction.by and cut.kind in (None, reduction.kind) and cut.amount in (None, amount)


# ---- showing what came out


def _got(what: What, award: Award) -> str:
    value = getattr(award, what)
    if isinstance(value, Interval):
        return _interval(value)
    return (
        _list(_cut_name(each) if what == "reductions" else each for each in value)
        if isinstance(value, tuple)
        else value
    )


def _list(names: Iterable[str]) -> str:
    return f"[{', '.join(names)}]"


def _cut_name(reduction: Reduction) -> str:
    amount = _interval(Interval(reduction.low, reduction.high))
    return f"{{by: {reduction.by}, kind: {reduction.kind}, amount: {amount}}}"


def _interval(amount: Interval) -> str:
    if amount.low == amount.high:
        return format_money(amount.low)
    return f"[{format_money(amount.low)}, {'null' if amount.high is None else format_money(amount.high)}]"
