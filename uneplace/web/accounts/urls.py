from django.urls import path

from .views import (
    account,
    dormant,
    factors,
    invitations,
    organisations,
    partners,
    passwords,
    proconnect,
    second_factor,
    sign_in,
)

app_name = "accounts"

urlpatterns = [
    path("connexion/", sign_in.log_in, name="login"),
    path("connexion/demonstration/", sign_in.enter_demo, name="demo_enter"),
    path("connexion/verification/", second_factor.prove, name="prove"),
    path("connexion/proconnect/", proconnect.go, name="proconnect"),
    path("connexion/proconnect/retour/", proconnect.back, name="proconnect_back"),
    path("connexion/proconnect/fin/", proconnect.left, name="proconnect_left"),
    path("mon-compte/proconnect/", proconnect.unlink, name="unlink_proconnect"),
    path("deconnexion/", sign_in.log_out, name="logout"),
    path("mot-de-passe/oublie/", passwords.forgotten, name="password_forgotten"),
    path("mot-de-passe/envoye/", passwords.sent, name="password_sent"),
    path("mot-de-passe/<uidb64>/<token>/", passwords.choose, name="password_choose"),
    path("mon-compte/", account.account, name="account"),
    path("mon-compte/nom/", account.change_name, name="change_name"),
    path("mon-compte/mot-de-passe/", account.change_password, name="change_password"),
    path("mon-compte/sessions/fermeture/", account.close_sessions, name="close_sessions"),
    path("mon-compte/confirmation/", second_factor.confirm, name="confirm"),
    path("mon-compte/double-authentification/", factors.enrol, name="enrol"),
    path("mon-compte/double-authentification/application/", factors.add_application, name="add_application"),
    path("mon-compte/double-authentification/cle/", factors.add_key, name="add_key"),
    path("mon-compte/double-authentification/codes/", factors.recovery_codes, name="recovery_codes"),
    path(
        "mon-compte/double-authentification/codes/nouveaux/",
        factors.renew_recovery_codes,
        name="renew_recovery_codes",
    ),
    path("mon-compte/double-authentification/<int:pk>/retrait/", factors.remove_factor, name="remove_factor"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("organisations/", organisations.switch, name="switch"),
    path("partenaires/", partners.list_partners, name="partners"),
    path("partenaires/nouveau/", partners.add_partner, name="add_partner"),
    path("partenaires/approbation/", partners.approve_partners, name="approve_partners"),
    path("partenaires/<int:pk>/publics/", partners.describe_partner, name="describe_partner"),
    path("partenaires/<int:pk>/fin/", partners.end_partnership, name="end_partnership"),
    path("partenaires/<int:pk>/invitation/", partners.invite_partner, name="invite_partner"),
    path("mon-organisation/", organisations.organisation, name="organisation"),
    path("comptes-dormants/", dormant.list_dormant, name="dormant"),
    path("comptes-dormants/<int:pk>/", dormant.review_dormant, name="review_dormant"),
    path("mon-organisation/membres/<int:pk>/role/", organisations.change_role, name="change_role"),
    path("mon-organisation/membres/<int:pk>/fin/", organisations.end_membership, name="end_membership"),
    path(
        "mon-organisation/membres/<int:pk>/double-authentification/",
        organisations.reset_factors,
        name="reset_factors",
    ),
    path(
        "mon-organisation/invitations/<int:pk>/annulation/",
        organisations.cancel_invitation,
        name="cancel_invitation",
    ),
]

# django-allauth looks for these routes under its own names, outside any namespace.
names_for_allauth = [
    path("connexion/", sign_in.log_in, name="account_login"),
    path("connexion/verification/", second_factor.prove, name="mfa_authenticate"),
]
