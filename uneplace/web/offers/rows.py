"""Applications as lists show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from uneplace.offers.models import Application, CriterionAnswer
from uneplace.organisations.actor import Actor
from uneplace.people.queries import Standing
from uneplace.web.offers.steps import Step, steps_of

Met = CriterionAnswer.Met
LOOK = {Met.YES: "yes", Met.UNSURE: "to-confirm", Met.NO: "no"}


@dataclass(frozen=True)
class Followed:
    """One application as the structure that sent it reads it."""

    application: Application
    steps: list[Step]
    silent_days: int = 0

    @property
    def is_ended(self) -> bool:
        return self.application.status not in Application.OPEN


def followed_rows(applications: Iterable[Application], actor: Actor, *, on: date) -> list[Followed]:
    """What became of each: its steps, and for how many days the company's answer is overdue."""
    return [
        Followed(application, steps_of(application), _silence(application, on))
        for application in applications
    ]


def _silence(application: Application, on: date) -> int:
    if application.status != Application.Status.SENT:
        return 0
    return max((on - application.transmission.answer_before).days, 0)


@dataclass(frozen=True)
class CriterionLine:
    """One criterion and the fact that answers it, as `<c-criterion>` draws it."""

    met: str
    what: str
    fact: str


@dataclass(frozen=True)
class Criteria:
    """The criteria of one application, must-have and wished, with their titles."""

    hard: list[CriterionLine]
    soft: list[CriterionLine]

    @property
    def hard_title(self) -> str:
        return _title("Indispensables", self.hard)

    @property
    def soft_title(self) -> str:
        return _title("Souhaités", self.soft)


def criteria_of(application: Application, first: CriterionLine | None = None) -> Criteria:
    """The answers of one application to its sheet's criteria; needs `answers` and `job_sheet.criteria` read.

    `first` is a line that the service adds on top of the must-haves: eligibility, never its ground.
    """
    answers = {answer.criterion_id: answer for answer in application.answers.all()}
    lines: dict[str, list[CriterionLine]] = {"HARD": [first] if first else [], "SOFT": []}
    for criterion in application.job_sheet.criteria.all():
        answer = answers.get(criterion.pk)
        if answer is None:
            lines[criterion.weight].append(CriterionLine("to-confirm", criterion.text, "sans réponse"))
        else:
            lines[criterion.weight].append(CriterionLine(LOOK[answer.met], criterion.text, answer.fact))
    return Criteria(lines["HARD"], lines["SOFT"])


def eligibility_line(standing: Standing | None, words: str) -> CriterionLine:
    """Eligibility as a must-have: decided or not, until when; `words` is the date in French."""
    if standing is None:
        return CriterionLine("to-confirm", "Éligibilité", "à décider")
    if standing.is_eligible:
        return CriterionLine("yes", "Éligibilité", f"jusqu’au {words}")
    return {
        "TO_COMPLETE": CriterionLine("to-confirm", "Éligibilité", "dossier à compléter"),
        "REQUESTED": CriterionLine("to-confirm", "Éligibilité", "décision demandée"),
        "EXPIRED": CriterionLine("to-confirm", "Éligibilité", "décision expirée, à refaire"),
        "REFUSED": CriterionLine("no", "Éligibilité", "décision négative"),
    }[standing.status]


def _title(name: str, lines: list[CriterionLine]) -> str:
    met = sum(line.met == "yes" for line in lines)
    unsure = sum(line.met == "to-confirm" for line in lines)
    confirm = f", {unsure} à confirmer" if unsure else ""
    return f"{name}\u00a0: {met} sur {len(lines)}{confirm}"
