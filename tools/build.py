"""Build the programs that the proofs run: `make tools`.

Everything comes from the Go module proxy at the versions of pins.toml and lands in
`${K8SGEN_CACHE:-~/.cache/k8sgen}`: programs under `tools/`, published files under `files/`, the
control plane under `control-plane/`. Each has a stamp that says what it is, so a second run does
nothing and a changed pin is built again.

Servers, runtimes and the real node need packages of the machine's, and the node needs root. Where those cannot
be had the others are built all the same, and a file under `impossible/` says why: the tests then say
it too, and prove the rest.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("K8SGEN_CACHE") or Path.home() / ".cache" / "k8sgen")
CONTROL_PLANE = "control-plane"
SERVERS = "servers"
RUNTIMES = "runtimes"
REAL_NODE = "real-node"
PACKAGES = {
    SERVERS: {"postgres": "postgresql", "redis-server": "redis-server", "haproxy": "haproxy"},
    RUNTIMES: {"java": "openjdk-17-jdk-headless", "node": "nodejs"},
    REAL_NODE: {
        "containerd": "containerd",
        "runc": "runc",
        "buildah": "buildah",
        "iptables": "iptables",
        "conntrack": "conntrack",
        "/usr/lib/cni/bridge": "containernetworking-plugins",
    },
}
"""Programs that tests start by the step that brings them, and the Debian packages that hold them."""


class ImpossibleError(Exception):
    """This machine cannot have something, whatever is built; the message says why."""


def main() -> int:
    """Build what is named, or everything that a full check needs; 1 when something cannot be built."""
    pins: dict[str, dict[str, dict[str, Any]]] = tomllib.loads((HERE / "pins.toml").read_text())
    programs, files = pins["programs"], pins["files"]
    parser = argparse.ArgumentParser(description="Build the pinned programs into the cache.")
    parser.add_argument(
        "names",
        nargs="*",
        choices=[[], *programs, *files, *PACKAGES, CONTROL_PLANE],
        help="what to build; without a name all that `make check` needs",
        metavar="NAME",
    )
    # The node first: its control plane will do for both.
    names = parser.parse_args().names or [*programs, *files, *PACKAGES, CONTROL_PLANE]
    if not shutil.which("go"):
        print("tools: no `go` on the PATH; Go 1.26 builds the tools", file=sys.stderr)
        return 1
    print(f"tools: into {CACHE}", flush=True)
    for name in names:
        started = time.monotonic()
        try:
            if name in programs:
                what = build_program(name, programs[name])
            elif name in files:
                what = fetch_files(name, files[name])
            elif name in PACKAGES:
                what = if_possible(name, IF_POSSIBLE[name])
            else:
                what = build_control_plane()
        except (subprocess.CalledProcessError, ValueError) as error:
            print(f"tools: {name}: {error}", file=sys.stderr)
            return 1
        print(f"tools: {name}: {what} ({time.monotonic() - started:.1f} s)", flush=True)
    return 0


def build_program(name: str, pin: dict[str, Any]) -> str:
    """Install one Go program under its own name, which lets two versions of Helm lie side by side."""
    program, stamp = CACHE / "tools" / name, CACHE / "tools" / f"{name}.stamp"
    wanted = f"{pin['package']}@{pin['version']}"
    if program.exists() and stamp.exists() and stamp.read_text().strip() == wanted:
        return f"{wanted} is there"
    if program.exists() and is_built_from(program, pin):
        stamp.write_text(wanted + "\n")
        return f"{wanted} is there"
    program.parent.mkdir(parents=True, exist_ok=True)
    print(f"tools: {name}: building {wanted}", flush=True)
    with tempfile.TemporaryDirectory(dir=program.parent) as scratch:
        subprocess.run(
            ["go", "install", "-trimpath", "-ldflags=-s -w", wanted],
            env={**os.environ, "GOBIN": scratch, "CGO_ENABLED": "0"},
            check=True,
        )
        (built,) = Path(scratch).iterdir()
        if not is_built_from(built, pin):
            raise ValueError(f"{wanted} does not have the checksum of pins.toml")
        stamp.unlink(missing_ok=True)
        built.replace(program)
    stamp.write_text(wanted + "\n")
    return f"built {wanted}"


def is_built_from(program: Path, pin: dict[str, Any]) -> bool:
    """Whether a Go program's own build information names the pinned package, version and checksum."""
    told = subprocess.run(
        ["go", "version", "-m", program], capture_output=True, text=True, check=False
    ).stdout
    facts = [line.split() for line in told.splitlines()]
    main_module = next((fact for fact in facts if fact[:1] == ["mod"]), [])
    return ["path", pin["package"]] in facts and main_module[2:] == [pin["version"], pin["sum"]]


def fetch_files(name: str, pin: dict[str, Any]) -> str:
    """Copy a directory out of a published Go module."""
    target = CACHE / "files" / name
    stamp = target / ".stamp"
    wanted = f"{pin['module']}@{pin['version']}"
    if stamp.exists() and stamp.read_text().strip() == wanted:
        return f"{wanted} is there"
    told = subprocess.run(
        ["go", "mod", "download", "-json", wanted], stdout=subprocess.PIPE, text=True, check=True, cwd=HERE
    )
    module = json.loads(told.stdout)
    if module["Sum"] != pin["sum"]:
        raise ValueError(f"{wanted} has the checksum {module['Sum']}, pins.toml says {pin['sum']}")
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for source in sorted((Path(module["Dir"]) / pin["directory"]).iterdir()):
        (target / source.name).write_bytes(source.read_bytes())
    stamp.write_text(wanted + "\n")
    return f"fetched {wanted}"


def build_control_plane() -> str:
    """Leave it to the recipe, which keeps a stamp of its own; ValueError when it could not be started."""
    for name in ("openssl", "flock"):
        if not shutil.which(name):
            raise ValueError(f"no `{name}` on the PATH, without which the tests cannot start it")
    subprocess.run([HERE / CONTROL_PLANE / "build.sh"], check=True)
    return "ready"


def if_possible(name: str, build: Callable[[], str]) -> str:
    """Build, or note for the tests why this machine cannot have it."""
    note = CACHE / "impossible" / name
    note.unlink(missing_ok=True)
    try:
        return build()
    except ImpossibleError as reason:
        note.parent.mkdir(parents=True, exist_ok=True)
        note.write_text(f"{reason}\n", encoding="utf-8")
        return f"NOT BUILT, impossible here: {reason}; its tests will be skipped, and say so"


def install_packages(name: str) -> None:
    """Install Debian's packages of what is missing; ImpossibleError where that is not allowed or fails."""
    missing = {program: package for program, package in PACKAGES[name].items() if not shutil.which(program)}
    if not missing:
        return
    what = f"no {' and no '.join(missing)}"
    if os.geteuid() != 0:
        raise ImpossibleError(f"{what}, and not root, who could install {' '.join(missing.values())}")
    if not shutil.which("apt-get"):
        raise ImpossibleError(f"{what}, and no apt-get to install {' '.join(missing.values())}")
    print(f"tools: installing {' '.join(missing.values())} with apt-get", flush=True)
    install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing.values()]
    for command in (["apt-get", "update", "-qq"], install):
        done = subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            last = (done.stdout.strip().splitlines() or ["no word why"])[-1]
            raise ImpossibleError(f"{what}, and {' '.join(command[:2])} failed: {last}")


def install_servers() -> str:
    """PostgreSQL, Redis and HAProxy; ImpossibleError where they cannot be had."""
    install_packages(SERVERS)
    # Debian keeps the programs of each version of PostgreSQL off the PATH.
    for name in ("initdb", "postgres"):
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        if not shutil.which(name) and found:
            (Path("/usr/local/bin") / name).symlink_to(found[-1])
    return f"{', '.join(PACKAGES[SERVERS])} are there"


def install_runtimes() -> str:
    """Java and Node.js, which are asked what they read; ImpossibleError where they cannot be had."""
    install_packages(RUNTIMES)
    return f"{', '.join(PACKAGES[RUNTIMES])} are there"


def build_real_node() -> str:
    """A kubelet beside the control plane; ImpossibleError without root, kernel rights or packages."""
    scripts = HERE / CONTROL_PLANE / "node"
    can_run([scripts / "check.sh", "--rights"])
    install_packages(REAL_NODE)
    can_run([scripts / "check.sh"])
    subprocess.run([HERE / CONTROL_PLANE / "build.sh", "--node"], check=True)
    subprocess.run([scripts / "build-images.sh"], check=True)
    return "ready"


def can_run(check: list[str | Path]) -> None:
    """ImpossibleError with the reasons that a check prints."""
    told = subprocess.run(check, stdout=subprocess.PIPE, text=True, check=False)
    if told.returncode != 0:
        raise ImpossibleError("; ".join(told.stdout.splitlines()))


IF_POSSIBLE: dict[str, Callable[[], str]] = {
    SERVERS: install_servers,
    RUNTIMES: install_runtimes,
    REAL_NODE: build_real_node,
}
"""What builds each step that not every machine can have."""


if __name__ == "__main__":
    sys.exit(main())
