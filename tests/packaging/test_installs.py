"""k8sgen works from wherever it is installed: as a wheel, from the sdist, and editable."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

import k8sgen

pytestmark = pytest.mark.needs("full-check")

ROOT = Path(__file__).resolve().parents[2]
SPEC = "name: web\nimage: example.com/web:1.0.0\nport: 8080\n"
# What this machine's shell says about Python must not reach a fresh environment.
CLEAN = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}


@dataclass(frozen=True)
class Installed:
    """A fresh environment with k8sgen in it."""

    environment: Path

    def run(self, program: str, *arguments: str, cwd: Path) -> str:
        """What a program of the environment prints, run in a directory far from the checkout."""
        done = subprocess.run(
            [self.environment / "bin" / program, *arguments],
            cwd=cwd,
            env=CLEAN,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def data(self, cwd: Path) -> Path:
        """The directory that holds the shipped data."""
        code = "from k8sgen import assets; print(assets.directory('templates').parent)"
        return Path(self.run("python", "-c", code, cwd=cwd).strip())


def built(target: str, directory: Path) -> Path:
    """The sdist or wheel of this checkout."""
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", directory],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    (artifact,) = directory.iterdir()
    return artifact


def fresh_environment(directory: Path, *, with_dependencies: bool) -> Installed:
    """An environment without k8sgen, and with nothing else unless it may borrow our dependencies.

    A directory named in a .pth file has its own .pth files ignored, so the editable install of the
    environment that runs the tests is not borrowed with them.
    """
    venv.create(directory, with_pip=not with_dependencies, symlinks=True)
    if with_dependencies:
        (site,) = directory.glob("lib/python*/site-packages")
        (site / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return Installed(directory)


def installed_quickly(directory: Path, *what: str) -> Installed:
    """Build and install k8sgen alone, with the dependencies and the build backend borrowed."""
    fresh = fresh_environment(directory, with_dependencies=True)
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--ignore-installed"]
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", directory / "bin/python", "install", *options, *what],
        check=True,
        cwd=directory,
        env=CLEAN,
    )
    return fresh


def rendered_by_the_checkout(cwd: Path) -> str:
    """What every installation must print, byte for byte."""
    return Installed(Path(sys.prefix)).run("k8sgen", "render", "service.yaml", cwd=cwd)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A directory with a three-line spec, far from the checkout."""
    directory = tmp_path / "elsewhere"
    directory.mkdir()
    (directory / "service.yaml").write_text(SPEC)
    return directory


def test_the_wheel_renders_with_only_what_it_declares(tmp_path: Path, elsewhere: Path) -> None:
    """Installed as users do it: every dependency comes from the wheel's own metadata."""
    fresh = fresh_environment(tmp_path / "venv", with_dependencies=False)
    wheel = built("wheel", tmp_path / "dist")
    fresh.run("pip", "install", "--quiet", "--disable-pip-version-check", str(wheel), cwd=elsewhere)
    assert fresh.run("k8sgen", "render", "service.yaml", cwd=elsewhere) == rendered_by_the_checkout(elsewhere)
    assert fresh.run("k8sgen", "--version", cwd=elsewhere).strip().endswith(k8sgen.__version__)
    assert fresh.data(elsewhere).parts[-3:] == ("site-packages", "k8sgen", "_data")


def test_the_wheel_carries_every_data_file(tmp_path: Path) -> None:
    """As many files as the checkout has, with the same bytes."""
    unpacked = tmp_path / "unpacked"
    shutil.unpack_archive(built("wheel", tmp_path / "dist"), unpacked, "zip")
    for kind in ("templates", "schemas", "charts"):
        assert contents(unpacked / "k8sgen" / "_data" / kind) == contents(ROOT / kind)
        assert contents(ROOT / kind)
    assert (unpacked / "k8sgen" / "py.typed").exists()


def test_the_sdist_builds_into_a_working_install(tmp_path: Path, elsewhere: Path) -> None:
    """What a distribution builds from has all that the wheel needs."""
    fresh = installed_quickly(tmp_path / "venv", str(built("sdist", tmp_path / "dist")))
    assert fresh.run("k8sgen", "render", "service.yaml", cwd=elsewhere) == rendered_by_the_checkout(elsewhere)
    assert fresh.data(elsewhere).parts[-3:] == ("site-packages", "k8sgen", "_data")


def test_an_editable_install_reads_the_checkout(tmp_path: Path, elsewhere: Path) -> None:
    """An edited template counts at once, since no copy is made."""
    fresh = installed_quickly(tmp_path / "venv", "--editable", str(ROOT))
    assert fresh.run("k8sgen", "render", "service.yaml", cwd=elsewhere) == rendered_by_the_checkout(elsewhere)
    assert fresh.data(elsewhere) == ROOT


def test_a_clean_clone_gives_the_demo(tmp_path: Path) -> None:
    """The first command of the README, on a machine that has Python and nothing else."""
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
    demo = subprocess.run(
        ["make", "--no-print-directory", "demo"],
        cwd=clone,
        env=CLEAN,
        capture_output=True,
        text=True,
        check=False,
    )
    assert demo.returncode == 0, demo.stderr
    assert "\nkind: Deployment\n" in demo.stdout


def contents(directory: Path) -> dict[str, bytes]:
    """Every file below a directory."""
    files = (path for path in directory.rglob("*") if path.is_file())
    return {str(path.relative_to(directory)): path.read_bytes() for path in files}
