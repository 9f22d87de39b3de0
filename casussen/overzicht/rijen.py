"""Every row that belongs to one casus, found by the database's own structure: a new model cannot be forgotten."""

from collections.abc import Iterator

from django.db import models
from django.db.models.deletion import Collector

from casussen.models import Casus, Vaststelling


def van_casus(casus: Casus) -> list[models.Model]:
    """in: a casus; out: all that goes when the casus goes, and its requests (of which a row stays in the register)."""
    verzamelaar = Collector(using="default", origin=casus)
    verzamelaar.collect([casus])
    groepen = [*verzamelaar.data.values(), *verzamelaar.fast_deletes]
    # The collector loads keys only; one query per kind gets the rest.
    volledig = [
        rij
        for groep in groepen
        if groep
        for model in {type(rij) for rij in groep}
        for rij in model._default_manager.filter(pk__in=[rij.pk for rij in groep])
    ]
    return [*volledig, *casus.verzoeken.all()]


def per_model(rijen: list[models.Model]) -> dict[type[models.Model], list[models.Model]]:
    """in: rows; out: the same by model, by name of the model, each model's rows in the order in which they came."""
    gevonden: dict[type[models.Model], list[models.Model]] = {}
    for rij in sorted(rijen, key=lambda rij: (type(rij).__name__, str(getattr(rij, "gemaakt_op", "")), str(rij.pk))):
        gevonden.setdefault(type(rij), []).append(rij)
    return gevonden


def tekstvelden(model: type[models.Model]) -> Iterator[str]:
    """in: a model; out: its fields in which people type freely (no choices, codes, hashes or keys)."""
    for veld in model._meta.concrete_fields:
        is_tekst = isinstance(veld, models.CharField | models.TextField) and not isinstance(veld, models.SlugField)
        if is_tekst and not (veld.choices or veld.unique or veld.name.endswith("_hash")):
            yield veld.name


def versies(casus: Casus) -> list[Vaststelling]:
    """in: a casus; out: its fixed versions, the first one first."""
    return list(casus.vaststellingen.select_related("door").order_by("nummer"))
