"""Parts of the output: some kinds alone, or the probes as a patch for a Deployment that a team keeps itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from k8sgen.errors import Problem, SpecError
from k8sgen.render.comments import add_comments
from k8sgen.render.objects import Rendered, RenderedObject
from k8sgen.yamltext.scan import scan
from k8sgen.yamltext.write import document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from k8sgen.yamltext.scan import Pointer

PROBES = "probes"
PATCHED = ("startupProbe", "livenessProbe", "readinessProbe")
"""What the patch sets in the main container, beside the preStop hook and the grace period of the pod."""

HANDLERS: dict[str, dict[str, Any]] = {
    "exec": {"command": None},
    "grpc": {"port": None, "service": None},
    "httpGet": {"host": None, "httpHeaders": None, "path": None, "port": None, "scheme": None},
    "tcpSocket": {"host": None, "port": None},
}
PROBE = {
    **dict.fromkeys(HANDLERS),
    **dict.fromkeys(
        (
            "initialDelaySeconds",
            "periodSeconds",
            "timeoutSeconds",
            "successThreshold",
            "failureThreshold",
            "terminationGracePeriodSeconds",
        )
    ),
}
HOOK = dict.fromkeys(("exec", "httpGet", "sleep", "tcpSocket"))


def select(rendered: Rendered, only: Sequence[str], *, comments: bool) -> list[RenderedObject]:
    """The objects that were asked for; all when nothing was. Raises SpecError for a kind that is not there."""
    if not only:
        return list(rendered.objects)
    wanted = {name.lower(): name for name in only}
    chosen = [obj for obj in rendered.objects if obj.kind.lower() in wanted]
    missing = set(wanted) - {obj.kind.lower() for obj in chosen} - {PROBES}
    if missing:
        kinds = ", ".join(dict.fromkeys(obj.kind for obj in rendered.objects))
        raise SpecError(
            Problem(
                f"{rendered.loaded.spec.name} has no {wanted[min(missing)]}",
                rendered.loaded.start,
                f"--only takes kinds that are rendered ({kinds}), or probes",
            )
        )
    if PROBES in wanted:
        chosen.append(probe_patch(rendered, comments=comments))
    return chosen


def probe_patch(rendered: Rendered, *, comments: bool) -> RenderedObject:
    """A strategic merge patch with the probes, the preStop hook and the grace period, and nothing else.

    Merged by container name (https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/).
    """
    whole = next(
        obj for obj in rendered.objects if obj.kind == "Deployment" and obj.template == "deployment.yaml.j2"
    )
    pod = whole.data["spec"]["template"]["spec"]
    main = pod["containers"][0]
    container: dict[str, Any] = {"name": main["name"]}
    if hook := main.get("lifecycle", {}).get("preStop"):
        container["lifecycle"] = {"preStop": in_place_of(hook, HOOK)}
    container |= {key: in_place_of(main[key], PROBE) for key in PATCHED if key in main}
    data: dict[str, Any] = {
        "apiVersion": whole.data["apiVersion"],
        "kind": whole.data["kind"],
        "metadata": {
            key: whole.data["metadata"][key] for key in ("name", "namespace") if key in whole.data["metadata"]
        },
        "spec": {
            "template": {
                "spec": {
                    "terminationGracePeriodSeconds": pod["terminationGracePeriodSeconds"],
                    "containers": [container],
                }
            }
        },
    }
    text = document(data)
    reasons: dict[Pointer, tuple[int, str]] = {
        line.pointer: (line.line, whole.reasons[line.pointer][1])
        for line in scan(text)
        if line.pointer in whole.reasons
    }
    if comments:
        text = add_comments(text, dict(reasons.values()))
    return RenderedObject(data, text, whole.origins, whole.template, reasons)


def in_place_of(given: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    """A map that leaves nothing of the one that it is merged into, null standing for what is to go.

    Merged as it is, a probe would end with two handlers. `$patch: replace` would say it shorter, but a
    map with it is dropped where there is none yet (mergeMap in k8s.io/apimachinery/pkg/util/strategicpatch).
    """
    whole = {
        key: in_place_of(value, HANDLERS[key]) if key in HANDLERS else value for key, value in given.items()
    }
    return {**whole, **{key: None for key in fields if key not in given}}
