"""The components: what they draw, what they escape, and that each of them is shown and explained."""

import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.template import RequestContext, Template
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler

from uneplace.rules.explanation import CONTRACT, SUM, Source, as_json, step

TEMPLATES = Path(settings.BASE_DIR) / "uneplace" / "templates"
COMPONENTS = sorted(path for path in (TEMPLATES / "cotton").glob("*.html") if not path.name.startswith("_"))
HOSTILE = "<script>alert(1)</script>"


def draw(source, **context):
    """The HTML that a page would hold."""
    request = RequestFactory().get("/marches/", {"etat": "RETARD"})
    return Template(CottonCompiler().process("{% load ui %}" + source)).render(
        RequestContext(request, context)
    )


class Sample(forms.Form):
    hours = forms.DecimalField(label="Heures travaillées", help_text="Par exemple 151,67.", localize=True)
    name = forms.CharField(label="Nom", required=False)
    kind = forms.ChoiceField(label="Contrat", choices=[("CDI", "CDI"), ("CDD", "CDD")])
    choice = forms.ChoiceField(
        label="Décision", choices=[("A", "Retenir"), ("B", "Écarter")], widget=forms.RadioSelect
    )
    boxes = forms.MultipleChoiceField(
        label="Permis", choices=[("B", "B"), ("C", "C")], widget=forms.CheckboxSelectMultiple, required=False
    )
    agrees = forms.BooleanField(label="Accord donné")
    cv = forms.FileField(label="CV", help_text="PDF, 10 Mo au plus.", required=False)
    secret = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_says_how_to_use_it_and_declares_its_attributes(path):
    text = path.read_text(encoding="utf-8")
    head = text.split("<c-vars")[0]
    assert "{#" in head or "{% comment %}" in head
    # An attribute without a default would be read in the page around the component.
    declared = re.search(r"<c-vars\s([^>]*?)/>", text)
    assert path.stem == "demo_strip" or declared
    if declared:
        assert all("=" in attribute for attribute in re.sub(r'"[^"]*"', '""', declared[1]).split())


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.stem)
def test_a_component_is_shown_in_the_gallery(path):
    shown = "".join(page.read_text(encoding="utf-8") for page in TEMPLATES.glob("gallery/*.html"))
    shown += "".join(other.read_text(encoding="utf-8") for other in COMPONENTS if other != path)
    shown += "".join(page.read_text(encoding="utf-8") for page in TEMPLATES.glob("layouts/*.html"))
    assert f"<c-{path.stem.replace('_', '-')}" in shown


@pytest.mark.parametrize(
    "source",
    [
        '<c-page-head :title="text" :lead="text" />',
        '<c-page-head title="{{ text }}" />',
        '<c-turn whose="mine" :title="text" :last="text" :holder="text" />',
        '<c-status tone="grey" icon="clock" :word="text" />',
        '<c-empty :title="text">{{ text }}</c-empty>',
        "<c-alert>{{ text }}</c-alert>",
        '<c-keyfig :value="text" :name="text" :order="text" :trend="text" />',
        '<c-timeline-event :title="text" :who="text" />',
        '<c-candidate id="c" :name="text" :by="text" />',
        '<c-person-card id="p" :name="text" :job="text" />',
        '<c-file-row :name="text" :caption="text" />',
        '<c-filters :query="text" :total="text" />',
        '<c-chip :label="text" />',
        '<c-calc :explanation="steps" />',
        '<c-bars :rows="rows" />',
        '<c-parts :label="text" :rows="rows" />',
    ],
)
def test_what_people_typed_is_escaped_once(source):
    steps = [{"text": HOSTILE, "value": HOSTILE, "source": {"kind": "fait", "label": HOSTILE, "url": ""}}]
    html = draw(source, text=HOSTILE, steps=steps, rows=[(HOSTILE, 1, HOSTILE)])
    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert "&amp;lt;" not in html


def test_nothing_leaks_from_the_page_into_a_component():
    html = draw(
        '<c-page-head title="Marchés" /><c-status kind="clause" value="DRAFT" />', lead="fuite", word="fuite"
    )
    assert "fuite" not in html


def test_status_takes_its_words_from_the_table():
    html = draw('<c-status kind="eligibility" value="ELIGIBLE" word="Éligible jusqu’au 3 mars" />')
    assert 'class="status status-green"' in html
    assert "Éligible jusqu’au 3 mars" in html
    assert 'aria-hidden="true"' in html


class TestTurn:
    def test_mine_has_the_one_main_button(self):
        html = draw(
            '<c-turn whose="mine" title="C’est à vous" holder="Maëlle Cardinet" verb="Contrôler" url="/x/" />'
        )
        assert '<a class="btn btn-primary" href="/x/">Contrôler</a>' in html
        assert ">MC</span>" in html
        assert "turn-mine" in html

    def test_the_others_turn_has_no_main_button(self):
        html = draw('<c-turn whose="other" title="Au tour de X" holder="X" verb="Relancer" url="/x/" />')
        assert "btn-primary" not in html

    def test_a_turn_of_the_application_gives_everything(self):
        turn = SimpleNamespace(
            whose="late",
            title="C’est à vous",
            holder="",
            before=None,
            last="relevé reçu.",
            verb="Lire",
            url="/y/",
        )
        html = draw('<c-turn :turn="turn" />', turn=turn)
        assert "turn-late" in html
        assert "Dernière action\u00a0: relevé reçu." in html
        assert 'href="/y/"' in html


class TestField:
    def test_the_hint_and_the_error_describe_the_input(self):
        html = draw('<c-field :field="form.hours" suffix="heures" />', form=Sample({"hours": "cent"}))
        assert 'aria-describedby="id_hours_helptext id_hours_error"' in html
        assert 'aria-invalid="true"' in html
        assert 'id="id_hours_helptext"' in html
        assert 'id="id_hours_error"' in html
        assert 'value="cent"' in html
        assert html.index("id_hours_error") < html.index("<input")

    def test_what_is_not_required_says_so(self):
        form = Sample()
        assert "facultatif" in draw('<c-field :field="form.name" />', form=form)
        assert "facultatif" not in draw('<c-field :field="form.hours" />', form=form)

    def test_a_select_and_a_number_have_their_look(self):
        form = Sample()
        assert 'class="form-select"' in draw('<c-field :field="form.kind" />', form=form)
        assert 'class="form-control is-number"' in draw('<c-field :field="form.hours" />', form=form)

    @pytest.mark.parametrize("look", ["", "seg"])
    def test_radios_are_a_group_with_one_choice(self, look):
        html = draw(f'<c-field :field="form.choice" look="{look}" />', form=Sample({"choice": "B"}))
        assert "<fieldset" in html
        assert "Décision" in html.split("</legend>")[0]
        assert html.count("checked") == 1
        assert re.search(r'value="B" id="id_choice_1" checked', html)

    def test_boxes_keep_what_was_ticked(self):
        html = draw('<c-field :field="form.boxes" />', form=Sample({"boxes": ["C"]}))
        assert re.search(r'type="checkbox" name="boxes" value="C" id="id_boxes_1" checked', html)
        assert html.count("checked") == 1

    def test_a_file_states_its_limits_and_keeps_its_name(self):
        html = draw('<c-field :field="form.cv" accept=".pdf" />', form=Sample())
        assert "PDF, 10\u00a0Mo au plus." in html or "PDF, 10 Mo au plus." in html
        assert 'accept=".pdf"' in html
        assert 'type="file"' in html

    def test_a_hidden_field_has_no_label(self):
        assert "<label" not in draw('<c-field :field="form.secret" />', form=Sample())


class TestFormErrors:
    def test_every_line_leads_to_its_field(self):
        form = Sample({"hours": "cent"})
        form.add_error(None, "Ce mois est déjà validé.")
        html = draw('<c-form-errors :form="form" />', form=form)
        targets = re.findall(r'href="#([^"]+)"', html)
        assert targets == ["id_hours", "id_kind", "id_choice_0", "id_agrees", "id_secret"]
        assert "Ce mois est déjà validé." in html
        fields = "".join(draw(f'<c-field :field="form.{field.name}" />', form=form) for field in form)
        assert all(f'id="{target}"' in fields for target in targets)

    def test_nothing_wrong_draws_nothing(self):
        assert draw('<c-form-errors :form="form" />', form=Sample()).strip() == ""

    def test_the_members_of_a_formset_are_told_apart(self):
        members = forms.formset_factory(Sample, extra=0)
        formset = members({"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "1", "form-0-hours": "cent"})
        html = draw('<c-form-errors :formset="formset" />', formset=formset)
        assert 'href="#id_form-0-hours"' in html


def test_why_opens_the_steps_with_their_sources():
    explanation = as_json(
        [
            step(
                "Part de la main-d’œuvre",
                "50 %",
                Source("usage", "Repère de la profession", "https://exemple.fr/"),
            ),
            step("Part réservée", "7 %", CONTRACT),
            step("Heures dues", "2 100 h", SUM),
        ]
    )
    html = draw(
        '<c-why title="Pourquoi 2 100 h ?" :explanation="steps" in_clear="300 jours" />', steps=explanation
    )
    assert "<details" in html
    assert " open" not in html.split("<summary>")[0]
    assert "Usage" in html
    assert "Ce marché" in html
    assert 'href="https://exemple.fr/"' in html
    assert html.count('class="total"') == 1
    assert "En clair\u00a0: 300 jours" in html


def test_a_pager_keeps_the_filters_and_says_where_it_is():
    html = draw('<c-pager :page="page" />', page=Paginator(range(176), 50).get_page(2))
    assert "51 à 100 sur 176" in html
    assert "etat=RETARD&amp;page=3" in html
    assert html.count('aria-current="page"') == 1


def test_a_single_page_needs_no_pager():
    assert draw('<c-pager :page="page" />', page=Paginator(range(3), 50).get_page(1)).strip() == ""


@pytest.mark.parametrize(
    ("filled", "waiting", "total", "drawn", "words"),
    [
        (0, 0, 2, 2, "2 places à pourvoir"),
        (2, 1, 4, 4, "2 places pourvues sur 4, 1 en cours"),
        (1, 0, 1, 1, "1 place pourvue sur 1"),
        (3, 0, 12, 0, "3 places pourvues sur 12"),
    ],
)
def test_places(filled, waiting, total, drawn, words):
    html = draw('<c-places :filled="f" :waiting="w" :total="t" />', f=filled, w=waiting, t=total)
    assert html.count("<svg") == drawn
    assert words in html.replace("\u00a0", " ")


def test_a_filter_that_is_on_says_how_to_remove_it():
    html = draw('<c-chip url="/marches/" label="En retard" :count="9" on />')
    assert 'aria-current="true"' in html
    assert "enlever ce filtre" in html


def test_search_carries_along_the_other_parameters():
    html = draw('<c-filters label="Filtrer" keep="etat" />')
    assert '<input type="hidden" name="etat" value="RETARD">' in html


@pytest.mark.parametrize(("sort", "order", "link"), [("", None, "tri=due"), ("due", "ascending", "tri=-due")])
def test_a_column_head_sorts(sort, order, link):
    html = draw('<c-sort-header label="Dues" key="due" :sort="sort" num />', sort=sort)
    assert link in html
    assert ("aria-sort" in html) == bool(order)


TRADE = [path for path in TEMPLATES.rglob("*.html") if "mails" not in path.parts]


@pytest.mark.parametrize("path", TRADE, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_template_holds_no_style_no_script_and_trusts_nobody(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"\|\s*safe\b|autoescape off", text)
    assert not re.search(r"[\u202f\u2192\u2190\u2248\u2264\u2265]", text), "the font has no such sign"


TAG = re.compile(r"<c-(?!vars|slot)([a-z-]+)((?:\s+[^\s=/>]+(?:=(?:\"[^\"]*\"|\S+?))?)*)\s*/?>")
ATTRIBUTE = re.compile(r"([^\s=]+)(?:=(\"[^\"]*\"|\S+))?")


def declared_by(component):
    text = (TEMPLATES / "cotton" / f"{component.replace('-', '_')}.html").read_text(encoding="utf-8")
    variables = re.search(r"<c-vars\s([^>]*?)/>", text)
    return {name.lstrip(":") for name, _ in ATTRIBUTE.findall(variables[1])} if variables else set()


def without_comments(text):
    return re.sub(r"{%\s*comment\s*%}.*?{%\s*endcomment\s*%}|{#.*?#}", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", TRADE, ids=lambda path: str(path.relative_to(TEMPLATES)))
def test_a_page_gives_components_only_what_they_take(path):
    for component, attributes in TAG.findall(without_comments(path.read_text(encoding="utf-8"))):
        given = ATTRIBUTE.findall(attributes)
        names = {name.lstrip(":") for name, _ in given}
        assert names <= declared_by(component), (
            f"<c-{component}> does not know {names - declared_by(component)}"
        )
        for name, value in given:
            # A bound attribute is a name, not an expression: a filter needs {{ }}.
            assert not (name.startswith(":") and "|" in value and "{{" not in value), f"{name}={value}"
