"""Which device somebody signed in with, in words."""

import re

from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first that fits: browsers also name the ones that they descend from.
BROWSERS = {"Edg": "Edge", "OPR": "Opera", "SamsungBrowser": "Samsung", "Firefox": "Firefox", "FxiOS": "Firefox",
            "Chrome": "Chrome", "CriOS": "Chrome", "Safari": "Safari"}  # fmt: skip
TOESTELLEN = {"iPhone": "een iPhone", "iPad": "een iPad", "Android": "Android", "Windows": "Windows",
              "Macintosh": "een Mac", "CrOS": "een Chromebook", "Linux": "Linux"}  # fmt: skip


@register.filter
def apparaat(user_agent: str) -> str:
    """in: what a browser says that it is; out: that in two words, such as "Firefox op Windows"."""
    browser = next((naam for merk, naam in BROWSERS.items() if re.search(rf"\b{merk}/", user_agent)), None)
    toestel = next((naam for merk, naam in TOESTELLEN.items() if merk in user_agent), None)
    if browser is None or toestel is None:
        return _("Onbekend apparaat")
    return _("%(browser)s op %(toestel)s") % {"browser": browser, "toestel": toestel}
