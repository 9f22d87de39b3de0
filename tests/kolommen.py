"""The columns of the table of who gets what: every kind of visitor, and outcomes by group of them."""

# The columns of the table: each kind of visitor, and the groups that it is in. Every column is its own group too.
WIE: dict[str, str] = {
    "bezoeker": "zonder_account",
    # The team of the casus.
    "coördinator": "staf ploeg coördinatoren",
    "teamlid": "staf ploeg teamleden",
    "teamlid_dat_meedoet": "staf ploeg teamleden deelnemers",
    "bureaudienst": "staf bureau",
    "beheerder": "staf beheer",
    "beleid": "staf beleidsmensen",
    # Memberships of that team that ended yesterday.
    "oud_coördinator": "staf oud",
    "oud_teamlid": "staf oud",
    # Another team of the same organisation.
    "coördinator_ander_team": "staf ander_team coördinatoren",
    "teamlid_ander_team": "staf ander_team teamleden",
    "teamlid_ander_team_dat_meedoet": "staf ander_team teamleden deelnemers",
    "bureaudienst_ander_team": "staf ander_team bureau",
    "beheerder_ander_team": "staf ander_team beheer",
    "beleid_ander_team": "staf ander_team beleidsmensen",
    "met_noodtoegang": "staf ander_team teamleden nood",
    "noodtoegang_voorbij": "staf ander_team teamleden",
    # Another organisation.
    "coördinator_elders": "staf elders coördinatoren",
    "teamlid_elders": "staf elders teamleden",
    "teamlid_elders_dat_meedoet": "staf elders teamleden",
    "bureaudienst_elders": "staf elders bureau",
    "beheerder_elders": "staf elders beheer",
    "beleid_elders": "staf elders beleidsmensen",
    # A link and no account: helpers bring the token of /t/, the family that of /o/. "Elders" has a working link of
    # another family, and asks for things of this one.
    "helper": "zonder_account",
    "helper_elders": "zonder_account",
    "helper_die_stopte": "zonder_account",
    "helper_oude_link": "zonder_account",
    "helper_zonder_toestemming": "zonder_account",
    "ouder_met_gezag": "zonder_account gezin",
    "ouder_zonder_gezag": "zonder_account gezin",
    "jongere": "zonder_account gezin",
    "gezinslid_elders": "zonder_account",
    "gezinslid_oude_link": "zonder_account",
}
GROEPEN = {"iedereen", *WIE} | {groep for groepen in WIE.values() for groep in groepen.split()}


def krijgt(basis: dict[str, str] | None = None, /, **per_groep: str) -> dict[str, str]:
    """Who gets what, for every column.

    in: what to begin with, then per group (of GROEPEN) the outcome; a later group goes before an earlier one, so name
    them from wide to narrow; out: the outcome per column. An outcome is a status; a path (to there); `inlog` (to the
    login page and back); `→` (to where the row says).
    """
    assert set(per_groep) <= GROEPEN, set(per_groep) - GROEPEN
    uitkomst = dict(basis or {})
    for groep, woord in per_groep.items():
        uitkomst |= {wie: woord for wie, groepen in WIE.items() if groep in {"iedereen", wie, *groepen.split()}}
    assert set(uitkomst) == set(WIE), set(WIE) - set(uitkomst)
    return uitkomst


# Behind the login.
NIET_IN = krijgt(zonder_account="inlog", staf="404")
LEZEN = krijgt(NIET_IN, ploeg="200", deelnemers="200", nood="200")
WIJZIGEN = krijgt(LEZEN, teamlid="403", nood="403")
DOEN = krijgt(WIJZIGEN, coördinator="→", deelnemers="→")
ZELF_DOEN = krijgt(WIJZIGEN, coördinator="403", deelnemers="403", teamlid_dat_meedoet="→")
LOGBOEK = krijgt(LEZEN, teamlid="403", deelnemers="403", nood="403")
OVERDRAGEN = krijgt(LOGBOEK, coördinator="→")
LIJST = krijgt(zonder_account="inlog", staf="200", beleidsmensen="→")
AANTALLEN = krijgt(zonder_account="inlog", staf="403", beleidsmensen="200")
NOOD = krijgt(zonder_account="inlog", staf="403", coördinatoren="200", teamleden="200")
NOOD_NEMEN = krijgt(NOOD, coördinatoren="→", teamleden="→", coördinator_elders="200", teamlid_elders="200",
                    teamlid_elders_dat_meedoet="200")  # fmt: skip
NOOD_NALEZEN = krijgt(zonder_account="inlog", staf="403", beheer="200")
IEDER = krijgt(zonder_account="inlog", staf="200")
FOTO = krijgt(IEDER, oud="404")
DOOR = krijgt(zonder_account="inlog", staf="→")
BEGINNEN = krijgt(zonder_account="inlog", staf="403", coördinatoren="200")
BEGIN = krijgt(BEGINNEN, coördinatoren="→")
NIET = krijgt(zonder_account="inlog", staf="405")
INLOGGEN = krijgt(zonder_account="200", staf="→")
UIT = krijgt(zonder_account="→", staf="200")
UITLOGGEN = krijgt(iedereen="→")
# For whoever gave the password and not yet the second step: nobody in the table.
HALF_BINNEN = krijgt(zonder_account="/inloggen/", staf="/casussen/")
# For everybody.
OPENBAAR = krijgt(iedereen="200")
ZIEK = krijgt(iedereen="503")
NOOIT = krijgt(iedereen="405")
BESTAAT_NIET = krijgt(iedereen="404")
NAAR_INLOGGEN = krijgt(iedereen="→")
# Behind a link everybody brings the own token; staff and visitors bring a forged one.
TAAK = krijgt(iedereen="410", helper="200", helper_elders="200")
TAAK_TERUG = krijgt(iedereen="410", helper="→", helper_elders="→")
TAAK_DOEN = krijgt(TAAK_TERUG, helper_elders="404")
OVERZICHT = krijgt(iedereen="410", gezin="200", gezinslid_elders="200")

ALLEEN_VAN_ESRA = ["Ik praat Esra bij.", "esra@gezin.example", "06-0000 0102"]
VAN_ANDEREN = [*ALLEEN_VAN_ESRA, "bart@gezin.example", "06-0000 0101", "Eerst bellen we elkaar."]
ALLES = [
    "Kuipers", "Bart", "Esra", "Demir", "Milan", "Henk", "Ik kom elke woensdag", "over het weekend", "gezin.example",
    "Dat één iemand belt", "Eerst bellen we elkaar", "06-0000 010",
]  # fmt: skip
# What must never stand in an answer to somebody, whatever was asked. Who is not here: nothing of the family.
VERBODEN: dict[str, list[str]] = {
    **{wie: [] for wie, uitkomst in LEZEN.items() if uitkomst == "200"},
    "helper": [
        *VAN_ANDEREN, "Ik bel Bart over het weekend.", "Ik vertel Ilse wat helpt.", "Ik bel als een weekend",
        "06-0000 0103",
    ],
    "ouder_met_gezag": [*ALLEEN_VAN_ESRA, "Ik vertel Ilse wat helpt.", "Eerst bellen we elkaar."],
    "ouder_zonder_gezag": [woord for woord in ALLES if woord not in ("Kuipers", "Bart", "Esra", "Demir", "Milan")],
    "jongere": VAN_ANDEREN,
}  # fmt: skip
