"""Images built without a container engine, by Debian's buildah in a chroot."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tarfile
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.node.place import EXAMPLE

APP = EXAMPLE / "app"
LENT = {"GOROOT": "/usr/local/go", "GOMODCACHE": "/go/mod", "GOCACHE": "/go/build"}
"""Directories of the machine's Go by its own names, and where the image that builds the app sees them."""


class Buildah:
    """A store of images of its own, thrown away with its directory."""

    def __init__(self, directory: Path) -> None:
        self._base: list[str | Path] = [
            *("buildah", "--root", directory / "store", "--runroot", directory / "run"),
            *("--storage-driver", "vfs"),
        ]

    def __call__(self, *arguments: str | Path) -> str:
        """What a command prints; its complaint is the assertion's when it fails."""
        done = subprocess.run([*self._base, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@dataclass(frozen=True)
class Image:
    """A built image as archives, one for each name it goes by."""

    directory: Path
    references: tuple[str, ...]
    build_seconds: float
    config: dict[str, Any] = field(default_factory=dict)

    def archive(self, reference: str) -> Path:
        """The archive with this name in it."""
        return self.directory / (re.sub(r"[^a-z0-9.]", "-", reference) + ".tar")

    def files(self) -> dict[str, int]:
        """Every file of the image with its size."""
        found = {}
        with tarfile.open(self.archive(self.references[0])) as archive:
            manifest = json.loads(read(archive, "manifest.json"))
            for layer in manifest[0]["Layers"]:
                with tarfile.open(fileobj=archive.extractfile(layer)) as content:
                    found.update({"/" + each.name: each.size for each in content if not each.isdir()})
        return found

    def settings(self) -> dict[str, Any]:
        """The configuration that a runtime reads: user, entry point, ports."""
        with tarfile.open(self.archive(self.references[0])) as archive:
            manifest = json.loads(read(archive, "manifest.json"))
            config: dict[str, Any] = json.loads(read(archive, manifest[0]["Config"]))["config"]
        return config


def read(archive: tarfile.TarFile, name: str) -> bytes:
    """A file of an archive."""
    content = archive.extractfile(name)
    assert content is not None
    return content.read()


def copy_program(program: Path, root: Path) -> None:
    """A program with the libraries that it loads, at their own places below `root`."""
    told = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    for name in [str(program), *re.findall(r"(/\S+) \(0x", told)]:
        target = root / name.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if not target.exists():
            shutil.copy(name, target)


def build_app_image(directory: Path) -> Image:
    """The example's Dockerfile as it stands, on an image of the name that it asks for.

    That one is made here of a shell and the machine's Go, so that no registry is needed; the module
    and build caches of the machine are lent, so that the second build takes seconds.
    """
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as scratch:
        buildah, root = Buildah(Path(scratch)), Path(scratch) / "root"
        copy_program(Path("/bin/sh").resolve(), root)
        (root / "bin").mkdir(exist_ok=True)
        if not (root / "bin" / "sh").exists():
            (root / "bin" / "sh").symlink_to(Path("/bin/sh").resolve())
        certificates = root / "etc" / "ssl" / "certs"
        certificates.mkdir(parents=True)
        shutil.copy("/etc/ssl/certs/ca-certificates.crt", certificates)
        for place in ("/tmp", *LENT.values()):  # noqa: S108 - of the image, not of this machine
            (root / place.lstrip("/")).mkdir(parents=True, exist_ok=True)
        told = subprocess.run(
            ["go", "env", "-json", *LENT, "GOPROXY"],
            capture_output=True,
            check=True,
        ).stdout
        go = json.loads(told)
        wanted = re.search(r"(?m)^ARG GO_IMAGE=(\S+)$", (APP / "Dockerfile").read_text())
        assert wanted
        base = Path(scratch) / "Containerfile"
        base.write_text(
            "FROM scratch\nCOPY . /\n"
            f"ENV PATH={LENT['GOROOT']}/bin:/bin GOTOOLCHAIN=local HOME=/tmp GOPROXY={go['GOPROXY']} "
            f"GOMODCACHE={LENT['GOMODCACHE']} GOCACHE={LENT['GOCACHE']}\n"
        )
        buildah("build", "-q", "-f", base, "-t", f"docker.io/library/{wanted[1]}", root)
        reference = "ghcr.io/acme/gin-orders:1.0.0"
        Path(go["GOCACHE"]).mkdir(parents=True, exist_ok=True)
        Path(go["GOMODCACHE"]).mkdir(parents=True, exist_ok=True)
        volumes = [f"--volume={go[name]}:{inside}" for name, inside in LENT.items()]
        buildah(
            "build",
            "--isolation",
            "chroot",
            "--pull-never",
            "--network",
            "host",
            *volumes,
            "-t",
            reference,
            APP,
        )
        image = Image(directory, (reference, "ghcr.io/acme/gin-orders:1.0.1"), time.monotonic() - began)
        for name in image.references:
            buildah("push", "-q", reference, f"docker-archive:{image.archive(name)}:{name}")
    return image


def build_image(directory: Path, name: str, root: Path, entry: list[str]) -> Path:
    """An image of the files below `root` and nothing else, for a user that is not root; its archive."""
    archive = directory / f"{name}.tar"
    with tempfile.TemporaryDirectory() as scratch:
        buildah = Buildah(Path(scratch))
        recipe = Path(scratch) / "Containerfile"
        recipe.write_text(f"FROM scratch\nCOPY . /\nUSER 65532:65532\nENTRYPOINT {json.dumps(entry)}\n")
        buildah("build", "-q", "-f", recipe, "-t", f"k8sgen.test/{name}:1", root)
        buildah("push", "-q", f"k8sgen.test/{name}:1", f"docker-archive:{archive}:k8sgen.test/{name}:1")
    return archive
