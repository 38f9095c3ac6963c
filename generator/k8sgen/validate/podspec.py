"""Where each kind keeps the pods it makes."""

from __future__ import annotations

POD_SPECS: dict[str, tuple[str, ...]] = {
    "Pod": ("spec",),
    "CronJob": ("spec", "jobTemplate", "spec", "template", "spec"),
    **dict.fromkeys(
        (
            "DaemonSet",
            "Deployment",
            "Job",
            "PodTemplate",
            "ReplicaSet",
            "ReplicationController",
            "StatefulSet",
        ),
        ("spec", "template", "spec"),
    ),
}
POD_SPECS["PodTemplate"] = ("template", "spec")
