from django.apps import AppConfig


class TestPluginConfig(AppConfig):
    name = "tests.plugin"
    label = "test_plugin"

    def ready(self):
        from tests.plugin.scope import watch

        watch()
