"""A real IMAP server for the tests, in a process of its own: the mailbox in which mail comes back."""

import contextlib
import imaplib
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.mailserver import vrije_poort

WIE, WACHTWOORD = "terug", "geheim/van:het@postvak"
SECONDEN_OM_TE_STARTEN = 30


class Postvak:
    """One mailbox; `adres` is what BOUNCES_URL says."""

    def __init__(self) -> None:
        self.poort = vrije_poort()
        self.adres = f"imap://{WIE}:geheim%2Fvan%3Ahet%40postvak@127.0.0.1:{self.poort}/INBOX"

    def krijgt(self, *mails: bytes) -> None:
        """in: mails that come in."""
        with self._open() as lijn:
            for mail in mails:
                lijn.append("INBOX", "", "", mail)

    def ongelezen(self) -> int:
        """Out: how many mails nobody read."""
        return self._tel("UNSEEN")

    def totaal(self) -> int:
        """Out: how many mails there are."""
        return self._tel("ALL")

    def _tel(self, welke: str) -> int:
        with self._open() as lijn:
            lijn.select("INBOX", readonly=True)
            return len(lijn.search(None, welke)[1][0].split())

    def _open(self) -> imaplib.IMAP4:
        lijn = imaplib.IMAP4("127.0.0.1", self.poort, timeout=10)
        lijn.login(WIE, WACHTWOORD)
        return lijn


@contextlib.contextmanager
def postvak() -> Iterator[Postvak]:
    """A running IMAP server with an empty mailbox, until the end of the block."""
    bak = Postvak()
    pymap = str(Path(sys.executable).with_name("pymap"))
    lijn = ["--host", "127.0.0.1", "--port", str(bak.poort), "--no-tls"]
    inlog = ["dict", "--demo-user", WIE, "--demo-password", WACHTWOORD]
    proces = subprocess.Popen([pymap, *lijn, *inlog], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wacht_tot_hij_luistert(bak, proces)
        yield bak
    finally:
        proces.terminate()
        proces.wait(timeout=10)


def _wacht_tot_hij_luistert(bak: Postvak, proces: "subprocess.Popen[bytes]") -> None:
    tot = time.monotonic() + SECONDEN_OM_TE_STARTEN
    while True:
        try:
            bak.totaal()
        except OSError:
            assert proces.poll() is None, "the IMAP server stopped"
            assert time.monotonic() < tot, "the IMAP server did not start"
            time.sleep(0.05)
        else:
            return
