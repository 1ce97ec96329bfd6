"""Which companies owe a clause."""

from decimal import Decimal

from tests.factories import AwardFactory, AwardMemberFactory, OrganisationFactory, siret
from uneplace.organisations.models import Organisation

from .conftest import text_of

FIRST, SECOND = siret(94243), siret(94244)


def url_of(clause):
    return f"/clauses/{clause.pk}/partage/"


def typed(*rows, revision=0, **more):
    facts = {"revision": revision, "parts-TOTAL_FORMS": len(rows), "parts-INITIAL_FORMS": 1} | more
    for number, row in enumerate(rows):
        row = {"role": "MANDATAIRE"} | row
        facts |= {f"parts-{number}-{name}": value for name, value in row.items()}
    return facts


ONE = {"siret": FIRST, "name": "Tournebise Construction", "share": "60"}
TWO = {"siret": SECOND, "name": "Façades Brindacier", "share": "40", "role": "COTRAITANT"}


def test_companies_are_created_by_their_siret_and_owe_their_part(as_facilitator, draft):
    page = as_facilitator.post(url_of(draft), typed(ONE, TWO), follow=True)
    owed = {
        one.company.name: (one.hours_due, one.role) for one in draft.commitments.select_related("company")
    }
    assert owed == {
        "Tournebise Construction": (Decimal("1260.00"), "MANDATAIRE"),
        "Façades Brindacier": (Decimal("840.00"), "COTRAITANT"),
    }
    assert Organisation.objects.get(siret=FIRST).capacities == ["COMPANY"]
    assert "Partage enregistré." in text_of(page)
    assert "1 260 h" in text_of(page)


def test_the_companies_that_hold_the_lot_are_proposed(as_facilitator, draft):
    holder = OrganisationFactory(company=True, name="Quatrevents TP")
    AwardMemberFactory(award=AwardFactory(lot=draft.lot), company=holder)
    page = text_of(as_facilitator.get(url_of(draft)))
    assert "Quatrevents TP" in page
    as_facilitator.post(url_of(draft), typed({"company": holder.pk, "share": "100"}))
    assert draft.commitments.get().company == holder


def test_a_company_that_is_not_at_hand_cannot_be_slipped_in(as_facilitator, draft):
    stranger = OrganisationFactory(company=True)
    as_facilitator.post(url_of(draft), typed({"company": stranger.pk, "share": "100"}))
    assert not draft.commitments.exists()


def test_parts_that_do_not_make_100_are_told_and_leave_nobody_behind(as_facilitator, draft):
    page = text_of(as_facilitator.post(url_of(draft), typed(ONE, TWO | {"share": "30"})))
    assert "Les parts doivent faire 100 % ensemble. Il manque 10 %." in page
    assert 'value="Façades Brindacier"' in page
    assert not Organisation.objects.filter(siret=FIRST).exists()


def test_a_row_half_written_is_told(as_facilitator, draft):
    page = text_of(as_facilitator.post(url_of(draft), typed(ONE | {"share": ""}, {"share": "40"})))
    assert "Écrivez la part de cette entreprise" in page
    assert "Écrivez le SIRET de l’entreprise" in page


def test_an_empty_row_is_left_out_wherever_it_is(as_facilitator, draft):
    empty = {"siret": "", "name": "", "share": ""}
    as_facilitator.post(url_of(draft), typed(ONE, empty, TWO, empty))
    assert draft.commitments.count() == 2


def test_one_more_row_keeps_what_was_typed(as_facilitator, draft):
    page = text_of(as_facilitator.post(url_of(draft), typed(ONE, {"share": "4x"}, ajouter="1")))
    assert 'value="Tournebise Construction"' in page
    assert 'value="4x"' in page
    assert 'name="parts-2-siret"' in page
    assert not draft.commitments.exists()


def test_the_second_of_two_is_told(as_facilitator, draft):
    as_facilitator.post(url_of(draft), typed(ONE, TWO))
    page = text_of(as_facilitator.post(url_of(draft), typed(ONE | {"share": "100"})))
    assert "Quelqu’un d’autre vient de modifier cette clause." in page
    assert draft.commitments.count() == 2


def test_a_validated_clause_says_why_not(as_facilitator, clause):
    assert "passe désormais par un avenant" in text_of(as_facilitator.get(url_of(clause)))


def test_a_stranger_does_not_see_it(as_stranger, draft):
    assert as_stranger.get(url_of(draft)).status_code == 404


def test_who_shares_at_once_with_a_colleague_reads_the_parts_kept_meanwhile(as_facilitator, draft):
    as_facilitator.post(url_of(draft), typed(ONE, TWO))
    page = text_of(as_facilitator.post(url_of(draft), typed(ONE | {"share": "100"})))
    assert "Quelqu’un d’autre vient de modifier cette clause." in page
    assert "Parts enregistrées aujourd’hui : Tournebise Construction 60 % et Façades Brindacier 40 %." in page
