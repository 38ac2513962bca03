"""Text → nodes with places: what is taken as it stands, and what is refused before anything is built from it."""

from __future__ import annotations

import time

import pytest

from eligibility.diagnostics import Refused, Source, UsageRefused
from eligibility.source import MAX_BYTES, MAX_DEPTH, compose, decode, place_of, plain, read_text


def taken(text, name="file.yaml"):
    """Read a text that is fine as far as it goes."""
    source = Source(name, text)
    findings = []
    node = compose(source)
    assert node is not None
    value = plain(source, node, findings)
    assert findings == []
    return value


def refusal(text, name="file.yaml"):
    """Give everything that refuses a text, whether it cannot be composed or not be taken as plain values."""
    source = Source(name, text)
    findings = []
    with pytest.raises(Refused) as caught:  # noqa: PT012 - either step refuses
        plain(source, compose(source), findings)
        raise Refused(findings)
    return str(caught.value)


# ---- scalars stay what was written


@pytest.mark.parametrize(
    "text",
    ["no", "yes", "on", "off", "0123", "1:1", "0.1", "1e3", "2023-06-30", "0x10", "1_000", ".nan", "=", "<<", "N"],
)
def test_a_plain_scalar_stays_its_text(text):
    assert taken(f"key: {text}") == {"key": text}
    assert taken(f"[{text}]") == [text]


def test_true_false_and_null_are_read_only_where_they_are_plainly_written():
    assert taken("[true, True, false, False, null, Null, NULL, ~, '', 'true', \"null\", TRUE]") == [
        True, True, False, False, None, None, None, None, "", "true", "null", "TRUE",
    ]  # fmt: skip
    assert taken("a:\nb: 1") == {"a": None, "b": "1"}
    assert taken("a: |\n  null\n") == {"a": "null\n"}


def test_lists_mappings_and_json_are_read():
    assert taken('{"a": [1, {"b": "c"}], "d": {}}') == {"a": ["1", {"b": "c"}], "d": {}}
    assert taken("- a\n- - b\n  - c: d\n") == ["a", ["b", {"c": "d"}]]


def test_carriage_returns_end_lines():
    assert taken("a: 1\r\nb:\r\n  - 2\r\n") == {"a": "1", "b": ["2"]}
    assert refusal("a: 1\r\nb: 2\r\nb: 3\r\n") == (
        "file.yaml:3:1: error[duplicate-key]: the key `b` stands twice\n"
        "    3 | b: 3\n"
        "      | ^\n"
        "file.yaml:2:1: note: first here\n"
        "    2 | b: 2\n"
        "      | ^\n"
        "help: keep one of the two"
    )


@pytest.mark.parametrize("end", ["\r", "\x85", "\u2028", "\u2029"])
def test_every_line_end_of_yaml_counts_as_one(end):
    assert refusal(f"a: 1{end}b: 2{end}a: 3").splitlines()[:3] == [
        "file.yaml:3:1: error[duplicate-key]: the key `a` stands twice",
        "    3 | a: 3",
        "      | ^",
    ]


def test_a_byte_order_mark_is_no_part_of_the_text():
    source = decode(b"\xef\xbb\xbfa: 1\n", "file.yaml")
    assert source.text == "a: 1\n"
    assert place_of(source, compose(source).value[0][0]).column == 1


def test_an_empty_text_has_no_node():
    assert compose(Source("file.yaml", "")) is None
    assert compose(Source("file.yaml", "# only a remark\n\n")) is None
    assert compose(Source("file.yaml", "---\n")).value == ""


# ---- refused: what no profile or rule file needs


def test_an_alias_is_refused_at_the_value_it_repeats():
    assert refusal("a: &x [1, 2]\nb: *x\n") == (
        "file.yaml:1:4: error[alias]: an alias repeats this value\n"
        "    1 | a: &x [1, 2]\n"
        "      |    ^^^^^^^^^\n"
        "help: write the value out in each place"
    )


def test_an_alias_bomb_is_refused_at_once():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 30)]
    started = time.perf_counter()
    text = refusal("\n".join(lines))
    assert time.perf_counter() - started < 2
    assert text.startswith(
        "file.yaml:1:5: error[alias]: an alias repeats this value\n"
        "    1 | a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
        "      |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "help: write the value out in each place\n\n"
        "file.yaml:2:5: error[alias]: an alias repeats this value\n"
    )


def test_a_list_that_holds_itself_is_refused():
    assert refusal("&x [*x]") == (
        "file.yaml:1:1: error[alias]: an alias repeats this value\n"
        "    1 | &x [*x]\n"
        "      | ^^^^^^^\n"
        "help: write the value out in each place"
    )


@pytest.mark.parametrize(
    ("text", "tag", "where", "underlined"),
    [
        ("a: !!python/object/apply:os.system ['true']", "!!python/object/apply:os.system", 4, 40),
        ("a: !!python/name:os.system ''", "!!python/name:os.system", 4, 26),
        ("a: !thing {b: c}", "!thing", 4, 13),
        ("a: !!str 5", "!!str", 4, 7),
        ("!!set {a, b}", "!!set", 1, 12),
        ("a: !<tag:example.org,2000:x> 5", "tag:example.org,2000:x", 4, 27),
    ],
)
def test_a_tag_is_refused_and_nothing_is_built(text, tag, where, underlined):
    assert refusal(text) == (
        f"file.yaml:1:{where}: error[tag]: the tag `{tag}` is not read\n"
        f"    1 | {text}\n"
        f"      | {' ' * (where - 1)}{'^' * underlined}\n"
        "help: write plain values only"
    )


def test_several_documents_are_refused_at_the_second():
    assert refusal("a: 1\n---\nb: 2\n") == (
        "file.yaml:2:1: error[not-yaml]: the file holds more than one document\n"
        "    2 | ---\n"
        "      | ^\n"
        "help: keep one document in a file"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "a: [1, 2\nb: 3\n",
            (
                "file.yaml:2:2: error[not-yaml]: this is not YAML: did not find expected ',' or ']'\n"
                "    2 | b: 3\n"
                "      |  ^\n"
                "help: check indentation, quotes and colons here"
            ),
        ),
        (
            "a: 1\n  b: 2\n",
            (
                "file.yaml:2:4: error[not-yaml]: this is not YAML: mapping values are not allowed in this context\n"
                "    2 |   b: 2\n"
                "      |    ^\n"
                "help: check indentation, quotes and colons here"
            ),
        ),
        (
            "a: 'never closed\n",
            (
                "file.yaml:2:1: error[not-yaml]: this is not YAML: found unexpected end of stream\n"
                "    2 | \n"
                "      | ^\n"
                "help: check indentation, quotes and colons here"
            ),
        ),
        (
            "a:\n\t- b\n",
            (
                "file.yaml:2:1: error[not-yaml]: this is not YAML: found character that cannot start any token\n"
                "    2 |  - b\n"
                "      | ^\n"
                "help: check indentation, quotes and colons here"
            ),
        ),
        (
            "a: *nowhere\n",
            (
                "file.yaml:1:4: error[not-yaml]: this is not YAML: found undefined alias\n"
                "    1 | a: *nowhere\n"
                "      |    ^\n"
                "help: check indentation, quotes and colons here"
            ),
        ),
    ],
)
def test_what_is_no_yaml_is_refused_where_it_stops_being_some(text, expected):
    assert refusal(text) == expected


def test_a_character_no_text_file_has_is_refused():
    assert refusal("a: \0\n").endswith("help: remove the character that no text file has")
    assert refusal("a: \0\n").startswith("error[not-yaml]: `file.yaml` is not YAML: ")


# ---- refused: keys


def test_a_key_that_stands_twice_is_refused_with_both_places():
    assert refusal("a: 1\nb:\n  c: 1\n  d: 2\n  c: 3\n  c: 4\n") == (
        "file.yaml:5:3: error[duplicate-key]: the key `c` stands twice\n"
        "    5 |   c: 3\n"
        "      |   ^\n"
        "file.yaml:3:3: note: first here\n"
        "    3 |   c: 1\n"
        "      |   ^\n"
        "help: keep one of the two\n\n"
        "file.yaml:6:3: error[duplicate-key]: the key `c` stands twice\n"
        "    6 |   c: 4\n"
        "      |   ^\n"
        "file.yaml:3:3: note: first here\n"
        "    3 |   c: 1\n"
        "      |   ^\n"
        "help: keep one of the two"
    )


def test_one_key_in_two_spellings_stands_twice_all_the_same():
    assert "the key `a` stands twice" in refusal("a: 1\n'a': 2\n")


def test_a_key_must_be_a_word():
    assert refusal("? [a, b]\n: 1\n") == (
        "file.yaml:1:3: error[key]: a key must be a word\n    1 | ? [a, b]\n      |   ^^^^^^\nhelp: write `name: value`"
    )


# ---- refused: too deep, too large


def nested(kind, depth):
    match kind:
        case "list":
            return "[" * depth + "]" * depth
        case "mapping":
            return "{a: " * depth + "1" + "}" * depth
        case "lines":
            return "".join(f"{' ' * level}a:\n" for level in range(depth - 1)) + " " * (depth - 1) + "a: 1\n"
        case _:
            return "- " * depth + "1\n"


KINDS = ["list", "mapping", "lines", "dashes"]


@pytest.mark.parametrize("kind", KINDS)
def test_nesting_is_taken_up_to_the_limit(kind):
    assert compose(Source("file.yaml", nested(kind, MAX_DEPTH))) is not None


@pytest.mark.parametrize("kind", KINDS)
def test_nesting_past_the_limit_is_refused(kind):
    text = refusal(nested(kind, MAX_DEPTH + 1))
    assert "error[too-deep]: nested more than 60 deep\n" in text
    assert text.endswith("help: no profile or rule needs such nesting")


@pytest.mark.parametrize(("kind", "column"), [("list", 61), ("mapping", 241), ("dashes", 121)])
def test_a_million_levels_are_refused_before_the_parser_sees_them(kind, column):
    depth = MAX_BYTES // 5
    started = time.perf_counter()
    text = refusal(nested(kind, depth))
    assert time.perf_counter() - started < 10
    assert text.startswith(f"file.yaml:1:{column}: error[too-deep]: nested more than 60 deep\n")


def test_many_shallow_lists_are_no_nesting():
    assert len(taken("[" + "[1]," * 5000 + "]")) == 5000
    assert taken("a: " + "word " * 2000)["a"].startswith("word word")


def test_fifty_megabytes_of_nested_lists_are_refused_by_their_size_alone(tmp_path):
    path = tmp_path / "big.yaml"
    path.write_bytes(b"[" * 50_000_000)
    started = time.perf_counter()
    with pytest.raises(Refused) as caught:
        read_text(path, "big.yaml")
    assert time.perf_counter() - started < 1
    assert str(caught.value) == (
        "error[too-large]: `big.yaml` is larger than 4 MB\nhelp: a profile or rule file is a few kilobytes"
    )


def test_the_largest_file_is_four_million_bytes():
    assert len(decode(b"#" * 4_000_000, "file.yaml").text) == 4_000_000
    with pytest.raises(Refused, match=r"`file\.yaml` is larger than 4 MB"):
        decode(b"#" * 4_000_001, "file.yaml")


# ---- refused: files that are none


def test_bytes_that_are_no_utf8_are_refused_with_their_place():
    with pytest.raises(Refused) as caught:
        decode("名称: 北京\n".encode("gb18030"), "file.yaml")
    assert str(caught.value) == (
        "error[not-utf8]: `file.yaml` is not UTF-8 text: byte 1 is wrong\nhelp: save the file as UTF-8"
    )


def test_a_file_that_is_not_there_is_wrong_usage(tmp_path):
    with pytest.raises(UsageRefused) as caught:
        read_text(tmp_path / "none.yaml", "none.yaml")
    assert (
        str(caught.value) == "error[no-such-file]: there is no file `none.yaml`\nhelp: check the path and its spelling"
    )


def test_a_folder_is_wrong_usage(tmp_path):
    with pytest.raises(UsageRefused) as caught:
        read_text(tmp_path, "folder")
    assert str(caught.value) == "error[not-a-file]: `folder` is a folder\nhelp: name a file"


def test_a_file_below_a_file_cannot_be_read(tmp_path):
    (tmp_path / "a").write_text("")
    with pytest.raises(UsageRefused) as caught:
        read_text(tmp_path / "a" / "b", "a/b")
    assert str(caught.value) == "error[unreadable]: `a/b` cannot be read: not a directory"
