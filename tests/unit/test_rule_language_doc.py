"""docs/rule-language.md cannot drift: every example loads and runs, every word of the language has a section."""

from __future__ import annotations

import ast
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from eligibility import Profile, Rulebook, check, cli
from eligibility.mutation.equivalent import read_equivalent
from eligibility.profile.catalogue import ITEM_KINDS
from eligibility.rulebook import awards, policies, published, quantities, reasons
from eligibility.rulebook.citations import find_quote, held_text, path_of
from eligibility.rulebook.held import citings
from eligibility.rulebook.language import LAYERS
from eligibility.rulebook.published import read_published
from eligibility.rulebook.reasons import read_reasons

from pages import Fence, clause_of, policy_file, sections, whole, write  # isort: skip - in tests/

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "rule-language.md"
SECTIONS = sections(PAGE)
EXAMPLES = [
    pytest.param(fence, id=f"{section.title} line {fence.line}")
    for section in SECTIONS
    for fence in section.fences
    if fence.info[0] == "yaml"
]
ON = date(2023, 6, 30)
RULEBOOK = Path(quantities.__file__).parent


def _file(name: str) -> str:
    """Give a whole file that the page shows."""
    return next(fence.text for section in SECTIONS for fence in section.fences if fence.info[1:] == ["file", name])


DEFINITIONS = _file("definitions.yaml")
SAMPLE = _file("policies/sample.yaml")


def files_around(fence: Fence) -> dict[str, str]:
    """Write the files of a rulebook that holds an example."""
    kind, *options = fence.info[1:]
    files = {"definitions.yaml": DEFINITIONS, "policies/sample.yaml": SAMPLE}
    match kind:
        case "file":
            return files | {options[0]: fence.text}
        case "policy":
            return files | {"policies/fragment.yaml": policy_file("", whole(fence.text, {"id": "id: fragment"}))}
        case "stacking" | "documents" | "reasons" | "facts":
            return files | {f"{kind}.yaml": fence.text}
        case "cases":
            return files | {"cases/fragment.yaml": fence.text}
        case "equivalent":
            return files | {"cases/equivalent.yaml": fence.text}
        case _:
            return files | {"policies/fragment.yaml": policy_file(clause_of(kind, fence.text, options), "id: fragment")}


def load(fence: Fence, folder: Path) -> Rulebook:
    return Rulebook.load(write(folder, files_around(fence)))


# ---- examples


@pytest.mark.parametrize("fence", EXAMPLES)
def test_every_example_loads_and_is_computed_by_both_engines(fence: Fence, tmp_path: Path) -> None:
    rulebook = load(fence, tmp_path)
    held = [{}, {}]
    full = {"company": {}, "years": [{"year": 2023}]} | {f"{kind}s": held for kind in ITEM_KINDS}
    for profile in ({}, full):
        assert check(Profile.read(profile), rulebook, on=ON).awards


@pytest.mark.parametrize("fence", EXAMPLES)
def test_every_quote_of_an_example_stands_in_its_document(fence: Fence, tmp_path: Path) -> None:
    rulebook = load(fence, tmp_path)
    for citing in citings(rulebook):
        if citing.cited.quote is not None:
            path = path_of(citing.cited.document, rulebook.homes)
            assert path is not None
            assert find_quote(held_text(path), citing.cited.quote) is not None, citing
    _, findings = read_reasons(rulebook.folder, rulebook)
    assert findings == ()


@pytest.mark.parametrize("fence", EXAMPLES)
def test_every_fact_of_an_example_is_read_and_none_is_left(fence: Fence, tmp_path: Path) -> None:
    facts, findings = read_published(load(fence, tmp_path))
    assert findings == ()
    assert [fact.id for fact in facts if fact.left or fact.authority != fact.best_authority] == []
    assert bool(facts) == (fence.info[1] == "facts")


CASES = [example for example in EXAMPLES if example.values[0].info[1] == "cases"]


@pytest.mark.parametrize("fence", CASES)
def test_every_case_of_the_page_holds(fence: Fence, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = write(tmp_path, files_around(fence))
    with suppress(SystemExit):
        cli.main(["rules", "test", "--rules", str(folder)])
    printed = capsys.readouterr()
    assert printed.out.startswith("1 case passed"), printed.err


def test_the_mutants_of_the_page_that_change_nothing_are_those_of_the_rules(tmp_path: Path) -> None:
    [fence] = [example.values[0] for example in EXAMPLES if example.values[0].info[1] == "equivalent"]
    shown = {(entry.mutant, entry.proof) for entry in read_equivalent(load(fence, tmp_path))}
    assert shown <= {(entry.mutant, entry.proof) for entry in read_equivalent(Rulebook.load())}


def test_an_example_with_a_wrong_word_would_be_noticed(tmp_path: Path) -> None:
    with pytest.raises(Exception, match=r"unknown-fact"):
        load(Fence(["yaml", "condition"], "company.colour: red\n", 0), tmp_path)


# ---- words


def _tree(module: str) -> ast.Module:
    return ast.parse((RULEBOOK / f"{module}.py").read_text(encoding="utf-8"))


def _arms(module: str, method: str) -> Iterator[str]:
    """Give the words that a method of the reader chooses by."""
    for function in ast.walk(_tree(module)):
        if isinstance(function, ast.FunctionDef) and function.name == method:
            for arm in ast.walk(function):
                if isinstance(arm, ast.MatchValue) and isinstance(arm.value, ast.Constant):
                    yield arm.value.value


def _listed(module: str) -> Iterator[str]:
    """Give the keys and words that stand as tuples in the calls of `fields` and `word`."""
    for call in ast.walk(_tree(module)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in ("fields", "word"):
            for argument in call.args[1:]:
                if isinstance(argument, ast.Tuple):
                    yield from (part.value for part in argument.elts if isinstance(part, ast.Constant))


WORDS = {
    *_arms("quantities", "condition"),
    *_arms("quantities", "_quantity"),
    *quantities.OPERATORS,
    *quantities.QUANTITY_WORDS,
    *(word for form in awards.FORMS.values() for word in (*form, "otherwise", "up_to", "instalments")),
    *awards.FREQUENCIES,
    *policies.REFERENCES,
    *published.TIES,
    *(
        word
        for module in ("quantities", "awards", "policies", "stacking_reader", "reasons", "published", "load")
        for word in _listed(module)
    ),
    "unknown",
    "open",
}
IN_A_SECTION = {
    "authority": policies.AUTHORITIES,
    "supports": policies.SUPPORTS,
    "layer": LAYERS,
    "kind": reasons.KINDS,
}


def test_every_word_of_the_language_has_a_section() -> None:
    headed = {word for section in SECTIONS for word in section.words}
    assert len(WORDS) > 80
    assert sorted(WORDS - headed) == []


def test_every_word_that_has_a_section_shows_an_example() -> None:
    assert [section.title for section in SECTIONS if section.words and not section.fences] == []


@pytest.mark.parametrize("word", IN_A_SECTION)
def test_every_value_of_a_word_is_named_in_its_section(word: str) -> None:
    section = next(section for section in SECTIONS if word in section.words)
    assert [value for value in IN_A_SECTION[word] if value not in section.named] == []


def test_every_way_to_compare_says_what_an_unknown_fact_does() -> None:
    compared = [*quantities.OPERATORS, *quantities.QUANTITY_WORDS, "some", "not", "by", "per_unit", "brackets"]
    first = {word: section for section in reversed(SECTIONS) for word in section.words}
    assert [word for word in compared if "unknown" not in first[word].prose.lower()] == []
