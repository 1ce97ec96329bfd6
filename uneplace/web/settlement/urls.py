from django.urls import path

from .views import cases, ends

app_name = "settlement"

urlpatterns = [
    path("penalites/", cases.cases, name="list"),
    path("penalites/<int:pk>/", cases.case, name="case"),
    path("penalites/<int:pk>/echange/", cases.record_exchange, name="record_exchange"),
    path("penalites/<int:pk>/exoneration/", cases.propose_relief, name="propose_relief"),
    path("penalites/<int:pk>/mise-en-demeure/", cases.give_notice, name="give_notice"),
    path("penalites/<int:pk>/application/", cases.apply_penalty, name="apply_penalty"),
    path("penalites/<int:pk>/renoncement/", cases.waive_penalty, name="waive_penalty"),
    path("penalites/<int:pk>/cloture/", cases.close_case, name="close_case"),
    path("clauses/<int:pk>/fin/", ends.note, name="note_end"),
    path("clauses/<int:pk>/reprise/", ends.take_back, name="take_back_end"),
    path("clauses/<int:pk>/cloture/", ends.close, name="close_clause"),
    path("engagements/<int:pk>/ecart/", cases.open_case, name="open_case"),
]
