"""The seven clauses of bench/rules written out by hand in plain Python over a dict: what a good programmer would type.

`assess` gives the same amounts as the engine, as intervals in fen, with unknown facts, failed facts and reductions.
`bare` gives the amounts alone and takes every fact for granted; it shows what unknowns and reasons cost.
"""

from datetime import date

ON = date(2023, 6, 30)
SINCE = date(2020, 6, 30)
FRONTIER = ("high_end_medical_equipment", "cell_and_gene_therapy")
STAGES = {"phase_i": 10_000_000_00, "phase_ii": 20_000_000_00, "phase_iii": 40_000_000_00}
NO_BOUND = 1 << 200


def recent(text):
    return SINCE <= date.fromisoformat(text) <= ON


# ---- without unknowns and reasons


def bare(profile):
    company = profile["company"]
    years = {entry["year"]: entry for entry in profile["years"]}
    if "yizhuang_new_town" not in company["areas"]:
        return 0
    paid = {}
    for payment in profile["payments"]:
        paid[payment["clause"]] = paid.get(payment["clause"], 0) + payment["amount"] * 100
    total = 0
    matching = 0
    for project in profile["projects"]:
        if (
            project["year"] == ON.year
            and project["level"] in ("national", "beijing")
            and project["field"] in ("science_technology", "industrial")
            and project["major"]
            and project["undertaken"]
        ):
            matching += project["grant"] * 100
    total += min(matching, max(0, 20_000_000_00 - paid.get("seven/matching", 0)))
    for product in profile["products"]:
        if (
            date.fromisoformat(product["milestone_on"]).year == ON.year
            and product["track"] == "high_end_medical_equipment"
            and ("rnd" in company["activities"] or "production" in company["activities"])
            and product["first_special_review_entry"]
        ):
            total += 3_000_000_00
    new = recent(company["registered_on"]) or (
        company["moved_into_yizhuang"] and recent(company["registered_in_yizhuang_on"])
    )
    for lease in profile["leases"]:
        if (
            lease["year"] == ON.year
            and company["size"] in ("micro", "small", "medium")
            and company["track"] == "high_end_medical_equipment"
            and new
            and lease["use"] in ("rnd", "production", "service")
        ):
            total += (lease["rent_paid"] * 100 + 1) // 2
    research = 0
    for trial in profile["trials"]:
        if trial["innovative"] and trial["in_beijing"] and date.fromisoformat(trial["reached_on"]).year == ON.year:
            research += STAGES.get(trial["phase"], 0)
    this, before = years[ON.year]["rnd_expense"] * 100, years[ON.year - 1]["rnd_expense"] * 100
    if this >= 1_000_000_00 and {"little_giant", "high_tech_enterprise"} & set(company["qualifications"]):
        total += min((max(0, this - before) * 2 + 5) // 10, 3_000_000_00)
    if company["track"] in FRONTIER and any(trial["innovative"] for trial in profile["trials"]):
        research += 100_000_000_00
    total += min(research, 100_000_000_00)
    if company["uses_digital_rnd"] and not company["foreign_funded"]:
        total += min((years[ON.year]["compute_cost"] * 300 + 5) // 10, 20_000_000_00)
    return total


# ---- with unknowns and reasons


def judge(tests):
    """Give the truth of an `all`, with the facts that are missing and those that fail."""
    missing = [fact for fact, truth in tests if truth is None]
    failed = [fact for fact, truth in tests if truth is False]
    if failed:
        return False, [], failed
    return (None if missing else True), missing, []


def is_in(value, words):
    return None if value is None else value in words


def in_year(text):
    return None if text is None else date.fromisoformat(text).year == ON.year


def within(text):
    return None if text is None else recent(text)


def either(left, right):
    return True if left or right else None if left is None or right is None else False


def both(left, right):
    return False if left is False or right is False else None if left is None or right is None else True


def over(record, key):
    """Give a money fact's interval."""
    value = record.get(key)
    return (0, NO_BOUND) if value is None else (value * 100, value * 100)


def assess(profile):
    company = profile.get("company", {})
    years = {entry["year"]: entry for entry in profile.get("years") or ()}
    this, before = years.get(ON.year, {}), years.get(ON.year - 1, {})
    areas = company.get("areas")
    here = ("company.areas", None if areas is None else "yizhuang_new_town" in areas)
    paid = payments_of(profile)
    awards = [
        *matching(profile, here, paid),
        *special_review(profile, company, here, paid),
        *rent(profile, company, here, paid),
        *stage(profile, here, paid),
        growth(company, this, before, here, paid),
        frontier(profile, company, here, paid),
        compute(company, this, here, paid),
    ]
    share(awards, ("seven/matching",), 20_000_000_00, paid, "seven/matching.cap")
    share(awards, ("seven/stage", "seven/frontier"), 100_000_000_00, paid, "seven-rnd")
    total = [0, 0]
    for award in awards:
        total[0] += award["net"][0]
        total[1] += award["net"][1]
    return {"awards": awards, "total": total}


def payments_of(profile):
    payments = profile.get("payments")
    if payments is None:
        return None
    paid = {}
    for payment in payments:
        amount, year, item = payment.get("amount"), payment.get("year"), payment.get("item")
        entry = (0 if amount is None else amount * 100, NO_BOUND if amount is None else amount * 100, year, item)
        paid.setdefault(payment["clause"], []).append(entry)
    return paid


def received(paid, clause, item, yearly):
    if paid is None:
        return 0, NO_BOUND
    low = high = 0
    for least, most, year, of in paid.get(clause, ()):
        if yearly and year is not None and year != ON.year:
            continue
        if item is not None and of is not None and of != item:
            continue
        certain = (not yearly or year is not None) and (item is None or of is not None)
        low += least if certain else 0
        high += most
    return low, high


def award(clause, item, tests, gross, wants, paid, yearly, cap=None):
    truth, missing, failed = judge(tests)
    if truth is False:
        return {
            "clause": clause, "item": item, "verdict": "not_eligible", "gross": (0, 0), "net": (0, 0),
            "missing": [], "failed": failed, "reductions": [],
        }  # fmt: skip
    low, high = gross if truth else (0, gross[1])
    before = received(paid, clause, item, yearly)
    reductions = []
    ends = []
    for end, amount in enumerate((low, high)):
        used = before[1 - end]
        limited = amount if cap is None else min(amount, cap)
        left = max(0, limited - used)
        if amount > limited:
            reductions.append((end, "cap", amount - limited))
        if limited > left:
            reductions.append((end, "payment", limited - left))
        ends.append(left)
    if paid is None:
        wants = [*wants, "payments"]
    return {
        "clause": clause, "item": item, "verdict": "eligible" if truth else "undetermined", "gross": (low, high),
        "net": ends, "missing": [*missing, *wants], "failed": [], "reductions": reductions,
    }  # fmt: skip


def listed(profile, name, clause, make, paid, yearly):
    """Make one award for each item; one for an unknown or empty list."""
    items = profile.get(name)
    if items is None:
        tests, gross, _ = make({})
        made = award(clause, None, tests, (0, NO_BOUND if gross[1] else 0), [name], paid, yearly)
        if made["verdict"] == "eligible":
            made["verdict"] = "undetermined"
        made["missing"] = [fact if fact.startswith("company") else name for fact in made["missing"]]
        return [made]
    if not items:
        return [award(clause, None, [(name, False)], (0, 0), [], paid, yearly)]
    awards = []
    for place, item in enumerate(items):
        tests, gross, wants = make(item)
        awards.append(award(clause, f"{name}[{place}]", tests, gross, wants, paid, yearly))
    return awards


def matching(profile, here, paid):
    def make(project):
        get = project.get
        year = get("year")
        tests = [
            here,
            ("project.level", is_in(get("level"), ("national", "beijing"))),
            ("project.field", is_in(get("field"), ("science_technology", "industrial"))),
            ("project.major", get("major")),
            ("project.undertaken", get("undertaken")),
            ("project.year", None if year is None else year == ON.year),
        ]
        grant = over(project, "grant")
        return tests, (0, grant[1]), ["project.grant"] if get("grant") is None else []

    return listed(profile, "projects", "seven/matching", make, paid, True)


def special_review(profile, company, here, paid):
    activities = company.get("activities")
    busy = None if activities is None else "rnd" in activities or "production" in activities

    def make(product):
        get = product.get
        tests = [
            here,
            ("product.track", is_in(get("track"), ("high_end_medical_equipment",))),
            ("company.activities", busy),
            ("product.first_special_review_entry", get("first_special_review_entry")),
            ("product.milestone_on", in_year(get("milestone_on"))),
        ]
        return tests, (3_000_000_00, 3_000_000_00), []

    return listed(profile, "products", "seven/special-review", make, paid, False)


def rent(profile, company, here, paid):
    get = company.get
    registered, moved = within(get("registered_on")), get("moved_into_yizhuang")
    new = either(registered, both(moved, within(get("registered_in_yizhuang_on"))))
    whose = [
        here,
        ("company.size", is_in(get("size"), ("micro", "small", "medium"))),
        ("company.track", is_in(get("track"), ("high_end_medical_equipment",))),
        ("company.registered_on", new),
    ]

    def make(lease):
        year = lease.get("year")
        tests = [
            *whose,
            ("lease.use", is_in(lease.get("use"), ("rnd", "production", "service"))),
            ("lease.year", None if year is None else year == ON.year),
        ]
        low, high = over(lease, "rent_paid")
        return tests, ((low + 1) // 2, (high + 1) // 2), ["lease.rent_paid"] if lease.get("rent_paid") is None else []

    return listed(profile, "leases", "seven/rent", make, paid, True)


def stage(profile, here, paid):
    def make(trial):
        get = trial.get
        tests = [
            here,
            ("trial.innovative", get("innovative")),
            ("trial.in_beijing", get("in_beijing")),
            ("trial.reached_on", in_year(get("reached_on"))),
        ]
        phase = get("phase")
        amount = STAGES.get(phase, 0)
        return (
            tests,
            (0, 40_000_000_00) if phase is None else (amount, amount),
            ["trial.phase"] if phase is None else [],
        )

    return listed(profile, "trials", "seven/stage", make, paid, False)


def growth(company, this, before, here, paid):
    spent, titles = this.get("rnd_expense"), company.get("qualifications")
    known = None if titles is None else "little_giant" in titles or "high_tech_enterprise" in titles
    tests = [
        here,
        ("year.rnd_expense", None if spent is None else spent >= 1_000_000),
        ("company.qualifications", known),
    ]
    new, old = over(this, "rnd_expense"), over(before, "rnd_expense")
    gross = (max(0, new[0] - old[1]) * 2 + 5) // 10, (max(0, new[1] - old[0]) * 2 + 5) // 10
    wants = ["year.rnd_expense"] if spent is None else []
    if before.get("rnd_expense") is None:
        wants.append("prior_year.rnd_expense")
    return award("seven/growth", None, tests, gross, wants, paid, True, 3_000_000_00)


def frontier(profile, company, here, paid):
    trials = profile.get("trials")
    if trials is None:
        tried = None
    else:
        truths = [both(in_year(trial.get("reached_on")), trial.get("innovative")) for trial in trials]
        tried = True if True in truths else None if None in truths else False
    tests = [
        here,
        ("trials" if trials is None else "trial.innovative", tried),
        ("company.track", is_in(company.get("track"), FRONTIER)),
    ]
    return award("seven/frontier", None, tests, (0, 100_000_000_00), [], paid, True)


def compute(company, this, here, paid):
    foreign = company.get("foreign_funded")
    tests = [
        here,
        ("company.uses_digital_rnd", company.get("uses_digital_rnd")),
        ("company.foreign_funded", None if foreign is None else not foreign),
    ]
    low, high = over(this, "compute_cost")
    wants = ["year.compute_cost"] if this.get("compute_cost") is None else []
    gross = (low * 3 + 5) // 10, (high * 3 + 5) // 10
    return award("seven/compute", None, tests, gross, wants, paid, True, 20_000_000_00)


def share(awards, clauses, limit, paid, name):
    """Let several awards share one yearly limit, in order; each end beside the other end of those before it."""
    least = most = 0
    for clause in clauses:
        low, high = received(paid, clause, None, True)
        least, most = least + low, most + high
    used_low = used_high = 0
    for one in awards:
        if one["clause"] in clauses and one["verdict"] != "not_eligible":
            low, high = one["net"]
            pays = min(low, max(0, limit - most - used_high)), min(high, max(0, limit - least - used_low))
            for end, (had, pay) in enumerate(zip((low, high), pays, strict=True)):
                if pay < had:
                    one["reductions"].append((end, name, had - pay))
            used_low, used_high = used_low + pays[0], used_high + min(high, max(0, limit - most - used_high))
            one["net"] = list(pays)
