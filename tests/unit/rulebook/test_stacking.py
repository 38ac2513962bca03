"""Errors of caps, groups and statements that clauses go together. Each with the whole text that is printed for it."""

from __future__ import annotations

import pytest

from valid_rules import POLICY, POLICY_TEXT, STACKING, case, text  # isort: skip - beside this file

ERRORS = [
    case(
        "an unknown clause in a cap",
        (STACKING, "devices/rent, devices/staff]", "devices/rend, devices/staff]"),
        """
        stacking.yaml:2:9: error[unknown-clause]: `everything` names `devices/rend`, which is no clause
            2 |   - id: everything
              |         ^^^^^^^^^^
        help: did you mean `devices/rent`?
        """,
    ),
    case(
        "an unknown clause in a cap of the policy",
        (POLICY, "over: [review, rent]", "over: [review, tax]"),
        """
        policies/devices.yaml:10:9: error[unknown-clause]: `per-company` names `tax`, which is no clause
           10 |   - id: per-company
              |         ^^^^^^^^^^^
        help: see `eligibility rules list`
        """,
    ),
    case(
        "an unknown clause in a group",
        (STACKING, "clauses: [devices/growth, devices/staff]", "clauses: [devices/growth, drugs/staff]"),
        """
        stacking.yaml:9:9: error[unknown-clause]: `one-of-two` names `drugs/staff`, which is no clause
            9 |   - id: one-of-two
              |         ^^^^^^^^^^
        help: see `eligibility rules list`
        """,
    ),
    case(
        "an unknown clause in a statement",
        (STACKING, "    clauses: [devices/review, devices/rent]", "    clauses: [devices/review, devices/rents]"),
        """
        stacking.yaml:15:9: error[unknown-clause]: `both` names `devices/rents`, which is no clause
           15 |   - id: both
              |         ^^^^
        help: did you mean `devices/rent`?
        """,
    ),
    case(
        "a group of one",
        (STACKING, "clauses: [devices/growth, devices/staff]", "clauses: [devices/growth]"),
        """
        stacking.yaml:10:14: error[group-of-one]: an exclusive group of one excludes nothing
           10 |     clauses: [devices/growth]
              |              ^^^^^^^^^^^^^^^^
        help: name two clauses
        """,
    ),
    case(
        "an empty group",
        (STACKING, "clauses: [devices/growth, devices/staff]", "clauses: []"),
        """
        stacking.yaml:10:14: error[empty]: the list of clauses is empty
           10 |     clauses: []
              |              ^^
        help: an empty group says nothing: leave it out
        """,
    ),
    case(
        "another way to choose",
        (STACKING, "keep: highest", "keep: lowest"),
        """
        stacking.yaml:11:11: error[unknown-word]: `lowest` is no way to choose
           11 |     keep: lowest
              |           ^^^^^^
        help: one of: highest
        """,
    ),
    case(
        "an unknown reach",
        (STACKING, "keep: highest\n    per: company", "keep: highest\n    per: year"),
        """
        stacking.yaml:12:10: error[unknown-word]: `year` is no reach
           12 |     per: year
              |          ^^^^
        help: one of: item, company
        """,
    ),
    case(
        "caps that are not nested",
        (STACKING, "over: [devices/review, devices/rent, devices/staff]", "over: [devices/rent, devices/staff]"),
        """
        policies/devices.yaml:10:9: error[caps-not-nested]: the caps `everything` and `per-company` overlap, but neither covers the other
           10 |   - id: per-company
              |         ^^^^^^^^^^^
        stacking.yaml:2:9: note: `everything` stands here
            2 |   - id: everything
              |         ^^^^^^^^^^
        help: let one cover every award that the other covers, or none of them
        """,
    ),
    case(
        "an item cap over more clauses than a company cap",
        (
            STACKING,
            "    limit: {least: [800万元, {rate: 10%, of: company.parent_rnd}]}\n    per: company\n",
            "    limit: 5元\n    per: item\n",
        ),
        """
        policies/devices.yaml:10:9: error[caps-not-nested]: the caps `everything` and `per-company` overlap, but neither covers the other
           10 |   - id: per-company
              |         ^^^^^^^^^^^
        stacking.yaml:2:9: note: `everything` stands here
            2 |   - id: everything
              |         ^^^^^^^^^^
        help: let one cover every award that the other covers, or none of them

        stacking.yaml:2:9: error[item-kind]: `everything` holds per item, and its clauses do not all pay for the same kind of item
            2 |   - id: everything
              |         ^^^^^^^^^^
        help: write `per: company`, or name clauses with one `for_each`
        """,
    ),
    case(
        "an item cap over different kinds",
        (
            POLICY,
            "    per: company\n    period: year\n    over: [review, rent]",
            "    per: item\n    period: year\n    over: [review, rent]",
        ),
        """
        policies/devices.yaml:10:9: error[item-kind]: `per-company` holds per item, and its clauses do not all pay for the same kind of item
           10 |   - id: per-company
              |         ^^^^^^^^^^^
        help: write `per: company`, or name clauses with one `for_each`
        """,
    ),
    case(
        "an item group over different kinds",
        (
            STACKING,
            "clauses: [devices/growth, devices/staff]\n    keep: highest\n    per: company",
            "clauses: [devices/stage, devices/staff]\n    keep: highest\n    per: item",
        ),
        """
        stacking.yaml:9:9: error[item-kind]: `one-of-two` holds per item, and its clauses do not all pay for the same kind of item
            9 |   - id: one-of-two
              |         ^^^^^^^^^^
        help: write `per: company`, or name clauses with one `for_each`

        stacking.yaml:9:9: error[group-cap]: the cap `everything` covers some clauses of the group `one-of-two`, but not all
            9 |   - id: one-of-two
              |         ^^^^^^^^^^
        stacking.yaml:2:9: note: `everything` stands here
            2 |   - id: everything
              |         ^^^^^^^^^^
        help: let the cap cover every clause of the group, or none
        """,
    ),
    case(
        "what goes together excludes each other",
        (STACKING, "clauses: [devices/growth, devices/staff]", "clauses: [devices/rent, devices/review]"),
        """
        stacking.yaml:15:9: error[together-exclusive]: `devices/review` and `devices/rent` go together in `both` and exclude each other in `one-of-two`
           15 |   - id: both
              |         ^^^^
        stacking.yaml:9:9: note: `one-of-two` stands here
            9 |   - id: one-of-two
              |         ^^^^^^^^^^
        help: only one of the two can hold
        """,
    ),
    case(
        "a list of rules that is a word",
        (STACKING, "together:\n", "together: none\nexclusiv:\n"),
        """
        stacking.yaml:14:11: error[shape]: a list of rules belongs here
           14 | together: none
              |           ^^^^
        help: write `[…]` or `- …` lines

        stacking.yaml:15:1: error[unknown-key]: the key `exclusiv` is not known here
           15 | exclusiv:
              | ^^^^^^^^
        help: did you mean `exclusive`?
        """,
    ),
    case(
        "a list of rules that is a mapping",
        (STACKING, "exclusive:\n  - id: one-of-two\n    clauses", "exclusive:\n    id: one-of-two\n    clauses"),
        """
        stacking.yaml:9:5: error[shape]: a list of rules belongs here
            9 |     id: one-of-two
              |     ^^^^^^^^^^^^^^
        help: write `[…]` or `- …` lines
        """,
    ),
]


@pytest.mark.parametrize(("changes", "expected"), ERRORS)
def test_stacking(rules, changes, expected):
    assert rules.refusal(*changes) == expected


# ---- laws that settlement rests on, over clauses of one policy


def clauses(**kinds):
    """Write a policy file whose clauses pay per the given kinds of item (None: per company)."""
    head = "\n".join(line for line in POLICY_TEXT.splitlines()[:7])
    parts = [
        f"  - id: {name}\n    title: {{zh: 条款, en: clause}}\n"
        + (f"    for_each: {kind}\n" if kind else "")
        + "    when: in_yizhuang\n    award: {fixed: 5元, frequency: once}\n"
        "    citations: [{document: NEWS, figure: five, supports: [amount]}]\n"
        for name, kind in kinds.items()
    ]
    return f"{head}\nclauses:\n{''.join(parts)}"


def cap(name, over, per="company", limit="5元"):
    return (
        f"  - {{id: {name}, limit: {limit}, per: {per}, period: ever, over: [{names(over)}], "
        "assumed: {zh: 设, en: assumed}}\n"
    )


def group(name, members, per="company"):
    return f"  - {{id: {name}, clauses: [{names(members)}], keep: highest, per: {per}, assumed: {{zh: 设, en: assumed}}}}\n"


def names(short):
    return ", ".join(f"devices/{name}" for name in short)


def stacked(rules, kinds, caps=(), groups=(), together=""):
    """Write clauses, caps and groups into the folder."""
    rules.write(POLICY, clauses(**kinds))
    parts = ["caps:\n", *caps] if caps else []
    parts += ["exclusive:\n", *groups] if groups else []
    rules.write(STACKING, "".join(parts) + together or "caps:\n")
    return rules


def messages(rules):
    return [line for line in rules.refusal().splitlines() if "error[" in line]


COMPANY = dict.fromkeys("abcdef")
LEASES = dict.fromkeys("abcdef", "lease")


def test_a_clause_of_an_item_group_is_in_no_other_group(rules):
    stacked(rules, LEASES, groups=[group("per-lease", "ab", "item"), group("overall", "bc")])
    assert rules.refusal() == text(
        """
        stacking.yaml:2:10: error[group-overlap]: the groups `per-lease` and `overall` share a clause, and one of them holds per item
            2 |   - {id: per-lease, clauses: [devices/a, devices/b], keep: highest, per: item, assumed: {zh: 设, en: assumed}}
              |          ^^^^^^^^^
        stacking.yaml:3:10: note: `overall` stands here
            3 |   - {id: overall, clauses: [devices/b, devices/c], keep: highest, per: company, assumed: {zh: 设, en: assumed}}
              |          ^^^^^^^
        help: a clause of a `per: item` group is in no other group: else a higher amount could lower the total
        """
    )


def test_company_groups_may_share_a_clause(rules):
    assert stacked(rules, COMPANY, groups=[group("one", "ab"), group("two", "bc")]).load()


def test_a_cap_covers_every_clause_of_an_item_group_or_none(rules):
    stacked(rules, LEASES, caps=[cap("half", "bc")], groups=[group("per-lease", "ab", "item")])
    assert rules.refusal() == text(
        """
        stacking.yaml:4:10: error[group-cap]: the cap `half` covers some clauses of the group `per-lease`, but not all
            4 |   - {id: per-lease, clauses: [devices/a, devices/b], keep: highest, per: item, assumed: {zh: 设, en: assumed}}
              |          ^^^^^^^^^
        stacking.yaml:2:10: note: `half` stands here
            2 |   - {id: half, limit: 5元, per: company, period: ever, over: [devices/b, devices/c], assumed: {zh: 设, en: assumed}}
              |          ^^^^
        help: let the cap cover every clause of the group, or none
        """
    )
    assert stacked(rules, LEASES, [cap("whole", "abc"), cap("other", "d")], [group("per-lease", "ab", "item")]).load()


def test_an_item_group_holds_clauses_of_one_kind(rules):
    stacked(rules, {"a": "lease", "b": "trial"}, groups=[group("mixed", "ab", "item")])
    assert messages(rules) == [
        "stacking.yaml:2:10: error[item-kind]: `mixed` holds per item, and its clauses do not all pay for the same kind of item"
    ]
    stacked(rules, COMPANY, caps=[cap("none", "ab", "item")])
    assert messages(rules) == [
        "stacking.yaml:2:10: error[item-kind]: `none` holds per item, and its clauses do not all pay for the same kind of item"
    ]
    assert stacked(rules, LEASES, [cap("each", "ab", "item")], [group("one", "ab", "item")]).load()


@pytest.mark.parametrize(
    ("first", "second", "nested"),
    [
        (("ab", "company"), ("ab", "company"), True),
        (("abc", "company"), ("ab", "company"), True),
        (("a", "company"), ("abc", "company"), True),
        (("ab", "company"), ("cd", "company"), True),
        (("ab", "company"), ("bc", "company"), False),
        (("ab", "item"), ("ab", "item"), True),
        (("ab", "item"), ("abc", "item"), True),
        (("ab", "item"), ("bc", "item"), False),
        (("ab", "item"), ("abc", "company"), True),
        (("abc", "company"), ("ab", "item"), True),
        (("ab", "company"), ("ab", "item"), True),
        (("abc", "item"), ("ab", "company"), False),
        (("ab", "item"), ("bc", "company"), False),
        (("ab", "item"), ("cd", "company"), True),
    ],
)
def test_caps_that_share_an_award_are_nested(rules, first, second, nested):
    stacked(rules, LEASES, caps=[cap("first", *first), cap("second", *second)])
    if nested:
        assert len(rules.load().caps) == 2
    else:
        assert messages(rules) == [
            "stacking.yaml:3:10: error[caps-not-nested]: the caps `first` and `second` overlap, but neither covers the other"
        ]


def test_a_cap_that_is_not_published_nests_with_any(rules):
    assert stacked(rules, COMPANY, caps=[cap("first", "ab"), cap("second", "bc", limit="unpublished")]).load()


def test_every_pair_of_caps_that_is_not_nested_is_named(rules):
    stacked(rules, COMPANY, caps=[cap("one", "ab"), cap("two", "bc"), cap("three", "ca")])
    assert sorted(sorted(line.split("`")[1::2]) for line in messages(rules)) == [
        ["one", "three"], ["one", "two"], ["three", "two"],
    ]  # fmt: skip


def test_what_goes_together_may_share_a_group_with_others_but_not_with_each_other(rules):
    both = "together:\n  - {id: both, clauses: [devices/a, devices/c], assumed: {zh: 设, en: assumed}}\n"
    assert stacked(rules, COMPANY, groups=[group("one", "ab"), group("two", "cd")], together=both).load().together
    stacked(rules, COMPANY, groups=[group("one", "abc")], together=both)
    assert messages(rules) == [
        (
            "stacking.yaml:4:10: error[together-exclusive]: `devices/a` and `devices/c` go together in `both` "
            "and exclude each other in `one`"
        )
    ]


def pairs(count):
    return {f"{side}{number}": None for number in range(count) for side in "xy"}


def test_256_combinations_are_taken_and_512_are_not(rules):
    groups = [group(f"pair-{number}", [f"x{number}", f"y{number}"]) for number in range(9)]
    eight, nine = [f"x{number}" for number in range(8)], [f"x{number}" for number in range(9)]
    rulebook = stacked(rules, pairs(8), [cap("joins", eight)], groups[:8]).load()
    assert [len(component.combinations) for component in rulebook.components] == [256]
    stacked(rules, pairs(9), [cap("joins", nine)], groups)
    assert rules.refusal() == text(
        """
        stacking.yaml:4:10: error[too-many-combinations]: the groups `pair-0`, `pair-1`, `pair-2`, `pair-3` allow more than 256 combinations
            4 |   - {id: pair-0, clauses: [devices/x0, devices/y0], keep: highest, per: company, assumed: {zh: 设, en: assumed}}
              |          ^^^^^^
        help: split them, or drop a cap that joins them
        """
    )


def test_many_groups_that_no_cap_joins_are_no_matter(rules):
    groups = [group(f"pair-{number}", [f"x{number}", f"y{number}"]) for number in range(12)]
    assert [len(part.combinations) for part in stacked(rules, pairs(12), groups=groups).load().components] == [2] * 12


# ---- components and their combinations


def combinations(rulebook):
    """Give each component's combinations, by the clauses' short names."""
    return [
        ["".join(sorted(name.removeprefix("devices/") for name in kept)) for kept in component.combinations]
        for component in rulebook.components
    ]


def test_clauses_that_nothing_joins_stand_alone(rules):
    rulebook = stacked(rules, {"a": None, "b": "lease"}).load()
    assert combinations(rulebook) == [["a"], ["b"]]


@pytest.mark.parametrize(
    ("groups", "expected"),
    [
        (["ab"], ["acdef", "bcdef"]),
        (["abc"], ["adef", "bdef", "cdef"]),
        (["ab", "bc"], ["acdef", "bdef"]),
        (["ab", "cd"], ["acef", "adef", "bcef", "bdef"]),
        (["ab", "bc", "ca"], ["adef", "bdef", "cdef"]),
        (["bc", "de"], ["abdf", "abef", "acdf", "acef"]),
    ],
)
def test_combinations_are_the_maximal_sets_those_with_earlier_clauses_first(rules, groups, expected):
    members = [group(f"group-{place}", clauses) for place, clauses in enumerate(groups)]
    rulebook = stacked(rules, COMPANY, [cap("joins", "abcdef")], members).load()
    assert combinations(rulebook) == [expected]


def test_what_is_joined_through_others_is_one_component(rules):
    rulebook = stacked(rules, COMPANY, [cap("one", "ab")], [group("two", "bc")]).load()
    assert [tuple(name[-1] for name in part.clauses) for part in rulebook.components] == [
        ("a", "b", "c"), ("d",), ("e",), ("f",),
    ]  # fmt: skip
    (joined, *_) = rulebook.components
    assert [part.id for part in (*joined.caps, *joined.groups)] == ["one", "two"]


def test_inner_caps_come_first(rules):
    caps = [cap("outer", "abc"), cap("inner", "ab"), cap("each", "ab", "item"), cap("single", "a", "item")]
    (component, *_) = stacked(rules, LEASES, caps).load().components
    assert [part.id for part in component.caps] == ["single", "each", "inner", "outer"]
