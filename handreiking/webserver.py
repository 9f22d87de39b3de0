"""The settings of gunicorn, the web server in production: `gunicorn -c python:handreiking.webserver handreiking.wsgi`.

What differs per place (the address, the number of workers) is given on the command line or in WEB_CONCURRENCY.
"""

from handreiking.settings import LOGGING

threads = 4
control_socket_disable = True
# A worker that hangs or slowly fills the memory is replaced.
timeout = 60
graceful_timeout = 30
max_requests = 5000
max_requests_jitter = 500
# Our longest address with a token and a search in it is far below this.
limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190
# The same lines as the site itself, without tokens, and without query, client address or browser.
logconfig_dict = LOGGING
access_log_format = "%(m)s %(U)s %(s)s %(M)s ms"
