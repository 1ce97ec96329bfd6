from django.urls import path

from .views import invitations, organisations, partners, passwords, sign_in

app_name = "accounts"

urlpatterns = [
    path("connexion/", sign_in.log_in, name="login"),
    path("connexion/demonstration/", sign_in.enter_demo, name="demo_enter"),
    path("deconnexion/", sign_in.log_out, name="logout"),
    path("mot-de-passe/oublie/", passwords.forgotten, name="password_forgotten"),
    path("mot-de-passe/envoye/", passwords.sent, name="password_sent"),
    path("mot-de-passe/<uidb64>/<token>/", passwords.choose, name="password_choose"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("organisations/", organisations.switch, name="switch"),
    path("partenaires/", partners.list_partners, name="partners"),
    path("partenaires/nouveau/", partners.add_partner, name="add_partner"),
    path("partenaires/<int:pk>/invitation/", partners.invite_partner, name="invite_partner"),
    path("mon-organisation/", organisations.organisation, name="organisation"),
    path("mon-organisation/membres/<int:pk>/fin/", organisations.end_membership, name="end_membership"),
    path(
        "mon-organisation/invitations/<int:pk>/annulation/",
        organisations.cancel_invitation,
        name="cancel_invitation",
    ),
]
