"""Strategies for whole rulebooks: every word of the language, valid by construction, amounts small enough for caps to bite."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import currently_in_test_context, note
from hypothesis import strategies as st

from eligibility.money import yuan
from eligibility.profile.catalogue import FACTS, ITEM_KINDS
from eligibility.profile.derive import DERIVED
from eligibility.profile.facts import Fact, FactType
from eligibility.rulebook import Rulebook
from eligibility.rulebook import language as l
from eligibility.rulebook.grain import FINEST

ON = date(2023, 6, 30)
RATES = {"50%": (1, 2), "1/3": (1, 3), "0%": (0, 1), "1:1": (1, 1), "150%": (3, 2), "12.5%": (1, 8), "5‰": (1, 200)}
PERIODS = ("3 years", "1 year", "18 months", "6个月", "90 days", "29天", "2000 years")
INSTALMENTS = (["40%", "30%", "30%"], ["1/2", "50%"], ["100%"])
ZH_EN = {"zh": "某", "en": "some"}
CITED = [{"document": "D1", "figure": "a figure", "at": "article 1", "supports": ["amount", "condition"]}]
NUMERIC = (FactType.MONEY, FactType.COUNT, FactType.YEAR, FactType.RATE)
Plain = Any
Grain = tuple[int, int]


@dataclass(frozen=True)
class Scope:
    """What may be named: item kinds at hand, whether there is a reference year, whether items can be counted."""

    kinds: frozenset[str] = frozenset()
    year: bool = True
    items: bool = True

    def inside(self, kind: str) -> Scope:
        return Scope(self.kinds | {kind}, self.year, self.items)

    def holds(self, fact: Fact) -> bool:
        return fact.kind == "company" or (fact.kind == "year" and self.year) or fact.kind in self.kinds


@dataclass
class Plan:
    """A clause before it is written."""

    id: str
    policy: str
    kind: str | None
    reference: str
    item_cap: bool = False
    company_cap: bool = True

    @property
    def full(self) -> str:
        return f"{self.policy}/{self.id}"


class Quill:
    """Writes the parts of one rulebook."""

    def __init__(self, draw: st.DrawFn, on: date, kinds: list[str], *, busy: bool) -> None:
        self.draw, self.on, self.kinds, self.busy = draw, on, kinds, busy
        self.definitions: dict[str, tuple[Plain, Scope]] = {}

    # ---- choices

    def one(self, options: Any) -> Any:
        return self.draw(st.sampled_from(list(options)))

    def chance(self, of: int) -> bool:
        """Once in so many times; shrinks to no."""
        return self.draw(st.integers(1, of)) == of

    def some(self, options: Any, most: int, least: int = 1) -> list[Any]:
        options = list(options)
        return self.draw(
            st.lists(st.sampled_from(options), min_size=least, max_size=min(most, len(options)), unique=True)
        )

    def fen(self) -> int:
        """Amounts close to each other, so that caps bite and awards tie; now and then any."""
        return self.draw(
            st.integers(1, 7) if self.busy or not self.chance(3) else st.integers(0, 10**4) | st.just(10**9 + 1)
        )

    def money(self) -> str:
        return yuan(self.fen()) + "元"

    def moneys(self, count: int) -> list[str]:
        return [yuan(fen) + "元" for fen in sorted(self.fen() for _ in range(count))]

    # ---- facts and quantities

    def fact(self, scope: Scope, types: tuple[FactType, ...], unit: str | None = None) -> Fact | None:
        fits = [
            fact
            for fact in FACTS.values()
            if fact.type in types and scope.holds(fact) and (unit is None or (fact.unit and fact.unit.en == unit))
        ]
        near = [fact for fact in fits if fact.kind in scope.kinds]
        return self.one(near if near and not self.chance(2) else fits) if fits else None

    def path(self, fact: Fact) -> str:
        return f"prior_year.{fact.name}" if fact.kind == "year" and self.chance(3) else fact.path

    def quantity(self, scope: Scope, unit: str, depth: int = 2) -> tuple[Plain, Grain]:
        """A quantity in a unit: `money`, `items`, or what a count's facts say; never a bare number."""
        words = ["leaf", "leaf"] if depth == 0 else ["leaf", "rate", "plus", "minus", "least", "greatest", "leaf"]
        word = self.one(words)
        if word == "leaf":
            return self.leaf(scope, unit), (1, 1)
        if word == "rate":
            rate = self.one(RATES)
            plain, grain = self.quantity(scope, unit, depth - 1)
            return self.coarse(
                {"rate": rate, "of": plain}, (grain[0] * RATES[rate][0], grain[1] * RATES[rate][1]), scope, unit
            )
        parts = [self.quantity(scope, unit, depth - 1) for _ in range(2 if word == "minus" else self.one((2, 2, 3)))]
        if unit != "money" and self.chance(3):
            parts[-1] = str(self.one((1, 5, 20))), (1, 1)
        den = 1
        for _, grain in parts:
            den *= grain[1]
        return self.coarse({word: [plain for plain, _ in parts]}, (sum(g[0] * den for _, g in parts), den), scope, unit)

    def coarse(self, plain: Plain, grain: Grain, scope: Scope, unit: str) -> tuple[Plain, Grain]:
        """Keep a quantity whose fraction is coarse enough under any rate put on top, else a plain one."""
        return (plain, grain) if max(grain) * 200 <= FINEST else (self.leaf(scope, unit), (1, 1))

    def leaf(self, scope: Scope, unit: str) -> Plain:
        money = unit == "money"
        fact = (
            None
            if unit == "items"
            else self.fact(scope, (FactType.MONEY if money else FactType.COUNT,), None if money else unit)
        )
        options = ["fact"] * 4 if fact else []
        moneyed = [
            kind for kind in self.kinds if any(f.kind == kind and f.type is FactType.MONEY for f in FACTS.values())
        ]
        if scope.items and (unit in ("items", "m²") or (money and moneyed)):
            options += ["items"]
        if money:
            options += ["literal"]
        match self.one(options):
            case "fact":
                return self.path(fact)  # type: ignore[arg-type]
            case "literal":
                return self.money()
        kind = "lease" if unit == "m²" else self.one(moneyed if money else self.kinds)
        if unit == "items":
            plain = {"count": kind}
        else:
            inside = [
                f
                for f in FACTS.values()
                if f.kind == kind and (f.type is FactType.MONEY if money else f.name == "area")
            ]
            plain = {"sum": self.one(inside).path}
        return plain | ({"where": self.condition(scope.inside(kind), 0)} if self.chance(2) else {})

    def units(self, scope: Scope) -> list[str]:
        return ["people", "months"] + (["items", "m²"] if scope.items else [])

    # ---- conditions

    def condition(self, scope: Scope, depth: int = 2) -> Plain:
        words = ["test"] * 3 + (["all", "any", "not", "some"] if depth else [])
        fitting = [name for name, (_, needs) in self.definitions.items() if self.fits(needs, scope)]
        word = self.one(words + (["named"] if fitting and depth else []))
        if word in ("all", "any"):
            return {word: [self.condition(scope, depth - 1) for _ in range(self.one((1, 2, 2)))]}
        if word == "not":
            return {"not": self.condition(scope, depth - 1)}
        if word == "some" and scope.items:
            kind = self.one(self.kinds)
            return {"some": {kind: self.condition(scope.inside(kind), depth - 1)}}
        if word == "named":
            return self.one(fitting)
        return self.test(scope)

    def fits(self, needs: Scope, scope: Scope) -> bool:
        return needs.kinds <= scope.kinds and needs.year <= scope.year and needs.items <= scope.items

    def test(self, scope: Scope) -> Plain:
        every = tuple(kind for kind in FactType if kind is not FactType.TEXT)
        fact = self.fact(scope, (self.one(every),)) or self.fact(scope, every)
        assert fact
        return {self.path(fact): self.right(fact, scope)}

    def right(self, fact: Fact, scope: Scope) -> Plain:
        if fact.type is FactType.BOOLEAN:
            return self.one((True, False))
        if fact.type is FactType.CHOICES:
            op = self.one(("includes", "includes_any", "includes_all"))
            return {op: self.constant(fact) if op == "includes" else self.some(fact.values, 3)}
        if self.chance(4) or fact.type is FactType.CHOICE:
            return [self.constant(fact) for _ in range(self.one((1, 2, 3)))] if self.chance(2) else self.constant(fact)
        if fact.type is FactType.DATE:
            op = self.one(("before", "on_or_after", "between", "within"))
            if op == "within":
                return {op: self.one(PERIODS)}
        else:
            op = self.one(("at_least", "at_most", "above", "below", "between"))
        if fact.type in (FactType.MONEY, FactType.COUNT) and self.chance(2):
            unit = "money" if fact.type is FactType.MONEY else fact.unit.en  # type: ignore[union-attr]
            ends = [self.quantity(scope, unit, 1)[0] for _ in range(2)]
            return (
                ends[0] if self.chance(4) and isinstance(ends[0], dict) else {op: ends if op == "between" else ends[0]}
            )
        if op == "between":
            return {op: sorted((self.constant(fact), self.constant(fact)), key=lambda text: self.rank(fact, text))}
        return {op: self.constant(fact)}

    def rank(self, fact: Fact, text: Any) -> Any:
        if fact.type is FactType.RATE:
            return RATES[text][0] / RATES[text][1]
        return float(text.rstrip("元")) if fact.type is FactType.MONEY else text

    def constant(self, fact: Fact) -> Any:
        match fact.type:
            case FactType.MONEY:
                return self.money()
            case FactType.RATE:
                return self.one(rate for rate in RATES if rate != "150%")
            case FactType.DATE:
                return self.one(
                    ("2020-02-29", "1969-12-31", f"{self.on.year}-01-01", self.on.isoformat(), "2022-12-31")
                )
            case FactType.YEAR:
                return self.one(self.on.year - back for back in (0, 1, 2))
            case FactType.COUNT:
                return self.one(n for n in (0, 1, 5, 20, 300, 1000) if fact.low <= n <= (fact.high or n))
            case _:
                return self.one(fact.values)

    # ---- awards

    def award(self, scope: Scope) -> Plain:
        forms = ("fixed", "rate", "per_unit", "by", "brackets", "range", "ceiling", "unpublished", "service", "fixed")
        form = self.one((*forms, "fixed", "range", "fixed", "range", "ceiling", "rate") if self.busy else forms)
        award = self.form(form, scope)
        if form != "service" or self.chance(2):
            award["frequency"] = self.one(("once", "yearly")) if scope.year else "once"
        if self.chance(4):
            award["up_to"] = self.one((True, False))
        if self.chance(5):
            award["instalments"] = self.one(INSTALMENTS)
        return award

    def form(self, form: str, scope: Scope) -> Plain:
        match form:
            case "fixed" | "ceiling":
                return {form: self.money()}
            case "rate":
                return {"rate": self.one(RATES), "of": self.quantity(scope, "money")[0]}
            case "per_unit":
                return {"per_unit": self.money(), "of": self.quantity(scope, self.one(self.units(scope)))[0]}
            case "by":
                return self.table(scope)
            case "brackets":
                return {"brackets": self.brackets(scope)}
            case "range":
                return {"range": self.moneys(2)}
        return {form: True}

    def table(self, scope: Scope) -> Plain:
        fact = self.fact(scope, (FactType.CHOICE, FactType.BOOLEAN))
        assert fact
        values = list(fact.values or ("true", "false"))
        rows = values if self.chance(2) else self.some(values, 4)
        more = {"otherwise": self.money()} if len(rows) < len(values) or self.chance(4) else {}
        return {"by": self.path(fact), "amounts": {value: self.money() for value in rows}} | more

    def brackets(self, scope: Scope) -> Plain:
        mode = self.one(("whole", "marginal"))
        unit = "money" if mode == "marginal" else self.one(["money", *self.units(scope)])
        bounds = sorted(self.draw(st.sets(st.integers(1, 9) | st.integers(1, 3000), max_size=3)))
        if mode == "whole" and bounds and self.chance(3):
            bounds.append(bounds[-1])  # a bracket of one point
        rows: list[dict[str, Any]] = [{} for _ in range(len(bounds) + 1)]
        if self.chance(2):
            rows[0]["at_least"] = self.bound(0, unit)
        for place, bound in enumerate(bounds):
            point = place and bound == bounds[place - 1]
            here = "below" if (place + 1 < len(bounds) and bounds[place + 1] == bound) else "at_most"
            high = here if point or here == "below" else self.one(("below", "at_most"))
            rows[place][high] = self.bound(bound, unit)
            rows[place + 1]["at_least" if high == "below" else "above"] = self.bound(bound, unit)
        for row in rows:
            rated = mode == "marginal" or (unit == "money" and self.chance(2))
            row["rate" if rated else "fixed"] = self.one(RATES) if rated else self.money()
        return {"of": self.quantity(scope, unit)[0], "mode": mode, "rows": rows}

    def bound(self, number: int, unit: str) -> str:
        return yuan(number) + "元" if unit == "money" else str(number)

    # ---- caps

    def limit(self, scope: Scope) -> Plain:
        if self.chance(6):
            return "unpublished"
        if self.chance(2 if self.busy else 3):
            return self.quantity(scope, "money", self.one((0, 1)))[0]
        return yuan(self.fen() * self.one((1, 2, 5))) + "元"

    def own_caps(self, plan: Plan, scope: Scope) -> list[Plain]:
        caps = []
        for _ in range(self.one((0, 0, 1, 1, 2))):
            per = self.one(
                ["item"] * bool(plan.kind)
                + ["company"] * plan.company_cap
                + [None] * bool(plan.kind or plan.company_cap)
            )
            inner = scope if plan.kind and per != "company" else Scope(year=scope.year)
            cap = {"limit": self.limit(inner)} | ({"per": per} if per else {})
            if not scope.year or self.chance(3):
                cap["period"] = self.one(("year", "ever")) if scope.year else "ever"
            caps.append(cap | ({"assumed": ZH_EN} if self.chance(4) else {}))
        return caps

    def shared_cap(self, name: str, over: list[Plan], per: str) -> Plain:
        references = {plan.reference for plan in over}
        at_hand = frozenset(plan.kind for plan in over if plan.kind and per == "item")
        scope = Scope(at_hand, year=len(references) == 1 and "any" not in references, items=len(references) == 1)
        return {
            "id": name,
            "limit": self.limit(scope),
            "per": per,
            "period": "ever" if "any" in references else self.one(("year", "ever")),
            "over": [plan.full for plan in over],
            "assumed": ZH_EN,
        }

    # ---- clauses and policies

    def clause(self, plan: Plan) -> Plain:
        scope = Scope(frozenset((plan.kind,) if plan.kind else ()), year=plan.reference != "any")
        light = {"company.employees": {"at_least": 0}}
        clause: dict[str, Any] = {"id": plan.id, "title": ZH_EN}
        clause |= {"for_each": plan.kind} if plan.kind else {}
        full = (
            light if self.busy else self.one((light, {"all": [light, self.condition(scope, 1)]}, self.condition(scope)))
        )
        clause |= {"when": full}
        clause |= {"award": self.award(scope), "caps": self.own_caps(plan, scope), "citations": CITED}
        if plan.reference != "current_year" or self.chance(2):
            clause["reference"] = plan.reference
        if self.chance(6):
            clause |= {"filing": {"from": "2023-01-01"}, "apply": ZH_EN, "assumptions": [ZH_EN]}
        return clause

    def policy(self, name: str, plans: list[Plan]) -> Plain:
        scope = Scope(year=all(plan.reference != "any" for plan in plans))
        start = self.one(("2020-01-01",) * 5 + (self.on.isoformat(), "unknown") + ("2099-01-01",) * (not self.busy))
        ends = ["open", "open", "unknown", "2099-12-31"] + ([self.on.isoformat()] if start != "2099-01-01" else [])
        ends += ["2021-12-31"] if start in ("2020-01-01", "unknown") and not self.busy else []
        policy = {
            "id": name,
            "layer": self.one(l.LAYERS),
            "title": ZH_EN,
            "issuer": ZH_EN,
            "issued": self.one(("2019-12-01",) * 4 + ("2099-01-01",) * (not self.busy)),
            "in_force": {"from": start, "to": self.one(ends)},
        }
        if not self.busy and self.chance(3):
            policy["requires"] = [self.condition(scope, 1)]
        return policy

    def define(self, name: str) -> None:
        kind = self.one([None, *self.kinds])
        needs = Scope(frozenset((kind,) if kind else ()), self.one((False, True)), items=True)
        when = self.condition(needs, 1)
        self.definitions[name] = {"title": ZH_EN, "when": when, "assumptions": [ZH_EN]}, needs

    # ---- stacking

    def cut(self, parts: list[Any], most: int) -> list[list[Any]]:
        """Cut a shuffled list into pieces."""
        left, pieces = self.draw(st.permutations(parts)), []
        while left:
            count = self.draw(st.integers(1, most))
            pieces.append(sorted(left[:count], key=parts.index))
            left = left[count:]
        return pieces

    def stacking(self, plans: list[Plan]) -> dict[str, list[Plain]]:
        """Caps over sets of which any two are apart or one inside the other; groups beside them."""
        caps: list[Plain] = []
        groups: list[Plain] = []
        blocks = [[plan] for plan in plans if not plan.kind]
        for kind in dict.fromkeys(plan.kind for plan in plans if plan.kind):
            blocks += self.item_blocks([plan for plan in plans if plan.kind == kind], caps, groups)
        order = plans.index
        for block in blocks:
            self.maybe_cap(caps, block, "company", 4)
        for chunk in self.cut(blocks, 3):
            merged = sorted((plan for block in chunk for plan in block), key=order)
            self.maybe_cap(caps, merged, "company", 2)
        self.maybe_cap(caps, plans, "company", 3)
        torn = {name for group in groups for name in group["clauses"]}
        free = [plan.full for plan in plans if plan.full not in torn]
        if len(free) > 1:
            for _ in range(self.one((0, 0, 1, 1, 2, 3))):
                groups.append(self.group(len(groups), self.some(free, 3, 2), "company"))
        return {"caps": caps, "exclusive": groups, "together": self.together(plans, groups)}

    def item_blocks(self, plans: list[Plan], caps: list[Plain], groups: list[Plain]) -> list[list[Plan]]:
        """Cut the clauses of one kind of item into blocks that company caps cover whole."""
        blocks = []
        for atoms in self.cut(self.cut(plans, 2), 2):
            for atom in atoms:
                if len(atom) > 1 and self.chance(2):
                    groups.append(self.group(len(groups), [plan.full for plan in atom], "item"))
                    for plan in atom:
                        plan.company_cap = False
                    self.maybe_cap(caps, atom, "item", 4)
                elif len(atom) > 1 and self.maybe_cap(caps, atom, "item", 3):
                    for plan in atom:
                        plan.company_cap = False
                else:
                    self.maybe_cap(caps, atom[:1], "item", 6)
            block = [plan for atom in atoms for plan in atom]
            if self.maybe_cap(caps, block, "item", 3) and len(block) > 1:
                for plan in block:
                    plan.company_cap = False
            blocks.append(block)
        return blocks

    def maybe_cap(self, caps: list[Plain], over: list[Plan], per: str, of: int) -> bool:
        if not self.chance(3 if self.busy else of):
            return False
        caps.append(self.shared_cap(f"cap-{len(caps)}", over, per))
        return True

    def group(self, number: int, clauses: list[str], per: str) -> Plain:
        return {"id": f"group-{number}", "clauses": clauses, "keep": "highest", "per": per, "assumed": ZH_EN}

    def together(self, plans: list[Plan], groups: list[Plain]) -> list[Plain]:
        listed: list[str] = []
        for plan in plans:
            if all(plan.full not in group["clauses"] or not set(listed) & set(group["clauses"]) for group in groups):
                listed.append(plan.full)
        if len(listed) < 2 or not self.chance(4):
            return []
        return [{"id": "together-1", "title": ZH_EN, "clauses": listed, "citations": CITED}]

    # ---- files

    def files(self, plans: list[Plan]) -> dict[str, Plain]:
        for number in range(self.one((0, 1, 2))):
            self.define(f"definition_{number}")
        stacking = self.stacking(plans)
        files: dict[str, Plain] = {
            "documents.yaml": {"documents": [{"id": "D1", "title": ZH_EN, "authority": "official"}]}
        }
        for name in dict.fromkeys(plan.policy for plan in plans):
            own = [plan for plan in plans if plan.policy == name]
            written = {"policy": self.policy(name, own), "clauses": [self.clause(plan) for plan in own]}
            inner = [
                cap for cap in stacking["caps"] if {c.split("/")[0] for c in cap["over"]} == {name} and self.chance(2)
            ]
            if inner:
                stacking["caps"] = [cap for cap in stacking["caps"] if cap not in inner]
                written["caps"] = [cap | {"over": self.short(cap["over"], own)} for cap in inner]
            files[f"policies/{name}.yaml"] = written
        definitions = {name: plain for name, (plain, _) in self.definitions.items()}
        files |= {"definitions.yaml": {"definitions": definitions}} if definitions else {}
        listed = {key: rules for key, rules in stacking.items() if rules}
        return files | ({"stacking.yaml": listed} if listed else {})

    def short(self, over: list[str], own: list[Plan]) -> Any:
        return "all" if len(over) == len(own) and self.chance(2) else [name.split("/")[1] for name in over]


class _Dumper(getattr(yaml, "CSafeDumper", yaml.SafeDumper)):  # type: ignore[misc]
    def ignore_aliases(self, data: Any) -> bool:
        return True


def write(files: dict[str, Plain]) -> dict[str, str]:
    return {
        name: yaml.dump(plain, Dumper=_Dumper, allow_unicode=True, sort_keys=False) for name, plain in files.items()
    }


@st.composite
def rulebook_files(
    draw: st.DrawFn, *, on: date = ON, most_clauses: int = 5, busy: bool | None = None
) -> dict[str, str]:
    """Draw a folder of rules: the YAML text of each file.

    `busy`: every clause is in force and holds for any company that states its employees, so that settlement has work.
    """
    busy = draw(st.booleans()) if busy is None else busy
    kinds = draw(st.lists(st.sampled_from(ITEM_KINDS), min_size=1, max_size=2, unique=True))
    plans = []
    for number in range(draw(st.integers(min(3, most_clauses) if busy else 1, most_clauses))):
        kind = draw(st.sampled_from((None, None, kinds[0], kinds[0], kinds[-1])))
        references = ("current_year", "current_year", "previous_year", "any")
        reference = draw(st.sampled_from((*references, "current_year", "current_year", "any") if busy else references))
        plans.append(Plan(f"c{number}", draw(st.sampled_from(("p1", "p1", "p2", "p3"))), kind, reference))
    return write(Quill(draw, on, kinds, busy=busy).files(plans))


@st.composite
def rulebooks(draw: st.DrawFn, *, on: date = ON, most_clauses: int = 5, busy: bool | None = None) -> Rulebook:
    """Draw a rulebook; a failing test shows its files."""
    files = draw(rulebook_files(on=on, most_clauses=most_clauses, busy=busy))
    if currently_in_test_context():
        note("\n".join(f"# ---- {name}\n{text}" for name, text in files.items()))
    return load(files)


@dataclass(frozen=True, eq=False, repr=False)
class Drawn(Rulebook):
    """A rulebook that a failing test shows as its files, above, and not once more as a tree."""

    def __repr__(self) -> str:
        return f"load(files of {', '.join(policy.id for policy in self.policies)})"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:
        printer.text(repr(self))


def load(files: dict[str, str]) -> Rulebook:
    """Write a folder of rules and read it."""
    with TemporaryDirectory() as folder:
        for name, text in files.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        read = Rulebook.load(folder)
    return Drawn(**{part.name: getattr(read, part.name) for part in fields(read)})


# ---- what a rulebook says


def parts(node: Any) -> Any:
    """Every part of a rulebook's tree, each once for each place it stands in."""
    if isinstance(node, tuple):
        for part in node:
            yield from parts(part)
    elif hasattr(node, "_compared") and not isinstance(node, Fact | l.Document | l.Cited):  # one of our frozen classes
        yield node
        for name in node._compared:
            yield from parts(getattr(node, name))


def tree(rulebook: Rulebook) -> list[Any]:
    return [*parts(rulebook.clauses), *parts((*rulebook.caps, *rulebook.groups, *rulebook.together))]


def numbers(rulebook: Rulebook) -> tuple[int, ...]:
    """The constants that facts and payments should often equal or just miss."""
    found: set[int] = set()
    for part in tree(rulebook):
        named = [getattr(part, name, None) for name in ("value", "amount", "low", "high", "otherwise")]
        found |= {number for number in named if type(number) is int}
    return tuple(sorted(found))


def kinds_of(rulebook: Rulebook) -> tuple[str, ...]:
    """The item kinds that a rulebook speaks of."""
    named = {getattr(part, "kind", None) or getattr(part, "for_each", None) for part in tree(rulebook)}
    named |= {part.fact.fact.kind for part in tree(rulebook) if isinstance(part, l.SumOf)}
    return tuple(kind for kind in ITEM_KINDS if kind in named)


def words_used(rulebook: Rulebook) -> set[str]:
    """Every word of the language that a rulebook uses."""
    return {word for part in tree(rulebook) for word in _words(part)}


_NAMES = {
    l.All: "all", l.AnyOf: "any", l.Not: "not", l.Named: "named", l.Within: "within", l.Some: "some", l.Dated: "dated",
    l.Constant: "literal", l.RateOf: "rate", l.Plus: "plus", l.Minus: "minus", l.Least: "least",
    l.Greatest: "greatest", l.SumOf: "sum", l.CountOf: "count", l.Fixed: "fixed", l.PerUnit: "per_unit",
    l.ByTable: "by", l.Range: "range", l.Ceiling: "ceiling", l.Unpublished: "unpublished", l.Service: "service",
    l.Together: "together",
}  # fmt: skip


def _words(part: Any) -> list[str]:
    match part:
        case l.FactRef():
            derived = part.path in DERIVED or part.path == "company.size"
            return [f"fact:{part.fact.type.value}"] + ["prior_year"] * part.prior + ["derived"] * derived
        case l.Test():
            quantity = any(not isinstance(operand, l.Constant) for operand in part.operands)
            return [part.op] + [f"{part.op}:quantity"] * quantity
        case l.SumOf() | l.CountOf():
            return [_NAMES[type(part)]] + ["where"] * (part.where is not None)
        case l.ByTable():
            return ["by"] + ["otherwise"] * (part.otherwise is not None)
        case l.Brackets():
            return [part.mode] + ["point bracket"] * any(row.low == row.high for row in part.rows)
        case l.AwardRule():
            rate = ["award:rate"] * isinstance(part.form, l.RateOf)
            return [part.frequency] + ["up_to"] * part.up_to + ["instalments"] * bool(part.instalments) + rate
        case l.Cap():
            limit = (
                "unpublished" if part.limit is None else "amount" if isinstance(part.limit, l.Constant) else "quantity"
            )
            where = "shared" if part.shared else "own"
            return [f"cap:{where}:{part.per}:{part.period}", f"cap:{limit}"]
        case l.Group():
            return [f"exclusive:{part.per}"]
        case l.Clause():
            return [f"reference:{part.reference}", f"for_each:{part.for_each}"] + ["filing"] * (part.filing is not None)
        case l.Policy():
            end = "unknown" if part.end_unknown else "open" if part.ends is None else "date"
            start = "unknown" if part.starts is None else "date"
            return [f"layer:{part.layer}", f"from:{start}", f"to:{end}"] + ["requires"] * bool(part.requires)
    name = _NAMES.get(type(part))
    return [name] if name else []


_OPS = ("equals", "one_of", "at_least", "at_most", "above", "below", "between", "before", "on_or_after", "includes",
        "includes_any", "includes_all")  # fmt: skip
ALL_WORDS = frozenset((
    *(set(_NAMES.values()) - {"dated"}), *_OPS,
    *(f"{op}:quantity" for op in ("equals", "at_least", "at_most", "above", "below", "between")),
    *(f"fact:{kind.value}" for kind in FactType if kind is not FactType.TEXT), "prior_year", "derived", "where",
    "otherwise", "whole", "marginal", "point bracket", "award:rate", "once", "yearly", "up_to", "instalments",
    *(f"cap:{where}:{per}:{span}" for where in ("own", "shared") for per in ("item", "company") for span in ("year", "ever")),
    "cap:unpublished", "cap:amount", "cap:quantity", "exclusive:item", "exclusive:company", "together",
    "reference:current_year", "reference:previous_year", "reference:any",
    *(f"for_each:{kind}" for kind in (None, *ITEM_KINDS)), "filing", "requires",
    *(f"layer:{layer}" for layer in l.LAYERS), "from:date", "from:unknown", "to:date", "to:open", "to:unknown",
))  # fmt: skip
"""Every word of the language, and every way to use one that is worth a test."""
