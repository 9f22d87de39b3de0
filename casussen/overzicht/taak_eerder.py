"""What an agreement said before, for its owner: from the earlier fixed versions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casussen.models import Deelnemer, Reactie, Vaststelling
from casussen.overzicht.verschil import wanneer

Rijen = list[dict[str, Any]]


@dataclass(frozen=True)
class Eerder:
    """What was different: `wat` and `wanneer` of the text that this owner answered, `van` whose it was before.

    What is the same is empty; `zonder_moment`: it had no moment before.
    """

    wat: str = ""
    wanneer: str = ""
    zonder_moment: bool = False
    van: str = ""


def eerdere_teksten(
    delen: Sequence[Deelnemer],
    laatste: Mapping[UUID, Vaststelling],
    eigen: Mapping[UUID, Rijen],
    reacties: Mapping[UUID, Mapping[int, Reactie]],
) -> dict[UUID, Eerder]:
    """in: the parts of one person, the newest version per casus, the own agreements per part as data, all answers by
    agreement and version of its content; out: what was different before, by agreement. One query, none when nothing
    ever changed.
    """
    casus_van = {rij["id"]: deel.casus_id for deel in delen for rij in eigen[deel.pk] if rij["inhoud_versie"] > 1}
    if not casus_van:
        return {}
    versies: dict[UUID, list[tuple[Rijen, Rijen]]] = {}
    gevonden = Vaststelling.objects.filter(casus__in=set(casus_van.values())).order_by("-nummer")
    for pk, casus, afspraken, mensen in gevonden.values_list("pk", "casus", "inhoud__afspraken", "inhoud__deelnemers"):
        if pk != laatste[casus].pk:
            versies.setdefault(casus, []).append((afspraken, mensen))
    eerder = {}
    for deel in delen:
        for rij in eigen[deel.pk]:
            beantwoord = [versie for versie in reacties.get(UUID(rij["id"]), {}) if versie < rij["inhoud_versie"]]
            eerder[UUID(rij["id"])] = _eerder(rij, max(beantwoord, default=None), versies.get(deel.casus_id, []))
    return {pk: was for pk, was in eerder.items() if was is not None}


def _eerder(rij: dict[str, Any], beantwoord: int | None, versies: list[tuple[Rijen, Rijen]]) -> Eerder | None:
    for afspraken, mensen in versies:
        was = next((oud for oud in afspraken if oud["id"] == rij["id"]), None)
        if was is None or was["inhoud_versie"] == rij["inhoud_versie"]:
            continue
        if was["deelnemer"] == rij["deelnemer"] and was["inhoud_versie"] == beantwoord:
            return _anders(was, rij)
        if was["deelnemer"] != rij["deelnemer"] and beantwoord is None:
            return _van_een_ander(was, mensen)
    return None


def _anders(was: dict[str, Any], nu: dict[str, Any]) -> Eerder:
    moment = wanneer(was)
    anders = moment != wanneer(nu)
    # Changed and changed back: the owner is asked again about the same words.
    return Eerder(
        wat=was["wat"] if was["wat"] != nu["wat"] else "",
        wanneer=moment if anders else "",
        zonder_moment=anders and not moment,
    )


def _van_een_ander(was: dict[str, Any], mensen: Rijen) -> Eerder | None:
    """Whose it was: only a helper about whom, and about whose agreement, helpers may know."""
    ander = next((mens for mens in mensen if mens["id"] == was["deelnemer"]), None)
    if ander is None or not (ander["voor_professionals"] and was["voor_professionals"]):
        return None
    return Eerder(van=ander["naam"])
