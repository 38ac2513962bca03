"""Errors of awards: their form, tables, brackets, instalments, and how fine a rate may be. Each with the whole text that is printed for it."""

from __future__ import annotations

import pytest

from eligibility.money import Rate

from valid_rules import POLICY, award, case, when  # isort: skip - beside this file

AWARDS = [
    case(
        "no form",
        award("{frequency: once}"),
        """
        policies/devices.yaml:25:12: error[missing-key]: the award has no form
           25 |     award: {frequency: once}
              |            ^^^^^^^^^^^^^^^^^
        help: one of: fixed, rate, per_unit, by, brackets, range, ceiling, unpublished, service
        """,
    ),
    case(
        "two forms",
        award("{fixed: 5元, ceiling: 6元, frequency: once}"),
        """
        policies/devices.yaml:25:33: error[unknown-key]: `ceiling` does not go with `fixed`
           25 |     award: {fixed: 5元, ceiling: 6元, frequency: once}
              |                                  ^^^
        help: an award has one form
        """,
    ),
    case(
        "half a form",
        award("{rate: 50%, frequency: once}"),
        """
        policies/devices.yaml:25:12: error[missing-key]: `rate` needs `of`
           25 |     award: {rate: 50%, frequency: once}
              |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: write: rate, of
        """,
    ),
    case(
        "a word that goes with another form",
        award("{fixed: 5元, otherwise: 6元, frequency: once}"),
        """
        policies/devices.yaml:25:35: error[unknown-key]: `otherwise` does not go with `fixed`
           25 |     award: {fixed: 5元, otherwise: 6元, frequency: once}
              |                                    ^^^
        help: an award has one form
        """,
    ),
    case(
        "no frequency",
        award("{fixed: 5元}"),
        """
        policies/devices.yaml:25:12: error[missing-key]: `frequency` is missing
           25 |     award: {fixed: 5元}
              |            ^^^^^^^^^^^^
        help: write `frequency: once` or `frequency: yearly`
        """,
    ),
    case(
        "an unknown frequency",
        award("{fixed: 5元, frequency: monthly}"),
        """
        policies/devices.yaml:25:35: error[unknown-word]: `monthly` is no frequency
           25 |     award: {fixed: 5元, frequency: monthly}
              |                                    ^^^^^^^
        help: one of: once, yearly
        """,
    ),
    case(
        "a negative amount",
        award("{fixed: -5元, frequency: once}"),
        """
        policies/devices.yaml:25:20: error[value]: `-5元` is negative
           25 |     award: {fixed: -5元, frequency: once}
              |                    ^^^^
        help: an amount of money is 0 or more
        """,
    ),
    case(
        "an amount finer than a fen",
        award("{fixed: 0.005元, frequency: once}"),
        """
        policies/devices.yaml:25:20: error[value]: `0.005元` is finer than a fen
           25 |     award: {fixed: 0.005元, frequency: once}
              |                    ^^^^^^^
        help: give at most two decimals of a yuan
        """,
    ),
    case(
        "an amount over the range",
        award("{fixed: 2万亿元, frequency: once}"),
        """
        policies/devices.yaml:25:20: error[value]: `2万亿元` is not an amount of money
           25 |     award: {fixed: 2万亿元, frequency: once}
              |                    ^^^^^^^
        help: write an amount such as `2000万元`, `1.2亿元`, `¥3,000,000` or `3000000.00` (yuan)
        """,
    ),
    case(
        "instalments short of 100%",
        award("{fixed: 5元, frequency: once, instalments: [40%, 30%, 20%]}"),
        """
        policies/devices.yaml:25:54: error[instalments]: the instalments do not add up to 100%
           25 |     award: {fixed: 5元, frequency: once, instalments: [40%, 30%, 20%]}
              |                                                       ^^^^^^^^^^^^^^^
        help: write shares such as `[40%, 60%]`
        """,
    ),
    case(
        "instalments over 100%",
        award("{fixed: 5元, frequency: once, instalments: [60%, 60%]}"),
        """
        policies/devices.yaml:25:54: error[instalments]: the instalments do not add up to 100%
           25 |     award: {fixed: 5元, frequency: once, instalments: [60%, 60%]}
              |                                                       ^^^^^^^^^^
        help: write shares such as `[40%, 60%]`
        """,
    ),
    case(
        "instalments that are none",
        award("{fixed: 5元, frequency: once, instalments: [half, 50%]}"),
        """
        policies/devices.yaml:25:55: error[value]: `half` is not a rate
           25 |     award: {fixed: 5元, frequency: once, instalments: [half, 50%]}
              |                                                        ^^^^
        help: write a rate such as `50%`, `5‰`, `0.5` or `1:1`
        """,
    ),
    case(
        "no instalments",
        award("{fixed: 5元, frequency: once, instalments: []}"),
        """
        policies/devices.yaml:25:54: error[empty]: the list of rates is empty
           25 |     award: {fixed: 5元, frequency: once, instalments: []}
              |                                                       ^^
        help: an empty group says nothing: leave it out
        """,
    ),
    case(
        "a range upside down",
        award("{range: [6元, 5元], frequency: once}"),
        """
        policies/devices.yaml:25:20: error[empty]: a range needs a lower and an upper amount
           25 |     award: {range: [6元, 5元], frequency: once}
              |                    ^^^^^^^^^^
        help: write `range: [1000万元, 4000万元]`
        """,
    ),
    case(
        "a range with one end",
        award("{range: [6元], frequency: once}"),
        """
        policies/devices.yaml:25:20: error[empty]: a range needs a lower and an upper amount
           25 |     award: {range: [6元], frequency: once}
              |                    ^^^^^
        help: write `range: [1000万元, 4000万元]`
        """,
    ),
    case(
        "a table without a row",
        (POLICY, "      otherwise: 0元\n", ""),
        """
        policies/devices.yaml:43:16: error[table-row-missing]: the table has no row for `phase_iii`
           43 |       amounts: {phase_i: 100万元, phase_ii: 200万元}
              |                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: add the row, or `otherwise:`
        """,
    ),
    case(
        "a table with an unknown row",
        (POLICY, "phase_ii: 200万元", "phase_five: 200万元"),
        """
        policies/devices.yaml:43:33: error[unknown-key]: the key `phase_five` is not known here
           43 |       amounts: {phase_i: 100万元, phase_five: 200万元}
              |                                   ^^^^^^^^^^
        help: did you mean `phase_iv`?
        """,
    ),
    case(
        "a table by a number",
        (POLICY, "by: trial.phase", "by: trial.cost"),
        """
        policies/devices.yaml:42:11: error[operator]: `trial.cost` is no enumeration
           42 |       by: trial.cost
              |           ^^^^^^^^^^
        help: a table needs a fact with a fixed set of values
        """,
    ),
    case(
        "a gap between brackets",
        (POLICY, "at_least: 100万元, rate: 2%", "at_least: 101万元, rate: 2%"),
        """
        policies/devices.yaml:57:13: error[bracket-gap]: this bracket does not begin where the one before ends
           57 |           - {at_least: 101万元, rate: 2%}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: pair `below: x` with `at_least: x`, and `at_most: x` with `above: x`
        """,
    ),
    case(
        "brackets that overlap",
        (POLICY, "at_least: 100万元, rate: 2%", "at_least: 99万元, rate: 2%"),
        """
        policies/devices.yaml:57:13: error[bracket-gap]: this bracket does not begin where the one before ends
           57 |           - {at_least: 99万元, rate: 2%}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: pair `below: x` with `at_least: x`, and `at_most: x` with `above: x`
        """,
    ),
    case(
        "a bracket that runs backwards",
        (
            POLICY,
            "- {at_least: 100万元, rate: 2%}",
            "- {at_least: 100万元, below: 50万元, rate: 2%}\n          - {at_least: 50万元, rate: 3%}",
        ),
        """
        policies/devices.yaml:57:13: error[bracket-gap]: no value lies in this bracket
           57 |           - {at_least: 100万元, below: 50万元, rate: 2%}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: its lower end comes first
        """,
    ),
    case(
        "a bracket of nothing",
        (
            POLICY,
            "- {at_least: 100万元, rate: 2%}",
            "- {at_least: 100万元, below: 100万元, rate: 2%}\n          - {at_least: 100万元, rate: 3%}",
        ),
        """
        policies/devices.yaml:57:13: error[bracket-gap]: no value lies in this bracket
           57 |           - {at_least: 100万元, below: 100万元, rate: 2%}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: its lower end comes first
        """,
    ),
    case(
        "a bound that two brackets own",
        (POLICY, "below: 100万元, rate: 1%", "at_most: 100万元, rate: 1%"),
        """
        policies/devices.yaml:57:13: error[bracket-gap]: this bracket does not begin where the one before ends
           57 |           - {at_least: 100万元, rate: 2%}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: pair `below: x` with `at_least: x`, and `at_most: x` with `above: x`
        """,
    ),
    case(
        "a bound that no bracket owns",
        (POLICY, "at_least: 100万元, rate: 2%", "above: 100万元, rate: 2%"),
        """
        policies/devices.yaml:57:13: error[bracket-gap]: this bracket does not begin where the one before ends
           57 |           - {above: 100万元, rate: 2%}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: pair `below: x` with `at_least: x`, and `at_most: x` with `above: x`
        """,
    ),
    case(
        "brackets that begin above zero",
        (POLICY, "{below: 100万元, rate: 1%}", "{at_least: 1元, below: 100万元, rate: 1%}"),
        """
        policies/devices.yaml:56:11: error[bracket-gap]: the brackets do not cover every value
           56 |           - {at_least: 1元, below: 100万元, rate: 1%}
              |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: start at 0 and leave the last end open
        """,
    ),
    case(
        "brackets with an end",
        (POLICY, "at_least: 100万元, rate: 2%", "at_least: 100万元, below: 200万元, rate: 2%"),
        """
        policies/devices.yaml:56:11: error[bracket-gap]: the brackets do not cover every value
           56 |           - {below: 100万元, rate: 1%}
              |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: start at 0 and leave the last end open
        """,
    ),
    case(
        "an end said twice",
        (POLICY, "at_least: 100万元, rate: 2%", "at_least: 100万元, above: 100万元, rate: 2%"),
        """
        policies/devices.yaml:57:13: error[shape]: `at_least` and `above` say the same end twice
           57 |           - {at_least: 100万元, above: 100万元, rate: 2%}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: keep one
        """,
    ),
    case(
        "a bracket with two gifts",
        (POLICY, "at_least: 100万元, rate: 2%", "at_least: 100万元, rate: 2%, fixed: 5元"),
        """
        policies/devices.yaml:57:13: error[shape]: a row gives either `fixed` or `rate`
           57 |           - {at_least: 100万元, rate: 2%, fixed: 5元}
              |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: write one of the two
        """,
    ),
    case(
        "a marginal bracket with an amount",
        (POLICY, "at_least: 100万元, rate: 2%", "at_least: 100万元, fixed: 5元"),
        """
        policies/devices.yaml:57:38: error[operator]: a marginal row gives a rate of its slice
           57 |           - {at_least: 100万元, fixed: 5元}
              |                                        ^^^
        help: write `rate: …`
        """,
    ),
    case(
        "an unknown mode",
        (POLICY, "mode: marginal", "mode: total"),
        """
        policies/devices.yaml:54:15: error[unknown-word]: `total` is no mode of brackets
           54 |         mode: total
              |               ^^^^^
        help: one of: whole, marginal
        """,
    ),
    case(
        "a bound that is a date",
        (POLICY, "at_least: 100万元, rate: 2%", "at_least: 2023-01-01, rate: 2%"),
        """
        policies/devices.yaml:57:24: error[value]: `2023-01-01` is not an amount of money
           57 |           - {at_least: 2023-01-01, rate: 2%}
              |                        ^^^^^^^^^^
        help: write an amount such as `2000万元`, `1.2亿元`, `¥3,000,000` or `3000000.00` (yuan)
        """,
    ),
    case(
        "a rate of people",
        [
            (POLICY, "of: {minus: [year.revenue, prior_year.revenue]}", "of: company.employees"),
            (POLICY, "{below: 100万元, rate: 1%}", "{below: 100, fixed: 1元}"),
            (POLICY, "{at_least: 100万元, rate: 2%}", "{at_least: 100, rate: 2%}"),
            (POLICY, "mode: marginal", "mode: whole"),
        ],
        """
        policies/devices.yaml:57:35: error[unit-clash]: a rate of a count is no money
           57 |           - {at_least: 100, rate: 2%}
              |                                   ^^
        help: write `fixed: …`
        """,
    ),
    case(
        "a rate of a rate too fine",
        award("{rate: 1/101, of: {rate: 1/101, of: company.parent_rnd}, frequency: once}"),
        """
        policies/devices.yaml:25:12: error[grain]: the rates of this award multiply to too fine a fraction
           25 |     award: {rate: 1/101, of: {rate: 1/101, of: company.parent_rnd}, frequency: once}
              |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: keep the common numerator and denominator within 10000
        """,
    ),
    case(
        "a quantity too fine",
        when(
            "{company.parent_rnd: {above: {plus: [{rate: 1/9973, of: year.revenue}, {rate: 1/9967, of: year.revenue}]}}}"
        ),
        """
        policies/devices.yaml:63:40: error[grain]: the rates in this expression multiply to too fine a fraction
           63 |     when: {company.parent_rnd: {above: {plus: [{rate: 1/9973, of: year.revenue}, {rate: 1/9967, of: year.revenue}]}}}
              |                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: keep the common numerator and denominator within 10000
        """,
    ),
    case(
        "a rate too fine by itself",
        award("{rate: 1/10001, of: company.parent_rnd, frequency: once}"),
        """
        policies/devices.yaml:25:19: error[value]: `1/10001` is too fine a rate
           25 |     award: {rate: 1/10001, of: company.parent_rnd, frequency: once}
              |                   ^^^^^^^
        help: both parts of the reduced fraction are at most 10000
        """,
    ),
    case(
        "a rate that divides by zero",
        award("{rate: 1/0, of: company.parent_rnd, frequency: once}"),
        """
        policies/devices.yaml:25:19: error[value]: `1/0` divides by zero
           25 |     award: {rate: 1/0, of: company.parent_rnd, frequency: once}
              |                   ^^^
        help: write a rate such as `50%`, `5‰`, `0.5` or `1:1`
        """,
    ),
]


@pytest.mark.parametrize(("changes", "expected"), AWARDS)
def test_awards(rules, changes, expected):
    assert rules.refusal(*changes) == expected


def test_thirds_add_up(rules):
    rules.replace(*award('{fixed: 5元, frequency: once, instalments: ["1:3", "1:3", "1:3"]}'))
    (clause,) = (clause for clause in rules.load().clauses if clause.award.instalments)
    assert clause.award.instalments == (Rate(1, 3),) * 3
