"""Which objects of an input belong together.

A GitOps repository often holds the same objects several times: `staging/` and `production/`, or one
directory per cluster. A budget in one says nothing of a Deployment in the other. Where two
subtrees hold the same object (kind, namespace, name), each is a scope of its own; what lies in
neither is seen by both. The files that lie directly in a directory are one such subtree, beside those of
its directories. An input without such doubles is one scope.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from k8sgen.manifests import Manifest

Scope = tuple[str, ...]
Identity = tuple[str, str, str, str]
EVERYWHERE: Scope = ()
"""The scope that everything sees."""
FILES = ""
"""The step from a directory to the files in it."""


def identity(manifest: Manifest) -> Identity:
    """What a cluster tells objects apart by."""
    return (manifest.group, manifest.kind, manifest.namespace, manifest.name)


def by_identity(manifests: Iterable[Manifest]) -> dict[Identity, list[Manifest]]:
    """The objects that a cluster would not tell apart, together; most are alone."""
    found: dict[Identity, list[Manifest]] = {}
    for each in manifests:
        found.setdefault(identity(each), []).append(each)
    return found


def scopes_of(objects: Mapping[Identity, list[Manifest]]) -> dict[str, tuple[Scope, ...]]:
    """By file, the scopes whose objects it sees: its own first, EVERYWHERE last."""
    if all(len(those) == 1 or len({each.file for each in those}) == 1 for those in objects.values()):
        return dict.fromkeys((each.file for those in objects.values() for each in those), (EVERYWHERE,))
    tree = _Node()
    files: dict[str, Scope] = {}
    for same, those in objects.items():
        for each in those:
            if each.file not in files:
                *directories, name = PurePath(each.file).parts
                files[each.file] = (*directories, FILES, name)
            node = tree
            for step in files[each.file]:
                node = node.children.setdefault(step, _Node())
            node.own.add(same)
    roots: set[Scope] = set()
    _split(tree, (), roots)
    return {
        name: (
            *(parts[:length] for length in range(len(parts), 0, -1) if parts[:length] in roots),
            EVERYWHERE,
        )
        for name, parts in files.items()
    }


class _Node:
    """A directory, the files in one, or a file with the objects in it."""

    __slots__ = ("children", "own")

    def __init__(self) -> None:
        self.children: dict[str, _Node] = {}
        self.own: set[Identity] = set()


def _split(node: _Node, path: Scope, roots: set[Scope]) -> set[Identity]:
    """The objects below a node; subtrees that hold the same one are added to the roots."""
    if len(node.children) == 1 and not node.own:
        ((step, child),) = node.children.items()
        return _split(child, (*path, step), roots)
    holders: dict[Identity, str] = {}
    for step, child in node.children.items():
        for each in _split(child, (*path, step), roots):
            first = holders.setdefault(each, step)
            if first != step:
                roots |= {(*path, first), (*path, step)}
    return node.own | holders.keys()
