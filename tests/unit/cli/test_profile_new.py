"""`eligibility profile new`: the template is a profile, as it stands and filled in."""

from __future__ import annotations

import re
from datetime import date

import pytest
from own_rules import POLICY, USED, write
from rich.cells import cell_len

from eligibility import Rulebook, check
from eligibility.cli import main
from eligibility.cli.profile_new import WIDTH, template
from eligibility.diagnostics import Source
from eligibility.profile.catalogue import LISTS
from eligibility.profile.files import parse_profile
from eligibility.profile.records import Company

LANGS = pytest.mark.parametrize("lang", ["en", "zh"])
RULES = pytest.mark.parametrize("rules", [None, "shipped", "own"])
MARK = re.compile(r"^( *)# ((?: {2}- | {4})?[a-z_]+:.*)$", re.MULTILINE)


@pytest.fixture
def rulebook(rules, tmp_path):
    """Give the rulebook that a template is for; none for a template of every fact."""
    return {None: lambda: None, "shipped": Rulebook.load, "own": lambda: Rulebook.load(write(tmp_path / "own"))}[
        rules
    ]()


def filled(lang, rulebook=None):
    """Take every mark before a fact away, as the header tells its reader."""
    text = MARK.sub(r"\1\2", template(lang, rulebook))
    return text.replace("payments: []", "payments:").replace("  name:  ", "  name: 某公司 ")


def read(text):
    return parse_profile(Source("template.yaml", text)).profile


@LANGS
@RULES
def test_the_template_is_a_profile_that_knows_only_that_there_are_no_payments(lang, rulebook):
    assert read(template(lang, rulebook)).to_dict() == {"company": {}, "payments": []}


@LANGS
def test_without_its_marks_the_template_is_a_profile_that_knows_everything(lang):
    profile = read(filled(lang))
    assert [name for name in Company.FACTS if getattr(profile.company, name) is None] == []
    for name, record in LISTS.items():
        (entry,) = getattr(profile, name)
        assert [fact for fact in record.FACTS if getattr(entry, fact) is None] == []


@LANGS
def test_for_rules_of_ones_own_it_knows_everything_they_use_and_nothing_else(lang, tmp_path):
    sample = read(filled(lang, Rulebook.load(write(tmp_path / "own")))).to_dict()
    company = {"company": set(sample.pop("company"))}
    assert company | {name: set(entry) for name, (entry,) in sample.items()} == USED


def test_the_facts_for_some_rules_are_among_all_facts():
    everything, used = read(filled("en")).to_dict(), read(filled("en", Rulebook.load())).to_dict()
    assert set(used) <= set(everything)
    assert used != everything


@pytest.mark.parametrize(
    ("award", "payment"),
    [("fixed: 1万元, frequency: once", ("own/advice", "none")), ("service: true", ("own/rent", "leases[0]"))],
)
def test_the_sample_of_a_payment_is_for_the_first_clause_that_pays(award, payment, tmp_path):
    rulebook = Rulebook.load(write(tmp_path / "own", POLICY.replace("service: true", award)))
    (sample,) = read(filled("en", rulebook)).payments
    assert (sample.clause, sample.item) == payment


@RULES
def test_both_languages_give_the_same_sample_but_for_names(rulebook):
    english, chinese = (read(filled(lang, rulebook)).to_dict() for lang in ("en", "zh"))
    for part in (english, chinese):
        for entries in part.values():
            for entry in entries if isinstance(entries, list) else [entries]:
                entry.pop("name", None)
    assert english == chinese


@LANGS
@RULES
def test_each_mark_alone_can_be_taken_away(lang, rulebook):
    lines = template(lang, rulebook).splitlines()
    company = lines[lines.index("company:") if "company:" in lines else 0 :]
    for place, line in enumerate(company):
        if line.startswith("  # ") and MARK.match(line):
            text = "\n".join([*company[:place], MARK.sub(r"\1\2", line), *company[place + 1 :]])
            assert len(read(text).to_dict()["company"]) == 1


@LANGS
@RULES
def test_the_sample_can_be_assessed(lang, rulebook):
    assert check(read(filled(lang, rulebook)), rulebook or Rulebook.load(), on=date(2023, 6, 30)).awards


@LANGS
def test_the_template_fits_a_page_and_asks_every_question(lang):
    text = template(lang)
    assert max(map(cell_len, text.splitlines())) <= WIDTH + 2
    assert not re.search(r" +$", text, re.MULTILINE)
    folded = re.sub(r"\n *# +# ", "" if lang == "zh" else " ", text)
    for record in (Company, *LISTS.values()):
        for fact in record.FACTS.values():
            assert fact.question[lang] in folded
            for word, label in (fact.values or {}).items():
                assert (label.zh if lang == "zh" else word) in text


@LANGS
def test_the_command_prints_it(lang, capsys, monkeypatch):
    monkeypatch.setenv("ELIGIBILITY_GC", "on")
    main(["profile", "new", "--lang", lang])
    assert capsys.readouterr().out == template(lang) + "\n"


@LANGS
def test_the_command_prints_it_for_rules_of_ones_own(lang, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("ELIGIBILITY_GC", "on")
    folder = write(tmp_path / "own")
    main(["profile", "new", "--lang", lang, "--rules", str(folder)])
    printed = capsys.readouterr().out
    assert printed == template(lang, Rulebook.load(folder)) + "\n"
    assert " --rules DIR" in printed.splitlines()[0]
