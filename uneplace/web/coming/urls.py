from django.urls import path

from .views import answers, awards, coming, requests, texts

app_name = "coming"

urlpatterns = [
    path("clauses-a-venir/", coming.list_coming, name="list"),
    path("clauses-a-venir/nouvelle/", requests.ask_clause, name="ask"),
    path("clauses-a-venir/<int:pk>/", coming.show_coming, name="coming"),
    path("clauses-a-venir/<int:pk>/modifier/", requests.change_request, name="change"),
    path("clauses-a-venir/<int:pk>/abandon/", requests.drop_coming, name="drop"),
    path("clauses-a-venir/<int:pk>/consultation/", requests.launch_consultation, name="launch"),
    path("clauses-a-venir/<int:pk>/reponse/", answers.answer_with_clause, name="answer"),
    path("clauses-a-venir/<int:pk>/sans-clause/", answers.answer_without_clause, name="no_clause"),
    path("clauses-a-venir/<int:pk>/attribution/", awards.award_coming, name="award"),
    path("clauses-a-venir/<int:pk>/textes/", texts.download_texts, name="download"),
    path("lots/<int:pk>/marche-a-venir/", awards.resume_coming, name="resume"),
    path("textes-de-clause/", texts.list_texts, name="texts"),
    path("textes-de-clause/<slug:family>/<slug:document>/", texts.edit_text, name="text"),
]
