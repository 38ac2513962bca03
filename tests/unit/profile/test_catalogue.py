"""The catalogue: every fact can be named, asked for in both languages, and written down."""

from __future__ import annotations

import re

import pytest

from eligibility.profile.catalogue import DATED_BY, FACTS, ITEM_KINDS, LISTS, MANY, asked_for, by_topic
from eligibility.profile.facts import FactType, fact_range, reader
from eligibility.profile.records import Company, Lease
from eligibility.profile.words import COMPANY_TOPICS

HAN = re.compile(r"[\u4e00-\u9fff]")
facts = pytest.mark.parametrize("fact", FACTS.values(), ids=list(FACTS))
with_words = pytest.mark.parametrize(
    "fact", [fact for fact in FACTS.values() if fact.values is not None], ids=[p for p, f in FACTS.items() if f.values]
)
DERIVED = {"company.age_months", "company.months_in_yizhuang"}


def test_the_catalogue_holds_every_field_of_every_record_once():
    records = [Company, *LISTS.values()]
    fields = [f"{record.KIND}.{name}" for record in records for name in record.FACTS if record.KIND != "payment"]
    assert sorted(FACTS) == sorted([*fields, *DERIVED])
    assert len(set(FACTS)) == len(fields) + 2


def test_kinds_and_lists_belong_together():
    assert MANY == {
        "year": "years", "project": "projects", "product": "products", "trial": "trials", "lease": "leases",
        "investment": "investments", "talent": "talents", "payment": "payments",
    }  # fmt: skip
    assert ITEM_KINDS == ("project", "product", "trial", "lease", "investment", "talent")


def test_the_topics_part_the_facts_of_the_company_in_their_order():
    company = [fact for fact in FACTS.values() if fact.kind == "company" and fact.name in Company.FACTS]
    parted = list(by_topic(company))
    assert [fact for _, about_it in parted for fact in about_it] == company
    assert [about_it[0].name for _, about_it in parted] == list(COMPANY_TOPICS)
    assert [(topic.zh, topic.en) for topic, _ in parted] == list(COMPANY_TOPICS.values())


def test_a_topic_is_told_of_any_fact_alone_and_other_records_have_none():
    (alone,) = by_topic([FACTS["company.esg_rated_a"]])
    assert alone[0].en == "green production"
    assert [topic for topic, _ in by_topic(Lease.FACTS.values())] == [None]


@facts
def test_a_path_is_a_known_kind_and_a_name(fact):
    assert FACTS[fact.path] is fact
    assert re.fullmatch(r"[a-z]+\.[a-z][a-z_]*[a-z]", fact.path)
    assert fact.kind in ("company", "year", *ITEM_KINDS)
    assert fact.path == f"{fact.kind}.{fact.name}"


@facts
def test_a_fact_has_a_label_and_a_question_in_both_languages(fact):
    for words in (fact.label, fact.question):
        assert HAN.search(words.zh)
        assert re.search(r"[A-Za-z]", words.en)
        assert not HAN.search(words.en)
        assert words.zh == words.zh.strip()
        assert words.en == words.en.strip()
    assert fact.question.zh.endswith("？")
    assert fact.question.en.endswith("?")
    assert not fact.label.en.endswith((".", "?"))


@facts
def test_a_range_is_sensible(fact):
    low, high = fact_range(fact)
    assert low >= 0
    assert high is None if fact.type is FactType.MONEY else high > low
    if fact.type is FactType.YEAR:
        assert (low, high) == (1900, 2200)


@facts
def test_counts_and_only_counts_say_what_they_count(fact):
    assert (fact.unit is not None) == (fact.type is FactType.COUNT)
    if fact.unit is not None:
        assert HAN.search(fact.unit.zh) or fact.unit.zh == "m²"
        assert fact.unit.en


@facts
def test_enumerations_and_only_enumerations_have_words(fact):
    assert (fact.values is not None) == (fact.type in (FactType.CHOICE, FactType.CHOICES))


@facts
def test_only_dates_can_lie_after_the_day(fact):
    assert not fact.not_after_on or fact.type is FactType.DATE


@with_words
def test_every_word_has_a_label_in_both_languages_and_none_is_shared(fact):
    assert len(fact.values) >= 2
    for word, label in fact.values.items():
        assert re.fullmatch(r"[a-z][a-z0-9_]*", word)
        assert label.zh == label.zh.strip() != ""
        assert label.en == label.en.strip() != ""
        assert not HAN.search(label.en)
    for labels in ([label.zh for label in fact.values.values()], [label.en for label in fact.values.values()]):
        assert len(set(labels)) == len(labels)
    assert not set(fact.values) & {label.zh for label in fact.values.values()}


@with_words
def test_every_word_and_every_chinese_label_is_read_as_that_word(fact):
    read = reader(fact)
    for word, label in fact.values.items():
        for written in (word, label.zh):
            assert read([written] if fact.type is FactType.CHOICES else written) == (
                {word} if fact.type is FactType.CHOICES else word
            )


def test_labels_are_unique_within_a_record():
    for kind in ("company", "year", *ITEM_KINDS):
        labels = [fact.label for fact in FACTS.values() if fact.kind == kind]
        assert len({label.zh for label in labels}) == len(labels)
        assert len({label.en for label in labels}) == len(labels)


def test_every_item_kind_is_dated_by_a_year_or_a_date_of_its_own():
    assert set(DATED_BY) == set(ITEM_KINDS)
    for kind, path in DATED_BY.items():
        assert FACTS[path].kind == kind
        assert FACTS[path].type in (FactType.YEAR, FactType.DATE)


def test_derived_facts_name_their_source_and_what_to_ask_instead():
    assert {fact.path for fact in FACTS.values() if fact.source is not None} == DERIVED
    assert asked_for("company.age_months") == "company.registered_on"
    assert asked_for("company.months_in_yizhuang") == "company.registered_in_yizhuang_on"
    assert asked_for("lease.rent_paid") == "lease.rent_paid"
    for path in DERIVED:
        assert asked_for(path) in FACTS[path].source
