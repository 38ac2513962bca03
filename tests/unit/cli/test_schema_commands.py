"""`eligibility profile schema` and `eligibility rules schema`."""

from __future__ import annotations

import json

import pytest
from jsonschema import Draft202012Validator
from own_rules import POLICY, write

from eligibility import Rulebook
from eligibility.cli import LazyGroup, app, main
from eligibility.diagnostics import Source
from eligibility.profile.schema import profile_schema
from eligibility.rulebook.schema import rules_schema
from eligibility.source import compose, plain

pytestmark = pytest.mark.usefixtures("_collecting")


@pytest.fixture
def _collecting(monkeypatch):
    monkeypatch.setenv("ELIGIBILITY_GC", "on")


@pytest.mark.parametrize(("group", "schema"), [("profile", profile_schema), ("rules", rules_schema)])
def test_the_schema_is_printed_for_people_and_machines(group, schema, capsys):
    main([group, "schema"])
    printed = capsys.readouterr().out
    assert json.loads(printed) == json.loads(json.dumps(schema()))
    assert printed.startswith('{\n  "$schema"')
    assert "\\u" not in printed


@pytest.fixture
def own(tmp_path, capsys):
    """Give what reads a schema for rules of one's own."""
    folder = write(tmp_path / "own")

    def draw(group):
        main([group, "schema", "--rules", str(folder)])
        return json.loads(capsys.readouterr().out)

    return draw


def test_a_payment_is_for_a_clause_of_the_rules(own):
    schema = own("profile")
    drawn = Draft202012Validator(schema)
    Draft202012Validator.check_schema(schema)
    assert drawn.is_valid({"payments": [{"clause": "own/rent"}]})
    assert not drawn.is_valid({"payments": [{"clause": "own/rnt"}]})
    assert schema == profile_schema(["own/advice", "own/rent", "own/trials"])
    assert without(schema, "payment", "clause") == without(profile_schema(), "payment", "clause")


def without(schema, record, fact):
    schema = json.loads(json.dumps(schema))
    del schema["$defs"][record]["properties"][fact]["anyOf"]
    return schema


def test_a_bare_word_of_a_condition_is_a_definition_of_the_rules(own):
    schema = own("rules")
    Draft202012Validator.check_schema(schema)
    drawn = Draft202012Validator(schema)
    assert drawn.is_valid(policy(POLICY))
    assert not drawn.is_valid(policy(POLICY.replace("small_enough", "small_enuogh")))
    assert Draft202012Validator(rules_schema()).is_valid(policy(POLICY.replace("small_enough", "small_enuogh")))


def test_without_definitions_no_bare_word_is_a_condition():
    schema = rules_schema([])
    Draft202012Validator.check_schema(schema)
    bare = policy(POLICY)
    assert not Draft202012Validator(schema).is_valid(bare)
    spelled = policy(POLICY.replace("when: small_enough", "when: {company.size: small}"))
    assert Draft202012Validator(schema).is_valid(spelled)


def policy(text):
    """Give a rule file as plain values."""
    source = Source("own.yaml", text)
    return plain(source, compose(source), [])


@pytest.mark.parametrize("words", [["profile", "schema"], ["rules", "schema"], ["profile", "new"]])
def test_without_a_folder_the_rules_are_not_loaded(words, monkeypatch):
    monkeypatch.setattr(Rulebook, "load", lambda _path: pytest.fail("the rules were loaded"))
    main(words)


def every_command(group, words=()):
    """Give the words of each command, and the command."""
    for name in group.lazy:
        command = group.get_command(None, name)
        if isinstance(command, LazyGroup):
            yield from every_command(command, (*words, name))
        else:
            yield pytest.param(command, id=" ".join((*words, name)))


@pytest.mark.parametrize("command", list(every_command(app)))
def test_every_command_takes_rules_of_ones_own(command):
    assert "--rules" in [opt for param in command.params for opt in param.opts]


@pytest.mark.parametrize("words", [["profile", "schema"], ["profile", "new"], ["rules", "schema"]])
def test_a_folder_that_is_not_there_is_wrong_usage(words, tmp_path, capsys):
    with pytest.raises(SystemExit) as stop:
        main([*words, "--rules", str(tmp_path / "none")])
    assert stop.value.code == 2
    assert "error[no-such-folder]" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words", [["profile", "schema"], ["profile", "new"], ["profile", "check"], ["rules", "schema"], ["facts"]]
)
def test_help_shows_an_example(words, capsys):
    main([*words, "--help"])
    printed = capsys.readouterr().out
    assert f"  eligibility {' '.join(words)}" in printed.split("Example", 1)[1]
