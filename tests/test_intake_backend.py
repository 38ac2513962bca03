"""The example backend over real HTTP: the same answers as `check`, for many clients at once, and 422 in our words."""

from __future__ import annotations

import importlib.util
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import jsonschema
import pytest
import uvicorn

from eligibility import Profile, Rulebook, check
from eligibility.profile.files import read_profile
from eligibility.profile.schema import profile_schema
from eligibility.report.contract import to_json

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
APP = ROOT / "examples" / "intake_backend" / "app.py"
ON = "2023-06-30"
CLIENTS = 16
PROFILES = {path.stem: read_profile(str(path)).profile.to_dict() for path in sorted((ROOT / "examples").glob("*.yaml"))}
WRONG_CODE = "91110000600037341M"  # the last character of 91110000600037341L, changed


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """Serve the application on a free port of the loopback interface."""
    spec = importlib.util.spec_from_file_location("intake_backend", APP)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(module.app, log_level="warning"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive()
                time.sleep(0.01)
            port = listening.getsockname()[1]
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
                yield http
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    """Ask `check` directly, under a rulebook of its own."""
    rulebook = Rulebook.load()
    on = date.fromisoformat(ON)
    return {name: to_json(check(Profile.read(profile), rulebook, on=on)) for name, profile in PROFILES.items()}


def refused(response: httpx.Response) -> list[dict[str, Any]]:
    assert response.status_code == 422, response.text
    findings = response.json()
    assert all(set(finding) == {"path", "message", "help"} for finding in findings)
    return findings


def refusal(client: httpx.Client, profile: Any, path: str = "/check") -> list[dict[str, Any]]:
    return refused(client.post(path, params={"on": ON}, json=profile))


# ---- answers


def test_the_application_stays_under_a_hundred_lines() -> None:
    assert len(APP.read_text(encoding="utf-8").splitlines()) < 100


def test_the_schema_is_served_and_takes_every_example(client: httpx.Client) -> None:
    response = client.get("/schema")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/schema+json"
    assert response.json() == profile_schema()
    validator = jsonschema.Draft202012Validator(response.json())
    for profile in PROFILES.values():
        validator.validate(profile)


def test_many_clients_at_once_each_get_their_own_answer(client: httpx.Client, expected: dict[str, Any]) -> None:
    def ask(name: str) -> tuple[str, Any]:
        return name, client.post("/check", params={"on": ON}, json=PROFILES[name]).json()

    asked = [name for _ in range(CLIENTS) for name in PROFILES]
    assert len(PROFILES) >= 6
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = list(pool.map(ask, asked))
    assert [name for name, _ in answers] == asked
    assert [name for name, answer in answers if answer != expected[name]] == []


def test_an_empty_profile_is_a_profile(client: httpx.Client) -> None:
    answer = client.post("/check", params={"on": ON}, json={}).json()
    assert {award["verdict"] for award in answer["awards"]} == {"undetermined"}


def test_missing_names_the_questions_and_what_waits_for_them(client: httpx.Client, expected: dict[str, Any]) -> None:
    for name, profile in PROFILES.items():
        answer = client.post("/missing", params={"on": ON}, json=profile).json()
        assert answer["questions"] == expected[name]["questions"]
        named = {fact for waiting in answer["waiting"] for fact in waiting["missing"]}
        assert named == {question["fact"] for question in answer["questions"]}
    assert client.post("/missing", params={"on": ON}, json=PROFILES["device-startup"]).json() == {
        "questions": [],
        "waiting": [],
    }


def test_the_interface_is_described(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert set(described["paths"]) == {"/schema", "/check", "/missing"}


# ---- refusals


def test_an_unknown_key_is_refused_with_the_nearest_name(client: httpx.Client) -> None:
    assert refusal(client, {"company": {"emploees": 4}}) == [
        {"path": "company.emploees", "message": "`company.emploees` is no fact", "help": "did you mean `employees`?"}
    ]


def test_a_word_outside_its_enumeration_is_refused(client: httpx.Client) -> None:
    assert refusal(client, {"company": {"track": "vacines"}}) == [
        {
            "path": "company.track",
            "message": "`company.track`: `vacines` is no value of `company.track`",
            "help": "did you mean `vaccines`?",
        }
    ]


def test_negative_money_is_refused(client: httpx.Client) -> None:
    assert refusal(client, {"leases": [{"year": 2023}, {"year": 2023, "rent_paid": "-1万元"}]}) == [
        {
            "path": "leases[1].rent_paid",
            "message": "`leases[1].rent_paid`: `-1万元` is negative",
            "help": "an amount of money is 0 or more",
        }
    ]


def test_a_float_carries_no_money(client: httpx.Client) -> None:
    assert refusal(client, {"leases": [{"rent_paid": 0.1}]}) == [
        {
            "path": "leases[0].rent_paid",
            "message": "`leases[0].rent_paid`: `0.1` is not an amount of money",
            "help": "a binary float cannot carry money or rates exactly: write it in quotes or as a whole number",
        }
    ]


def test_a_credit_code_with_a_wrong_check_character_is_refused(client: httpx.Client) -> None:
    assert refusal(client, {"company": {"credit_code": WRONG_CODE}}) == [
        {
            "path": "company.credit_code",
            "message": f"`company.credit_code`: `{WRONG_CODE}` has a wrong check character",
            "help": "compare it with the business licence",
        }
    ]


@pytest.mark.parametrize("path", ["/check", "/missing"])
def test_a_date_after_the_date_of_assessment_is_refused(client: httpx.Client, path: str) -> None:
    assert refusal(client, {"company": {"registered_on": "2023-07-01"}}, path) == [
        {
            "path": "company.registered_on",
            "message": "`company.registered_on`: `2023-07-01` lies after the date of assessment `2023-06-30`",
            "help": "correct the date, or assess a later day with `--on`",
        }
    ]


def test_a_payment_under_no_clause_is_refused(client: httpx.Client) -> None:
    assert refusal(client, {"payments": [{"clause": "etown-2023-devices/rnt", "amount": 1}]}) == [
        {
            "path": "payments[0].clause",
            "message": "`payments[0].clause`: there is no clause `etown-2023-devices/rnt`",
            "help": "did you mean `etown-2023-devices/rent`?",
        }
    ]


def test_everything_wrong_is_said_at_once(client: httpx.Client) -> None:
    profile = {"company": {"employees": -1, "nam": "x"}, "leases": {}, "foo": 1}
    response = client.post("/check", params={"on": "30 June"}, json=profile)
    assert [finding["path"] for finding in refused(response)] == [
        "on",
        "company.employees",
        "company.nam",
        "foo",
        "leases",
    ]


@pytest.mark.parametrize(
    ("on", "message"),
    [
        (None, "`on` is missing"),
        ("2023-02-29", "`on`: `2023-02-29` is no day of the calendar"),
        ("0", "`on`: `0` is not a date"),
    ],
)
def test_the_date_of_assessment_is_needed_and_is_a_day(client: httpx.Client, on: str | None, message: str) -> None:
    response = client.post("/check", params={} if on is None else {"on": on}, json={})
    help_ = "write a date of the calendar as year-month-day, such as `2023-06-30`"
    assert refused(response) == [{"path": "on", "message": message, "help": help_}]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "this is not a profile"),
        (b"null", "this is not a profile"),
        (b"[]", "this is not a profile"),
        (b"3", "this is not a profile"),
        (b"{", "the body is not JSON"),
        (b"\xff{}", "the body cannot be read"),
        (b"[" * 100_000, "the body cannot be read"),
    ],
)
def test_a_body_that_is_no_profile_is_refused(client: httpx.Client, body: bytes, message: str) -> None:
    response = client.post("/check", params={"on": ON}, content=body, headers={"content-type": "application/json"})
    findings = refused(response)
    assert [(finding["path"], finding["message"]) for finding in findings] == [(None, message)]


def test_a_refused_request_leaves_the_next_one_alone(client: httpx.Client, expected: dict[str, Any]) -> None:
    refusal(client, {"company": {"employees": "many"}})
    assert client.post("/check", params={"on": ON}, json=PROFILES["cell-therapy"]).json() == expected["cell-therapy"]
