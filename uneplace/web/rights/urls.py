from django.urls import path

from .views import papers

app_name = "rights"

urlpatterns = [
    path("information/", papers.information, name="information"),
    path("information.pdf", papers.information_pdf, name="information_pdf"),
]
