"""More families for one helper: for the tests of the page over all of them."""

from uuid import uuid4

from casussen.acties import afspraken, deelnemers, regie
from casussen.acties.casus import begin_casus
from casussen.acties.evaluaties import plan_evaluatie
from casussen.acties.vaststellen import stel_vast
from casussen.models import Afspraak, Deelnemer, Professional
from tests.cast import Kuipers


def nog_een_gezin(k: Kuipers, naam: str, aantal: int = 1, versies: int = 1) -> tuple[Deelnemer, list[Afspraak]]:
    """Ruben helps another family of Sanne too, with so many agreements, fixed so many times; out: part, agreements."""
    casus = begin_casus(
        door=k.door, pk=uuid4(), naam=naam, soort="jeugd", team=k.teams.noord, coordinator=k.teams.sanne
    )
    assert k.ruben.professional is not None
    deel = deelnemers.voeg_professional_toe(
        door=k.door, casus=casus, pk=uuid4(), professional=k.ruben.professional, velden={"waarvoor": f"helpt {naam}"}
    )
    zij = deelnemers.voeg_professional_toe(door=k.door, casus=casus, pk=uuid4(), professional=_sanne(k))
    regie.wijs_aan(door=k.door, casus=casus, functie="regievoerder", deelnemer=zij)
    plan_evaluatie(
        door=k.door, casus=casus, pk=uuid4(), versie=0, velden={"datum": k.evaluatie.datum, "waar": "op school"}
    )
    rijen = [
        afspraken.zet_afspraak(
            door=k.door, casus=casus, pk=uuid4(), versie=0,
            velden={"deelnemer": deel, "wat": f"Ik help {naam} met {nummer}."},
        )
        for nummer in range(aantal)
    ]  # fmt: skip
    for nummer in range(1, versies + 1):
        if nummer > 1:
            rijen[0] = afspraken.zet_afspraak(
                door=k.door, casus=casus, pk=rijen[0].pk, versie=rijen[0].versie, velden={"wanneer": f"{nummer} keer"}
            )
        stel_vast(door=k.door, casus=casus, nummer=nummer)
    return deel, rijen


def _sanne(k: Kuipers) -> Professional:
    assert k.sanne.professional is not None
    return k.sanne.professional
