from django.core.mail import EmailMessage
from playwright.sync_api import expect

from tests.plugin.browser import NARROW
from uneplace.kit.mail_files import EmailBackend


def test_a_mail_is_opened_on_a_phone(open_page, axe, settings):
    settings.EMAIL_BACKEND = "uneplace.kit.mail_files.EmailBackend"
    settings.UNEPLACE_DEMO = True
    body = "Bonjour,\n\nVotre relevé vous est renvoyé :\nhttp://localhost:8000/heures/12/\n"
    message = EmailMessage("Relevé de février à corriger", body, to=["lea.durand@entreprise.exemple.fr"])
    EmailBackend().send_messages([message])

    page = open_page(size=NARROW)
    page.goto("/dev/mails")
    axe(page)
    assert page.evaluate("() => document.documentElement.scrollWidth") <= NARROW["width"]
    page.get_by_role("link", name="Relevé de février à corriger").click()
    expect(page.get_by_text("Votre relevé vous est renvoyé")).to_be_visible()
    axe(page)
