"""Job sheets, people put forward, and what became of them: the rows of `posts.POSTS`."""

import json
from datetime import date, datetime, timedelta
from decimal import Decimal

import typst
from django.core.files.base import ContentFile
from django.utils.timezone import localtime

from uneplace.kit.periods import period
from uneplace.offers.actions import Pick, decline_suggestion, gather, send_link
from uneplace.offers.actions.criteria import write_criteria
from uneplace.offers.models import (
    Agreement,
    Application,
    CriterionAnswer,
    JobSheet,
    Through,
    Transmission,
)
from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Organisation
from uneplace.organisations.queries import addresses_of
from uneplace.people.models import Means, Participant
from uneplace.reports.pdf import FONTS
from uneplace.rules.dates import add_months
from uneplace.rules.delays import usual_delays

from .chronicle import Chronicle
from .conditions import CONDITIONS
from .persons import Person, Population, at_hour, weekday
from .posts import BY_LINK, EAST, NORTH, POSTS, REFERRER, STRUCTURE, Candidate, Post
from .present import Present
from .sheets import asked_of, keep_versions, send

USUAL_REASON = "Les critères indispensables sont remplis."
LAPSES_IN = timedelta(days=20)
WITH_THE_COMPANY = (Application.Status.SENT, Application.Status.MEETING, Application.Status.HIRED)


class Recruiting:
    """Builds the job sheets, then the files of each, people included."""

    def __init__(self, present: Present, chronicle: Chronicle) -> None:
        self.present = present
        self.territory = present.territory
        self.chronicle = chronicle
        self.random = self.territory.inventor.random
        self.at: datetime = present.at
        self.today: date = present.today
        self.facilitator = self.territory.facilitator
        referrers = self.territory.referrers
        self.structures = {
            REFERRER: referrers[0],
            STRUCTURE: self.territory.employers[0],
            NORTH: referrers[2],
            EAST: referrers[4],
        }
        self.hired: list[Application] = []

    def write(self) -> None:
        """Write every job sheet with its criteria, its diffusion and its applications."""
        population = Population(self.territory)
        pairs = [(post, candidate) for post in POSTS for candidate in post.candidates]
        people = [self._person(population, candidate) for _, candidate in pairs]
        population.write(people)
        sheets = {id(post): self._sheet(post) for post in POSTS}
        for (post, candidate), person in zip(pairs, people, strict=True):
            self._application(sheets[id(post)], candidate, person)
        (by_link,) = (sheets[id(post)] for post in POSTS if post.site == BY_LINK)
        send_link(by_link, email=by_link.commitment.company.email, by=self.facilitator, at=self.at)
        self._ask_structures(next(sheet for sheet in sheets.values() if sheet.status == "PUBLISHED"))

    def _ask_structures(self, sheet: JobSheet) -> None:
        """Three people of the pool asked for; one of them is in training."""
        referrer = self.structures[REFERRER]
        people = Participant.objects.known().filter(supports__organisation=referrer, restricted_at=None)
        free = people.exclude(applications__job_sheet=sheet).exclude(applications__status="HIRED")
        picks = [Pick(person, referrer) for person in free.order_by("-pk")[:3]]
        asked = gather(sheet, picks, by=self.facilitator, at=self.at).asked
        by = self.territory.actor_of(referrer)
        decline_suggestion(asked[-1], reason="IN_TRAINING", by=by, at=self.at)

    def _before(self, days: int, hour: int = 10) -> datetime:
        moment = localtime(self.at) - timedelta(days=days)
        return min(moment.replace(hour=hour, minute=self.random.randint(0, 59), second=0), self.at)

    def _person(self, population: Population, candidate: Candidate) -> Person:
        decided_on = self.today - timedelta(days=max(candidate.days - 2, 0))
        if candidate.verdict == "EXPIRED":
            decided_on = add_months(self.today, -7)
        if candidate.lapses:
            decided_on = add_months(self.today, -6) + LAPSES_IN
        person = population.somebody(decided_on=decided_on, women=40, complete=True)
        person.referrer = self.structures[candidate.by]
        person.verdict = candidate.verdict
        return person

    def _sheet(self, post: Post) -> JobSheet:
        deal = self.present.deals[post.site]
        created_at = self._before(post.created, 9)
        agreed_at = self._before(post.created - 2, 14)
        is_out = post.status in (JobSheet.Status.PUBLISHED, JobSheet.Status.FILLED, JobSheet.Status.CLOSED)
        first = weekday(self.today + timedelta(days=post.start))
        sheet = JobSheet.objects.create(
            service=self.territory.service,
            commitment=deal.commitment,
            status=post.status,
            title=post.title,
            rome_id=post.rome,
            tasks=post.tasks,
            posts=post.posts,
            commune=self.territory.communes[post.created % 9],
            period=period(first, add_months(first, post.months) - timedelta(days=1)),
            weekly_hours=Decimal(35),
            modality=JobSheet.Modality.DIRECT,
            apply_before=self.today + timedelta(days=post.apply_in),
            agreed_by_service_at=agreed_at if post.agreed_by_service else None,
            agreed_by_company_at=agreed_at if post.agreed_by_company else None,
            published_at=self._before(post.created - 3) if is_out else None,
            closing_kind=JobSheet.ClosingKind.NEED_CHANGED if post.status == "CLOSED" else "",
            closing_reason="L’entreprise a réorganisé son équipe." if post.status == "CLOSED" else "",
            created_at=created_at,
            acted_at=agreed_at if post.agreed_by_company or is_out else created_at,
            **(CONDITIONS[post.rome].fields if post.status != JobSheet.Status.DRAFT else {}),
        )
        write_criteria(sheet, asked_of(post))
        keep_versions(sheet, self.facilitator, at=self.at)
        self._tell_of_sheet(sheet, post, agreed_at)
        if is_out:
            answered = {self.structures[candidate.by] for candidate in post.candidates}
            readers = self._readers(deal.commitment.company)
            send(sheet, readers, answered=answered, nobody=self.territory.employers[3], at=self.at)
        return sheet

    def _readers(self, company: Organisation) -> list[Organisation]:
        """The structures that a sheet is sent to: those of the demo and a few others, never the company."""
        readers = [*self.structures.values(), self.territory.employers[3], self.territory.referrers[5]]
        return [reader for reader in readers if reader != company]

    def _tell_of_sheet(self, sheet: JobSheet, post: Post, agreed_at: datetime) -> None:
        note, company = self.chronicle.note, self.territory.actor_of(sheet.commitment.company)
        note("job_sheet.drafted", sheet, by=self.facilitator, at=sheet.created_at)
        if post.status != JobSheet.Status.DRAFT:
            note("job_sheet.shared", sheet, by=self.facilitator, at=sheet.created_at + timedelta(hours=2))
        if post.agreed_by_service:
            note("job_sheet.agreed", sheet, by=self.facilitator, at=agreed_at, revision=sheet.revision)
        if post.agreed_by_company:
            note("job_sheet.agreed", sheet, by=company, at=agreed_at, revision=sheet.revision)
        if sheet.published_at:
            note("job_sheet.published", sheet, by=self.facilitator, at=sheet.published_at)
            note("job_sheet.diffused", sheet, by=self.facilitator, at=sheet.published_at)
        if post.status == JobSheet.Status.FILLED:
            note("job_sheet.filled", sheet, by=company, at=self._before(8, 16))
        if post.status == JobSheet.Status.CLOSED:
            note(
                "job_sheet.closed",
                sheet,
                by=self.facilitator,
                at=self._before(45),
                reason=sheet.closing_reason,
            )

    def _application(self, sheet: JobSheet, candidate: Candidate, person: Person) -> None:
        sent_at = self._before(candidate.days)
        decided_at = self._before(max(candidate.days - 2, 0), 15)
        answered_at = self._before(max(candidate.days - 7, 1), 16)
        status = candidate.status
        company = sheet.commitment.company
        answerer = self._answerer(sheet, candidate)
        was_read = status not in (Application.Status.NEW, Application.Status.STUDIED)
        told_at = answered_at + timedelta(days=1)
        is_ended = bool(candidate.reason) or status in ("HIRED", "HIRED_ELSEWHERE")
        is_meeting = status == Application.Status.MEETING
        application = Application.objects.create(
            service=sheet.service,
            job_sheet=sheet,
            participant=person.participant,
            organisation=person.referrer,
            status=status,
            available_from=self.today + timedelta(days=self.random.randint(0, 12)),
            message="Le métier lui plaît et ses horaires sont possibles.",
            sent_at=sent_at,
            acted_at=sent_at,
            shortlist_reason=self._shortlist_reason(candidate) if was_read else "",
            shortlisted_at=decided_at if was_read else None,
            decline_reason=candidate.reason,
            decline_note=self._decline_note(candidate),
            answered_at=answered_at if is_ended else None,
            answered_by=answerer if is_ended else None,
            person_told_at=told_at if status in Application.TOLD and told_at < self._before(3) else None,
            meeting_at=at_hour(self.today + timedelta(days=2), 14) if is_meeting else None,
            meeting_place="Base de vie du chantier, entrée par la rue de l’école" if is_meeting else "",
        )
        CriterionAnswer.objects.bulk_create(
            CriterionAnswer(
                service=sheet.service,
                application=application,
                criterion=criterion,
                met=self.random.choices(CriterionAnswer.Met.values, [75, 18, 7])[0],
            )
            for criterion in sheet.criteria.all()
        )
        if candidate.agrees:
            Agreement.objects.create(
                service=sheet.service,
                application=application,
                answer=Agreement.Answer.GIVEN,
                given_on=localtime(sent_at).date(),
                means=Means.SIGNED,
            )
        if candidate.has_cv:
            self._attach_cv(application, person)
        was_sent = status in WITH_THE_COMPANY or (candidate.reason and answerer == company)
        if was_sent:
            self._transmit(
                application, company, candidate, person, at=self._before(max(candidate.days - 4, 1))
            )
        if status == Application.Status.HIRED:
            self.hired.append(application)
        self._note_last_act(application, sent_at, decided_at, answered_at)
        self._tell_of_application(application, candidate, sent_at, decided_at, answered_at, was_sent)

    def _note_last_act(
        self, application: Application, sent_at: datetime, decided_at: datetime, answered_at: datetime
    ) -> None:
        """From when the next act is awaited."""
        acted_at = sent_at
        if application.answered_at or application.status == Application.Status.MEETING:
            acted_at = answered_at
        elif hasattr(application, "transmission"):
            acted_at = application.transmission.sent_at
        elif application.shortlisted_at:
            acted_at = decided_at
        Application.objects.filter(pk=application.pk).update(acted_at=acted_at)

    def _answerer(self, sheet: JobSheet, candidate: Candidate) -> Organisation:
        if candidate.by_service:
            return self.territory.service
        if candidate.status == Application.Status.WITHDRAWN:
            return self.structures[candidate.by]
        return sheet.commitment.company

    def _verdict(self, candidate: Candidate) -> str:
        """What the facilitator decided, whatever the company answered since."""
        if candidate.by_service and candidate.status == Application.Status.DECLINED:
            return Application.Status.DECLINED
        if candidate.status == Application.Status.ON_HOLD:
            return Application.Status.ON_HOLD
        return Application.Status.SHORTLISTED

    def _shortlist_reason(self, candidate: Candidate) -> str:
        if candidate.by_service:
            return ""
        # What is said of those who were answered tells the answer.
        return USUAL_REASON if candidate.reason or not candidate.words else candidate.words

    def _decline_note(self, candidate: Candidate) -> str:
        if candidate.reason == "OTHER":
            return "Aucun motif d’éligibilité n’est rempli à ce jour."
        return candidate.words if candidate.status == Application.Status.DECLINED else ""

    def _transmit(
        self,
        application: Application,
        company: Organisation,
        candidate: Candidate,
        person: Person,
        *,
        at: datetime,
    ) -> None:
        has_answer = candidate.status == Application.Status.DECLINED
        Transmission.objects.create(
            service=application.service,
            application=application,
            company=company,
            sent_at=at,
            sent_by=self.facilitator.user,
            through=Through.ACCOUNT if company.has_account else Through.LINK,
            sent_to=addresses_of(company),
            eligible_until=person.valid_until,
            answer_before=localtime(at).date() + timedelta(days=usual_delays(on=self.today).answer_days),
            withdrawn_at=application.answered_at if has_answer else None,
        )

    def _attach_cv(self, application: Application, person: Person) -> None:
        participant = person.participant
        application.cv_name = f"CV {participant}.pdf"
        application.cv.save(f"demo-{application.pk}.pdf", ContentFile(cv_of(person)), save=False)
        application.save(update_fields=["cv", "cv_name"])

    def _tell_of_application(
        self,
        application: Application,
        candidate: Candidate,
        sent_at: datetime,
        decided_at: datetime,
        answered_at: datetime,
        was_sent: bool,
    ) -> None:
        note, service = self.chronicle.note, self.facilitator
        structure = self.territory.actor_of(application.organisation)
        company: Actor = self.territory.actor_of(application.job_sheet.commitment.company)
        person = application.participant
        note("participant.registered", person, by=structure, at=person.created_at)
        told_at = person.created_at + timedelta(minutes=10)
        note("information.recorded", person, by=structure, at=told_at, means=Means.INTERVIEW)
        note("application.sent", application, by=structure, at=sent_at)
        if candidate.agrees:
            note("agreement.recorded", application, by=structure, at=sent_at, answer="GIVEN")
        if candidate.verdict not in (None, "REQUESTED") and not candidate.lapses:
            note("eligibility.decided", person, by=service, at=decided_at, verdict=candidate.verdict)
        if application.shortlisted_at:
            note(
                "application.shortlisted",
                application,
                by=service,
                at=application.shortlisted_at,
                verdict=self._verdict(candidate),
                reason=application.get_decline_reason_display(),
            )
        if was_sent:
            note("application.transmitted", application, by=service, at=application.transmission.sent_at)
        ends = {
            "MEETING": ("application.meeting_proposed", company),
            "HIRED": ("application.hired", company),
            "WITHDRAWN": ("application.withdrawn", structure),
            "HIRED_ELSEWHERE": ("application.hired_elsewhere", service),
            "DECLINED": ("application.declined", service if candidate.by_service else company),
        }
        if candidate.status in ends:
            verb, by = ends[candidate.status]
            note(verb, application, by=by, at=answered_at, reason=application.get_decline_reason_display())


CV = """
#set document(title: "CV", date: none)
#set page(paper: "a4", margin: 22mm)
#set text(font: "Atkinson Hyperlegible Next", lang: "fr", size: 11pt)
#let cv = json(bytes(sys.inputs.cv))
= #cv.name
#cv.place
== Expérience
#for line in cv.lines [- #line]
== Permis et habilitations
#cv.licences
#v(1fr)
#text(size: 9pt)[Document de démonstration : cette personne est inventée.]
"""


def cv_of(person: Person) -> bytes:
    """A one-page CV in PDF, invented as its person is."""
    participant = person.participant
    facts = {
        "name": str(participant),
        "place": str(participant.commune),
        "lines": ["Manœuvre de chantier, six mois", "Agente ou agent d’entretien, un an"],
        "licences": ", ".join(participant.licences_in_words) or "Aucun à ce jour",
    }
    return typst.compile(
        CV.encode(), font_paths=[str(FONTS)], ignore_system_fonts=True, sys_inputs={"cv": json.dumps(facts)}
    )
