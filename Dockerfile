# The site for production. One image for web, worker, beat and migrations; docker-compose.yml says which is which.
FROM python:3.11-slim-trixie AS bouw
COPY requirements/basis.txt /tmp/basis.txt
RUN python -m venv /opt/venv \
    && /opt/venv/bin/pip install --no-cache-dir --disable-pip-version-check --require-hashes -r /tmp/basis.txt

FROM python:3.11-slim-trixie
# Pango draws the letters in the PDFs; the fonts are our own. pg_dump and pg_restore are for backups: as new as the server.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 postgresql-client-17 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --no-create-home --uid 10001 handreiking
COPY --from=bouw /opt/venv /opt/venv
WORKDIR /app
COPY manage.py LICENSE ./
COPY handreiking handreiking
COPY casussen casussen
COPY templates templates
COPY static static
COPY locale locale
COPY scripts/check_health.py scripts/
# Caches go to /tmp: nothing else has to be writable while it runs.
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOME=/tmp
# DEBUG counts for this one command: gathering files needs no secrets.
RUN DEBUG=1 python manage.py collectstatic --noinput && python -m compileall -q handreiking casussen
USER 10001
EXPOSE 8000
# handreiking/webserver.py has the limits and the log without tokens. WEB_CONCURRENCY sets the number of workers.
CMD ["gunicorn", "--config", "python:handreiking.webserver", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "handreiking.wsgi"]
