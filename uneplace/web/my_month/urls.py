from django.urls import path

from . import views

app_name = "my_month"

urlpatterns = [
    path("mon-mois/", views.answer, name="answer"),
    path("mon-mois/fin/", views.leave, name="leave"),
    path("mon-mois/nouveau/", views.renew_session, name="renew_session"),
    path("mois/<str:token>/", views.open_link, name="open"),
    path("mois/<str:token>/nouveau/", views.renew_link, name="renew"),
]
