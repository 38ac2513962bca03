"""`eligibility facts`: the catalogue for people and machines."""

from __future__ import annotations

import json
import sys

import pytest
from rich.cells import cell_len

from eligibility import Rulebook
from eligibility.cli import main
from eligibility.cli.facts import every_fact
from eligibility.profile.catalogue import FACTS
from eligibility.rulebook.uses import clauses_using


@pytest.fixture
def run(capsys, monkeypatch):
    """Run `eligibility facts` and give the exit code and what was printed."""
    monkeypatch.setenv("ELIGIBILITY_GC", "on")
    monkeypatch.setenv("COLUMNS", "100")

    def call(*words):
        code = 0
        try:
            main(["facts", *words])
        except SystemExit as stop:
            code = stop.code
        return code, *capsys.readouterr()

    return call


@pytest.fixture(scope="module")
def rulebook():
    return Rulebook.load()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_has_every_fact_with_its_label_and_fits_the_page(run, lang):
    code, out, _ = run("--lang", lang)
    assert code == 0
    shown = {line.split()[0]: line for line in out.splitlines() if line.startswith("  ") and "." in line.split()[0]}
    assert set(shown) == set(every_fact())
    assert all(fact.label[lang].split()[0] in shown[path] for path, fact in every_fact().items())
    assert max(map(cell_len, out.splitlines())) <= 100
    assert "\x1b" not in out


def test_the_chinese_table_is_aligned(run):
    _, out, _ = run("lease", "--lang", "zh")
    starts = {
        cell_len(line[: line.rindex(every_fact()[line.split()[0]].label.zh)])
        for line in out.splitlines()
        if line.startswith("  lease.")
    }
    assert len(starts) == 1


def test_the_json_has_every_fact(run):
    _, out, _ = run("--format", "json")
    facts = {fact["path"]: fact for fact in json.loads(out)}
    assert list(facts) == list(every_fact())
    assert facts["company.employees"]["unit"] == {"zh": "人", "en": "people"}
    assert facts["company.employees"]["range"] == {"low": "0", "high": "1000000000"}
    assert facts["lease.rent_paid"]["range"] == {"low": "0.00", "high": "1000000000000.00"}
    assert facts["company.size"]["values"]["micro"] == {"zh": "微型", "en": "micro"}
    assert facts["company.age_months"]["source"]


def test_listing_does_not_load_the_rules(run, monkeypatch):
    monkeypatch.setattr(Rulebook, "load", lambda _path: pytest.fail("the rules were loaded"))
    assert run()[0] == 0
    assert run("product")[0] == 0


def test_one_fact_is_shown_whole(run):
    _, out, _ = run("lease.use")
    assert "What are the premises used for?" in out
    assert "office: offices only" in out
    assert "etown-2023-devices/rent" in out


def test_one_fact_as_json_names_its_clauses(run):
    _, out, _ = run("lease.rent_paid", "--format", "json")
    used_by = json.loads(out)["used_by"]
    assert used_by[0] == "etown-2023-devices/rent"
    assert [clause for clause in used_by if not clause.endswith("/rent")] == []
    assert len(used_by) == 6


@pytest.mark.parametrize("name", ["employees", "company.employees"])
def test_the_last_part_of_a_path_is_enough_where_it_is_unique(run, name):
    assert "company.employees" in run(name)[1]


def test_the_year_before_is_the_same_fact(run):
    assert "year.revenue" in run("prior_year.revenue")[1]


@pytest.mark.parametrize("name", ["product", "products"])
def test_a_record_is_listed_alone(run, name):
    _, out, _ = run(name)
    assert "product.device_class" in out
    assert "company.size" not in out


@pytest.mark.parametrize(
    ("name", "help_"),
    [
        ("company.employes", "did you mean `company.employees`?"),
        ("device_clas", "did you mean `device_class`?"),
        ("zzz", "see `eligibility facts`"),
        ("kind", "one of: product.kind, investment.kind"),
    ],
)
def test_an_unknown_fact_is_wrong_usage_with_the_nearest_name(run, name, help_):
    code, out, err = run(name)
    assert (code, out) == (2, "")
    assert "error[unknown-fact]" in err
    assert f"help: {help_}" in err


def test_a_fact_is_used_where_one_derived_from_it_is(rulebook):
    by_size, by_staff, by_sector = (
        {clause.id for clause in clauses_using(path, rulebook)}
        for path in ("company.size", "company.employees", "company.sme_sector")
    )
    assert by_size == by_staff
    assert "etown-2023-devices/rent" in by_size
    assert by_sector > by_size  # clauses for industry name the sector itself


def test_some_clause_uses_something_and_every_use_is_a_fact(rulebook):
    used = {clause.id for path in FACTS for clause in clauses_using(path, rulebook)}
    assert used == set(rulebook.by_id)


def test_rich_is_not_imported_for_json(run, monkeypatch):
    loaded = [name for name in sys.modules if name.split(".")[0] == "rich"]
    for name in loaded:
        monkeypatch.delitem(sys.modules, name)
    run("--format", "json")
    assert not any(name.split(".")[0] == "rich" for name in sys.modules)
