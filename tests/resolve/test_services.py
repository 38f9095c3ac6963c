"""Which ports Services show, and who is sent where."""

from __future__ import annotations

import pytest

from k8sgen.resolve import expose, network, placement, service_account, services
from k8sgen.resolve.derivation import Cluster, Release
from tests.resolve.specs import RELEASE, spec

WORKER = "name: orders\nimage: ghcr.io/acme/orders:1.4.2\n"
PORTS = "ports: {http: {port: 8080, servicePort: 80}, admin: {port: 8081, inService: false}}\n"
SIDECAR = (
    "sidecars: {exporter: {image: 'a/b:1', ports: {metrics: {port: 9102, inService: true}, debug: 9103}}}\n"
)


def test_a_service_shows_what_is_in_it() -> None:
    """Ports of the main container unless switched off, ports of sidecars when switched on."""
    service = spec(PORTS + SIDECAR, base=WORKER)
    assert services.service_port_names(service.service, service) == ["http", "metrics"]
    assert services.shown_addresses(service.service, service) == ["80/TCP", "9102/TCP"]


@pytest.mark.parametrize(
    ("added", "needed", "reason"),
    [
        ("port: 8080\n", True, "there is a port to show"),
        ("", False, "no port: a worker that nobody calls"),
        ("ports: {admin: {port: 8081, inService: false}}\n", False, "no port has inService"),
    ],
)
def test_a_worker_has_no_service(added: str, needed: bool, reason: str) -> None:
    """And explain says so."""
    assert services.service_needed(spec(added, base=WORKER)) is needed
    assert services.service_needed.reason(spec(added, base=WORKER)) == reason


@pytest.mark.parametrize(
    ("wanted", "minor", "printed", "reason"),
    [
        ("PreferClose", 31, "PreferClose", ""),
        ("PreferClose", 34, "PreferSameZone", "what PreferClose is called from Kubernetes 1.34"),
        ("PreferSameZone", 33, "PreferClose", "PreferSameZone before it got that name in Kubernetes 1.34"),
        (
            "PreferSameNode",
            33,
            "PreferClose",
            "PreferSameNode needs Kubernetes 1.34; this prefers the same zone",
        ),
        ("PreferSameNode", 34, "PreferSameNode", ""),
    ],
)
def test_traffic_distribution_speaks_the_words_of_its_version(
    wanted: str, minor: int, printed: str, reason: str
) -> None:
    """PreferClose warns in 1.37; its successor came in 1.34."""
    service = spec(f"service: {{trafficDistribution: {wanted}}}\n").service
    assert services.traffic_distribution(service, Cluster(minor)) == printed
    assert services.traffic_distribution.reason(service, Cluster(minor)) == reason


def test_a_path_leads_to_the_service_that_shows_its_port() -> None:
    """The service's own first, else the first further one in order of their keys."""
    service = spec(PORTS + "services: {b: {ports: [admin]}, a: {ports: [admin]}}\n", base=WORKER)
    assert expose.backend_service("http", service, RELEASE) == "orders"
    assert expose.backend_service("admin", service, RELEASE) == "orders-a"
    assert expose.backend_service("nothing", service, RELEASE) == ""
    assert (expose.backend_port("http", service), expose.backend_port("admin", service)) == (80, 8081)


def test_routes_of_several_hosts_have_names_of_their_own() -> None:
    """A host and its wildcard never share one."""
    hosts = "expose: {gateway: {name: g}, hosts: {a.b: {paths: {/: http}}, '*.a.b': {paths: {/: http}}}}\n"
    assert expose.route_name("a.b", spec(hosts), RELEASE) == "orders.a.b"
    assert expose.route_name("*.a.b", spec(hosts), RELEASE) == "orders-any.a.b"
    one = spec("expose: {gateway: {name: g}, hosts: {a.b: {paths: {/: http}}}}\n")
    assert expose.route_name("a.b", one, RELEASE) == "orders"


@pytest.mark.parametrize(
    ("ports", "let_in"),
    [("[http]", True), ("[8080]", True), ("[metrics]", False), ("[9090]", False), ("null", True)],
)
def test_a_policy_lets_in_by_name_and_by_number(ports: str, let_in: bool) -> None:
    """A peer without ports may reach all of them."""
    service = spec(f"network: {{allowFrom: {{gateway: {{ports: {ports}}}}}}}\n")
    assert network.lets_in("http", service) is let_in


def test_protocol_in_a_policy_is_that_of_the_port() -> None:
    """Found by name or number; TCP when the port is not declared."""
    service = spec(
        "ports: {gossip: {port: 7946, protocol: UDP}}\n"
        "network: {allowFrom: {peers: {ports: [gossip, 7946, 9000, {port: 9000, protocol: SCTP}]}}}\n",
        base=WORKER,
    )
    ports = service.network.allow_from["peers"].ports or []
    assert [network.own_port_protocol(port, service) for port in ports] == ["UDP", "UDP", "TCP", "SCTP"]


@pytest.mark.parametrize(
    ("added", "token", "reason"),
    [
        ("", False, "a service that does not call the API server needs no token"),
        ("serviceAccount: {rules: [{}]}\n", True, "the rights in serviceAccount are used with a token"),
    ],
)
def test_a_token_comes_with_rights(added: str, token: bool, reason: str) -> None:
    """Nobody else needs one."""
    assert service_account.automount_token(spec(added)) is token
    assert service_account.automount_token.reason(spec(added)) == reason


def test_an_account_that_is_not_made_is_the_default_one() -> None:
    """Which is there in every namespace; names of cluster-wide objects carry theirs."""
    assert (
        service_account.service_account_name(spec("serviceAccount: {create: false}\n"), RELEASE) == "default"
    )
    assert service_account.service_account_name(spec("serviceAccount: runner\n"), RELEASE) == "runner"
    assert service_account.cluster_role_name(Release("orders", "orders", "shop")) == "orders.shop"


@pytest.mark.parametrize(
    ("added", "action", "reason"),
    [
        ("", "ScheduleAnyway", "one zone lost is not the service lost; a full zone still holds up no start"),
        ("replicas: 1\n", "ScheduleAnyway", "for the day there is more than one pod"),
        ("placement: {spread: {zones: hard}}\n", "DoNotSchedule", ""),
    ],
)
def test_pods_spread_over_zones(added: str, action: str, reason: str) -> None:
    """Softly, unless told otherwise."""
    service = spec(added)
    assert placement.zone_spread_action(service) == action
    if reason:
        assert placement.zone_spread_action.reason(service) == reason
