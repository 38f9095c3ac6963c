"""One process's share of a run: it judges its own objects, and looks others up among all."""

from __future__ import annotations

from k8sgen.lint.index import Manifests
from k8sgen.lint.judge import judge
from k8sgen.lint.read import Reading
from k8sgen.lint.rules import rule_of
from k8sgen.lint.validation import Validation

MINOR = 37
WEB = "{apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: [{name: a, image: a:1}]}}\n"
SERVICE = "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}\n"
POLICY = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: web}, spec: {podSelector: {}, no: 1}}\n"
INGRESS = "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web}, spec: {defaultBackend: {service: {name: web, port: {number: 81}}}}}\n"


def indexed() -> Manifests:
    """A file for each of the objects."""
    texts = {"a.yaml": WEB, "b.yaml": SERVICE, "c.yaml": POLICY, "d.yaml": INGRESS}
    objects = [each for name, text in texts.items() for each in Reading(name, text).manifests]
    validation = Validation([MINOR])
    for each in objects:
        validation.check_structure(each)
    return Manifests(objects, MINOR)


def groups(manifests: Manifests) -> dict[str, list[str]]:
    """What rules loop over, by the names of kinds."""
    return {
        "objects": [each.kind for each in manifests.objects],
        "refused": [each.kind for each in manifests.refused()],
        "services": [each.kind for each in manifests.services()],
        "ingresses": [each.kind for each in manifests.ingresses()],
        "policies": [each.kind for each in manifests.policies()],
        "workloads": [each.kind for each in manifests.workloads()],
        "named": [each.kind for each in manifests.workloads("Pod")],
        "kinds": [each.kind for each in manifests.of_kind("Service", "Pod")],
    }


def test_a_share_holds_its_own_objects_only() -> None:
    """Also when all objects, or another share, were looked at before."""
    whole = indexed()
    everything = groups(whole)
    assert everything == {
        "objects": ["Pod", "Service", "NetworkPolicy", "Ingress"],
        "refused": ["NetworkPolicy"],
        "services": ["Service"],
        "ingresses": ["Ingress"],
        "policies": ["NetworkPolicy"],
        "workloads": ["Pod"],
        "named": ["Pod"],
        "kinds": ["Service", "Pod"],
    }
    for part in (whole.every[:1], whole.every[1:2], whole.every[2:3], whole.every[3:]):
        kind = part[0].kind
        assert groups(whole.share(part)) == {
            name: [each for each in those if each == kind] for name, those in everything.items()
        }
    assert groups(whole) == everything


def test_a_share_finds_what_others_judge() -> None:
    """The Service of an Ingress, and the pods of a Service, lie in other shares."""
    whole = indexed()
    pod, service, _, ingress = whole.every
    [found] = judge(whole.share([ingress]), [rule_of("ingress-backend-missing")])
    assert found.fault.message == "port 81 is none of Service/web; it has 80"
    [selected] = whole.share([service]).selected_by(service)
    assert selected.manifest is pod
    assert whole.share([pod]).services_of(selected) == [service]


def test_what_is_refused_after_the_index_was_made_is_seen() -> None:
    """Values are checked by each process for its own share."""
    whole = indexed()
    service = whole.every[1]
    Validation([MINOR]).check_values(service)
    assert not whole.share([service]).refused()
    service.data["spec"]["ports"][0]["port"] = 0
    Validation([MINOR]).check_values(service)
    assert whole.share([service]).refused() == [service]


def test_a_share_without_the_first_of_a_kind() -> None:
    """What is said once in a run is said where the first object of the kind is judged."""
    objects = Reading("a.yaml", "".join(f"---\n{WEB}" for _ in range(2))).manifests
    manifests = Manifests(objects, MINOR)
    assert list(manifests.first_of_kind) == objects[:1]
    assert [list(manifests.share([each]).first_of_kind) for each in objects] == [objects[:1], []]
