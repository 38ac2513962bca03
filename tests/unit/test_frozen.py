"""Frozen classes behave like frozen slotted dataclasses; fields left aside take no part in equality."""

from __future__ import annotations

import copy
import pickle

import pytest

from eligibility.frozen import aside, frozen, replace


@frozen
class Point:
    """A place on a plane."""

    x: int
    y: int = 0

    @property
    def doubled(self) -> int:
        return 2 * self.x


@frozen
class Marked:
    word: str
    place: object = aside(None)


@frozen
class Demanding:
    word: str
    place: object = aside()


@frozen
class Thing:
    name: str
    __eq__ = object.__eq__
    __hash__ = object.__hash__


@frozen
class Other:
    x: int
    y: int = 0


@frozen
class Empty:
    pass


def test_fields_are_given_by_position_or_name_and_may_have_defaults():
    assert (Point(1).x, Point(1).y) == (1, 0)
    assert Point(y=2, x=1) == Point(1, 2)
    assert Point(3).doubled == 6


@pytest.mark.parametrize("make", [Point, lambda: Point(1, 2, 3), lambda: Point(1, z=2), lambda: Demanding("a")])
def test_missing_and_unknown_fields_are_refused(make):
    with pytest.raises(TypeError):
        make()


def test_nothing_can_be_set_added_or_deleted():
    point = Point(1)
    with pytest.raises(AttributeError, match=r"^'x' of a Point cannot be changed$"):
        point.x = 2
    with pytest.raises(AttributeError, match=r"^'z' of a Point cannot be changed$"):
        point.z = 2
    with pytest.raises(AttributeError, match=r"^'x' of a Point cannot be changed$"):
        del point.x
    assert point.x == 1
    assert not hasattr(point, "__dict__")


def test_equality_and_hash_go_by_value_and_class():
    assert Point(1, 2) == Point(1, 2)
    assert hash(Point(1, 2)) == hash(Point(1, 2))
    assert Point(1, 2) != Point(2, 1)
    assert Point(1, 2) != Other(1, 2)
    assert Point(1, 2) != (1, 2)
    assert len({Point(1), Point(1), Point(2), Other(1)}) == 3


def test_a_field_left_aside_changes_neither_equality_nor_hash_nor_what_is_shown():
    here, there = Marked("a", "here"), Marked("a", "there")
    assert here == there
    assert hash(here) == hash(there)
    assert repr(here) == "Marked(word='a')"
    assert (here.place, Marked("a").place) == ("here", None)
    assert Marked("a", "here") != Marked("b", "here")


def test_a_class_can_keep_comparison_by_identity():
    one, two = Thing("a"), Thing("a")
    assert one == one  # noqa: PLR0124 - identity is the point
    assert one != two
    assert len({one, two}) == 2


def test_it_is_shown_as_it_is_made():
    assert repr(Point(1)) == "Point(x=1, y=0)"
    assert repr(Empty()) == "Empty()"
    assert eval(repr(Point(1, 2))) == Point(1, 2)


@pytest.mark.parametrize("again", [lambda v: pickle.loads(pickle.dumps(v)), copy.copy, copy.deepcopy])
@pytest.mark.parametrize("value", [Point(1, 2), Marked("a", "here"), Empty()])
def test_a_copy_is_equal_and_has_every_field(again, value):
    made = again(value)
    assert made == value
    assert [getattr(made, name) for name in made.__slots__] == [getattr(value, name) for name in value.__slots__]


def test_replace_changes_only_what_is_named_also_what_is_aside():
    assert replace(Point(1, 2), y=5) == Point(1, 5)
    assert replace(Marked("a", "here"), word="b").place == "here"
    assert replace(Marked("a", "here"), place="there").place == "there"
    with pytest.raises(TypeError):
        replace(Point(1), z=1)


def test_it_can_be_matched_by_position():
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_names_and_docstring_are_those_of_the_class():
    assert (Point.__name__, Point.__qualname__, Point.__module__) == ("Point", "Point", __name__)
    assert Point.__doc__ == "A place on a plane."
