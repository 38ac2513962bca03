"""Bad input on the command line: the exit code, the message on standard error, nothing on standard output."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from unittest.mock import Mock

import pytest

from eligibility import cli
from eligibility.cli import main

ROOT = Path(__file__).parents[3]
STARTUP = str(ROOT / "examples" / "device-startup.yaml")
ON = ("--on", "2023-06-30")
CLAUSE = "etown-2023-devices/rent"

POLICY = """\
policy:
  id: p
  layer: N
  title: {zh: 政策, en: policy}
  issuer: {zh: 机关, en: office}
  issued: 2023-01-01
  in_force: {from: 2023-01-01, to: open}
clauses:
  - id: c
    title: {zh: 条款, en: clause}
    when: {company.siz: small}
    award: {service: true}
    citations: [{document: S001, figure: it, supports: [service]}]
"""


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run the command line in a folder of its own; give the exit code, the output and the messages."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ELIGIBILITY_LANG", raising=False)

    def run(*arguments):
        code = 0
        try:
            main(list(arguments))
        except SystemExit as stop:
            code = stop.code
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    return run


@pytest.fixture
def refused(run):
    """Run what must be refused: nothing is on standard output."""

    def refused(*arguments):
        code, out, err = run(*arguments)
        assert out == ""
        return code, err

    return refused


def write(name, text):
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return name


# ---- 0: done, also when nothing is won


def test_a_company_that_wins_nothing_is_no_failure(run):
    write("company.yaml", "company: {areas: [outside_beijing], track: not_health}\npayments: []\n")
    code, out, err = run("check", "company.yaml", *ON, "--engine", "kleene")
    assert (code, err) == (0, "")
    assert out != ""


# ---- 2: wrong usage


def test_an_unknown_command_offers_the_nearest(refused):
    assert refused("chek", "company.yaml") == (
        2,
        (
            "Usage: eligibility [OPTIONS] COMMAND [ARGS]...\n"
            "Try 'eligibility --help' for help.\n\n"
            "Error: there is no command `chek`; did you mean `check`?\n"
        ),
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("assess",), "there is no command `assess`; see --help"),
        (("rules", "lnt"), "there is no command `lnt`; did you mean `lint`?"),
        (("rules", "covrage"), "there is no command `covrage`; did you mean `coverage`?"),
        (("profile", "chekc"), "there is no command `chekc`; did you mean `check`?"),
    ],
)
def test_unknown_commands_of_every_group(refused, arguments, message):
    code, err = refused(*arguments)
    assert code == 2
    assert err.endswith(f"Error: {message}\n")


@pytest.mark.parametrize(
    ("day", "message"),
    [
        ("2023-02-30", "`2023-02-30` is no day of the calendar"),
        ("30.06.2023", "`30.06.2023` is not a date"),
        ("1066-10-14", "`1066-10-14` is outside the years 1900 to 2200"),
        ("", "`` is not a date"),
    ],
)
def test_a_day_that_cannot_be_is_refused(refused, day, message):
    code, err = refused("check", STARTUP, "--on", day)
    assert code == 2
    assert err == (
        "Usage: eligibility check [OPTIONS] PROFILE\n"
        "Try 'eligibility check --help' for help.\n\n"
        f"Error: Invalid value for '--on': {message}; write a date of the calendar as year-month-day, "
        "such as `2023-06-30`\n"
    )


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("check",),
        ("explain", CLAUSE),
        ("check", STARTUP, "--format", "xml"),
        ("check", STARTUP, "--lang", "fr"),
        ("check", STARTUP, "--engine", "quantum"),
        ("check", STARTUP, "--colour"),
        ("check", STARTUP, STARTUP),
        ("rules", "show"),
        ("--verbose", "check", STARTUP),
    ],
)
def test_wrong_usage_says_how_it_is_used(run, arguments):
    code, out, err = run(*arguments)
    assert code == 2
    assert (out + err).startswith("Usage: eligibility")


def test_the_language_of_the_environment_must_be_one_of_ours(refused, monkeypatch):
    monkeypatch.setenv("ELIGIBILITY_LANG", "klingon")
    code, err = refused("check", STARTUP, *ON)
    assert code == 2
    assert "'klingon' is not one of 'en', 'zh'" in err


def with_profile(*, path):
    """Name every command that reads a profile."""
    return [("check", path), ("explain", CLAUSE, path), ("profile", "check", path)]


def test_a_profile_that_is_not_there(refused):
    for arguments in with_profile(path="none.yaml"):
        assert refused(*arguments) == (
            2,
            "error[no-such-file]: there is no file `none.yaml`\nhelp: check the path and its spelling\n",
        )


def test_a_folder_as_profile(refused):
    for arguments in with_profile(path="."):
        assert refused(*arguments) == (2, "error[not-a-file]: `.` is a folder\nhelp: name a file\n")


def test_a_name_that_is_no_text_is_shown_without_harm(refused):
    code, err = refused("check", "\udcff\x1b[31m.yaml")
    assert (code, err.splitlines()[0]) == (2, "error[no-such-file]: there is no file `\ufffd\ufffd[31m.yaml`")


def with_rules(*, rules):
    """Name every command that reads rules."""
    commands = [("check", STARTUP), ("explain", CLAUSE, STARTUP)]
    commands += [("rules", name) for name in ("list", "lint", "coverage")]
    commands += [("rules", "show", CLAUSE)]
    return [(*command, "--rules", rules) for command in commands]


def test_rules_that_are_not_there(refused):
    write("file", "")
    for rules, what in (("none", "is not there"), ("file", "is a file")):
        for arguments in with_rules(rules=rules):
            assert refused(*arguments) == (
                2,
                (
                    f"error[no-such-folder]: the rules folder `{rules}` {what}\n"
                    "help: name a folder that holds definitions.yaml, policies/ and stacking.yaml\n"
                ),
            )


def test_an_unknown_clause_offers_the_nearest(refused):
    for arguments in (("explain", "etown-2023-devices/rend", STARTUP), ("rules", "show", "etown-2023-devices/rend")):
        assert refused(*arguments) == (
            2,
            (
                "error[unknown-clause]: there is no clause `etown-2023-devices/rend`\n"
                "help: did you mean `etown-2023-devices/rent`?\n"
            ),
        )
    assert refused("explain", "moon-landing", STARTUP) == (
        2,
        "error[unknown-clause]: there is no clause `moon-landing`\nhelp: see `eligibility rules list`\n",
    )


# ---- 3: rules that are not valid


def test_wrong_rules_are_shown_at_their_place_by_every_command(refused):
    write("mine/policies/p.yaml", POLICY)
    for arguments in with_rules(rules="mine"):
        assert refused(*arguments) == (
            3,
            "mine/policies/p.yaml:11:12: error[unknown-fact]: there is no fact `company.siz`\n"
            "   11 |     when: {company.siz: small}\n"
            "      |            ^^^^^^^^^^^\n"
            "help: did you mean `company.size`?\n",
        )


@pytest.mark.parametrize(
    "content", ["", "policy: [", "- a\n- b\n", "x" * 5_000_000, "\0", "!!python/object:os.system {}"]
)
def test_rule_files_that_cannot_be_read_are_invalid_rules(refused, content):
    write("mine/policies/p.yaml", content)
    code, err = refused("rules", "lint", "--rules", "mine")
    assert code == 3
    assert "error[" in err
    assert "mine/policies/p.yaml" in err


def test_rule_files_that_are_no_text_are_invalid_rules(refused):
    write("mine/policies/p.yaml", POLICY)
    Path("mine/definitions.yaml").write_bytes(b"\xff\xfe\x00")
    code, err = refused("check", STARTUP, "--rules", "mine")
    assert code == 3
    assert "error[not-utf8]: `mine/definitions.yaml` is not UTF-8 text: byte 1 is wrong\n" in err
    assert "error[unknown-fact]: there is no fact `company.siz`\n" in err


# ---- 4: a profile that is not valid


def test_everything_wrong_with_a_profile_is_shown_at_its_place(refused):
    write(
        "company.yaml",
        "company:\n  name: 北京某公司\n  employes: 5\n  size: 微小\nleases:\n  - {year: 2023, rent_paid: -5元}\n",
    )
    text = (
        "company.yaml:3:3: error[unknown-key]: `company.employes` is no fact\n"
        "    3 |   employes: 5\n"
        "      |   ^^^^^^^^\n"
        "help: did you mean `employees`?\n\n"
        "company.yaml:4:9: error[value]: `company.size`: `微小` is no value of `company.size`\n"
        "    4 |   size: 微小\n"
        "      |         ^^^^\n"
        "help: one of: micro, small, medium, large\n\n"
        "company.yaml:6:29: error[value]: `leases[0].rent_paid`: `-5元` is negative\n"
        "    6 |   - {year: 2023, rent_paid: -5元}\n"
        "      |                             ^^^^\n"
        "help: an amount of money is 0 or more\n"
    )
    for arguments in with_profile(path="company.yaml"):
        code, err = refused(*arguments)
        assert (code, err) == (4, text)


def test_what_does_not_fit_the_day_or_the_rules_is_shown_at_its_place(refused):
    write("company.yaml", f"company: {{registered_on: 2023-07-01}}\npayments: [{{clause: {CLAUSE}s}}]\n")
    text = (
        "company.yaml:1:26: error[after-on]: `company.registered_on`: `2023-07-01` lies after the date of assessment "
        "`2023-06-30`\n"
        "    1 | company: {registered_on: 2023-07-01}\n"
        "      |                          ^^^^^^^^^^\n"
        "help: correct the date, or assess a later day with `--on`\n\n"
        "company.yaml:2:21: error[unknown-clause]: `payments[0].clause`: there is no clause `etown-2023-devices/rents`\n"
        "    2 | payments: [{clause: etown-2023-devices/rents}]\n"
        "      |                     ^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "help: did you mean `etown-2023-devices/rent`?\n"
    )
    assert refused("check", "company.yaml", *ON) == (4, text)
    assert refused("explain", CLAUSE, "company.yaml", *ON) == (4, text)


@pytest.mark.parametrize(
    ("content", "first"),
    [
        ("", "error[empty]: `company.yaml` is empty"),
        ("just words", "company.yaml:1:1: error[shape]: this is not a profile: a mapping belongs here"),
        ("company: [", "company.yaml:2:1: error[not-yaml]: this is not YAML: did not find expected node content"),
        ("a: 1\n---\nb: 2", "company.yaml:2:1: error[not-yaml]: the file holds more than one document"),
        ("company: {size: small, size: large}", "company.yaml:1:24: error[duplicate-key]: the key `size` stands twice"),
        (
            "company: !!python/object:os.system {}",
            "company.yaml:1:10: error[tag]: the tag `!!python/object:os.system` is not read",
        ),
        ("a: &a [1]\nb: *a", "company.yaml:1:4: error[alias]: an alias repeats this value"),
        ("[" * 100_000, "company.yaml:1:61: error[too-deep]: nested more than 60 deep"),
        ("[" * 4_000_001, "error[too-large]: `company.yaml` is larger than 4 MB"),
        ("company: {name: \0}", "error[not-yaml]: `company.yaml` is not YAML: "),
        (
            '{"company": {"name": "\\ud83d"}}',
            "error[value]: `company.name`: `?` holds a character that cannot be shown",
        ),
        (
            "company: {parent_rnd: .nan}",
            "company.yaml:1:23: error[value]: `company.parent_rnd`: `.nan` is not an amount of money",
        ),
        (
            "company: {parent_rnd: 0.001}",
            "company.yaml:1:23: error[value]: `company.parent_rnd`: `0.001` is finer than a fen",
        ),
        ("projects: [{share: 101%}]", "company.yaml:1:20: error[value]: `projects[0].share`: `101%` is over 100%"),
    ],
)
def test_what_is_no_profile_exits_with_4(refused, content, first):
    write("company.yaml", content)
    for arguments in with_profile(path="company.yaml"):
        code, err = refused(*arguments)
        assert code == 4
        assert err.splitlines()[0].startswith(first)


def test_standard_input_is_refused_under_its_own_name(refused, monkeypatch):
    monkeypatch.setattr("sys.stdin", Mock(buffer=io.BytesIO(b"company: {employees: many}\n")))
    assert refused("check", "-", *ON) == (
        4,
        (
            "<stdin>:1:22: error[value]: `company.employees`: `many` is not a whole number\n"
            "    1 | company: {employees: many}\n"
            "      |                      ^^^^\n"
            "help: write a whole number from 0 to 1000000000\n"
        ),
    )


# ---- 1: what should not happen


@pytest.fixture
def broken(monkeypatch):
    """Let every assessment fail in a way that nobody foresaw."""

    def fail(*_arguments, **_more):
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr(import_module("eligibility.checking"), "check", fail)


@pytest.mark.usefixtures("broken")
def test_a_fault_of_the_engine_is_one_line_and_a_help(refused):
    assert refused("check", STARTUP, *ON) == (
        1,
        "error[internal]: ZeroDivisionError: nobody foresaw this\nhelp: run it again with `eligibility --debug …`\n",
    )


@pytest.mark.usefixtures("broken")
def test_debug_shows_the_traceback(capsys):
    with pytest.raises(SystemExit) as caught:
        main(["--debug", "check", STARTUP, *ON])
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (1, "")
    assert err.startswith("Traceback (most recent call last):\n")
    assert err.endswith("ZeroDivisionError: nobody foresaw this\n")


def test_debug_changes_nothing_about_what_is_refused(run):
    assert run("--debug", "check", "none.yaml") == run("check", "none.yaml")


def test_an_interrupt_is_silent(refused, monkeypatch):
    monkeypatch.setattr(import_module("eligibility.checking"), "check", Mock(side_effect=KeyboardInterrupt))
    assert refused("check", STARTUP, *ON) == (130, "\n")


# ---- whole processes


def process(*arguments, **more):
    environment = {key: value for key, value in os.environ.items() if key != "ELIGIBILITY_LANG"}
    return subprocess.Popen(
        [sys.executable, "-m", "eligibility", *arguments],
        stdin=more.pop("stdin", subprocess.DEVNULL),
        stdout=more.pop("stdout", subprocess.PIPE),
        stderr=subprocess.PIPE,
        env=environment | {"PYTHONPATH": str(Path(cli.__file__).parents[2])},
        text=True,
        encoding="utf-8",
        **more,
    )


def test_a_process_exits_with_the_code_and_prints_to_standard_error():
    with process("check", "-", *ON, stdin=subprocess.PIPE) as run:
        out, err = run.communicate("company: &a [*a]\n")
    assert (run.returncode, out) == (4, "")
    assert err.splitlines()[0] == "<stdin>:1:10: error[alias]: an alias repeats this value"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("form", ["table", "json"])
def test_output_that_cannot_be_written_is_a_failure(form):
    with Path("/dev/full").open("w") as full, process("check", STARTUP, *ON, "--format", form, stdout=full) as run:
        _, err = run.communicate()
    assert (run.returncode, err) == (1, "error[output]: no space left on device\n")


@pytest.mark.parametrize("form", ["table", "json"])
def test_a_reader_that_left_early_gets_no_message(form):
    reader, writer = os.pipe()
    os.close(reader)
    with process("check", STARTUP, *ON, "--format", form, stdout=writer) as run:
        os.close(writer)
        _, err = run.communicate()
    assert (run.returncode, err) == (1, "")
