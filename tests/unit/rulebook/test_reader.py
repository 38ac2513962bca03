"""Errors of form: keys, shapes, words, ids. Each with the whole text that is printed for it."""

from __future__ import annotations

import pytest

from valid_rules import POLICY, case  # isort: skip - beside this file

KEYS_AND_SHAPES = [
    case(
        "a key given twice",
        (
            POLICY,
            "    when: {company.size: [small, medium]}\n",
            "    when: {company.size: [small, medium]}\n    when: in_yizhuang\n",
        ),
        """
        policies/devices.yaml:64:5: error[duplicate-key]: the key `when` stands twice
           64 |     when: in_yizhuang
              |     ^^^^
        policies/devices.yaml:63:5: note: first here
           63 |     when: {company.size: [small, medium]}
              |     ^^^^
        help: keep one of the two
        """,
    ),
    case(
        "an unknown key with a near name",
        (POLICY, "    reference: any\n", "    referense: any\n"),
        """
        policies/devices.yaml:69:5: error[unknown-key]: the key `referense` is not known here
           69 |     referense: any
              |     ^^^^^^^^^
        help: did you mean `reference`?
        """,
    ),
    case(
        "an unknown key without a near name",
        (POLICY, "    reference: any\n", "    colour: red\n"),
        """
        policies/devices.yaml:69:5: error[unknown-key]: the key `colour` is not known here
           69 |     colour: red
              |     ^^^^^^
        help: known here: id, title, when, award, citations, for_each, caps, assumptions, reference, filing, apply
        """,
    ),
    case(
        "a missing key",
        (POLICY, "    title: {zh: 贷款, en: loan}\n", ""),
        """
        policies/devices.yaml:67:5: error[missing-key]: `title` is missing
           67 |   - id: loan
              |     ^^^^^^^^
        help: needed here: id, title, when, award, citations
        """,
    ),
    case(
        "a text in one language",
        (POLICY, "title: {zh: 贷款, en: loan}", "title: {zh: 贷款}"),
        """
        policies/devices.yaml:68:12: error[missing-key]: `en` is missing
           68 |     title: {zh: 贷款}
              |            ^^^^^^^^^^
        help: needed here: zh, en
        """,
    ),
    case(
        "a text that is no mapping",
        (POLICY, "title: {zh: 贷款, en: loan}", "title: loan"),
        """
        policies/devices.yaml:68:12: error[shape]: a mapping belongs here
           68 |     title: loan
              |            ^^^^
        help: write `zh: …`
        """,
    ),
    case(
        "a list that is a word",
        (POLICY, "requires: [in_yizhuang]", "requires: in_yizhuang"),
        """
        policies/devices.yaml:8:13: error[shape]: a list of conditions belongs here
            8 |   requires: in_yizhuang
              |             ^^^^^^^^^^^
        help: write `[…]` or `- …` lines
        """,
    ),
    case(
        "an empty list",
        (POLICY, "requires: [in_yizhuang]", "requires: []"),
        """
        policies/devices.yaml:8:13: error[empty]: the list of conditions is empty
            8 |   requires: []
              |             ^^
        help: an empty group says nothing: leave it out
        """,
    ),
    case(
        "clauses that are none",
        (POLICY, "requires: [in_yizhuang]", "requires: [in_yizhuang]\n  citations: []"),
        """
        policies/devices.yaml:9:14: error[empty]: the list of citations is empty
            9 |   citations: []
              |              ^^
        help: an empty group says nothing: leave it out
        """,
    ),
    case(
        "a word that is none of a few",
        (POLICY, "layer: N", "layer: M"),
        """
        policies/devices.yaml:3:10: error[unknown-word]: `M` is no layer
            3 |   layer: M
              |          ^
        help: one of: 1, N, general, municipal, district, national
        """,
    ),
    case(
        "an item kind with a near name",
        (POLICY, "for_each: lease", "for_each: leases"),
        """
        policies/devices.yaml:30:15: error[unknown-word]: `leases` is no kind of item
           30 |     for_each: leases
              |               ^^^^^^
        help: did you mean `lease`?
        """,
    ),
    case(
        "an id with capitals",
        (POLICY, "- id: growth", "- id: Growth Money"),
        """
        policies/devices.yaml:48:9: error[id]: `Growth Money` cannot be an id
           48 |   - id: Growth Money
              |         ^^^^^^^^^^^^
        help: use small letters, digits and hyphens: `special-review`

        stacking.yaml:9:9: error[unknown-clause]: `one-of-two` names `devices/growth`, which is no clause
            9 |   - id: one-of-two
              |         ^^^^^^^^^^
        help: did you mean `devices/rent`?
        """,
    ),
    case(
        "a truth value that is none",
        (POLICY, "award: {service: true}", "award: {service: sometimes}"),
        """
        policies/devices.yaml:77:22: error[value]: `sometimes` is neither true nor false
           77 |     award: {service: sometimes}
              |                      ^^^^^^^^^
        help: write `true` or `false`
        """,
    ),
    case(
        "a date that does not exist",
        (POLICY, "issued: 2023-02-16", "issued: 2023-02-30"),
        """
        policies/devices.yaml:6:11: error[value]: `2023-02-30` is no day of the calendar
            6 |   issued: 2023-02-30
              |           ^^^^^^^^^^
        help: write a date of the calendar as year-month-day, such as `2023-06-30`
        """,
    ),
    case(
        "a policy that ends before it begins",
        (POLICY, "to: 2026-02-15", "to: 2023-02-15"),
        """
        policies/devices.yaml:7:13: error[dates]: the policy ends before it begins
            7 |   in_force: {from: 2023-02-16, to: 2023-02-15}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: `from` is the earlier day
        """,
    ),
]


@pytest.mark.parametrize(("changes", "expected"), KEYS_AND_SHAPES)
def test_keys_and_shapes(rules, changes, expected):
    assert rules.refusal(*changes) == expected
