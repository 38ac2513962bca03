"""Frozen slotted classes that are cheap to define.

They behave like `dataclass(frozen=True, slots=True)`, which compiles six methods for each class. With some sixty
classes that is a sixth of the time a command takes on Python 3.11; here only `__init__` is compiled, the rest is
shared (docs/decisions/frozen-classes.md).
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")
_MISSING: Final = object()


class _Aside:
    """Marks a field that equality, hash and repr leave aside."""

    def __init__(self, default: Any) -> None:
        self.default = default


def aside(default: Any = _MISSING) -> Any:
    """Declare a field that equality, hash and repr leave aside, such as a place in a file."""
    return _Aside(default)


@dataclass_transform(frozen_default=True, field_specifiers=(aside,))
def frozen(cls: type[T]) -> type[T]:
    """Make a class with annotated fields frozen, slotted and comparable by value.

    What the class defines itself is kept: `__eq__ = object.__eq__` with `__hash__ = object.__hash__` compares by
    identity.

    >>> @frozen
    ... class Point:
    ...     x: int
    ...     y: int = 0
    >>> Point(1) == Point(1, 0), Point(1)
    (True, Point(x=1, y=0))
    """
    body = dict(cls.__dict__)
    names = tuple(body.get("__annotations__", ()))
    defaults: dict[str, Any] = {}
    left_aside = set()
    for name in names:
        default = body.pop(name, _MISSING)
        if isinstance(default, _Aside):
            left_aside.add(name)
            default = default.default
        if default is not _MISSING:
            defaults[name] = default
    for name in ("__dict__", "__weakref__"):
        body.pop(name, None)
    compared = tuple(name for name in names if name not in left_aside)
    body = _SHARED | body
    body["__slots__"] = body["__match_args__"] = names
    body["__init__"] = _initialiser(names, defaults)
    body["_compared"] = compared
    body["_values"] = staticmethod(attrgetter(*compared) if compared else _nothing)
    made: type[T] = type(cls)(cls.__name__, cls.__bases__, body)  # type: ignore[misc]
    made.__qualname__ = cls.__qualname__
    return made


def _initialiser(names: tuple[str, ...], defaults: dict[str, Any]) -> Callable[..., None]:
    """Compile `__init__`; a shared one would be several times as slow to call."""
    parameters = ", ".join(f"{name}=_defaults[{name!r}]" if name in defaults else name for name in names)
    sets = "".join(f"\n    _set(self, {name!r}, {name})" for name in names) or "\n    pass"
    space: dict[str, Any] = {"_set": object.__setattr__, "_defaults": defaults}
    exec(f"def __init__(self, {parameters}):{sets}", space)  # noqa: S102 - only field names of our own classes
    initialiser: Callable[..., None] = space["__init__"]
    return initialiser


def _nothing(_self: Any) -> tuple[()]:
    return ()


def _refuse(self: Any, name: str, _value: Any = None) -> None:
    raise AttributeError(f"{name!r} of a {type(self).__name__} cannot be changed")


def _equal(self: Any, other: Any) -> Any:
    if other.__class__ is not self.__class__:
        return NotImplemented
    return self._values(self) == self._values(other)


def _hash(self: Any) -> int:
    return hash((self.__class__, self._values(self)))


def _show(self: Any) -> str:
    fields = ", ".join(f"{name}={getattr(self, name)!r}" for name in self._compared)
    return f"{type(self).__qualname__}({fields})"


def _pickle(self: Any) -> tuple[Any, ...]:
    return type(self), tuple(getattr(self, name) for name in self.__slots__)


def compared(value: object) -> dict[str, Any]:
    """Give the fields of a frozen value that equality looks at, by name, in the order they are declared.

    >>> from eligibility.bilingual import Words
    >>> compared(Words("一", "one"))
    {'zh': '一', 'en': 'one'}
    """
    names: tuple[str, ...] = type(value)._compared  # type: ignore[attr-defined]  # noqa: SLF001 - it is set above
    return {name: getattr(value, name) for name in names}


def replace(value: T, /, **changes: Any) -> T:
    """Make a copy with some fields changed.

    >>> from eligibility.bilingual import Words
    >>> replace(Words("一", "one"), en="two")
    Words(zh='一', en='two')
    """
    fields = {name: getattr(value, name) for name in type(value).__slots__}  # type: ignore[attr-defined]
    return type(value)(**(fields | changes))


_SHARED: Final = {
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__eq__": _equal,
    "__hash__": _hash,
    "__repr__": _show,
    "__reduce__": _pickle,
}
