from django.urls import path

from . import views

app_name = "public"

urlpatterns = [
    path("accueil/", views.home, name="home"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("donnees-personnelles/", views.privacy, name="privacy"),
    path("regles/", views.rules, name="rules"),
    path("mentions-legales/", views.legal, name="legal"),
]
