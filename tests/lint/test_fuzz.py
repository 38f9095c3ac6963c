"""Whatever a manifest holds, every rule copes with it: it may report, it never raises."""

from __future__ import annotations

import random
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from k8sgen.lint.policy import Policy
from k8sgen.lint.read import Reading
from k8sgen.lint.rules import RULES
from k8sgen.lint.run import Group, Run
from tests.lint.test_rules import ALL

if TYPE_CHECKING:
    from collections.abc import Sequence

EXAMPLES = [
    document
    for rule in ALL
    for block in (*rule.help.bad, *rule.help.good)
    for document in yaml.safe_load_all(block)
    if isinstance(document, dict)
]
"""The objects of all rules' help, so that each rule finds what it looks at."""
JUNK: Sequence[Any] = (
    *(
        None,
        True,
        False,
        0,
        -1,
        2**63,
        1.5,
        1e308,
        "",
        "a",
        "0",
        "100%",
        "1Gi",
        "-1",
        "{{ x }}",
        "a/b:c@d",
        "\n",
    ),
    *(
        [],
        {},
        [None],
        [[]],
        [{}],
        [""],
        [1],
        {"": ""},
        {"a": None},
        {"name": 1},
        [{"name": {}}],
        {"matchLabels": [1]},
    ),
    *(
        {"matchExpressions": [{"operator": "In"}]},
        {"a": {"a": {"a": {"a": [{"a": []}]}}}},
        "é" * 300,
        "1" * 5000,
    ),
)


def holders(value: Any) -> list[tuple[Any, Any]]:
    """Every map and list in a value, with each key or number in it."""
    steps = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [(value, step) for step in steps] + [each for step in steps for each in holders(value[step])]


def mutated(draw: random.Random, objects: list[Any]) -> None:
    """Change one thing somewhere: another value, a value from elsewhere, a key less, a key more, an item twice."""
    everywhere = holders(objects)[len(objects) :]
    if not everywhere:
        return
    holder, step = draw.choice(everywhere)
    way = draw.randrange(6)
    value = deepcopy(draw.choice(JUNK))
    if way == 0:
        del holder[step]
    elif way == 1:
        other, at = draw.choice(everywhere)
        holder[step] = deepcopy(other[at])
    elif way == 2 and isinstance(holder, list):
        holder.append(deepcopy(holder[step]))
    elif way == 2:
        holder[draw.choice(("name", "spec", "metadata", "kind", "selector", "labels", "x"))] = value
    else:
        holder[step] = value


def judged(text: str, minors: tuple[int, ...] = (37,)) -> None:
    """Read a text and let every rule look at it."""
    reading = Reading("a.yaml", text)
    found = Run(Policy(select=tuple(RULES)), jobs=1).judge(Group(reading.manifests, minors, {}), [reading])
    for finding in found.findings:
        assert 1 <= finding.place.line <= len(reading.file.lines)
        assert finding.message
        assert finding.length >= 1
        assert len(finding.fingerprint) == 32


@given(st.integers(0, 2**32), st.integers(1, 12), st.sampled_from(((37,), (25,), (33, 37))))
def test_mutated_objects(seed: int, changes: int, minors: tuple[int, ...]) -> None:
    """Objects of all kinds with some things changed, judged together."""
    draw = random.Random(seed)  # noqa: S311 - not for secrets, but to draw the same again
    objects = [deepcopy(draw.choice(EXAMPLES)) for _ in range(draw.randint(1, 5))]
    for _ in range(changes):
        mutated(draw, objects)
    judged(yaml.safe_dump_all(objects, default_flow_style=draw.choice((None, True, False))), minors)


KINDS = (
    *(
        "monitoring.coreos.com/v1 ServiceMonitor",
        "monitoring.coreos.com/v1 PodMonitor",
        "keda.sh/v1alpha1 ScaledObject",
    ),
    *(
        "argoproj.io/v1alpha1 Rollout",
        "gateway.networking.k8s.io/v1 HTTPRoute",
        "networking.istio.io/v1 VirtualService",
    ),
    *(
        "cert-manager.io/v1 Certificate",
        "apiextensions.k8s.io/v1 CustomResourceDefinition",
        "v1 List",
        "v1 PodList",
    ),
    *("autoscaling.k8s.io/v1 VerticalPodAutoscaler", "apps/v9 Deployment", "v1 Nope", "a/b/c D", "1 2", " "),
)
FIELDS = st.sampled_from(
    (
        "spec",
        "metadata",
        "name",
        "namespace",
        "labels",
        "annotations",
        "selector",
        "matchLabels",
        "endpoints",
        "port",
        "scaleTargetRef",
        "minReplicaCount",
        "triggers",
        "template",
        "containers",
        "items",
        "rules",
        "versions",
        "x",
    )
)
junk = st.recursive(
    st.sampled_from(JUNK),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(FIELDS, inner, max_size=4)),
    max_leaves=10,
)


@given(st.sampled_from(KINDS), st.dictionaries(FIELDS, junk, max_size=4), st.sampled_from(EXAMPLES))
def test_kinds_without_a_schema(kind: str, fields: dict[str, Any], beside: dict[str, Any]) -> None:
    """Anything may be anywhere in them."""
    version, name = kind.split(" ", 1)
    judged(yaml.safe_dump_all([{"apiVersion": version, "kind": name, **fields}, beside]))


@given(st.sampled_from(EXAMPLES), junk, junk)
def test_metadata_and_spec_of_known_kinds(example: dict[str, Any], metadata: Any, spec: Any) -> None:
    """Nothing is where it belongs."""
    judged(
        yaml.safe_dump({**example, "metadata": metadata})
        + "---\n"
        + yaml.safe_dump({**example, "spec": spec})
    )
