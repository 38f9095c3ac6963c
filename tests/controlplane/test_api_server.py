"""The API server says of every object what a real cluster would say."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.plugins.control_plane import Answer, documents

if TYPE_CHECKING:
    from tests.plugins.control_plane import ApiServer

DEPLOYMENT = dedent("""\
    apiVersion: apps/v1
    kind: Deployment
    metadata:
      name: web
    spec:
      replicas: 2
      selector:
        matchLabels:
          app: web
      template:
        metadata:
          labels:
            app: web
        spec:
          securityContext:
            runAsNonRoot: true
            seccompProfile:
              type: RuntimeDefault
          containers:
            - name: web
              image: example.com/web:1
              resources:
                requests:
                  memory: 64Mi
              securityContext:
                allowPrivilegeEscalation: false
                capabilities:
                  drop:
                    - ALL
    """)
ROUTE = dedent("""\
    apiVersion: gateway.networking.k8s.io/v1
    kind: HTTPRoute
    metadata:
      name: web
    spec:
      parentRefs:
        - name: gateway
      hostnames:
        - web.example.com
      rules:
        - backendRefs:
            - name: web
              port: 80
    """)


def test_a_sound_deployment_is_accepted_without_a_warning(api_server: ApiServer) -> None:
    """Nothing to say is a 201 and no header."""
    assert api_server.dry_run(DEPLOYMENT) == Answer(201, "", ())


def test_an_object_goes_into_the_namespace_it_names(api_server: ApiServer) -> None:
    """A namespace that nobody made is made, as it must really exist."""
    inside = DEPLOYMENT.replace("name: web\n", "name: web\n  namespace: shop\n", 1)
    assert api_server.dry_run(inside) == Answer(201, "", ())
    assert api_server.dry_run(inside, "default").status == 400


def test_an_unknown_field_is_refused(api_server: ApiServer) -> None:
    """Strict validation names the field's path."""
    answer = api_server.dry_run(DEPLOYMENT.replace("  replicas: 2", "  replica: 2"))
    assert not answer.accepted
    assert answer.message == (
        'Deployment in version "v1" cannot be handled as a Deployment: '
        'strict decoding error: unknown field "spec.replica"'
    )


def test_a_duplicate_key_is_refused(api_server: ApiServer) -> None:
    """The raw text is sent, so the server sees what a parser would have hidden."""
    answer = api_server.dry_run(DEPLOYMENT.replace("  replicas: 2", "  replicas: 2\n  replicas: 3"))
    assert answer.status == 400
    assert 'key "replicas" already set in map' in answer.message


def test_a_warning_is_heard(api_server: ApiServer) -> None:
    """An accepted object may still come back with a warning."""
    answer = api_server.dry_run(DEPLOYMENT.replace("memory: 64Mi", "memory: 64.5"))
    assert answer.status == 201
    (warning,) = answer.warnings
    assert warning == (
        'spec.template.spec.containers[0].resources.requests[memory]: fractional byte value "64500m" is '
        "invalid, must be an integer"
    )


def test_a_pod_security_violation_is_heard(api_server: ApiServer) -> None:
    """The namespace's label makes the server judge every pod template."""
    root = DEPLOYMENT.replace("runAsNonRoot: true", "runAsNonRoot: false")
    (warning,) = api_server.dry_run(root).warnings
    assert warning.startswith('would violate PodSecurity "restricted:latest": runAsNonRoot != true')
    assert api_server.dry_run(root, api_server.namespace("baseline")) == Answer(201, "", ())


def test_a_route_of_the_gateway_api_is_accepted(api_server: ApiServer) -> None:
    """The published definitions are installed, with their own validation."""
    assert api_server.dry_run(ROUTE) == Answer(201, "", ())
    assert api_server.dry_run(ROUTE.replace("port: 80", "port: 0")).status == 422


def test_a_cluster_wide_object_needs_no_namespace(api_server: ApiServer) -> None:
    """Discovery says which kinds live in namespaces."""
    role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\nmetadata:\n  name: web\nrules: []\n"
    assert api_server.dry_run(role) == Answer(201, "", ())


def test_a_kind_that_nobody_serves_is_an_error_of_the_test(api_server: ApiServer) -> None:
    """There is no path to post it to."""
    with pytest.raises(LookupError, match=r"^the server does not serve Deployed in apps/v1$"):
        api_server.dry_run(DEPLOYMENT.replace("kind: Deployment", "kind: Deployed"))
    with pytest.raises(LookupError, match=r"^the server does not serve example\.com/v1$"):
        api_server.dry_run("apiVersion: example.com/v1\nkind: Web\n")


def test_a_rollout_completes_on_the_simulated_nodes(api_server: ApiServer) -> None:
    """The real controllers make pods, the scheduler places them, the nodes make them Ready."""
    namespace = api_server.namespace()
    api_server.apply(DEPLOYMENT, namespace)
    rollout = api_server.kubectl("-n", namespace, "rollout", "status", "deployment/web", "--timeout=30s")
    assert rollout.returncode == 0, rollout.stderr
    path = api_server.path("apps/v1", "Deployment", namespace, "web")
    assert api_server.get(path)["status"]["availableReplicas"] == 2
    api_server.delete(path)
    api_server.wait(path.removesuffix("/web"), lambda deployments: not deployments["items"])


def test_documents_are_told_apart_by_their_separators() -> None:
    """Comments and empty documents are none; an indented separator is text."""
    stream = "# head\n---\na: 1\n---\n\n---\nb: |\n  ---\n  c\n"
    assert documents(stream) == ["a: 1\n", "b: |\n  ---\n  c\n"]
