"""Cases that nobody wrote, in the JSON of a file: small calendars, so that boundaries meet often.

Each function draws the facts of one rule from a seeded source: the same cases every time.
"""

from datetime import date, timedelta

ORIGIN = date(2023, 12, 1)
ZONES = ["Métropole", "Alsace-Moselle", "La Réunion"]
GROUNDS = ["DELD", "RSA", "QPV", "STR_EA"]


def iso(day):
    return day.isoformat()


def a_day(draw, last=800):
    # Ends of months and 29 February matter more than other days.
    if draw.random() < 0.2:
        return draw.choice([date(2024, 2, 29), date(2024, 1, 31), date(2024, 8, 31), date(2025, 2, 28)])
    return ORIGIN + timedelta(days=draw.randrange(last))


def a_period(draw, *, is_closed=False, longest=500):
    start = a_day(draw)
    if not is_closed and draw.random() < 0.2:
        return [iso(start), None]
    return [iso(start), iso(start + timedelta(days=draw.randint(1, longest)))]


def a_number(draw, most=2000, decimals=2):
    """A decimal string, or now and then a JSON integer."""
    if draw.random() < 0.2:
        return draw.randrange(most)
    decimals = draw.randint(0, decimals)
    whole = str(draw.randrange(most))
    return f"{whole}.{draw.randrange(10**decimals):0{decimals}}" if decimals else whole


def a_share(draw):
    return draw.choice(["0", "1", 1, "0.5", f"0.{draw.randrange(1000):03}", "0.3333333"])


def maybe(draw, facts, **optional):
    """The facts, with each optional one left out half the time."""
    return facts | {name: value for name, value in optional.items() if draw.random() < 0.6}


def some(draw, most, build):
    return [build() for _ in range(draw.randint(0, most))]


def inputs(draw, method):
    def amounts():
        return some(
            draw,
            4,
            lambda: {"on": iso(a_day(draw)), "amount": draw.choice(["", "-"]) + str(a_number(draw, 90000))},
        )

    return {
        "LABOUR_SHARE": lambda: {
            "amount": a_number(draw, 10**6),
            "labour_share": a_share(draw),
            "insertion_rate": a_share(draw),
            "hourly_cost": draw.choice(["30", 28, "32.57", "0.01"]),
        },
        "WORKED_HOURS": lambda: {"planned_hours": a_number(draw, 9999, 4), "insertion_rate": a_share(draw)},
        "INVOICED": lambda: maybe(
            draw,
            {"slice": draw.choice(["50000", 1000, "333.33"]), "hours_per_slice": a_number(draw, 40)}
            | {"as_of": iso(a_day(draw))},
            invoices=amounts(),
            orders=amounts(),
            threshold=a_number(draw, 60000),
            whole_slices=draw.random() < 0.5,
        ),
        "FIXED": lambda: {"hours": a_number(draw, 3000, 4)},
        "PER_YEAR": lambda: {
            "hours_per_year": a_number(draw),
            "period": a_period(draw, is_closed=True, longest=2000),
        },
        "NET_STAFF": lambda: {
            "staff_hours": a_number(draw),
            "transferred_hours": a_number(draw),
            "insertion_rate": a_share(draw),
        },
        "BANDS": lambda: {
            "amount": a_number(draw, 1000),
            "bands": [
                *some(draw, 3, lambda: {"below": a_number(draw, 1000), "hours": a_number(draw)}),
                draw.choice([{}, {"below": None}]) | {"hours": a_number(draw)},
            ],
        },
        "ACTIONS": lambda: {"actions": draw.choice([draw.randrange(9), str(draw.randrange(9))])},
    }[method]()


METHODS = ["LABOUR_SHARE", "WORKED_HOURS", "INVOICED", "FIXED", "PER_YEAR", "NET_STAFF", "BANDS", "ACTIONS"]


def hours_due(draw):
    method = draw.choice(METHODS)
    facts = {"method": method} | inputs(draw, method)
    if draw.random() < 0.6:
        facts["rounding"] = draw.choice(["NONE", "HOUR", "UP_35"])
    if draw.random() < 0.6:
        facts.setdefault("as_of", iso(a_day(draw)))
        facts["events"] = some(draw, 4, lambda: an_event(draw, method))
    if method != "ACTIONS" and draw.random() < 0.5:
        cuts = sorted(draw.randrange(1001) for _ in range(draw.randint(0, 3)))
        thousandths = [end - start for start, end in zip([0, *cuts], [*cuts, 1000], strict=True)]
        facts["shares"] = [
            {"company": f"E{place}", "share": f"{part // 1000}.{part % 1000:03}"}
            for place, part in enumerate(thousandths)
        ]
    return facts


def an_event(draw, method):
    new = inputs(draw, method)
    new.pop("as_of", None)
    changes = {name: value for name, value in new.items() if draw.random() < 0.5}
    kind = draw.choice(["AMENDMENT", "TRANCHE", "RENEWAL", "SUSPENSION", "REDUCTION"])
    return {"on": iso(a_day(draw)), "kind": kind, "changes": changes}


def eligibility(draw):
    on = a_day(draw)

    def about(months):
        return iso(on - timedelta(days=int(months * 30.44) + draw.randint(-3, 3)))

    yes_or_no = [True, True, False, None]
    situation = maybe(
        draw,
        {},
        born_on=draw.choice([about(26 * 12), about(50 * 12), about(19 * 12), "1976-02-29"]),
        registered_since=about(draw.choice([3, 12, 24])),
        months_worked_last_12=draw.choice([0, 5, 6, "5", "6"]),
        diploma_level=draw.choice([0, 2, 3, 4, 5]),
        left_school_on=about(draw.choice([6, 12])),
        inactive_since=about(draw.choice([6, 12])),
        job_seeker=draw.choice([True, True, True, False]),
        receives_rsa=draw.choice(yes_or_no),
        boeth=draw.choice(yes_or_no),
        lives_in_qpv=draw.choice(yes_or_no),
        refugee=draw.choice(yes_or_no),
        allowances=some(draw, 2, lambda: draw.choice(["ASS", "AAH", "INV", "ARE"])),
        support=draw.choice(["PACEA", "SMV", "PLIE", None]),
        motivated_opinion_by=draw.choice(["MDPH", "PLIE", "MAIRIE"]),
        followed_by=some(draw, 2, lambda: draw.choice(["STR_EA", "STR_JUSTICE", "STR_GEIQ", "AUTRE"])),
    )
    grounds = ["DELD", "RSA", "BOETH", "MINIMA", "J26_NQ", "SENIOR", "J_RENF", "QPV", "STR_EA", "?"]
    return maybe(
        draw,
        {"on": iso(on), "situation": situation},
        accepted_grounds=draw.choice([None, some(draw, 4, lambda: draw.choice(grounds))]),
        proofs=some(
            draw,
            8,
            lambda: {"ground": draw.choice(grounds), "dated_on": about(draw.choice([-1, 0, 1, 3, 3, 6]))},
        ),
    )


def counting(draw):
    def months(most=14):
        return draw.choice([None, draw.randint(0, most), str(draw.randint(0, most))])

    policy = maybe(
        draw,
        {
            "execution": a_period(draw, longest=900),
            "work_study_window": draw.choice(["WHOLE", 6, 12]),
            "training": draw.choice(["COUNTED", "NOT_COUNTED", {"cap_share": a_share(draw)}]),
            "late_decision_days": draw.choice([0, 0, 5, 15]),
        },
        window_months=months(),
        permanent_window_months=months(),
        permanent_window_from=draw.choice(["HIRE", "CLAUSE"]),
        accepted_grounds=draw.choice([None, ["RSA", "DELD"], ["QPV"], []]),
        accepted_modalities=draw.choice([None, ["DIRECT"], []]),
        window_scope=draw.choice(["CLAUSE", "PERSON"]),
        renewal_months=draw.randint(0, 5),
        holiday_zone=draw.choice(ZONES),
    )
    policy["renewal_months"] = int(policy.get("renewal_months", 3))
    for name in ("window_months", "permanent_window_months"):
        if policy.get(name) is not None:
            policy[name] = int(policy[name])
    kinds = ["CDD", "CDD", "CTT", "CDI", "APPRENTISSAGE", "PROFESSIONNALISATION", "CUI"]
    placements = [
        {
            "id": f"p{place}",
            "kind": draw.choice(kinds),
            "modality": draw.choice(["DIRECT", "DIRECT", "MISE_A_DISPOSITION"]),
            "period": a_period(draw, longest=draw.choice([4, 60, 400])),
        }
        for place in range(draw.randint(1, 5))
    ]
    starts = [date.fromisoformat(one["period"][0]) for one in placements]
    decisions = some(
        draw,
        5,
        lambda: maybe(
            draw,
            {"decided_on": iso(draw.choice(starts) + timedelta(days=draw.randint(-150, 20)))},
            grounds=some(draw, 2, lambda: draw.choice(GROUNDS)),
            revoked_on=draw.choice([None, None, iso(draw.choice(starts)), iso(a_day(draw))]),
        ),
    )
    lines = []
    for placement, start in zip(placements, starts, strict=True):
        first = start.year * 12 + start.month - 1
        for offset in draw.sample(range(-1, 14), draw.randint(0, 5)):
            year, month0 = divmod(first + offset, 12)
            hours = draw.randrange(20000)
            training = draw.choice([0, hours, draw.randint(0, hours)])
            lines.append(
                maybe(
                    draw,
                    {
                        "id": f"l{len(lines)}",
                        "placement": placement["id"],
                        "month": f"{year}-{month0 + 1:02}",
                        "hours": f"{hours // 100}.{hours % 100:02}",
                    },
                    training_hours=f"{training // 100}.{training % 100:02}",
                    on_operation=draw.random() < 0.9,
                    globalised=draw.random() < 0.5,
                    within=[f"{year}-{month0 + 1:02}-{draw.randint(1, 28):02}", None],
                )
            )
    draw.shuffle(lines)
    return {"policy": policy, "decisions": decisions, "placements": placements, "lines": lines}


def allocation(draw):
    period = a_period(draw, longest=draw.choice([2, 40, 400]))
    return maybe(
        draw,
        {
            "month": draw.choice([period[0], iso(a_day(draw))])[:7],
            "placement_period": period,
            "hours": a_number(draw, 200),
            "targets": [
                {
                    "commitment": f"c{place}",
                    "weight": draw.choice([0, 1, "1", "0.5", "3.333", a_number(draw)]),
                    "execution": draw.choice([period, a_period(draw)]),
                }
                for place in range(draw.randint(0, 5))
            ],
        },
        holiday_zone=draw.choice(ZONES),
    )


def double_counting(draw):
    def row():
        placement = draw.choice(["p1", "p10", "p2"])
        return {
            "placement": placement,
            "month": draw.choice(["2025-03", "2025-11"]),
            "hours": a_number(draw, 60),
        }

    return {
        "worked": some(draw, 6, row),
        "allocated": some(draw, 6, lambda: row() | {"commitment": draw.choice(["c1", "c2"])}),
    }


def progress(draw):
    return maybe(
        draw,
        {
            "due": a_number(draw, 5000, 3),
            "execution": a_period(draw, is_closed=True),
            "as_of": iso(a_day(draw)),
            "placements": some(
                draw,
                4,
                lambda: maybe(
                    draw,
                    {"period": a_period(draw), "weekly_hours": a_number(draw, 40), "share": a_share(draw)},
                    window_end=draw.choice([None, iso(a_day(draw))]),
                ),
            ),
        },
        holiday_zone=draw.choice(ZONES),
    )


def forecast(draw):
    start = a_day(draw)
    length = draw.randint(30, 900)
    due = draw.randint(1, 5000)
    return maybe(
        draw,
        {
            "due": due,
            "counted": a_number(draw, 3000),
            "to_validate": a_number(draw, 400),
            "undeclared": a_number(draw, 400),
            "foreseen": a_number(draw, 1500),
            "execution": [iso(start), iso(start + timedelta(days=length))],
            "as_of": iso(start + timedelta(days=draw.randint(-(-length // 10), length - 1))),
        },
        past=[
            {
                "due": draw.randint(1, 900),
                "finished": a_number(draw, 900),
                "contracts": a_number(draw, 900),
                "pace": a_number(draw, 1500),
            }
            for _ in range(draw.choice([0, 3, 9, 10, 11, 25, 60]))
        ],
        holiday_zone=draw.choice(ZONES),
    )


def penalties(draw):
    def near():
        return iso(ORIGIN + timedelta(days=draw.randrange(60)))

    return maybe(
        draw,
        {"as_of": near()},
        due=a_number(draw, 2000, 3),
        validated=a_number(draw, 1500, 3),
        exonerated=a_number(draw, 500, 3),
        rate_hour=a_number(draw, 90, 3),
        documents=some(
            draw,
            4,
            lambda: maybe(
                draw, {"name": "Relevé", "due_on": near()}, received_on=draw.choice([None, near()])
            ),
        ),
        rate_day=a_number(draw, 200, 3),
        days_from_notice=draw.random() < 0.5,
        per_document=draw.random() < 0.5,
        actions_due=draw.randrange(9),
        actions_done=draw.choice([draw.randrange(9), "3"]),
        rate_action=a_number(draw, 900, 3),
        requires_notice=draw.random() < 0.7,
        notice_on=draw.choice([None, near()]),
    )


def exit_category(draw):
    durable = ["CDI", "CREATION", "FONCTION_PUBLIQUE"]
    others = ["CONTRAT_AIDE", "FORMATION_QUALIFIANTE", "AUTRE_SIAE", "ALTERNANCE", "CHOMAGE"]
    if draw.random() < 0.5:
        return {"kind": draw.choice(["CDD", "CTT"]), "months": draw.choice([0, 5, 6, 7, "5", "6", 24])}
    return maybe(draw, {"kind": draw.choice(durable + others)}, months=draw.choice([None, 3, 8]))
