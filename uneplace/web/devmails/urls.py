from django.urls import path

from . import views

app_name = "devmails"
urlpatterns = [
    path("dev/mails", views.mails, name="mails"),
    path("dev/mails/<slug:name>", views.mail, name="mail"),
]
