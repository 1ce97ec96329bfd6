import re

from . import nomenclature
from .records import ContractRecord, Finding, Kind, Modification, Party, Subcontracting
from .shapes import Entry
from .tree import Node
from .values import Values, plain_text, shown

ACCOUNTING_NAMES = {"budget principal", "budget annexe"}  # what PES writes where a buyer's name should be


def read_contract(entry: Entry) -> tuple[ContractRecord | None, list[Finding]]:
    """One contract of the file and its faults; None when it lacks a buyer, an id or is no record at all."""
    node = entry.node
    if not isinstance(node.value, dict):
        values = Values(node.path)
        values.refuse(node, "Un marché était attendu ici : entrée rejetée.")
        return None, values.findings

    buyer_node = node.first("autoriteConcedante" if entry.is_concession else "acheteur", "autoriteConcedante")
    buyer_node = buyer_node if not buyer_node.is_empty else node.first("acheteur", "autoriteConcedante")
    values = Values(_label(node, buyer_node))
    official_id = values.text(node.get("id"), 80)
    buyer = _buyer(values, buyer_node)
    if not official_id:
        values.refuse(node.get("id"), "Marché sans numéro : rejeté.")
    if buyer is None:
        values.refuse(buyer_node.get("id"), "Acheteur sans identifiant : marché rejeté.")
    if not official_id or buyer is None:
        return None, values.findings
    return _contract(values, entry, buyer, official_id), values.findings


def _label(node: Node, buyer_node: Node) -> str:
    official_id = plain_text(node.get("id").value) or "sans numéro"
    buyer = re.sub(r"[\s.\-]", "", plain_text(buyer_node.get("id").value) or "") or "sans acheteur"
    return f"{shown(buyer)}/{shown(official_id, 80)}"


def _buyer(values: Values, node: Node) -> Party | None:
    identifier = values.identifier(node.get("id"), "SIRET")
    name = values.text(node.get("nom"), 200)
    if name.casefold() in ACCOUNTING_NAMES:
        values.warn(node.get("nom"), f"« {name} » est le nom d’un budget, pas d’un acheteur : non repris.")
        name = ""
    return Party(identifier, "SIRET", name) if identifier else None


def _contract(values: Values, entry: Entry, buyer: Party, official_id: str) -> ContractRecord:
    node = entry.node
    nature = values.term(node.get("nature"), nomenclature.NATURES, 80)
    is_concession = entry.is_concession or nature in nomenclature.CONCESSION_NATURES
    holders = _parties(values, node)
    if not holders:
        values.warn(node.first("titulaires", "concessionnaires"), "Marché sans titulaire.")
    amount_node = node.first("montant", "valeurGlobale")
    notified_node = node.first("dateNotification", "dateSignature")
    for field, name in ((amount_node, "Montant"), (notified_node, "Date de notification")):
        if field.is_empty:
            agreed = "absente" if name.startswith("Date") else "absent"
            values.warn(field, f"{name} {agreed}.")
    place_code, place_kind, place_name = _place(values, node.get("lieuExecution"))
    return ContractRecord(
        kind=Kind.CONCESSION if is_concession else Kind.MARCHE,
        buyer=buyer,
        id=official_id,
        object=values.text(node.get("objet"), 5000),
        nature=nature,
        cpv=_cpv(values, node.get("codeCPV")),
        procedure=values.term(node.get("procedure"), nomenclature.PROCEDURES),
        techniques=values.terms(node.get("techniques"), "technique", nomenclature.TECHNIQUES),
        execution_modes=values.terms(
            node.get("modalitesExecution"), "modaliteExecution", nomenclature.EXECUTION_MODES
        ),
        framework_id=values.text(node.get("idAccordCadre"), 80),
        ccag=values.term(node.get("ccag"), nomenclature.CCAGS),
        place_code=place_code,
        place_kind=place_kind,
        place_name=place_name,
        duration_months=values.months(node.get("dureeMois")),
        notified_on=values.day(notified_node),
        starts_on=values.day(node.get("dateDebutExecution")),
        published_on=values.day(node.get("datePublicationDonnees")),
        amount=values.amount(amount_node),
        price_form=values.term(node.get("formePrix"), nomenclature.PRICE_FORMS),
        price_types=values.terms(node.get("typesPrix"), "typePrix", nomenclature.PRICE_TYPES),
        holders=holders,
        group_type=values.term(node.get("typeGroupementOperateurs"), nomenclature.GROUP_TYPES, 60),
        social_considerations=values.terms(
            node.get("considerationsSociales"), "considerationSociale", nomenclature.SOCIAL_CONSIDERATIONS
        ),
        subcontracting_declared=values.flag(node.get("sousTraitanceDeclaree")),
        subcontracting=_subcontracting(values, node.get("actesSousTraitance"), "acteSousTraitance"),
        subcontracting_changes=_subcontracting(
            values, node.get("modificationsActesSousTraitance"), "modificationActeSousTraitance"
        ),
        modifications=_modifications(values, node.get("modifications")),
        path=node.path,
        is_row=entry.is_row,
    )


def _parties(values: Values, node: Node) -> tuple[Party, ...]:
    found: dict[str, Party] = {}
    for plural, singular in (("titulaires", "titulaire"), ("concessionnaires", "concessionnaire")):
        for item in node.get(plural).many(singular):
            if party := values.party(item, "Titulaire"):
                found.setdefault(party.identifier, party)
    return tuple(found.values())


def _modifications(values: Values, node: Node) -> tuple[Modification, ...]:
    found: dict[Modification, None] = {}
    for item in node.many("modification"):
        if not isinstance(item.value, dict):
            values.warn(item, "Une modification était attendue ici : valeur ignorée.")
            continue
        change = Modification(
            id=values.text(item.get("id"), 60),
            object=values.text(item.get("objetModification"), 500),
            notified_on=values.day(item.first("dateNotificationModification", "dateSignatureModification")),
            published_on=values.day(item.get("datePublicationDonneesModification")),
            amount=values.amount(item.first("montant", "valeurGlobale")),
            duration_months=values.months(item.get("dureeMois")),
            holders=_parties(values, item),
        )
        if change == Modification():
            values.warn(item, "Modification vide : ignorée.")
        elif change in found:
            values.warn(item, "Modification répétée à l’identique : reprise une seule fois.")
        else:
            found[change] = None
    return tuple(found)


def _subcontracting(values: Values, node: Node, item_name: str) -> tuple[Subcontracting, ...]:
    found: dict[Subcontracting, None] = {}
    for item in node.many(item_name):
        if not isinstance(item.value, dict):
            values.warn(item, "Un acte de sous-traitance était attendu ici : valeur ignorée.")
            continue
        act = Subcontracting(
            id=values.text(item.get("id"), 60),
            company=values.party(item.get("sousTraitant"), "Sous-traitant"),
            notified_on=values.day(
                item.first("dateNotification", "dateNotificationModificationSousTraitance")
            ),
            published_on=values.day(item.get("datePublicationDonnees")),
            amount=values.amount(item.get("montant")),
            duration_months=values.months(item.get("dureeMois")),
            price_variation=values.term(item.get("variationPrix"), nomenclature.PRICE_VARIATIONS),
        )
        if act != Subcontracting():
            found[act] = None
    return tuple(found)


def _cpv(values: Values, node: Node) -> str:
    code = values.text(node, 40).replace(" ", "")
    if code and not re.fullmatch(r"[0-9]{8}(-[0-9])?", code):
        if len(code) > 10:
            values.warn(node, f"« {shown(code)} » n’est pas un code CPV : valeur ignorée.")
            return ""
        values.warn(node, f"« {shown(code)} » n’est pas un code CPV : gardé tel que reçu.")
    return code


def _place(values: Values, node: Node) -> tuple[str, str, str]:
    if not isinstance(node.value, dict):
        if not node.is_empty:
            values.warn(node, "Lieu d’exécution illisible : valeur ignorée.")
        return "", "", ""
    code = values.text(node.get("code"), 20)
    kind = values.term(node.get("typeCode"), tuple(nomenclature.PLACE_CODES), 30)
    pattern = nomenclature.PLACE_CODES.get(kind)
    if code and pattern and not re.fullmatch(pattern, code):
        noun = kind[0].lower() + kind[1:]
        values.warn(node.get("code"), f"« {code} » n’est pas un {noun} : gardé tel que reçu.")
    return code, kind, values.text(node.get("nom"), 150)
