from django import forms


class LinkForm(forms.Form):
    """Where a link is sent."""

    email = forms.EmailField(
        label="Adresse électronique de l’entreprise",
        help_text="Celle de quelqu’un que vous connaissez\u00a0: qui ouvre le lien répond pour l’entreprise.",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        max_length=254,
    )
