from django.urls import path

from . import views

app_name = "settlement"

urlpatterns = [
    path("penalites/", views.cases, name="list"),
    path("penalites/<int:pk>/", views.case, name="case"),
    path("penalites/<int:pk>/echange/", views.record_exchange, name="record_exchange"),
    path("penalites/<int:pk>/exoneration/", views.propose_relief, name="propose_relief"),
    path("penalites/<int:pk>/mise-en-demeure/", views.give_notice, name="give_notice"),
    path("penalites/<int:pk>/application/", views.apply_penalty, name="apply_penalty"),
    path("penalites/<int:pk>/renoncement/", views.waive_penalty, name="waive_penalty"),
    path("penalites/<int:pk>/cloture/", views.close_case, name="close_case"),
    path("clauses/<int:pk>/cloture/", views.close_clause, name="close_clause"),
    path("engagements/<int:pk>/ecart/", views.open_case, name="open_case"),
]
