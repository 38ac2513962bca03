"""One company: facts → verdicts → settlement → Decision."""

from __future__ import annotations

from operator import attrgetter
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from eligibility.bilingual import Words
from eligibility.decide.blame import blamed, missing_in
from eligibility.decide.facts import NO_ITEM, Facts
from eligibility.decision import Award, Decision, LedgerRow, Reduction, Total
from eligibility.diagnostics import Diagnostic, ProfileRefused, Refused, UsageRefused, did_you_mean
from eligibility.money import NOTHING, UNBOUNDED, Interval
from eligibility.profile.catalogue import FACTS, MANY
from eligibility.profile.derive import SIZES, derived_sizes, size_inputs
from eligibility.rulebook.authority import ACCEPTED, LIMITS
from eligibility.rulebook.citations import citation
from eligibility.rulebook.describe import group_reason, limit_reason
from eligibility.rulebook.language import Group, Service
from eligibility.rulebook.misnamed import misnamed
from eligibility.settle.claim import Claim, room
from eligibility.settle.plan import Plan, make_plan
from eligibility.settle.settle import Outcome, settle
from eligibility.settle.standing import COUNTING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from eligibility.decide.durable import Network
    from eligibility.decide.kleene import Trace
    from eligibility.decision import Citation, ReductionKind, Standing, Verdict
    from eligibility.profile import Profile
    from eligibility.rulebook import Rulebook
    from eligibility.rulebook.authority import Authority
    from eligibility.rulebook.language import Cap
    from eligibility.rulebook.readings import Ways
    from eligibility.settle.component import Row
    from eligibility.settle.plan import ClausePlan

Engine: TypeAlias = Literal["kleene", "both"]
_MAKING: Final = Lock()
_PAID_BEFORE: Final = Words("此前已就该条款获得资金", "already received under this clause")
_PAID_AGAINST: Final = Words("此前已获资金占用该上限", "money already received uses up this limit")
_VERDICTS: Final[dict[bool | None, Verdict]] = {True: "eligible", False: "not_eligible", None: "undetermined"}
_STANDINGS: Final = {
    "expired": Words("政策已失效", "the policy has expired"),
    "not_yet_in_force": Words("政策尚未生效", "the policy is not yet in force"),
}
_TOO_WEAK: Final = {
    "official": Words("金额或承诺没有官方文本为据", "no official text states this figure or promise"),
    "press": Words("金额或承诺仅见于转载或弱来源", "only reposts or weak sources state this figure or promise"),
}
AUTHORITY: Final = "authority"
"""What takes an award whose sources weigh less than was asked for."""

_NOT_AFTER_ON: Final = tuple(
    (fact.kind, attrgetter(fact.name), fact.name) for fact in FACTS.values() if fact.not_after_on
)


class EnginesDisagree(Refused):
    """The two verdict engines gave different truths: a fault of the engine, never a result."""


def check(
    profile: Profile,
    rulebook: Rulebook,
    *,
    on: date,
    engine: Engine | None = None,
    authority: Authority = "any",
    readings: Ways | None = None,
) -> Decision:
    """Assess one company on one date.

    Args:
        on: the date of assessment.
        engine: `kleene` for hot loops, `both` to insist on the rule network too; None: both where it can be imported.
        authority: which sources count: `official` texts, the `press` too, or `any`. A clause whose figure or promise
            rests on weaker ones keeps its verdict and gross amount, and has nothing left.
        readings: the way to read what the sources leave in dispute, by the id of the reading; those left out are read
            as the rulebook reads them.

    Returns:
        Every clause's award, in rulebook order, item by item.

    Raises:
        UsageRefused: there is no such authority, or no such reading.
        ProfileRefused: the profile does not fit the date or the rulebook.
        EnginesDisagree: the two engines gave different verdicts.
    """
    accepted = _accepted(authority)
    rulebook = rulebook.read_as(readings or {})
    _refuse_misfits(profile, rulebook, on)
    plan = plan_of(rulebook)
    facts = Facts(profile, on)
    claims = [claim for clause in plan.clauses for claim in claims_of(clause, facts)]
    network = None if engine == "kleene" else network_of(rulebook, required=engine == "both")
    if network is not None:
        _agree(claims, plan, network.verdicts(facts))
    standings = plan.in_force(on)
    refusals = [
        _refusal(clause, standing, accepted, authority)
        for clause, standing in zip(plan.clauses, standings, strict=True)
    ]
    outcome = settle(claims, plan, [refusal is None for refusal in refusals], facts)
    reasons = _reasons_of(rulebook)
    awards = tuple(
        [_award(claim, standings[claim.plan.rank], refusals[claim.plan.rank], facts, reasons) for claim in claims]
    )
    return Decision(
        profile.company.name,
        on,
        awards,
        _total(awards, outcome),
        tuple([_ledger_row(row, rulebook, reasons) for row in outcome.ledger]),
        ("kleene",) if network is None else ("kleene", "durable"),
        authority,
        profile,
        rulebook,
    )


# ---- made once for a rulebook


def plan_of(rulebook: Rulebook) -> Plan:
    """Give the compiled rulebook, compiling it the first time."""
    plan: Plan | None = rulebook.made.get("plan")
    if plan is None:
        with _MAKING:
            plan = rulebook.made.get("plan") or make_plan(rulebook)
            rulebook.made["plan"] = plan
    return plan


def network_of(rulebook: Rulebook, *, required: bool = False) -> Network | None:
    """Give the rule network, building it the first time; None where durable-rules cannot be imported.

    It holds conditions alone, so one network serves every way to read what is in dispute.
    """
    rulebook = rulebook.as_loaded
    if "network" not in rulebook.made:
        from eligibility.decide.durable import Network, available

        with _MAKING:
            if "network" not in rulebook.made:
                rulebook.made["network"] = Network(rulebook) if available() else None
    network: Network | None = rulebook.made["network"]
    if network is None and required:
        help_ = "install durable-rules (a C compiler is needed), or use the engine `kleene`"
        raise Refused([Diagnostic("no-durable", "durable-rules cannot be imported here", help=help_)])
    return network


class Reasons:
    """The reason and the citations of each cap and group, drawn up when they are first asked for."""

    def __init__(self, rulebook: Rulebook) -> None:
        caps = [*(cap for clause in rulebook.clauses for cap in clause.caps), *rulebook.caps]
        self._rules: dict[str, Cap | Group] = {cap.id: cap for cap in caps if cap.limit is not None}
        self._rules |= {group.id: group for group in rulebook.groups}
        self._rulebook = rulebook
        self._known: dict[str, tuple[Words, tuple[Citation, ...]]] = {}

    def of(self, ident: str) -> tuple[Words, tuple[Citation, ...]] | None:
        """Give the reason and the citations of a cap or group; None where the id is none of them."""
        if ident not in self._known and ident in self._rules:
            rule, rulebook = self._rules[ident], self._rulebook
            reason = group_reason(rule, rulebook) if isinstance(rule, Group) else limit_reason(rule, rulebook)
            self._known[ident] = reason, tuple(citation(cited, rulebook.homes) for cited in rule.citations)
        return self._known.get(ident)


def _reasons_of(rulebook: Rulebook) -> Reasons:
    """Give the reasons of a rulebook's caps and groups."""
    reasons: Reasons | None = rulebook.made.get("reasons")
    if reasons is None:
        reasons = rulebook.made["reasons"] = Reasons(rulebook)
    return reasons


# ---- verdicts


def claims_of(plan: ClausePlan, facts: Facts) -> Iterator[Claim]:
    """Evaluate a clause: once for the company, once for each item, or once for an unknown list."""
    kind = plan.clause.for_each
    if kind is None:
        yield _claim(plan, None, plan.check(facts), facts)
        return
    items = facts.items[kind]
    if items is None:
        setattr(facts, kind, NO_ITEM[kind])
        trace: Any = plan.check(facts)
        truth = None if trace[0] else trace[0]
        claim = _claim(plan, None, (truth, trace[1]), facts)
        if claim.gross[1] > 0:  # it stands for any number of items
            claim.begin((0, UNBOUNDED))
        yield claim
    elif not items:
        yield Claim(plan, None, None, False, (0, 0))
    else:
        for place, item in enumerate(items):
            setattr(facts, kind, item)
            yield _claim(plan, place, plan.check(facts), facts)
        setattr(facts, kind, NO_ITEM[kind])


def _claim(plan: ClausePlan, item: int | None, trace: Trace, facts: Facts) -> Claim:
    truth = trace[0] if isinstance(trace, tuple) else trace
    if truth is False:
        return Claim(plan, item, trace, False, (0, 0))
    low, high = plan.worth(facts)
    return Claim(plan, item, trace, truth, (low if truth else 0, high))


def _agree(claims: Sequence[Claim], plan: Plan, verdicts: Sequence[Sequence[bool | None]]) -> None:
    """Compare both engines' truths, clause by clause and item by item."""
    theirs = [truth for truths in verdicts for truth in truths]
    ours = [claim.truth for claim in claims]
    if theirs != ours or [len(truths) for truths in verdicts] != _counts(claims, plan):
        raise EnginesDisagree(_disagreements(claims, theirs))


def _counts(claims: Sequence[Claim], plan: Plan) -> list[int]:
    counts = [0] * len(plan.clauses)
    for claim in claims:
        counts[claim.plan.rank] += 1
    return counts


def _disagreements(claims: Sequence[Claim], theirs: Sequence[bool | None]) -> Iterator[Diagnostic]:
    for claim, truth in zip(claims, theirs, strict=False):
        if claim.truth is not truth:
            where = f"`{claim.plan.clause.id}`" + (f" item {claim.item}" if claim.item is not None else "")
            message = (
                f"the engines disagree on {where}: kleene says {_VERDICTS[claim.truth]}, durable {_VERDICTS[truth]}"
            )
            yield Diagnostic(
                "engines-disagree", message, help="this is a fault of the engine: please report the profile"
            )
    if len(claims) != len(theirs):
        yield Diagnostic("engines-disagree", "the engines see a different number of items")


# ---- awards

Refusal: TypeAlias = "tuple[str, ReductionKind, Words]"
"""Why a clause counts nothing, whatever its verdict: by what, of which kind, in words."""


def _accepted(authority: Authority) -> frozenset[str]:
    if authority not in ACCEPTED:
        help_ = did_you_mean(authority, LIMITS, f"one of: {', '.join(LIMITS)}")
        raise UsageRefused([Diagnostic("unknown-word", f"`{authority}` is no authority", help=help_)])
    return ACCEPTED[authority]


def _refusal(plan: ClausePlan, standing: Standing, accepted: frozenset[str], authority: str) -> Refusal | None:
    if standing not in COUNTING:
        return plan.clause.policy.id, "standing", _STANDINGS[standing]
    if plan.authority not in accepted:
        return AUTHORITY, "authority", _TOO_WEAK[authority]
    return None


def _award(claim: Claim, standing: Standing, refusal: Refusal | None, facts: Facts, reasons: Reasons) -> Award:
    truth, plan = claim.truth, claim.plan
    item = _item_name(plan, claim.item)
    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    if truth is False:
        failed = _blamed(claim, facts)
        return Award(
            plan.described,
            plan.clause.id,
            item,
            "not_eligible",
            standing,
            NOTHING,
            NOTHING,
            (),
            (),
            failed,
            claim.trace,
        )
    missing = _missing(claim, facts, counts=refusal is None)
    gross = Interval.of(*claim.gross)
    if refusal is None:
        net = Interval.of(claim.low.left, claim.high.left)
        reductions = _reductions(claim, reasons)
    else:
        net = NOTHING
        by, kind, reason = refusal
        reductions = (Reduction(by, kind, gross.low, gross.high, reason, ()),)
    return Award(
        plan.described,
        plan.clause.id,
        item,
        _VERDICTS[truth],
        standing,
        gross,
        net,
        reductions,
        missing,
        failed,
        claim.trace,
    )


def _item_name(plan: ClausePlan, item: int | None) -> str | None:
    kind = plan.clause.for_each
    return f"{MANY[kind]}[{item}]" if kind is not None and item is not None else None


def _at_hand(claim: Claim, facts: Facts) -> None:
    """Put the claim's item at hand, so that what it says is read from it."""
    kind = claim.plan.clause.for_each
    if kind is not None:
        items = facts.items[kind]
        setattr(facts, kind, NO_ITEM[kind] if claim.item is None or not items else items[claim.item])


def _blamed(claim: Claim, facts: Facts) -> tuple[str, ...]:
    clause = claim.plan.clause
    if claim.trace is None:  # an empty list: there is nothing to pay for
        return (MANY[clause.for_each or ""],)
    _at_hand(claim, facts)
    return tuple(dict.fromkeys(blamed(clause.condition, claim.trace, facts, clause.reference)))


def _missing(claim: Claim, facts: Facts, *, counts: bool) -> tuple[str, ...]:
    """Name the facts that could still change the verdict or the amount.

    Args:
        counts: whether the clause enters settlement, so that its limits matter.
    """
    plan, clause = claim.plan, claim.plan.clause
    missing: list[str] = []
    if claim.truth is None:
        missing += _blamed(claim, facts)
        if clause.for_each is not None and facts.items[clause.for_each] is None:
            missing.append(MANY[clause.for_each])
    _at_hand(claim, facts)
    for quantity in (*plan.basis, *plan.limits) if counts else plan.basis:
        missing += missing_in(quantity, facts, clause.reference)
    if counts and not isinstance(clause.award.form, Service):
        missing += _half_known_payments(plan, facts)
    return tuple(dict.fromkeys(missing))


def _half_known_payments(plan: ClausePlan, facts: Facts) -> Iterator[str]:
    if facts.payments is None:
        yield "payments"
    for payment in facts.payments or ():
        if payment.clause in plan.paid_under:
            if payment.amount is None:
                yield "payment.amount"
            if payment.year is None:
                yield "payment.year"
            if payment.item is None and plan.paid_under[payment.clause]:
                yield "payment.item"


def _reductions(claim: Claim, reasons: Reasons) -> tuple[Reduction, ...]:
    """Join both ends' reductions, each named once."""
    lows, highs = claim.low.reductions, claim.high.reductions
    if not lows and not highs:
        return ()
    ends: dict[tuple[str, ReductionKind], list[int]] = {}
    for end, steps in enumerate((lows, highs)):
        for by, kind, amount in steps:
            ends.setdefault((by, kind), [0, 0])[end] += amount
    reductions = []
    for (by, kind), (low, high) in ends.items():
        reason, citations = _reason(by, kind, reasons)
        high_end = Interval.of(0, high).high
        reductions.append(Reduction(by, kind, low, high_end, reason, citations))
    return tuple(reductions)


def _reason(by: str, kind: str, reasons: Reasons) -> tuple[Words, tuple[Citation, ...]]:
    found = reasons.of(by)
    if found is None:
        return _PAID_BEFORE, ()
    reason, citations = found
    if kind == "payment":
        return Words(f"{_PAID_AGAINST.zh}（{reason.zh}）", f"{_PAID_AGAINST.en} ({reason.en})"), citations
    return reason, citations


def _total(awards: Sequence[Award], outcome: Outcome) -> Total:
    unbounded = tuple(dict.fromkeys(award.clause for award in awards if award.net.high is None))
    amount = Interval.of(outcome.low, outcome.high)
    return Total(amount, outcome.bounded_high, unbounded, Interval.of(*outcome.end_unknown))


def _ledger_row(row: Row, rulebook: Rulebook, reasons: Reasons) -> LedgerRow:
    cap = row.cap.cap
    _, citations = reasons.of(cap.id) or (None, ())
    kind = rulebook.by_id[cap.over[0]].for_each
    left = [room(row.limit[end], row.paid[1 - end] + row.used[end]) for end in (0, 1)]
    return LedgerRow(
        cap.id,
        cap.title,
        f"{MANY[kind]}[{row.item}]" if kind and row.item is not None else None,
        cap.period,
        cap.over,
        Interval.of(*row.limit),
        Interval.of(*row.paid),
        Interval.of(*row.used),
        Interval.of(min(left), max(left)),
        citations,
        cap.assumed,
    )


# ---- what only the date and the rulebook can tell


def _refuse_misfits(profile: Profile, rulebook: Rulebook, on: date) -> None:
    findings = [*_later_than(profile, on), *_contradicted_size(profile, on), *misnamed(profile, rulebook)]
    if findings:
        raise ProfileRefused(findings)


def _later_than(profile: Profile, on: date) -> Iterator[Diagnostic]:
    for kind, get, name in _NOT_AFTER_ON:
        if kind == "company":
            value = get(profile.company)
            if value is not None and value > on:
                yield _too_late(f"company.{name}", value, on)
            continue
        for place, entry in enumerate(getattr(profile, MANY[kind]) or ()):
            value = get(entry)
            if value is not None and value > on:
                yield _too_late(f"{MANY[kind]}[{place}].{name}", value, on)


def _too_late(path: str, value: date, on: date) -> Diagnostic:
    message = f"`{path}`: `{value}` lies after the date of assessment `{on}`"
    return Diagnostic("after-on", message, help="correct the date, or assess a later day with `--on`", path=path)


def _contradicted_size(profile: Profile, on: date) -> Iterator[Diagnostic]:
    declared = profile.company.size
    if declared is None:
        return
    possible = derived_sizes(profile, on)
    if declared not in possible:
        from eligibility.profile.derive import SME_STANDARD

        of = " or ".join(size for size in SIZES if size in possible)
        message = f"`company.size`: `{declared}` is declared, but {size_inputs(profile.company)} make it {of}"
        yield Diagnostic(
            "contradiction", message, help=f"correct one of them; the rule is {SME_STANDARD}", path="company.size"
        )
