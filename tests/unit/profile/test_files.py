"""Profile files: every finding at its place, several at once in order, YAML and JSON, and what is no profile file."""

from __future__ import annotations

import io
import json
from datetime import date
from unittest.mock import Mock

import pytest

from eligibility import Profile, Rulebook, check
from eligibility.diagnostics import ProfileRefused, Source, UsageRefused
from eligibility.profile.files import parse_profile, read_profile


def refusal(text, name="company.yaml"):
    with pytest.raises(ProfileRefused) as caught:
        parse_profile(Source(name, text))
    return str(caught.value)


GOOD = """\
# A company.
company:
  name: 北京某公司
  employees: 120
  areas: [yizhuang_new_town]
years:
  - {year: 2022, revenue: 1.2亿元}
leases: []
"""


# ---- what is read


def test_a_yaml_file_is_read(tmp_path):
    path = tmp_path / "company.yaml"
    path.write_text(GOOD, encoding="utf-8")
    file = read_profile(str(path))
    assert file.profile == Profile.read(
        {
            "company": {"name": "北京某公司", "employees": 120, "areas": ["yizhuang_new_town"]},
            "years": [{"year": 2022, "revenue": 12000000000 // 100}],
            "leases": [],
        }
    )
    assert file.source.name == str(path)


def test_a_json_file_says_the_same(tmp_path):
    path = tmp_path / "company.json"
    path.write_text(json.dumps(parse_profile(Source("a", GOOD)).profile.to_dict(), indent="\t"), encoding="utf-8")
    assert read_profile(str(path)).profile == parse_profile(Source("a", GOOD)).profile


def test_a_number_with_a_point_in_json_is_read_exactly():
    text = '{\n\t"years": [{"year": 2022, "revenue": 0.07, "tax_paid": 3000000.00, "output": null}]}'
    (year,) = parse_profile(Source("company.json", text)).profile.years
    assert (year.revenue, year.tax_paid, year.output) == (7, 300_000_000, None)


def test_what_only_json_knows_is_read_too():
    text = '{\t"company": {"name": "\\ud83e\\uddea"}}'
    assert parse_profile(Source("company.json", text)).profile.company.name == "🧪"


def test_carriage_returns_and_a_byte_order_mark_change_nothing(tmp_path):
    path = tmp_path / "company.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    assert read_profile(str(path)).profile == parse_profile(Source("a", GOOD)).profile


def test_standard_input_is_read(monkeypatch):
    monkeypatch.setattr("sys.stdin", Mock(buffer=io.BytesIO(GOOD.encode())))
    file = read_profile("-")
    assert file.profile.company.employees == 120
    assert file.source.name == "<stdin>"


def test_no_more_of_standard_input_is_read_than_is_taken(monkeypatch):
    class Endless(io.RawIOBase):
        given = 0

        def readinto(self, buffer):
            Endless.given += len(buffer)
            buffer[:] = b"[" * len(buffer)
            return len(buffer)

        def readable(self):
            return True

    monkeypatch.setattr("sys.stdin", Mock(buffer=io.BufferedReader(Endless())))
    with pytest.raises(ProfileRefused) as caught:
        read_profile("-")
    assert str(caught.value) == (
        "error[too-large]: `<stdin>` is larger than 4 MB\nhelp: a profile or rule file is a few kilobytes"
    )
    assert Endless.given < 10_000_000


@pytest.mark.parametrize("text", ["company:\n", "company: {}\nleases:\n", "{}"])
def test_a_section_left_blank_is_unknown(text):
    assert parse_profile(Source("a", text)).profile == Profile.read({})


def test_the_words_of_yaml_11_are_no_trap():
    text = "company:\n  foreign_funded: no\n  employees: 0120\n  name: no\nprojects:\n  - {share: 1:1}\n"
    read = parse_profile(Source("a", text)).profile
    assert (read.company.foreign_funded, read.company.employees, read.company.name) == (False, 120, "no")
    assert read.projects[0].share == (1, 1)


# ---- places


def test_a_wrong_value_is_underlined():
    assert refusal("company:\n  name: Acme\n  employees: many\n") == (
        "company.yaml:3:14: error[value]: `company.employees`: `many` is not a whole number\n"
        "    3 |   employees: many\n"
        "      |              ^^^^\n"
        "help: write a whole number from 0 to 1000000000"
    )


def test_an_unknown_key_is_underlined_itself():
    assert refusal("company:\n  staff_count: 5\nlease:\n  - {year: 2023}\n") == (
        "company.yaml:2:3: error[unknown-key]: `company.staff_count` is no fact\n"
        "    2 |   staff_count: 5\n"
        "      |   ^^^^^^^^^^^\n"
        "help: known here: name, credit_code, registered_on, areas, registered_in_yizhuang_on, moved_into_yizhuang, "
        "track, activities, independent_legal_person, employees, sme_sector, size, …; all: `eligibility facts company`\n\n"
        "company.yaml:3:1: error[unknown-key]: `lease` is no fact\n"
        "    3 | lease:\n"
        "      | ^^^^^\n"
        "help: did you mean `leases`?"
    )


@pytest.mark.parametrize("key", ["lease.rent_paid", "leases[0]", "a.b.c"])
def test_an_unknown_key_that_looks_like_a_path_is_underlined_where_it_stands(key):
    lines = refusal(f"company:\n  employees: 5\n  {key}: 5\n").splitlines()
    assert lines[:3] == [
        f"company.yaml:3:3: error[unknown-key]: `company.{key}` is no fact",
        f"    3 |   {key}: 5",
        f"      |   {'^' * len(key)}",
    ]


def test_wide_characters_are_underlined_at_their_width():
    assert refusal("company: {name: 北京某公司, size: 很小}\n") == (
        "company.yaml:1:30: error[value]: `company.size`: `很小` is no value of `company.size`\n"
        "    1 | company: {name: 北京某公司, size: 很小}\n"
        "      |                                   ^^^^\n"
        "help: one of: micro, small, medium, large"
    )


def test_a_value_over_several_lines_is_underlined_to_the_end_of_its_first():
    assert refusal("company:\n  size: |\n    very\n    small\n") == (
        "company.yaml:2:9: error[value]: `company.size`: `very\ufffdsmall\ufffd` is no value of `company.size`\n"
        "    2 |   size: |\n"
        "      |         ^\n"
        "help: one of: micro, small, medium, large"
    )


def test_a_long_line_is_cut_around_the_wrong_part():
    text = f"company: {{name: {'x' * 300}, employees: many, size: small}}\n"
    first, line, under, help_ = refusal(text).splitlines()
    assert first == "company.yaml:1:330: error[value]: `company.employees`: `many` is not a whole number"
    assert line == f"    1 | {'x' * 47}, employees: many, size: small}}"
    assert under == f"      | {' ' * 60}^^^^"
    assert help_ == "help: write a whole number from 0 to 1000000000"


def test_control_characters_never_reach_the_terminal():
    text = refusal('company: {"\\e[31m": 3, size: "a\\nb"}\n')
    assert "\x1b" not in text
    assert text.splitlines()[0] == "company.yaml:1:11: error[unknown-key]: `company.\ufffd[31m` is no fact"
    assert "company.yaml:1:30: error[value]: `company.size`: `a\ufffdb` is no value of `company.size`" in text


def test_several_findings_come_in_order_of_place():
    text = """\
leases:
  - year: 2023
    rent_paid: -5
  - {year: 20x3, use: 别墅}
payments: none
company:
  registered_on: 2023-02-30
  size: smal
"""
    assert (
        refusal(text)
        == """\
company.yaml:3:16: error[value]: `leases[0].rent_paid`: `-5` is negative
    3 |     rent_paid: -5
      |                ^^
help: an amount of money is 0 or more

company.yaml:4:12: error[value]: `leases[1].year`: `20x3` is not a whole number
    4 |   - {year: 20x3, use: 别墅}
      |            ^^^^
help: write a whole number from 1900 to 2200

company.yaml:4:23: error[value]: `leases[1].use`: `别墅` is no value of `lease.use`
    4 |   - {year: 20x3, use: 别墅}
      |                       ^^^^
help: one of: rnd, production, service, office, other

company.yaml:5:11: error[shape]: `payments` is not a list
    5 | payments: none
      |           ^^^^
help: write a list; `[]` says that there are none

company.yaml:7:18: error[value]: `company.registered_on`: `2023-02-30` is no day of the calendar
    7 |   registered_on: 2023-02-30
      |                  ^^^^^^^^^^
help: write a date of the calendar as year-month-day, such as `2023-06-30`

company.yaml:8:9: error[value]: `company.size`: `smal` is no value of `company.size`
    8 |   size: smal
      |         ^^^^
help: did you mean `small`?"""
    )


def test_findings_about_a_whole_entry_point_at_it():
    text = """\
years:
  - year: 2022
  - revenue: 5
payments:
  - {clause: a/b, year: 2022}
  - {clause: a/b, year: 2022, amount: 5}
"""
    assert (
        refusal(text)
        == """\
company.yaml:3:5: error[value]: `years[1]`: an entry of `years` must say its `year`
    3 |   - revenue: 5
      |     ^^^^^^^^^^
help: write `year: 2023`

company.yaml:6:5: error[value]: `payments[1]`: contradicts `payments[0]`: same clause, item and year
    6 |   - {clause: a/b, year: 2022, amount: 5}
      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
help: give one payment for each clause, item and year: the sum received"""
    )


def test_keys_given_twice_are_refused_before_anything_else():
    assert refusal("company:\n  employees: many\n  size: small\n  size: large\n") == (
        "company.yaml:4:3: error[duplicate-key]: the key `size` stands twice\n"
        "    4 |   size: large\n"
        "      |   ^^^^\n"
        "company.yaml:3:3: note: first here\n"
        "    3 |   size: small\n"
        "      |   ^^^^\n"
        "help: keep one of the two"
    )


def test_a_finding_in_json_has_its_place_as_well():
    assert refusal('{\n\t"company": {"employees": "many", "parent_rnd": NaN}}', "company.json") == (
        "company.json:2:27: error[value]: `company.employees`: `many` is not a whole number\n"
        '    2 |  "company": {"employees": "many", "parent_rnd": NaN}}\n'
        "      |                           ^^^^^^\n"
        "help: write a whole number from 0 to 1000000000\n\n"
        "company.json:2:49: error[value]: `company.parent_rnd`: `NaN` is not an amount of money\n"
        '    2 |  "company": {"employees": "many", "parent_rnd": NaN}}\n'
        "      |                                                 ^^^\n"
        "help: write an amount such as `2000万元`, `1.2亿元`, `¥3,000,000` or `3000000.00` (yuan)"
    )


def test_a_finding_in_json_that_is_no_yaml_has_a_path_but_no_place():
    text = '{"company": {"name": "\\ud83e\\uddea", "employees": 2.5, "parent_rnd": NaN, "x": 1}}'
    assert refusal(text, "company.json") == (
        "error[value]: `company.employees`: `2.5` is not a whole number\n"
        "help: write a whole number from 0 to 1000000000\n\n"
        "error[value]: `company.parent_rnd`: `NaN` is not an amount of money\n"
        "help: write an amount such as `2000万元`, `1.2亿元`, `¥3,000,000` or `3000000.00` (yuan)\n\n"
        "error[unknown-key]: `company.x` is no fact\n"
        "help: known here: name, credit_code, registered_on, areas, registered_in_yizhuang_on, moved_into_yizhuang, "
        "track, activities, independent_legal_person, employees, sme_sector, size, …; all: `eligibility facts company`"
    )


def test_what_only_the_date_tells_is_shown_at_its_place_too():
    text = "company:\n  registered_on: 2023-07-01\n  name: Acme\npayments:\n  - {clause: moon/landing}\n"
    file = parse_profile(Source("company.yaml", text))
    with pytest.raises(ProfileRefused) as caught:
        check(file.profile, Rulebook.load(), on=date(2023, 6, 30), engine="kleene")
    assert str(file.placed(caught.value)) == (
        "company.yaml:2:18: error[after-on]: `company.registered_on`: `2023-07-01` lies after the date of assessment "
        "`2023-06-30`\n"
        "    2 |   registered_on: 2023-07-01\n"
        "      |                  ^^^^^^^^^^\n"
        "help: correct the date, or assess a later day with `--on`\n\n"
        "company.yaml:5:14: error[unknown-clause]: `payments[0].clause`: there is no clause `moon/landing`\n"
        "    5 |   - {clause: moon/landing}\n"
        "      |              ^^^^^^^^^^^^\n"
        "help: see `eligibility rules list`"
    )


# ---- what is no profile file


def test_an_empty_file_is_refused():
    for text in ("", "\n\n", "# nothing but a remark\n"):
        assert refusal(text) == "error[empty]: `company.yaml` is empty\nhelp: start from `eligibility profile new`"


@pytest.mark.parametrize(
    ("text", "underlined"),
    [("just words", 10), ("- a\n- b\n", 3), ("[1, 2]", 6), ("---\n", 1), ("company: a: b", None)],
)
def test_a_text_that_is_no_mapping_is_refused(text, underlined):
    if underlined is None:
        assert refusal(text).startswith("company.yaml:1:11: error[not-yaml]: this is not YAML: mapping values are not")
        return
    first = text.split("\n")[0]
    line = 2 if text == "---\n" else 1
    shown = "" if line == 2 else first
    assert refusal(text) == (
        f"company.yaml:{line}:1: error[shape]: this is not a profile: a mapping belongs here\n"
        f"    {line} | {shown}\n"
        f"      | {'^' * underlined}\n"
        "help: a profile has `company:` and lists such as `leases:`"
    )


def test_yaml_that_cannot_be_read_is_an_invalid_profile():
    assert refusal("company: [\n").startswith("company.yaml:2:1: error[not-yaml]: this is not YAML: ")
    assert "error[tag]: the tag `!!python/object:os.system` is not read" in refusal(
        "company: !!python/object:os.system {}"
    )
    assert "error[alias]: an alias repeats this value" in refusal("company: &x {name: a}\nleases: [*x]")


def test_a_file_that_is_no_text_is_an_invalid_profile(tmp_path):
    path = tmp_path / "company.yaml"
    path.write_bytes("name: 北京".encode("gb18030"))
    with pytest.raises(ProfileRefused) as caught:
        read_profile(str(path))
    assert str(caught.value) == (
        f"error[not-utf8]: `{path}` is not UTF-8 text: byte 7 is wrong\nhelp: save the file as UTF-8"
    )


def test_a_path_that_is_not_there_or_a_folder_is_wrong_usage(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    with pytest.raises(UsageRefused) as caught:
        read_profile("none.yaml")
    assert (
        str(caught.value) == "error[no-such-file]: there is no file `none.yaml`\nhelp: check the path and its spelling"
    )
    with pytest.raises(UsageRefused) as caught:
        read_profile("folder")
    assert str(caught.value) == "error[not-a-file]: `folder` is a folder\nhelp: name a file"
