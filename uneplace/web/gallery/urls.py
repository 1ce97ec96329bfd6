from django.urls import path

from . import views

app_name = "gallery"

urlpatterns = [path("composants/", views.components, name="components")]
