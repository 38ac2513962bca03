from __future__ import annotations

import pytest

from eligibility.rulebook.sentences import SUPPORT, sentences


def split(text: str) -> list[str]:
    return [sentence.text for sentence in sentences(text)]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("One. Two.", ["One.", "Two."]),
        ("A heading\nA line", ["A heading", "A line"]),
        ("Ms. Tse met Dr. Li. They spoke.", ["Ms. Tse met Dr. Li.", "They spoke."]),
        ("- Previous:Ms. Tse spoke.", ["- Previous:Ms. Tse spoke."]),
        ("J. Smith spoke.", ["J. Smith spoke."]),
        ("It serves R&D. We go on.", ["It serves R&D.", "We go on."]),
        ("It cost 1.5 million. So it is.", ["It cost 1.5 million.", "So it is."]),
        ("At No.138, Section 3", ["At No.138, Section 3"]),
        ("review, research, etc., and more", ["review, research, etc., and more"]),
        ("review, etc. The next", ["review, etc.", "The next"]),
        ('"We came. We saw," he said. So?', ['"We came.', 'We saw," he said.', "So?"]),
        ('He said "yes." Then he left.', ['He said "yes."', "Then he left."]),
        (
            "“‘new’ is power. ‘Medicine’ is a base.” It ended.",
            ["“‘new’ is power.", "‘Medicine’ is a base.”", "It ended."],
        ),
        ("to hear voices... In Beijing", ["to hear voices...", "In Beijing"]),
        ("up to 20 million; Focusing on it, 100 million", ["up to 20 million;", "Focusing on it, 100 million"]),
        ("最高300万元。每年一次；不重复。", ["最高300万元。", "每年一次；", "不重复。"]),
        ("   \n\n", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_ends_them(text: str, parts: list[str]) -> None:
    assert split(text) == parts


def test_every_word_belongs_to_one_sentence() -> None:
    text = "  A heading\r\n\r\n“One; two.” Three?  Four\n"
    found = sentences(text)
    assert "".join("".join(split(text)).split()) == "".join(text.split())
    assert [text[sentence.start : sentence.end] for sentence in found] == split(text)


def test_a_sentence_knows_its_line_and_column() -> None:
    found = sentences("one\n\n  Two. Three.")
    assert [(sentence.line, sentence.column) for sentence in found] == [(1, 1), (3, 3), (3, 8)]


@pytest.mark.parametrize(
    ("text", "bears"),
    [
        ("3 million yuan", ("amount",)),
        ("1:1, then 3 million yuan", ("amount", "rate")),
        ("more than 120 enterprises", ("count",)),
        ("six major centers", ("count",)),
        ("In 2023 pages were written", ()),
        ("it rained", ()),
        ("the Economic Development Zone lies in the south", ()),
        ("will be subsidized", ("support",)),
        ("we will accelerate review", ("support",)),
        ("optimize the approval of new drugs", ("support",)),
        ("build industrial parks", ("support",)),
        ("establish a full-life-cycle system", ("support",)),
        ("protection of intellectual property", ("support",)),
        ("给予奖励", ("support",)),
    ],
)
def test_what_a_sentence_bears(text: str, bears: tuple[str, ...]) -> None:
    assert [sentence.bears for sentence in sentences(text)] == [bears]


def test_the_words_of_support_are_documented_by_kind() -> None:
    assert list(SUPPORT) == ["money", "help", "services", "policies", "building", "driving", "protection"]
