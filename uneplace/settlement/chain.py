"""The chain of a case, step by step: what was done, by whom, on which day, from the reminders to the end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import F, Max, Sum
from django.utils.timezone import localtime, make_aware

from uneplace.contracts.models import Commitment
from uneplace.hours.models import AwaitedDocument, Statement
from uneplace.organisations.actor import Actor
from uneplace.rules import french

from .control_records import Difficulty, Meeting, Notice, Relief
from .models import Exchange, PenaltyCase


@dataclass(frozen=True)
class Stage:
    """One thing done about a case: the moment that sorts it, its words, who did it, what was said, and its
    paper if there is one. `tone` and `icon` draw it."""

    at: datetime
    title: str
    who: str = ""
    text: str = ""
    note: str = ""
    url: str = ""
    url_words: str = ""
    tone: str = ""
    icon: str = "circle"

    @property
    def on_words(self) -> str:
        """The day, in words."""
        return french.day(localtime(self.at).date())


NOTICE_LOOKS = {
    Notice.Kind.REMINDER: ("orange", "envelope"),
    Notice.Kind.LETTER: ("orange", "envelope-exclamation"),
    Notice.Kind.FORMAL: ("red", "exclamation-octagon"),
    Notice.Kind.ACCOUNT: ("brand", "cash-coin"),
}


def chain_of(case: PenaltyCase, actor: Actor) -> list[Stage]:
    """What was done about a case that this actor may read, oldest first; a constant number of queries."""
    commitment = case.commitment
    papers = list(_seen(Notice, actor, case=case).select_related("author", "copy_to"))
    stages = [
        *reminders_of(commitment),
        _opening(case),
        *(_exchange(one) for one in _said(case)),
        *(_notice(one) for one in papers),
        *_notice_without_paper(case, papers),
        *_difficulties(commitment, actor),
        *_reliefs(case, actor),
        *(_meeting(one) for one in _seen(Meeting, actor, commitment=commitment)),
    ]
    return sorted(stages, key=lambda stage: stage.at)


def _seen(model, actor: Actor, **filters):
    return model.objects.visible_to(actor).filter(**filters)


def reminders_of(commitment: Commitment) -> list[Stage]:
    """The reminders that already left by themselves for months and documents that did not come: one line."""
    sent, latest = 0, None
    for model in (Statement, AwaitedDocument):
        asked = model.objects.filter(commitment=commitment, asks__gte=2).order_by()
        told = asked.aggregate(sent=Sum(F("asks") - 1), latest=Max("asked_on"))
        sent += told["sent"] or 0
        latest = max((day for day in (latest, told["latest"]) if day is not None), default=None)
    if not sent or latest is None:
        return []
    words = french.several(sent, "relance automatique envoyée", "relances automatiques envoyées")
    at = make_aware(datetime.combine(latest, time(8)))
    text = "Pour des relevés ou des pièces qui n’étaient pas arrivés. La date est celle de la dernière."
    return [Stage(at, words, text=text, tone="orange", icon="envelope")]


def _opening(case: PenaltyCase) -> Stage:
    text = f"{case.gap} manquaient. L’entreprise en est informée."
    return Stage(case.opened_at, "Écart constaté", str(case.service), text, tone="orange", icon="search")


def _said(case: PenaltyCase) -> Iterable[Exchange]:
    return case.exchanges.select_related("organisation", "recorded_by").order_by("held_on", "pk")


def _exchange(one: Exchange) -> Stage:
    held_at = make_aware(datetime.combine(one.held_on, localtime(one.recorded_at).time()))
    return Stage(
        held_at,
        f"Observations, {one.get_means_display().lower()}",
        str(one.organisation),
        one.text,
        note=f"Noté par {one.recorded_by}." if one.recorded_by else "",
        tone="brand",
        icon="chat-left-text",
    )


def _notice(one: Notice) -> Stage:
    tone, icon = NOTICE_LOOKS[one.kind]
    notes = []
    if one.copy_to and one.kind != Notice.Kind.ACCOUNT:
        notes.append(f"Copie à {one.copy_to}.")
    if one.answer_before:
        notes.append(f"Réponse attendue avant le {french.day(one.answer_before)}.")
    return Stage(
        one.sent_at,
        one.get_kind_display(),
        str(one.author),
        one.text,
        note=" ".join(notes),
        url=one.get_absolute_url(),
        url_words=f"{one.get_kind_display()} du {french.day(localtime(one.sent_at).date())}, PDF",
        tone=tone,
        icon=icon,
    )


def _notice_without_paper(case: PenaltyCase, papers: list[Notice]) -> list[Stage]:
    """Formal notice given before its paper was kept here."""
    if case.notice_on is None or any(one.kind == Notice.Kind.FORMAL for one in papers):
        return []
    tone, icon = NOTICE_LOOKS[Notice.Kind.FORMAL]
    before = f"Réponse attendue avant le {french.day(case.answer_before)}." if case.answer_before else ""
    at = make_aware(datetime.combine(case.notice_on, time(9)))
    buyer = str(case.commitment.clause.lot.contract.buyer)
    return [Stage(at, Notice.Kind.FORMAL.label, buyer, note=before, tone=tone, icon=icon)]


def asked_words(one: Difficulty) -> str:
    """What the company asks, in words."""
    words = one.get_asked_display()
    if one.until:
        return f"{words}, du {french.day(one.since)} au {french.day(one.until)}"
    if one.hours is not None:
        return f"{words}\u00a0: elle peut en faire {french.hours(one.hours)}"
    return words


def _difficulties(commitment: Commitment, actor: Actor) -> Iterable[Stage]:
    rows = _seen(Difficulty, actor, commitment=commitment).select_related(
        "act", "commitment__company", "service"
    )
    for one in rows:
        text = f"{asked_words(one)}.\n{one.reason}"
        yield Stage(
            one.declared_at,
            "Difficulté déclarée",
            str(commitment.company),
            text,
            url=one.get_absolute_url(),
            url_words="Voir la demande",
            tone="orange",
            icon="exclamation-triangle",
        )
        if one.answered_at:
            who = commitment.company if one.outcome == Difficulty.Outcome.WITHDRAWN else one.service
            act = f"{one.act}, à effet du {french.day(one.act.on)}." if one.act else ""
            yield Stage(
                one.answered_at,
                f"Difficulté\u00a0: {one.get_outcome_display().lower()}",
                str(who),
                "\n".join(words for words in (act, one.answer) if words),
                tone="green" if one.act else "",
                icon="sliders",
            )


def _reliefs(case: PenaltyCase, actor: Actor) -> Iterable[Stage]:
    buyer = case.commitment.clause.lot.contract.buyer
    for one in _seen(Relief, actor, case=case):
        yield Stage(
            one.proposed_at,
            f"Exonération proposée\u00a0: {french.hours(one.hours)}",
            str(case.service),
            one.reason,
            tone="brand",
            icon="sliders",
        )
        if one.answered_at:
            granted = french.hours(one.granted) if one.granted else "aucune heure"
            yield Stage(
                one.answered_at,
                f"Exonération accordée\u00a0: {granted}",
                str(buyer),
                one.answer,
                tone="green" if one.granted else "",
                icon="check-circle",
            )


def _meeting(one: Meeting) -> Stage:
    at = make_aware(datetime.combine(one.held_on, time(9)))
    return Stage(at, "Réunion", one.attended, one.decided, tone="brand", icon="people")
