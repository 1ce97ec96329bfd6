"""A file of hours in a service where two people work for a company, and how to import it."""

from datetime import UTC, date, datetime
from io import BytesIO

from tests.factories import (
    AllocationFactory,
    ParticipantFactory,
    PlacementFactory,
    StatementFactory,
    actor_for,
)
from tests.sheets import as_csv
from uneplace.hours.imports import actions
from uneplace.hours.imports.checking import outcome_of
from uneplace.hours.imports.columns import Heading, Headings, proposal
from uneplace.hours.imports.running import read_import
from uneplace.hours.models import Statement

MAY = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
APRIL = date(2026, 4, 1)
HEAD = ["Nom", "Prénom", "Naissance", "Mois", "Heures", "dont formation", "Marché"]
ZOE = ["Lefèvre", "Zoé", "02/04/1994", "04/2026", "151,67", "", ""]
ADAM = ["Ben Saïd", "Adam", "15/01/1990", "avril 2026", "70h30", "7", ""]


class Scene:
    """April 2026 of one commitment, awaited from its company: Zoé Lefèvre and Adam Ben Saïd."""

    def __init__(self):
        self.statement = StatementFactory()
        self.service, self.company = self.statement.service, self.statement.declarant
        self.zoe = self.hire("Zoé", "Lefèvre", date(1994, 4, 2))
        self.adam = self.hire("Adam", "Ben Saïd", date(1990, 1, 15))
        self.by_company, self.by_service = actor_for(self.company), actor_for(self.service)

    def hire(self, first_name, last_name, born_on=None, *, commitment=None, person=None, **terms):
        """Somebody's work contract, allocated to the commitment; its placement."""
        person = person or ParticipantFactory(
            service=self.service, first_name=first_name, last_name=last_name, born_on=born_on
        )
        placement = PlacementFactory(service=self.service, participant=person, employer=self.company, **terms)
        AllocationFactory(placement=placement, commitment=commitment or self.statement.commitment)
        return placement

    def shared_with(self, commitment):
        """Zoé Lefèvre works half her time for another commitment too."""
        self.zoe.allocations.update(share="0.5")
        AllocationFactory(placement=self.zoe, commitment=commitment, share="0.5")

    def receive(self, rows, *, by=None, sender=None, content=None, name="heures.csv"):
        """A file as its sender drops it."""
        by = by or self.by_company
        content = as_csv([HEAD, *rows]) if content is None else content
        return actions.receive_file(
            BytesIO(content),
            name,
            len(content),
            service=self.service,
            sender=sender or by.organisation,
            by=by,
            at=MAY,
        )

    def read(self, rows, *, month=None, **terms):
        """A file received, its columns told as proposed, and read."""
        by = terms.get("by") or self.by_company
        received = self.receive(rows, **terms)
        kept = received.headings
        headings = Headings(kept["row"], tuple(Heading(*column) for column in kept["columns"]))
        actions.tell_columns(received, proposal(headings), month=month, by=by, at=MAY)
        read_import(received, on=MAY.date())
        received.refresh_from_db()
        return received

    def accept(self, received, *, by=None, sends=False):
        """Accept what was read."""
        shown = outcome_of(received).digest
        actions.accept_import(received, shown=shown, sends=sends, by=by or self.by_company, at=MAY)

    def lines(self, statement=None):
        """The hours of each person in the statement, by last name."""
        statement = statement or Statement.objects.get(pk=self.statement.pk)
        rows = statement.lines.values_list("worked_month__placement__participant__last_name", "hours")
        return {name: str(hours) for name, hours in rows}
