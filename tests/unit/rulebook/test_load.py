"""A folder of rules: its files, its order, and that one error never hides the next nor makes up another."""

from __future__ import annotations

from contextlib import suppress

import pytest
import yaml

from eligibility.diagnostics import RulebookRefused, UsageRefused
from eligibility.rulebook import Rulebook

from valid_rules import (  # isort: skip - beside this file
    DEFINITIONS,
    DOCUMENTS,
    FILES,
    POLICY,
    POLICY_TEXT,
    STACKING,
    award,
    text,
    when,
)


def firsts(printed):
    """Give the first line of each finding."""
    return [line for line in printed.splitlines() if "error[" in line]


# ---- the folder and its files


def test_a_folder_that_is_not_there_is_wrong_usage(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageRefused) as caught:
        Rulebook.load("rules")
    assert str(caught.value) == (
        "error[no-such-folder]: the rules folder `rules` is not there\n"
        "help: name a folder that holds definitions.yaml, policies/ and stacking.yaml"
    )
    (tmp_path / "rules").write_text("")
    with pytest.raises(UsageRefused, match="the rules folder `rules` is a file"):
        Rulebook.load("rules")


def test_a_folder_without_a_policy_is_refused(tmp_path):
    with pytest.raises(RulebookRefused) as caught:
        Rulebook.load(tmp_path)
    assert str(caught.value) == (
        f"error[empty]: `{tmp_path}` holds no clause\nhelp: put policies into its folder policies/"
    )


def test_an_empty_file_is_refused(rules):
    rules.write("policies/blank.yaml", "# nothing yet\n")
    assert rules.refusal() == "error[empty]: `policies/blank.yaml` is empty\nhelp: write a policy, or remove the file"


def test_a_file_that_is_no_yaml_is_refused_beside_what_else_is_wrong(rules):
    rules.write("policies/broken.yaml", "policy: [\n")
    rules.write("policies/several.yaml", "policy: 1\n---\npolicy: 2\n")
    assert firsts(rules.refusal(when("{company.size: tiny}"))) == [
        "policies/broken.yaml:2:1: error[not-yaml]: this is not YAML: did not find expected node content",
        "policies/devices.yaml:63:26: error[unknown-value]: `tiny` is no value of `company.size`",
        "policies/several.yaml:2:1: error[not-yaml]: the file holds more than one document",
    ]


@pytest.mark.parametrize("name", [DOCUMENTS, DEFINITIONS, POLICY, STACKING])
def test_a_file_that_is_no_text_is_refused_beside_what_else_is_wrong(rules, name):
    rules.write("policies/other.yaml", "policy: 5\n")
    (rules.folder / name).write_bytes("名: 值".encode("gb18030"))
    printed = rules.refusal()
    assert f"error[not-utf8]: `{name}` is not UTF-8 text: byte 1 is wrong\nhelp: save the file as UTF-8" in printed
    assert "policies/other.yaml:1:1: error[missing-key]: `clauses` is missing" in printed


def test_a_folder_in_place_of_a_policy_is_refused(rules):
    (rules.folder / "policies" / "more.yaml").mkdir()
    assert rules.refusal() == "error[not-a-file]: `policies/more.yaml` is a folder\nhelp: name a file"


@pytest.mark.parametrize(
    ("name", "old", "new", "printed"),
    [
        (
            POLICY,
            "title: {zh: 贷款, en: loan}",
            "title: &same {zh: 贷款, en: loan}\n    apply: *same",
            (
                "policies/devices.yaml:68:12: error[alias]: an alias repeats this value\n"
                "   68 |     title: &same {zh: 贷款, en: loan}\n"
                "      |            ^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
                "help: write the value out in each place"
            ),
        ),
        (
            STACKING,
            "keep: highest",
            "keep: !!python/name:os.system highest",
            (
                "stacking.yaml:11:11: error[tag]: the tag `!!python/name:os.system` is not read\n"
                "   11 |     keep: !!python/name:os.system highest\n"
                "      |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
                "help: write plain values only"
            ),
        ),
    ],
)
def test_aliases_and_tags_are_refused(rules, name, old, new, printed):
    assert rules.refusal((name, old, new)) == printed


@pytest.mark.parametrize(
    "definitions", ["definitions:\n", "definitions: in_yizhuang\n", "definitions: [in_yizhuang]\n"]
)
def test_definitions_are_a_mapping(rules, definitions):
    rules.write(DEFINITIONS, definitions)
    first, *rest = firsts(rules.refusal())
    assert first.endswith("error[shape]: a mapping belongs here")
    assert rest == []


def test_two_policies_with_one_id_are_refused_with_both_places(rules):
    head = "\n".join(POLICY_TEXT.splitlines()[:7])
    rules.write(
        "policies/second.yaml",
        head + "\nclauses:\n  - id: other\n    title: {zh: 另, en: other}\n    when: in_yizhuang\n"
        "    award: {service: true}\n    citations: [{document: NEWS, figure: it, supports: [service]}]\n",
    )
    assert rules.refusal() == text(
        """
        policies/second.yaml:2:7: error[duplicate-id]: two policies have the id `devices`
            2 |   id: devices
              |       ^^^^^^^
        policies/devices.yaml:2:7: note: first here
            2 |   id: devices
              |       ^^^^^^^
        help: rename one
        """
    )


# ---- one error never hides the next


def test_every_error_of_a_file_is_reported_in_order_of_place(rules):
    printed = rules.refusal(
        (POLICY, "layer: N", "layer: M"),
        (POLICY, "issued: 2023-02-16", "issued: 2023-02-30"),
        (POLICY, "for_each: lease", "for_each: leases"),
        award("{fixed: 300万元, frequency: daily, instalments: [40%, 50%]}"),
        when("{company.siz: small}"),
        (POLICY, "amounts: {phase_i: 100万元, phase_ii: 200万元}", "amounts: {phase_i: 100万, phase_x: lots}"),
        (POLICY, "per: item, period: year}", "per: item, periods: year}"),
    )
    assert firsts(printed) == [
        "policies/devices.yaml:3:10: error[unknown-word]: `M` is no layer",
        "policies/devices.yaml:6:11: error[value]: `2023-02-30` is no day of the calendar",
        "policies/devices.yaml:25:38: error[unknown-word]: `daily` is no frequency",
        "policies/devices.yaml:25:58: error[instalments]: the instalments do not add up to 100%",
        "policies/devices.yaml:30:15: error[unknown-word]: `leases` is no kind of item",
        "policies/devices.yaml:43:32: error[unknown-key]: the key `phase_x` is not known here",
        "policies/devices.yaml:63:12: error[unknown-fact]: there is no fact `company.siz`",
    ]


def test_files_are_reported_in_order_of_their_names_and_places(rules):
    printed = rules.refusal(
        (STACKING, "keep: highest\n    per: company", "keep: lowest\n    per: nobody"),
        (DOCUMENTS, "authority: newspaper", "authority: rumour"),
        (DEFINITIONS, "within: 3 years", "within: 3 winters"),
        (DEFINITIONS, "title: {zh: 有收入, en: it earns}", "title: {zh: 有收入}"),
        when("tiny_company"),
    )
    assert firsts(printed) == [
        "definitions.yaml:8:44: error[value]: `3 winters` is not a period",
        "definitions.yaml:11:12: error[missing-key]: `en` is missing",
        "documents.yaml:10:16: error[unknown-word]: `rumour` is no authority",
        "policies/devices.yaml:63:11: error[unknown-definition]: there is no definition `tiny_company`",
        "stacking.yaml:11:11: error[unknown-word]: `lowest` is no way to choose",
        "stacking.yaml:12:10: error[unknown-word]: `nobody` is no reach",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("layer: N", "layer: M"),
        ("title: {zh: 器械政策, en: devices}", "title: devices"),
        ("issuer: {zh: 管委会, en: committee}", "issuer: {zh: 管委会}"),
        ("issued: 2023-02-16", "issued: yesterday"),
        ("in_force: {from: 2023-02-16, to: 2026-02-15}", "in_force: {from: 2023-02-16}"),
        ("requires: [in_yizhuang]", "requires: [in_paris]"),
    ],
)
def test_a_wrong_head_of_a_policy_hides_none_of_its_clauses(rules, old, new):
    printed = rules.refusal(
        (POLICY, old, new), when("{company.size: tiny}"), (STACKING, "devices/growth", "devices/grow")
    )
    assert len(firsts(printed)) == 3
    assert firsts(printed)[1:] == [
        "policies/devices.yaml:63:26: error[unknown-value]: `tiny` is no value of `company.size`",
        "stacking.yaml:9:9: error[unknown-clause]: `one-of-two` names `devices/grow`, which is no clause",
    ]


def test_wrong_parts_of_a_group_are_all_reported(rules):
    printed = rules.refusal(when("{all: [{company.siz: small}, tiny, {company.employees: {above: many}}, {any: []}]}"))
    assert firsts(printed) == [
        "policies/devices.yaml:63:19: error[unknown-fact]: there is no fact `company.siz`",
        "policies/devices.yaml:63:40: error[unknown-definition]: there is no definition `tiny`",
        "policies/devices.yaml:63:74: error[value]: `many` is not a whole number",
        "policies/devices.yaml:63:88: error[empty]: the list of conditions is empty",
    ]


def test_wrong_caps_of_a_clause_are_all_reported(rules):
    caps = "- {limit: 200万元, per: item, period: year}"
    wrong = "- {limit: lots}\n      - {limit: 5元, per: nobody}"
    assert firsts(rules.refusal((POLICY, caps, wrong))) == [
        "policies/devices.yaml:34:17: error[value]: `lots` is not an amount of money",
        "policies/devices.yaml:35:26: error[unknown-word]: `nobody` is no reach of a cap",
    ]


def test_a_hundred_errors_are_shown_and_the_rest_counted(rules):
    values = ", ".join(["tiny"] * 130)
    printed = rules.refusal(when(f"{{company.size: [{values}]}}"))
    assert len(firsts(printed)) == 100
    assert printed.endswith("\n\n… and 30 more")


# ---- an error makes up no other


def test_what_uses_a_definition_that_is_wrong_is_not_wrong_itself(rules):
    printed = rules.refusal((DEFINITIONS, "within: 3 years", "within: 3 winters"), when("{not: new_company}"))
    assert firsts(printed) == ["definitions.yaml:8:44: error[value]: `3 winters` is not a period"]


def test_definitions_that_cannot_be_read_make_no_name_unknown(rules):
    rules.write(DEFINITIONS, "definitions: [\n")
    assert firsts(rules.refusal()) == [
        "definitions.yaml:2:1: error[not-yaml]: this is not YAML: did not find expected node content"
    ]


def test_a_document_that_is_wrong_makes_no_citation_wrong(rules):
    printed = rules.refusal((DOCUMENTS, "authority: newspaper", "authority: rumour"))
    assert firsts(printed) == ["documents.yaml:10:16: error[unknown-word]: `rumour` is no authority"]


def test_documents_that_cannot_be_read_make_no_citation_wrong(rules):
    rules.write(DOCUMENTS, "documents: [\n")
    assert firsts(rules.refusal()) == [
        "documents.yaml:2:1: error[not-yaml]: this is not YAML: did not find expected node content"
    ]


def test_a_clause_that_is_wrong_is_there_for_caps_and_groups(rules):
    printed = rules.refusal(
        when("{company.size: tiny}"),
        (STACKING, "devices/review, devices/rent, devices/staff", "devices/staff, devices/moon"),
    )
    assert firsts(printed) == [
        "policies/devices.yaml:63:26: error[unknown-value]: `tiny` is no value of `company.size`",
        "stacking.yaml:2:9: error[unknown-clause]: `everything` names `devices/moon`, which is no clause",
    ]


def test_a_policy_that_cannot_be_read_makes_no_clause_unknown(rules):
    rules.write(POLICY, "policy: [\n")
    assert firsts(rules.refusal()) == [
        "policies/devices.yaml:2:1: error[not-yaml]: this is not YAML: did not find expected node content"
    ]


# ---- whatever stands in a spot


JUNK = ["", "foo", "-1", "[]", "{}", "[foo]", "{foo: bar}", "{? [a] : b}", "9" * 5000, "{all: []}", "true", "'\\0'"]


def spots(source):
    """Give where each value of a text begins and ends."""
    found = []

    def walk(node):
        found.append((node.start_mark.index, node.end_mark.index))
        for part in node.value if not isinstance(node, yaml.ScalarNode) else ():
            for child in part if isinstance(part, tuple) else (part,):
                walk(child)

    walk(yaml.compose(source))
    return found


@pytest.mark.parametrize("name", [DOCUMENTS, DEFINITIONS, POLICY, STACKING])
def test_whatever_stands_in_a_spot_the_rulebook_is_taken_or_refused(rules, name):
    source = FILES[name]
    taken = []
    for place, (start, stop) in enumerate(spots(source)[::2]):
        junk = JUNK[place % len(JUNK)]
        end = "\n" if source[start:stop].endswith("\n") else ""
        rules.write(name, source[:start] + junk + end + source[stop:])
        with suppress(RulebookRefused):  # anything else fails
            rules.load()
            taken.append(junk)
    assert len(taken) < len(spots(source)) / 4


# ---- order and identity


def split(rules):
    """Write the clauses of the policy as two policies in files whose names say nothing."""
    lines = POLICY_TEXT.splitlines(keepends=True)
    head = "".join(lines[:8])
    start = next(place for place, line in enumerate(lines) if line == "  - id: staff\n")
    stop = next(place for place, line in enumerate(lines) if line == "  - id: loan\n")
    clauses = "".join(lines[start:stop])
    return head.replace("id: devices", "id: {}").replace("layer: N", "layer: {}"), clauses


def test_the_order_is_by_layer_then_policy_then_place_whatever_the_files_are_called(rules):
    head, clauses = split(rules)
    for name in (POLICY, STACKING):
        (rules.folder / name).unlink()
    layers = [
        ("zoo", "1"),
        ("beta", "N"),
        ("alpha", "district"),
        ("gamma", "N"),
        ("delta", "national"),
        ("eps", "general"),
    ]
    for place, (ident, layer) in enumerate(layers):
        head_of = head.replace("id: {}", f"id: {ident}").replace("layer: {}", f"layer: {layer}")
        rules.write(
            f"policies/{9 - place}.yaml", f"{head_of}clauses:\n{clauses}{clauses.replace('id: staff', 'id: all-staff')}"
        )
    assert [clause.id for clause in rules.load().clauses] == [
        f"{policy}/{name}"
        for policy in ("zoo", "beta", "gamma", "eps", "alpha", "delta")
        for name in ("staff", "all-staff")
    ]


def test_the_digest_is_of_the_bytes_not_of_the_names(rules):
    first = rules.load().digest
    (rules.folder / POLICY).rename(rules.folder / "policies" / "renamed.yml")
    assert rules.load().digest == first
    (rules.folder / "policies" / "renamed.yml").rename(rules.folder / POLICY)
    rules.replace(POLICY, "800元", "801元")
    changed = rules.load()
    assert changed.digest != first
    assert changed.version == f"2023-02-16+{changed.digest[7:15]}"


def test_equal_rules_in_other_places_are_equal(rules):
    before = rules.load()
    rules.write(POLICY, "# a remark that moves every line\n" + POLICY_TEXT)
    after = rules.load()
    assert after.clauses == before.clauses
    assert after.clauses[0].place != before.clauses[0].place
    rules.replace(POLICY, "800元", "801元")
    assert rules.load().clauses != before.clauses


def test_shared_caps_of_a_policy_may_cover_all_of_its_clauses(rules):
    rules.replace(POLICY, "over: [review, rent]", "over: all")
    rules.replace(POLICY, "    period: year\n    over: all", "    period: ever\n    over: all")
    rules.replace(STACKING, "over: [devices/review, devices/rent, devices/staff]", "over: [devices/review]")
    (cap,) = (cap for cap in rules.load().caps if cap.id == "per-company")
    assert cap.over == tuple(
        f"devices/{name}" for name in ("review", "rent", "stage", "growth", "staff", "loan", "advice")
    )


def test_caps_take_their_reach_and_period_from_the_clause(rules):
    rules.replace(POLICY, "- {limit: 200万元, per: item, period: year}", "- limit: 200万元\n      - limit: unpublished")
    rules.replace(POLICY, "award: {service: true}", "award: {fixed: 5元, frequency: once}\n    caps: [{limit: 3元}]")
    by_id = rules.load().by_id
    assert [(cap.id, cap.per, cap.period) for cap in by_id["devices/rent"].caps] == [
        ("devices/rent.cap", "item", "year"),
        ("devices/rent.cap2", "item", "year"),
    ]
    assert by_id["devices/rent"].caps[1].limit is None
    assert [(cap.id, cap.per, cap.period) for cap in by_id["devices/advice"].caps] == [
        ("devices/advice.cap", "company", "ever")
    ]
