from django.urls import path

from . import views

app_name = "imports"

urlpatterns = [
    path("heures/imports/", views.list_imports, name="list"),
    path("heures/imports/<int:pk>/", views.show_import, name="import"),
    path("heures/imports/<int:pk>/colonnes/", views.tell_columns, name="columns"),
    path("heures/imports/<int:pk>/choix/", views.settle_doubts, name="settle"),
    path("heures/imports/<int:pk>/importer/", views.accept_import, name="accept"),
    path("heures/imports/<int:pk>/relire/", views.check_again, name="check"),
    path("heures/imports/<int:pk>/annuler/", views.undo_import, name="undo"),
    path("heures/imports/<int:pk>/abandonner/", views.drop_import, name="drop"),
]
