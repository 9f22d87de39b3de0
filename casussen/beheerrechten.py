"""Who may manage what in /beheer/. A beheerder manages the own organisation; the superuser and the operator all.

Managing never gives a casus to see, and nobody manages the own rights: somebody else does that.
"""

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from casussen.actor import Actor, ActorSoort
from casussen.models import Casus, Lidmaatschap, Logregel, Medewerker, Organisatie, Professional, Team
from casussen.models.organisatie import TeamRol


def beheert_alles(actor: Actor) -> bool:
    """The superuser; the operator."""
    return actor.soort == ActorSoort.OPERATOR or (actor.medewerker is not None and actor.medewerker.is_superuser)


def mag_beheren(actor: Actor) -> bool:
    """Beheerders of any team; the superuser; the operator."""
    return beheert_alles(actor) or bool(actor.teams_met(TeamRol.BEHEERDER))


def organisaties_te_beheren(actor: Actor) -> QuerySet[Organisatie]:
    """Beheerders: the organisation of their team. The superuser and the operator: all."""
    if beheert_alles(actor):
        return Organisatie.objects.all()
    return Organisatie.objects.filter(
        pk__in=Team.objects.filter(pk__in=actor.teams_met(TeamRol.BEHEERDER)).values("organisatie")
    )


def teams_te_beheren(actor: Actor) -> QuerySet[Team]:
    """All teams of the organisations that one manages."""
    return Team.objects.filter(organisatie__in=organisaties_te_beheren(actor))


def adresboek_te_beheren(actor: Actor) -> QuerySet[Professional]:
    """The entries of the organisations that one manages."""
    return Professional.objects.filter(organisatie__in=organisaties_te_beheren(actor))


def medewerkers_te_beheren(actor: Actor) -> QuerySet[Medewerker]:
    """Who ever had a membership in an organisation that one manages, or is in its part of the address book."""
    if beheert_alles(actor):
        return Medewerker.objects.all()
    organisaties = organisaties_te_beheren(actor)
    lid = Lidmaatschap.objects.filter(team__organisatie__in=organisaties).values("medewerker")
    return Medewerker.objects.filter(Q(pk__in=lid) | Q(professional__organisatie__in=organisaties))


def lidmaatschappen_te_beheren(actor: Actor) -> QuerySet[Lidmaatschap]:
    """The memberships in the teams that one manages, the own ones too: those are there to read."""
    return Lidmaatschap.objects.filter(team__in=teams_te_beheren(actor))


def logregels_te_doorzoeken(actor: Actor) -> QuerySet[Logregel]:
    """What happened in casussen of the organisations that one manages, and what their staff did or had done to them.

    Not what somebody who also works elsewhere did in a casus over there. The superuser and the operator: all.
    """
    if beheert_alles(actor):
        return Logregel.objects.all()
    eigen, elders = teams_te_beheren(actor), Casus.objects.exclude(team__in=teams_te_beheren(actor))
    staf = medewerkers_te_beheren(actor).values("pk")
    over_staf = Q(
        object_soort=Medewerker._meta.model_name,
        object_id__in=staf.annotate(tekst=Cast("pk", CharField())).values("tekst"),
    )
    van_staf = (Q(medewerker_id__in=staf) | over_staf) & ~Q(casus_id__in=elders.values("pk"))
    return Logregel.objects.filter(Q(casus_id__in=Casus.objects.filter(team__in=eigen).values("pk")) | van_staf)


def mag_account_wijzigen(actor: Actor, medewerker: Medewerker) -> bool:
    """Whoever manages everywhere that this person works now. Of a superuser: only another superuser, or the operator.

    Otherwise the beheerder of one organisation could take over an account, by its address, and so get into another
    organisation, or into everything. The own account: never.
    """
    if actor.medewerker == medewerker or not medewerkers_te_beheren(actor).filter(pk=medewerker.pk).exists():
        return False
    if beheert_alles(actor):
        return True
    nu = Lidmaatschap.objects.filter(Q(tot__isnull=True) | Q(tot__gte=timezone.localdate()), medewerker=medewerker)
    elders = nu.exclude(team__in=teams_te_beheren(actor))
    return not medewerker.is_superuser and not elders.exists()


def mag_lidmaatschap_geven(actor: Actor, medewerker: Medewerker, team: Team) -> bool:
    """Whoever manages the team and the person; to somebody else only."""
    return (
        actor.medewerker != medewerker
        and teams_te_beheren(actor).filter(pk=team.pk).exists()
        and medewerkers_te_beheren(actor).filter(pk=medewerker.pk).exists()
    )


def mag_lidmaatschap_wijzigen(actor: Actor, lidmaatschap: Lidmaatschap) -> bool:
    """Whoever manages the team; of somebody else only."""
    if lidmaatschap.medewerker_id == (actor.medewerker.pk if actor.medewerker else None):
        return False
    return lidmaatschappen_te_beheren(actor).filter(pk=lidmaatschap.pk).exists()
