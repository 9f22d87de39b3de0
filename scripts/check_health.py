"""The health check of the web container: 0 when /gezond/ says that all is well, else 1 and its words."""

import os
import sys
import urllib.error
import urllib.request

# The site answers to its own name only; the check knocks from inside.
host = os.environ["ALLOWED_HOSTS"].split(",")[0].strip().removeprefix(".")
request = urllib.request.Request("http://127.0.0.1:8000/gezond/", headers={"Host": host})
try:
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 (the address is fixed) # nosec B310
        print(answer.read().decode())
except urllib.error.HTTPError as error:
    sys.exit(f"{error.code} {error.read().decode()}")
except OSError as error:
    sys.exit(str(error))
