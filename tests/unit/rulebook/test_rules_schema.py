"""The schema of rule files: every shipped file fits it, and what it refuses the reader refuses as well."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft202012Validator, FormatChecker

from eligibility import Rulebook
from eligibility.diagnostics import RulebookRefused, Source
from eligibility.profile.catalogue import FACTS
from eligibility.profile.facts import FactType
from eligibility.rulebook.awards import FORMS
from eligibility.rulebook.schema import rules_schema
from eligibility.source import compose, plain, read_text

ROOT = Path(__file__).parents[3]
FILES = [*sorted((ROOT / "rules").rglob("*.yaml")), ROOT / "seeds" / "documents.yaml"]
SCHEMA = rules_schema()
VALIDATOR = Draft202012Validator(SCHEMA, format_checker=FormatChecker())

POLICY = """
policy:
  id: a-policy
  layer: {layer}
  title: {{zh: 政策, en: policy}}
  issuer: {{zh: 管委会, en: committee}}
  issued: {issued}
  in_force: {{from: 2023-02-16, to: {to}}}
clauses:
  - id: a-clause
    title: {{zh: 条款, en: clause}}
    for_each: {each}
    when: {when}
    award: {award}
    caps: {caps}
    citations: [{{document: NOTICE, figure: a figure, supports: {supports}}}]
    {more}
"""
PARTS = {
    "layer": "N",
    "issued": "2023-02-16",
    "to": "unknown",
    "each": "project",
    "when": "{project.major: true}",
    "award": "{fixed: 300万元, frequency: once}",
    "caps": "[]",
    "supports": "[amount]",
    "more": "reference: current_year",
}

VALID = [
    {},
    {"layer": "1", "to": "open"},
    {"to": "2026-01-01", "caps": ""},
    {"when": "{all: [{project.level: [national, 北京市级]}, {not: {project.major: false}}]}"},
    {"when": "{any: [{company.areas: {includes_any: [亦庄新城, daxing]}}, {company.needs: {includes: financing}}]}"},
    {"when": "{company.employees: {between: [1, 300]}}"},
    {"when": "{company.employees: 5}"},
    {"when": "{lease.area: {at_least: {sum: lease.area}}}", "each": "lease"},
    {"when": "{prior_year.revenue: {at_least: {rate: 10%, of: {plus: [year.revenue, 1亿元]}}}}"},
    {"when": "{year.rnd_expense: {above: {minus: [year.revenue, {least: [year.output, 5]}]}}}"},
    {"when": "{company.registered_on: {within: 18个月}}"},
    {"when": "{company.registered_on: {on_or_after: 2020-01-01}}"},
    {"when": "{project.share: {at_least: 0.5}}"},
    {"when": "{project.year: {at_least: 2022}}"},
    {"when": "{some: {trial: {trial.phase: [I期, phase_ii]}}}"},
    {"award": "{rate: 0.5, of: project.grant, frequency: yearly, up_to: true, instalments: [40%, 60%]}"},
    {"award": "{per_unit: 800元, of: {count: trial, where: {trial.in_beijing: true}}, frequency: yearly}"},
    {"award": "{per_unit: 800, of: company.employees, frequency: once}"},
    {"award": "{by: project.level, amounts: {national: 1亿元}, otherwise: 0元, frequency: once}"},
    {"award": "{by: project.major, amounts: {true: 5万元, false: 1万元}, frequency: once}"},
    {
        "award": "{brackets: {of: project.grant, mode: whole, rows: [{below: 1亿元, fixed: 1万元}, {at_least: 1亿元, rate: 5%}]},"
        " frequency: once}"
    },
    {"award": "{range: [1000万元, 4000万元], frequency: once}"},
    {"award": "{unpublished: true, frequency: yearly}"},
    {"award": "{service: true}"},
    {"caps": "[{limit: unpublished}, {limit: {rate: 10%, of: project.own_funds}, per: item, period: ever}]"},
    {"more": "reference: any"},
    {"more": "filing: {from: 2023-05-01}"},
]

BROKEN = [
    {"layer": "provincial"},
    {"issued": "16 February 2023"},
    {"to": "never"},
    {"each": "projects"},
    {"each": "company"},
    {"when": "{project.majr: true}"},
    {"when": "{project.major: maybe}"},
    {"when": "{project.level: provincial}"},
    {"when": "{project.level: [national, provincial]}"},
    {"when": "{project.level: {at_least: national}}"},
    {"when": "{project.name: x}"},
    {"when": "{company.areas: daxing}"},
    {"when": "{company.areas: [daxing]}"},
    {"when": "{company.areas: {includes: berlin}}"},
    {"when": "{all: []}"},
    {"when": "{all: [{project.major: true}], any: [{project.major: true}]}"},
    {"when": "{company.employees: {at_least: 5人}}"},
    {"when": "{company.employees: {at_least: year.revenue}}"},
    {"when": "{year.revenue: {at_least: company.employees}}"},
    {"when": "{year.revenue: {at_leest: 1万元}}"},
    {"when": "{year.revenue: {between: [1万元]}}"},
    {"when": "{year.revenue: {at_least: {plus: [year.output]}}}"},
    {"when": "{year.revenue: {at_least: {sum: lease.area}}}"},
    {"when": "{company.registered_on: {within: 3 fortnights}}"},
    {"when": "{company.registered_on: 300万元}"},
    {"when": "{prior_year.employees: 5}"},
    {"when": "{some: {company: {company.track: vaccines}}}"},
    {"award": "{fixed: 300万元}"},
    {"award": "{fixed: a lot, frequency: once}"},
    {"award": "{fixed: 300万元, frequency: weekly}"},
    {"award": "{fixed: 300万元, ceiling: 1亿元, frequency: once}"},
    {"award": "{rate: 50%, frequency: once}"},
    {"award": "{rate: half, of: project.grant, frequency: once}"},
    {"award": "{rate: 50%, of: company.employees, frequency: once}"},
    {"award": "{per_unit: 5元, of: project.grant, frequency: once}"},
    {"award": "{by: project.level, amounts: {national: 1亿元}, frequency: once}"},
    {"award": "{by: project.level, amounts: {provincial: 1亿元}, otherwise: 0元, frequency: once}"},
    {"award": "{by: project.grant, amounts: {national: 1亿元}, frequency: once}"},
    {"award": "{brackets: {of: project.grant, mode: whole, rows: [{fixed: 1元, rate: 5%}]}, frequency: once}"},
    {"award": "{brackets: {of: project.grant, mode: marginal, rows: [{fixed: 1元}]}, frequency: once}"},
    {"award": "{range: [1000万元], frequency: once}"},
    {"caps": "[{per: item}]"},
    {"caps": "[{limit: 1万元, per: project}]"},
    {"caps": "[{limit: 1万元, period: month}]"},
    {"supports": "[]"},
    {"supports": "[everything]"},
    {"more": "reference: next_year"},
    {"more": "until: 2024-01-01"},
    {"more": "assumptions: [free text]"},
    {"more": "apply: {zh: 网上}"},
]

OTHER_BROKEN = [
    "policies: []",
    "policy: {id: a}",
    "{}",
    "[]",
    "definitions: {}",
    "definitions: {a: {title: {zh: 甲, en: a}, when: b}}",
    "documents: [{id: A, title: {zh: 甲, en: a}, authority: hearsay}]",
    "exclusive: [{id: a, clauses: [p/a], keep: highest, per: item, assumed: {zh: 甲, en: a}}]",
    "exclusive: [{id: a, clauses: [p/a, p/b], keep: lowest, per: item, assumed: {zh: 甲, en: a}}]",
    "exclusive: [{id: a, clauses: [p/a, p/b], keep: highest, per: item}]",
    "caps: [{id: a, limit: 1万元, per: company, period: year, over: all, assumed: {zh: 甲, en: a}}]",
    "caps: [{id: a, limit: 1万元, per: company, over: [p/a], assumed: {zh: 甲, en: a}}]",
    "together: [{id: a, clauses: [p/a, p/a], assumed: {zh: 甲, en: a}}]",
    "cases: [{name: a, on: 2023-06-30, profile: {}, expect: {p/c: {verdict: probably}}}]",
    "cases: [{name: a, on: 2023-06-30, profile: {}, expect: {c: {verdict: eligible}}}]",
    "cases: [{name: a, on: 2023-06-30, profile: {company: {size: tiny}}, expect: {p/c: {verdict: eligible}}}]",
    "cases: [{name: a, on: 2023-06-30, profile: {}, expect: {p/c: {verdict: eligible, net: much}}}]",
    "reasons: [{document: S000, quote: words, kind: target}]",
    "facts: [{id: A-1, fact: {zh: 甲, en: a}, sources: [S000]}]",
    "facts: [{id: A_1, fact: {zh: 甲, en: a}, sources: [S000], authority: weak}]",
    "facts: [{id: A-1, fact: {zh: 甲, en: a}, sources: [S000], authority: press}]",
    "facts: [{id: A-1, fact: {zh: 甲, en: a}, sources: [S000], authority: weak, clauses: []}]",
    "facts: [{id: A-1, fact: {zh: 甲, en: a}, sources: [S000], authority: weak, clause: [a/b]}]",
    "equivalent: [{mutant: a/b award = 1元}]",
]


class EditorLoader(yaml.SafeLoader):
    """Resolves scalars as editors do, by the core schema of YAML 1.2: numbers are numbers, dates are text."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - yaml's way


EditorLoader.add_implicit_resolver("tag:yaml.org,2002:null", re.compile("^(?:~|null|)$"), None)
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:int", re.compile("^[0-9]+$"), None)
EditorLoader.add_implicit_resolver("tag:yaml.org,2002:float", re.compile(r"^[0-9]+\.[0-9]+$"), None)


def as_text(source):
    return plain(source, compose(source), [])


def as_in_an_editor(source):
    return with_text_keys(yaml.load(source.text, EditorLoader))


def with_text_keys(value):
    if isinstance(value, dict):
        return {key_text(key): with_text_keys(part) for key, part in value.items()}
    return [with_text_keys(part) for part in value] if isinstance(value, list) else value


def key_text(key):
    return str(key).lower() if isinstance(key, bool) else str(key)


def findings(value):
    return [
        f"{'.'.join(map(str, error.absolute_path))}: {error.message[:200]}" for error in VALIDATOR.iter_errors(value)
    ]


def loads(text, folder):
    (folder / "policies").mkdir()
    (folder / "policies" / "a.yaml").write_text(text, encoding="utf-8")
    try:
        Rulebook.load(folder)
    except RulebookRefused:
        return False
    return True


def test_the_schema_is_one():
    Draft202012Validator.check_schema(SCHEMA)


def test_every_reference_leads_somewhere():
    def references(part):
        if isinstance(part, dict):
            yield from [part["$ref"]] if "$ref" in part and isinstance(part["$ref"], str) else []
            part = list(part.values())
        for inner in part if isinstance(part, list) else []:
            yield from references(inner)

    named = {name.removeprefix("#/$defs/") for name in references(SCHEMA)}
    assert named == set(SCHEMA["$defs"])


@pytest.mark.parametrize("read", [as_text, as_in_an_editor])
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_shipped_file_is_valid(path, read):
    assert findings(read(read_text(path))) == []


@pytest.mark.parametrize("parts", VALID, ids=str)
def test_what_is_read_is_valid(parts, tmp_path):
    text = POLICY.format(**(PARTS | parts))
    assert findings(as_text(Source("a.yaml", text))) == []
    assert findings(as_in_an_editor(Source("a.yaml", text))) == []
    assert loads(text, tmp_path)


@pytest.mark.parametrize("parts", BROKEN, ids=str)
def test_what_is_broken_is_neither_valid_nor_read(parts, tmp_path):
    text = POLICY.format(**(PARTS | parts))
    assert not VALIDATOR.is_valid(as_text(Source("a.yaml", text)))
    assert not VALIDATOR.is_valid(as_in_an_editor(Source("a.yaml", text)))
    assert not loads(text, tmp_path)


@pytest.mark.parametrize("text", OTHER_BROKEN)
def test_another_broken_file_is_not_valid(text):
    assert not VALIDATOR.is_valid(as_text(Source("a.yaml", text)))


def test_every_fact_that_can_be_tested_is_offered():
    offered = set(SCHEMA["$defs"]["condition"]["anyOf"][1]["properties"])
    tested = {fact.path for fact in FACTS.values() if fact.type is not FactType.TEXT}
    prior = {path.replace("year.", "prior_year.", 1) for path in tested if path.startswith("year.")}
    assert offered == {"all", "any", "not", "some"} | tested | prior


def test_every_form_of_award_is_offered():
    assert [shape["title"] for shape in SCHEMA["$defs"]["award"]["oneOf"]] == list(FORMS)
