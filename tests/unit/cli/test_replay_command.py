"""`check --record` and `replay` on the command line: what is printed, the exit codes, nothing half written."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path
from unittest.mock import Mock

import pytest

from eligibility.cli import main

ROOT = Path(__file__).parents[3]
EXAMPLES = sorted((ROOT / "examples").glob("*.yaml"))
STARTUP = str(ROOT / "examples" / "device-startup.yaml")
ON = ("--on", "2023-06-30", "--engine", "kleene")
RATE = "award: {rate: 50%, of: lease.rent_paid, frequency: yearly}"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run the command line in a folder of its own; give the exit code, the output and the messages."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("ELIGIBILITY_LANG", raising=False)
    monkeypatch.setenv("COLUMNS", "120")

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
def saved(run):
    """Save the record of the device start-up."""
    assert run("check", STARTUP, *ON, "--record", "record.json")[0] == 0
    return Path("record.json")


@pytest.fixture
def other_rules():
    """Copy the shipped rules with a lower share of the rent."""

    def copied(**more):
        folder = Path("other/rules")
        shutil.copytree(ROOT / "rules", folder)
        path = folder / "policies" / "etown-2023-devices.yaml"
        text = path.read_text(encoding="utf-8")
        assert RATE in text
        path.write_text(text.replace(RATE, RATE.replace("50%", "40%")), encoding="utf-8")
        return str(folder)

    return copied


# ---- the same


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_saved_and_comes_out_the_same(run, example):
    assert run("check", str(example), *ON, "--record", "record.json")[::2] == (0, "")
    code, out, err = run("replay", "record.json", "--engine", "kleene")
    assert (code, err) == (0, "")
    assert "\nThe same: all " in out


def test_saving_a_record_changes_nothing_that_is_printed(run):
    assert run("check", STARTUP, *ON, "--record", "record.json") == run("check", STARTUP, *ON)


def test_both_engines_replay_what_one_decided(run, saved):
    assert run("replay", str(saved), "--engine", "both")[0] == 0


def test_authority_and_readings_are_part_of_the_record(run):
    reading = "etown-2023-ceiling-scope=whole-package"
    options = ("--authority", "official", "--reading", reading, "--record", "record.json")
    assert run("check", STARTUP, *ON, *options)[0] == 0
    values = json.loads(Path("record.json").read_text())
    assert (values["authority"], values["readings"]["etown-2023-ceiling-scope"]) == ("official", "whole-package")
    assert run("replay", "record.json", "--engine", "kleene")[0] == 0


def test_a_record_comes_from_standard_input_too(run, saved, monkeypatch):
    monkeypatch.setattr("sys.stdin", Mock(buffer=io.BytesIO(saved.read_bytes())))
    code, out, _ = run("replay", "-", "--engine", "kleene")
    assert code == 0
    assert "<stdin>" in out


def test_a_file_that_was_laid_out_anew_is_the_same_and_said_to_be_changed(run, saved):
    saved.write_bytes(saved.read_bytes().replace(b"\n", b"\r\n"))
    code, out, _ = run("replay", str(saved), "--engine", "kleene")
    assert code == 0
    assert "The file was laid out otherwise after it was saved; what it says was not changed." in out
    assert json.loads(run("replay", str(saved), "--format", "json")[1])["record"]["as_written"] is False


def test_json_says_the_same(run, saved):
    code, out, _ = run("replay", str(saved), "--format", "json", "--engine", "kleene")
    found = json.loads(out)
    assert (code, found["same"], found["proven"], found["awards"], found["changes"]) == (0, True, True, [], [])


def test_chinese(run, saved):
    assert "一致：全部" in run("replay", str(saved), "--lang", "zh", "--engine", "kleene")[1]


# ---- what differs


def test_other_rules_differ_with_5_and_name_the_clause(run, saved, other_rules):
    code, out, err = run("replay", str(saved), "--against", other_rules(), "--engine", "kleene")
    assert (code, err) == (5, "")
    assert "Differs from what was saved: 1 of " in out
    assert re.search(r"\ntotal +¥3,600,000 → ¥3,480,000\n", out)
    assert "  before limits  ¥600,000 → ¥480,000\n" in out
    assert "  because        the clause etown-2023-devices/rent changed\n" in out
    assert "Name the rules it was saved with by --rules DIR" in out
    assert "50%" not in out


def test_with_the_old_rules_the_sentences_stand_side_by_side(run, saved, other_rules):
    more = ("--against", other_rules(), "--rules", str(ROOT / "rules"), "--engine", "kleene")
    code, out, _ = run("replay", str(saved), *more)
    assert code == 5
    assert "Under the rules it was saved with: the same." in out
    assert "  then  gives: 50% of the lease's rent paid, each year\n  now   gives: 40% of the lease's rent paid" in out
    zh = run("replay", str(saved), *more, "--lang", "zh")[1]
    assert "  当时  给予：每年租约的实付租金的50%\n  现在  给予：每年租约的实付租金的40%\n" in zh


def test_json_differs_with_5_too(run, saved, other_rules):
    code, out, _ = run("replay", str(saved), "--against", other_rules(), "--format", "json", "--engine", "kleene")
    assert code == 5
    assert json.loads(out)["awards"][0]["causes"] == [
        {"kind": "clause", "id": "etown-2023-devices/rent", "how": "changed"}
    ]


def test_a_profile_that_is_not_taken_any_more_differs(run, saved, other_rules):
    values = json.loads(saved.read_text())
    from eligibility.advise.record import laid_out, sealed

    values["profile"]["company"]["shoe_size"] = 43
    saved.write_text(laid_out(sealed(values)))
    code, out, _ = run("replay", str(saved), "--engine", "kleene")
    assert code == 5
    assert "\nUnder the very rules it was saved with it comes out otherwise.\n" in out
    assert "Differs: the profile in the record is not taken any more.\n" in out
    assert "\n  `company.shoe_size` is no fact\n" in out


def test_only_titles_changed(run, saved, other_rules):
    folder = Path("titles/rules")
    shutil.copytree(ROOT / "rules", folder)
    (folder / "stacking.yaml").write_text("# a comment\n" + (ROOT / "rules/stacking.yaml").read_text("utf-8"), "utf-8")
    code, out, _ = run("replay", str(saved), "--against", str(folder), "--engine", "kleene")
    assert code == 0
    assert "The rule files changed, and no part that decides" in out


# ---- rules of one's own


def test_a_record_of_rules_of_ones_own_needs_them(run, other_rules):
    rules = other_rules()
    assert run("check", STARTUP, *ON, "--rules", rules, "--record", "record.json")[0] == 0
    code, out, err = run("replay", "record.json")
    assert (code, out) == (2, "")
    assert err.startswith("error[record-rules]: the record was not saved with the rules that come with this package")
    assert run("replay", "record.json", "--rules", rules, "--engine", "kleene")[0] == 0
    assert run("replay", "record.json", "--against", str(ROOT / "rules"), "--engine", "kleene")[0] == 5


def test_other_rules_in_the_place_of_the_old_ones_are_refused(run, saved, other_rules):
    code, out, err = run("replay", str(saved), "--rules", other_rules())
    assert (code, out) == (2, "")
    assert err.startswith("error[record-rules]: `other/rules` is not the rulebook of the record: its digest is sha256:")
    assert "to compute it with other rules, use `--against`" in err


# ---- what cannot be taken


def test_an_edited_amount_is_noticed_and_nothing_is_computed(run, saved):
    text = saved.read_text(encoding="utf-8")
    assert "600000.00" in text
    saved.write_text(text.replace("600000.00", "900000.00", 1), encoding="utf-8")
    code, out, err = run("replay", str(saved))
    assert (code, out) == (4, "")
    assert "error[record-edited]: the record was changed: its content has the SHA-256 " in err
    assert '"sha256": "' in err
    assert "help: take the record from a copy that nobody changed" in err


def test_a_record_cut_short(run, saved):
    saved.write_bytes(saved.read_bytes()[:5000])
    code, out, err = run("replay", str(saved))
    assert (code, out) == (4, "")
    assert "error[record-cut]: the record is cut short: its text ends here" in err


@pytest.mark.parametrize("what", ["none.json", "."])
def test_a_record_that_is_not_there(run, what):
    code, out, err = run("replay", what)
    assert (code, out) == (2, "")
    assert err.startswith("error[no")


# ---- where a record cannot be saved


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("-", "Invalid value for '--record': a record goes into a file; name one"),
        ("company.yaml", "Invalid value for '--record': `company.yaml` is the profile itself; name another file"),
        (".", "error[not-a-file]: `.` is a folder"),
        ("none/record.json", "error[no-such-folder]: there is no folder `none` to write into"),
    ],
)
def test_a_record_that_cannot_be_saved_there(run, name, message):
    shutil.copy(STARTUP, "company.yaml")
    before = Path("company.yaml").read_bytes()
    code, out, err = run("check", "company.yaml", *ON, "--record", name)
    assert (code, out) == (2, "")
    assert message in err
    assert Path("company.yaml").read_bytes() == before
    assert [path.name for path in Path().iterdir()] == ["company.yaml"]


def test_a_refused_profile_leaves_the_old_record_as_it_is(run, saved):
    before = saved.read_bytes()
    Path("company.yaml").write_text("company: {employes: 5}\n", encoding="utf-8")
    assert run("check", "company.yaml", *ON, "--record", str(saved))[0] == 4
    assert saved.read_bytes() == before
