from django.urls import path

from . import views

app_name = "reference"

urlpatterns = [
    path("referentiels/communes/", views.list_communes, name="communes"),
    path("referentiels/metiers/", views.list_jobs, name="jobs"),
    path("referentiels/cpv/", views.list_cpv_codes, name="cpv"),
]
