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
    "helper_nieuwe_link": "zonder_account",
    "helper_die_stopte": "zonder_account",
    "helper_oude_link": "zonder_account",
    "helper_zonder_toestemming": "zonder_account",
    "ouder_met_gezag": "zonder_account gezin",
    "ouder_zonder_gezag": "zonder_account gezin",
    "jongere": "zonder_account gezin",
    # A link that belongs to no browser yet: whoever did not show the code reads nothing.
    "ouder_zonder_code": "zonder_account",
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
EIGEN_DAG = krijgt(NIET_IN, coördinator="200")
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
# Whoever has a link that belongs to no browser yet, is led to the page that asks who this is, or sees it after a press.
TAAK = krijgt(iedereen="410", helper="200", helper_elders="200", helper_nieuwe_link="200")
TAAK_BEGIN = krijgt(TAAK, helper="→", helper_elders="→")
TAAK_TERUG = krijgt(TAAK_BEGIN, helper_nieuwe_link="→")
TAAK_LEZEN = krijgt(TAAK, helper_nieuwe_link="→")
TAAK_EIGEN = krijgt(TAAK_LEZEN, helper_elders="404")
TAAK_ALLEEN_LEZEN = krijgt(TAAK, helper="405", helper_elders="405")
TAAK_DOEN = krijgt(TAAK_BEGIN, helper_elders="404")
TAAK_NIET_VAN_MIJ = krijgt(TAAK, helper="404", helper_elders="404")
# With an account: whoever takes part nowhere finds a calm page, and nothing of somebody else.
MIJN_NIET = krijgt(zonder_account="inlog", staf="404")
MIJN_DOEN = krijgt(MIJN_NIET, coördinator="→")
MIJN_RITME = krijgt(MIJN_DOEN, deelnemers="→", teamlid_elders_dat_meedoet="→")
OVERZICHT = krijgt(iedereen="410", gezin="200", gezinslid_elders="200", ouder_zonder_code="200")
GEZIN_CODE = krijgt(OVERZICHT, gezin="→", gezinslid_elders="→")
GEZIN_VRAAG = krijgt(GEZIN_CODE, ouder_zonder_code="→")

ALLEEN_VAN_ESRA = ["Ik praat Esra bij.", "esra@gezin.example", "06-0000 0102"]
# What Ruben asks about his agreement: only he and who leads the casus read it.
VRAAG = "Geldt dat ook met Kerst?"
VAN_ANDEREN = [VRAAG, *ALLEEN_VAN_ESRA, "bart@gezin.example", "06-0000 0101", "Eerst bellen we elkaar."]
VAN_ILSE_NIET = [
    *VAN_ANDEREN, "Ik bel Bart over het weekend.", "Ik vertel Ilse wat helpt.", "Ik bel als een weekend",
    "06-0000 0103",
]  # fmt: skip
ALLES = [
    VRAAG, "Kuipers", "Bart", "Esra", "Demir", "Milan", "Henk", "Ik kom elke woensdag", "over het weekend",
    "gezin.example", "Dat één iemand belt", "Eerst bellen we elkaar", "06-0000 010",
]  # fmt: skip
# What must never stand in an answer to somebody, whatever was asked. Who is not here: nothing of the family.
VERBODEN: dict[str, list[str]] = {
    **{wie: [VRAAG] for wie, uitkomst in LEZEN.items() if uitkomst == "200"},
    "coördinator": [],
    "helper": VAN_ILSE_NIET,
    "helper_nieuwe_link": VAN_ILSE_NIET,
    # Behind the own account: which family it is about.
    "teamlid_elders_dat_meedoet": [woord for woord in ALLES if woord != "Kuipers"],
    "ouder_met_gezag": [VRAAG, *ALLEEN_VAN_ESRA, "Ik vertel Ilse wat helpt.", "Eerst bellen we elkaar."],
    "ouder_zonder_gezag": [woord for woord in ALLES if woord not in ("Kuipers", "Bart", "Esra", "Demir", "Milan")],
    "jongere": VAN_ANDEREN,
}  # fmt: skip
