"""The steps that somebody may take on a case: who, when it is possible, what is asked, what does it."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms

from uneplace.organisations.models import Capacity
from uneplace.settlement import actions, notices, perms, reliefs
from uneplace.web.settlement.forms import ReasonForm

from .forms import AccountForm, FormalForm, LetterForm, ReliefAnswerForm, ReliefForm

ANY_PARTY = [
    Capacity.FACILITATOR,
    Capacity.BUYER,
    Capacity.COMPANY,
    Capacity.INSERTION_EMPLOYER,
]


@dataclass(frozen=True)
class Step:
    """One step on a case: its route, its words, who may take it, when, and what takes it."""

    route: str
    verb: str
    lead: str
    done: str
    allowed: Callable
    why_not: Callable
    form: type[forms.Form]
    act: Callable
    is_serious: bool = False


def _whatever_the_day(why_not: Callable) -> Callable:
    return lambda case, **_: why_not(case)


REMIND = Step(
    "control:remind",
    "Relancer l’entreprise",
    "L’entreprise reçoit un message avec ce qui manque. L’acheteur n’en reçoit pas copie.",
    "Relance envoyée.",
    perms.can_prepare,
    notices.why_not_remind,
    LetterForm,
    notices.send_reminder,
)
LETTER = Step(
    "control:write",
    "Écrire à l’entreprise",
    "Un courrier part à l’entreprise avec les chiffres du jour, copie à l’acheteur. "
    "Ce n’est pas une mise en demeure\u00a0: elle peut répondre, ou déclarer une difficulté.",
    "Courrier envoyé, copie à l’acheteur.",
    perms.can_prepare,
    notices.why_not_write,
    LetterForm,
    notices.write_to_company,
)
RELIEF = Step(
    "settlement:propose_relief",
    "Proposer une exonération",
    "Dites à l’acheteur quelles heures ne pas reprocher à l’entreprise, et pourquoi. Lui seul décide.",
    "Exonération proposée à l’acheteur.",
    perms.can_prepare,
    _whatever_the_day(reliefs.why_not_propose_relief),
    ReliefForm,
    reliefs.propose_relief,
)
ANSWER_RELIEF = Step(
    "control:answer_relief",
    "Répondre à l’exonération",
    "Les heures accordées ne sont plus reprochées à l’entreprise. Le reste du dossier continue.",
    "Réponse enregistrée, l’entreprise et le service en sont informés.",
    perms.can_decide,
    _whatever_the_day(reliefs.why_not_answer_relief),
    ReliefAnswerForm,
    reliefs.answer_relief,
)
NOTICE = Step(
    "settlement:give_notice",
    "Mettre en demeure",
    "L’entreprise reçoit un message avec les heures manquantes et la date limite. "
    "Aucune pénalité ne peut être appliquée avant cette date.",
    "Mise en demeure envoyée.",
    perms.can_decide,
    notices.why_not_give_notice,
    FormalForm,
    notices.give_notice,
    is_serious=True,
)
ACCOUNT = Step(
    "control:prepare_account",
    "Préparer le décompte",
    "L’acheteur reçoit les chiffres du jour selon les règles du marché, avec leurs annexes. "
    "Le décompte ne décide rien, et l’entreprise ne le lit pas.",
    "Décompte préparé, l’acheteur en est informé.",
    perms.can_prepare,
    notices.why_not_prepare_account,
    AccountForm,
    notices.prepare_account,
)
APPLY = Step(
    "settlement:apply_penalty",
    "Appliquer une pénalité",
    "Vous notez ici votre décision\u00a0; le dossier garde le montant calculé ce jour. "
    "Il se notifie hors d’Uneplace, selon le marché.",
    "Décision enregistrée\u00a0: pénalité appliquée.",
    perms.can_decide,
    actions.why_not_apply,
    ReasonForm,
    actions.apply_penalty,
    is_serious=True,
)
WAIVE = Step(
    "settlement:waive_penalty",
    "Ne pas appliquer de pénalité",
    "L’entreprise apprend que rien ne lui est reproché, et pourquoi.",
    "Décision enregistrée\u00a0: pas de pénalité.",
    perms.can_decide,
    _whatever_the_day(actions.why_not_waive),
    ReasonForm,
    actions.waive_penalty,
)
CLOSE = Step(
    "settlement:close_case",
    "C’est régularisé, arrêter le dossier",
    "Quand il n’a plus d’objet\u00a0: heures rattrapées, obligation réduite, écart constaté par erreur. "
    "Plus rien n’est réclamé à l’entreprise.",
    "Dossier arrêté.",
    perms.can_prepare,
    actions.why_not_close,
    ReasonForm,
    actions.close_case,
)
STEPS = [ANSWER_RELIEF, NOTICE, APPLY, WAIVE, LETTER, REMIND, RELIEF, ACCOUNT, CLOSE]
