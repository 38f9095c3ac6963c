"""What has changed since a revision, as git tells it."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from k8sgen.errors import Place, Problem, SpecError
from k8sgen.lint.read import Reading
from k8sgen.lint.scopes import identity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from k8sgen.lint.index import Before
    from k8sgen.manifests import Manifest


class Changes:
    """The files that differ from a revision, new ones included, and what stood in them.

    The repository is that of `directory`. Raises SpecError where there is no repository, no git, or no such revision.
    """

    def __init__(self, revision: str, directory: str = ".") -> None:
        self.revision = revision
        self.root = directory
        self.root = self._git("rev-parse", "--show-toplevel").removesuffix("\n")
        # A name that begins with a dash would be an option.
        self.commit = self._git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").strip()
        changed = self._git("diff", "--name-only", "-z", self.commit, "--")
        new = self._git("ls-files", "--others", "--exclude-standard", "-z")
        self.files = {os.path.realpath(f"{self.root}/{name}") for name in (changed + new).split("\0") if name}

    def has(self, file: str) -> bool:
        """Whether a file has changed; standard input always has."""
        return file.startswith("<") or os.path.realpath(file) in self.files

    def before(self, files: Iterable[str]) -> dict[Before, Manifest]:
        """The objects that stood in the changed ones of these files."""
        found: dict[Before, Manifest] = {}
        for file in files:
            if file.startswith("<") or not self.has(file):
                continue
            name = os.path.relpath(os.path.realpath(file), os.path.realpath(self.root)).replace(os.sep, "/")
            shown = git("-C", self.root, "show", f"{self.commit}:{name}")
            if shown.returncode == 0:
                text = shown.stdout.decode("utf-8", errors="replace")
                for manifest in Reading(file, text).manifests:
                    found[file, *identity(manifest)] = manifest
        return found

    def _git(self, *arguments: str) -> str:
        place = Place(f"--changed-since {self.revision}", 0, 0)
        try:
            done = git("-C", self.root, *arguments)
        except FileNotFoundError as error:
            raise SpecError(Problem("git is not installed", place, "install git")) from error
        if done.returncode:
            message = done.stderr.decode(errors="replace").strip().splitlines()
            words = message[0].removeprefix("fatal: ") if message else "git failed"
            raise SpecError(Problem(words[:1].lower() + words[1:], place, "name a branch, tag or commit"))
        return done.stdout.decode(errors="surrogateescape")


def git(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    """Run git, never raising for its exit status."""
    return subprocess.run(["git", *arguments], capture_output=True, check=False)  # noqa: S603, S607 - the user's own git, no shell
