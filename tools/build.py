"""Build the programs that the proofs run: `make tools`.

Everything comes from the Go module proxy at the versions of pins.toml and lands in
`${K8SGEN_CACHE:-~/.cache/k8sgen}`: programs under `tools/`, published files under `files/`, the
control plane under `control-plane/`. Each has a stamp that says what it is, so a second run does
nothing and a changed pin is built again.
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
from typing import Any

HERE = Path(__file__).resolve().parent
CACHE = Path(os.environ.get("K8SGEN_CACHE") or Path.home() / ".cache" / "k8sgen")
CONTROL_PLANE = "control-plane"
SERVERS = "servers"
PACKAGES = {"postgres": "postgresql", "redis-server": "redis-server", "haproxy": "haproxy"}
"""Programs that the tests of the app start, and the Debian packages that hold them."""


def main() -> int:
    """Build what is named, or everything that a full check needs; 1 when something cannot be built."""
    pins: dict[str, dict[str, dict[str, Any]]] = tomllib.loads((HERE / "pins.toml").read_text())
    programs, files = pins["programs"], pins["files"]
    parser = argparse.ArgumentParser(description="Build the pinned programs into the cache.")
    parser.add_argument(
        "names",
        nargs="*",
        choices=[[], *programs, *files, CONTROL_PLANE, SERVERS],
        help="what to build; without a name all that `make check` needs",
        metavar="NAME",
    )
    names = parser.parse_args().names or [*programs, *files, CONTROL_PLANE, SERVERS]
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
            elif name == SERVERS:
                what = install_servers()
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


def install_servers() -> str:
    """Install PostgreSQL, Redis and HAProxy from Debian's packages where that is allowed; ValueError where it is not."""
    links = Path("/usr/local/bin")
    missing = {program: package for program, package in PACKAGES.items() if not shutil.which(program)}
    if missing and not (os.geteuid() == 0 and shutil.which("apt-get")):
        raise ValueError(f"no {' and no '.join(missing)} on the PATH; install {' '.join(missing.values())}")
    if missing:
        print(f"tools: installing {' '.join(missing.values())} with apt-get", flush=True)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *missing.values()]
        for command in (["apt-get", "update", "-qq"], install):
            subprocess.run(
                command,
                env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
                stdout=subprocess.DEVNULL,
                check=True,
            )
    # Debian keeps the programs of each version of PostgreSQL off the PATH.
    for name in ("initdb", "postgres"):
        found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
        if not shutil.which(name) and found:
            (links / name).symlink_to(found[-1])
    return f"{' and '.join(PACKAGES)} are there"


if __name__ == "__main__":
    sys.exit(main())
