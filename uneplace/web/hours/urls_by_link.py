from django.urls import path

from .views import by_link, differences, documents

app_name = "by_link_hours"

urlpatterns = [
    path("par-lien/releve/", by_link.declare_statement, name="statement"),
    path("par-lien/releve/confirmer/", differences.confirm_by_link, name="confirm"),
    path("par-lien/releve/pieces/<int:pk>/", documents.send_by_link, name="document"),
]
