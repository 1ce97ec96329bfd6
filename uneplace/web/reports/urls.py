from django.urls import path

from . import views

app_name = "reports"

urlpatterns = [
    path("bilans/", views.bilan, name="bilan"),
    path("bilans/<int:year>/", views.bilan, name="bilan"),
    path("bilans/<int:year>/bilan.pdf", views.bilan_pdf, name="bilan_pdf"),
    path("bilans/<int:year>/bilan.xlsx", views.bilan_xlsx, name="bilan_xlsx"),
]
