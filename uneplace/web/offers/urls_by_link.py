from django.urls import path

from .views import by_link

app_name = "by_link"

urlpatterns = [
    path("par-lien/fiche/", by_link.show_sheet, name="sheet"),
    path("par-lien/fiche/accord/", by_link.agree, name="agree"),
    path("par-lien/fiche/modifier/", by_link.revise, name="revise"),
    path("par-lien/fiche/autres/", by_link.ask_for_others, name="ask_for_others"),
    path("par-lien/candidatures/<int:pk>/choisir/", by_link.choose, name="choose"),
    path("par-lien/candidatures/<int:pk>/ne-pas-retenir/", by_link.decline, name="decline"),
    path("par-lien/candidatures/<int:pk>/entretien/", by_link.propose_meeting, name="meeting"),
    path("par-lien/candidatures/<int:pk>/entretien/moment/", by_link.accept_meeting, name="accept_meeting"),
    path("par-lien/candidatures/<int:pk>/entretien.ics", by_link.meeting_file, name="meeting_file"),
    path("par-lien/candidatures/<int:pk>/cv/", by_link.open_cv, name="cv"),
]
