"""The last contact with each person, from the dated facts of their file, and of those merged into it: many at
once, in one query."""

from collections.abc import Iterable
from datetime import date

from django.db import connection

NEVER_ENDS = date.max
"""The day of a contact that is still going on: a work contract without an end."""

# One line a fact: what it is, and the query that gives (person, day).
FACTS = {
    "ouverture du dossier": "SELECT id, created_at::date FROM people_participant",
    "accompagnement": "SELECT participant_id, since FROM people_support",
    "information donnée": "SELECT participant_id, given_on FROM people_informationgiven",
    "décision d’éligibilité": "SELECT participant_id, decided_on FROM people_eligibilitydecision",
    "candidature": (
        "SELECT participant_id, greatest(sent_at, shortlisted_at, answered_at, meeting_at)::date "
        "FROM offers_application"
    ),
    "accord": (
        "SELECT a.participant_id, g.given_on FROM offers_agreement g "
        "JOIN offers_application a ON a.id = g.application_id"
    ),
    "dossier transmis": (
        "SELECT a.participant_id, t.sent_at::date FROM offers_transmission t "
        "JOIN offers_application a ON a.id = t.application_id"
    ),
    "contrat de travail": (
        "SELECT participant_id, coalesce(upper(period) - 1, '9999-12-31'::date) FROM hours_placement"
    ),
    "heures travaillées": (
        "SELECT p.participant_id, (w.month + interval '1 month - 1 day')::date FROM hours_workedmonth w "
        "JOIN hours_placement p ON p.id = w.placement_id"
    ),
    "suivi en emploi": (
        "SELECT p.participant_id, f.done_at::date FROM hours_followup f "
        "JOIN hours_placement p ON p.id = f.placement_id WHERE f.done_at IS NOT NULL"
    ),
    "heures comptées": (
        "SELECT p.participant_id, l.entered_at::date FROM hours_ledgerentry l "
        "JOIN hours_placement p ON p.id = l.placement_id"
    ),
    "demande de la personne": "SELECT participant_id, asked_on FROM rights_rightsrequest",
}

LAST = """
WITH facts(person, day) AS ({facts}),
last AS (
    SELECT coalesce(m.kept_id, facts.person) AS person, max(day) AS day
    FROM facts LEFT JOIN people_merge m ON m.left_id = facts.person GROUP BY 1
)
SELECT last.person, last.day FROM last JOIN people_participant p ON p.id = last.person
 WHERE p.anonymised_at IS NULL
   AND (%(people)s::bigint[] IS NULL OR p.id = ANY(%(people)s))
   AND (%(service)s::bigint IS NULL OR p.service_id = %(service)s)
   AND (%(before)s::date IS NULL OR last.day < %(before)s)
"""


def last_contacts(
    *, people: Iterable[int] | None = None, service: int | None = None, before: date | None = None
) -> dict[int, date]:
    """The day of the last contact with each person who is still known; only those before a day, if one is
    given."""
    parameters = {
        "people": None if people is None else list(people),
        "service": service,
        "before": before,
    }
    with connection.cursor() as cursor:
        cursor.execute(LAST.format(facts=" UNION ALL ".join(FACTS.values())), parameters)
        return dict(cursor.fetchall())
