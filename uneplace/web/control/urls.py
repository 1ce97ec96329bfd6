from django.urls import path

from .views import difficulties, good_faith, steps

app_name = "control"

urlpatterns = [
    path("penalites/<int:pk>/relance/", steps.remind, name="remind"),
    path("penalites/<int:pk>/courrier/", steps.write, name="write"),
    path("penalites/<int:pk>/exoneration/reponse/", steps.answer_relief, name="answer_relief"),
    path("penalites/<int:pk>/decompte/", steps.prepare_account, name="prepare_account"),
    path("courriers/<int:pk>/courrier.pdf", steps.notice_pdf, name="notice_pdf"),
    path("engagements/<int:pk>/difficulte/", difficulties.declare, name="declare"),
    path("difficultes/<int:pk>/", difficulties.show, name="difficulty"),
    path("difficultes/<int:pk>/retrait/", difficulties.withdraw, name="withdraw"),
    path("engagements/<int:pk>/recherches/", good_faith.show, name="good_faith"),
    path("engagements/<int:pk>/recherches.pdf", good_faith.paper, name="good_faith_pdf"),
    path("engagements/<int:pk>/reunions/noter/", good_faith.note, name="note_meeting"),
]
