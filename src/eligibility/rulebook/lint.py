"""What loading does not check: whether the rules agree with their sources, and whether every part is of use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from eligibility.diagnostics import Diagnostic, in_order
from eligibility.money import Rate, format_money, format_rate
from eligibility.rulebook.contradictions import logical
from eligibility.rulebook.declared import unlabelled, unused
from eligibility.rulebook.held import citings, misquoted, missing_documents, own_documents
from eligibility.rulebook.language import AwardRule, Named, RateOf
from eligibility.rulebook.published import doubts, read_published
from eligibility.rulebook.reach import amounts
from eligibility.rulebook.readings import named_by
from eligibility.rulebook.reasons import read_reasons
from eligibility.rulebook.supports import of_award, of_cap
from eligibility.rulebook.thresholds import thresholds
from eligibility.rulebook.walk import basis_of, every

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from eligibility.diagnostics import Place
    from eligibility.rulebook.language import Cap, Clause, Condition, Quantity
    from eligibility.rulebook.rulebook import Rulebook
    from eligibility.rulebook.supports import Support


def lint(rulebook: Rulebook) -> tuple[Diagnostic, ...]:
    """Check a rulebook that has loaded.

    Returns:
        Errors and warnings with their places, in order.
    """
    return in_order(finding for check in CHECKS for finding in check(rulebook))


def quotes_checked(rulebook: Rulebook) -> int:
    """Count the quotes that are looked up in held documents, those of reasons.yaml included."""
    reasons, _ = read_reasons(rulebook.folder, rulebook)
    return sum(citing.cited.quote is not None for citing in citings(rulebook)) + len(reasons)


# ---- sources


def _quotes(rulebook: Rulebook) -> Iterator[Diagnostic]:
    for citing in citings(rulebook):
        cited = citing.cited
        if cited.quote is not None and (finding := misquoted(cited.document, cited.quote, cited.place, rulebook)):
            yield finding


def _reasons(rulebook: Rulebook) -> Iterator[Diagnostic]:
    _, findings = read_reasons(rulebook.folder, rulebook)
    yield from findings


def _published(rulebook: Rulebook) -> Iterator[Diagnostic]:
    _, findings = read_published(rulebook)
    yield from findings
    yield from doubts(rulebook)


def _documents(rulebook: Rulebook) -> Iterator[Diagnostic]:
    reasons, _ = read_reasons(rulebook.folder, rulebook)
    facts, _ = read_published(rulebook)
    used = {citing.cited.document.id for citing in citings(rulebook)} | {reason.document.id for reason in reasons}
    used |= {document.id for fact in facts for document in fact.sources}
    for document in own_documents(rulebook):
        if document.id not in used:
            message, help_ = f"nothing cites the document `{document.id}`", "cite it, or take it off the list"
            yield _warning("document-uncited", message, document.place, help_)


# ---- figures


def _figures(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Find figures without a citation, and figures that differ from what their citations state."""
    for clause in rulebook.clauses:
        for support in (of_award(clause), *(of_cap(cap, clause) for cap in clause.caps)):
            yield from _figure(support, clause)
    for cap in rulebook.caps:
        yield from _figure(of_cap(cap), None)


def _figure(support: Support, clause: Clause | None) -> Iterator[Diagnostic]:
    rule = support.rule
    place = rule.place or (clause.place if clause else None)
    if isinstance(rule, AwardRule):
        what, part = f"`{support.by}`", "rate" if isinstance(rule.form, RateOf) else "amount"
    else:
        what, part = f"the cap `{support.by}`", "cap"
    if support.values and not support.cited:
        if isinstance(rule, AwardRule) or rule.assumed is None:
            help_ = f"say which citation states it: `supports: [{part}]`"
            yield _warning("figure-uncited", f"no citation supports the figure of {what}", place, help_)
        return
    for value in support.unstated:
        help_ = "correct the figure, or cite the words that state it"
        message = f"no citation of {what} states its figure `{_shown(value)}`"
        yield _warning("figure-unstated", message, place, help_)


def _shown(value: int | Rate) -> str:
    return format_rate(value) if isinstance(value, Rate) else format_money(value)


# ---- of use


def _definitions(rulebook: Rulebook) -> Iterator[Diagnostic]:
    used = {part.definition.id for root in _roots(rulebook) for part in every(root) if isinstance(part, Named)}
    for definition in rulebook.definitions:
        if definition.id not in used:
            help_ = "name it in a `when` or `requires`, or remove it"
            yield _warning(
                "definition-unused", f"no clause uses the definition `{definition.id}`", definition.place, help_
            )


def _roots(rulebook: Rulebook) -> Iterator[Condition | Quantity]:
    """Give every condition and quantity that decides something."""
    for clause in rulebook.clauses:
        basis = basis_of(clause.award.form)
        yield from (clause.condition, *(() if basis is None else (basis,)), *_limits(clause.caps))
    yield from _limits(rulebook.caps)


def _readings(rulebook: Rulebook) -> Iterator[Diagnostic]:
    """Find readings on which nothing depends."""
    used = {reading.id for reading in named_by([*rulebook.caps, *rulebook.groups], rulebook.readings)}
    for reading in rulebook.readings:
        if reading.id not in used:
            message, help_ = (
                f"no cap or group names the reading `{reading.id}`",
                "say in which way a rule holds, or drop it",
            )
            yield _warning("reading-unused", message, reading.place, help_)


def _labels(_rulebook: Rulebook) -> Iterator[Diagnostic]:
    return unlabelled()


def _limits(caps: tuple[Cap, ...]) -> Iterator[Quantity]:
    return (cap.limit for cap in caps if cap.limit is not None)


def _warning(code: str, message: str, place: Place | None, help_: str) -> Diagnostic:
    return Diagnostic(code, message, place, help_, severity="warning")


CHECKS: Final[tuple[Callable[[Rulebook], Iterator[Diagnostic]], ...]] = (
    missing_documents,
    _quotes,
    _reasons,
    _published,
    _documents,
    _figures,
    thresholds,
    _definitions,
    _readings,
    logical,
    amounts,
    unused,
    _labels,
)
"""Every check; each looks at the whole rulebook for one kind of fault."""
