# kzsearch in a container, as a user without rights; `compose.yaml` shows how to run it.
# docs/operating.md says how this was tried.

FROM python:3.11-slim-bookworm AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY search search
COPY web web
RUN python -m venv /opt/kzsearch
RUN /opt/kzsearch/bin/pip install --quiet --no-cache-dir --constraint constraints.txt '.[web,ops]'

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /data kzsearch && install -d -o kzsearch /data
COPY --from=build /opt/kzsearch /opt/kzsearch
ENV PATH=/opt/kzsearch/bin:$PATH PYTHONUNBUFFERED=1 KZSEARCH_INDEX=/data/index
USER kzsearch
WORKDIR /data
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/robots.txt')"]
ENTRYPOINT ["kzsearch"]
CMD ["serve", "--host", "0.0.0.0"]
