"""From which Kubernetes version a field is on by default.

The schemas hold alpha fields, which a server with default feature gates drops without a word. A
field is therefore used only from the version in which its gate is on by default.

Read in `pkg/features/kube_features.go` of Kubernetes 1.37.2 and, for gates that were removed since,
in `pkg/features/versioned_kube_features.go` of 1.32.3; the source names the gate. `docs` marks gates
older than these files, read in the feature-gate pages of kubernetes.io.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

DEFAULT_KUBERNETES_VERSION = "1.35"
"""The oldest minor version that upstream maintains as of late 2026 (https://kubernetes.io/releases/)."""

NEVER = 999


class Feature(NamedTuple):
    """A field or value with a feature gate.

    `since` is the first minor version with the gate on by default, `NEVER` while there is none.
    `fields` are paths from a kind, `*` for any item of a list; `PodSpec` stands for the pod
    spec of every workload and `Container` for every container in it, `=text` asks for that value.
    """

    name: str
    since: int
    fields: tuple[str, ...]
    source: str


_TABLE = (
    Feature(
        "volume-file-user",
        NEVER,
        (
            "PodSpec.volumes.*.configMap.defaultUser",
            "PodSpec.volumes.*.secret.defaultUser",
            "PodSpec.volumes.*.projected.defaultUser",
            "PodSpec.volumes.*.downwardAPI.defaultUser",
            "PodSpec.volumes.*.configMap.items.*.user",
            "PodSpec.volumes.*.secret.items.*.user",
        ),
        "AtomicWriteVolumeUserFields: alpha in 1.37",
    ),
    Feature(
        "app-armor-profile",
        30,
        ("PodSpec.securityContext.appArmorProfile", "Container.securityContext.appArmorProfile"),
        "AppArmorFields: beta and on in 1.30",
    ),
    Feature(
        "bind-mount-options",
        NEVER,
        ("Container.volumeMounts.*.bindMountOptions",),
        "VolumeBindMountOptions: alpha in 1.37",
    ),
    Feature(
        "cluster-trust-bundle-projection",
        37,
        ("PodSpec.volumes.*.projected.sources.*.clusterTrustBundle",),
        "ClusterTrustBundleProjection: alpha 1.29, beta and off 1.33, on in 1.37",
    ),
    Feature(
        "container-restart-rules",
        35,
        ("Container.restartPolicyRules",),
        "ContainerRestartRules: alpha 1.34, on in 1.35",
    ),
    Feature(
        "cross-namespace-data-source",
        NEVER,
        ("PersistentVolumeClaim.spec.dataSourceRef.namespace",),
        "CrossNamespaceVolumeDataSource: alpha since 1.26",
    ),
    Feature(
        "empty-dir-mode", NEVER, ("PodSpec.volumes.*.emptyDir.mode",), "EmptyDirVolumeMode: alpha in 1.37"
    ),
    Feature("env-files", 35, ("Container.env.*.valueFrom.fileKeyRef",), "EnvFiles: alpha 1.34, on in 1.35"),
    Feature(
        "eviction-responders", NEVER, ("PodSpec.evictionResponders",), "EvictionRequestAPI: alpha in 1.37"
    ),
    Feature(
        "grpc-probe-tls",
        NEVER,
        (
            "Container.livenessProbe.grpc.mode",
            "Container.readinessProbe.grpc.mode",
            "Container.startupProbe.grpc.mode",
        ),
        "GRPCContainerProbeTLS: alpha in 1.37",
    ),
    Feature(
        "host-users",
        33,
        ("PodSpec.hostUsers",),
        "UserNamespacesSupport: alpha 1.25, beta and off 1.30, on in 1.33",
    ),
    Feature(
        "hostname-override", 35, ("PodSpec.hostnameOverride",), "HostnameOverride: alpha 1.34, on in 1.35"
    ),
    Feature(
        "hpa-container-resource",
        27,
        ("HorizontalPodAutoscaler.spec.metrics.*.containerResource",),
        "HPAContainerMetrics: alpha 1.20, on in 1.27 (docs)",
    ),
    Feature(
        "hpa-scale-to-zero",
        37,
        ("HorizontalPodAutoscaler.spec.minReplicas=0",),
        "HPAScaleToZero: alpha 1.16, on in 1.37",
    ),
    Feature(
        "hpa-tolerance",
        35,
        (
            "HorizontalPodAutoscaler.spec.behavior.scaleUp.tolerance",
            "HorizontalPodAutoscaler.spec.behavior.scaleDown.tolerance",
        ),
        "HPAConfigurableTolerance: alpha 1.33, on in 1.35",
    ),
    Feature(
        "http-probe-protocol",
        NEVER,
        (
            "Container.livenessProbe.httpGet.protocol",
            "Container.readinessProbe.httpGet.protocol",
            "Container.startupProbe.httpGet.protocol",
        ),
        "H2CContainerProbe: alpha in 1.37",
    ),
    Feature(
        "image-volume",
        35,
        ("PodSpec.volumes.*.image",),
        "ImageVolume: alpha 1.31, beta and off 1.33, on in 1.35",
    ),
    Feature(
        "job-backoff-limit-per-index",
        29,
        ("JobSpec.backoffLimitPerIndex", "JobSpec.maxFailedIndexes"),
        "JobBackoffLimitPerIndex: alpha 1.28, on in 1.29",
    ),
    Feature("job-managed-by", 32, ("JobSpec.managedBy",), "JobManagedBy: alpha 1.30, on in 1.32"),
    Feature(
        "job-pod-failure-policy",
        26,
        ("JobSpec.podFailurePolicy",),
        "JobPodFailurePolicy: alpha 1.25, on in 1.26",
    ),
    Feature(
        "job-pod-replacement-policy",
        29,
        ("JobSpec.podReplacementPolicy",),
        "JobPodReplacementPolicy: alpha 1.28, on in 1.29",
    ),
    Feature("job-scheduling", NEVER, ("JobSpec.scheduling",), "WorkloadWithJob: alpha since 1.36"),
    Feature("job-success-policy", 31, ("JobSpec.successPolicy",), "JobSuccessPolicy: alpha 1.30, on in 1.31"),
    Feature(
        "native-sidecars",
        29,
        ("PodSpec.initContainers.*.restartPolicy",),
        "SidecarContainers: alpha 1.28, on in 1.29",
    ),
    Feature(
        "pod-affinity-match-label-keys",
        31,
        tuple(
            f"PodSpec.affinity.{affinity}.{rule}.{key}"
            for affinity in ("podAffinity", "podAntiAffinity")
            for rule in (
                "requiredDuringSchedulingIgnoredDuringExecution.*",
                "preferredDuringSchedulingIgnoredDuringExecution.*.podAffinityTerm",
            )
            for key in ("matchLabelKeys", "mismatchLabelKeys")
        ),
        "MatchLabelKeysInPodAffinity: alpha 1.29, on in 1.31",
    ),
    Feature(
        "pod-certificate-projection",
        37,
        ("PodSpec.volumes.*.projected.sources.*.podCertificate",),
        "PodCertificateRequest: alpha 1.34, beta and off 1.35, on in 1.37",
    ),
    Feature("pod-level-resources", 34, ("PodSpec.resources",), "PodLevelResources: alpha 1.32, on in 1.34"),
    Feature(
        "prestop-sleep",
        30,
        ("Container.lifecycle.preStop.sleep", "Container.lifecycle.postStart.sleep"),
        "PodLifecycleSleepAction: alpha 1.29, on in 1.30",
    ),
    Feature(
        "prestop-sleep-zero",
        33,
        ("Container.lifecycle.preStop.sleep.seconds=0", "Container.lifecycle.postStart.sleep.seconds=0"),
        "PodLifecycleSleepActionAllowZero: alpha 1.32, on in 1.33 (docs)",
    ),
    Feature(
        "probe-grpc",
        24,
        ("Container.livenessProbe.grpc", "Container.readinessProbe.grpc", "Container.startupProbe.grpc"),
        "GRPCContainerProbe: alpha 1.23, on in 1.24 (docs)",
    ),
    Feature(
        "probe-termination-grace",
        25,
        (
            "Container.livenessProbe.terminationGracePeriodSeconds",
            "Container.startupProbe.terminationGracePeriodSeconds",
        ),
        "ProbeTerminationGracePeriod: alpha 1.21, beta and off 1.22, on in 1.25 (docs)",
    ),
    Feature(
        "recursive-read-only-mounts",
        31,
        ("Container.volumeMounts.*.recursiveReadOnly",),
        "RecursiveReadOnlyMounts: alpha 1.30, on in 1.31",
    ),
    Feature(
        "resize-policy", 33, ("Container.resizePolicy",), "InPlacePodVerticalScaling: alpha 1.27, on in 1.33"
    ),
    Feature(
        "resource-claims",
        34,
        ("PodSpec.resourceClaims", "Container.resources.claims"),
        "DynamicResourceAllocation: alpha 1.26, beta and off 1.32, on in 1.34",
    ),
    Feature(
        "scheduling-gates", 27, ("PodSpec.schedulingGates",), "PodSchedulingReadiness: alpha 1.26, on in 1.27"
    ),
    Feature(
        "scheduling-group",
        NEVER,
        ("PodSpec.schedulingGroup", "PodSpec.workloadRef"),
        "GenericWorkload: alpha 1.35, beta and off 1.37",
    ),
    Feature(
        "selinux-change-policy",
        33,
        ("PodSpec.securityContext.seLinuxChangePolicy",),
        "SELinuxChangePolicy: alpha 1.32, on in 1.33",
    ),
    Feature(
        "spread-match-label-keys",
        27,
        ("PodSpec.topologySpreadConstraints.*.matchLabelKeys",),
        "MatchLabelKeysInPodTopologySpread: alpha 1.25, on in 1.27",
    ),
    Feature(
        "spread-min-domains",
        27,
        ("PodSpec.topologySpreadConstraints.*.minDomains",),
        "MinDomainsInPodTopologySpread: alpha 1.24, beta and off 1.25, on in 1.27 (docs)",
    ),
    Feature(
        "spread-node-inclusion-policies",
        26,
        (
            "PodSpec.topologySpreadConstraints.*.nodeAffinityPolicy",
            "PodSpec.topologySpreadConstraints.*.nodeTaintsPolicy",
        ),
        "NodeInclusionPolicyInPodTopologySpread: alpha 1.25, on in 1.26",
    ),
    Feature(
        "statefulset-claim-retention",
        27,
        ("StatefulSet.spec.persistentVolumeClaimRetentionPolicy",),
        "StatefulSetAutoDeletePVC: alpha 1.23, on in 1.27",
    ),
    Feature(
        "statefulset-max-unavailable",
        37,
        ("StatefulSet.spec.updateStrategy.rollingUpdate.maxUnavailable",),
        "MaxUnavailableStatefulSet: alpha 1.24, beta 1.35 (off from 1.35.4), on in 1.37",
    ),
    Feature(
        "statefulset-start-ordinal",
        27,
        ("StatefulSet.spec.ordinals",),
        "StatefulSetStartOrdinal: alpha 1.26, on in 1.27",
    ),
    Feature(
        "stop-signal", NEVER, ("Container.lifecycle.stopSignal",), "ContainerStopSignals: alpha since 1.33"
    ),
    Feature(
        "supplemental-groups-policy",
        33,
        ("PodSpec.securityContext.supplementalGroupsPolicy",),
        "SupplementalGroupsPolicy: alpha 1.31, on in 1.33",
    ),
    Feature(
        "traffic-distribution",
        31,
        ("Service.spec.trafficDistribution",),
        "ServiceTrafficDistribution: alpha 1.30, on in 1.31",
    ),
    Feature(
        "traffic-distribution-same-zone",
        34,
        (
            "Service.spec.trafficDistribution=PreferSameZone",
            "Service.spec.trafficDistribution=PreferSameNode",
        ),
        "PreferSameTrafficDistribution: alpha 1.33, on in 1.34",
    ),
    Feature(
        "unhealthy-pod-eviction-policy",
        27,
        ("PodDisruptionBudget.spec.unhealthyPodEvictionPolicy",),
        "PDBUnhealthyPodEvictionPolicy: alpha 1.26, on in 1.27",
    ),
    Feature(
        "volume-attributes-class",
        34,
        ("PersistentVolumeClaim.spec.volumeAttributesClassName",),
        "VolumeAttributesClass: alpha 1.29, beta and off 1.31, on in 1.34",
    ),
)

FEATURES: Mapping[str, Feature] = {feature.name: feature for feature in _TABLE}


def available(name: str, minor: int) -> bool:
    """Whether Kubernetes 1.`minor` has this feature on by default; KeyError for an unknown name."""
    return minor >= FEATURES[name].since
