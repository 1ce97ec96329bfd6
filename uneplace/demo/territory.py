"""The organisations of the demo territory and the accounts that sign in, all invented."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.contrib.auth.hashers import make_password

from uneplace.organisations.actor import Actor
from uneplace.organisations.models import Capacity, Kind, Membership, Organisation, Role, User
from uneplace.reference.models import Commune

from .accounts import ACCOUNTS, PASSWORD
from .invented import Inventor, siret
from .sectors import SECTORS

DEPARTEMENT = "14"  # real communes; nothing else of it is
ADDRESSES = "demo.uneplace.example"

SERVICE_NAME = "Service insertion du Pays d’Uneplace"

BUYERS = [
    ("Ville de Montvire", Kind.COMMUNE),
    ("Département du Pays d’Uneplace", Kind.DEPARTEMENT),
    ("Communauté urbaine de Montvire", Kind.EPCI),
    ("Montvire Logement", Kind.BAILLEUR),
    ("Orlène Habitat", Kind.BAILLEUR),
    ("Centre hospitalier de Sainte-Orlène", Kind.ETABLISSEMENT_PUBLIC),
    ("Communauté de communes des Trois-Vaux", Kind.EPCI),
    ("Ville de Brévalle", Kind.COMMUNE),
    ("Commune de Sainte-Orlène", Kind.COMMUNE),
    ("Ville de Port-Lysandre", Kind.COMMUNE),
    ("Communauté d’agglomération de Port-Lysandre", Kind.EPCI),
    ("Commune de Hautefeuille-en-Aubrelle", Kind.COMMUNE),
    ("Communauté de communes du Bocage d’Aubrelle", Kind.EPCI),
    ("Foyer des Trois-Vaux", Kind.BAILLEUR),
    ("Syndicat des eaux de l’Aubrelle", Kind.ETABLISSEMENT_PUBLIC),
    ("Commune de Courdelune", Kind.COMMUNE),
    ("Université de Montvire", Kind.ETABLISSEMENT_PUBLIC),
    ("Commune de Grainvalle", Kind.COMMUNE),
    ("Direction des routes du littoral d’Uneplace", Kind.ETAT),
    ("Syndicat de traitement des déchets du Val-Marin", Kind.ETABLISSEMENT_PUBLIC),
    ("Commune de Marselongue", Kind.COMMUNE),
    ("Commune de Fontevire", Kind.COMMUNE),
    ("Communauté de communes du Haut-Marin", Kind.EPCI),
    ("Port de Lysandre", Kind.ETABLISSEMENT_PUBLIC),
    ("Habitat du Bocage-Neuf", Kind.BAILLEUR),
    ("Société d’aménagement du Val-Marin", Kind.AUTRE),
    ("Commune de Valcourbe", Kind.COMMUNE),
    ("Parc naturel des marais de Lysandre", Kind.ETABLISSEMENT_PUBLIC),
    ("Commune de La Houlette", Kind.COMMUNE),
    ("Maison de retraite des Quatre-Vents", Kind.ETABLISSEMENT_PUBLIC),
    ("Tribunal de Montvire, travaux immobiliers", Kind.ETAT),
]
EMPLOYERS = [
    ("Les Chantiers de l’Aubrelle", Kind.ACI),
    ("Trois-Vaux Intérim Insertion", Kind.ETTI),
    ("Passerelle Intérim", Kind.ETTI),
    ("Coup de Pouce Montvire", Kind.AI),
    ("Entraide Emploi du Val-Marin", Kind.AI),
    ("Services et Partage Lysandre", Kind.AI),
    ("GEIQ Bâtir au Pays d’Uneplace", Kind.GEIQ),
    ("GEIQ Propreté des Trois-Vaux", Kind.GEIQ),
    ("Orlène Multiservices", Kind.EI),
    ("Bocage Propreté Insertion", Kind.EI),
    ("Bâtir Ensemble Montvire", Kind.EI),
    ("Les Jardins de la Houlette", Kind.ACI),
    ("Atelier du Vieux-Lavoir", Kind.ACI),
    ("Recyclerie du Val-Marin", Kind.ACI),
    ("Régie des Quatre-Vents", Kind.REGIE),
    ("Atelier adapté de Lysandre", Kind.EA),
]
REFERRERS = [
    ("Mission locale de l’Aubrelle et des Trois-Vaux", Kind.MISSION_LOCALE),
    ("Mission locale de Port-Lysandre", Kind.MISSION_LOCALE),
    ("Agence pour l’emploi de Montvire Nord", Kind.FRANCE_TRAVAIL),
    ("Agence pour l’emploi de Brévalle", Kind.FRANCE_TRAVAIL),
    ("Agence pour l’emploi de Sainte-Orlène", Kind.FRANCE_TRAVAIL),
    ("PLIE du Pays d’Uneplace", Kind.PLIE),
    ("Cap emploi du Pays d’Uneplace", Kind.CAP_EMPLOI),
    ("CCAS de Montvire", Kind.CCAS),
    ("CCAS de Brévalle", Kind.CCAS),
    ("Service social départemental, Bocage d’Aubrelle", Kind.DEPARTEMENT),
    ("Service de probation du Pays d’Uneplace", Kind.SPIP),
]
COMPANIES = 143
FIRMS = [
    "Établissements {name}",
    "{trade} {name}",
    "{name} {trade}",
    "Entreprise {name}",
    "{name} et Associés",
]
LENDERS = (Kind.ETTI, Kind.AI, Kind.GEIQ)
SUBCONTRACTORS = (Kind.EI, Kind.ACI, Kind.REGIE, Kind.EA)


@dataclass
class Territory:
    """Everybody who takes part in the demo, and the communes where people live."""

    inventor: Inventor
    service: Organisation
    buyers: list[Organisation]
    companies: list[Organisation]
    sector_of: dict[Organisation, str]
    employers: list[Organisation]
    referrers: list[Organisation]
    communes: list[Commune]
    commune_weights: list[int]
    users: dict[str, User] = field(default_factory=dict)
    workplaces: dict[str, Organisation] = field(default_factory=dict)

    @property
    def facilitator(self) -> Actor:
        """The facilitator of the sign-in page, at work for the service."""
        return Actor(self.users["facilitatrice"], self.service, Role.ADMIN)

    def user_of(self, organisation: Organisation) -> User | None:
        """Who signs in for an organisation; nobody for most."""
        return next((self.users[key] for key, one in self.workplaces.items() if one == organisation), None)

    def actor_of(self, organisation: Organisation) -> Actor:
        """An organisation at work, with its account if it has one."""
        return Actor(self.user_of(organisation), organisation, Role.ADMIN)

    @property
    def lenders(self) -> list[Organisation]:
        """Employers that lend people to companies."""
        return [employer for employer in self.employers if employer.kind in LENDERS]

    @property
    def subcontractors(self) -> list[Organisation]:
        """Employers that do a part of a contract themselves."""
        return [employer for employer in self.employers if employer.kind in SUBCONTRACTORS]

    def companies_of(self, sector: str) -> list[Organisation]:
        """The companies of one sector of activity."""
        return [company for company in self.companies if self.sector_of[company] == sector]

    def commune(self) -> Commune:
        """A commune where somebody lives, large towns more often."""
        return self.inventor.random.choices(self.communes, self.commune_weights)[0]


def settle(inventor: Inventor, *, at: datetime) -> Territory:
    """Write down the organisations and the accounts, open since a year before `at`."""
    communes = list(
        Commune.objects.filter(departement=DEPARTEMENT, population__gt=0).order_by("-population", "pk")[:60]
    )
    towns = communes[:12]
    rows = [
        (SERVICE_NAME, Kind.DEPARTEMENT, [Capacity.FACILITATOR]),
        *((name, kind, [Capacity.BUYER]) for name, kind in BUYERS),
        *((name, kind, _capacities(kind)) for name, kind in EMPLOYERS),
        *((name, kind, [Capacity.REFERRER]) for name, kind in REFERRERS),
    ]
    sectors = _company_sectors()
    rows += [(_firm(inventor, sector), Kind.ENTREPRISE, [Capacity.COMPANY]) for sector in sectors]
    organisations = Organisation.objects.bulk_create(
        [
            Organisation(
                name=name,
                siret=siret(number),
                kind=kind,
                capacities=capacities,
                commune=inventor.random.choice(towns),
                email=f"contact-{number}@{ADDRESSES}",
                phone=inventor.phone(),
            )
            for number, (name, kind, capacities) in enumerate(rows, start=1)
        ]
    )
    service, *others = organisations
    buyers, others = others[: len(BUYERS)], others[len(BUYERS) :]
    employers, others = others[: len(EMPLOYERS)], others[len(EMPLOYERS) :]
    referrers, companies = others[: len(REFERRERS)], others[len(REFERRERS) :]
    territory = Territory(
        inventor=inventor,
        service=service,
        buyers=buyers,
        companies=companies,
        sector_of=dict(zip(companies, sectors, strict=True)),
        employers=employers,
        referrers=referrers,
        communes=communes,
        commune_weights=[commune.population for commune in communes],
    )
    workplaces = [service, buyers[0], companies[0], employers[0], referrers[0]]
    territory.workplaces = dict(zip([account.key for account in ACCOUNTS], workplaces, strict=True))
    territory.users = _open_accounts(workplaces, at=at - timedelta(days=365))
    return territory


def _capacities(kind: str) -> list[str]:
    # A worksite that wins a contract owes hours as any company does.
    if kind in (Kind.ACI, Kind.EI, Kind.REGIE, Kind.EA):
        return [Capacity.INSERTION_EMPLOYER, Capacity.COMPANY]
    return [Capacity.INSERTION_EMPLOYER]


def _company_sectors() -> list[str]:
    """The sector of each company, as frequent as in contracts; the first one builds."""
    total = sum(sector.weight for sector in SECTORS)
    keys = [sector.key for sector in SECTORS for _ in range(max(2, round(COMPANIES * sector.weight / total)))]
    return (keys + ["gros_oeuvre"] * COMPANIES)[:COMPANIES]


def _firm(inventor: Inventor, key: str) -> str:
    trade = next(sector.company for sector in SECTORS if sector.key == key)
    return inventor.random.choice(FIRMS).format(name=inventor.unique_surname(), trade=trade)


def _open_accounts(workplaces: Sequence[Organisation], *, at: datetime) -> dict[str, User]:
    password = make_password(PASSWORD)
    users = User.objects.bulk_create(
        [
            User(
                email=account.email,
                first_name=account.name.partition(" ")[0],
                last_name=account.name.partition(" ")[2],
                password=password,
            )
            for account in ACCOUNTS
        ]
    )
    Membership.objects.bulk_create(
        [
            Membership(user=user, organisation=workplace, role=Role.ADMIN, started_at=at)
            for user, workplace in zip(users, workplaces, strict=True)
        ]
    )
    return {account.key: user for account, user in zip(ACCOUNTS, users, strict=True)}
