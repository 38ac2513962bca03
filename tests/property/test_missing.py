"""What is missing: a fact whose absence changes any verdict or amount is named, so that it can be asked for."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from hypothesis import given, note
from hypothesis import strategies as st

from campaign import laws
from eligibility import Profile, check
from eligibility.diagnostics import ProfileRefused
from eligibility.profile.profile import LISTS
from eligibility.questions import questions
from eligibility.testing import profiles
from generated import ON, kinds_of, numbers, rulebooks

if TYPE_CHECKING:
    from eligibility import Decision, Rulebook

Plain = dict[str, Any]
Path = tuple[str | int, ...]
FEW = 6
NEEDED = {("years", "year"), ("payments", "clause")}
"""What an entry cannot do without."""


def parts(raw: Plain) -> list[Path]:
    """Every list of a profile, and every fact in it."""
    found: list[Path] = [("company", name) for name in raw["company"]]
    for many in LISTS:
        if many in raw:
            found.append((many,))
            found += [
                (many, place, name)
                for place, entry in enumerate(raw[many])
                for name in entry
                if (many, name) not in NEEDED
            ]
    return found


def without(raw: Plain, part: Path) -> Plain:
    left = deepcopy(raw)
    inside: Any = left
    for step in part[:-1]:
        inside = inside[step]
    del inside[part[-1]]
    return left


def names(part: Path) -> set[str]:
    """How a missing part may be called; of a year that has no entry, each fact is asked for by itself."""
    kind = str(part[0]).rstrip("s") if part[0] != "company" else "company"
    if part == ("years",):
        return {f"{year}.{name}" for year in ("year", "prior_year") for name in LISTS["years"].FACTS}
    return {str(part[0])} if len(part) == 1 else {f"{kind}.{part[-1]}", f"prior_{kind}.{part[-1]}"}


def outcome(decision: Decision) -> Any:
    """Every verdict and amount; an unknown list may have one `not_eligible` where its items have one each."""
    awards = {(award.clause, award.verdict, award.gross, award.net) for award in decision.awards}
    return awards, decision.total.amount


@laws(100)
@given(rulebooks(), st.data())
def test_a_gap_that_changes_anything_is_asked_for(rulebook: Rulebook, data: st.DataObject) -> None:
    drawn = profiles(on=ON, whole=True, kinds=kinds_of(rulebook), clauses=rulebook.clauses, near=numbers(rulebook))
    raw = data.draw(drawn).to_dict()
    before = check(Profile.read(raw), rulebook, on=ON, engine="kleene")
    for part in data.draw(st.lists(st.sampled_from(parts(raw)), max_size=FEW, unique=True)):
        try:
            after = check(Profile.read(without(raw, part)), rulebook, on=ON, engine="kleene")
        except ProfileRefused:
            continue  # two payments that only this fact told apart
        if outcome(after) != outcome(before):
            note(f"without {part}: {outcome(before)} → {outcome(after)}")
            assert {question.fact for question in questions(after)} & names(part)
