from django.urls import path

from .views import clause, clauses, contracts, imports, lists

app_name = "contracts"

urlpatterns = [
    path("marches/", lists.list_contracts, name="list"),
    path("marches/export.csv", lists.export_contracts, name="export"),
    path("marches/importer/", imports.import_award_data, name="import"),
    path("marches/nouveau/", contracts.type_contract, name="type_contract"),
    path("marches/<int:pk>/", contracts.show_contract, name="contract"),
    path("marches/<int:pk>/modifier/", contracts.edit_contract, name="edit_contract"),
    path("marches/<int:pk>/lots/nouveau/", contracts.add_lot, name="add_lot"),
    path("lots/<int:pk>/clause/", clauses.open_clause, name="open_clause"),
    path("clauses/<int:pk>/", clause.show_clause, name="clause"),
    path("clauses/<int:pk>/contrats-de-travail/", clause.list_placements, name="placements"),
    path("clauses/<int:pk>/releves/", clause.list_statements, name="statements"),
    path("clauses/<int:pk>/historique/", clause.show_history, name="history"),
    path("clauses/<int:pk>/modifier/", clauses.edit_clause, name="edit_clause"),
    path("clauses/<int:pk>/partage/", clauses.share_clause, name="share"),
    path("clauses/<int:pk>/valider/", clauses.validate_clause, name="validate"),
    path("engagements/<int:pk>/inviter/", clauses.invite_company, name="invite"),
]
