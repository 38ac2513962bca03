"""`eligibility profile check`: what is read, what is unknown, what is refused."""

from __future__ import annotations

import pytest
from own_rules import write

from eligibility import Rulebook
from eligibility.cli import main
from eligibility.profile.records import Company, Year

KNOWN = """\
company: {name: 某公司, employees: 3}
years: [{year: 2022}]
projects: []
products: []
leases: []
investments: []
talents: []
payments: []
"""
COMPANY_UNKNOWN = len(Company.FACTS) - 2
YEAR_UNKNOWN = len(Year.FACTS) - 1


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    """Write a profile, check it, and give the exit code and what was printed."""
    monkeypatch.setenv("ELIGIBILITY_GC", "on")

    def call(text, *options):
        path = tmp_path / "company.yaml"
        path.write_text(text, encoding="utf-8")
        code = 0
        try:
            main(["profile", "check", str(path), *options])
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return call


def test_the_first_line_counts_what_is_known_and_unknown(run):
    code, out, err = run(KNOWN)
    first, company, year = out.splitlines()
    assert (code, err) == (0, "")
    assert first == (
        f"ok: 3 facts known; {COMPANY_UNKNOWN} unknown in company; {YEAR_UNKNOWN} unknown in the entries of lists; "
        "lists unknown: trials"
    )
    assert company.startswith("  unknown in company: credit_code, registered_on, ")
    assert year.startswith("  unknown in years[0]: revenue, rnd_expense, tax_paid, output, compute_cost, ")
    assert len(year.split(", ")) == YEAR_UNKNOWN


def test_unknown_payments_are_pointed_out(run):
    _, out, _ = run("company: {name: 某公司}")
    assert out.startswith("ok: 1 fact known; ")
    assert out.splitlines()[-1].startswith("`payments` is unknown")


def test_it_speaks_chinese(run):
    _, out, _ = run(KNOWN, "--lang", "zh")
    first = out.splitlines()[0]
    assert first == f"通过：已知3项；企业未知{COMPANY_UNKNOWN}项；列表各项未知{YEAR_UNKNOWN}项；未知的列表：trials"


def test_every_finding_of_a_bad_profile_is_shown_and_the_exit_code_is_4(run):
    code, out, err = run("company: {employees: many, sise: small}\nleases: none\n")
    assert (code, out) == (4, "")
    assert err.count("error[") == 3
    assert "company.yaml:1:22: error[value]" in err


PAID = """\
products: [{}]
leases: [{}]
payments:
  - {clause: CLAUSE, item: "ITEM", year: 2023, amount: 1元}
"""


def paid(clause, item):
    return PAID.replace("CLAUSE", clause).replace("ITEM", item)


def test_a_payment_under_no_clause_is_shown_at_its_place(run):
    code, out, err = run(paid("etown-2023-devices/rnt", "leases[0]"))
    assert (code, out) == (4, "")
    assert "company.yaml:4:14: error[unknown-clause]: `payments[0].clause`: there is no clause" in err
    assert "help: did you mean `etown-2023-devices/rent`?" in err


def test_a_payment_for_an_item_of_another_kind_is_shown_at_its_place(run):
    code, out, err = run(paid("etown-2023-devices/rent", "products[0]"))
    assert (code, out) == (4, "")
    assert "company.yaml:4:45: error[payment-item]: `payments[0].item`: " in err


def test_payments_are_compared_with_the_rules_that_are_named(run, tmp_path):
    own = str(write(tmp_path / "own"))
    assert run(paid("own/rent", "leases[0]"), "--rules", own)[0] == 0
    for clause, item, code in (
        ("own/rent", "products[0]", "payment-item"),
        ("etown-2023-devices/rent", "none", "unknown-clause"),
    ):
        exit_code, _, err = run(paid(clause, item), "--rules", own)
        assert exit_code == 4
        assert f"error[{code}]" in err


def test_a_profile_without_payments_does_not_load_the_shipped_rules(run, monkeypatch):
    monkeypatch.setattr(Rulebook, "load", lambda _path: pytest.fail("the rules were loaded"))
    assert run(KNOWN)[0] == 0
    assert run("company: {name: 某公司}")[0] == 0


def test_a_file_that_is_not_there_is_wrong_usage(capsys, monkeypatch):
    monkeypatch.setenv("ELIGIBILITY_GC", "on")
    with pytest.raises(SystemExit) as stop:
        main(["profile", "check", "nowhere.yaml"])
    assert stop.value.code == 2
    assert "there is no file `nowhere.yaml`" in capsys.readouterr().err
