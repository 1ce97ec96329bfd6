from django.urls import path

from . import views

app_name = "people"

urlpatterns = [
    path("personnes/", views.list_people, name="list"),
    path("personnes/<int:pk>/", views.show_participant, name="participant"),
    path("personnes/<int:pk>/modifier/", views.correct_participant, name="correct"),
    path("personnes/<int:pk>/motifs/", views.read_grounds, name="grounds"),
    path("personnes/<int:pk>/eligibilite/", views.decide_eligibility, name="decide"),
]
