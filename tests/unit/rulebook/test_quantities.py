"""Errors of conditions and quantities: names, units, and what a clause can speak of. Each with the whole text that is printed for it."""

from __future__ import annotations

import pytest

from valid_rules import POLICY, STACKING, award, case, when  # isort: skip - beside this file


# ---- names

NAMES = [
    case(
        "an unknown fact with a near name",
        when("{company.siz: small}"),
        """
        policies/devices.yaml:63:12: error[unknown-fact]: there is no fact `company.siz`
           63 |     when: {company.siz: small}
              |            ^^^^^^^^^^^
        help: did you mean `company.size`?
        """,
    ),
    case(
        "an unknown fact without a near name",
        when("{company.shareholders: 5}"),
        """
        policies/devices.yaml:63:12: error[unknown-fact]: there is no fact `company.shareholders`
           63 |     when: {company.shareholders: 5}
              |            ^^^^^^^^^^^^^^^^^^^^
        help: known here: company.name, company.credit_code, company.registered_on, company.areas, company.registered_in_yizhuang_on, company.moved_into_yizhuang, company.track, company.activities, company.independent_legal_person, company.employees, company.sme_sector, company.size; see `eligibility facts`
        """,
    ),
    case(
        "an unknown kind of fact",
        when("{machine.price: 5}"),
        """
        policies/devices.yaml:63:12: error[unknown-fact]: there is no fact `machine.price`
           63 |     when: {machine.price: 5}
              |            ^^^^^^^^^^^^^
        help: known here: company.name, company.credit_code, company.registered_on, company.areas, company.registered_in_yizhuang_on, company.moved_into_yizhuang, company.track, company.activities, company.independent_legal_person, company.employees, company.sme_sector, company.size; see `eligibility facts`
        """,
    ),
    case(
        "a fact of the year before that is none",
        when("{prior_year.revenu: {above: 5元}}"),
        """
        policies/devices.yaml:63:12: error[unknown-fact]: there is no fact `prior_year.revenu`
           63 |     when: {prior_year.revenu: {above: 5元}}
              |            ^^^^^^^^^^^^^^^^^
        help: did you mean `year.revenue`?
        """,
    ),
    case(
        "an unknown definition",
        when("tiny_company"),
        """
        policies/devices.yaml:63:11: error[unknown-definition]: there is no definition `tiny_company`
           63 |     when: tiny_company
              |           ^^^^^^^^^^^^
        help: add it to definitions.yaml, or write a test such as `company.track: …`
        """,
    ),
    case(
        "an unknown definition in a group",
        when("{any: [in_yizhuang, {not: tiny_company}]}"),
        """
        policies/devices.yaml:63:37: error[unknown-definition]: there is no definition `tiny_company`
           63 |     when: {any: [in_yizhuang, {not: tiny_company}]}
              |                                     ^^^^^^^^^^^^
        help: add it to definitions.yaml, or write a test such as `company.track: …`
        """,
    ),
    case(
        "an unknown comparison",
        when("{company.employees: {at_lest: 5}}"),
        """
        policies/devices.yaml:63:32: error[unknown-key]: `at_lest` is no comparison
           63 |     when: {company.employees: {at_lest: 5}}
              |                                ^^^^^^^
        help: did you mean `at_least`?
        """,
    ),
    case(
        "a comparison of another type",
        when("{company.employees: {before: 2023-01-01}}"),
        """
        policies/devices.yaml:63:32: error[operator]: `before` does not fit `company.employees`, a count
           63 |     when: {company.employees: {before: 2023-01-01}}
              |                                ^^^^^^
        help: it takes: at_least, at_most, above, below, between
        """,
    ),
    case(
        "a comparison of a word",
        when("{company.size: {at_least: small}}"),
        """
        policies/devices.yaml:63:27: error[operator]: `at_least` does not fit `company.size`, a choice
           63 |     when: {company.size: {at_least: small}}
              |                           ^^^^^^^^
        help: it takes: a plain value or a list
        """,
    ),
    case(
        "a value outside an enumeration",
        when("{company.size: tiny}"),
        """
        policies/devices.yaml:63:26: error[unknown-value]: `tiny` is no value of `company.size`
           63 |     when: {company.size: tiny}
              |                          ^^^^
        help: one of: micro, small, medium, large
        """,
    ),
    case(
        "a value outside an enumeration in a list",
        when("{company.size: [small, mediun]}"),
        """
        policies/devices.yaml:63:34: error[unknown-value]: `mediun` is no value of `company.size`
           63 |     when: {company.size: [small, mediun]}
              |                                  ^^^^^^
        help: did you mean `medium`?
        """,
    ),
    case(
        "a value outside a set",
        when("{company.activities: {includes: nothing}}"),
        """
        policies/devices.yaml:63:43: error[unknown-value]: `nothing` is no value of `company.activities`
           63 |     when: {company.activities: {includes: nothing}}
              |                                           ^^^^^^^
        help: one of: rnd, production, service, sales
        """,
    ),
    case(
        "a set compared as one word",
        when("{company.activities: rnd}"),
        """
        policies/devices.yaml:63:32: error[operator]: `company.activities` holds several words
           63 |     when: {company.activities: rnd}
              |                                ^^^
        help: write `{includes: …}`, `{includes_any: […]}` or `{includes_all: […]}`
        """,
    ),
    case(
        "a list for a truth value",
        when("{company.foreign_funded: [true, false]}"),
        """
        policies/devices.yaml:63:36: error[operator]: `company.foreign_funded` is true or false
           63 |     when: {company.foreign_funded: [true, false]}
              |                                    ^^^^^^^^^^^^^
        help: write `true` or `false`
        """,
    ),
    case(
        "a test of a text",
        when("{company.name: Acme}"),
        """
        policies/devices.yaml:63:12: error[operator]: `company.name` is a text that no clause can test
           63 |     when: {company.name: Acme}
              |            ^^^^^^^^^^^^
        help: test another fact
        """,
    ),
    case(
        "a mapping with two keys",
        when("{company.size: small, company.employees: 5}"),
        """
        policies/devices.yaml:63:11: error[shape]: a mapping with one key belongs here
           63 |     when: {company.size: small, company.employees: 5}
              |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        help: put each test in its own list entry
        """,
    ),
    case(
        "a count out of range",
        when("{company.employees: {at_least: -5}}"),
        """
        policies/devices.yaml:63:42: error[value]: `-5` is not a whole number
           63 |     when: {company.employees: {at_least: -5}}
              |                                          ^^
        help: write a whole number from 0 to 1000000000
        """,
    ),
    case(
        "a rate over 100%",
        when("{some: {project: {project.share: {above: 150%}}}}"),
        """
        policies/devices.yaml:63:52: error[value]: `150%` is over 100%
           63 |     when: {some: {project: {project.share: {above: 150%}}}}
              |                                                    ^^^^
        help: this rate is a share: at most `100%`
        """,
    ),
    case(
        "an empty interval",
        when("{company.employees: {between: [300, 20]}}"),
        """
        policies/devices.yaml:63:41: error[empty]: the interval is empty
           63 |     when: {company.employees: {between: [300, 20]}}
              |                                         ^^^^^^^^^
        help: the first end is the lower one
        """,
    ),
    case(
        "an interval with one end",
        when("{company.employees: {between: [300]}}"),
        """
        policies/devices.yaml:63:41: error[shape]: `between` takes two ends
           63 |     when: {company.employees: {between: [300]}}
              |                                         ^^^^^
        help: write `between: [low, high]`, both inside
        """,
    ),
    case(
        "a period that is none",
        when("{company.registered_on: {within: 3 winters}}"),
        """
        policies/devices.yaml:63:44: error[value]: `3 winters` is not a period
           63 |     when: {company.registered_on: {within: 3 winters}}
              |                                            ^^^^^^^^^
        help: write a period such as `3 years`, `18 months`, `90 days`, `3年`, `18个月` or `90天`
        """,
    ),
    case(
        "an empty all",
        when("{all: []}"),
        """
        policies/devices.yaml:63:17: error[empty]: the list of conditions is empty
           63 |     when: {all: []}
              |                 ^^
        help: an empty group says nothing: leave it out
        """,
    ),
    case(
        "an empty any",
        when("{not: {any: []}}"),
        """
        policies/devices.yaml:63:23: error[empty]: the list of conditions is empty
           63 |     when: {not: {any: []}}
              |                       ^^
        help: an empty group says nothing: leave it out
        """,
    ),
    case(
        "an empty list of values",
        when("{company.size: []}"),
        """
        policies/devices.yaml:63:26: error[empty]: the list of values is empty
           63 |     when: {company.size: []}
              |                          ^^
        help: an empty group says nothing: leave it out
        """,
    ),
    case(
        "some of no kind",
        when("{some: {machine: in_yizhuang}}"),
        """
        policies/devices.yaml:63:19: error[unknown-word]: `machine` is no kind of item
           63 |     when: {some: {machine: in_yizhuang}}
              |                   ^^^^^^^
        help: one of: project, product, trial, lease, investment, talent
        """,
    ),
    case(
        "an empty condition",
        when("{}"),
        """
        policies/devices.yaml:63:11: error[shape]: a mapping with one key belongs here
           63 |     when: {}
              |           ^^
        help: put each test in its own list entry
        """,
    ),
]


@pytest.mark.parametrize(("changes", "expected"), NAMES)
def test_names(rules, changes, expected):
    assert rules.refusal(*changes) == expected


# ---- units

UNITS = [
    case(
        "a date where money belongs",
        when("{company.parent_rnd: {above: 2023-01-01}}"),
        """
        policies/devices.yaml:63:40: error[value]: `2023-01-01` is not an amount of money
           63 |     when: {company.parent_rnd: {above: 2023-01-01}}
              |                                        ^^^^^^^^^^
        help: write an amount such as `2000万元`, `1.2亿元`, `¥3,000,000` or `3000000.00` (yuan)
        """,
    ),
    case(
        "a date fact where money belongs",
        when("{company.parent_rnd: {above: company.registered_on}}"),
        """
        policies/devices.yaml:63:40: error[unit-clash]: `company.registered_on` is a date, no quantity
           63 |     when: {company.parent_rnd: {above: company.registered_on}}
              |                                        ^^^^^^^^^^^^^^^^^^^^^
        help: a quantity is money or a count
        """,
    ),
    case(
        "money where a count belongs",
        when("{company.employees: {above: 5万元}}"),
        """
        policies/devices.yaml:63:39: error[value]: `5万元` is not a whole number
           63 |     when: {company.employees: {above: 5万元}}
              |                                       ^^^^^
        help: write a whole number from 0 to 1000000000
        """,
    ),
    case(
        "a money fact where a count belongs",
        when("{company.employees: {above: company.parent_rnd}}"),
        """
        policies/devices.yaml:63:39: error[unit-clash]: money stands where a count of people belongs
           63 |     when: {company.employees: {above: company.parent_rnd}}
              |                                       ^^^^^^^^^^^^^^^^^^
        help: compare like with like
        """,
    ),
    case(
        "a count of items where people belong",
        when("{company.employees: {above: {count: product}}}"),
        """
        policies/devices.yaml:63:39: error[unit-clash]: a count of items stands where a count of people belongs
           63 |     when: {company.employees: {above: {count: product}}}
              |                                       ^^^^^^^^^^^^^^^^
        help: compare like with like
        """,
    ),
    case(
        "money and people added up",
        when("{company.parent_rnd: {above: {plus: [year.revenue, company.employees]}}}"),
        """
        policies/devices.yaml:63:62: error[unit-clash]: a count of people stands beside money
           63 |     when: {company.parent_rnd: {above: {plus: [year.revenue, company.employees]}}}
              |                                                              ^^^^^^^^^^^^^^^^^
        help: put together like with like
        """,
    ),
    case(
        "a word where a quantity belongs",
        when("{company.parent_rnd: {above: {rate: 5%, of: company.size}}}"),
        """
        policies/devices.yaml:63:55: error[unit-clash]: `company.size` is a choice, no quantity
           63 |     when: {company.parent_rnd: {above: {rate: 5%, of: company.size}}}
              |                                                       ^^^^^^^^^^^^
        help: a quantity is money or a count
        """,
    ),
    case(
        "a quantity that is none",
        when("{company.parent_rnd: {above: {twice: year.revenue}}}"),
        """
        policies/devices.yaml:63:41: error[unknown-key]: `twice` is no quantity
           63 |     when: {company.parent_rnd: {above: {twice: year.revenue}}}
              |                                         ^^^^^
        help: one of: rate, plus, minus, least, greatest, sum, count
        """,
    ),
    case(
        "an amount that is none",
        when("{company.parent_rnd: {above: much}}"),
        """
        policies/devices.yaml:63:40: error[value]: `much` is not an amount of money
           63 |     when: {company.parent_rnd: {above: much}}
              |                                        ^^^^
        help: write an amount such as `2000万元`, `1.2亿元`, `¥3,000,000` or `3000000.00` (yuan)
        """,
    ),
    case(
        "a sum of one",
        when("{company.parent_rnd: {above: {plus: [year.revenue]}}}"),
        """
        policies/devices.yaml:63:40: error[empty]: `plus` needs two quantities
           63 |     when: {company.parent_rnd: {above: {plus: [year.revenue]}}}
              |                                        ^^^^^^^^^^^^^^^^^^^^^^
        help: write a list of at least two
        """,
    ),
    case(
        "a difference of three",
        when("{company.parent_rnd: {above: {minus: [5元, 5元, 5元]}}}"),
        """
        policies/devices.yaml:63:40: error[shape]: `minus` takes two quantities
           63 |     when: {company.parent_rnd: {above: {minus: [5元, 5元, 5元]}}}
              |                                        ^^^^^^^^^^^^^^^^^^^^^^^^
        help: write `minus: [from, what]`
        """,
    ),
    case(
        "a sum over no items",
        when("{company.parent_rnd: {above: {sum: year.revenue}}}"),
        """
        policies/devices.yaml:63:46: error[scope]: `sum` adds up a fact of items
           63 |     when: {company.parent_rnd: {above: {sum: year.revenue}}}
              |                                              ^^^^^^^^^^^^
        help: one of the kinds: project, product, trial, lease, investment, talent
        """,
    ),
    case(
        "a count of no kind",
        when("{company.parent_rnd: {above: {count: year}}}"),
        """
        policies/devices.yaml:63:48: error[unknown-word]: `year` is no kind of item
           63 |     when: {company.parent_rnd: {above: {count: year}}}
              |                                                ^^^^
        help: one of: project, product, trial, lease, investment, talent
        """,
    ),
    case(
        "a rate that is none",
        when("{company.parent_rnd: {above: {rate: half, of: year.revenue}}}"),
        """
        policies/devices.yaml:63:47: error[value]: `half` is not a rate
           63 |     when: {company.parent_rnd: {above: {rate: half, of: year.revenue}}}
              |                                               ^^^^
        help: write a rate such as `50%`, `5‰`, `0.5` or `1:1`
        """,
    ),
    case(
        "a list where a quantity belongs",
        when("{company.parent_rnd: {above: {rate: 5%, of: [year.revenue]}}}"),
        """
        policies/devices.yaml:63:55: error[shape]: a quantity belongs here
           63 |     when: {company.parent_rnd: {above: {rate: 5%, of: [year.revenue]}}}
              |                                                       ^^^^^^^^^^^^^^
        help: a fact, an amount, or one of: rate, plus, minus, least, greatest, sum, count
        """,
    ),
    case(
        "a count past its range",
        when("{company.employees: {above: {plus: [company.employees, 1000000001]}}}"),
        """
        policies/devices.yaml:63:66: error[unit-clash]: `1000000001` is no count
           63 |     when: {company.employees: {above: {plus: [company.employees, 1000000001]}}}
              |                                                                  ^^^^^^^^^^
        help: write a whole number up to 1000000000
        """,
    ),
    case(
        "money per unit of money",
        award("{per_unit: 800元, of: company.parent_rnd, frequency: once}"),
        """
        policies/devices.yaml:25:33: error[unit-clash]: `per_unit` multiplies a count, not money
           25 |     award: {per_unit: 800元, of: company.parent_rnd, frequency: once}
              |                                  ^^^^^^^^^^^^^^^^^^
        help: write `rate: … of: …`
        """,
    ),
    case(
        "a share of people",
        award("{rate: 5%, of: company.employees, frequency: once}"),
        """
        policies/devices.yaml:25:27: error[unit-clash]: a count of people stands where money belongs
           25 |     award: {rate: 5%, of: company.employees, frequency: once}
              |                           ^^^^^^^^^^^^^^^^^
        help: compare like with like
        """,
    ),
    case(
        "a number that counts nothing",
        (
            POLICY,
            "award: {per_unit: 800元, of: company.employees, frequency: once}",
            "award: {per_unit: 800元, of: 5, frequency: once}",
        ),
        """
        policies/devices.yaml:64:33: error[unit-clash]: `5` has no unit here
           64 |     award: {per_unit: 800元, of: 5, frequency: once}
              |                                  ^
        help: put a fact first, or write an amount such as `100元`
        """,
    ),
]


@pytest.mark.parametrize(("changes", "expected"), UNITS)
def test_units(rules, changes, expected):
    assert rules.refusal(*changes) == expected


# ---- scope

SCOPE = [
    case(
        "a fact of an item outside for_each",
        when("{lease.use: rnd}"),
        """
        policies/devices.yaml:63:12: error[scope]: `lease.use` belongs to one lease, and none is meant here
           63 |     when: {lease.use: rnd}
              |            ^^^^^^^^^
        help: write `for_each: lease` on the clause, or `{some: {lease: …}}`
        """,
    ),
    case(
        "a fact of another item",
        (POLICY, "when: {trial.in_beijing: true}", "when: {product.innovative: true}"),
        """
        policies/devices.yaml:40:12: error[scope]: `product.innovative` belongs to one product, and none is meant here
           40 |     when: {product.innovative: true}
              |            ^^^^^^^^^^^^^^^^^^
        help: write `for_each: product` on the clause, or `{some: {product: …}}`
        """,
    ),
    case(
        "a definition of an item outside for_each",
        when("own_device"),
        """
        policies/devices.yaml:63:11: error[scope]: the definition `own_device` speaks of one product
           63 |     when: own_device
              |           ^^^^^^^^^^
        help: use it under `for_each: product` or inside `some`
        """,
    ),
    case(
        "a policy that requires an item",
        (POLICY, "requires: [in_yizhuang]", "requires: [{lease.use: rnd}]"),
        """
        policies/devices.yaml:8:15: error[scope]: `lease.use` belongs to one lease, and none is meant here
            8 |   requires: [{lease.use: rnd}]
              |               ^^^^^^^^^
        help: write `for_each: lease` on the clause, or `{some: {lease: …}}`
        """,
    ),
    case(
        "a year under reference any",
        (POLICY, "when: {some: {project: {project.grant", "when: {some: {project: {year.revenue"),
        """
        policies/devices.yaml:70:29: error[reference-any]: a clause with `reference: any` has no reference year
           70 |     when: {some: {project: {year.revenue: {at_least: {rate: 10%, of: project.own_funds}}}}}
              |                             ^^^^^^^^^^^^
        help: leave `reference` out or name the year's fact elsewhere
        """,
    ),
    case(
        "a definition with a year under reference any",
        [
            (POLICY, "{at_least: {rate: 10%, of: project.own_funds}}}}}", "{at_least: 5元}}}}"),
            (POLICY, "when: {some: {project: {project.grant: {at_least: 5元}}}}", "when: earner"),
        ],
        """
        policies/devices.yaml:70:11: error[reference-any]: the definition `earner` reads a year, and `reference: any` has none
           70 |     when: earner
              |           ^^^^^^
        help: leave `reference` out
        """,
    ),
    case(
        "a policy that requires a year under reference any",
        (POLICY, "requires: [in_yizhuang]", "requires: [earner]"),
        """
        policies/devices.yaml:69:16: error[reference-any]: `devices` requires what a year says, and `reference: any` has none
           69 |     reference: any
              |                ^^^
        help: leave `reference` out
        """,
    ),
    case(
        "a yearly award under reference any",
        (
            POLICY,
            "award: {range: [10万元, 20万元], frequency: once}",
            "award: {range: [10万元, 20万元], frequency: yearly}",
        ),
        """
        policies/devices.yaml:71:45: error[reference-any]: `reference: any` has no year for a yearly award
           71 |     award: {range: [10万元, 20万元], frequency: yearly}
              |                                                 ^^^^^^
        help: write `frequency: once` or leave `reference` out
        """,
    ),
    case(
        "a yearly cap under reference any",
        (
            POLICY,
            "award: {range: [10万元, 20万元], frequency: once}",
            "award: {range: [10万元, 20万元], frequency: once}\n    caps: [{limit: 15万元, period: year}]",
        ),
        """
        policies/devices.yaml:72:34: error[reference-any]: `reference: any` has no year for a yearly cap
           72 |     caps: [{limit: 15万元, period: year}]
              |                                    ^^^^
        help: write `period: ever` or leave `reference` out
        """,
    ),
    case(
        "a yearly shared cap over a clause under reference any",
        (
            STACKING,
            "over: [devices/review, devices/rent, devices/staff]",
            "over: [devices/review, devices/rent, devices/loan]",
        ),
        """
        stacking.yaml:2:9: error[reference-any]: `everything` is a yearly cap, and `devices/loan` has no reference year
            2 |   - id: everything
              |         ^^^^^^^^^^
        help: write `period: ever`
        """,
    ),
    case(
        "a cap per item of a clause per company",
        (POLICY, "award: {service: true}", "award: {service: true}\n    caps: [{limit: 5元, per: item}]"),
        """
        policies/devices.yaml:78:29: error[scope]: the clause pays once per company
           78 |     caps: [{limit: 5元, per: item}]
              |                              ^^^^
        help: write `per: company` or `for_each: …`
        """,
    ),
    case(
        "a company cap that reads an item",
        (
            POLICY,
            "- {limit: 200万元, per: item, period: year}",
            "- {limit: {rate: 5%, of: lease.rent_paid}, per: company}",
        ),
        """
        policies/devices.yaml:34:32: error[scope]: `lease.rent_paid` belongs to one lease, and none is meant here
           34 |       - {limit: {rate: 5%, of: lease.rent_paid}, per: company}
              |                                ^^^^^^^^^^^^^^^
        help: write `for_each: lease` on the clause, or `{some: {lease: …}}`
        """,
    ),
    case(
        "a shared cap that reads an item",
        (STACKING, "of: company.parent_rnd", "of: lease.rent_paid"),
        """
        stacking.yaml:3:44: error[scope]: `lease.rent_paid` belongs to one lease, and none is meant here
            3 |     limit: {least: [800万元, {rate: 10%, of: lease.rent_paid}]}
              |                                              ^^^^^^^^^^^^^^^
        help: write `for_each: lease` on the clause, or `{some: {lease: …}}`
        """,
    ),
]


@pytest.mark.parametrize(("changes", "expected"), SCOPE)
def test_scope(rules, changes, expected):
    assert rules.refusal(*changes) == expected
