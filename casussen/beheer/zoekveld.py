"""The field in /beheer/ in which somebody looks up a person."""

from typing import Any

from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import ValidationError


class Zoekveld(AutocompleteSelect):
    """As Django's. But what can be no id shows as nothing chosen, where Django's own asks the database and breaks."""

    def optgroups(self, name: str, value: Any, attr: dict[str, Any] | None = None) -> Any:
        """in: the name of the field and what was sent; out: the choices to show."""
        return super().optgroups(name, [een for een in value if self._kan(een)], attr)

    def _kan(self, waarde: Any) -> bool:
        try:
            self.field.target_field.to_python(waarde)
        except ValidationError:
            return False
        return True
