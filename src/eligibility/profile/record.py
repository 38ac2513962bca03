"""Records: frozen slotted classes whose fields are facts, validated by pydantic's core.

A record class is declared like a dataclass. Any pydantic model, type adapter or FastAPI route takes it as a field
type through its core-schema hook. It is no `BaseModel`, so that a command starts without importing the machinery
that builds one (docs/decisions/profile-records.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

from pydantic_core import PydanticCustomError, core_schema

from eligibility.bilingual import Words
from eligibility.dates import FIRST_YEAR, LAST_YEAR
from eligibility.frozen import replace
from eligibility.money import LiteralError
from eligibility.profile.facts import Fact, FactType, reader

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Text = tuple[str, str]


def _words(text: Text) -> Words:
    return Words(*text)


def money(label: Text, question: Text, *, past: bool = False) -> Any:
    """Declare an amount of money; `past` if it can no longer change."""
    return Fact(FactType.MONEY, _words(label), _words(question), past=past)


def count(unit: Text, label: Text, question: Text, *, low: int = 0, high: int | None = None) -> Any:
    """Declare a whole number of something."""
    return Fact(FactType.COUNT, _words(label), _words(question), unit=_words(unit), low=low, high=high)


def rate(label: Text, question: Text, *, over_one: bool = False) -> Any:
    """Declare a rate; a share unless it may pass 100%."""
    return Fact(FactType.RATE, _words(label), _words(question), over_one=over_one)


def day(label: Text, question: Text, *, not_after_on: bool = True) -> Any:
    """Declare a date; of something past unless said otherwise."""
    return Fact(FactType.DATE, _words(label), _words(question), not_after_on=not_after_on, past=not_after_on)


def year_of(label: Text, question: Text) -> Any:
    """Declare a calendar year."""
    return Fact(FactType.YEAR, _words(label), _words(question), low=FIRST_YEAR, high=LAST_YEAR, past=True)


def yes_no(label: Text, question: Text, *, past: bool = False) -> Any:
    """Declare a truth value; `past` if it can no longer change."""
    return Fact(FactType.BOOLEAN, _words(label), _words(question), past=past)


def choice(values: dict[str, Text], label: Text, question: Text) -> Any:
    """Declare one word out of several."""
    return Fact(FactType.CHOICE, _words(label), _words(question), values={k: _words(v) for k, v in values.items()})


def choices(values: dict[str, Text], label: Text, question: Text) -> Any:
    """Declare a set of words; a given set is complete."""
    return Fact(FactType.CHOICES, _words(label), _words(question), values={k: _words(v) for k, v in values.items()})


def text(label: Text, question: Text, read: Callable[[Any], Any] | None = None) -> Any:
    """Declare a text that no clause tests; `read` checks its form."""
    return Fact(FactType.TEXT, _words(label), _words(question), read=read)


@dataclass_transform(
    kw_only_default=True,
    frozen_default=True,
    field_specifiers=(money, count, rate, day, year_of, yes_no, choice, choices, text),
)
class RecordType(type):
    """Turns the facts declared in a class body into slots, and keeps them in `FACTS`."""

    FACTS: dict[str, Fact]
    KIND: str

    def __new__(
        cls,
        name: str,
        bases: tuple[type, ...],
        body: dict[str, Any],
        *,
        kind: str = "",
        label: Words | None = None,
        dated_by: str = "",
    ) -> RecordType:
        """Make the class; `kind` is the first part of its facts' paths."""
        declared = {key: value for key, value in body.items() if isinstance(value, Fact)}
        for key in declared:
            del body[key]
        facts = {key: replace(fact, path=f"{kind}.{key}") for key, fact in declared.items()}
        body.setdefault("__slots__", tuple(facts))
        body |= {"FACTS": facts, "KIND": kind, "LABEL": label, "DATED_BY": dated_by}
        return super().__new__(cls, name, bases, body)

    def __init__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any], **_words: Any) -> None:
        super().__init__(name, bases, body)


class Record(metaclass=RecordType):
    """One part of a profile. Every field is None where it is unknown."""

    FACTS: ClassVar[dict[str, Fact]]
    KIND: ClassVar[str]
    LABEL: ClassVar[Words]
    DATED_BY: ClassVar[str]
    """The fact that says which year an entry belongs to."""

    def known(self) -> Iterator[tuple[str, Any]]:
        """Give the name and value of every known fact, in the order of the catalogue."""
        for name in self.FACTS:
            value = getattr(self, name)
            if value is not None:
                yield name, value

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a {type(self).__name__} cannot be changed; read a new one")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and dict(self.known()) == dict(other.known())

    def __hash__(self) -> int:
        return hash(tuple(self.known()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self.known())})"

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), dict(self.known()))

    @classmethod
    def build_schema(cls) -> core_schema.CoreSchema:
        """Draw the schema that pydantic's core validates with."""
        fields = [
            core_schema.dataclass_field(name, optional(guarded(reader(fact))), kw_only=True)
            for name, fact in cls.FACTS.items()
        ]
        return dataclass_of(cls, fields)


def _restore(cls: type[Record], known: dict[str, Any]) -> Record:
    """Rebuild a pickled record."""
    record = object.__new__(cls)
    for name in cls.FACTS:
        object.__setattr__(record, name, known.get(name))
    return record


def guarded(read: Callable[[Any], Any]) -> core_schema.CoreSchema:
    """Make a reader of literals a validator; its message and help go out unchanged."""

    def validate(raw: Any) -> Any:
        if raw is None:
            return None
        try:
            return read(raw)
        except LiteralError as problem:
            context = {"problem": str(problem), "help": problem.help}
            raise PydanticCustomError("value", "{problem}; {help}", context) from None

    return core_schema.no_info_plain_validator_function(validate)


def optional(schema: core_schema.CoreSchema) -> core_schema.CoreSchema:
    """Let a field be absent: unknown."""
    return core_schema.with_default_schema(schema, default=None)


def dataclass_of(cls: type, fields: list[core_schema.DataclassField]) -> core_schema.CoreSchema:
    """Let pydantic's core fill the slots of a class; unknown keys are refused."""
    return core_schema.dataclass_schema(
        cls,
        core_schema.dataclass_args_schema(cls.__name__, fields, extra_behavior="forbid"),
        [field["name"] for field in fields],
        slots=True,
        frozen=True,
    )
