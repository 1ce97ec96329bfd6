"""Invented facts for the gallery of components: nothing here is read from the database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest

from uneplace.journal.models import Entry
from uneplace.mails.models import Mail
from uneplace.rules.curve import MonthDone, SignedWork, curve
from uneplace.rules.dates import Period
from uneplace.rules.explanation import CONTRACT, FACT, SUM, Source, as_json, step
from uneplace.rules.progress import PlannedWork
from uneplace.web.charts import MonthColumns
from uneplace.web.curve_chart import CurveFacts, draw
from uneplace.web.gauge import GaugeFacts
from uneplace.web.statuses import STATUSES, Status
from uneplace.web.turns import Turn, Whose
from uneplace.web.work import Stake, WorkItem

LATE = GaugeFacts(Decimal(1240), Decimal(186), Decimal(420), Decimal(2100), Decimal(1390))
CASES = [
    ("Rien encore", GaugeFacts(due=Decimal(960), expected=Decimal(15))),
    (
        "Au-delà du dû",
        GaugeFacts(Decimal(1130), Decimal(40), Decimal(70), Decimal(960), Decimal(680)),
    ),
    (
        "Suspendue",
        GaugeFacts(
            Decimal(410),
            due=Decimal(960),
            expected=Decimal(520),
            suspended_on=date(2026, 8, 3),
            suspended_until=date(2026, 11, 30),
        ),
    ),
    ("En avance", GaugeFacts(Decimal(700), Decimal(60), Decimal(120), Decimal(960), Decimal(560))),
    (
        "Réduite par un avenant",
        GaugeFacts(
            Decimal(300),
            foreseen=Decimal(200),
            due=Decimal(700),
            expected=Decimal(290),
            former_due=Decimal(960),
        ),
    ),
    ("Rien de dû encore", GaugeFacts(foreseen=Decimal(80), foreseeable=Decimal(320))),
]
SMALL = [
    GaugeFacts(Decimal(806), foreseen=Decimal(300), due=Decimal(1260), expected=Decimal(830)),
    GaugeFacts(Decimal(92), foreseen=Decimal(60), due=Decimal(210), expected=Decimal(140)),
    GaugeFacts(Decimal(1130), due=Decimal(960)),
]
TURNS = [
    Turn(
        Whose.MINE,
        "C’est à vous : contrôler le relevé d’octobre",
        "Maëlle Cardinet",
        date(2026, 11, 27),
        "relevé envoyé jeudi 19 novembre à 17 h 42.",
        "Contrôler le relevé",
        "#tours",
    ),
    Turn(
        Whose.LATE,
        "C’est à vous depuis 6 jours : décider de l’éligibilité",
        "Maëlle Cardinet",
        date(2026, 11, 17),
        "deux justificatifs reçus lundi 16 novembre.",
        "Décider",
        "#tours",
    ),
    Turn(
        Whose.OTHER,
        "Au tour de Tournebise Construction : choisir parmi 4 dossiers",
        "Tournebise Construction",
        date(2026, 12, 8),
        "dossiers transmis lundi 23 novembre.",
        "Relancer",
        "#tours",
    ),
    Turn(
        Whose.DONE,
        "Plus rien à faire : la clause est close",
        last="2 118 h comptées sur 2 100 h dues, bilan remis le 14 septembre 2027.",
        verb="Lire le bilan",
        url="#tours",
    ),
]
WORK = [
    WorkItem(
        Stake.PERSON,
        "person-exclamation",
        "Idriss Touré-Vallée, contrat rompu vendredi",
        "Tournebise Construction a signalé la rupture. L’appeler, puis chercher un remplacement.",
        "Appeler",
        "#travail",
        "1 personne",
        date(2026, 11, 20),
        is_late=True,
    ),
    WorkItem(
        Stake.MONEY,
        "exclamation-octagon",
        "Quatrevents TP, mise en demeure échue jeudi",
        "312 h manquent sur la déviation de Saint-Aubin. L’entreprise a répondu hier.",
        "Lire",
        "#travail",
        limit=date(2026, 11, 26),
        euros=Decimal(15600),
    ),
    WorkItem(
        Stake.HOURS,
        "clock-history",
        "5 relevés d’octobre à contrôler",
        "4 sont sans anomalie. Celui de Façades Brindacier a une ligne à 187 h.",
        "Contrôler",
        "#travail",
        limit=date(2026, 11, 27),
        hours=Decimal(723),
    ),
]
HOURLY_COST = Source("loi", "Avis de la direction des achats", "https://exemple.fr/avis", date(2026, 11, 4))
EXPLANATION = as_json(
    [
        step("Montant du lot, hors taxes", "1 800 000 €", FACT),
        step(
            "Part de la main-d’œuvre, gros œuvre",
            "50 %",
            Source("usage", "Repère de la profession", checked_on=date(2026, 11, 4)),
        ),
        step("Part réservée à l’insertion", "7 %", CONTRACT),
        step(
            "Coût d’une heure de travail, charges comprises",
            "30 €",
            Source("à confirmer", "À vérifier au CCAP"),
        ),
        step("1 800 000 € × 50 % × 7 % ÷ 30 €", "2 100 h", SUM),
    ]
)
MONTHS = ["janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."]
YEAR = MonthColumns(
    MONTHS,
    [Decimal(n) for n in (11800, 12600, 14400, 14100, 13200, 15800, 14000, 8600, 14900, 16400, 14100, 11300)],
    [Decimal(n) for n in (10500, 11900, 13600, 13900, 12800, 14700, 13300, 8000, 13900, 15300, 13700, 11000)],
    "2026",
    "2025",
)
CURVE_DAYS = Period(date(2026, 1, 12), date(2027, 1, 12))
CURVE = CurveFacts(
    curve(
        Decimal(2100),
        CURVE_DAYS,
        date(2026, 8, 20),
        {
            date(2026, month, 1): MonthDone(Decimal(counted), Decimal(waiting))
            for month, counted, waiting in ((3, 180, 0), (4, 240, 0), (5, 250, 0), (6, 260, 0), (7, 0, 190))
        },
        [SignedWork(PlannedWork(Period(date(2026, 6, 1), date(2026, 12, 1)), Decimal(35), Decimal(1)))],
    ),
    CURVE_DAYS,
    Decimal(2100),
    date(2026, 8, 20),
    low=Decimal(1500),
    at_end=Decimal(1780),
    high=Decimal(2150),
)
BARS = [
    ("Mise à disposition", Decimal(79500), "79 500 h"),
    ("Embauche directe", Decimal(46100), "46 100 h"),
    ("Sous-traitance à une structure", Decimal(24300), "24 300 h"),
    ("Marchés réservés", Decimal(10700), "10 700 h"),
]
PARTS = [
    ("Emploi durable", 34, "34 %"),
    ("Emploi de transition", 25, "25 %"),
    ("Formation", 12, "12 %"),
    ("Recherche ou autre", 29, "29 %"),
]
COLOURS = [
    ("brand", "Canard", "#0b5563", "liens, boutons, comptées"),
    ("brand-strong", "Canard fort", "#083e49", "survol, page publique"),
    ("brand-night", "Canard nuit", "#0a343d", "navigation"),
    ("brand-veil", "Canard voile", "#e2f0f1", "fond teinté"),
    ("sun", "Soleil", "#ffc940", "c’est à vous"),
    ("sun-veil", "Soleil voile", "#fff4d4", "fond « à vous »"),
    ("green", "Vert", "#1a6b3c", "fait, accepté"),
    ("orange", "Orange", "#97480b", "à surveiller, en retard"),
    ("red", "Rouge", "#a51c30", "bloqué, refusé"),
    ("violet", "Violet", "#5b3f91", "estimé, démonstration"),
    ("ink", "Encre", "#16262b", "texte"),
    ("ink-3", "Encre 3", "#586970", "légendes"),
    ("field", "Champ", "#77858a", "bords actifs"),
    ("page", "Page", "#f6f6f2", "fond"),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    company = forms.CharField(
        label="Nom de l’entreprise", help_text="Tapez son nom ou son SIRET, par exemple 123 456 789 00012."
    )
    hours = forms.DecimalField(
        label="Heures travaillées",
        localize=True,
        error_messages={"invalid": "Écrivez un nombre d’heures entre 0 et 744, par exemple 151,67."},
    )
    kind = forms.ChoiceField(
        label="Contrat de travail", choices=[("CDI", "CDI"), ("CDD", "CDD"), ("MISSION", "Mission")]
    )
    start = forms.DateField(
        label="Premier jour",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        required=False,
    )
    decision = forms.ChoiceField(
        label="Votre décision",
        choices=[("KEEP", "Retenir"), ("HOLD", "Réserve"), ("OUT", "Écarter")],
        widget=forms.RadioSelect,
    )
    licences = forms.MultipleChoiceField(
        label="Permis et habilitations",
        choices=[
            ("B", "Permis B"),
            ("CACES", "CACES"),
            ("AIPR", "AIPR"),
            ("SST", "Sauveteur secouriste du travail"),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    why = forms.CharField(
        label="Raison",
        help_text="Elle sera lue par la structure et par la personne.",
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    cv = forms.FileField(label="CV", help_text="PDF, Word ou image, 10 Mo au plus.", required=False)
    agrees = forms.BooleanField(
        label="La personne a donné son accord", help_text="Sans lui, rien n’est transmis."
    )


@dataclass(frozen=True)
class StatusTable:
    """All the statuses of one kind of thing."""

    name: str
    statuses: list[Status]


TABLES = {
    "clause": "Clause",
    "pace": "Rythme",
    "job_sheet": "Fiche de poste",
    "application": "Candidature",
    "mail": "Courriel",
    "agreement": "Accord",
    "eligibility": "Éligibilité",
    "placement": "Contrat de travail",
    "statement": "Relevé",
    "evidence": "Justificatif",
    "penalty_case": "Pénalité",
    "source": "Source d’une règle",
    "not_real": "Ce qui n’est pas réel",
}


def context(request: HttpRequest) -> dict[str, Any]:
    """All that the gallery shows."""
    filled = SampleForm(
        {
            "company": "Tournebise Construction",
            "hours": "cent",
            "kind": "MISSION",
            "decision": "KEEP",
            "licences": ["B"],
            "agrees": "on",
        },
        auto_id="erreur_%s",
    )
    return {
        "colours": COLOURS,
        "late": LATE,
        "cases": CASES,
        "small": SMALL,
        "turns": TURNS,
        "work": WORK,
        "explanation": EXPLANATION,
        "year": YEAR,
        "curve": draw(CURVE),
        "curve_points": CURVE.points,
        "curve_on": CURVE.on,
        "work_on": date(2026, 11, 23),
        "bars": BARS,
        "parts": PARTS,
        "tables": [StatusTable(name, list(STATUSES[kind].values())) for kind, name in TABLES.items()],
        "sample": SampleForm(initial={"kind": "CDI", "decision": "KEEP"}),
        "wrong": filled,
        "month": SampleForm(auto_id="mois_%s"),
        "page": Paginator(range(176), 10).get_page(request.GET.get("page")),
        "sort": request.GET.get("tri", "clause"),
        "at": datetime(2026, 11, 19, 16, 42, tzinfo=UTC),
        "on": date(2026, 11, 26),
        "entries": [
            Entry(
                at=datetime(2026, 11, 18, 9, 5, tzinfo=UTC),
                verb="application.declined",
                user_name="Karim Bellanger",
                organisation_name="Façades Brindacier",
                reason="Pas disponible à la date.",
            )
        ],
        "mails": [
            Mail(
                pk=2,
                subject="2 dossiers pour « Maçon »",
                address="k.bellanger@exemple.fr",
                queued_at=datetime(2026, 11, 18, 9, 6, tzinfo=UTC),
                state=Mail.State.BOUNCED,
                reason="Cette boîte est pleine.",
            ),
            Mail(
                pk=1,
                subject="Fiche de poste « Maçon »",
                address="k.bellanger@exemple.fr",
                queued_at=datetime(2026, 11, 9, 14, 20, tzinfo=UTC),
                state=Mail.State.SENT,
            ),
        ],
    }
