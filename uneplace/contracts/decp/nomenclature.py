"""The words that the official schemas allow, formats 1.5.0 and 2.0.3 together.

Source: 139bercy/format-commande-publique, schema_decp_v1.5.0.json and schema_decp_v2.0.3.json; arrêtés du
22 mars 2019 and du 22 décembre 2022.
"""

CONCESSION_NATURES = (
    "Concession de travaux",
    "Concession de service",
    "Concession de service public",
    "Délégation de service public",
)
NATURES = (
    "Marché",
    "Marché de partenariat",
    "Marché de défense ou de sécurité",
    "Accord-cadre",
    "Marché subséquent",
    *CONCESSION_NATURES,
)
PROCEDURES = (
    "Procédure adaptée",
    "Appel d'offres ouvert",
    "Appel d'offres restreint",
    "Procédure avec négociation",
    "Marché passé sans publicité ni mise en concurrence préalable",
    "Dialogue compétitif",
    "Procédure négociée ouverte",
    "Procédure non négociée ouverte",
    "Procédure négociée restreinte",
    "Procédure non négociée restreinte",
)
TECHNIQUES = (
    "Accord-cadre",
    "Concours",
    "Système de qualification",
    "Système d'acquisition dynamique",
    "Catalogue électronique",
    "Enchère électronique",
    "Sans objet",
)
EXECUTION_MODES = ("Tranches", "Bons de commande", "Marchés subséquents", "Sans objet")
SOCIAL_CONSIDERATIONS = (
    "Clause sociale",
    "Critère social",
    "Marché réservé",
    "Concession réservée",
    "Pas de considération sociale",
)
CCAGS = (
    "Travaux",
    "Maitrise d'œuvre",
    "Fournitures courantes et services",
    "Marchés industriels",
    "Prestations intellectuelles",
    "Techniques de l'information et de la communication",
    "Pas de CCAG",
)
PRICE_FORMS = ("Unitaire", "Forfaitaire", "Mixte", "Ferme", "Ferme et actualisable", "Révisable")
PRICE_TYPES = ("Définitif ferme", "Définitif actualisable", "Définitif révisable", "Provisoire")
PRICE_VARIATIONS = ("Ferme", "Actualisable", "Révisable")
GROUP_TYPES = ("Conjoint", "Solidaire", "Pas de groupement")
IDENTIFIER_KINDS = ("SIRET", "TVA", "TAHITI", "RIDET", "FRWF", "IREP", "UE", "HORS-UE")

# What a place code looks like, by the kind it claims to be.
PLACE_CODES = {
    "Code postal": r"[0-9]{5}",
    "Code commune": r"[0-9][0-9AB][0-9]{3}",
    "Code arrondissement": r"[0-9][0-9AB][0-9]{1,3}",
    "Code canton": r"[0-9][0-9AB][0-9]{2,3}",
    "Code département": r"[0-9]{2}|2[AB]|9[78][0-9]",
    "Code région": r"[0-9]{2}",
    "Code pays": r"[A-Z]{2,3}|99[0-9]{3}",
}
