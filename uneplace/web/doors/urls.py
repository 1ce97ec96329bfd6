from django.urls import path

from . import views

app_name = "doors"

urlpatterns = [
    path("lien/fin/", views.leave, name="leave"),
    path("lien/nouveau/", views.renew_session, name="renew_session"),
    path("lien/<str:token>/", views.open_link, name="open"),
    path("lien/<str:token>/nouveau/", views.renew_link, name="renew"),
]
