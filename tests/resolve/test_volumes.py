"""Claims, shared volumes and the writable /tmp."""

from __future__ import annotations

import pytest

from k8sgen.resolve import volumes
from k8sgen.resolve.derivation import Cluster
from k8sgen.resolve.refuse import check_rules
from tests.resolve.specs import RELEASE, loaded, spec


@pytest.mark.parametrize(
    ("added", "there"),
    [
        ("", True),
        ("security: {readOnlyRootFilesystem: false}\n", False),
        ("volumes: {scratch: {emptyDir: {}, mountPath: /tmp}}\n", False),
        ("volumes: {scratch: {emptyDir: {}, mountPath: /tmp/}}\n", False),
        ("volumes: {scratch: {emptyDir: {}, mounts: {/tmp: {subPath: a}}}}\n", False),
        ("volumes: {scratch: {emptyDir: {}, mountPath: /tmp/work}}\n", True),
    ],
)
def test_tmp_is_writable_when_the_image_is_not(added: str, *, there: bool) -> None:
    """Unless somebody mounts something there."""
    service = spec(added)
    assert volumes.has_temporary(service, service) is there


def test_each_container_has_a_tmp_of_its_own() -> None:
    """The main one's name gives way to a volume of the user."""
    service = spec()
    assert volumes.temporary_volume("orders", "main", service) == "tmp"
    assert volumes.temporary_volume("proxy", "sidecar", service) == "tmp-proxy"
    taken = spec("volumes: {tmp: {emptyDir: {}, mountPath: /var/tmp}}\n")
    assert volumes.temporary_volume("orders", "main", taken) == "tmp-main"
    assert (
        volumes.temporary_path.reason(service) == "writable, since the image is read-only; gone with the pod"
    )


def test_claim_is_named_after_the_service_and_mounted_by_one_node() -> None:
    """Every storage class can do that."""
    volume = spec("volumes: {data: {size: 1Gi, mountPath: /data}}\n").volumes["data"]
    assert volumes.claim_name("data", RELEASE) == "orders-data"
    assert volumes.access_modes(volume) == ["ReadWriteOnce"]
    assert volumes.access_modes.reason(volume) == "what every storage class can: one node at a time"


ONE = "replicas: 1\n"
CLAIM = "volumes: {data: {size: 1Gi, mountPath: /data}}\n"


@pytest.mark.parametrize(
    "added",
    [
        ONE + "rollout: {type: Recreate}\n" + CLAIM,
        ONE + "rollout: {maxSurge: 0, maxUnavailable: 1}\n" + CLAIM,
        "volumes: {data: {size: 1Gi, mountPath: /data, accessModes: [ReadWriteMany]}}\n",
        "placement: {nodeSelector: {kubernetes.io/hostname: a}}\n" + CLAIM,
        "volumes: {data: {persistentVolumeClaim: {claimName: shared}, mountPath: /data}}\n",
    ],
)
def test_claims_that_every_pod_can_mount_are_fine(added: str) -> None:
    """One pod at a time, one node for all, or a class that many nodes mount."""
    assert not check_rules(loaded(added), RELEASE, Cluster(35))


@pytest.mark.parametrize(
    ("added", "message"),
    [
        (
            "autoscaling: {minReplicas: 1, maxReplicas: 4, cpu: 80}\n" + CLAIM,
            "volumes.data.size makes a claim that one node can mount (ReadWriteOnce), and 4 pods may run on several",
        ),
        (
            (
                "placement: {nodeSelector: {kubernetes.io/hostname: a}}\n"
                "volumes: {data: {size: 1Gi, mountPath: /data, accessModes: [ReadWriteOncePod]}}\n"
            ),
            "volumes.data.size makes a claim that one pod can mount (ReadWriteOncePod), and 2 pods may run",
        ),
        (
            ONE + "volumes: {data: {size: 1Gi, mountPath: /data, accessModes: [ReadWriteOncePod]}}\n",
            (
                "volumes.data.size makes a claim that one pod can mount (ReadWriteOncePod), "
                "and rollout.maxSurge (25%) starts the new pod while the old one holds it"
            ),
        ),
    ],
)
def test_claims_that_a_pod_would_wait_for_are_refused(added: str, message: str) -> None:
    """A pod that cannot mount its volume never starts."""
    assert [problem.message for problem in check_rules(loaded(added), RELEASE, Cluster(35))] == [message]


def test_a_mount_of_several_is_read_only_when_the_volume_is() -> None:
    """What the mount itself says wins."""
    volume = spec(
        "volumes: {a: {emptyDir: {}, readOnly: true, mounts: {/a: {}, /b: {readOnly: false}}}}\n"
    ).volumes["a"]
    assert volume.mounts is not None
    assert volumes.mount_read_only(volume.mounts["/a"], volume) is True
    assert volumes.mount_read_only(volume.mounts["/b"], volume) is False


def test_sidecar_may_mount_the_services_volume_or_bring_its_own() -> None:
    """With a source it is a volume of its own."""
    added = (
        "volumes: {shared: {emptyDir: {}}}\n"
        "sidecars: {a: {image: 'a:1', volumes: {shared: {mountPath: /s}, own: {emptyDir: {}, mountPath: /o}}}}\n"
    )
    assert not check_rules(loaded(added), RELEASE, Cluster(35))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("files", "volumes.files has the name of the volume that holds files"),
        ("tmp-a", "volumes.tmp-a has the name of the volume at /tmp of sidecars.a"),
    ],
)
def test_names_that_the_tool_uses_are_not_free(name: str, message: str) -> None:
    """Only where it does use them."""
    volume = f"volumes: {{{name}: {{emptyDir: {{}}, mountPath: /x}}}}\n"
    assert not check_rules(loaded(volume), RELEASE, Cluster(35))
    used = "files: {/etc/a: text}\nsidecars: {a: {image: 'a:1'}}\n"
    assert [problem.message for problem in check_rules(loaded(volume + used), RELEASE, Cluster(35))] == [
        message
    ]


def test_file_and_volume_cannot_share_a_path() -> None:
    """A file is a mount, too."""
    added = "files: {/etc/a: text}\nvolumes: {a: {emptyDir: {}, mountPath: /etc/a}}\n"
    assert [problem.message for problem in check_rules(loaded(added), RELEASE, Cluster(35))] == [
        "files[/etc/a] and volumes.a are both mounted at /etc/a"
    ]
