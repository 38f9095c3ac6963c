"""The ResourceList that a KRM function reads and writes.

Items are kept as YAML nodes, not as values: what another tool wrote comes out with the quotes it came in
with, whatever its readers make of them.
https://github.com/kubernetes-sigs/kustomize/blob/master/cmd/config/docs/api-conventions/functions-spec.md
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import yaml

from k8sgen.errors import Place, Problem, YamlError
from k8sgen.yamltext.write import document

if TYPE_CHECKING:
    from collections.abc import Iterable

KIND: Final = "ResourceList"
API_VERSION: Final = "config.kubernetes.io/v1"
API_VERSIONS: Final = (API_VERSION, "config.kubernetes.io/v1beta1", "config.kubernetes.io/v1alpha1")
PATHS: Final = ("internal.config.kubernetes.io/path", "config.kubernetes.io/path")
"""The annotations that hold an item's file; the second is the old name of the first."""

DEEPEST: Final = 200
INPUT: Final = Place("<stdin>", 0, 0)


@dataclass(slots=True)
class ResourceList:
    """What came in: its version, the function's configuration and the items."""

    api_version: str = API_VERSION
    config: yaml.MappingNode | None = None
    items: list[yaml.Node] = field(default_factory=list)

    def text(self, results: Iterable[dict[str, Any]] = ()) -> str:
        """The ResourceList as it goes out."""
        whole = node({"apiVersion": self.api_version, "kind": KIND})
        assert isinstance(whole, yaml.MappingNode)  # noqa: S101 - a map is a mapping node
        add(whole, "items", yaml.SequenceNode("tag:yaml.org,2002:seq", self.items, flow_style=False))
        if self.config is not None:
            add(whole, "functionConfig", self.config)
        if told := list(results):
            add(whole, "results", node(told))
        return text_of(whole)


def read_resource_list(text: bytes) -> ResourceList:
    """Read what a function gets on standard input. Raises YamlError."""
    root = compose(text)
    kind, version = scalar_at(root, "kind"), scalar_at(root, "apiVersion")
    if not isinstance(root, yaml.MappingNode) or kind != KIND:
        raise YamlError(
            Problem(
                f'the input is of kind "{kind}", and must be a {KIND}',
                INPUT,
                "a KRM function is run by an orchestrator, such as kustomize build --enable-alpha-plugins --enable-exec",
            )
        )
    if version not in API_VERSIONS:
        raise YamlError(
            Problem(f'apiVersion ("{version}") is not known', INPUT, "known: " + ", ".join(API_VERSIONS))
        )
    found = ResourceList(version)
    config, items = at(root, "functionConfig"), at(root, "items")
    if config is not None and not is_null(config):
        if not isinstance(config, yaml.MappingNode):
            raise YamlError(Problem("functionConfig is not a map", INPUT, "give one object"))
        found.config = config
    if items is not None and not is_null(items):
        if not isinstance(items, yaml.SequenceNode):
            raise YamlError(Problem("items is not a list", INPUT, "give a list of objects"))
        found.items = list(items.value)
    return found


def compose(text: bytes) -> yaml.Node | None:
    """The nodes of one document. Raises YamlError."""
    depth = 0
    try:
        for event in yaml.parse(text, yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > DEEPEST:
                raise YamlError(Problem(f"the input is nested deeper than {DEEPEST} levels", INPUT))
        root: yaml.Node | None = yaml.compose(text, yaml.CSafeLoader)
    except yaml.YAMLError as error:
        reason = " ".join(str(getattr(error, "problem", None) or error).split())
        raise YamlError(Problem(f"the input is not one YAML document: {reason}", INPUT)) from error
    return root


def node(value: Any) -> yaml.Node:
    """Plain data as nodes, written by our own rules of quoting."""
    made = yaml.compose(document(value), yaml.CSafeLoader)
    assert made is not None  # noqa: S101 - our own text holds a document
    return made


def text_of(value: yaml.Node) -> str:
    """Nodes as text, no line of it folded."""
    text: str = yaml.serialize(value, Dumper=yaml.CSafeDumper, allow_unicode=True, width=-1)
    return text


def at(mapping: yaml.Node | None, *keys: str) -> yaml.Node | None:
    """The node under some keys, or None."""
    for key in keys:
        if not isinstance(mapping, yaml.MappingNode):
            return None
        mapping = next((value for name, value in mapping.value if name.value == key), None)
    return mapping


def scalar_at(mapping: yaml.Node | None, *keys: str) -> str:
    """The text of a scalar under some keys, or nothing."""
    found = at(mapping, *keys)
    return str(found.value) if isinstance(found, yaml.ScalarNode) else ""


def is_null(value: yaml.Node) -> bool:
    """Whether a node is null."""
    return isinstance(value, yaml.ScalarNode) and value.tag == "tag:yaml.org,2002:null"


def add(mapping: yaml.MappingNode, key: str, value: yaml.Node) -> None:
    """Put one more entry into a map."""
    mapping.value.append((node(key), value))


def item_identity(item: yaml.Node) -> tuple[str, ...]:
    """What orchestrators tell items apart by."""
    return (
        scalar_at(item, "apiVersion"),
        scalar_at(item, "kind"),
        scalar_at(item, "metadata", "namespace"),
        scalar_at(item, "metadata", "name"),
    )


def item_path(item: yaml.Node) -> str:
    """The file of an item, or nothing when nobody said."""
    return next((path for key in PATHS if (path := scalar_at(item, "metadata", "annotations", key))), "")
