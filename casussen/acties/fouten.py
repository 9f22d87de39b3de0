"""What an actie says when it cannot do what was asked. Every text is a sentence for the person on the screen."""

from typing import Any


class Geweigerd(Exception):
    """The act cannot be done; `str()` is a B1 sentence that says what happened, what was kept and what to do."""


class Verouderd(Geweigerd):
    """Somebody saved the same record in the meantime. `huidig` is the record as it stands now."""

    def __init__(self, boodschap: str, huidig: Any) -> None:
        super().__init__(boodschap)
        self.huidig = huidig
