"""The parts that every page is made of: template tags, form fields and the pages for what goes wrong."""

from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client

from casussen.templatetags import onderdelen


def toon(bron: str, **context: object) -> str:
    return Template("{% load onderdelen %}" + bron).render(Context(context))


class Formulier(forms.Form):
    naam = forms.CharField(label="Naam van het gezin", help_text="Zoals het gezin zichzelf noemt.")
    tekst = forms.CharField(label="Waarom?", widget=forms.Textarea)
    soort = forms.ChoiceField(label="Jeugd of Wmo?", choices=[("jeugd", "Jeugd"), ("wmo", "Wmo")])
    weet = forms.ChoiceField(label="Weet het gezin dit?", choices=[("ja", "Ja")], widget=forms.RadioSelect)
    doet = forms.MultipleChoiceField(
        label="Dit doet Sanne", choices=[("plan", "Plannen")], widget=forms.CheckboxSelectMultiple
    )
    past = forms.BooleanField(label="Er helpen twee organisaties.")
    versie = forms.IntegerField(widget=forms.HiddenInput, initial=3)


def test_an_icon_comes_from_the_sprite_and_is_hidden_from_screen_readers() -> None:
    html = toon('{% icoon "check" "hr-icon--lg" %}')
    assert 'class="hr-icon hr-icon--lg"' in html
    assert 'href="/static/iconen.svg#check"' in html
    assert 'aria-hidden="true"' in html


def test_a_misspelled_icon_is_an_error() -> None:
    with pytest.raises(ValueError, match="chekc"):
        toon('{% icoon "chekc" %}')


@pytest.mark.parametrize(
    "namen",
    [
        [teken for teken, _woord in onderdelen.STANDEN.values()],
        [teken for teken, _woord in onderdelen.OORDELEN.values()],
        [teken for _vorm, teken, _woord in onderdelen.WIE.values()],
        list(onderdelen.MELDING_ICONEN.values()),
    ],
)
def test_every_icon_that_a_tag_uses_is_in_the_sprite(namen: list[str]) -> None:
    assert set(namen) <= onderdelen.icoon_namen()


def test_an_avatar_has_the_shape_of_the_person_and_escapes_the_initials() -> None:
    html = toon('{% avatar p "sm" %}', p=SimpleNamespace(initialen="<b", vorm="netwerk"))
    assert "hr-avatar--netwerk hr-avatar--sm" in html
    assert "&lt;b" in html


def test_a_state_is_sign_word_and_colour() -> None:
    html = toon('{% status "wacht" %}')
    assert "hr-status--wacht" in html
    assert "#clock" in html
    assert "Wacht op antwoord" in html


def test_a_state_takes_other_words_and_another_sign() -> None:
    html = toon('{% status "vraag" "Erbij" "plus" %}')
    assert "#plus" in html
    assert "Erbij" in html
    assert "#question" not in html


@pytest.mark.parametrize(
    ("waarde", "woord"), [("intake", "Eerste gesprek"), ("samen", "Samen"), ("professionals", "Door helpers")]
)
def test_who_fills_in_is_said_in_words(waarde: str, woord: str) -> None:
    assert woord in toon("{% wie waarde %}", waarde=waarde)


def test_a_judgement_is_sign_and_word() -> None:
    html = toon('{% oordeel "deels" %}')
    assert "#half" in html
    assert "Deels" in html


def test_the_small_path_is_read_aloud_as_words() -> None:
    html = toon("{% padje 2 %}")
    assert 'aria-label="2 van 7 stappen klaar"' in html
    assert html.count("hr-padje__steen--klaar") == 2
    assert html.count('"hr-padje__steen') == 7


def test_a_telephone_number_calls_without_its_spaces_and_dashes() -> None:
    assert 'href="tel:0850000011">085-0000 011</a>' in toon('{% telefoon "085-0000 011" %}')


@pytest.mark.parametrize(("niveau", "soort"), [("success", "ok"), ("error", "error"), ("", "info")])
def test_a_message_of_django_becomes_an_alert(niveau: str, soort: str) -> None:
    assert onderdelen.meldingsoort(niveau) == soort


def test_the_path_says_of_each_step_how_it_stands() -> None:
    standen = ["klaar", "nu", "begonnen", "leeg"]
    stappen = [
        {"nummer": nummer, "titel": f"Stap {staat}", "url": f"/{nummer}/", "staat": staat}
        for nummer, staat in enumerate(standen, start=1)
    ]
    html = render_to_string("onderdelen/pad.html", {"stappen": stappen})
    for woord in ("klaar", "nu bezig", "begonnen", "nog leeg"):
        assert f">{woord}</span>" in html
    assert html.count('aria-current="step"') == 1


def test_an_empty_form_shows_no_mistakes() -> None:
    html = "".join(veld.as_field_group() for veld in Formulier())
    assert "aria-invalid" not in html
    assert "utrecht-form-field-error-message" not in html


def test_a_mistake_is_tied_to_its_field() -> None:
    form = Formulier({"naam": "", "tekst": "Milan wil naar huis."})
    html = form["naam"].as_field_group()
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_naam_helptext id_naam_error"' in html
    assert 'id="id_naam_error"' in html
    assert 'id="id_naam_helptext"' in html
    assert "Milan wil naar huis." in form["tekst"].as_field_group()


def test_a_choice_stands_in_a_fieldset_that_names_the_question_and_the_mistake() -> None:
    html = Formulier({})["weet"].as_field_group()
    assert "<fieldset" in html
    assert "Weet het gezin dit?</legend>" in html
    assert 'aria-describedby="id_weet_error"' in html


def test_the_words_of_a_checkbox_are_its_label_once() -> None:
    html = Formulier()["past"].as_field_group()
    assert html.count("Er helpen twee organisaties.") == 1
    assert '<label class="hr-option" for="id_past">' in html


def test_no_widget_writes_its_class_twice() -> None:
    class MetKlasse(forms.Form):
        naam = forms.CharField(widget=forms.TextInput(attrs={"class": "hr-textbox--lg"}))

    html = str(MetKlasse()["naam"])
    assert html.count("class=") == 1
    assert "utrecht-textbox--html-input hr-textbox--lg" in html


def test_the_error_summary_links_to_each_field_and_keeps_quiet_without_mistakes() -> None:
    html = render_to_string("onderdelen/foutoverzicht.html", {"form": Formulier({})})
    assert 'href="#id_naam"' in html
    assert 'href="#id_weet_0"' in html
    assert "Wat je typte, staat er nog." in html
    assert render_to_string("onderdelen/foutoverzicht.html", {"form": Formulier()}).strip() == ""


def test_a_hidden_field_looks_like_nothing() -> None:
    assert "utrecht" not in str(Formulier()["versie"])


@pytest.mark.parametrize("naam", ["400.html", "403.html", "404.html", "500.html", "csrf_403.html"])
def test_every_error_page_can_be_made_without_a_request(naam: str) -> None:
    html = render_to_string(naam)
    assert '<html lang="nl">' in html
    assert "<h1" in html
    assert "style=" not in html
    assert "onclick" not in html


@pytest.mark.django_db
def test_the_login_page_holds_nothing_that_the_security_policy_forbids(client: Client) -> None:
    html = client.get("/inloggen/").content.decode()
    assert "style=" not in html
    assert "<script>" not in html
    assert "Kreeg u een link?" in html


@pytest.mark.django_db
def test_a_wrong_password_is_said_and_the_address_is_kept(client: Client) -> None:
    html = client.post("/inloggen/", {"login": "sanne@wijkteam.example", "password": "fout"}).content.decode()
    assert "Inloggen lukte niet." in html
    assert 'value="sanne@wijkteam.example"' in html
