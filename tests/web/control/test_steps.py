"""Each step of a case on screen: shown, taken, refused with its reason, and what was typed kept."""

from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pikepdf
import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories import CommitmentFactory, OrganisationFactory, actor_for
from tests.plugin.papers import text_of_pdf
from tests.settlement.conftest import AT
from tests.settlement.test_actions import LIMIT, say
from uneplace.contracts.models import Clause, Commitment, MemberRole
from uneplace.organisations.models import Role
from uneplace.settlement import actions, notices, reliefs
from uneplace.settlement.models import Notice, PenaltyCase

WORDS = "Deux fiches de poste avant Noël, ou une explication."


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def case(commitment, facilitator):
    return actions.open_case(commitment, by=facilitator, at=AT)


def enter(client, actor):
    client.force_login(actor.user)
    return client


def url(name, case):
    route = "settlement" if name in ("give_notice", "propose_relief", "close_case", "case") else "control"
    return reverse(f"{route}:{name}", args=[case.pk])


def letter(**changes):
    return {"text": WORDS, "answer_before": LIMIT.isoformat()} | changes


def spaced(page):
    return page.replace("\u00a0", " ")


def test_a_letter_leaves_from_its_page_and_is_read_on_the_case(client, case, facilitator, company):
    page = enter(client, facilitator).get(url("write", case)).text
    assert "copie à l’acheteur" in page
    answer = client.post(url("write", case), letter(), follow=True)
    assert "Courrier envoyé, copie à l’acheteur." in answer.text
    for actor in (facilitator, company):
        page = enter(client, actor).get(case.get_absolute_url()).text
        assert WORDS in page
        assert Notice.objects.get().get_absolute_url() in page


def test_a_case_complete_between_the_page_and_the_press_says_so_and_keeps_the_words(
    client, case, facilitator, counted
):
    assert enter(client, facilitator).get(url("write", case)).status_code == 200
    for _ in range(3):
        counted(Decimal(700))
    page = client.post(url("write", case), letter()).text
    assert "Plus rien ne manque" in page
    assert WORDS in page
    assert not Notice.objects.exists()


def test_a_clause_closed_meanwhile_says_so_and_keeps_the_words(client, case, buyer, facilitator):
    say(case, facilitator)
    Clause.objects.filter(pk=case.commitment.clause_id).update(status=Clause.Status.CLOSED)
    page = enter(client, buyer).post(url("give_notice", case), letter()).text
    assert "plus rien ne peut être réclamé" in page
    assert WORDS in page
    assert PenaltyCase.objects.get().status == PenaltyCase.Status.EXCHANGE


def test_what_is_missing_in_the_form_is_said_beside_it(client, case, facilitator):
    page = (
        enter(client, facilitator).post(url("write", case), {"text": "", "answer_before": "2026-12-20"}).text
    )
    assert "Écrivez ce que vous attendez de l’entreprise" in page
    assert 'value="2026-12-20"' in page


@pytest.mark.parametrize("name", ["write", "remind", "prepare_account", "propose_relief"])
def test_only_the_service_takes_its_steps(client, case, name, company, buyer, facilitator):
    for actor in (company, buyer):
        assert enter(client, actor).post(url(name, case), letter()).status_code == 403
    reader = actor_for(facilitator.organisation, Role.READER)
    assert enter(client, reader).post(url(name, case), letter()).status_code == 403
    stranger = actor_for(OrganisationFactory(service=True))
    assert enter(client, stranger).post(url(name, case), letter()).status_code == 404


@pytest.mark.parametrize("name", ["give_notice", "answer_relief"])
def test_formal_notice_and_relief_belong_to_the_buyer_alone(client, case, name, company, facilitator):
    say(case, facilitator)
    for actor in (company, facilitator):
        assert enter(client, actor).post(url(name, case), letter()).status_code == 403
    assert not Notice.objects.exists()


def test_relief_is_proposed_then_granted_in_part(client, case, facilitator, buyer):
    say(case, facilitator)
    values = {"hours": "600", "reason": "Aucune candidature."}
    enter(client, facilitator).post(url("propose_relief", case), values)
    page = enter(client, buyer).get(url("answer_relief", case)).text
    assert "propose d’exonérer 600 h" in spaced(page)
    refused = client.post(url("answer_relief", case), {"granted": "700", "answer": "Trop."}).text
    assert "entre 0 et 600 h" in spaced(refused)
    client.post(url("answer_relief", case), {"granted": "400", "answer": "En partie."})
    page = client.get(case.get_absolute_url()).text
    assert "Exonération accordée : 400 h" in spaced(page)
    assert "1 700 h" in spaced(page)


@pytest.fixture
def mandataire(case):
    """Another company of the clause, its one contact."""
    Commitment.objects.filter(pk=case.commitment_id).update(role=MemberRole.COTRAITANT)
    return actor_for(CommitmentFactory(clause=case.commitment.clause, share=0, hours_due=0).company)


def test_what_is_prepared_for_the_buyer_is_told_to_no_company(
    client, case, facilitator, buyer, company, mandataire
):
    say(case, facilitator)
    notices.prepare_account(case, by=facilitator, at=AT)
    for actor in (company, mandataire):
        assert "Décompte préparé" not in enter(client, actor).get(case.get_absolute_url()).text
    reliefs.propose_relief(case, hours=Decimal(600), reason="Les candidats refusés.", by=facilitator, at=AT)
    for actor in (company, mandataire):
        page = enter(client, actor).get(case.get_absolute_url()).text
        assert "Les candidats refusés." not in page
        assert "Exonération proposée à l’acheteur" not in page
    for actor in (facilitator, buyer):
        page = enter(client, actor).get(case.get_absolute_url()).text
        assert "Les candidats refusés." in page
        assert "Décompte préparé pour l’acheteur" in page


def test_the_mandataire_reads_the_relief_answered_and_follows_no_link_closed_to_it(
    client, case, facilitator, buyer, mandataire
):
    say(case, facilitator)
    reliefs.propose_relief(case, hours=Decimal(600), reason="Aucune candidature.", by=facilitator, at=AT)
    reliefs.answer_relief(case, granted=Decimal(400), answer="En partie.", by=buyer, at=AT)
    searches = reverse("control:good_faith", args=[case.commitment_id])
    page = enter(client, mandataire).get(case.get_absolute_url()).text
    assert "Exonération accordée : 400 h" in spaced(page)
    assert searches not in page
    assert client.get(searches).status_code == 404
    for actor in (facilitator, buyer):
        assert searches in enter(client, actor).get(case.get_absolute_url()).text
        assert client.get(searches).status_code == 200


def test_the_case_put_right_says_that_nothing_can_be_claimed(client, case, facilitator, counted):
    for _ in range(3):
        counted(Decimal(700))
    page = enter(client, facilitator).get(case.get_absolute_url()).text
    assert "Plus rien ne manque aujourd’hui." in page


def test_each_reads_the_steps_that_are_theirs(client, case, facilitator, company, buyer):
    say(case, facilitator)
    mine = {
        facilitator: ["write", "remind", "prepare_account", "propose_relief", "close_case"],
        buyer: ["give_notice"],
        company: [],
    }
    for actor, names in mine.items():
        page = enter(client, actor).get(case.get_absolute_url()).text
        for name in ["write", "remind", "prepare_account", "propose_relief", "close_case", "give_notice"]:
            assert (f'href="{url(name, case)}"' in page) is (name in names)


def test_what_is_missing_is_looked_up_once_for_all_the_steps(client, case, facilitator, buyer):
    say(case, facilitator)
    for actor in (facilitator, buyer):
        enter(client, actor).get(case.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            client.get(case.get_absolute_url())
        late = [
            one["sql"] for one in queries if "late_from" in one["sql"] and "hours_statement" in one["sql"]
        ]
        assert len(late) == 1


def test_a_case_that_stopped_between_the_page_and_the_press_says_so_and_keeps_the_words(
    client, case, facilitator, buyer, counted
):
    say(case, facilitator)
    for actor, name in ((facilitator, "remind"), (buyer, "give_notice")):
        assert enter(client, actor).get(url(name, case)).status_code == 200
    for _ in range(3):
        counted(Decimal(700))
    actions.stop_cases_put_right(by=facilitator, at=AT)
    for actor, name in ((facilitator, "remind"), (buyer, "give_notice")):
        page = enter(client, actor).post(url(name, case), letter()).text
        assert "Ce dossier est terminé" in page
        assert WORDS in page
    assert not Notice.objects.exists()


@pytest.mark.parametrize("name", ["remind", "give_notice", "prepare_account"])
def test_hours_received_in_time_between_the_page_and_the_press_stop_it(
    client, case, facilitator, buyer, counted, name
):
    say(case, facilitator)
    enter(client, buyer if name == "give_notice" else facilitator)
    assert client.get(url(name, case)).status_code == 200
    for _ in range(3):
        counted(Decimal(700))
    assert "Plus rien ne manque" in client.post(url(name, case), letter()).text
    assert not Notice.objects.exists()


def test_relief_is_read_on_the_gauge_of_the_case(client, case, facilitator, buyer):
    say(case, facilitator)
    reliefs.propose_relief(case, hours=Decimal(600), reason="Aucune candidature.", by=facilitator, at=AT)
    reliefs.answer_relief(case, granted=Decimal(600), answer="D’accord.", by=buyer, at=AT)
    page = spaced(enter(client, facilitator).get(case.get_absolute_url()).text)
    assert "sur 2 100 h dues, dont 600 h exonérées" in page


def test_the_page_costs_as_many_queries_for_a_long_chain(client, case, facilitator):
    say(case, facilitator)
    notices.write_to_company(case, text=WORDS, answer_before=LIMIT, by=facilitator, at=AT)
    enter(client, facilitator).get(case.get_absolute_url())
    with CaptureQueriesContext(connection) as few:
        client.get(case.get_absolute_url())
    for days in range(1, 4):
        at = AT + timedelta(days=days)
        notices.write_to_company(case, text=WORDS, answer_before=LIMIT, by=facilitator, at=at)
        say(case, facilitator)
    with CaptureQueriesContext(connection) as many:
        client.get(case.get_absolute_url())
    assert len(many) <= len(few)


class TestPapers:
    def paper(self, client, actor, notice):
        return enter(client, actor).get(notice.get_absolute_url())

    def test_a_letter_is_a_tagged_paper_of_the_service(self, client, case, facilitator, company):
        notice = notices.write_to_company(case, text=WORDS, answer_before=LIMIT, by=facilitator, at=AT)
        answer = self.paper(client, company, notice)
        words = text_of_pdf(answer.content)
        for said in ("QuatreventsTP", "20décembre2026", "Deuxfichesdeposte", "2100hd’insertionmanquent"):
            assert said in words
        with pikepdf.open(BytesIO(answer.content)) as pdf, pdf.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:creator"] == [str(facilitator.organisation)]

    def test_formal_notice_comes_from_the_buyer(self, client, case, facilitator, buyer, company):
        say(case, facilitator)
        notice = notices.give_notice(case, text=WORDS, answer_before=LIMIT, by=buyer, at=AT)
        answer = self.paper(client, company, notice)
        assert "vousmetendemeure" in text_of_pdf(answer.content)
        with pikepdf.open(BytesIO(answer.content)) as pdf, pdf.open_metadata() as metadata:
            assert metadata["dc:creator"] == [str(buyer.organisation)]

    def test_the_account_has_its_annexes_and_only_service_and_buyer_read_it(
        self, client, case, facilitator, buyer, company, counted
    ):
        counted(Decimal("120.50"))
        say(case, facilitator)
        reliefs.propose_relief(case, hours=Decimal(600), reason="Personne.", by=facilitator, at=AT)
        reliefs.answer_relief(case, granted=Decimal(400), answer="En partie.", by=buyer, at=AT)
        notice = notices.prepare_account(case, by=facilitator, at=AT)
        words = text_of_pdf(self.paper(client, buyer, notice).content)
        for said in (
            "Annexe1:heures,moisparmois",
            "Annexe2:cequiaétéfait",
            "120,5h",
            "Heuresexonérées:400h",
            "Exigibleàcejour",
            "78975€",
            "Deuxsalariéssontpartis",
        ):
            assert said in words, said
        assert self.paper(client, company, notice).status_code == 404

    @pytest.mark.parametrize("kind", ["service", "company", "buyer"])
    def test_a_stranger_opens_none(self, client, case, facilitator, kind):
        notice = notices.write_to_company(case, text=WORDS, answer_before=LIMIT, by=facilitator, at=AT)
        stranger = actor_for(OrganisationFactory(**{kind: True}))
        assert self.paper(client, stranger, notice).status_code == 404

    def test_a_co_contractor_opens_none(self, client, case, facilitator):
        notice = notices.write_to_company(case, text=WORDS, answer_before=LIMIT, by=facilitator, at=AT)
        other = CommitmentFactory(clause=case.commitment.clause, share=0, hours_due=0, role="COTRAITANT")
        assert self.paper(client, actor_for(other.company), notice).status_code == 404

    def test_it_is_the_same_paper_whatever_is_counted_since(self, client, case, facilitator, counted):
        notice = notices.write_to_company(case, text=WORDS, answer_before=LIMIT, by=facilitator, at=AT)
        before = self.paper(client, facilitator, notice).content
        counted(Decimal(300))
        assert self.paper(client, facilitator, notice).content == before
