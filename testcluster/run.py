"""Start, look at, hurt and stop a test cluster of OpenSearch nodes on the loopback address.

Needs Java 17 or newer and, the first time, Maven; only Python's own library. Jars and data are kept
in ``KZ_CLUSTER_DIR``, else in ``kzsearch/testcluster`` below the user's cache folder. A node is one
JVM (TestNode.java); each is stopped by its own process id, which is believed only while that
process is a node of this folder.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
FOLDER = "KZ_CLUSTER_DIR"
NODES = 3
START_SECONDS = 180
STOP_SECONDS = 30
JVM = ["-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
SETTINGS = {
    "cluster.name": "kzsearch-test",
    "network.host": "127.0.0.1",
    "cluster.routing.allocation.disk.threshold_enabled": "false",
    "indices.query.bool.max_clause_count": "8192",
}


class ClusterError(Exception):
    """The cluster cannot do what was asked; the message is one sentence."""


class TestCluster:
    """The cluster of a folder: what runs is written in its ``cluster.json``."""

    __test__ = False  # no test, whatever pytest makes of the name

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = folder / "cluster.json"

    @property
    def nodes(self) -> list[dict[str, Any]]:
        """Number, ports and process id of each node that was started."""
        try:
            found: list[dict[str, Any]] = json.loads(self._state.read_text(encoding="utf-8"))
        except (FileNotFoundError, ValueError):
            return []
        return found

    @property
    def address(self) -> str:
        """The address of a running node. Raises ClusterError when there is none."""
        for node in self.nodes:
            if self._runs(node):
                return f"http://127.0.0.1:{node['http']}"
        raise ClusterError("the test cluster is not running; `./kz cluster start` starts it")

    def start(self, count: int) -> str:
        """Start the nodes that do not run, and wait until all have met; returns the address.

        count: of nodes, where none was started before.
        """
        java = _tool("java")
        jars = self._jars()
        nodes = self.nodes
        if not any(map(self._runs, nodes)):
            shutil.rmtree(self._folder / "nodes", ignore_errors=True)
            ports = _free_ports(2 * count)
            nodes = [
                {
                    "number": number + 1,
                    "http": ports[2 * number],
                    "transport": ports[2 * number + 1],
                }
                for number in range(count)
            ]
        names = ",".join(f"node{node['number']}" for node in nodes)
        seeds = ",".join(f"127.0.0.1:{node['transport']}" for node in nodes)
        shared = SETTINGS | {
            "discovery.seed_hosts": seeds,
            "cluster.initial_cluster_manager_nodes": names,
        }
        for node in nodes:
            if not self._runs(node):
                node["pid"] = self._start_node(java, jars, node, shared)
        self._state.write_text(json.dumps(nodes), encoding="utf-8")
        self._wait(nodes)
        return self.address

    def _start_node(
        self, java: str, jars: Path, node: dict[str, Any], shared: dict[str, str]
    ) -> int:
        home = self._folder / "nodes" / str(node["number"])
        home.mkdir(parents=True, exist_ok=True)
        settings = shared | {
            "node.name": f"node{node['number']}",
            "http.port": str(node["http"]),
            "transport.port": str(node["transport"]),
        }
        options = [f"{name}={value}" for name, value in settings.items()]
        command = [java, *JVM, "-cp", f"{jars}/*", str(HERE / "TestNode.java"), str(home), *options]
        log = os.open(home / "log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
        try:  # in a session of its own, so that it outlives this program
            return os.posix_spawn(
                java,
                command,
                os.environ,
                file_actions=[
                    (os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0),
                    (os.POSIX_SPAWN_DUP2, log, 1),
                    (os.POSIX_SPAWN_DUP2, log, 2),
                ],
                setsid=True,
            )
        finally:
            os.close(log)

    def _wait(self, nodes: list[dict[str, Any]]) -> None:
        until = time.monotonic() + START_SECONDS
        while time.monotonic() < until:
            time.sleep(0.5)  # first of all: a process just begun has no command line yet
            for node in nodes:
                if not self._runs(node):
                    log = self._folder / "nodes" / str(node["number"]) / "log"
                    raise ClusterError(f"node {node['number']} ended at once; see {log}")
            health = self.health()
            if health.get("number_of_nodes") == len(nodes) and health.get("status") != "red":
                return
        raise ClusterError(f"the nodes did not meet within {START_SECONDS} seconds")

    def health(self) -> dict[str, Any]:
        """What the first node that answers says of the cluster, {} when none does."""
        for node in self.nodes:
            address = f"http://127.0.0.1:{node['http']}/_cluster/health?timeout=2s"
            try:
                with urllib.request.urlopen(address, timeout=5) as answer:
                    found: dict[str, Any] = json.load(answer)
                    return found
            except (OSError, ValueError, urllib.error.URLError):
                continue
        return {}

    def status(self) -> str:
        """The nodes and the health of the cluster, a line each."""
        lines = [
            f"node {node['number']}  http://127.0.0.1:{node['http']}  "
            + (f"process {node['pid']}" if self._runs(node) else "down")
            for node in self.nodes
        ]
        health = self.health()
        lines.append(f"health: {health['status']}" if health else "the test cluster is not running")
        return "\n".join(lines)

    def kill(self, number: int) -> None:
        """Kill a node without warning, as a power failure would; ``start`` brings it back."""
        for node in self.nodes:
            if node["number"] == number and self._runs(node):
                self._signal(node, signal.SIGKILL)
                return
        raise ClusterError(f"no node {number} is running")

    def stop(self) -> None:
        """Stop all nodes and forget their data; jars are kept."""
        nodes = self.nodes
        for node in filter(self._runs, nodes):
            os.kill(node["pid"], signal.SIGTERM)
        for node in filter(self._runs, nodes):
            self._signal(node, signal.SIGKILL, patience=STOP_SECONDS)
        self._state.unlink(missing_ok=True)
        shutil.rmtree(self._folder / "nodes", ignore_errors=True)

    def _signal(self, node: dict[str, Any], sent: signal.Signals, patience: float = 0) -> None:
        """Send a signal once patience is at its end, and see the process gone."""
        until = time.monotonic() + patience
        while self._runs(node) and time.monotonic() < until:
            time.sleep(0.1)
        while self._runs(node):
            os.kill(node["pid"], sent)
            time.sleep(0.1)

    def _runs(self, node: dict[str, Any]) -> bool:
        """Whether a node's process is there, and still that node's."""
        try:
            command = Path(f"/proc/{node['pid']}/cmdline").read_bytes().decode(errors="replace")
        except (KeyError, OSError):
            return False
        return str(self._folder / "nodes" / str(node["number"])) in command.split("\0")

    def _jars(self) -> Path:
        """The folder of the jars, got by Maven where it is not there yet."""
        wanted = (HERE / "pom.xml").read_text(encoding="utf-8")
        jars = self._folder / "jars"
        stamp = jars / "pom.xml"
        if stamp.exists() and stamp.read_text(encoding="utf-8") == wanted:
            return jars
        maven = _tool("mvn")
        print("kz: getting OpenSearch from Maven Central", file=sys.stderr)
        shutil.rmtree(jars, ignore_errors=True)
        jars.mkdir(parents=True)
        command = [maven, "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"]
        done = subprocess.run(
            [*command, f"-DoutputDirectory={jars}"], stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            raise ClusterError("Maven could not get OpenSearch; see what it says above")
        stamp.write_text(wanted, encoding="utf-8")
        return jars


def _tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise ClusterError(f"the test cluster needs `{name}`, which is not on this machine")
    return found


def _free_ports(count: int) -> list[int]:
    """Ports that nobody listens on now."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]
    finally:
        for each in sockets:
            each.close()


def default_folder() -> Path:
    """Where jars and data are kept."""
    if named := os.environ.get(FOLDER):
        return Path(named).resolve()
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(cache) / "kzsearch" / "testcluster"


def main(arguments: list[str]) -> int:
    """Run one command; returns its exit code."""
    parser = argparse.ArgumentParser(prog="kz cluster", description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    start = commands.add_parser("start", help="start it, or the nodes that are down")
    start.add_argument("--nodes", type=int, default=NODES, choices=range(1, 10), metavar="N")
    commands.add_parser("status", help="nodes, processes and health")
    kill = commands.add_parser("kill", help="kill a node as a power failure would")
    kill.add_argument("node", type=int)
    commands.add_parser("stop", help="stop all nodes and forget their data")
    given = parser.parse_args(arguments)
    cluster = TestCluster(default_folder())
    try:
        match given.command:
            case "start":
                print(cluster.start(given.nodes))
            case "status":
                print(cluster.status())
            case "kill":
                cluster.kill(given.node)
            case _:
                cluster.stop()
    except ClusterError as error:
        print(f"kz: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
