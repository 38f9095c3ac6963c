"""How the number of pods follows the load, and what that needs."""

from __future__ import annotations

from k8sgen.resolve.arithmetic import supports
from k8sgen.resolve.derivation import Cluster, derived, rule
from k8sgen.resolve.disruption import minimum_replicas
from k8sgen.resolve.resources import resource_limits, resource_requests
from k8sgen.spec.container import ExtraContainer
from k8sgen.spec.service_spec import AnyContainer, Spec

HPA_DOCS = "https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/"
VALIDATE_HPA = "k8s.io/kubernetes/pkg/apis/autoscaling/validation"


@derived(given="autoscaling.cpu", source=HPA_DOCS)
def autoscaling_cpu(spec: Spec) -> int:
    """Percent of the CPU request that the pods are to use; 0 when other metrics decide alone."""
    if spec.autoscaling.memory is not None or spec.autoscaling.metrics:
        return 0
    return 80


@autoscaling_cpu.because
def _(spec: Spec) -> str:
    if autoscaling_cpu(spec) == 0:
        return "other metrics decide"
    return "of the CPU request; the rest is for the time that new pods take to start"


@rule(
    "autoscaling.maxReplicas",
    "autoscaling",
    hint="add `maxReplicas:`, the most pods you would pay for",
    source=VALIDATE_HPA,
)
def autoscaling_without_maximum(spec: Spec) -> str:
    """Only the user knows how much is too much."""
    if spec.autoscaling.enabled and spec.autoscaling.max_replicas is None:
        return "autoscaling has no maxReplicas"
    return ""


@rule(
    "autoscaling.maxReplicas",
    "autoscaling.minReplicas",
    "replicas",
    hint="raise maxReplicas or lower minReplicas (replicas, unless given)",
    source=VALIDATE_HPA,
)
def autoscaling_maximum_below_minimum(spec: Spec) -> str:
    """The range must hold a number."""
    highest = spec.autoscaling.max_replicas or minimum_replicas(spec)
    if spec.autoscaling.enabled and highest < minimum_replicas(spec):
        return (
            f"autoscaling.maxReplicas ({highest}) is below autoscaling.minReplicas ({minimum_replicas(spec)})"
        )
    return ""


@rule(
    "autoscaling.minReplicas",
    "replicas",
    hint="set autoscaling.minReplicas to 1 or more",
    source="HPAScaleToZero: on in 1.37",
)
def scale_to_zero_unsupported(spec: Spec, cluster: Cluster) -> str:
    """Before 1.37 the API server refuses a floor of nothing."""
    if (
        spec.autoscaling.enabled
        and minimum_replicas(spec) == 0
        and not supports("hpa-scale-to-zero", cluster)
    ):
        return f"autoscaling.minReplicas is 0, which is on from Kubernetes 1.37, and this is for 1.{cluster.minor}"
    return ""


@rule(
    "autoscaling.minReplicas",
    "autoscaling.metrics",
    "replicas",
    hint="add a metric of type External or Object, or set autoscaling.minReplicas to 1 or more",
    source=VALIDATE_HPA,
)
def scale_from_zero_unseen(spec: Spec) -> str:
    """With no pod there is no use of CPU: only a metric from elsewhere can wake the service."""
    woken = False
    for metric in spec.autoscaling.metrics:
        if "external" in metric or "object" in metric:
            woken = True
    if spec.autoscaling.enabled and minimum_replicas(spec) == 0 and not woken:
        return "autoscaling.minReplicas is 0, and no metric from outside the pods could start the first one"
    return ""


@derived()
def requests_resource(container: AnyContainer, resource: str) -> bool:
    """Whether a container requests a resource; the API server takes a limit for a request that is missing."""
    return resource in resource_requests(container) or resource in resource_limits(container)


@derived()
def missing_request(container: AnyContainer, spec: Spec) -> str:
    """The resource that the autoscaler measures and the container does not request; "" when there is none."""
    if not spec.autoscaling.enabled:
        return ""
    if autoscaling_cpu(spec) != 0 and not requests_resource(container, "cpu"):
        return "cpu"
    if spec.autoscaling.memory is not None and not requests_resource(container, "memory"):
        return "memory"
    return ""


@rule(
    "resources.requests",
    "autoscaling.cpu",
    "autoscaling.memory",
    "autoscaling",
    hint="request it: the autoscaler measures use in percent of the request",
    source=HPA_DOCS,
)
def autoscaling_without_request(spec: Spec) -> str:
    """Use in percent needs something to be a percentage of."""
    if missing_request(spec, spec):
        return f"autoscaling follows {missing_request(spec, spec)}, and resources.requests has none"
    return ""


@rule(
    "*.resources.requests",
    "autoscaling.cpu",
    "autoscaling.memory",
    "autoscaling",
    each="sidecars",
    hint="request it: the autoscaler adds up the requests of all containers",
    source=HPA_DOCS,
)
def autoscaling_without_sidecar_request(container: ExtraContainer, at: str, spec: Spec) -> str:
    """One container without a request, and the autoscaler computes nothing for the pod."""
    if missing_request(container, spec):
        return f"autoscaling follows {missing_request(container, spec)}, and {at}resources.requests has none"
    return ""
