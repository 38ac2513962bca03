"""`eligibility profile schema` and `eligibility rules schema`."""

from __future__ import annotations

import json

import pytest

from eligibility.cli import main
from eligibility.profile.schema import profile_schema
from eligibility.rulebook.schema import rules_schema

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


@pytest.mark.parametrize(
    "words", [["profile", "schema"], ["profile", "new"], ["profile", "check"], ["rules", "schema"], ["facts"]]
)
def test_help_shows_an_example(words, capsys):
    main([*words, "--help"])
    printed = capsys.readouterr().out
    assert f"  eligibility {' '.join(words)}" in printed.split("Example", 1)[1]
