"""A form that is too old: nothing is saved, and nothing that was typed is lost."""

from uuid import uuid4

from django.test import Client
from django.urls import reverse

from tests import cast


def test_a_form_that_is_too_old_gives_back_what_was_typed(teams: cast.Teams, kuipers: cast.Kuipers) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(teams.sanne)
    adres = reverse("casussen:afspraak", args=[kuipers.casus.pk, uuid4()])
    data = {
        "afspraak-wat": "Ik bel <b>de school</b>.",
        "afspraak-wie": f"helper-{kuipers.ilse.pk}",
        "password": "niet dit",
    }
    antwoord = client.post(adres, data)
    pagina = antwoord.content.decode()
    assert antwoord.status_code == 403
    assert "Ik bel &lt;b&gt;de school&lt;/b&gt;." in pagina
    assert "stond te lang open" in pagina
    assert str(kuipers.ilse.pk) not in pagina
    assert "niet dit" not in pagina
    assert kuipers.casus.afspraken.count() == 5


def test_without_any_text_the_page_only_tells_the_way_back(kuipers: cast.Kuipers) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(kuipers.teams.sanne)
    pagina = client.post(reverse("casussen:vaststellen", args=[kuipers.casus.pk]), {"nummer": 1}).content.decode()
    assert "Ga één stap terug" in pagina
    assert not kuipers.casus.vaststellingen.exists()
