"""The whole profile: one company, its years, items and payments."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, ClassVar, Final

from pydantic_core import (
    InitErrorDetails,
    PydanticCustomError,
    SchemaValidator,
    ValidationError,
    core_schema,
)

from eligibility.bilingual import Words
from eligibility.diagnostics import Diagnostic, ProfileRefused, did_you_mean
from eligibility.money import MAX_MONEY, Rate, yuan
from eligibility.profile.facts import FactType
from eligibility.profile.record import Record, dataclass_of, optional
from eligibility.profile.records import (
    ITEM_RECORDS,
    Company,
    Investment,
    Lease,
    Payment,
    Product,
    Project,
    Talent,
    Trial,
    Year,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LISTS: Final[dict[str, type[Record]]] = {
    "years": Year,
    "projects": Project,
    "products": Product,
    "trials": Trial,
    "leases": Lease,
    "investments": Investment,
    "talents": Talent,
    "payments": Payment,
}
"""The lists of a profile file and the record each holds."""

MANY: Final = {record.KIND: name for name, record in LISTS.items()}
"""From the name of a kind (`lease`) to the name of its list (`leases`)."""

NO_SINGLE_ITEM: Final = "none"
"""As the item of a payment: tied to no single item."""

ITEM_KINDS: Final = tuple(record.KIND for record in ITEM_RECORDS)
_MOST_NAMED: Final = 12
"""How many names of facts a help lists before it sends the reader to the catalogue."""

_ITEM: Final = re.compile(r"([a-z]+)\[(0|[1-9]\d{0,6})\]")
_MONEY_FIELDS: Final = {
    name: tuple(field for field, fact in record.FACTS.items() if fact.type is FactType.MONEY)
    for name, record in LISTS.items()
    if record is not Year
}
Problem = tuple[tuple[str | int, ...], str, str]
"""Where (as pydantic has it), what is wrong, and the help line."""


class Profile(Record, kind="profile", label=Words("企业信息", "profile"), dated_by=""):
    """What one company says about itself; None anywhere means unknown, an empty list means none."""

    __slots__ = ("company", *LISTS)
    sections: ClassVar = ("company", *LISTS)

    if TYPE_CHECKING:
        company: Company
        years: tuple[Year, ...] | None
        projects: tuple[Project, ...] | None
        products: tuple[Product, ...] | None
        trials: tuple[Trial, ...] | None
        leases: tuple[Lease, ...] | None
        investments: tuple[Investment, ...] | None
        talents: tuple[Talent, ...] | None
        payments: tuple[Payment, ...] | None

    @classmethod
    def read(cls, raw: Mapping[str, Any] | Profile) -> Profile:
        """Read a profile from plain values: mappings, lists, text, whole numbers, truth values and dates.

        Raises:
            ProfileRefused: with every finding and the path of each (`leases[0].rent_paid`).
        """
        try:
            return _validator().validate_python(raw)  # type: ignore[no-any-return]
        except ValidationError as problem:
            raise ProfileRefused(map(_finding, problem.errors(include_url=False))) from None

    def known(self) -> Iterator[tuple[str, Any]]:
        """Give each part that is known."""
        for name in self.sections:
            value = getattr(self, name)
            if value is not None:
                yield name, value

    def __reduce__(self) -> tuple[Any, ...]:
        return Profile.read, ({name: list(part) if name in LISTS else part for name, part in self.known()},)

    def to_dict(self) -> dict[str, Any]:
        """Give the profile as plain values; reading them again gives an equal profile."""
        return {
            name: [_plain_record(entry) for entry in part] if name in LISTS else _plain_record(part)
            for name, part in self.known()
        }

    @classmethod
    def build_schema(cls) -> core_schema.CoreSchema:
        """Draw the schema of the whole profile, with the checks that span several fields."""
        given = core_schema.no_info_before_validator_function(_absent_if_null, Company.build_schema())
        company = core_schema.with_default_schema(given, default_factory=_nobody)
        fields = [core_schema.dataclass_field("company", company, kw_only=True)]
        for name, record in LISTS.items():
            entries = core_schema.tuple_schema([record.build_schema()], variadic_item_index=0)
            field = optional(core_schema.nullable_schema(entries))
            fields.append(core_schema.dataclass_field(name, field, kw_only=True))
        return core_schema.no_info_after_validator_function(_checked, dataclass_of(cls, fields))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: Any) -> core_schema.CoreSchema:
        """Let any pydantic model, type adapter or FastAPI route take a profile."""
        return cls.build_schema()

    @classmethod
    def __get_pydantic_json_schema__(cls, _schema: Any, _handler: Any) -> dict[str, Any]:
        from eligibility.profile.schema import inlined_schema

        return inlined_schema()


@cache
def _validator() -> SchemaValidator:
    return SchemaValidator(Profile.build_schema())


def _nobody() -> Company:
    return _validator().validate_python({"company": {}}).company  # type: ignore[no-any-return]


def _absent_if_null(raw: Any) -> Any:
    return {} if raw is None else raw


def _plain_record(record: Record) -> dict[str, Any]:
    return {name: plain_value(record.FACTS[name].type, value) for name, value in record.known()}


def plain_value(kind: FactType, value: Any) -> Any:
    """Give a value of a fact as a profile file writes it."""
    match kind:
        case FactType.MONEY:
            return yuan(value)
        case FactType.RATE:
            return f"{value.num}/{value.den}" if isinstance(value, Rate) else value
        case FactType.DATE:
            return value.isoformat()
        case FactType.CHOICES:
            return sorted(value)
        case _:
            return value


def path_of(loc: tuple[str | int, ...]) -> str:
    """Print a pydantic location as a path in a profile file.

    >>> path_of(("leases", 0, "rent_paid"))
    'leases[0].rent_paid'
    """
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc).lstrip(".")


def _finding(error: Any) -> Diagnostic:
    """Say in our words what pydantic's core found."""
    loc = error["loc"]
    path = path_of(loc)
    match error["type"]:
        case "value":
            context = error["ctx"]
            return Diagnostic("value", f"`{path}`: {context['problem']}", help=context["help"], path=path)
        case "unexpected_keyword_argument":
            return _unknown_key(loc, path)
        case "tuple_type":
            message, help_ = f"`{path}` is not a list", "write a list; `[]` says that there are none"
        case "dataclass_type" if not loc:
            message, help_ = "this is not a profile", "a profile has `company:` and lists such as `leases:`"
        case "dataclass_type":
            message, help_ = f"`{path}` is not a mapping", "write `name: value` pairs below it"
        case _:
            message, help_ = f"`{path}` cannot be read", "see `eligibility facts`"
    return Diagnostic("shape", message, help=help_, path=path)


def _unknown_key(loc: tuple[Any, ...], path: str) -> Diagnostic:
    record: Any = Profile if len(loc) == 1 else Company if loc[0] == "company" else LISTS[loc[0]]
    known = list(Profile.sections if record is Profile else record.FACTS)
    more = f", …; all: `eligibility facts {record.KIND}`" if len(known) > _MOST_NAMED else ""
    help_ = did_you_mean(str(loc[-1]), known, f"known here: {', '.join(known[:_MOST_NAMED])}{more}")
    return Diagnostic("unknown-key", f"`{path}` is no fact", help=help_, path=path)


def _checked(profile: Profile) -> Profile:
    """Refuse what no single field can tell: repeated years, payments that contradict, sums out of range."""
    problems = [*_repeated_years(profile), *_payments(profile), *_sums(profile)]
    if problems:
        raise ValidationError.from_exception_data("Profile", [_line(problem) for problem in problems])
    return profile


def _line(problem: Problem) -> InitErrorDetails:
    loc, message, help_ = problem
    error = PydanticCustomError("value", "{problem}; {help}", {"problem": message, "help": help_})
    return InitErrorDetails(type=error, loc=loc, input=None)


def _repeated_years(profile: Profile) -> Iterator[Problem]:
    seen: dict[int, int] = {}
    for place, entry in enumerate(profile.years or ()):
        if entry.year is None:
            yield ("years", place), "an entry of `years` must say its `year`", "write `year: 2023`"
        elif entry.year in seen:
            help_ = "keep one entry for each year"
            yield ("years", place, "year"), f"`{entry.year}` stands in `years[{seen[entry.year]}]` already", help_
        else:
            seen[entry.year] = place


def _payments(profile: Profile) -> Iterator[Problem]:
    seen: dict[tuple[Any, ...], int] = {}
    for place, entry in enumerate(profile.payments or ()):
        if entry.clause is None:
            help_ = "write `clause: policy-id/clause-id`, as `eligibility rules list` shows it"
            yield ("payments", place), "a payment must name its `clause`", help_
            continue
        if entry.item not in (None, NO_SINGLE_ITEM) and (problem := _item_problem(profile, entry.item)):
            yield ("payments", place, "item"), *problem
        key = (entry.clause, entry.item, entry.year)
        if key in seen:
            message = f"contradicts `payments[{seen[key]}]`: same clause, item and year"
            yield ("payments", place), message, "give one payment for each clause, item and year: the sum received"
        seen.setdefault(key, place)


def _item_problem(profile: Profile, item: str | None) -> tuple[str, str] | None:
    found = _ITEM.fullmatch(item or "")
    many = [MANY[kind] for kind in ITEM_KINDS]
    if not found or found[1] not in many:
        return f"`{item}` names no item", f"write the list and the place from 0, such as `{many[0]}[0]`, or `none`"
    entries = getattr(profile, found[1])
    if entries is not None and int(found[2]) >= len(entries):
        return f"there is no `{item}`", f"`{found[1]}` has {len(entries)} entries, counted from 0"
    return None


def _sums(profile: Profile) -> Iterator[Problem]:
    for name, fields in _MONEY_FIELDS.items():
        entries = getattr(profile, name)
        if entries and len(entries) > 1:
            for field in fields:
                if sum(getattr(entry, field) or 0 for entry in entries) > MAX_MONEY:
                    message = f"the sum of `{field}` is over 1000000000000 yuan"
                    yield (name,), message, "check the units of these amounts"
