"""The second engine: the rulebook as rule networks of durable-rules, driven through its C module alone.

Its own Python layer starts threads and swallows errors, so none of it is imported. What the C module needs to be
safe is all here: a sentinel rule that always fires, a guard tree above the clauses, one session that is deleted
after each fact, one lock for each network, and a first session that makes deleting sound.
"""

from __future__ import annotations

import os
from functools import cache
from importlib import import_module
from json import JSONEncoder
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from weakref import WeakSet, finalize

from eligibility.decide.facts import NO_ITEM
from eligibility.decide.limits import COLUMNS, check, packed
from eligibility.decide.network import Fields, pair_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from types import ModuleType

    from eligibility.decide.facts import Facts
    from eligibility.decide.network import Pair
    from eligibility.rulebook.rulebook import Rulebook

Truth: TypeAlias = "bool | None"
SENTINEL: Final = "~"
SESSION: Final = "s"
LAST: Final = 65535
"""The priority of the rule that fires after all others."""

NO_SESSION: Final = " 309"
"""How an error ends that means: there is no session to delete, for the fact did not parse."""

EMPTY: Final = {"_t": 1, "sid": SESSION}
"""The fact of which nothing is known."""

_encode: Final = JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class EngineFailure(RuntimeError):  # noqa: N818 - it says what happened
    """The network stopped, or gave an answer that cannot be: never a verdict."""


@cache
def _engine() -> ModuleType | None:
    """Import the C module, if it was built for this Python."""
    try:
        return import_module("durable_rules_engine")
    except ImportError:
        return None


def available() -> bool:
    """Tell whether the engine can be used here."""
    return _engine() is not None


class Network:
    """A rulebook's clauses as rule networks, at most 100 clauses each; safe to use from several threads.

    Raises:
        RulebookRefused: `durable-limit`, for every clause that no network can hold.
        EngineFailure: the engine is not there or refuses the rules.
    """

    def __init__(self, rulebook: Rulebook) -> None:
        fields = Fields()
        pairs = [pair_of(clause, place, fields) for place, clause in enumerate(rulebook.clauses)]
        check(pairs)
        kinds = dict.fromkeys(clause.for_each for clause in rulebook.clauses)
        self._size = len(pairs)
        self._scopes = {kind: _rulesets([pair for pair in pairs if pair.clause.for_each == kind]) for kind in kinds}

    def verdicts(self, facts: Facts) -> list[list[Truth]]:
        """Give the truths of every clause's awards.

        Returns:
            For each clause in rulebook order: one truth, or for a clause that pays per item one for each item, and
            one where the list is empty (False) or unknown (never True).

        Raises:
            EngineFailure: the engine gave no answer that can be relied on.
        """
        found: list[list[Truth]] = [[] for _ in range(self._size)]
        for kind, rulesets in self._scopes.items():
            if kind is None:
                _post(rulesets, facts, found)
            else:
                _post_items(kind, rulesets, facts, found)
        return found


def _rulesets(pairs: Sequence[Pair]) -> list[Ruleset]:
    return [Ruleset(pack.pairs) for pack in packed(pairs)]


def _post(rulesets: Iterable[Ruleset], facts: Facts, found: list[list[Truth]]) -> None:
    for ruleset in rulesets:
        for place, truth in zip(ruleset.places, ruleset.truths(facts), strict=True):
            found[place].append(truth)


def _post_items(kind: str, rulesets: Sequence[Ruleset], facts: Facts, found: list[list[Truth]]) -> None:
    """Put each item at hand in turn; of an unknown list, one item of which nothing is known."""
    items, before = facts.items[kind], getattr(facts, kind)
    try:
        for item in (NO_ITEM[kind],) if items is None else items:
            setattr(facts, kind, item)
            _post(rulesets, facts, found)
    finally:
        setattr(facts, kind, before)
    if not items:
        for place in [place for ruleset in rulesets for place in ruleset.places]:
            found[place] = [None if items is None and found[place] != [False] else False]


class Ruleset:
    """One network in the engine.

    Attributes:
        places: where its clauses stand in the rulebook's order.
    """

    def __init__(self, pairs: Sequence[Pair]) -> None:
        engine = _engine()
        if engine is None:
            raise EngineFailure("the module durable_rules_engine cannot be imported")
        self.places = [pair.place for pair in pairs]
        self._clauses = [pair.clause for pair in pairs]
        self._engine = engine
        self._lock = Lock()
        self._open = False
        used = {posted.name: posted for pair in pairs for posted in pair.fields}
        self._fields = [(posted.name, posted.get, posted.encode) for posted in used.values()]
        self._meaning = {f"{sign}{n}": (n, sign == "+") for n in range(len(pairs)) for sign in "+-"}
        self._handle = self._create(pairs)
        self._fired(_encode(EMPTY))  # deleting a session is sound only once one has fired
        _alive.add(self)

    def _create(self, pairs: Sequence[Pair]) -> int:
        try:
            handle: int = self._engine.create_ruleset("eligibility", _encode(_rules(pairs)))
        except (self._engine.error, MemoryError) as problem:
            raise EngineFailure(f"the rule network was refused: {problem}") from problem
        finalize(self, self._engine.delete_ruleset, handle).atexit = False
        return handle

    def truths(self, facts: Facts) -> list[Truth]:
        """Post what is known, and give the truth of each clause.

        Raises:
            EngineFailure: the engine stopped, or both rules of a clause fired.
        """
        truths: list[Truth] = [None] * len(self.places)
        for name in self._fired(_encode(self._fact(facts))):
            place, truth = self._meaning[name]
            if truths[place] is (not truth):
                raise EngineFailure(f"both rules of the clause `{self._clauses[place].id}` fired")
            truths[place] = truth
        return truths

    def _fact(self, facts: Facts) -> dict[str, Any]:
        """Lay out what is known of the fields the network reads.

        Whole numbers fit into 64 bits: a single fact ends at 10^14, and sums are posted as a sign.
        """
        fact: dict[str, Any] = EMPTY.copy()
        for name, get, encode in self._fields:
            value = get(facts)
            if value is not None:
                fact[name] = value if encode is None else encode(value)
        return fact

    # ---- one session

    def _fired(self, fact: str) -> list[str]:
        """Post one fact, and name the rules that fired."""
        with self._lock:
            if self._open:  # a session that was interrupted, or that a fork copied half done
                self._close()
            self._open = True
            try:
                names = self._names(fact)
            except (self._engine.error, MemoryError) as problem:
                raise EngineFailure(f"the rule network stopped: {problem}") from problem
            finally:
                self._close()
        if not names or names.pop() != SENTINEL or not self._meaning.keys() >= set(names):
            raise EngineFailure("the rule network stopped before its last rule, or fired a rule that is not there")
        return names

    def _names(self, fact: str) -> list[str]:
        """Run the session until no rule is left: one left undone would silence the session for a minute."""
        engine, handle, names = self._engine, self._handle, []
        code, state = engine.assert_fact(handle, fact)
        if code:
            raise EngineFailure(f"the rule network did not take a fact: code {code}")
        first = engine.start_action_for_state(handle, state)
        message = first and first[1]
        while message is not None:
            names.append(message[2 : message.index('"', 2)])
            message = engine.complete_and_start_action(handle, state)
        return names

    def _close(self) -> None:
        """Delete the session, so that the next fact finds none of this one."""
        try:
            self._engine.delete_state(self._handle, SESSION)
        except self._engine.error as problem:
            if not str(problem).endswith(NO_SESSION):
                raise EngineFailure(f"the rule network kept a session: {problem}") from problem
        self._open = False


def _rules(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Write the clauses' rules as the engine reads them.

    The guards are always true. They make the first level of the tree ten by ten nodes, since the engine's match
    stack has room for 64; and they keep its own internal messages away from the rules.
    """
    rules: dict[str, Any] = {SENTINEL: {"all": [{"m": {"_t": 1}}], "pri": LAST}}
    for n, pair in enumerate(pairs):
        row, column = divmod(n, COLUMNS)
        guards = [{"$gt": {"_t": -1 - row}}, {"$gt": {"_t": -101 - column}}]
        for sign, node in (("+", pair.holds), ("-", pair.fails)):
            rules[f"{sign}{n}"] = {"all": [{"m": {"$and": [*guards, node.as_json()]}}]}
    return rules


# ---- processes

_alive: Final[WeakSet[Ruleset]] = WeakSet()


def _unlock() -> None:
    """Give a forked process free locks: threads that held them were not copied."""
    for ruleset in _alive:
        ruleset._lock = Lock()  # noqa: SLF001 - this module's own


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_unlock)
