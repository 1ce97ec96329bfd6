from django.urls import path

from . import views

app_name = "sizing"

urlpatterns = [path("simuler/", views.simulate, name="simulate")]
