"""Which change of the rules made a saved decision come out otherwise, in names and in words."""

from __future__ import annotations

import shutil
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from eligibility import Profile, Rulebook, check
from eligibility.advise import replay as replays
from eligibility.advise.record import record_json, sealed
from eligibility.advise.replay import Replay, load_own_rules, replay
from eligibility.advise.replay_json import replay_json
from eligibility.advise.rule_changes import Sentence, wording
from eligibility.advise.saved import SavedRecord, read_record
from eligibility.diagnostics import UsageRefused

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2023, 6, 30)
DOCUMENTS = "documents:\n  - {id: D, title: {zh: 文件, en: document}, authority: official}\n"
DEFINITIONS = """\
definitions:
  small: {title: {zh: 小型, en: small}, when: {company.employees: {at_most: 50}}, assumptions: [{zh: 一, en: one}]}
"""
HEAD = """\
policy:
  id: p
  layer: N
  title: {zh: 政策, en: policy}
  issuer: {zh: 机关, en: office}
  issued: 2023-01-01
  in_force: {from: 2023-01-01, to: open}
  requires: [small]
clauses:
"""
CLAUSE = """\
  - id: NAME
    title: {zh: 条款, en: clause NAME}
    when: {company.track: vaccines}
    award: {fixed: AMOUNT, frequency: yearly}
    citations: [{document: D, figure: it, supports: [amount]}]
"""
A, B, C = (
    CLAUSE.replace("NAME", name).replace("AMOUNT", amount)
    for name, amount in (("a", "10万元"), ("b", "8万元"), ("c", "2万元"))
)
BOTH = "{id: both, limit: 15万元, per: company, period: year, over: [p/a, p/b], assumed: {zh: 一, en: one}}"
ONE = "{id: one-of, clauses: [p/b, p/c], keep: highest, per: company, assumed: {zh: 一, en: one}}"
STACKING = f"caps:\n  - {BOTH}\nexclusive:\n  - {ONE}\n"
FILES = {
    "documents.yaml": DOCUMENTS,
    "definitions.yaml": DEFINITIONS,
    "policies/p.yaml": HEAD + A + B + C,
    "stacking.yaml": STACKING,
}
RAW = {"company": {"name": "甲", "track": "vaccines", "employees": 20}, "payments": []}


def load(folder: Path, *edits: tuple[str, str]) -> Rulebook:
    """Load the rules with some texts replaced wherever they stand."""
    (folder / "policies").mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        for old, new in edits:
            assert any(old in each for each in FILES.values()), old
            text = text.replace(old, new)  # noqa: PLW2901
        (folder / name).write_text(text, encoding="utf-8")
    return Rulebook.load(folder)


def record_of(rulebook: Rulebook, raw: dict[str, Any] | None = None) -> SavedRecord:
    return read_record(record_json(check(Profile.read(raw or RAW), rulebook, on=ON, engine="kleene")))


def replayed(folder: Path, *edits: tuple[str, str], raw: dict[str, Any] | None = None, own: bool = True) -> Replay:
    """Save under the rules, replay under the rules with some texts replaced."""
    then, now = load(folder / "then"), load(folder / "now", *edits)
    return replay(record_of(then, raw), now, own=then if own else None, engine="kleene")


def blamed(found: Replay) -> dict[str, set[tuple[str, str, str]]]:
    """Give the causes of each award that differs."""
    return {each.name: {tuple(cause) for cause in each.causes} for each in found.awards}


A_CHANGED = ("clause", "p/a", "changed")


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("10万元", "9万元")], {"p/a": {A_CHANGED}, "p/b": {A_CHANGED}}),
        ([("to: open", "to: 2023-03-01")], {name: {("policy", "p", "changed")} for name in ("p/a", "p/b", "p/c")}),
        (
            [("at_most: 50", "at_most: 10")],
            {name: {("definition", "small", "changed")} for name in ("p/a", "p/b", "p/c")},
        ),
        ([("15万元", "17万元")], {"p/b": {("cap", "both", "changed")}}),
        (
            [(STACKING, f"exclusive:\n  - {ONE}\n")],
            {"p/b": {("cap", "both", "removed")}},
        ),
        ([(STACKING, f"caps:\n  - {BOTH}\n")], {"p/c": {("group", "one-of", "removed")}}),
        (
            [("2万元", "9万元")],
            {"p/b": {("clause", "p/c", "changed")}, "p/c": {("clause", "p/c", "changed")}},
        ),
        ([(A, A + CLAUSE.replace("NAME", "d").replace("AMOUNT", "1万元"))], {"p/d": {("clause", "p/d", "added")}}),
        (
            [(A, ""), ("[p/a, p/b]", "[p/b]")],
            {"p/a": {("clause", "p/a", "removed")}, "p/b": {("cap", "both", "changed")}},
        ),
        ([("authority: official", "authority: repost")], {}),
    ],
)
def test_each_difference_names_the_part_that_made_it(
    edits: list[tuple[str, str]], expected: dict[str, set[tuple[str, str, str]]], tmp_path: Path
) -> None:
    found = replayed(tmp_path, *edits)
    assert blamed(found) == expected
    assert found.same == (not expected)
    assert found.proven
    assert not found.same_rules


def test_the_order_of_clauses_is_a_cause_of_its_own(tmp_path: Path) -> None:
    found = replayed(tmp_path, (A + B + C, B + A + C))
    assert blamed(found) == {name: {("order", "", "changed")} for name in ("p/a", "p/b")}
    assert found.changes == ()


def test_another_version_of_the_package_is_blamed_where_no_rule_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rulebook = load(tmp_path)
    values = record_of(rulebook).values
    values["decision"]["awards"][0]["net"] = {"low": "1.00", "high": "1.00"}
    forged = read_record(sealed(values))
    found = replay(forged, rulebook, engine="kleene")
    assert blamed(found) == {"p/a": {("unexplained", "", "changed")}}
    assert found.proven is False
    monkeypatch.setattr(replays, "__version__", "9.9.9")
    found = replay(forged, rulebook, engine="kleene")
    assert blamed(found) == {"p/a": {("package", "", "changed")}}


def test_a_total_that_does_not_follow_is_noticed_alone(tmp_path: Path) -> None:
    rulebook = load(tmp_path)
    values = record_of(rulebook).values
    values["decision"]["total"]["bounded_high"] = "1.00"
    found = replay(read_record(sealed(values)), rulebook, engine="kleene")
    assert (found.same, found.proven, found.awards, found.ledger) == (False, False, (), ())
    assert found.total is not None
    assert [end["bounded_high"] for end in found.total] == ["1.00", "150000.00"]


def test_another_version_alone_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rulebook = load(tmp_path)
    saved = record_of(rulebook)
    monkeypatch.setattr(replays, "__version__", "9.9.9")
    found = replay(saved, rulebook, engine="kleene")
    assert (found.same, found.same_package, found.proven) == (True, False, True)


def test_a_payment_under_a_clause_that_is_gone_is_a_difference(tmp_path: Path) -> None:
    paid = RAW | {"payments": [{"clause": "p/a", "amount": "1万元", "year": 2023}]}
    found = replayed(tmp_path, (A, ""), ("[p/a, p/b]", "[p/b]"), raw=paid)
    assert [finding.code for finding in found.refused] == ["unknown-clause"]
    assert (found.same, found.decision, found.proven) == (False, None, True)
    assert ("clause", "p/a", "removed") in found.changes


def test_a_fact_that_is_no_fact_any_more_is_a_difference(tmp_path: Path) -> None:
    rulebook = load(tmp_path)
    values = record_of(rulebook).values
    values["profile"]["company"]["shoe_size"] = 43
    found = replay(read_record(sealed(values)), rulebook, engine="kleene")
    assert [finding.code for finding in found.refused] == ["unknown-key"]
    assert (found.same, found.proven) == (False, False)


def test_rules_that_are_the_same_byte_for_byte_have_no_change_whatever_the_digests_of_their_parts(
    tmp_path: Path,
) -> None:
    rulebook = load(tmp_path)
    values = record_of(rulebook).values
    values["rulebook"]["parts"]["clause"]["p/a"] = "sha256:" + "0" * 64
    found = replay(read_record(sealed(values)), rulebook, engine="kleene")
    assert (found.same, found.changes) == (True, ())


def test_a_way_of_reading_that_is_gone_is_named(tmp_path: Path) -> None:
    rulebook = load(tmp_path)
    values = record_of(rulebook).values
    values["readings"] = {"old": "one"}
    found = replay(read_record(sealed(values)), rulebook, engine="kleene")
    assert found.same
    assert [tuple(change) for change in found.changes] == [("reading", "old", "removed")]


# ---- in words


def test_a_change_is_told_in_the_sentences_that_differ(tmp_path: Path) -> None:
    found = replayed(tmp_path, ("10万元", "9万元"), ("15万元", "17万元"))
    assert found.own is not None
    told = {change.id: wording(change, found.own, found.rulebook, "en") for change in found.changes}
    assert told["p/a"].before == (Sentence("gives", "¥100,000, each year"),)
    assert told["p/a"].after == (Sentence("gives", "¥90,000, each year"),)
    assert told["both"].before == (Sentence("limit", "together at most ¥150,000 per company and year"),)
    assert told["both"].after == (Sentence("limit", "together at most ¥170,000 per company and year"),)


@pytest.mark.parametrize(
    ("old", "new", "before", "after"),
    [
        ("to: open", "to: 2023-03-01", "有效期：2023-01-01 → 未设终止日", "有效期：2023-01-01 → 2023-03-01"),
        (
            "from: 2023-01-01",
            "from: unknown",
            "有效期：2023-01-01 → 未设终止日",
            "有效期：2023-01-01 (未知) → 未设终止日",
        ),
        ("layer: N", "layer: general", "层级：N", "层级：general"),
        ("at_most: 50", "at_most: 10", "定义：企业的从业人员不超过50人", "定义：企业的从业人员不超过10人"),
        ("over: [p/a, p/b]", "over: [p/a]", "适用条款：p/a、p/b", "适用条款：p/a"),
        ("clauses: [p/b, p/c]", "clauses: [p/a, p/c]", "适用条款：p/b、p/c", "适用条款：p/a、p/c"),
        ("authority: official", "authority: repost", "来源等级：官方文本", "来源等级：转载"),
    ],
)
def test_every_kind_of_part_has_its_words(old: str, new: str, before: str, after: str, tmp_path: Path) -> None:
    found = replayed(tmp_path, (old, new))
    assert found.own is not None
    said = wording(found.changes[0], found.own, found.rulebook, "zh")
    assert [[f"{each.label}：{each.text}" for each in end] for end in said] == [[before], [after]]


def test_what_is_new_or_gone_is_told_on_one_side(tmp_path: Path) -> None:
    found = replayed(tmp_path, (STACKING, f"caps:\n  - {BOTH}\n"))
    assert found.own is not None
    (change,) = found.changes
    assert wording(change, found.own, found.rulebook, "en").after == ()
    assert wording(change, found.rulebook, found.own, "en").before == ()


# ---- which rules


def test_rules_that_are_not_those_of_the_record_are_refused(tmp_path: Path) -> None:
    then, now = load(tmp_path / "then"), load(tmp_path / "now", ("10万元", "9万元"))
    with pytest.raises(UsageRefused, match=r"error\[record-rules\]: `.*now` is not the rulebook of the record"):
        replay(record_of(then), then, own=now, engine="kleene")
    with pytest.raises(UsageRefused, match="record-rules"):
        load_own_rules(record_of(then), tmp_path / "now")


def test_rules_of_another_version_are_read_with_the_documents_beside_them(tmp_path: Path) -> None:
    load(tmp_path / "rules")
    shutil.move(tmp_path / "rules" / "documents.yaml", tmp_path / "documents.yaml")
    (tmp_path / "seeds").mkdir()
    shutil.move(tmp_path / "documents.yaml", tmp_path / "seeds" / "documents.yaml")
    then = Rulebook.load(tmp_path / "rules", seeds=tmp_path / "seeds")
    assert load_own_rules(record_of(then), tmp_path / "rules").digest == then.digest


def test_documents_beside_the_rules_that_were_not_used_do_no_harm(tmp_path: Path) -> None:
    then = load(tmp_path / "rules")
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds" / "documents.yaml").write_text(DOCUMENTS.replace("id: D", "id: E"))
    assert load_own_rules(record_of(then), tmp_path / "rules").digest == then.digest


# ---- as JSON


def test_json_has_both_sides_of_what_differs(tmp_path: Path) -> None:
    found = replay_json(replayed(tmp_path, ("15万元", "17万元")))
    assert (found["same"], found["proven"]) == (False, True)
    (award,) = found["awards"]
    assert (award["clause"], award["fields"]) == ("p/b", ["net", "reductions"])
    assert (award["before"]["net"], award["after"]["net"]) == (
        {"low": "50000.00", "high": "50000.00"},
        {"low": "70000.00", "high": "70000.00"},
    )
    assert award["causes"] == [{"kind": "cap", "id": "both", "how": "changed"}]
    assert found["total"]["before"]["low"] == "150000.00"
    assert found["total"]["after"]["low"] == "170000.00"
    (change,) = found["changes"]
    assert change["wording"]["en"]["after"] == [
        {"label": "limit", "text": "together at most ¥170,000 per company and year"}
    ]


def test_json_without_the_old_rules_has_no_words(tmp_path: Path) -> None:
    found = replay_json(replayed(tmp_path, ("15万元", "17万元"), own=False))
    assert found["proven"] is None
    assert [change["wording"] for change in found["changes"]] == [None]
