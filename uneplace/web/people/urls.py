from django.urls import path

from . import views
from .next_jobs import views as next_jobs
from .profile import views as profile
from .proof_files import views as proof_files
from .proofs import views as proofs
from .renewals import views as renewals
from .twins import views as twins

app_name = "people"

urlpatterns = [
    path("service/justificatifs/", proofs.decide, name="proof_policy"),
    path("justificatifs/<int:pk>/", proof_files.join_proof, name="join_proof"),
    path("justificatifs/<int:pk>/ouvrir/", proof_files.open_proof, name="open_proof"),
    path("justificatifs/<int:pk>/retirer/", proof_files.remove_proof, name="remove_proof"),
    path("personnes/", views.list_people, name="list"),
    path("personnes/doublons/", twins.list_twins, name="twins"),
    path("personnes/doublons/<int:pk>/", twins.compare, name="twin"),
    path("personnes/doublons/<int:pk>/distinctes/", twins.tell_apart, name="tell_apart"),
    path("personnes/fusions/<int:pk>/", twins.part, name="merge"),
    path("personnes/renouvellements/", renewals.list_renewals, name="renewals"),
    path("personnes/enchainements/", next_jobs.list_next_jobs, name="next_jobs"),
    path("personnes/<int:pk>/", views.show_participant, name="participant"),
    path("personnes/<int:pk>/modifier/", views.correct_participant, name="correct"),
    path("personnes/<int:pk>/profil/", profile.fill, name="profile"),
    path("personnes/<int:pk>/meme-personne/", twins.name_twin, name="name_twin"),
    path("personnes/<int:pk>/motifs/", views.read_grounds, name="grounds"),
    path("personnes/<int:pk>/eligibilite/", views.decide_eligibility, name="decide"),
    path("personnes/<int:pk>/demande/", proof_files.request_decision, name="request_decision"),
]
