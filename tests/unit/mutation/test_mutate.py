"""What becomes of mutants: killed by a case, refused, survived, or known to change nothing."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from eligibility import Rulebook, cli
from eligibility.cases import read_cases
from eligibility.diagnostics import RulebookRefused, UsageRefused, render
from eligibility.mutation import Report, mutate
from eligibility.mutation.bench import Bench
from eligibility.mutation.targets import targets

from pages import CLAUSE, indented, policy_file, whole, write  # isort: skip - in tests/

if TYPE_CHECKING:
    from pathlib import Path

ASSUMED = "assumed: {zh: 假设, en: assumed}"
CLAUSES = (
    "id: reward\nwhen: {company.employees: {at_least: 20}}\naward: {fixed: 300元, frequency: once}\n",
    "id: bonus\nwhen: {company.employees: {at_least: 20}}\naward: {ceiling: 500元, frequency: once}\n",
    "id: advice\nwhen: {company.moved_into_yizhuang: true}\naward: {service: true}\n",
)
STACKING = f"""exclusive:
  - {{id: either, clauses: [sample/reward, sample/bonus], keep: highest, per: company, {ASSUMED}}}
"""
CASES = """cases:
  - name: twenty people
    on: 2023-06-30
    profile: {company: {employees: 20}, payments: []}
    expect:
      # 300 or up to 500, not both
      sample/reward: {verdict: eligible, gross: 300元}
      sample/bonus: {verdict: eligible, gross: [0元, 500元]}
    total: [300元, 500元]
  - name: nineteen
    on: 2023-02-16
    profile: {company: {employees: 19}, payments: []}
    expect:
      sample/reward: {verdict: not_eligible, standing: in_force_end_unknown}
      sample/bonus: {verdict: not_eligible}
  - name: a day too early
    on: 2023-02-15
    profile:
      company: {employees: 20, moved_into_yizhuang: true}
      payments: [{clause: sample/reward, year: 2021, amount: 1元}]
    expect:
      sample/reward: {verdict: eligible, standing: not_yet_in_force}
      sample/advice: {verdict: eligible}
  - name: what was paid in another year is taken off
    on: 2023-06-30
    profile:
      company: {employees: 20}
      payments:
        - {clause: sample/reward, year: 2022, amount: 100元}
        - {clause: sample/bonus, year: 2022, amount: 500元}
    expect:
      # 300 − 100 = 200; 500 − 500 = 0
      sample/reward: {verdict: eligible, net: 200元}
      sample/bonus: {verdict: eligible, net: 0元}
"""


def rules(folder: Path, *, cases: str = CASES, stacking: str = STACKING, equivalent: str = "") -> Rulebook:
    head = policy_file("").partition("clauses:\n")[0]
    parts = [indented(whole(text, CLAUSE), "  - ", "    ") for text in CLAUSES]
    files = {
        "policies/sample.yaml": f"{head}clauses:\n" + "\n".join(parts) + "\n",
        "stacking.yaml": stacking,
        "cases/sample.yaml": cases,
    }
    return Rulebook.load(write(folder, files | ({"cases/equivalent.yaml": equivalent} if equivalent else {})))


def fates(report: Report) -> dict[str, str]:
    return {tried.mutant.id: tried.fate for trial in report.trials for tried in trial.tried}


def survivors(report: Report) -> set[str]:
    return {ident for ident, fate in fates(report).items() if fate == "survived"}


def without(text: str) -> str:
    assert text in CASES
    return CASES.replace(text, "")


def test_sharp_cases_let_nothing_survive(tmp_path: Path) -> None:
    report = mutate(rules(tmp_path))
    assert report.findings == ()
    assert set(fates(report).values()) == {"killed", "refused"}


BLUNT = [
    (", standing: in_force_end_unknown", "", {"sample in_force.from = 2023-02-17", "sample in_force.to = open"}),
    ("      sample/bonus: {verdict: not_eligible}\n", "", {"sample/bonus when.company.employees.at_least = 19"}),
    ("      sample/advice: {verdict: eligible}\n", "", {"sample/advice when.company.moved_into_yizhuang = false"}),
    ("sample/bonus, year: 2022", "sample/bonus, year: 2023", {"sample/bonus award.frequency = yearly"}),
    ("    total: [300元, 500元]\n", "", {"either rule = dropped"}),  # each may get its own, so only the sum tells
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), BLUNT)
def test_what_no_case_says_survives(tmp_path: Path, old: str, new: str, expected: set[str]) -> None:
    assert old in CASES
    assert survivors(mutate(rules(tmp_path, cases=CASES.replace(old, new)))) == expected


def test_a_mutant_that_does_not_load_is_refused(tmp_path: Path) -> None:
    assert fates(mutate(rules(tmp_path)))["either per = item"] == "refused"


def test_a_survivor_is_an_error_where_money_is_concerned_and_a_warning_where_none_is(tmp_path: Path) -> None:
    cases = without(", standing: in_force_end_unknown").replace("      sample/advice: {verdict: eligible}\n", "")
    report = mutate(rules(tmp_path, cases=cases))
    assert [finding.severity for finding in report.findings] == ["error", "error", "warning"]
    assert "warning[mutant-survived]: no case fails if `true` becomes `false`" in render(report.findings)


def test_what_changes_nothing_is_excused_with_a_proof(tmp_path: Path) -> None:
    cases = without("      sample/advice: {verdict: eligible}\n")
    listed = "equivalent:\n  - mutant: sample/advice when.company.moved_into_yizhuang = false\n    proof: nobody asks\n"
    report = mutate(rules(tmp_path, cases=cases, equivalent=listed))
    assert report.findings == ()
    assert survivors(report) == report.excused


WRONG = [
    ("sample/reward award.fixed = 300.02元", "mutant-stale", "did you mean `sample/reward award.fixed = 300.01元`?"),
    ("sample/prize award.fixed = 300.01元", "mutant-stale", "remove it, or copy the id from a survivor"),
    ("sample/reward award.fixed = 300.01元", "mutant-not-equivalent", "this mutant is not equivalent: a case fails under it"),
    ("either per = item", "mutant-not-equivalent", "this mutant is not equivalent: the rules do not load with it"),
]  # fmt: skip


@pytest.mark.parametrize(("ident", "code", "said"), WRONG)
def test_a_wrong_entry_of_the_list_is_an_error_at_its_place(tmp_path: Path, ident: str, code: str, said: str) -> None:
    listed = f"equivalent:\n  - mutant: {ident}\n    proof: so it is\n"
    [finding] = mutate(rules(tmp_path, equivalent=listed)).findings
    assert (finding.code, finding.severity) == (code, "error")
    assert said in str(finding)
    assert str(finding.place).endswith("cases/equivalent.yaml:2:13")


def test_with_a_clause_only_its_own_entries_of_the_list_are_judged(tmp_path: Path) -> None:
    listed = "equivalent:\n  - {mutant: sample/reward award.fixed = 9元, proof: none}\n"
    rulebook = rules(tmp_path, equivalent=listed)
    assert mutate(rulebook, clauses=["sample/advice"]).findings == ()
    assert [finding.code for finding in mutate(rulebook, clauses=["sample/reward"]).findings] == ["mutant-stale"]


UNREADABLE = [
    ("equivalent:\n  - {mutant: a, proof: b}\n  - {mutant: a, proof: c}\n", "duplicate-id", 3),
    ("equivalent:\n  - {mutant: a}\n", "missing-key", 2),
    ("equivalent:\n  - mutant: a\n    proof: |\n      one\n      two\n", "value", 3),
    ("equivalent: []\n", "empty", 1),
    ("# nothing\n", "empty", None),
    ("cases: []\n", "missing-key", 1),
]


@pytest.mark.parametrize(("listed", "code", "line"), UNREADABLE)
def test_a_list_that_cannot_be_read(tmp_path: Path, listed: str, code: str, line: int | None) -> None:
    with pytest.raises(RulebookRefused) as caught:
        mutate(rules(tmp_path, equivalent=listed))
    first = caught.value.diagnostics[0]
    assert (first.code, first.place and first.place.line) == (code, line)


def test_with_a_clause_the_caps_and_groups_that_name_it_are_tried_too(tmp_path: Path) -> None:
    report = mutate(rules(tmp_path), clauses=["sample/reward"])
    assert [trial.target.id for trial in report.trials] == ["sample/reward", "either"]


def test_an_unknown_clause(tmp_path: Path) -> None:
    with pytest.raises(UsageRefused, match="did you mean `sample/reward`"):
        mutate(rules(tmp_path), clauses=["sample/rewards"])


def test_cases_that_fail_as_it_is_come_first(tmp_path: Path) -> None:
    rulebook = rules(
        tmp_path, cases=CASES.replace("sample/bonus: {verdict: not_eligible}", "sample/bonus: {verdict: eligible}")
    )
    with pytest.raises(RulebookRefused) as caught:
        mutate(rulebook)
    assert [finding.code for finding in caught.value.diagnostics] == ["mutate-failing", "case-failed"]
    assert mutate(rulebook, clauses=["sample/advice"]).findings == ()


def test_a_sum_that_fails_comes_first_too(tmp_path: Path) -> None:
    with pytest.raises(RulebookRefused, match="expected total"):
        mutate(rules(tmp_path, cases=CASES.replace("total: [300元, 500元]", "total: [300元, 501元]")))


def test_several_processes_find_the_same(tmp_path: Path) -> None:
    rulebook = rules(tmp_path, cases=without(", gross: [0元, 500元]"))
    alone, shared = mutate(rulebook), mutate(rulebook, jobs=2)
    assert fates(alone) == fates(shared)
    assert alone.findings == shared.findings


def test_a_part_of_the_rulebook_tells_what_the_whole_would(tmp_path: Path) -> None:
    rulebook = rules(tmp_path, cases=CASES.replace("sample/bonus, year: 2022", "sample/bonus, year: 2023"))
    parts, whole_book = Bench(rulebook, read_cases(rulebook)), Bench(rulebook, read_cases(rulebook))
    whole_book._tied = dict.fromkeys(rulebook.by_id, frozenset(rulebook.by_id))
    for target in targets(rulebook):
        assert parts.run(target) == whole_book.run(target)


def test_a_definition_is_read_anew_in_whatever_rests_on_it(tmp_path: Path) -> None:
    definitions = (
        "definitions:\n"
        "  few:\n    title: {zh: 少, en: few}\n    when: {company.employees: {below: 9}}\n"
        "    assumptions: [{zh: 假设, en: assumed}]\n"
        "  some_few:\n    title: {zh: 少, en: few}\n    when: {all: [few, {company.employees: {above: 3}}]}\n"
        "    assumptions: [{zh: 假设, en: assumed}]\n"
    )
    cases = "cases:\n" + "".join(
        f"  - name: with {count}\n    on: 2023-06-30\n    profile: {{company: {{employees: {count}}}}}\n"
        f"    expect:\n      sample/fragment: {{verdict: {verdict}}}\n"
        for count, verdict in ((9, "not_eligible"), (8, "eligible"), (4, "eligible"), (3, "not_eligible"))
    )
    files = {
        "policies/sample.yaml": policy_file("when: some_few\n", "requires: [few]"),
        "definitions.yaml": definitions,
        "cases/sample.yaml": cases,
    }
    found = fates(mutate(Rulebook.load(write(tmp_path, files))))
    assert {ident: fate for ident, fate in found.items() if ident.startswith(("few", "some_few"))} == {
        "few when.company.employees.below = at_most": "killed",
        "few when.company.employees.below = 10": "killed",
        "few when.company.employees.below = 8": "killed",
        "some_few when.all = any": "killed",
        "some_few when.all.few = dropped": "survived",  # the policy asks for it too
        "some_few when.all.company.employees = dropped": "killed",
        "some_few when.all.company.employees.above = at_least": "killed",
        "some_few when.all.company.employees.above = 4": "killed",
        "some_few when.all.company.employees.above = 2": "killed",
    }


# ---- the command


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        cli.main(["rules", "mutate", *arguments])
    printed = capsys.readouterr()
    return int(caught.value.code or 0), printed.out, printed.err


def test_the_command_counts_and_ends_well(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules(tmp_path)
    cli.main(["rules", "mutate", "--rules", str(tmp_path)])
    printed = capsys.readouterr()
    assert printed.out.splitlines()[0].split() == ["kind", "mutants", "killed", "refused", "equivalent", "survived"]
    assert printed.out.splitlines()[-1].split()[0] == "all"
    assert printed.err == ""


def test_the_command_fails_if_money_is_concerned(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules(tmp_path, cases=without(", standing: in_force_end_unknown"))
    code, _, err = run(capsys, "--rules", str(tmp_path))
    assert code == 3
    assert "error[mutant-survived]: no case fails if `2023-02-16` becomes `2023-02-17`" in err
    assert "list `sample in_force.from = 2023-02-17` in cases/equivalent.yaml" in err


def test_the_command_warns_if_none_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules(tmp_path, cases=without("      sample/advice: {verdict: eligible}\n"))
    cli.main(["rules", "mutate", "--rules", str(tmp_path)])
    assert "warning[mutant-survived]" in capsys.readouterr().err


def test_the_command_prints_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules(tmp_path, cases=without(", standing: in_force_end_unknown"))
    code, out, _ = run(capsys, "--rules", str(tmp_path), "--format", "json")
    report = json.loads(out)
    assert code == 3
    assert report["mutants"] == report["killed"] + report["refused"] + report["equivalent"] + report["survived"]
    assert report["mutants"] == sum(row["mutants"] for row in report["by_kind"].values())
    assert report["mutants"] == sum(row["mutants"] for row in report["by_policy"].values())
    survivor, _ = report["survivors"]
    assert survivor["place"].endswith("policies/sample.yaml:7:20")
    del survivor["place"]
    assert survivor == {
        "id": "sample in_force.from = 2023-02-17", "kind": "validity", "was": "2023-02-16", "became": "2023-02-17", "money": True,
    }  # fmt: skip


def test_the_command_takes_short_names_and_offers_near_ones(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rules(tmp_path)
    cli.main(["rules", "mutate", "--rules", str(tmp_path), "--clause", "advice"])
    assert capsys.readouterr().out.splitlines()[-1].split() == ["all", "1", "1", "0", "0", "0"]
    code, _, err = run(capsys, "--rules", str(tmp_path), "--clause", "sample/advise")
    assert code == 2
    assert "did you mean `sample/advice`?" in err
