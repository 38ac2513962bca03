"""Errors of what a rulebook rests on: sources, ids, definitions. Each with the whole text that is printed for it."""

from __future__ import annotations

import pytest

from valid_rules import DEFINITIONS, DOCUMENTS, POLICY, STACKING, case  # isort: skip - beside this file


# ---- sources

SOURCES = [
    case(
        "an unknown document",
        (POLICY, "{document: NEWS, figure: by phase,", "{document: NEW, figure: by phase,"),
        """
        policies/devices.yaml:47:20: error[unknown-word]: `NEW` is no document of documents.yaml
           47 |       - {document: NEW, figure: by phase, supports: [amount]}
              |                    ^^^
        help: did you mean `NEWS`?
        """,
    ),
    case(
        "a quote of a document that is not held",
        (POLICY, "{document: NEWS, figure: by phase,", "{document: NEWS, quote: by phase,"),
        """
        policies/devices.yaml:47:33: error[quote-not-held]: `NEWS` is not held, so its words cannot be checked
           47 |       - {document: NEWS, quote: by phase, supports: [amount]}
              |                                 ^^^^^^^^
        help: write `figure:` in your own words
        """,
    ),
    case(
        "a citation of nothing",
        (POLICY, "{document: NEWS, figure: by phase,", "{document: NEWS,"),
        """
        policies/devices.yaml:47:9: error[missing-key]: the citation has neither `quote` nor `figure`
           47 |       - {document: NEWS, supports: [amount]}
              |         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: give the words or the figure
        """,
    ),
    case(
        "a citation that supports an unknown part",
        (POLICY, "figure: by phase, supports: [amount]", "figure: by phase, supports: [amounts]"),
        """
        policies/devices.yaml:47:55: error[unknown-word]: `amounts` is no part of a clause
           47 |       - {document: NEWS, figure: by phase, supports: [amounts]}
              |                                                       ^^^^^^^
        help: did you mean `amount`?
        """,
    ),
    case(
        "a citation that supports nothing",
        (POLICY, "figure: by phase, supports: [amount]", "figure: by phase, supports: []"),
        """
        policies/devices.yaml:47:54: error[empty]: the list of parts is empty
           47 |       - {document: NEWS, figure: by phase, supports: []}
              |                                                      ^^
        help: an empty group says nothing: leave it out
        """,
    ),
    case(
        "a clause without citations",
        (
            POLICY,
            "    citations:\n      - {document: NEWS, figure: by phase, supports: [amount]}\n",
            "    citations: []\n",
        ),
        """
        policies/devices.yaml:46:16: error[empty]: the list of citations is empty
           46 |     citations: []
              |                ^^
        help: an empty group says nothing: leave it out
        """,
    ),
    case(
        "a definition that rests on nothing",
        (DEFINITIONS, "    assumptions: [{zh: 按注册地, en: by the seat}]\n", ""),
        """
        definitions.yaml:3:5: error[missing-key]: the definition `in_yizhuang` rests on nothing
            3 |     title: {zh: 位于亦庄, en: in Yizhuang}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: add `citations:` or `assumptions:`
        """,
    ),
    case(
        "a stacking rule that rests on nothing",
        (STACKING, "    assumed: {zh: 就高, en: the highest}\n", ""),
        """
        stacking.yaml:9:5: error[missing-key]: this rule rests on nothing
            9 |   - id: one-of-two
              |     ^^^^^^^^^^^^^^
        help: add `citations:`, or `assumed: {zh: …, en: …}`
        """,
    ),
    case(
        "two documents with one id",
        (DOCUMENTS, "  - id: NEWS\n", "  - {id: NEWS, title: {zh: 先, en: first}, authority: weak}\n  - id: NEWS\n"),
        """
        documents.yaml:8:5: error[duplicate-id]: two documents have the id `NEWS`
            8 |   - id: NEWS
              |     ^^^^^^^^
        documents.yaml:7:5: note: first here
            7 |   - {id: NEWS, title: {zh: 先, en: first}, authority: weak}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: rename one
        """,
    ),
    case(
        "an unknown authority",
        (DOCUMENTS, "authority: newspaper", "authority: rumour"),
        """
        documents.yaml:10:16: error[unknown-word]: `rumour` is no authority
           10 |     authority: rumour
              |                ^^^^^^
        help: one of: official, government_news, newspaper, repost, weak
        """,
    ),
]


@pytest.mark.parametrize(("changes", "expected"), SOURCES)
def test_sources(rules, changes, expected):
    assert rules.refusal(*changes) == expected


# ---- ids

IDS = [
    case(
        "two clauses with one id",
        (POLICY, "- id: advice", "- id: loan"),
        """
        policies/devices.yaml:74:9: error[duplicate-id]: two clauses have the id `devices/loan`
           74 |   - id: loan
              |         ^^^^
        policies/devices.yaml:67:9: note: first here
           67 |   - id: loan
              |         ^^^^
        help: rename one
        """,
    ),
    case(
        "two stacking rules with one id",
        (STACKING, "id: one-of-two", "id: everything"),
        """
        stacking.yaml:9:9: error[duplicate-id]: two stacking rules have the id `everything`
            9 |   - id: everything
              |         ^^^^^^^^^^
        stacking.yaml:2:9: note: `everything` stands here
            2 |   - id: everything
              |         ^^^^^^^^^^
        help: rename one
        """,
    ),
    case(
        "a cap of a policy and a stacking rule with one id",
        (STACKING, "id: one-of-two", "id: per-company"),
        """
        stacking.yaml:9:9: error[duplicate-id]: two stacking rules have the id `per-company`
            9 |   - id: per-company
              |         ^^^^^^^^^^^
        policies/devices.yaml:10:9: note: `per-company` stands here
           10 |   - id: per-company
              |         ^^^^^^^^^^^
        help: rename one
        """,
    ),
    case(
        "a clause listed twice",
        (STACKING, "clauses: [devices/growth, devices/staff]", "clauses: [devices/growth, devices/growth]"),
        """
        stacking.yaml:10:14: error[duplicate-id]: `devices/growth` is listed twice
           10 |     clauses: [devices/growth, devices/growth]
              |              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: list each clause once
        """,
    ),
]


@pytest.mark.parametrize(("changes", "expected"), IDS)
def test_ids(rules, changes, expected):
    assert rules.refusal(*changes) == expected


# ---- definitions

DEFINITIONS = [
    case(
        "a definition that rests on itself",
        (DEFINITIONS, "when: {year.revenue: {above: 0元}}", "when: {not: earner}"),
        """
        definitions.yaml:11:5: error[cycle]: the definition `earner` rests on itself
           11 |     title: {zh: 有收入, en: it earns}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: via: earner → earner
        """,
    ),
    case(
        "definitions that rest on one another",
        [
            (DEFINITIONS, "when: {year.revenue: {above: 0元}}", "when: {all: [new_company, own_device]}"),
            (DEFINITIONS, "when: {company.registered_on: {within: 3 years}}", "when: {any: [earner]}"),
        ],
        """
        definitions.yaml:7:5: error[cycle]: the definition `new_company` rests on itself
            7 |     title: {zh: 新设, en: newly set up}
              |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: via: new_company → earner → new_company
        """,
    ),
    case(
        "a broken definition is reported once however often it is used",
        (DEFINITIONS, "when: {company.areas: {includes: biopark}}", "when: {company.areas: {includes: moon}}"),
        """
        definitions.yaml:4:38: error[unknown-value]: `moon` is no value of `company.areas`
            4 |     when: {company.areas: {includes: moon}}
              |                                      ^^^^
        help: one of: yizhuang_new_town, etown_core, ftz_etown_cluster, jiugong, biopark, daxing, tongzhou, daxing_airport_zone, daxing_biomedical_base, zhongguancun, haidian, changping, other_beijing, outside_beijing
        """,
    ),
]


@pytest.mark.parametrize(("changes", "expected"), DEFINITIONS)
def test_definitions(rules, changes, expected):
    assert rules.refusal(*changes) == expected
