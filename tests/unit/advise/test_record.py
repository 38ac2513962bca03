"""What a record holds, and what is said of one that cannot be taken."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from eligibility import Decision, Profile, Rulebook, __version__, check
from eligibility.advise import record as records
from eligibility.advise.record import laid_out, record_json, seal_of, sealed, write_record
from eligibility.advise.saved import RecordRefused, load_record, parse_record, read_record
from eligibility.diagnostics import Refused, Source, UsageRefused

if TYPE_CHECKING:
    from pathlib import Path

ON = date(2023, 6, 30)
RAW = {
    "company": {"name": "甲", "areas": ["yizhuang_new_town"], "track": "high_end_medical_equipment"},
    "products": [{"kind": "device", "first_special_review_entry": True}],
    "payments": [],
}


@pytest.fixture(scope="module")
def decision() -> Decision:
    return check(Profile.read(RAW), Rulebook.load(), on=ON, engine="kleene")


@pytest.fixture(scope="module")
def values(decision: Decision) -> dict[str, Any]:
    return record_json(decision)


def refusal(text: str | bytes, folder: Path) -> tuple[str, str, str]:
    """Load a file with a text; gives code, place and message of the one finding."""
    path = folder / "record.json"
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
    with pytest.raises(RecordRefused) as caught:
        load_record(path)
    assert caught.value.exit_code == 4
    (finding,) = caught.value.diagnostics
    assert finding.help
    place = f"{finding.place.line}:{finding.place.column}" if finding.place else ""
    return finding.code, place, finding.message


# ---- what it holds


def test_a_record_has_all_that_the_decision_was_made_from(values: dict[str, Any], decision: Decision) -> None:
    rulebook: Rulebook = decision.rulebook
    assert (values["kind"], values["format"], values["package_version"]) == ("eligibility-record", 1, __version__)
    assert (values["on"], values["authority"], values["engine"]) == ("2023-06-30", "any", ["kleene"])
    assert values["readings"] == rulebook.ways
    assert values["rulebook"]["digest"] == rulebook.digest
    assert values["rulebook"]["shipped"] is True
    assert list(values["rulebook"]["parts"]["clause"]) == [clause.id for clause in rulebook.clauses]
    assert Profile.read(values["profile"]) == decision.profile
    assert [award["clause"] for award in values["decision"]["awards"]] == [award.clause for award in decision.awards]


def test_the_seal_can_be_checked_without_this_package(values: dict[str, Any]) -> None:
    from hashlib import sha256

    content = json.loads(laid_out(values))
    seal = content.pop("sha256")
    plain = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert sha256(plain.encode()).hexdigest() == seal


def test_the_same_decision_gives_the_same_record(decision: Decision) -> None:
    again = check(Profile.read(decision.profile.to_dict()), Rulebook.load(), on=ON, engine="kleene")
    assert laid_out(record_json(again)) == laid_out(record_json(decision))


def test_a_record_read_back_says_the_same(decision: Decision, values: dict[str, Any], tmp_path: Path) -> None:
    write_record(decision, tmp_path / "record.json")
    saved = load_record(tmp_path / "record.json")
    assert saved.values == values
    assert saved.as_written
    assert saved.seal == values["sha256"]
    assert saved.on == ON
    assert saved.read_profile() == decision.profile
    assert read_record(values).values == values


def test_a_record_that_could_not_be_read_back_is_not_written(
    decision: Decision, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(records, "MOST_BYTES", 1000)
    with pytest.raises(Refused, match="too-large"):
        write_record(decision, tmp_path / "record.json")
    assert not (tmp_path / "record.json").exists()


# ---- what cannot be taken


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ("empty", "", "`{path}` is empty")),
        (" \n", ("empty", "", "`{path}` is empty")),
        ("company: {}\n", ("not-a-record", "1:1", "this is not a record: it is no JSON")),
        ("{company: {}}\n", ("not-a-record", "1:2", "this is not a record: it is no JSON")),
        ("[1]", ("not-a-record", "1:1", "this is not a record: it does not say that it is one")),
        ('{"kind": "letter"}', ("not-a-record", "1:2", "this is not a record: its kind is `letter`")),
        ('{"kind": 7}', ("not-a-record", "1:2", "this is not a record: it does not say that it is one")),
        (
            "[" * 100_000,
            ("not-a-record", "1:1", "this is not a record: no record has such numbers or such nesting"),
        ),
        (
            '{"a": ' + "1" * 5000 + "}",
            ("not-a-record", "1:1", "this is not a record: no record has such numbers or such nesting"),
        ),
        ("{", ("record-cut", "1:1", "the record is cut short: its text ends here")),
        ('{"kind": "eligibility-rec', ("record-cut", "1:25", "the record is cut short: its text ends here")),
        ('{"kind": "x",\n "on": tr', ("record-cut", "2:9", "the record is cut short: its text ends here")),
        (
            '{"kind": "eligibility-record", "format": 2}',
            ("record-version", "1:32", "the record has the format `2`, and this version reads format 1"),
        ),
        (
            '{"kind": "eligibility-record", "format": true}',
            ("record-version", "1:32", "the record has the format `True`, and this version reads format 1"),
        ),
        (
            '{"kind": "eligibility-record", "format": 1}',
            ("record-edited", "1:1", "the record was changed: its seal `sha256` is missing"),
        ),
        (
            '{"kind": "eligibility-record", "format": 1, "format": 1}',
            ("record-edited", "1:32", "the record was changed: a key `format` stands twice"),
        ),
        (
            '{"kind": "eligibility-record",, "format": 1}',
            ("record-edited", "1:31", "the record was changed: here it is no JSON any more"),
        ),
        (b'{"kind": "\xff"}', ("not-utf8", "", "`{path}` is not UTF-8 text: byte 11 is wrong")),
    ],
)
def test_each_fault_has_its_own_message(text: str | bytes, expected: tuple[str, str, str], tmp_path: Path) -> None:
    code, place, message = expected
    assert refusal(text, tmp_path) == (code, place, message.format(path=tmp_path / "record.json"))


def test_what_json_output_is_mistaken_for_a_record_is_named(tmp_path: Path) -> None:
    path = tmp_path / "decision.json"
    path.write_text('{"awards": [], "total": {}, "record": {}}')
    with pytest.raises(RecordRefused, match="this is what `--format json` prints"):
        load_record(path)


def test_an_edited_amount_is_noticed_at_the_seal(values: dict[str, Any], tmp_path: Path) -> None:
    text = laid_out(values)
    line = text[: text.index('"sha256"')].count("\n") + 1
    code, place, message = refusal(text.replace("3000000.00", "9000000.00", 1), tmp_path)
    assert (code, place) == ("record-edited", f"{line}:2")
    assert f"its seal says {values['sha256'][:12]}…" in message


def test_a_lone_surrogate_does_no_harm(values: dict[str, Any], tmp_path: Path) -> None:
    assert refusal(laid_out(values).replace('"甲"', '"\\ud800"'), tmp_path)[0] == "record-edited"


def test_a_sealed_record_of_another_shape_is_shown_key_by_key(values: dict[str, Any]) -> None:
    content = {key: value for key, value in values.items() if key not in ("rulebook", "sha256")}
    forged = sealed(content | {"on": "2023-02-30", "extra": 1, "authority": "all"})
    with pytest.raises(RecordRefused) as caught:
        read_record(forged)
    assert [finding.message.split(":")[0] for finding in caught.value.diagnostics] == [
        "`authority` is not as a record has it",
        "`extra` is not as a record has it",
        "`on` is not as a record has it",
        "`rulebook` is not as a record has it",
    ]
    assert {finding.code for finding in caught.value.diagnostics} == {"record-shape"}


def test_values_that_json_has_not_are_no_record() -> None:
    with pytest.raises(RecordRefused, match="values that JSON has not"):
        read_record({"kind": "eligibility-record", "on": ON})


def test_another_layout_is_known_as_such_and_taken(values: dict[str, Any]) -> None:
    for text in (laid_out(values).replace("\n", "\r\n"), json.dumps(values), laid_out(values) + "\n"):
        saved = parse_record(Source("record.json", text))
        assert not saved.as_written
        assert saved.values == values


def test_a_huge_file_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "record.json"
    with path.open("wb") as stream:
        stream.truncate(records.MOST_BYTES + 1)
    with pytest.raises(RecordRefused, match="is larger than 100 MB") as caught:
        load_record(path)
    assert caught.value.diagnostics[0].help == records.TOO_LARGE


def test_a_record_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    for path, code in ((tmp_path / "none.json", "no-such-file"), (tmp_path, "not-a-file")):
        with pytest.raises(UsageRefused) as caught:
            load_record(path)
        assert caught.value.diagnostics[0].code == code


def test_the_seal_is_over_the_content_alone(values: dict[str, Any]) -> None:
    assert seal_of(values) == seal_of({key: value for key, value in values.items() if key != "sha256"})
    assert seal_of(values | {"on": "2023-07-01"}) != values["sha256"]
