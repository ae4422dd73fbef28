"""deploy/nginx.conf: a real nginx with it, in front of a real ``kzsearch serve``."""

from __future__ import annotations

import gzip
import http.client
import os
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
import trustme

from kzsearch import Article, open_index

HOST = "news.example.kz"
ODD_IDS = ["//x", "..", "a/../b", "%2E", "http://a.kz//b?c=d"]


@dataclass
class Front:
    """nginx: where it listens, and the certificate authority that its certificate is of."""

    plain: int
    secure: int
    authority: trustme.CA

    def ask(
        self,
        path: str,
        method: str = "GET",
        headers: dict[str, str] | None = None,
        client: str = "127.0.0.1",
    ) -> tuple[http.client.HTTPResponse, str]:
        """An answer over TLS, and its text."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        self.authority.configure_trust(context)
        raw = socket.create_connection(
            ("127.0.0.1", self.secure), timeout=60, source_address=(client, 0)
        )
        connection = http.client.HTTPSConnection(HOST, self.secure)
        connection.sock = context.wrap_socket(raw, server_hostname=HOST)
        try:
            connection.request(method, path, headers=headers or {})
            response = connection.getresponse()
            body = response.read()
            if response.headers["Content-Encoding"] == "gzip":
                body = gzip.decompress(body)
            return response, body.decode()
        finally:
            connection.close()


@pytest.fixture(scope="module")
def front(
    root: Path, program: Callable[[str, str], str], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Front]:
    nginx = program("nginx", "nginx-light")
    folder = tmp_path_factory.mktemp("nginx")
    with open_index(folder / "index", create=True) as index:
        index.add(Article(id=each, title="Мектеп", body="Жаңа мектеп ашылды.") for each in ODD_IDS)
    settings = {"KZSEARCH_PROXIES": "1", "KZSEARCH_HOSTS": HOST, "KZSEARCH_METRICS": "1"}
    with subprocess.Popen(
        [Path(sys.executable).with_name("kzsearch"), "serve", "--port", "0", "--processes", "1",
         "--index", folder / "index"],
        stdout=subprocess.PIPE, text=True, env=os.environ | settings,
    ) as server:  # fmt: skip
        assert server.stdout is not None
        port = urlsplit(server.stdout.readline().strip()).port
        assert port
        authority = trustme.CA()
        plain, secure = free_port(), free_port()
        configuration = written(root, folder, authority, plain, secure, port)
        checked = subprocess.run(
            [nginx, "-t", "-c", configuration, "-p", folder], capture_output=True, text=True
        )
        assert checked.returncode == 0, checked.stderr
        with subprocess.Popen([nginx, "-c", configuration, "-p", folder]) as running:
            wait_for(secure)
            yield Front(plain, secure, authority)
            running.terminate()
            assert running.wait(timeout=60) == 0
        server.terminate()
        assert server.wait(timeout=120) == 0


def written(
    root: Path, folder: Path, authority: trustme.CA, plain: int, secure: int, server: int
) -> Path:
    """The example with places of this machine, inside what Debian's nginx.conf has around it."""
    certificate = authority.issue_cert(HOST)
    certificate.private_key_pem.write_to_path(folder / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(folder / "cert.pem")
    text = (root / "deploy/nginx.conf").read_text(encoding="utf-8")
    for before, after in {
        "listen 80;": f"listen 127.0.0.1:{plain};",
        "listen [::]:80;": "",
        "listen 443 ssl http2;": f"listen 127.0.0.1:{secure} ssl http2;",
        "listen [::]:443 ssl http2;": "",
        "rate=10r/s": "rate=1r/m",  # however slow this machine is
        "server 127.0.0.1:8000;": f"server 127.0.0.1:{server};",
        "/etc/ssl/kzsearch/fullchain.pem": str(folder / "cert.pem"),
        "/etc/ssl/kzsearch/key.pem": str(folder / "key.pem"),
        "/var/log/nginx/kzsearch.log": str(folder / "access.log"),
    }.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    temporary = "\n".join(
        f"{name}_temp_path {folder}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_processes 1;\n"
        f"events {{}}\nhttp {{\n{temporary}\n{text}\n}}\n"
    )
    return path


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("nginx does not listen")


def test_pages_come_through_with_the_addresses_of_the_front(front: Front) -> None:
    response, text = front.ask(f"/?q={quote('мектеп')}")
    assert response.status == 200
    assert "мақала табылды" in text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert "max-age" in response.headers["Strict-Transport-Security"]
    forged = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "http"}
    for path in ("/opensearch.xml", "/sitemap.xml", "/feed.atom"):
        text = front.ask(path, headers=forged)[1]
        assert f"https://{HOST}:{front.secure}/" in text
        assert "evil.example" not in text


def test_who_comes_without_tls_is_sent_on(front: Front) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", front.plain, timeout=60)
    connection.request("GET", "/?q=a", headers={"Host": HOST})
    response = connection.getresponse()
    assert response.status == 301
    assert response.headers["Location"] == f"https://{HOST}/?q=a"
    connection.close()


def test_any_id_opens_from_its_own_link(front: Front) -> None:
    from flask import url_for

    from kzsearch_web import create_app

    with create_app("nowhere").test_request_context():
        links = [url_for("pages.article", article_id=each) for each in ODD_IDS]
    for link in links:
        assert front.ask(link)[0].status == 200, link


def test_what_is_compressed_stays_so(front: Front) -> None:
    plain, text = front.ask("/static/theme.css")
    packed, unpacked = front.ask("/static/theme.css", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert text == unpacked


def test_bodies_and_foreign_hosts_are_refused(front: Front) -> None:
    response, _ = front.ask("/", "POST", {"Content-Length": "200000000"})
    assert response.status == 413
    response, _ = front.ask("/", headers={"Host": "evil.example"})
    assert response.status == 400


def test_metrics_are_for_this_machine(front: Front) -> None:
    # This very test comes from 127.0.0.1, which the example lets in.
    response, text = front.ask("/metrics")
    assert response.status == 200
    assert "kzsearch_requests_total" in text


def test_nobody_asks_without_end(front: Front) -> None:
    statuses = [front.ask("/robots.txt", client="127.0.0.2")[0].status for _ in range(50)]
    assert statuses[0] == 200
    assert statuses[-1] == 429
    assert front.ask("/robots.txt")[0].status == 200  # others are not held up
