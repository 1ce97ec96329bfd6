from django.apps import AppConfig


class TestPluginConfig(AppConfig):
    name = "tests.plugin"
    label = "test_plugin"
