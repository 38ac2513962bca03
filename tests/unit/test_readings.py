"""Readings: what the sources leave in dispute holds in the way that is taken, and the result says so."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from eligibility import Profile, Rulebook, check
from eligibility.cli import main
from eligibility.diagnostics import RulebookRefused, UsageRefused
from eligibility.disputed import readings_of
from eligibility.record import record_of
from eligibility.report.contract import to_json
from eligibility.rulebook.lint import lint

from pages import indented, policy_file, whole, write  # isort: skip - in tests/

if TYPE_CHECKING:
    from pathlib import Path

    from eligibility import Decision

ON = date(2023, 6, 30)
ASSUMED = "assumed: {zh: 某, en: some}"
WAYS = """readings:
  - id: scope
    title: {zh: 上限范围, en: the reach of the limit}
    ways:
      - {id: narrow, title: {zh: 只及甲乙, en: one and two alone}, assumed: {zh: 一说, en: one source}}
      - {id: wide, title: {zh: 及于乙丙, en: two and three}, assumed: {zh: 另一说, en: another}}
      - {id: either, title: {zh: 只得其一, en: one of them alone}, assumed: {zh: 又一说, en: a third}}
    assumed: {zh: 取较窄者, en: the narrower is taken}
"""
CAPS = f"""caps:
  - {{id: inner, reading: scope/narrow, limit: 6元, per: company, period: ever, over: [sample/one, sample/two], {ASSUMED}}}
  - {{id: outer, reading: scope/wide, limit: 7元, per: company, period: ever, over: [sample/two, sample/three], {ASSUMED}}}
"""
GROUPS = f"""exclusive:
  - {{id: only-one, reading: scope/either, clauses: [sample/one, sample/two], keep: highest, per: company, {ASSUMED}}}
"""
CLAUSE = "id: {}\ntitle: {{zh: 某, en: {}}}\nwhen: {{company.track: {}}}\naward: {{fixed: 5元, frequency: once}}\n"
PROFILE = {"company": {"areas": ["yizhuang_new_town"], "track": "vaccines"}, "payments": []}


def policy(track: str = "vaccines") -> str:
    """A policy of three clauses of 5 yuan each."""
    lacking = {"citations": "citations: [{document: GD, figure: 5元, supports: [amount]}]"}
    names = ("one", "two", "three")
    clauses = [indented(whole(CLAUSE.format(name, name, track), lacking), "  - ", "    ") for name in names]
    return policy_file("").partition("clauses:\n")[0] + "clauses:\n" + "\n".join(clauses) + "\n"


def files(stacking: str = WAYS + CAPS + GROUPS, track: str = "vaccines") -> dict[str, str]:
    return {"policies/sample.yaml": policy(track), "stacking.yaml": stacking}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, files())
    (tmp_path / "company.json").write_text(json.dumps(PROFILE), encoding="utf-8")
    return tmp_path


@pytest.fixture
def rulebook(folder: Path) -> Rulebook:
    return Rulebook.load(folder)


def decide(rulebook: Rulebook, **ways: str) -> Decision:
    return check(Profile.read(PROFILE), rulebook, on=ON, readings=ways)


def nets(decision: Decision) -> list[int]:
    return [award.net.low for award in decision.awards]


def ran(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str]:
    """Run the command line; give the exit code and what it printed."""
    code = 0
    try:
        main([*args])
    except SystemExit as ended:
        code = int(ended.code or 0)
    printed = capsys.readouterr()
    return code, printed.out + printed.err


# ---- which rules hold


def test_the_first_way_is_taken_unless_another_is_asked_for(rulebook: Rulebook) -> None:
    assert nets(decide(rulebook)) == nets(decide(rulebook, scope="narrow")) == [500, 100, 500]
    assert nets(decide(rulebook, scope="wide")) == [500, 500, 200]
    assert nets(decide(rulebook, scope="either")) == [500, 0, 500]


def test_a_reduction_names_the_rule_of_the_way(rulebook: Rulebook) -> None:
    def by(way: str) -> list[str]:
        return [part.by for award in decide(rulebook, scope=way).awards for part in award.reductions]

    assert [by(way) for way in ("narrow", "wide", "either")] == [["inner"], ["outer"], ["only-one"]]


def test_only_the_limits_that_hold_are_in_the_ledger_and_the_assumptions(rulebook: Rulebook) -> None:
    assert [row.cap for row in decide(rulebook).ledger] == ["inner"]
    assert [row.cap for row in decide(rulebook, scope="wide").ledger] == ["outer"]
    assert decide(rulebook, scope="wide").awards[0].entitlement.assumptions == ()


def test_a_rulebook_read_in_other_ways_is_made_once_and_keeps_its_digest(rulebook: Rulebook) -> None:
    wide = rulebook.read_as({"scope": "wide"})
    assert rulebook.read_as({"scope": "wide"}) is wide
    assert rulebook.read_as({}) is rulebook
    assert wide.read_as({}) is wide
    assert wide.digest == rulebook.digest
    assert (dict(rulebook.ways), dict(wide.ways)) == ({"scope": "narrow"}, {"scope": "wide"})
    assert nets(check(Profile.read(PROFILE), wide, on=ON)) == nets(decide(rulebook, scope="wide"))
    assert nets(check(Profile.read(PROFILE), wide, on=ON, readings={"scope": "narrow"})) == nets(decide(rulebook))


def test_one_network_serves_every_way(rulebook: Rulebook) -> None:
    decision = check(Profile.read(PROFILE), rulebook, on=ON, engine="both", readings={"scope": "wide"})
    assert decision.engine == ("kleene", "durable")
    assert "network" in rulebook.made
    assert "network" not in decision.rulebook.made


@pytest.mark.parametrize(
    ("ways", "message"),
    [
        ({"scop": "wide"}, "there is no reading `scop`\nhelp: did you mean `scope`?"),
        ({"other": "wide"}, "there is no reading `other`\nhelp: one of: scope"),
        ({"scope": "wid"}, "the reading `scope` has no way `wid`\nhelp: did you mean `wide`?"),
        ({"scope": "x"}, "the reading `scope` has no way `x`\nhelp: one of: narrow, wide, either"),
    ],
)
def test_a_reading_or_way_that_is_not_there_is_refused(rulebook: Rulebook, ways: dict[str, str], message: str) -> None:
    with pytest.raises(UsageRefused) as refused:
        decide(rulebook, **ways)
    assert str(refused.value) == f"error[unknown-reading]: {message}"


def test_where_nothing_is_in_dispute_no_reading_can_be_asked_for(tmp_path: Path) -> None:
    rulebook = Rulebook.load(write(tmp_path, {"policies/sample.yaml": policy()}))
    with pytest.raises(UsageRefused, match="these rules leave nothing in dispute"):
        decide(rulebook, scope="wide")


# ---- what the result says


def test_the_result_names_the_way_and_the_others(rulebook: Rulebook) -> None:
    [said] = to_json(decide(rulebook, scope="wide"))["readings"]
    assert (said["id"], said["way"]["id"], [way["id"] for way in said["others"]]) == (
        "scope",
        "wide",
        ["narrow", "either"],
    )
    assert said["clauses"] == ["sample/one", "sample/two", "sample/three"]
    assert said["title"] == {"zh": "上限范围", "en": "the reach of the limit"}
    assert said["assumed"]["en"] == "the narrower is taken"


def test_the_record_has_every_way(rulebook: Rulebook) -> None:
    assert record_of(decide(rulebook, scope="wide")).readings == (("scope", "wide"),)
    assert to_json(decide(rulebook))["record"]["readings"] == {"scope": "narrow"}


@pytest.mark.parametrize(
    ("profile", "on"),
    [
        ({"company": {"track": "generic_drugs"}}, ON),  # no clause is met
        (PROFILE, date(2023, 2, 15)),  # not yet in force
    ],
)
def test_a_reading_that_touches_nothing_is_left_out(rulebook: Rulebook, profile: dict[str, Any], on: date) -> None:
    assert readings_of(check(Profile.read(profile), rulebook, on=on)) == ()


def test_a_reading_that_may_touch_is_named(rulebook: Rulebook) -> None:
    [reading] = readings_of(check(Profile.read({}), rulebook, on=ON))
    assert reading.clauses == ("sample/one", "sample/two", "sample/three")


SAID = {
    "en": "reading  the reach of the limit: one and two alone; the other: two and three (--reading scope=wide); the other: "
    "one of them alone (--reading scope=either)",
    "zh": "解读  上限范围：只及甲乙；另一种：及于乙丙 (--reading scope=wide)；另一种：只得其一 (--reading scope=either)",
}


@pytest.mark.parametrize("lang", SAID)
def test_the_table_says_how_it_was_read(
    folder: Path, lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    at = ("--rules", str(folder), "--on", "2023-06-30", "--lang", lang)
    _, printed = ran(capsys, "check", str(folder / "company.json"), *at)
    assert SAID[lang].split("  ")[1] in printed
    _, printed = ran(capsys, "explain", "sample/one", str(folder / "company.json"), *at)
    assert SAID[lang].split("  ")[1] in printed


def test_the_commands_take_a_way(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    company, at = str(folder / "company.json"), ("--rules", str(folder), "--on", "2023-06-30", "--format", "json")
    _, printed = ran(capsys, "check", company, *at, "--reading", "scope=wide")
    assert '"way": {\n        "id": "wide"' in printed
    _, printed = ran(capsys, "explain", "sample/three", company, *at, "--reading", "scope=wide")
    assert '"low": "2.00"' in printed


@pytest.mark.parametrize(
    ("readings", "message"),
    [
        (["scop=wide"], "there is no reading `scop`"),
        (["scope=wid"], "did you mean `wide`?"),
        (["scope"], "write `reading-id=way-id`"),
        (["scope="], "write `reading-id=way-id`"),
        (["scope=wide", "scope=narrow"], "`scope` is read in two ways"),
    ],
)
def test_a_wrong_way_is_wrong_usage(
    folder: Path, readings: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [part for reading in readings for part in ("--reading", reading)]
    code, printed = ran(capsys, "check", str(folder / "company.json"), "--rules", str(folder), *asked)
    assert code == 2
    assert message in " ".join(printed.split())


def test_the_rules_name_the_way_at_the_cap_and_group(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    at = ("--rules", str(folder))
    _, printed = ran(capsys, "rules", "show", "sample/one", *at)
    assert "; only as read here: one and two alone [scope=narrow] [inner, assumed]" in printed
    assert "; only in another reading: one of them alone [scope=either] [only-one, assumed]" in printed
    _, printed = ran(capsys, "rules", "list", *at, "--lang", "zh")
    assert "  --reading scope=narrow  只及甲乙（默认）\n  --reading scope=wide  及于乙丙\n" in printed
    _, printed = ran(capsys, "rules", "list", *at, "--format", "md")
    assert "#### `scope=wide`\n\n及于乙丙 · two and three\n\n- 规则 rules: [outer](#outer)\n" in printed


def test_a_case_takes_a_way(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cases = f"""cases:
  - name: another way
    on: 2023-06-30
    readings: {{scope: wide}}
    profile: {json.dumps(PROFILE)}
    expect:
      sample/three: {{net: 2元}}
"""
    write(folder, {"cases/sample.yaml": cases})
    assert ran(capsys, "rules", "test", "--rules", str(folder))[1].startswith("1 case passed")
    write(folder, {"cases/sample.yaml": cases.replace("wide", "wid")})
    _, printed = ran(capsys, "rules", "test", "--rules", str(folder))
    assert "4:15: error[unknown-reading]: the reading `scope` has no way `wid`" in printed


# ---- what is refused


def refusal(folder: Path, stacking: str) -> list[str]:
    with pytest.raises(RulebookRefused) as refused:
        Rulebook.load(write(folder, files(stacking)))
    return [line.partition("stacking.yaml:")[2] for line in str(refused.value).splitlines() if "error[" in line]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("scope/narrow", "scop/narrow", "10:26: error[unknown-reading]: there is no reading `scop`"),
        ("scope/narrow", "scope/narow", "10:26: error[unknown-reading]: the reading `scope` has no way `narow`"),
        ("scope/narrow", "scope", "10:26: error[shape]: `scope` names no way of a reading"),
        ("scope/either", "scope/both", "13:29: error[unknown-reading]: the reading `scope` has no way `both`"),
        ("id: wide", "id: narrow", "6:9: error[duplicate-id]: two ways have the id `narrow`"),
        (", assumed: {zh: 一说, en: one source}", "", "5:9: error[missing-key]: this rule rests on nothing"),
        (
            "    assumed: {zh: 取较窄者, en: the narrower is taken}\n",
            "",
            "2:5: error[missing-key]: `assumed` is missing",
        ),
    ],
)
def test_a_reading_that_cannot_be_is_refused_at_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert old in WAYS + CAPS + GROUPS
    assert message in refusal(tmp_path, (WAYS + CAPS + GROUPS).replace(old, new))


def test_a_reading_has_two_ways_or_more(tmp_path: Path) -> None:
    lines = WAYS.splitlines(keepends=True)
    assert refusal(tmp_path, "".join([*lines[:5], *lines[7:]]) + CAPS.replace("scope/wide", "scope/narrow"))[:1] == [
        "5:7: error[reading-of-one]: a reading with one way leaves nothing to choose"
    ]


def test_two_readings_have_two_ids(tmp_path: Path) -> None:
    twice = WAYS + WAYS.partition("\n")[2] + CAPS
    assert refusal(tmp_path, twice) == ["9:9: error[duplicate-id]: two readings have the id `scope`"]


def test_rules_of_one_way_meet_and_rules_of_two_ways_do_not(tmp_path: Path) -> None:
    assert Rulebook.load(write(tmp_path, files(WAYS + CAPS))).caps  # they overlap, but never hold together
    together = CAPS.replace("scope/wide", "scope/narrow")
    assert refusal(tmp_path, WAYS + together) == [
        "11:10: error[caps-not-nested]: the caps `inner` and `outer` overlap, but neither covers the other"
    ]
    always = CAPS.replace("reading: scope/wide, ", "")
    assert "caps-not-nested" in refusal(tmp_path, WAYS + always)[0]


def test_combinations_are_counted_way_by_way(tmp_path: Path) -> None:
    """Nine groups of two that a cap joins are too many at once, and few where the ways part them."""

    def stacking(*ways: str) -> str:
        pairs = [f"sample/{side}{place}" for place in range(9) for side in "xy"]
        groups = "".join(
            f"  - {{id: pair-{place}, {ways[place % len(ways)]}clauses: [{', '.join(pairs[2 * place : 2 * place + 2])}], "
            f"keep: highest, per: company, {ASSUMED}}}\n"
            for place in range(9)
        )
        cap = f"  - {{id: joins, limit: 6元, per: company, period: ever, over: [{', '.join(pairs)}], {ASSUMED}}}\n"
        return f"{WAYS}caps:\n{cap}exclusive:\n{groups}"

    lacking = {"citations": "citations: [{document: GD, figure: 5元, supports: [amount]}]"}
    clauses = [
        indented(whole(CLAUSE.format(f"{side}{place}", "some", "vaccines"), lacking), "  - ", "    ")
        for place in range(9)
        for side in "xy"
    ]
    text = policy_file("").partition("clauses:\n")[0] + "clauses:\n" + "\n".join(clauses) + "\n"

    def load(*ways: str) -> Rulebook:
        return Rulebook.load(write(tmp_path, {"policies/sample.yaml": text, "stacking.yaml": stacking(*ways)}))

    assert len(load("reading: scope/narrow, ", "reading: scope/wide, ").readings) == 1
    for ways in (("reading: scope/wide, ",), ("",)):
        with pytest.raises(RulebookRefused, match="allow more than 256 combinations"):
            load(*ways)


def test_a_reading_that_no_rule_names_is_a_warning(tmp_path: Path) -> None:
    rulebook = Rulebook.load(write(tmp_path, files(WAYS)))
    assert "reading-unused" in [finding.code for finding in lint(rulebook)]
    assert "reading-unused" not in [finding.code for finding in lint(Rulebook.load(write(tmp_path, files())))]
