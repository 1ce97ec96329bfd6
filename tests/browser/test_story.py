"""The story of the README, from award data to the year's figures, played in five browsers.

With UNEPLACE_SHOTS=folder in the environment, its pictures are kept there.
"""

import os
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

import pikepdf
import pytest
import time_machine
from django.core.management import call_command
from playwright.sync_api import expect

import uneplace
from tests.factories import MembershipFactory, OrganisationFactory, PartnershipFactory, UserFactory
from tests.plugin.browser import WIDE
from tests.plugin.mailbox import text_of
from tests.words import says
from uneplace.hours.models import LedgerEntry
from uneplace.journal.models import Entry
from uneplace.offers.tasks import send_digests_of_the_morning
from uneplace.reports.queries import yearly_figures

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.shots]

AWARDS = Path(uneplace.__path__[0]) / "demo" / "data" / "marches-demo.json"
OBJECT = "Réaménagement du parvis de la médiathèque de la Passerelle"
PHONE = {"width": 390, "height": 844}
NOVEMBER, JANUARY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC), datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
COMPANY_MAIL = "karim.bellanger@tournebise.exemple.fr"
PASSWORD = "une place pour chacun"


class Story:
    """The five who take part, each in a browser of their own."""

    def __init__(self, open_page, mailbox, axe):
        self.open_page, self.mailbox, self.axe = open_page, mailbox, axe
        self.service = OrganisationFactory(service=True, name="Service insertion")
        self.buyer = OrganisationFactory(buyer=True, name="Ville de la Passerelle", siret="00000002600013")
        self.company = OrganisationFactory(
            company=True, name="Tournebise Construction", siret="00000124800012"
        )
        self.agency = OrganisationFactory(employer=True, name="Cap Lanterne Intérim")
        self.mission = OrganisationFactory(referrer=True, name="Mission locale des Trois-Vaux")
        for structure in (self.agency, self.mission):
            PartnershipFactory(service=self.service, organisation=structure)
        self.users = {
            "facilitator": self._member(self.service, "Maëlle", "Cardinet"),
            "buyer": self._member(self.buyer, "Hervé", "Gaubert-Lys"),
            "agency": self._member(self.agency, "Bruno", "Delaunay-Roche"),
            "mission": self._member(self.mission, "Elsa", "Duhamel-Costa"),
        }
        self.pages = {}

    @staticmethod
    def _member(organisation, first_name, last_name):
        user = UserFactory(first_name=first_name, last_name=last_name)
        return MembershipFactory(organisation=organisation, user=user).user

    def sign_in(self):
        """Everybody opens their browser, as every morning."""
        for name, user in self.users.items():
            self.pages[name] = self.open_page(user, size=PHONE if name == "company" else WIDE)

    def look(self, name, picture=None):
        """Axe finds nothing in what this person sees; the picture is kept when asked for."""
        page = self.pages[name]
        self.axe(page)
        page.evaluate("window.scrollTo(0, 0)")
        if picture and (folder := os.environ.get("UNEPLACE_SHOTS")):
            page.screenshot(path=Path(folder) / f"{picture}.png", full_page=True)
            other = PHONE if page.viewport_size == WIDE else WIDE
            before = page.viewport_size
            page.set_viewport_size(other)
            page.screenshot(path=Path(folder) / f"{picture}-{other['width']}.png", full_page=True)
            page.set_viewport_size(before)


def link_in(message) -> str:
    """The path of the link that a message holds."""
    return urlsplit(re.search(r"https?://\S+", text_of(message)).group()).path


def pdf() -> bytes:
    """A CV of one blank page."""
    document, kept = pikepdf.new(), BytesIO()
    document.add_blank_page()
    document.save(kept)
    return kept.getvalue()


def said(page, words):
    """The page says so."""
    expect(page.get_by_text(words).first).to_be_visible()


def press(page, name):
    """Press a button and see the page that follows, where it is no more."""
    button = page.get_by_role("button", name=name)
    button.click()
    expect(button).to_have_count(0)


def test_from_a_public_contract_to_the_figures_of_the_year(open_page, mailbox, axe):
    with time_machine.travel(NOVEMBER, tick=True) as clock:
        story = Story(open_page, mailbox, axe)
        story.sign_in()
        clause = the_clause_is_opened(story)
        the_company_comes_by_its_invitation(story, clause)
        sheet = the_job_is_defined_by_two(story, clause)
        two_people_are_put_forward(story, sheet)
        the_facilitator_decides_and_transmits(story, sheet)
        the_company_chooses(story)
        the_work_contract_is_recorded_and_confirmed(story, sheet)
        clock.move_to(JANUARY)
        story.sign_in()
        the_month_is_declared_returned_and_counted(story)
        the_gauge_moves_for_everybody(story, clause)
        the_year_has_its_figures(story)
    assert_the_books_are_right(story)


def the_clause_is_opened(story) -> str:
    page = story.pages["facilitator"]
    page.goto("/marches/importer/")
    page.locator("input[type=file]").set_input_files(AWARDS)
    page.get_by_role("button", name="Importer").click()
    said(page, "8 marchés ajoutés")
    story.look("facilitator")
    page.goto("/marches/?q=parvis")
    page.get_by_role("link", name=OBJECT).first.click()
    page.get_by_role("link", name="Ouvrir la clause").first.click()
    page.get_by_label("Part de la main-d’œuvre", exact=True).last.fill("50")
    page.get_by_label("Part réservée à l’insertion").fill("10")
    page.get_by_label("Coût d’une heure de travail").fill("30")
    page.get_by_label("Début de l’exécution").fill("2026-11-23")
    page.get_by_label("Dernier jour de l’exécution").fill("2027-09-30")
    page.get_by_text("Les pénalités que le marché prévoit").click()
    page.get_by_label("Pénalité par heure manquante").fill("50")
    page.get_by_label("Pénalité par heure manquante").blur()
    said(page, "810 h")
    story.look("facilitator", "1-ouvrir-la-clause")
    page.get_by_role("button", name="Ouvrir la clause").click()
    page.wait_for_url(re.compile(r"/clauses/\d+/partage/$"))
    clause = urlsplit(page.url).path.removesuffix("partage/")
    page.get_by_label("Part de la clause").first.fill("100")
    page.get_by_role("button", name="Répartir la clause").click()
    page.wait_for_url(re.compile(r"/clauses/\d+/$"))
    page.goto(f"{clause}valider/")
    page.get_by_role("button", name="Valider la clause").click()
    page.wait_for_url(re.compile(r"/clauses/\d+/$"))
    page.get_by_text("Pourquoi 810 h dues ?").click()
    said(page, "486 000")
    story.look("facilitator", "2-la-clause")
    page.goto("/partenaires/?etat=a-approuver")
    approve = page.get_by_role("button", name=re.compile(r"Approuver\s:\sVille de la Passerelle"))
    approve.click()
    expect(approve).to_have_count(0)
    story.look("facilitator")
    buyer = story.pages["buyer"]
    buyer.goto(clause)
    expect(buyer.locator("figure.gauge").first).to_be_visible()
    story.look("buyer")
    return clause


def the_company_comes_by_its_invitation(story, clause):
    page = story.pages["facilitator"]
    page.goto(clause)
    page.get_by_role("link", name="Inviter").first.click()
    page.get_by_label("Adresse électronique").fill(COMPANY_MAIL)
    page.get_by_role("button", name="Envoyer l’invitation").click()
    said(page, "Invitation envoyée")
    (message,) = story.mailbox.to(COMPANY_MAIL)
    guest = story.pages["company"] = story.open_page(size=PHONE)
    guest.goto(link_in(message))
    said(guest, "Rejoindre Tournebise Construction")
    story.look("company", "3-invitation")
    guest.get_by_label("Prénom").fill("Karim")
    guest.get_by_label("Nom", exact=True).fill("Bellanger")
    guest.get_by_label("mot de passe").fill(PASSWORD)
    guest.get_by_role("button", name="Ouvrir mon compte et rejoindre").click()
    expect(guest.locator("h1")).to_have_text("Ce mois")
    story.users["company"] = story.company.memberships.get().user
    guest.goto(clause)
    said(guest, "810")


def the_job_is_defined_by_two(story, clause) -> str:
    page = story.pages["facilitator"]
    page.goto("/fiches/nouvelle/")
    page.get_by_label("Marché et entreprise").select_option(index=1)
    page.get_by_label("Intitulé du poste").fill("Aide-maçonne ou aide-maçon")
    page.get_by_role("combobox", name="Métier").fill("F1703")
    page.get_by_label("Nombre de postes").fill("1")
    page.get_by_label("Lieu de travail").fill("Falaise (14700)")
    page.get_by_label("Premier jour").fill("2026-12-07")
    page.get_by_label("Dernier jour").fill("2027-05-28")
    page.get_by_label("Missions").fill("Préparer le mortier, approvisionner le chantier.")
    page.get_by_role("group", name="Peut-on venir sans voiture").get_by_label("Oui").check()
    page.get_by_label("Comment s’y rendre").fill("Bus 4, arrêt Médiathèque")
    page.locator("#id_timetable").fill("7 h 30 à 16 h")
    page.get_by_label("Modalité souhaitée").select_option("DIRECT")
    page.get_by_label("Autres critères indispensables").fill(
        "Être sur place à 7 h 30\nDisponible 35 h par semaine"
    )
    page.get_by_label("Autres critères souhaités").fill("Une première expérience du bâtiment")
    page.get_by_label("Candidatures attendues avant le").fill("2026-11-30")
    page.get_by_role("button", name="Garder la fiche").click()
    page.get_by_role("button", name="Partager avec l’entreprise").click()
    sheet = urlsplit(page.url).path
    company = story.pages["company"]
    company.goto(sheet)
    said(company, "Il manque encore")
    company.get_by_role("link", name="Compléter la fiche").click()
    company.get_by_label("Rémunération brute").fill("12,60")
    company.get_by_label("Tutrice ou tuteur").fill("Sylvie Marchandeau")
    company.get_by_label("Son téléphone").first.fill("02 31 00 00 42")
    story.look("company")
    company.get_by_role("button", name="Garder la fiche").click()
    said(company, "12,60")
    story.look("company", "4-la-fiche-de-poste")
    press(company, "Donner votre accord")
    page.goto(sheet)
    press(page, "Donner l’accord du service")
    page.goto(f"{sheet}diffuser/")
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Réponses attendues avant le").fill("2026-11-30")
    page.get_by_role("button", name="Envoyer la fiche").click()
    said(page, "Diffusée")
    send_digests_of_the_morning(int(NOVEMBER.timestamp()))
    for name in ("agency", "mission"):
        assert story.mailbox.to(story.users[name].email)
    agency = story.pages["agency"]
    agency.goto("/fiches/")
    agency.get_by_role("button", name="Voir l’offre").click()
    said(agency, "Aide-maçonne")
    page.goto(sheet)
    said(page, "Ouverte")
    story.look("facilitator")
    return sheet


def two_people_are_put_forward(story, sheet):
    _put_forward(story, "agency", sheet, "Aminata", "Sow-Duclos", "F", "1991-05-14")
    _put_forward(story, "mission", sheet, "Kévin", "Hautmesnil", "M", "2003-09-02")


def _put_forward(story, name, sheet, first_name, last_name, sex, born_on):
    page = story.pages[name]
    page.goto(f"{sheet}proposer/")
    page.get_by_role("button", name="Proposer cette personne").click()
    expect(page).to_have_title(re.compile("^Erreur"))
    page.get_by_label("Prénom").fill(first_name)
    page.get_by_label("Nom", exact=True).fill(last_name)
    page.get_by_label("Date de naissance").fill(born_on)
    page.get_by_label("Sexe").select_option(sex)
    page.get_by_label("Téléphone").fill("06 39 98 12 34")
    page.get_by_label("Commune de résidence").fill("Falaise (14700)")
    page.get_by_label("Disponible à partir du").fill("2026-11-30")
    page.get_by_label("Permis B", exact=True).check()
    page.locator("input[type=file]").set_input_files(
        {"name": f"cv-{last_name}.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    for answer in page.get_by_role("radio", name="Oui").all():
        answer.check()
    page.get_by_label("Information donnée le").fill("2026-11-23")
    page.locator("#id_informed_by").select_option("INTERVIEW")
    page.get_by_label("Accord donné le").fill("2026-11-23")
    page.locator("#id_agreed_by").select_option("INTERVIEW")
    page.get_by_role("button", name="Proposer cette personne").click()
    said(page, f"{first_name} {last_name}")
    story.look(name, "5-proposer" if name == "agency" else None)


def the_facilitator_decides_and_transmits(story, sheet):
    page = story.pages["facilitator"]
    page.goto(f"{sheet}preselection/")
    people = [link.get_attribute("href") for link in page.locator("article.cand h3 a").all()]
    assert len(people) == 2
    for file in people:
        page.goto(file)
        page.get_by_role("link", name="Sa fiche").click()
        _decide_on_eligibility(story, page)
    page.goto(f"{sheet}preselection/")
    for place, file in enumerate(page.locator("article.cand").all()):
        file.get_by_label("Retenir").check()
        file.get_by_label("Votre raison").fill(["Connaît déjà l’équipe.", "Très motivé."][place])
        file.get_by_role("button", name="la décision").click()
        said(page, ["1 dossier retenu,", "2 dossiers retenus,"][place])
    story.look("facilitator", "6-preselection")
    page.goto(f"{sheet}transmettre/")
    page.get_by_role("button", name="Transmettre 2 dossiers").click()
    said(page, "Transmis")
    assert story.mailbox.to(COMPANY_MAIL)


def _decide_on_eligibility(story, page):
    page.get_by_role("link", name="Décider de l’éligibilité").first.click()
    page.wait_for_url("**/eligibilite/")  # loaded whole: what is chosen before asks nothing of the server
    page.get_by_label("En recherche d’emploi").select_option("Oui")
    page.get_by_label("Perçoit le RSA").select_option("Oui")
    preview = page.locator("#apercu")
    preview.get_by_text("Justificatif à dater").wait_for()
    preview.get_by_label("Daté du").fill("2026-11-02")
    preview.get_by_label("Daté du").blur()
    preview.get_by_text("Doit commencer avant le 23 mai 2027.").wait_for()
    page.get_by_label("Éligible", exact=True).check()
    page.get_by_role("button", name="Enregistrer la décision").click()
    said(page, "Décision enregistrée.")
    story.axe(page)


def the_company_chooses(story):
    page = story.pages["company"]
    page.goto("/candidats/")
    said(page, "Aminata Sow-Duclos")
    said(page, "23 mai 2027")
    assert not says("RSA", page.content())
    story.look("company", "7-candidats")
    page.get_by_role("link", name="Choisir Aminata Sow-Duclos").click()
    press(page, "Choisir Aminata Sow-Duclos")
    page.goto("/candidats/")
    decline = page.get_by_role("link", name=re.compile("Ne pas retenir|Répondre"))
    decline.first.click()
    page.get_by_label("Raison").select_option("OTHER_CANDIDATE")
    press(page, "Envoyer la réponse")
    assert len(story.mailbox.to(story.users["agency"].email)) >= 2
    assert any(
        "Une autre personne" in text_of(mail) for mail in story.mailbox.to(story.users["mission"].email)
    )
    mission = story.pages["mission"]
    mission.goto("/reponses/")
    said(mission, "Une autre personne a été choisie")
    story.look("mission", "8-reponses")
    agency = story.pages["agency"]
    agency.goto("/personnes/")
    said(agency, "Aminata Sow-Duclos")
    story.look("agency")


def the_work_contract_is_recorded_and_confirmed(story, sheet):
    page = story.pages["facilitator"]
    page.goto(sheet)
    page.get_by_role("link", name="Enregistrer le contrat de travail").first.click()
    page.get_by_label("Nature du contrat").select_option("CTT")
    page.get_by_label("Mise à disposition").check()
    page.get_by_label("Employeur").select_option(label="Cap Lanterne Intérim")
    page.get_by_label("Qui déclare les heures").select_option(label="Cap Lanterne Intérim")
    page.get_by_role("button", name="Enregistrer le contrat").click()
    said(page, "Contrat enregistré.")
    story.look("facilitator")
    agency = story.pages["agency"]
    agency.goto("/")
    agency.get_by_role("link", name=re.compile("^Confirmer")).first.click()
    agency.get_by_role("button", name="Confirmer le contrat").click()
    said(agency, "Contrat de travail confirmé.")


def the_month_is_declared_returned_and_counted(story):
    call_command("expect_statements", verbosity=0)
    _declare(story, "98")
    page = story.pages["facilitator"]
    page.goto("/heures/")
    page.get_by_role("link", name="décembre 2026").first.click()
    page.get_by_role("link", name="Renvoyer pour correction").click()
    page.get_by_label("Ce qu’il faut corriger").fill("Il manque la dernière semaine.")
    page.get_by_role("button", name="Renvoyer le relevé").click()
    agency = story.pages["agency"]
    agency.set_viewport_size(PHONE)
    _declare(story, "133h30", returned=True)
    agency.set_viewport_size(WIDE)
    page.goto("/heures/")
    page.get_by_role("link", name="décembre 2026").first.click()
    story.look("facilitator", "10-controler")
    page.get_by_role("button", name="Valider le relevé").click()
    said(page, "Relevé validé : 133,5")


def _declare(story, hours, returned=False):
    page = story.pages["agency"]
    page.goto("/heures/?etat=a-corriger" if returned else "/heures/?etat=attendus")
    page.get_by_role("link", name="décembre 2026").first.click()
    if returned:
        said(page, "Il manque la dernière semaine.")
    page.get_by_role("link", name=re.compile("Déclarer les heures|Corriger le relevé")).first.click()
    page.get_by_label(re.compile("Heures travaillées")).fill(hours)
    if returned:
        expect(page.locator("[data-total]")).to_have_text("133,5\u00a0h")
    story.look("agency", "9-declarer" if returned else None)
    page.get_by_role("button", name="Envoyer le relevé").click()
    said(page, "Relevé envoyé.")


def the_gauge_moves_for_everybody(story, clause):
    for name in ("facilitator", "buyer", "company"):
        page = story.pages[name]
        page.goto(clause)
        expect(page.locator("figure.gauge .big").first).to_have_text("133,5\u00a0h")
        assert not says("RSA", page.content())
        story.look(name, "11-la-jauge" if name == "buyer" else None)
    assert "Aminata" not in story.pages["buyer"].content()


def the_year_has_its_figures(story):
    page = story.pages["facilitator"]
    page.goto("/bilans/2026/")
    said(page, "133,5")
    story.look("facilitator", "12-bilan")
    for name, kind in (("bilan.pdf", "application/pdf"), ("bilan.xlsx", "spreadsheet")):
        answer = page.request.get(f"/bilans/2026/{name}")
        assert answer.ok
        assert kind in answer.headers["content-type"]


def assert_the_books_are_right(story):
    entry = LedgerEntry.objects.get()
    assert (entry.month, entry.declared, entry.counted) == (
        date(2026, 12, 1),
        Decimal("133.50"),
        Decimal("133.50"),
    )
    figures = yearly_figures(story.service, 2026).totals
    assert (figures.hours, figures.participants, figures.contracts) == (Decimal("133.50"), 1, 1)
    told = set(Entry.objects.values_list("verb", flat=True))
    assert {"statement.returned", "statement.validated", "placement.confirmed"} <= told
