"""Which objects of an input are related: those of one environment, not those of its neighbour."""

from __future__ import annotations

import pytest

from k8sgen.lint.read import Reading
from k8sgen.lint.scopes import EVERYWHERE, FILES, by_identity, scopes_of


def chains(*files: tuple[str, str]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """By file, the scopes that it sees; each file holds ConfigMaps of some names."""
    return scopes_of(
        by_identity(
            each
            for name, objects in files
            for each in Reading(
                name,
                "---\n".join(
                    f"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: {one}}}}}\n"
                    for one in objects.split()
                ),
            ).manifests
        )
    )


def test_an_input_without_doubles_is_one_scope() -> None:
    """However its files lie."""
    seen = chains(("app/a.yaml", "a"), ("app/db/b.yaml", "b"), ("c.yaml", "c"))
    assert set(seen.values()) == {(EVERYWHERE,)}


def test_directories_that_hold_the_same_object_are_apart() -> None:
    """What lies in neither is seen by both."""
    seen = chains(
        ("staging/a.yaml", "a"), ("production/a.yaml", "a"), ("production/b.yaml", "b"), ("c.yaml", "c")
    )
    assert seen == {
        "staging/a.yaml": (("staging",), EVERYWHERE),
        "production/a.yaml": (("production",), EVERYWHERE),
        "production/b.yaml": (("production",), EVERYWHERE),
        "c.yaml": (EVERYWHERE,),
    }


def test_files_of_a_directory_stay_together_when_another_doubles_them() -> None:
    """As istio/test-infra has prow/gcp/cluster/*.yaml and the same in prow/gcp/cluster/build/."""
    seen = chains(
        ("cluster/service.yaml", "service"),
        ("cluster/deployment.yaml", "deployment"),
        ("cluster/build/service.yaml", "service"),
        ("cluster/build/deployment.yaml", "deployment"),
    )
    assert seen["cluster/service.yaml"] == seen["cluster/deployment.yaml"] == (("cluster", FILES), EVERYWHERE)
    assert seen["cluster/build/service.yaml"] == (("cluster", "build"), EVERYWHERE)


@pytest.mark.parametrize("directory", ["", "kubefiles/", "/srv/kubefiles/"])
def test_files_that_hold_the_same_object_are_apart(directory: str) -> None:
    """Variants of one Deployment beside each other; their Service is seen by all."""
    seen = chains(
        (f"{directory}v1.yaml", "a"), (f"{directory}v2.yaml", "a"), (f"{directory}service.yaml", "b")
    )
    first, second, service = seen.values()
    assert service == (EVERYWHERE,)
    assert first[0] != second[0]
    assert (len(first), first[1:], second[1:]) == (2, (EVERYWHERE,), (EVERYWHERE,))
