"""docs/errors.md: every code that can be reported has a section, and each message shown there is what the tool prints."""

from __future__ import annotations

import ast
import io
import re
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import eligibility
from eligibility import cli
from eligibility.advise.record import laid_out, sealed
from eligibility.bilingual import Words
from eligibility.diagnostics import Source
from eligibility.frozen import replace
from eligibility.profile.catalogue import FACTS

from pages import CLAUSE, indented, policy_file, sections, whole  # isort: skip - in tests/

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "errors.md"
NONE = {"low": "0.00", "high": "0.00"}
RECORD: dict[str, Any] = {
    "kind": "eligibility-record",
    "format": 1,
    "package_version": "0.1.0",
    "on": "2023-06-30",
    "authority": "any",
    "readings": {},
    "engine": ["kleene"],
    "rulebook": {
        "version": "2023-01-01+00000000",
        "digest": "sha256:" + "0" * 64,
        "shipped": False,
        "parts": {kind: {} for kind in ("policy", "definition", "clause", "cap", "group")},
    },
    "profile": {"company": {}},
    "decision": {
        "awards": [],
        "total": {**NONE, "bounded_high": "0.00", "unbounded": [], "of_which_end_unknown": NONE},
        "ledger": [],
    },
}
"""A record of no award, saved with rules of its own."""

SOURCES = Path(eligibility.__file__).parent
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SECTIONS = {section.words[0]: section for section in sections(PAGE) if section.words}


# ---- every code has a section


def _codes_of(path: Path) -> Iterator[str]:
    """Give the codes that a module reports: the first argument of what makes a finding, or a printed `error[…]`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield from re.findall(r"error\[([a-z0-9-]+)\]", node.value)
        elif isinstance(node, ast.Assign) and [
            target.id for target in node.targets if isinstance(target, ast.Name)
        ] == ["code"]:
            yield from _texts(node.value)
        elif isinstance(node, ast.FunctionDef):
            named = node.args.args[-len(node.args.defaults) :] if node.args.defaults else []
            for argument, default in zip(named, node.args.defaults, strict=True):
                if argument.arg == "code":
                    yield from _texts(default)
        elif isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in FINDERS:
                yield from (text for argument in node.args[:1] for text in _texts(argument))


def _texts(node: ast.AST) -> Iterator[str]:
    """Give a constant that can be a code, or both of a choice."""
    if isinstance(node, ast.IfExp):
        yield from (*_texts(node.body), *_texts(node.orelse))
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
        yield node.value


def _makers() -> set[str]:
    """Name the functions whose first parameter is a code, however they hand it on."""
    names = {"Diagnostic"}
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                first = [argument.arg for argument in node.args.args if argument.arg not in ("self", "cls")][:1]
                if first == ["code"]:
                    names.add(node.name)
    return names


FINDERS = _makers()
CODES = {code for path in SOURCES.rglob("*.py") for code in _codes_of(path)}


def test_every_code_has_a_section() -> None:
    assert {"unknown-key", "value", "unknown-value", "figure-uncited", "caps-not-nested", "internal"} <= CODES
    assert sorted(CODES - set(SECTIONS)) == []


def test_no_section_is_without_a_code() -> None:
    assert sorted(set(SECTIONS) - CODES) == []


def test_sections_stand_in_order() -> None:
    assert list(SECTIONS) == sorted(SECTIONS)


# ---- every message is the tool's own


@dataclass(frozen=True)
class Example:
    """Files to write, and a command that finds fault with them."""

    files: dict[str, str | bytes] = field(default_factory=dict)
    command: str = "rules list --rules rules"


def profile(text: str | bytes, name: str = "company.yaml") -> Example:
    return Example({name: text}, f"check {name} --on 2023-06-30")


def record(text: str) -> Example:
    return Example({"record.json": text}, "replay record.json")


def rules(command: str = "list", **files: str) -> Example:
    return Example({f"rules/{name}.yaml": text for name, text in files.items()}, f"rules {command} --rules rules")


def clause(text: str, command: str = "list", **files: str) -> Example:
    """A rulebook of one policy with one clause that has these parts."""
    return rules(command, **{"policies/sample": policy_file(text), **files})


def clauses(*texts: str, **files: str) -> Example:
    """A rulebook of one policy with several clauses, and perhaps other files."""
    parts = [indented(whole(text, CLAUSE), "  - ", "    ") for text in texts]
    head = policy_file("").partition("clauses:\n")[0]
    return rules(**{"policies/sample": f"{head}clauses:\n" + "\n".join(parts) + "\n", **files})


def checked(text: str) -> Example:
    """A company checked under a rulebook of one clause."""
    made = clause(text)
    return Example(
        made.files | {"company.yaml": "company: {track: vaccines}\n"},
        "check company.yaml --on 2023-06-30 --rules rules",
    )


def definition(text: str) -> Example:
    return clause("when: small_company\n", definitions=f"definitions:\n  small_company:\n{text}")


def document(text: str, command: str = "list", **held: str) -> Example:
    """A rulebook with documents of its own, held as text files."""
    quoted = "quote: 3 million yuan" if "3 million" in held.get("notice", "") else "figure: 3 million yuan"
    cited = f"citations: [{{document: NOTICE-1, {quoted}, supports: [amount]}}]\n"
    made = clause(cited, command, documents=f"documents:\n{text}")
    return Example(made.files | {f"rules/{name}.txt": words for name, words in held.items()}, made.command)


LEASES = ("id: rent\nfor_each: lease\n", "id: fitting-out\nfor_each: lease\n")
PRODUCT = "id: product\nfor_each: product\n"
ASSUMED = "assumed: {zh: 假设, en: assumed}"
TITLED = "    title: {zh: 小企业, en: small company}\n    when: "
HELD = "  - {id: NOTICE-1, title: {zh: 通知, en: Notice}, authority: official, file: notice.txt}\n"
NARROW = f"{{id: narrow, title: {{zh: 窄, en: narrow}}, {ASSUMED}}}"
WIDE = NARROW.replace("narrow", "wide").replace("窄", "宽")
READING = f"readings:\n  - id: reach\n    title: {{{{zh: 范围, en: reach}}}}\n    ways: {{}}\n    {ASSUMED.replace('{', '{{').replace('}', '}}')}\n"
MANY = [f"c{place}" for place in range(18)]
WAYS = [
    (f"company.{fact}", need)
    for fact in ("foreign_funded", "uses_digital_rnd")
    for need in ("talent", "partners", "financing", "joint_rnd")
]


def cap(ident: str, over: str, per: str = "company", period: str = "year") -> str:
    return f"  - {{id: {ident}, limit: 100万元, per: {per}, period: {period}, over: [{over}], {ASSUMED}}}\n"


def group(ident: str, members: str, per: str) -> str:
    return f"  - {{id: {ident}, clauses: [{members}], keep: highest, per: {per}, {ASSUMED}}}\n"


def case(text: str, of: str = "") -> Example:
    made = clause(of, **{"cases/sample": f"cases:\n  - name: a vaccine maker\n    on: 2023-06-30\n{text}"})
    return Example(made.files, "rules test --rules rules")


def mutated(listed: str = "", verdict: str = "eligible", *, cases: bool = True) -> Example:
    """A rulebook of one clause with one thing that can be changed, and perhaps a case and a list of equivalent mutants."""
    test = (
        "cases:\n  - name: a company that moved in\n    on: 2023-06-30\n"
        "    profile: {company: {moved_into_yizhuang: true}}\n"
        f"    expect:\n      sample/fragment: {{verdict: {verdict}}}\n"
    )
    files = {"cases/sample": test} if cases else {}
    if listed:
        files["cases/equivalent"] = f"equivalent:\n  - mutant: {listed}\n    proof: nobody can tell\n"
    text = "when: {company.moved_into_yizhuang: true}\naward: {unpublished: true, frequency: once}\n"
    return clause(text, "mutate --clause fragment", **files)


def facts(tied: str, command: str, authority: str = "repost") -> Example:
    """A rulebook of one clause, with a list of two facts; the second gives the clause its ground."""
    listed = "".join(
        f"  - id: {ident}\n    fact: {{zh: 奖励, en: a reward}}\n    sources: [GD]\n    authority: {weight}\n    {ties}\n"
        for ident, weight, ties in (
            ("ME-1", authority, tied),
            ("ME-2", "repost", "policies: [sample]" if "policies" in tied else "clauses: [sample/fragment]"),
        )
    )
    return clause(
        "citations: [{document: GD, figure: 300万元, supports: [amount]}]\n", command, facts=f"facts:\n{listed}"
    )


def linted(example: Example) -> Example:
    """Look at the rules of an example instead of listing them."""
    return Example(example.files, "rules lint --rules rules")


EXAMPLES: dict[str, list[Example]] = {
    "adds-nothing": [
        clause(
            "when:\n  any:\n    - company.employees: {at_least: 20}\n    - company.employees: {at_least: 100}\n", "lint"
        ),
    ],
    "after-on": [profile("company:\n  registered_on: 2023-07-01\n")],
    "alias": [profile("leases:\n  - &first {year: 2023, use: rnd}\n  - *first\n")],
    "always-true": [
        clause("when: {company.employees: {at_least: 0}}\n", "lint"),
        clause("when:\n  all:\n    - company.size: large\n    - {not: {company.size: micro}}\n", "lint"),
    ],
    "award-unbounded": [
        clause(
            "award: {rate: 50%, of: year.revenue, frequency: yearly}\n"
            "citations: [{document: GD, figure: 50%, supports: [rate]}]\n",
            "lint",
        )
    ],
    "bracket-gap": [
        clause(
            "award:\n  frequency: yearly\n  brackets:\n    of: year.revenue\n    mode: whole\n    rows:\n"
            "      - {below: 1亿元, fixed: 0元}\n      - {above: 1亿元, fixed: 100万元}\n"
        ),
    ],
    "cap-covered": [
        linted(
            clauses(
                "id: a\n",
                "id: b\naward: {service: true}\n",
                stacking="caps:\n"
                + cap("inner", "sample/a").replace("100万元", "200万元")
                + cap("outer", "sample/a, sample/b"),
            )
        ),
    ],
    "cap-never-bites": [
        clause("caps: [{limit: 400万元, assumed: {zh: 假设, en: assumed}}]\n", "lint"),
    ],
    "caps-not-nested": [
        clauses(
            "id: a",
            "id: b",
            "id: c",
            stacking="caps:\n" + cap("first", "sample/a, sample/b") + cap("second", "sample/b, sample/c"),
        ),
    ],
    "case-award": [
        case(
            "    profile: {leases: []}\n    expect:\n      sample/fragment leases[0]: {verdict: eligible}\n",
            "for_each: lease\n",
        )
    ],
    "case-failed": [
        case(
            "    profile: {company: {track: vaccines}, payments: []}\n    expect:\n      sample/fragment: {verdict: eligible, net: 200万元}\n"
        )
    ],
    "clause-without-fact": [facts("policies: [sample]", "lint")],
    "contradiction": [profile("company: {sme_sector: industry, employees: 19, size: large}\n")],
    "cycle": [definition(TITLED + "{not: small_company}\n    assumptions: [{zh: 假设, en: assumed}]\n")],
    "dates": [rules(**{"policies/sample": policy_file("", "in_force: {from: 2023-02-16, to: 2022-12-31}")})],
    "definition-unused": [
        clause(
            "",
            "lint",
            definitions="definitions:\n  small_company:\n"
            + TITLED
            + "{company.size: small}\n    assumptions: [{zh: 假设, en: assumed}]\n",
        ),
    ],
    "document-missing": [document(HELD, "lint")],
    "document-uncited": [
        document(HELD + HELD.replace("NOTICE-1", "NOTICE-2"), "lint", notice="A reward of 3 million yuan.")
    ],
    "duplicate-id": [clauses("id: rent\n", "id: rent\n")],
    "duplicate-key": [profile("company:\n  employees: 12\n  employees: 20\n")],
    "durable-limit": [
        checked(
            "when:\n  all:\n"
            + "".join(f"    - any: [{fact}: true, company.needs: {{includes: {need}}}]\n" for fact, need in WAYS)
        )
    ],
    "empty": [
        clause("when: {all: []}\n"),
        clause("when: {company.employees: {between: [300, 20]}}\n"),
        profile("# nothing yet\n"),
    ],
    "engines-disagree": [checked("")],
    "fact-authority": [facts("clauses: [sample/fragment]", "lint", authority="official")],
    "fact-unused": [Example(command="rules lint")],
    "fact-both": [facts("clauses: [sample/fragment]\n    reason: {zh: 目标, en: a target}", "lint")],
    "fact-left": [facts("confidence: partial", "coverage")],
    "figure-left": [
        document(HELD, "coverage", notice="The reward is 3 million yuan, and 5 million yuan for a second product.\n")
    ],
    "figure-uncited": [
        clause("citations: [{document: S001, quote: one-time reward, supports: [frequency]}]\n", "lint")
    ],
    "figure-unstated": [
        clause("citations: [{document: S001, quote: up to 20 million yuan, supports: [amount]}]\n", "lint"),
        clause(
            "when: {year.revenue: {at_least: 2000万元}}\n"
            "citations: [{document: GD, figure: 3 million yuan from a revenue of 30 million yuan on, supports: [amount, who]}]\n",
            "lint",
        ),
    ],
    "grain": [clause("award: {rate: 1/9999, of: {rate: 1/7, of: year.revenue}, frequency: yearly}\n")],
    "group-cap": [
        clauses(
            *LEASES,
            stacking="caps:\n"
            + cap("total", "sample/rent")
            + "exclusive:\n"
            + group("either", "sample/rent, sample/fitting-out", "item"),
        ),
    ],
    "group-of-one": [
        clauses("id: rent\n", stacking="exclusive:\n" + group("alone", "sample/rent", "company")),
        clauses("id: rent\n", stacking=f"together:\n  - {{id: alone, clauses: [sample/rent], {ASSUMED}}}\n"),
    ],
    "group-overlap": [
        clauses(
            *LEASES,
            "id: other\n",
            stacking="exclusive:\n"
            + group("premises", "sample/rent, sample/fitting-out", "item")
            + group("rewards", "sample/rent, sample/other", "company"),
        ),
    ],
    "id": [clause("id: Rent_2023\n")],
    "instalments": [clause("award: {fixed: 100万元, frequency: once, instalments: [40%, 30%]}\n")],
    "internal": [profile("company: {track: vaccines}\n")],
    "item-kind": [
        clauses(LEASES[0], PRODUCT, stacking="caps:\n" + cap("total", "sample/rent, sample/product", "item"))
    ],
    "key": [profile("? [company]\n: {track: vaccines}\n")],
    "missing-key": [
        clause("award: {fixed: 100万元}\n"),
        clauses(
            "id: a\n",
            "id: b\n",
            stacking="exclusive:\n  - {id: either, clauses: [sample/a, sample/b], keep: highest, per: company}\n",
        ),
    ],
    "never-holds": [
        clause(
            "when:\n  all:\n    - company.employees: {at_least: 20}\n    - company.foreign_funded: true\n"
            "    - company.employees: {below: 20}\n",
            "lint",
        ),
        clause("when: {company.market_share: {above: 100%}}\n", "lint"),
    ],
    "mutant-not-equivalent": [mutated("sample/fragment when.company.moved_into_yizhuang = false")],
    "mutant-stale": [mutated("sample/fragment when.company.moved_in_yizhuang = false")],
    "mutant-survived": [mutated(cases=False)],
    "mutate-failing": [mutated(verdict="not_eligible")],
    "no-durable": [
        Example({"company.yaml": "company: {track: vaccines}\n"}, "check company.yaml --on 2023-06-30 --engine both")
    ],
    "no-such-file": [Example(command="check compny.yaml")],
    "no-such-folder": [Example(command="rules list --rules my-rules")],
    "not-a-file": [Example({"companies/one.yaml": "company: {}\n"}, "check companies")],
    "not-a-record": [Example({"company.yaml": "company: {track: vaccines}\n"}, "replay company.yaml")],
    "not-utf8": [profile("company: {name: 亦庄}\n".encode("gb18030"))],
    "not-yaml": [profile("company: {track: vaccines\nleases: []\n"), profile("company: {}\n---\ncompany: {}\n")],
    "operator": [
        clause("when: {company.areas: yizhuang_new_town}\n"),
        clause("when: {company.track: {at_least: 3}}\n"),
    ],
    "output": [Example(command="rules list")],
    "payment-item": [
        profile('payments:\n  - {clause: etown-2023-devices/rent, item: "products[0]", year: 2023, amount: 10万元}\n')
    ],
    "quote-not-found": [
        clause(
            "citations: [{document: S001, quote: one-time reward of 4 million yuan, supports: [frequency]}]\naward: {service: true}\n",
            "lint",
        )
    ],
    "quote-not-held": [clause("citations: [{document: GD, quote: matching of up to 1:1, supports: [rate]}]\n")],
    "reading-of-one": [clauses("id: rent\n", stacking=READING.format(f"[{NARROW}]"))],
    "reading-unused": [clause("", "lint", stacking=READING.format(f"[{NARROW}, {WIDE}]"))],
    "reference-mixed": [
        clauses(
            "id: a\n",
            "id: b\nreference: previous_year\n",
            stacking="caps:\n  - {id: tenth, limit: {rate: 10%, of: year.revenue}, per: company, period: year,\n"
            "     over: [sample/a, sample/b], assumed: {zh: 某, en: some}}\n",
        ),
    ],
    "record-cut": [record('{\n "authority": "any",\n "decision": {"aw')],
    "record-edited": [record('{\n "format": 1,\n "kind": "eligibility-record",\n "sha256": "' + "0" * 64 + '"\n}\n')],
    "record-rules": [record(laid_out(sealed(RECORD)))],
    "record-shape": [record(laid_out(sealed({key: RECORD[key] for key in RECORD if key != "rulebook"})))],
    "record-version": [record('{\n "format": 2,\n "kind": "eligibility-record",\n "package_version": "0.9.0"\n}\n')],
    "reference-any": [clause("reference: any\nwhen: {year.revenue: {at_least: 100万元}}\n")],
    "same-clause": [linted(clauses("id: reward\n", "id: prize\n"))],
    "scope": [
        clause("when: {lease.use: rnd}\n"),
        clauses(
            *LEASES,
            stacking="caps:\n"
            + cap("total", "sample/rent, sample/fitting-out", "item").replace("100万元", "product.rnd_expense"),
        ),
    ],
    "sentence-left": [document(HELD, "coverage", notice="The rent is subsidised at 30%.\n")],
    "shape": [
        clause("when: {company.track: vaccines, company.size: small}\n"),
        profile("leases: {year: 2023}\n"),
    ],
    "table-row-missing": [
        clause("for_each: product\naward: {by: product.device_class, amounts: {class_iii: 200万元}, frequency: once}\n")
    ],
    "tag": [profile("company: {name: !!python/name:os.system }\n")],
    "together-exclusive": [
        clauses(
            "id: a\n",
            "id: b\n",
            stacking="exclusive:\n"
            + group("either", "sample/a, sample/b", "company")
            + "together:\n  - {id: both, clauses: [sample/a, sample/b], "
            + ASSUMED
            + "}\n",
        ),
    ],
    "too-deep": [profile("[" * 70 + "]" * 70 + "\n")],
    "too-large": [profile("#" * 4_000_001)],
    "too-many-combinations": [
        clauses(
            *(f"id: {name}\n" for name in MANY),
            stacking="caps:\n"
            + cap("total", ", ".join(f"sample/{name}" for name in MANY))
            + "exclusive:\n"
            + "".join(
                group(f"g{place}", f"sample/{MANY[place]}, sample/{MANY[place + 1]}", "company")
                for place in range(0, 18, 2)
            ),
        ),
    ],
    "unit-clash": [
        clause("when: {company.employees: {at_least: year.revenue}}\n"),
        clause("award: {per_unit: 100元, of: year.revenue, frequency: yearly}\n"),
    ],
    "unknown-clause": [
        profile("payments:\n  - {clause: etown-2023-devices/rnt, year: 2023, amount: 10万元}\n"),
        clauses("id: rent\n", stacking="caps:\n" + cap("total", "sample/rental")),
    ],
    "unknown-definition": [clause("when: small_company\n")],
    "unknown-fact": [clause("when: {company.employes: {at_least: 20}}\n")],
    "unknown-key": [profile("company:\n  emploees: 12\n"), clause("awrd: {fixed: 1元}\n")],
    "unknown-reading": [
        clauses(
            "id: rent\n",
            stacking=READING.format(f"[{NARROW}, {WIDE}]")
            + "caps:\n"
            + cap("total", "sample/rent").replace("id: total", "id: total, reading: reach/narow"),
        ),
        Example(
            {"company.yaml": "company: {track: vaccines}\n"},
            "check company.yaml --reading etown-2023-ceiling-scope=whole-pack",
        ),
    ],
    "unknown-value": [clause("when: {company.track: vacines}\n")],
    "unknown-word": [clause("award: {fixed: 1元, frequency: monthly}\n")],
    "unlabelled": [Example(command="rules lint")],
    "unreadable": [Example({"company.yaml": "company: {}\n"}, "check company.yaml/2023")],
    "value": [
        profile("leases:\n  - {year: 2023, rent_paid: -80万元}\n"),
        profile("company: {credit_code: 91110000600037341M}\n"),
        profile(
            "payments:\n  - {clause: etown-2023-devices/rent, year: 2023, amount: 10万元}\n  - {clause: etown-2023-devices/rent, year: 2023, amount: 20万元}\n"
        ),
        clause("award: {fixed: 3 mln, frequency: once}\n"),
    ],
}


class Full(io.StringIO):
    """A disk without room."""

    def write(self, _text: str) -> int:
        raise OSError(28, "No space left on device")


RECORD = """\
class Lease(Record, kind="lease", label=Words("租约", "lease"), dated_by="year"):
    area: int | None = count(AREA, ("面积", "area"), ("租赁面积是多少？", "How large is it?"))
"""


def declare(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Let the catalogue hold one fact, which no clause uses, or whose label is missing."""
    from eligibility.rulebook import declared

    area = FACTS["lease.area"]
    fact, text = (
        (area, RECORD)
        if code == "fact-unused"
        else (replace(area, label=Words("面积", "")), RECORD.replace('"area"', '""'))
    )
    monkeypatch.setattr(declared, "FACTS", {area.path: fact})
    monkeypatch.setattr(declared, "_fields", declared._fields.__wrapped__)
    monkeypatch.setattr(declared, "_source", lambda _module: Source("src/eligibility/profile/records.py", text))
    used = frozenset() if code == "fact-unused" else frozenset({area.path})
    monkeypatch.setattr(declared, "facts_used", lambda _clause, _rulebook: used)


def prepare(code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bring about what no file can."""
    module = import_module("eligibility.checking")  # the package gives the function under this name

    def fail(*_arguments: Any, **_more: Any) -> Any:
        raise ZeroDivisionError("division by zero")

    class Contrary:
        def verdicts(self, _facts: Any) -> list[list[bool | None]]:
            return [[None]]

    if code in ("fact-unused", "unlabelled"):
        declare(monkeypatch, code)
    elif code == "internal":
        monkeypatch.setattr(module, "check", fail)
    elif code == "engines-disagree":
        monkeypatch.setattr(module, "network_of", lambda *_rulebook, **_more: Contrary())
    elif code == "no-durable":
        monkeypatch.setattr("eligibility.decide.durable.available", lambda: False)
    elif code == "output":
        monkeypatch.setattr(sys, "stdout", Full())


def message(code: str, example: Example, folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Run the command in a folder with the files; gives what it says of them."""
    for name, content in example.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.MonkeyPatch.context() as patch, suppress(SystemExit):
        patch.chdir(folder)
        prepare(code, patch)
        cli.main(example.command.split())
    return capsys.readouterr().err.strip("\n") + "\n"


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_the_messages_shown_are_those_printed(code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    printed = []
    for place, example in enumerate(EXAMPLES[code]):
        folder = tmp_path / str(place)
        folder.mkdir()
        printed.append(message(code, example, folder, capsys))
    shown = [fence.text for fence in SECTIONS[code].fences]
    assert shown == printed


def test_every_section_shows_a_message_and_every_message_its_code() -> None:
    assert sorted(EXAMPLES) == sorted(SECTIONS)
    for code, section in SECTIONS.items():
        assert section.fences
        assert all(f"[{code}]" in fence.text for fence in section.fences), code
