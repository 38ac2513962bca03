from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from folders import POLICY, TEXT, write
from test_cases import CASE

from eligibility.cli import main
from eligibility.decide import durable
from eligibility.decide.durable import available
from eligibility.rulebook import Rulebook

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("ELIGIBILITY_GC", "on")
    monkeypatch.delenv("ELIGIBILITY_LANG", raising=False)

    def command(*arguments: object) -> tuple[int, str, str]:
        code = 0
        try:
            main(["rules", *map(str, arguments)])
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 0
        out, err = capsys.readouterr()
        return code, out, err

    return command


@pytest.mark.parametrize("name", ["lint", "test", "coverage"])
def test_help_shows_examples(run, name: str) -> None:
    code, out, _ = run(name, "--help")
    assert code == 0
    assert f"  eligibility rules {name}\n" in out


@pytest.mark.parametrize("name", ["lint", "test", "coverage"])
def test_rules_that_do_not_load_are_refused(run, tmp_path: Path, name: str) -> None:
    write(tmp_path, {"policies/devices.yaml": POLICY.replace("company.track", "company.trak")})
    code, out, err = run(name, "--rules", tmp_path)
    assert (code, out) == (3, "")
    assert "error[unknown-fact]" in err


@pytest.mark.parametrize("name", ["lint", "test", "coverage"])
def test_a_folder_that_is_not_there_is_wrong_usage(run, tmp_path: Path, name: str) -> None:
    code, _, err = run(name, "--rules", tmp_path / "none")
    assert code == 2
    assert "error[no-such-folder]" in err


# ---- lint


def test_clean_rules(run, tmp_path: Path) -> None:
    write(tmp_path, {})
    assert run("lint", "--rules", tmp_path) == (0, "clean: 2 clauses, 1 policy, 2 quotes checked\n", "")


def test_the_shipped_rules_are_clean_even_strictly(run) -> None:
    code, out, err = run("lint", "--strict")
    assert (code, err) == (0, "")
    assert out.startswith("clean: ")


@pytest.mark.skipif(not available(), reason="durable-rules cannot be imported here")
def test_what_the_rule_network_cannot_hold_is_an_error(run, tmp_path: Path) -> None:
    ways = ", ".join(f"{{company.employees: {{above: {number}}}}}" for number in range(60))
    write(tmp_path, {"policies/devices.yaml": POLICY.replace("{company.track: vaccines}", f"{{all: [{ways}]}}")})
    code, out, err = run("lint", "--rules", tmp_path)
    assert (code, out) == (3, "1 error, 59 warnings: 2 clauses, 1 policy, 2 quotes checked\n")
    assert "devices.yaml:17:9: error[durable-limit]: the clause `devices/rent` has" in err


def test_without_the_rule_network_lint_asks_nothing_of_it(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(durable, "_engine", lambda: None)
    write(tmp_path, {})
    assert run("lint", "--rules", tmp_path)[0] == 0


def test_warnings_fail_only_under_strict(run, tmp_path: Path) -> None:
    write(tmp_path, {"policies/devices.yaml": POLICY.replace("300万元", "30万元")})
    code, out, err = run("lint", "--rules", tmp_path)
    assert (code, out) == (0, "1 warning: 2 clauses, 1 policy, 2 quotes checked\n")
    assert "warning[figure-unstated]" in err
    assert run("lint", "--strict", "--rules", tmp_path)[0] == 3


def test_errors_fail(run, tmp_path: Path) -> None:
    write(tmp_path, {"policies/devices.yaml": POLICY.replace("one-time", "one-off").replace("rate: 50%", "rate: 5%")})
    code, out, err = run("lint", "--rules", tmp_path)
    assert (code, out) == (3, "1 error, 1 warning: 2 clauses, 1 policy, 2 quotes checked\n")
    assert err.count("devices.yaml:") == 2


# ---- coverage


def test_complete_coverage(run, tmp_path: Path) -> None:
    write(tmp_path, {})
    shown = (
        "Held documents\n"
        "   sentences  state a figure or promise support  tied to clauses  to a reason alone  left\n"
        "D          4                                  2                2                  0     0\n"
        "\n"
        "What each figure rests on\n"
        "devices/reward\n"
        "  ¥3,000,000, once\n"
        '    D:3  "one-time reward of 3 million yuan"\n'
        "devices/rent\n"
        "  50% of the reference year's revenue, each year\n"
        '    D:4  "subsidized at the rate of 50% of the rent, up to 20 million yuan a year"\n'
        "  at most ¥20,000,000 per company and year\n"
        '    D:4  "subsidized at the rate of 50% of the rent, up to 20 million yuan a year"\n'
        "\n"
        "complete: 4 sentences, 2 to be tied: 2 to clauses, 0 to a reason alone\n"
    )
    assert run("coverage", "--rules", tmp_path) == (0, shown, "")


def test_what_is_left_is_listed_and_fails(run, tmp_path: Path) -> None:
    write(tmp_path, {"d.txt": TEXT + "It supports talent.\n"})
    code, out, err = run("coverage", "--rules", tmp_path)
    assert code == 3
    assert out.endswith("1 of 3 sentences that state a figure or promise support are tied to no clause and no reason\n")
    assert f"{tmp_path}/d.txt:5:1: error[sentence-left]" in err


def test_all_lists_every_sentence_with_its_ties(run, tmp_path: Path) -> None:
    write(tmp_path, {"d.txt": TEXT + "It supports talent.\n"})
    _, out, _ = run("coverage", "--all", "--rules", tmp_path)
    assert "  D:1  neither figure nor promise → —\n    A heading\n" in out
    assert "  D:4  amount, rate, support → clause devices/rent\n    Tenants are subsidized" in out
    assert "  D:5  support → —\n    It supports talent.\n" in out


def test_coverage_in_chinese(run, tmp_path: Path) -> None:
    write(tmp_path, {})
    _, out, _ = run("coverage", "--all", "--lang", "zh", "--rules", tmp_path)
    assert "  D:4  金额, 比例, 支持 → 条款 devices/rent\n" in out
    assert out.endswith("完整：4句，其中2句含金额、比例或支持承诺：2句对应条款，0句仅有说明\n")


@pytest.mark.parametrize("width", ["40", "60", "200"])
def test_the_report_fits_the_terminal(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    monkeypatch.setenv("COLUMNS", width)
    write(tmp_path, {})
    _, out, _ = run("coverage", "--rules", tmp_path)
    assert max(map(len, out.splitlines())) <= int(width)


def test_coverage_as_json(run, tmp_path: Path) -> None:
    write(tmp_path, {"d.txt": TEXT + "It supports talent.\n"})
    code, out, _ = run("coverage", "--format", "json", "--rules", tmp_path)
    report = json.loads(out)
    assert code == 3
    assert report["totals"] == {"sentences": 5, "bearing": 3, "clauses": 2, "reasons": 0, "left": 1}
    assert report["left"] == [
        {
            "document": "D",
            "line": 5,
            "text": "It supports talent.",
            "bears": ["support"],
            "ties": [],
            "loose_figures": [],
            "left": True,
        }
    ]
    assert report["sentences"][3]["ties"] == [{"kind": "clause", "id": "devices/rent"}]
    [award] = report["clauses"][0]["rests_on"]
    assert (award["part"], award["rule"]["en"], award["in_our_words"]) == ("devices/reward", "¥3,000,000, once", [])
    assert [sentence["line"] for sentence in award["quoted"][0]["sentences"]] == [3]


# ---- facts in the coverage

FACTS = """facts:
  - {id: A-1, fact: {zh: 奖, en: a reward}, sources: [D], authority: newspaper, clauses: [devices/reward, devices/rent], policies: [devices]}
  - {id: A-2, fact: {zh: 目标, en: a target}, sources: [D, GD], authority: newspaper, confidence: partial, reason: {zh: 无款, en: no money}}
"""
OPEN = "  - {id: B-1, fact: {zh: 余, en: left}, sources: [GD], authority: repost}\n"


def test_facts_are_counted_by_what_they_are_tied_to(run, tmp_path: Path) -> None:
    write(tmp_path, {"facts.yaml": FACTS})
    code, out, err = run("coverage", "--rules", tmp_path)
    assert (code, err) == (0, "")
    assert out.endswith(
        "Facts\n"
        "facts  tied to clauses  to definitions  to stacking rules  to policies  to a reason alone  left\n"
        "    2                1               0                  0            1                  1     0\n"
        "\n"
        "complete: 4 sentences, 2 to be tied: 2 to clauses, 0 to a reason alone; 2 facts: 1 to rules, 1 to a \n"
        "reason alone\n".replace(" \n", "\n")
    )


def test_all_lists_every_fact_with_its_ties(run, tmp_path: Path) -> None:
    write(tmp_path, {"facts.yaml": FACTS + OPEN})
    code, out, err = run("coverage", "--all", "--rules", tmp_path)
    listed = out[out.index("What each fact is tied to") :].split()
    expected = """What each fact is tied to
        A-1 D (newspaper, text seen) → clause devices/reward; clause devices/rent; policy devices a reward
        A-2 D, GD (newspaper, text seen in part) → reason: no money a target
        B-1 GD (repost, text seen) → — left
        1 of 3 facts are tied to nothing and have no reason"""
    assert listed == expected.split()
    assert code == 3
    assert f"{tmp_path}/facts.yaml:4:10: error[fact-left]" in err


def test_facts_in_chinese(run, tmp_path: Path) -> None:
    write(tmp_path, {"facts.yaml": FACTS})
    _, out, _ = run("coverage", "--all", "--lang", "zh", "--rules", tmp_path)
    assert "A-2  D, GD (报纸, 只见部分原文) → 说明: 无款\n    目标\n" in out
    assert "2项已知事项：1项对应规则，1项仅有说明" in "".join(out.split())


def test_a_clause_without_a_fact_is_a_warning(run, tmp_path: Path) -> None:
    write(tmp_path, {"facts.yaml": FACTS.replace("devices/reward, ", "")})
    code, out, err = run("coverage", "--rules", tmp_path)
    assert code == 0
    assert out.endswith("\n1 clause of money rests on no fact\n")
    assert "devices.yaml:10:9: warning[clause-without-fact]: no fact names the clause `devices/reward`" in err
    assert run("lint", "--rules", tmp_path)[0] == 0
    assert run("lint", "--strict", "--rules", tmp_path)[0] == 3


def test_facts_as_json(run, tmp_path: Path) -> None:
    write(tmp_path, {"facts.yaml": FACTS.replace("devices/reward, ", "") + OPEN})
    code, out, _ = run("coverage", "--format", "json", "--rules", tmp_path)
    report = json.loads(out)["facts"]
    assert code == 3
    assert (report["left"], report["clauses_without_fact"]) == (["B-1"], ["devices/reward"])
    counts = {
        "facts": 3,
        "clauses": 1,
        "definitions": 0,
        "stacking": 0,
        "policies": 1,
        "tied": 1,
        "reasons": 1,
        "left": 1,
    }
    assert report["totals"] == counts
    assert report["facts"][1] == {
        "id": "A-2",
        "fact": {"zh": "目标", "en": "a target"},
        "sources": ["D", "GD"],
        "authority": "newspaper",
        "confidence": "partial",
        "ties": [],
        "reason": {"zh": "无款", "en": "no money"},
        "left": False,
    }
    assert report["facts"][0]["ties"] == [{"kind": "clause", "id": "devices/rent"}, {"kind": "policy", "id": "devices"}]


def test_facts_that_cannot_be_read_are_refused(run, tmp_path: Path) -> None:
    write(tmp_path, {"facts.yaml": FACTS.replace("[D]", "[Dee]")})
    for name in ("coverage", "lint"):
        code, _, err = run(name, "--rules", tmp_path)
        assert code == 3
        assert "facts.yaml:2:54: error[unknown-word]: `Dee` is no document of documents.yaml" in err


def test_a_check_never_reads_the_facts(run, tmp_path: Path) -> None:
    digest = Rulebook.load(write(tmp_path, {})).digest
    write(tmp_path, {"facts.yaml": "facts: ["})
    assert Rulebook.load(tmp_path).digest == digest
    assert run("list", "--rules", tmp_path)[0] == 0


# ---- test


def test_cases_that_hold(run, tmp_path: Path) -> None:
    write(tmp_path, {"cases/devices.yaml": CASE})
    assert run("test", "--rules", tmp_path) == (0, "1 case passed\n", "")


def test_the_shipped_cases_hold(run) -> None:
    code, out, err = run("test")
    assert (code, err) == (0, "")
    assert out.endswith(" cases passed\n")


def test_cases_that_fail_are_shown_and_counted(run, tmp_path: Path) -> None:
    second = (
        CASE.replace("\ncases:\n", "").replace("net: 300万元", "net: 30万元").replace("gross: 3000万元", "gross: 3万元")
    )
    write(tmp_path, {"cases/devices.yaml": CASE + second})
    code, out, err = run("test", "--rules", tmp_path)
    assert (code, out) == (3, "1 of 2 cases failed\n")
    assert err.count("error[case-failed]") == 2


def test_cases_that_cannot_be_read_are_refused(run, tmp_path: Path) -> None:
    write(tmp_path, {"cases/devices.yaml": CASE.replace("verdict: eligible", "verdict: yes")})
    code, out, err = run("test", "--rules", tmp_path)
    assert (code, out) == (3, "")
    assert "error[unknown-word]: `yes` is no verdict" in err


def test_only_the_cases_of_a_clause(run, tmp_path: Path) -> None:
    other = "\n".join(line for line in CASE.splitlines() if "devices/rent" not in line or "by:" in line)
    other = other[: other.index("        gross: 3000万元")].replace("name: rewarded", "name: other")
    write(tmp_path, {"cases/a.yaml": other, "cases/b.yaml": CASE})
    assert run("test", "--rules", tmp_path, "--clause", "devices/rent") == (0, "1 case passed\n", "")
    assert run("test", "--rules", tmp_path, "--clause", "reward") == (0, "2 cases passed\n", "")


def test_a_clause_without_a_case_is_named(run, tmp_path: Path) -> None:
    write(tmp_path, {})
    shown = "0 cases passed\nno case says anything about: devices/reward, devices/rent\n"
    assert run("test", "--rules", tmp_path) == (0, shown, "")
    shown = "0 cases passed\nno case says anything about: devices/rent\n"
    assert run("test", "--rules", tmp_path, "--clause", "devices/rent") == (0, shown, "")


def test_an_unknown_clause_is_wrong_usage(run, tmp_path: Path) -> None:
    write(tmp_path, {})
    code, _, err = run("test", "--rules", tmp_path, "--clause", "devices/rant")
    assert code == 2
    assert "did you mean `devices/rent`?" in err
