from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from uneplace.journal.models import Entry
from uneplace.organisations.actor import Actor
from uneplace.rules.french import day
from uneplace.settlement.models import PenaltyCase
from uneplace.settlement.notices import pending_difficulty
from uneplace.settlement.queries import Party, organisation_of, party_of
from uneplace.web.acts import ACTS
from uneplace.web.turns import Turn, Whose

Status = PenaltyCase.Status

# What each party has to do when the case is in its hands, and the step that does it.
TASKS = {
    Party.SERVICE: ("parler avec l’entreprise", "Noter un échange", "settlement:record_exchange"),
    Party.COMPANY: ("expliquer pourquoi des heures manquent", "Répondre", "settlement:record_exchange"),
    Party.BUYER: ("décider de la suite", "Voir les suites possibles", ""),
}


def turn_of(case: PenaltyCase, actor: Actor, *, on: date, last: str) -> Turn:
    """Who acts next on a case that carries its `holder`, as this actor reads it."""
    if case.holder is None:
        return Turn(Whose.DONE, f"Plus rien à faire\u00a0: {_ending(case)}", last=last)
    party = Party(case.holder)
    task, verb, route = TASKS[party]
    # Without a route, several decisions are possible, all on this page.
    url = reverse(route, args=[case.pk]) if route else "#next"
    if party == Party.COMPANY and case.status == Status.NOTICE:
        task = "répondre à la mise en demeure"
    elif party == Party.COMPANY and case.answer_before:
        task = "répondre au service"
    elif party == Party.BUYER and case.status == Status.RELIEF:
        task, verb = "répondre à l’exonération proposée", "Répondre"
        url = reverse("control:answer_relief", args=[case.pk])
    elif party == Party.SERVICE and (difficulty := pending_difficulty(case)):
        task, verb, url = "répondre à la difficulté déclarée", "Répondre", difficulty.get_absolute_url()
    holder = organisation_of(case, party)
    before = case.answer_before if party == Party.COMPANY else None
    if party != party_of(actor, case):
        return Turn(
            Whose.OTHER, f"Au tour de {holder}\u00a0: {task}", holder=str(holder), before=before, last=last
        )
    return Turn(
        Whose.MINE,
        f"C’est à vous\u00a0: {task}",
        holder=str(actor.user or holder),
        before=before,
        last=last,
        verb=verb,
        url=url if actor.writes else "",
    )


def last_act(entry: Entry) -> str:
    """« mise en demeure envoyée, Ville de Falaise, 3 mars 2026 »: what happened last, for the banner."""
    act = ACTS[entry.verb].words
    return f"{act[0].lower()}{act[1:]}, {entry.organisation_name}, le {day(localtime(entry.at).date())}."


def _ending(case: PenaltyCase) -> str:
    return {
        Status.APPLIED: "l’acheteur applique une pénalité",
        Status.WAIVED: "l’acheteur n’applique pas de pénalité",
        Status.CLOSED: "le service a clos ce dossier",
    }[case.status]
