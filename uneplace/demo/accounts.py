"""The demo's accounts: one for each kind of actor that signs in, all invented."""

from dataclasses import dataclass

PASSWORD = "place-aux-heures-2026"  # noqa: S105 - the demo's accounts are for everyone


@dataclass(frozen=True)
class DemoAccount:
    """One account of the sign-in page: `key` names it in forms and tests, `sees` says what it opens."""

    key: str
    email: str
    name: str
    role_label: str
    sees: str


ACCOUNTS = [
    DemoAccount(
        key="facilitatrice",
        email="maelle.cardinet@demo.uneplace.example",
        name="Maëlle Cardinet",
        role_label="Facilitatrice",
        sees="Toute la chaîne, du marché au bilan",
    ),
    DemoAccount(
        key="acheteur",
        email="herve.gaubert-lys@demo.uneplace.example",
        name="Hervé Gaubert-Lys",
        role_label="Acheteur",
        sees="Ses marchés, leur avancement",
    ),
    DemoAccount(
        key="entreprise",
        email="karim.bellanger@demo.uneplace.example",
        name="Karim Bellanger",
        role_label="Entreprise",
        sees="Candidats et heures à déclarer",
    ),
    DemoAccount(
        key="structure",
        email="bruno.delaunay-roche@demo.uneplace.example",
        name="Bruno Delaunay-Roche",
        role_label="Structure d’insertion",
        sees="Offres, candidats, contrats et heures",
    ),
    DemoAccount(
        key="prescriptrice",
        email="elsa.duhamel-costa@demo.uneplace.example",
        name="Elsa Duhamel-Costa",
        role_label="Prescriptrice",
        sees="Les personnes qu’elle accompagne",
    ),
]


def accounts_told() -> str:
    """Who can sign in to the demo, and how, for a terminal."""
    lines = [f"  {account.role_label:<22} {account.email:<42} {account.name}" for account in ACCOUNTS]
    return "\n".join(["Comptes de démonstration :", *lines, f"Mot de passe de tous : {PASSWORD}"])
