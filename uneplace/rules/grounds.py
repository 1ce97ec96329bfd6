"""The grounds of eligibility, what each is called and what proves it (CCAG of 2021, article 16.1.1)."""

from enum import StrEnum


class Ground(StrEnum):
    """A reason why a person may be counted for a clause; in the order in which they are listed everywhere."""

    DELD = "DELD"
    RSA = "RSA"
    BOETH = "BOETH"
    MINIMA = "MINIMA"
    J26_NQ = "J26_NQ"
    J26_DIP = "J26_DIP"
    SENIOR = "SENIOR"
    J_RENF = "J_RENF"
    QPV = "QPV"
    REFUGIE = "REFUGIE"
    DIFF = "DIFF"
    STR_EA = "STR_EA"
    STR_IAE = "STR_IAE"
    STR_RQ = "STR_RQ"
    STR_EPIDE_E2C = "STR_EPIDE_E2C"
    STR_GEIQ = "STR_GEIQ"
    STR_JUSTICE = "STR_JUSTICE"

    @property
    def label(self) -> str:
        """The short French name shown to those who may see grounds."""
        return _TEXTS[self][0]

    @property
    def accepted_proof(self) -> str:
        """What the facilitator accepts as a proof, in French."""
        return _TEXTS[self][1]

    @property
    def is_structure(self) -> bool:
        """Whether the ground is to be followed by a structure, which attests it."""
        return self.startswith("STR_")


_TEXTS = {
    Ground.DELD: (
        "Demandeur d’emploi de longue durée",
        "Avis de situation ou historique d’inscription de France Travail, de moins de 3 mois",
    ),
    Ground.RSA: (
        "Allocataire du RSA en recherche d’emploi",
        "Attestation RSA de la CAF, de la MSA ou du Département, de moins de 3 mois",
    ),
    Ground.BOETH: (
        "Bénéficiaire de l’obligation d’emploi des travailleurs handicapés",
        "Notification de la MDPH (RQTH, orientation), carte mobilité inclusion mention invalidité, "
        "rente d’accident du travail d’au moins 10\u00a0% ou pension d’invalidité",
    ),
    Ground.MINIMA: (
        "Allocataire d’un minimum social (ASS, AAH, AI, AV, invalidité)",
        "Attestation de France Travail, de la CAF ou de la CPAM, de moins de 3 mois",
    ),
    Ground.J26_NQ: (
        "Jeune de moins de 26 ans sans qualification",
        "Pièce d’identité et déclaration sur les études",
    ),
    Ground.J26_DIP: (
        "Jeune diplômé de moins de 26 ans sans activité",
        "Pièce d’identité, diplôme et déclaration",
    ),
    Ground.SENIOR: (
        "Demandeur d’emploi de 50 ans ou plus",
        "Pièce d’identité et avis de situation de France Travail, de moins de 3 mois",
    ),
    Ground.J_RENF: (
        "Jeune en accompagnement renforcé (PACEA, CEJ, SMA, SMV)",
        "Contrat d’accompagnement, de moins de 3 mois",
    ),
    Ground.QPV: (
        "Habitant d’un quartier prioritaire (QPV) éloigné de l’emploi",
        "Justificatif de domicile de moins de 6 mois, vérifié sur la carte officielle des quartiers",
    ),
    Ground.REFUGIE: (
        "Réfugié ou bénéficiaire de la protection subsidiaire",
        "Titre de séjour ou récépissé",
    ),
    Ground.DIFF: (
        "Autres difficultés, sur avis motivé",
        "Avis motivé et signé de France Travail, d’une maison de l’emploi, d’un PLIE, d’une mission locale, "
        "de Cap emploi ou de la MDPH",
    ),
    Ground.STR_EA: (
        "Salarié d’une entreprise adaptée (EA, EATT) ou usager d’un ESAT",
        "Attestation de l’employeur",
    ),
    Ground.STR_IAE: (
        "Salarié de l’insertion par l’activité économique (EI, ACI, AI, ETTI)",
        "Numéro de PASS IAE ou attestation de l’employeur",
    ),
    Ground.STR_RQ: (
        "Salarié d’une régie de quartier ou de territoire agréée",
        "Attestation de la régie",
    ),
    Ground.STR_EPIDE_E2C: (
        "Stagiaire de l’EPIDE, d’une école de la deuxième chance ou assimilé",
        "Attestation de l’établissement",
    ),
    Ground.STR_GEIQ: (
        "En parcours d’insertion dans un GEIQ",
        "Attestation du GEIQ",
    ),
    Ground.STR_JUSTICE: (
        "Personne sous main de justice employée en régie, par l’ATIGIP ou un concessionnaire",
        "Attestation du SPIP ou de l’ATIGIP",
    ),
}
