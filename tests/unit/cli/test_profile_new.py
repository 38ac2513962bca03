"""`eligibility profile new`: the template is a profile, as it stands and filled in."""

from __future__ import annotations

import re
from datetime import date

import pytest
from rich.cells import cell_len

from eligibility import Rulebook, check
from eligibility.cli import main
from eligibility.cli.profile_new import WIDTH, template
from eligibility.diagnostics import Source
from eligibility.profile.catalogue import LISTS
from eligibility.profile.files import parse_profile
from eligibility.profile.records import Company

LANGS = pytest.mark.parametrize("lang", ["en", "zh"])
MARK = re.compile(r"^( *)# ((?: {2}- | {4})?[a-z_]+:.*)$", re.MULTILINE)


def filled(lang):
    """Take every mark before a fact away, as the header tells its reader."""
    return (
        MARK.sub(r"\1\2", template(lang)).replace("payments: []", "payments:").replace("  name:  ", "  name: 某公司 ")
    )


def read(text):
    return parse_profile(Source("template.yaml", text)).profile


@LANGS
def test_the_template_is_a_profile_that_knows_only_that_there_are_no_payments(lang):
    assert read(template(lang)).to_dict() == {"company": {}, "payments": []}


@LANGS
def test_without_its_marks_the_template_is_a_profile_that_knows_everything(lang):
    profile = read(filled(lang))
    assert [name for name in Company.FACTS if getattr(profile.company, name) is None] == []
    for name, record in LISTS.items():
        (entry,) = getattr(profile, name)
        assert [fact for fact in record.FACTS if getattr(entry, fact) is None] == []


def test_both_languages_give_the_same_sample_but_for_names():
    english, chinese = read(filled("en")).to_dict(), read(filled("zh")).to_dict()
    for part in (english, chinese):
        for entries in part.values():
            for entry in entries if isinstance(entries, list) else [entries]:
                entry.pop("name", None)
    assert english == chinese


@LANGS
def test_each_mark_alone_can_be_taken_away(lang):
    lines = template(lang).splitlines()
    company = lines[lines.index("company:") if "company:" in lines else 0 :]
    for place, line in enumerate(company):
        if line.startswith("  # ") and MARK.match(line):
            text = "\n".join([*company[:place], MARK.sub(r"\1\2", line), *company[place + 1 :]])
            assert len(read(text).to_dict()["company"]) == 1


@LANGS
def test_the_sample_can_be_assessed(lang):
    assert check(read(filled(lang)), Rulebook.load(), on=date(2023, 6, 30)).awards


@LANGS
def test_the_template_fits_a_page_and_asks_every_question(lang):
    text = template(lang)
    assert max(map(cell_len, text.splitlines())) <= WIDTH + 2
    assert not re.search(r" +$", text, re.MULTILINE)
    folded = re.sub(r"\n *# +# ", " ", text)
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
