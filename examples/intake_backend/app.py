"""An intake backend in one file: it serves the profile's schema, answers a profile, and names what is missing.

Run it with `uvicorn app:app` in this folder. The endpoints are plain functions, so each call runs in a worker thread
and no check holds up the event loop. The rulebook is loaded once; all threads share it.
"""

from datetime import date
from typing import Annotated, Any, Final

from fastapi import Body, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import PlainValidator

from eligibility import Profile, Rulebook, check
from eligibility.dates import DATE_HELP, parse_date
from eligibility.diagnostics import ProfileRefused
from eligibility.profile.schema import profile_schema
from eligibility.report.contract import to_json

RULEBOOK: Final = Rulebook.load()
Sent = Annotated[Profile, Body(description="a company profile, as GET /schema describes it")]
On = Annotated[date, PlainValidator(parse_date, json_schema_input_type=date)]
Finding = dict[str, Any]

app = FastAPI(title="Subsidy intake", version="1")


@app.get("/schema")
def schema() -> JSONResponse:
    """Give the JSON Schema of a profile."""
    return JSONResponse(profile_schema(), media_type="application/schema+json")


@app.post("/check")
def answer(profile: Sent, on: On) -> JSONResponse:
    """Answer a profile with its whole decision on a date."""
    return JSONResponse(to_json(check(profile, RULEBOOK, on=on)))


@app.post("/missing")
def missing(profile: Sent, on: On) -> JSONResponse:
    """Name the facts that could still change the answer, the one with most money at stake first."""
    decision = to_json(check(profile, RULEBOOK, on=on))
    waiting = [
        {"clause": award["clause"], "item": award["item"], "missing": award["missing"]}
        for award in decision["awards"]
        if award["missing"]
    ]
    return JSONResponse({"questions": decision["questions"], "waiting": waiting})


# ---- refusals: 422 with a list of {path, message, help}


@app.exception_handler(ProfileRefused)
def refuse_profile(_request: Request, refused: ProfileRefused) -> JSONResponse:
    """Say what `check` refused: a profile that fits neither the date nor the rules."""
    return _refuse(_in_our_words(refused))


@app.exception_handler(RequestValidationError)
def refuse_request(_request: Request, refused: RequestValidationError) -> JSONResponse:
    """Say all that is wrong with a request, the profile in the engine's own words."""
    findings = [_of_date(error) for error in refused.errors() if error["loc"][0] == "query"]
    in_body = [error for error in refused.errors() if error["loc"][0] == "body"]
    return _refuse(findings + (_of_body(in_body[0], refused.body) if in_body else []))


@app.exception_handler(400)
def refuse_unreadable(_request: Request, _refused: Exception) -> JSONResponse:
    """Say that a body could not even be decoded."""
    return _refuse([{"path": None, "message": "the body cannot be read", "help": "send one JSON object as UTF-8 text"}])


def _of_date(error: Finding) -> Finding:
    message = "`on` is missing" if error["type"] == "missing" else f"`on`: {error['ctx']['error']}"
    return {"path": "on", "message": message, "help": DATE_HELP}


def _of_body(error: Finding, body: Any) -> list[Finding]:
    if error["type"] == "json_invalid":
        return [{"path": None, "message": "the body is not JSON", "help": error["ctx"]["error"].lower()}]
    try:
        Profile.read(body)
    except ProfileRefused as refused:
        return _in_our_words(refused)
    return []


def _in_our_words(refused: ProfileRefused) -> list[Finding]:
    return [{"path": found.path or None, "message": found.message, "help": found.help} for found in refused.diagnostics]


def _refuse(findings: list[Finding]) -> JSONResponse:
    return JSONResponse(findings, status_code=422)
