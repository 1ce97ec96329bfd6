from django.urls import path

from .views import placements, statements

app_name = "hours"

urlpatterns = [
    path("heures/", statements.list_statements, name="list"),
    path("releves/<int:pk>/", statements.show_statement, name="statement"),
    path("releves/<int:pk>/declarer/", statements.declare_statement, name="declare"),
    path("releves/<int:pk>/renvoyer/", statements.return_statement, name="return"),
    path("releves/<int:pk>/valider/", statements.validate_statement, name="validate"),
    path("contrats-de-travail/<int:pk>/", placements.show_placement, name="placement"),
    path("contrats-de-travail/<int:pk>/confirmer/", placements.confirm_placement, name="confirm_placement"),
    path("candidatures/<int:pk>/contrat/", placements.record_placement, name="record_placement"),
]
