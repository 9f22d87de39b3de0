"""An address that turns out to be wrong: the link that went there opens nothing any more."""

from django.test import Client

from casussen.acties.adresboek import wijzig_in_adresboek
from casussen.acties.deelnemers import zet_netwerklid
from casussen.acties.gezin import zet_gezinslid
from casussen.acties.vaststellen import stel_vast
from casussen.models import Deelnemer, Gezinslid, Toegangslink
from tests.cast import Kuipers
from tests.taaklink import token


def _opent(client: Client, soort: str, aan: Deelnemer | Gezinslid) -> str:
    """A link that opens now."""
    pad = f"/{soort}/{token(aan)}/"
    assert client.get(pad).status_code == 200
    return pad


def test_a_helper_with_another_address_loses_the_old_link(client: Client, kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    pad, ilse = _opent(client, "t", kuipers.ilse), kuipers.ilse.professional
    assert ilse is not None
    wijzig_in_adresboek(
        door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.ilse, versie=ilse.versie,
        velden={"telefoon": "085-0000 099"},
    )  # fmt: skip
    assert client.get(pad).status_code == 200
    ilse.refresh_from_db()
    wijzig_in_adresboek(
        door=kuipers.door, casus=kuipers.casus, deelnemer=kuipers.ilse, versie=ilse.versie,
        velden={"email": "ilse@debrug.example"},
    )  # fmt: skip
    assert client.get(pad).status_code == 410


def test_somebody_of_the_family_with_another_address_loses_the_old_link(client: Client, kuipers: Kuipers) -> None:
    stel_vast(door=kuipers.door, casus=kuipers.casus, nummer=1)
    pad = _opent(client, "o", kuipers.bart)
    zet_gezinslid(
        door=kuipers.door, casus=kuipers.casus, pk=kuipers.bart.pk, versie=kuipers.bart.versie,
        velden={"email": "b.kuipers@gezin.example"},
    )  # fmt: skip
    assert client.get(pad).status_code == 410


def test_a_friend_of_the_family_with_another_address_loses_the_old_link(kuipers: Kuipers) -> None:
    henk = kuipers.casus.deelnemers.get(netwerklid__isnull=False)
    token(henk)
    zet_netwerklid(
        door=kuipers.door, casus=kuipers.casus, pk=henk.pk, versie=henk.versie,
        persoon={"email": "henk@opa.example"}, velden={},
    )  # fmt: skip
    assert Toegangslink.objects.get(deelnemer=henk).ingetrokken_op is not None
