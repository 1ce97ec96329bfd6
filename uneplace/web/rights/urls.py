from django.urls import path

from .views import papers, requests

app_name = "rights"

urlpatterns = [
    path("information/", papers.information, name="information"),
    path("information.pdf", papers.information_pdf, name="information_pdf"),
    path("durees-de-conservation/", papers.retention, name="retention"),
    path("registre-des-traitements/", papers.processing, name="processing"),
    path("personnes/bientot-anonymisees/", papers.soon, name="soon"),
    path("personnes/<int:pk>/droits/", requests.person, name="person"),
    path("personnes/<int:pk>/droits/demander/", requests.record_request, name="record"),
    path("personnes/<int:pk>/donnees/", requests.everything, name="everything"),
    path("personnes/<int:pk>/garder/", requests.keep, name="keep"),
    path("personnes/<int:pk>/lever-la-limite/", requests.lift, name="lift"),
    path("demandes/<int:pk>/", requests.answer, name="answer"),
]
