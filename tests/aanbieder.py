"""A provider of mail as Postmark is one: its API on this machine, which can also misbehave as such services do."""

import contextlib
import json
import threading
from collections.abc import Iterator
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from pytest_django import Settings

from tests import mailgeheim
from tests.mailserver import vrije_poort


class Aanbieder:
    """Accepts mails, unless told otherwise. `gedrag` is taken from the front, one for each mail:

    "429 {json}" answers with that status; "breek" drops the connection after the mail was read; "hang" never answers;
    "onzin" says yes in words that nobody understands.
    """

    def __init__(self) -> None:
        self.poort = vrije_poort()
        self.mails: list[dict[str, Any]] = []
        self.gedrag: list[str] = []
        self.stopt = threading.Event()

    @property
    def aan(self) -> list[str]:
        """Out: the addresses of the accepted mails, in order."""
        return [mail["To"] for mail in self.mails]

    def beantwoord(self, mail: dict[str, Any]) -> tuple[int, str] | None:
        """in: what was sent; out: status and answer, None to say nothing at all."""
        mailgeheim.zie(_als_mail(mail))
        wat = self.gedrag.pop(0) if self.gedrag else ""
        if wat[:3].isdigit():
            return int(wat[:3]), wat[4:]
        if wat == "hang":
            self.stopt.wait(30)
        if wat in ("breek", "hang"):
            return None
        self.mails.append(mail)
        antwoord = {"To": mail["To"], "MessageID": f"pm-{len(self.mails)}", "ErrorCode": 0, "Message": "OK"}
        return 200, "<html>OK</html>" if wat == "onzin" else json.dumps(antwoord)

    @contextlib.contextmanager
    def draait(self) -> Iterator["Aanbieder"]:
        """The API, in threads of its own, until the end of the block."""
        server = ThreadingHTTPServer(("127.0.0.1", self.poort), _handler(self))
        draad = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        draad.start()
        try:
            yield self
        finally:
            self.stopt.set()
            server.shutdown()
            server.server_close()
            draad.join()


def _handler(aanbieder: Aanbieder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            gelezen = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.path == "/email"
            if self.headers["X-Postmark-Server-Token"] != "geheim-van-de-aanbieder":
                antwoord: tuple[int, str] | None = (401, '{"ErrorCode": 10, "Message": "Bad token"}')
            else:
                antwoord = aanbieder.beantwoord(json.loads(gelezen))
            if antwoord is None:
                self.close_connection = True
                return
            self.send_response(antwoord[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(antwoord[1])))
            self.end_headers()
            self.wfile.write(antwoord[1].encode())

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 (the name is http.server's)
            """Says nothing on the screen of the tests."""

    return Handler


def _als_mail(gegevens: dict[str, Any]) -> bytes:
    """What the provider was told, as a mail to look at: everything of it is read."""
    mail = EmailMessage()
    mail["To"] = gegevens["To"]
    mail.set_content(json.dumps(gegevens, ensure_ascii=False, indent=1), cte="base64")
    for stuk in ("TextBody", "HtmlBody"):
        mail.add_attachment(gegevens[stuk], filename=f"{stuk}.txt")
    return mail.as_bytes()


@contextlib.contextmanager
def aanbieder(settings: Settings, wachttijd: float = 5) -> Iterator[Aanbieder]:
    """A running provider that this site sends its mail with; `wachttijd` is how long it waits, in seconds."""
    server = Aanbieder()
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {
        "POSTMARK_SERVER_TOKEN": "geheim-van-de-aanbieder",
        "POSTMARK_API_URL": f"http://127.0.0.1:{server.poort}/",
        "IGNORE_UNSUPPORTED_FEATURES": True,
        "REQUESTS_TIMEOUT": wachttijd,
    }
    with server.draait():
        yield server
