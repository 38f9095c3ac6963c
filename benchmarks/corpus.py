"""Manifests to measure linters on: files of eight objects each, all of other names."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OBJECTS = 8

FILE = """\
apiVersion: v1
kind: ServiceAccount
metadata:
  name: NAME
  namespace: NAMESPACE
automountServiceAccountToken: false
---
apiVersion: v1
kind: ConfigMap
metadata:
  name: NAME
  namespace: NAMESPACE
data:
  LOG_LEVEL: info
  config.yaml: |
    pool: 10
    timeout: 5s
---
apiVersion: v1
kind: Service
metadata:
  name: NAME
  namespace: NAMESPACE
  labels: {app.kubernetes.io/name: NAME}
spec:
  selector: {app.kubernetes.io/name: NAME}
  ports:
    - name: http
      port: 80
      targetPort: http
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: NAME
  namespace: NAMESPACE
  labels: {app.kubernetes.io/name: NAME}
spec:
  progressDeadlineSeconds: 600
  minReadySeconds: 5
  strategy: {rollingUpdate: {maxSurge: 1, maxUnavailable: 0}}
  selector: {matchLabels: {app.kubernetes.io/name: NAME}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: NAME}
    spec:
      serviceAccountName: NAME
      automountServiceAccountToken: false
      terminationGracePeriodSeconds: 40
      securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: topology.kubernetes.io/zone
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app.kubernetes.io/name: NAME}}
      containers:
        - name: NAME
          image: ghcr.io/acme/NAME:1.4.2
          ports:
            - {name: http, containerPort: 8080}
          envFrom:
            - configMapRef: {name: NAME}
          env:
            - {name: POD_NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
          resources:
            requests: {cpu: 100m, memory: 128Mi}
            limits: {memory: 256Mi}
          lifecycle: {preStop: {sleep: {seconds: 5}}}
          startupProbe: {httpGet: {path: /healthz, port: http}, periodSeconds: 2, failureThreshold: 30, timeoutSeconds: 2}
          livenessProbe: {httpGet: {path: /healthz, port: http}, timeoutSeconds: 2}
          readinessProbe: {httpGet: {path: /readyz, port: http}, periodSeconds: 5, timeoutSeconds: 2}
          securityContext:
            allowPrivilegeEscalation: false
            readOnlyRootFilesystem: true
            capabilities: {drop: [ALL]}
          volumeMounts:
            - {name: tmp, mountPath: /tmp}
      volumes:
        - {name: tmp, emptyDir: {}}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: NAME
  namespace: NAMESPACE
spec:
  maxUnavailable: 1
  selector: {matchLabels: {app.kubernetes.io/name: NAME}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: NAME
  namespace: NAMESPACE
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: NAME}
  minReplicas: 3
  maxReplicas: 9
  metrics:
    - type: Resource
      resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: NAME
  namespace: NAMESPACE
spec:
  podSelector: {matchLabels: {app.kubernetes.io/name: NAME}}
  policyTypes: [Ingress]
  ingress:
    - ports: [{port: http}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: NAME
  namespace: NAMESPACE
spec:
  ingressClassName: nginx
  tls:
    - hosts: [NAME.example.com]
      secretName: NAME-tls
  rules:
    - host: NAME.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: NAME, port: {name: http}}}
"""


def write_corpus(directory: Path, files: int) -> None:
    """Write so many files of eight objects; one in twenty has faults that a default profile reports."""
    for number in range(files):
        text = FILE.replace("NAMESPACE", f"team-{number % 40}").replace("NAME", f"service-{number}")
        if number % 20 == 0:
            text = text.replace(":1.4.2", ":latest").replace("maxUnavailable: 1\n", "maxUnavailable: 0\n")
        folder = directory / f"team-{number % 40}"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"service-{number}.yaml").write_text(text, encoding="utf-8")
