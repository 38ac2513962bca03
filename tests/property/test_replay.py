"""A saved decision: untouched it comes out the same, changed it is noticed, and every difference has its cause."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import assume, given, note
from hypothesis import strategies as st

from campaign import laws
from eligibility import Profile, Rulebook, check
from eligibility.advise.record import decided, laid_out, record_json
from eligibility.advise.replay import replay
from eligibility.advise.saved import RecordRefused, SavedRecord, load_record, parse_record, read_record
from eligibility.diagnostics import Diagnostic, RulebookRefused, Source
from eligibility.testing import profiles
from generated import ON, kinds_of, load, numbers, rulebook_files, rulebooks, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from eligibility import Decision

runs = laws(60)
many = laws(300)
Plain = Any
CODES = {"record-edited", "record-cut", "record-version", "not-a-record", "not-utf8"}
AMOUNT = re.compile(r"\d+\.\d\d元")


def drawn_decision(data: st.DataObject, rulebook: Rulebook) -> Decision:
    near = numbers(rulebook)
    profile: Profile = data.draw(
        profiles(on=ON, kinds=kinds_of(rulebook), clauses=rulebook.clauses, near=near, whole=data.draw(st.booleans()))
    )
    authority: Any = data.draw(st.sampled_from(("any", "press", "official")))
    return check(profile, rulebook, on=ON, engine="kleene", authority=authority)


@runs
@given(rulebooks(), st.data())
def test_the_replay_of_an_untouched_record_is_always_the_same(rulebook: Rulebook, data: st.DataObject) -> None:
    values = record_json(drawn_decision(data, rulebook))
    shuffled = {key: values[key] for key in data.draw(st.permutations(list(values)))}
    for saved in (read_record(shuffled), parse_record(Source("record.json", laid_out(values)))):
        found = replay(saved, rulebook, engine="kleene")
        assert found.same
        assert found.proven
        assert found.same_rules
        assert saved.as_written
        assert not found.changes


# ---- other rules


def amounts(node: Plain, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Give the places of all amounts of money in the plain values of a rule file."""
    if isinstance(node, dict):
        return [place for key, value in node.items() for place in amounts(value, (*path, key))]
    if isinstance(node, list):
        return [place for key, value in enumerate(node) for place in amounts(value, (*path, key))]
    return [path] if isinstance(node, str) and AMOUNT.fullmatch(node) else []


def changed(files: dict[str, str], data: st.DataObject) -> dict[str, str]:
    """Change some rules in one of the ways in which rules are changed."""
    plain = {name: yaml.safe_load(text) for name, text in files.items()}
    policies = sorted(name for name in plain if name.startswith("policies/"))
    for _ in range(data.draw(st.integers(1, 3))):
        change = data.draw(st.sampled_from(("amount", "amount", "validity", "definition", "stacking", "order", "when")))
        head = plain[data.draw(st.sampled_from(policies))]
        if change == "validity":
            head["policy"]["in_force"] = {
                "from": "2020-01-01",
                "to": data.draw(st.sampled_from(("open", "2022-01-01"))),
            }
        elif change == "order":
            head["clauses"].reverse()
        elif change == "when":
            head["clauses"][0]["when"] = {"company.employees": {"at_least": data.draw(st.sampled_from((5, 300)))}}
        elif change == "definition" and "definitions.yaml" in plain:
            definitions = plain["definitions.yaml"]["definitions"]
            definitions[data.draw(st.sampled_from(sorted(definitions)))]["when"] = {"company.employees": {"above": 20}}
        elif change == "stacking" and "stacking.yaml" in plain:
            rules = plain["stacking.yaml"][data.draw(st.sampled_from(sorted(plain["stacking.yaml"])))]
            if rules:
                rules.pop(data.draw(st.integers(0, len(rules) - 1)))
        else:
            replace_amount(head, data)
    return write(plain)


def replace_amount(root: Plain, data: st.DataObject) -> None:
    places = amounts(root)
    if places:
        *path, last = data.draw(st.sampled_from(places))
        for step in path:
            root = root[step]
        root[last] = f"{data.draw(st.integers(0, 7))}.00元"


@runs
@given(rulebook_files(), st.data())
def test_whatever_differs_under_other_rules_has_a_change_of_the_rules_as_its_cause(
    files: dict[str, str], data: st.DataObject
) -> None:
    rulebook = load(files)
    decision = drawn_decision(data, rulebook)
    try:
        other = load(changed(deepcopy(files), data))
    except RulebookRefused:
        assume(False)  # the change made no rulebook
    found = replay(read_record(record_json(decision)), other, own=rulebook, engine="kleene")
    assert found.proven
    assert found.decision is not None
    assert found.same == (sorted_awards(decision) == sorted_awards(found.decision))
    for each in (*found.awards, *found.ledger):
        note(str(each))
        assert each.causes
        assert {cause.kind for cause in each.causes} <= {"policy", "definition", "clause", "cap", "group", "order"}
        assert each.before != each.after


def sorted_awards(decision: Decision) -> Plain:
    """Give what was decided, whatever the order of the rules."""
    plain = decided(decision)
    parts = {part: sorted(map(json.dumps, plain[part])) for part in ("awards", "ledger")}
    return parts | {
        "total": {key: sorted(end) if isinstance(end, list) else end for key, end in plain["total"].items()}
    }


@runs
@given(rulebook_files(), st.data())
def test_comments_and_layout_of_the_rules_are_no_change_of_any_part(files: dict[str, str], data: st.DataObject) -> None:
    rulebook = load(files)
    said = {name: yaml.dump(yaml.safe_load(text), indent=4, width=40, sort_keys=False) for name, text in files.items()}
    other = load({name: f"# a comment\n\n{text}" for name, text in said.items()})
    found = replay(read_record(record_json(drawn_decision(data, rulebook))), other, engine="kleene")
    assert found.same
    assert not found.same_rules
    assert found.proven is None
    assert found.changes == ()


# ---- a record that is not what was written


@cache
def example() -> str:
    """A record of an example, as the file it is written to."""
    rulebook = Rulebook.load()
    raw = {"company": {"name": "甲", "areas": ["yizhuang_new_town"]}, "products": [{"kind": "device"}], "payments": []}
    return laid_out(record_json(check(Profile.read(raw), rulebook, on=ON, engine="kleene")))


def outcome(read: Callable[[], SavedRecord]) -> SavedRecord | list[Diagnostic]:
    """Read a record; gives it, or what is said against it."""
    try:
        return read()
    except RecordRefused as refused:
        return list(refused.diagnostics)


def assert_noticed(found: SavedRecord | list[Diagnostic]) -> None:
    """A changed record is refused; one that was only laid out otherwise is known as such."""
    if isinstance(found, list):
        assert {finding.code for finding in found} <= CODES
        assert all(finding.help and str(finding) for finding in found)
    else:
        assert not found.as_written
        assert found.values == json.loads(example())


@many
@given(st.data())
def test_a_changed_character_anywhere_is_never_taken_for_what_was_written(data: st.DataObject) -> None:
    text = example()
    place = data.draw(st.integers(0, len(text) - 1))
    near = st.sampled_from(list(' \n\t",:{}[]0123456789abcdef\\-.e甲ńA'))
    other = data.draw((near | st.characters(codec="utf-8")).filter(lambda char: char != text[place]))
    edited = text[:place] + data.draw(st.sampled_from((other, "", text[place] + other))) + text[place + 1 :]
    assert_noticed(outcome(lambda: parse_record(Source("record.json", edited))))


@many
@given(st.data())
def test_a_changed_byte_of_the_file_is_never_taken_for_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    path: Path = tmp_path_factory.getbasetemp() / "record.json"
    written = bytearray(example().encode())
    written[data.draw(st.integers(0, len(written) - 1))] ^= data.draw(st.integers(1, 255))
    path.write_bytes(written)
    assert_noticed(outcome(lambda: load_record(path)))


@many
@given(st.data())
def test_a_record_cut_short_anywhere_is_said_to_be_cut_short(data: st.DataObject) -> None:
    text = example()
    kept = text[: data.draw(st.integers(1, len(text) - 2))]
    found = outcome(lambda: parse_record(Source("record.json", kept)))
    assert isinstance(found, list)
    assert [finding.code for finding in found] == ["record-cut"]


def test_only_the_last_line_end_may_be_missing() -> None:
    saved = parse_record(Source("record.json", example().removesuffix("\n")))
    assert not saved.as_written
