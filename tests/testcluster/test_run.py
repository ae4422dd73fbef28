"""``./kz cluster``, with small programs in the place of Java and Maven."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from testcluster.run import ClusterError, TestCluster, main

JAVA = """\
import json, sys
from http.server import BaseHTTPRequestHandler
from socketserver import TCPServer  # asks nobody for the name of the machine

settings = dict(word.split("=", 1) for word in sys.argv if "=" in word)


class Node(BaseHTTPRequestHandler):
    def do_GET(self):
        nodes = len(settings["discovery.seed_hosts"].split(","))
        body = json.dumps({"status": "green", "number_of_nodes": nodes}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


# As OpenSearch does: a node that is brought back may find its port still being let go.
TCPServer.allow_reuse_address = True
TCPServer(("127.0.0.1", int(settings["http.port"])), Node).serve_forever()
"""

MAVEN = """\
import pathlib, sys

jars = next(w.split("=", 1)[1] for w in sys.argv if w.startswith("-DoutputDirectory="))
(pathlib.Path(jars) / "a.jar").write_text("a jar")
with (pathlib.Path(__file__).parent / "calls").open("a") as calls:
    calls.write("called\\n")
"""


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with nothing but a java and an mvn, which is the whole PATH."""
    folder = tmp_path / "tools"
    folder.mkdir()
    for name, program in (("java", JAVA), ("mvn", MAVEN)):
        (folder / name).write_text(f"#!{sys.executable}\n{program}")
        (folder / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))
    return folder


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[TestCluster]:
    cluster = TestCluster(tmp_path / "a cluster")
    yield cluster
    cluster.stop()


def pids(cluster: TestCluster) -> list[int]:
    return [node["pid"] for node in cluster.nodes]


@pytest.mark.usefixtures("tools")
def test_nodes_start_are_told_and_stop(cluster: TestCluster, tmp_path: Path) -> None:
    address = cluster.start(2)
    assert address == cluster.address
    assert address.startswith("http://127.0.0.1:")
    assert cluster.health() == {"status": "green", "number_of_nodes": 2}
    status = cluster.status()
    assert "health: green" in status
    assert all(f"process {pid}" in status for pid in pids(cluster))
    cluster.stop()
    assert cluster.health() == {}
    assert cluster.status() == "the test cluster is not running"
    assert not (tmp_path / "a cluster/nodes").exists()


@pytest.mark.usefixtures("tools")
def test_a_killed_node_is_brought_back_and_the_others_are_left_alone(cluster: TestCluster) -> None:
    cluster.start(2)
    first, second = pids(cluster)
    cluster.kill(1)
    assert "down" in cluster.status()
    with pytest.raises(ClusterError, match="no node 1 is running"):
        cluster.kill(1)
    cluster.start(2)
    again, same = pids(cluster)
    assert again != first
    assert same == second


def test_jars_are_fetched_once(cluster: TestCluster, tools: Path) -> None:
    cluster.start(1)
    cluster.stop()
    cluster.start(1)
    assert (tools / "calls").read_text() == "called\n"


def test_a_node_that_ends_at_once_is_told(cluster: TestCluster, tools: Path) -> None:
    (tools / "java").write_text(f"#!{sys.executable}\n")
    with pytest.raises(ClusterError, match=r"node 1 ended at once; see .*log"):
        cluster.start(1)


def test_another_process_of_that_number_is_never_stopped(
    cluster: TestCluster, tmp_path: Path
) -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as other:
        (tmp_path / "a cluster").mkdir()
        (tmp_path / "a cluster/cluster.json").write_text(
            f'[{{"number": 1, "http": 1, "transport": 2, "pid": {other.pid}}}]'
        )
        with pytest.raises(ClusterError, match="no node 1"):
            cluster.kill(1)
        cluster.stop()
        assert other.poll() is None
        other.communicate(b"\n")


def test_what_is_missing_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("KZ_CLUSTER_DIR", str(tmp_path / "a cluster"))
    assert main(["start"]) == 1
    assert capsys.readouterr().err == (
        "kz: the test cluster needs `java`, which is not on this machine\n"
    )
    assert main(["kill", "2"]) == 1
    assert capsys.readouterr().err == "kz: no node 2 is running\n"
    assert main(["stop"]) == 0
    assert main(["status"]) == 0
    assert capsys.readouterr().out == "the test cluster is not running\n"
