{{/* The service's name, which in this chart is a value. */}}
{{- define "service.name" -}}
{{- .Values.name -}}
{{- end }}

{{/* The name of the objects, which in this chart is the service's. */}}
{{- define "service.fullname" -}}
{{- .Values.name -}}
{{- end }}

{{/* A number or a text as text: numbers of a values file are floats, and would print as 1e+06. */}}
{{- define "service.text" -}}
{{- if kindIs "string" . -}}{{- . -}}{{- else if kindIs "bool" . -}}{{- . -}}{{- else -}}{{- int64 . -}}{{- end -}}
{{- end }}

{{/* A path of the values and a dot, for messages; keys that hold dots or slashes stand in brackets. */}}
{{- define "service.path" -}}
{{- $path := "" -}}
{{- range . -}}
{{- if or (contains "." .) (contains "/" .) (not .) -}}{{- $path = printf "%s[%s]" $path . -}}
{{- else if $path -}}{{- $path = printf "%s.%s" $path . -}}
{{- else -}}{{- $path = . -}}{{- end -}}
{{- end -}}
{{- printf "%s." $path -}}
{{- end }}

{{/* Takes root, network_port. */}}
{{- define "service.networkport" -}}
{{- $networkPort := .network_port -}}
port: {{ toJson $networkPort.port }}
{{- if not (kindIs "invalid" $networkPort.endPort) }}
endPort: {{ int64 $networkPort.endPort }}
{{- end }}
{{- end }}

{{/* Takes root, peer. */}}
{{- define "service.networkpeer" -}}
{{- $peer := .peer -}}
{{- if not (kindIs "invalid" $peer.ipBlock) }}
- ipBlock:
    {{- toYaml $peer.ipBlock | nindent 4 }}
{{- else if not (kindIs "invalid" $peer.namespaceSelector) }}
{{- if include "service.selectsSome" (dict "root" .root "label_selector" $peer.namespaceSelector) }}
- namespaceSelector:
    {{- $labelSelector := $peer.namespaceSelector }}
    {{- with include "service.labelselector" (dict "root" .root "label_selector" $labelSelector) }}
    {{- trimPrefix "\n" . | nindent 4 }}
    {{- end }}
{{- else }}
- namespaceSelector: {}
{{- end }}
  {{- if not (kindIs "invalid" $peer.podSelector) }}
  {{- if include "service.selectsSome" (dict "root" .root "label_selector" $peer.podSelector) }}
  podSelector:
    {{- $labelSelector := $peer.podSelector }}
    {{- with include "service.labelselector" (dict "root" .root "label_selector" $labelSelector) }}
    {{- trimPrefix "\n" . | nindent 4 }}
    {{- end }}
  {{- else }}
  podSelector: {}
  {{- end }}
  {{- end }}
{{- else if include "service.selectsSome" (dict "root" .root "label_selector" $peer.podSelector) }}
- podSelector:
    {{- $labelSelector := $peer.podSelector }}
    {{- with include "service.labelselector" (dict "root" .root "label_selector" $labelSelector) }}
    {{- trimPrefix "\n" . | nindent 4 }}
    {{- end }}
{{- else }}
- podSelector: {}
{{- end }}
{{- end }}

{{/* Takes root, label_selector. */}}
{{- define "service.labelselector" -}}
{{- $labelSelector := .label_selector -}}
{{- if $labelSelector.matchLabels }}
matchLabels:
  {{- range $key, $value := $labelSelector.matchLabels }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- if $labelSelector.matchExpressions }}
matchExpressions:
  {{- toYaml $labelSelector.matchExpressions | nindent 2 }}
{{- end }}
{{- end }}

{{/* Takes root, volume, volume_name. */}}
{{- define "service.volume" -}}
{{- $volume := .volume -}}
{{- $volumeName := .volume_name -}}
{{- if not (kindIs "invalid" $volume.size) }}
persistentVolumeClaim:
  claimName: {{ printf "%s-%s" (include "service.fullname" .root) $volumeName | quote }}
{{- else if $volume.emptyDir }}
emptyDir:
  {{- toYaml $volume.emptyDir | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.emptyDir) }}
emptyDir: {}
{{- else if not (kindIs "invalid" $volume.awsElasticBlockStore) }}
awsElasticBlockStore:
  {{- toYaml $volume.awsElasticBlockStore | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.azureDisk) }}
azureDisk:
  {{- toYaml $volume.azureDisk | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.azureFile) }}
azureFile:
  {{- toYaml $volume.azureFile | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.cephfs) }}
cephfs:
  {{- toYaml $volume.cephfs | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.cinder) }}
cinder:
  {{- toYaml $volume.cinder | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.configMap) }}
configMap:
  {{- toYaml $volume.configMap | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.csi) }}
csi:
  {{- toYaml $volume.csi | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.downwardAPI) }}
downwardAPI:
  {{- toYaml $volume.downwardAPI | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.ephemeral) }}
ephemeral:
  {{- toYaml $volume.ephemeral | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.fc) }}
fc:
  {{- toYaml $volume.fc | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.flexVolume) }}
flexVolume:
  {{- toYaml $volume.flexVolume | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.flocker) }}
flocker:
  {{- toYaml $volume.flocker | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.gcePersistentDisk) }}
gcePersistentDisk:
  {{- toYaml $volume.gcePersistentDisk | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.gitRepo) }}
gitRepo:
  {{- toYaml $volume.gitRepo | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.glusterfs) }}
glusterfs:
  {{- toYaml $volume.glusterfs | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.hostPath) }}
hostPath:
  {{- toYaml $volume.hostPath | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.image) }}
image:
  {{- toYaml $volume.image | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.iscsi) }}
iscsi:
  {{- toYaml $volume.iscsi | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.nfs) }}
nfs:
  {{- toYaml $volume.nfs | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.persistentVolumeClaim) }}
persistentVolumeClaim:
  {{- toYaml $volume.persistentVolumeClaim | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.photonPersistentDisk) }}
photonPersistentDisk:
  {{- toYaml $volume.photonPersistentDisk | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.portworxVolume) }}
portworxVolume:
  {{- toYaml $volume.portworxVolume | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.projected) }}
projected:
  {{- toYaml $volume.projected | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.quobyte) }}
quobyte:
  {{- toYaml $volume.quobyte | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.rbd) }}
rbd:
  {{- toYaml $volume.rbd | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.scaleIO) }}
scaleIO:
  {{- toYaml $volume.scaleIO | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.secret) }}
secret:
  {{- toYaml $volume.secret | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.storageos) }}
storageos:
  {{- toYaml $volume.storageos | nindent 2 }}
{{- else if not (kindIs "invalid" $volume.vsphereVolume) }}
vsphereVolume:
  {{- toYaml $volume.vsphereVolume | nindent 2 }}
{{- end }}
{{- end }}

{{/* Takes root, container, name, role. */}}
{{- define "service.container" -}}
{{- $container := .container -}}
{{- $name := .name -}}
{{- $role := .role -}}
- name: {{ $name | quote }}
  image: {{ include "service.imageReference" (dict "root" .root "container" $container) | quote }}
  imagePullPolicy: {{ include "service.imagePullPolicy" (dict "root" .root "container" $container) | quote }}
  {{- if $container.command }}
  command:
    {{- toYaml $container.command | nindent 4 }}
  {{- end }}
  {{- if $container.args }}
  args:
    {{- toYaml $container.args | nindent 4 }}
  {{- end }}
  {{- if not (kindIs "invalid" $container.workingDir) }}
  workingDir: {{ $container.workingDir | quote }}
  {{- end }}
  {{- if eq $role "sidecar" }}
  restartPolicy: Always
  {{- end }}
  {{- if $container.ports }}
  ports:
    {{- range $portName, $port := $container.ports }}
    - name: {{ $portName | quote }}
      containerPort: {{ int64 $port.port }}
      {{- if not (kindIs "invalid" $port.hostPort) }}
      hostPort: {{ int64 $port.hostPort }}
      {{- end }}
      protocol: {{ include "service.portProtocol" (dict "root" $.root "port" $port) | quote }}
    {{- end }}
  {{- end }}
  {{- if $container.envFrom }}
  envFrom:
    {{- range $_, $source := $container.envFrom }}
    {{- if not (kindIs "invalid" $source.secretRef) }}
    - secretRef:
        name: {{ ($source.secretRef).name | quote }}
        {{- if not (kindIs "invalid" ($source.secretRef).optional) }}
        optional: {{ ($source.secretRef).optional }}
        {{- end }}
    {{- else }}
    - configMapRef:
        name: {{ ($source.configMapRef).name | quote }}
        {{- if not (kindIs "invalid" ($source.configMapRef).optional) }}
        optional: {{ ($source.configMapRef).optional }}
        {{- end }}
    {{- end }}
    {{- if not (kindIs "invalid" $source.prefix) }}
      prefix: {{ $source.prefix | quote }}
    {{- end }}
    {{- end }}
  {{- end }}
  {{- if or $container.env (include "service.setsVariables" (dict "root" .root "role" $role)) }}
  env:
    {{- if include "service.setsVariables" (dict "root" .root "role" $role) }}
    {{- if include "service.goMemoryLimit" .root }}
    - name: GOMEMLIMIT
      value: {{ include "service.goMemoryLimit" .root | quote }}
    {{- end }}
    {{- if include "service.goMaxProcs" .root }}
    - name: GOMAXPROCS
      value: {{ include "service.goMaxProcs" .root | quote }}
    {{- end }}
    {{- if include "service.javaToolOptions" .root }}
    - name: JAVA_TOOL_OPTIONS
      value: {{ include "service.javaToolOptions" .root | quote }}
    {{- end }}
    {{- if include "service.nodeOptions" .root }}
    - name: NODE_OPTIONS
      value: {{ include "service.nodeOptions" .root | quote }}
    {{- end }}
    {{- if include "service.webConcurrency" .root }}
    - name: WEB_CONCURRENCY
      value: {{ include "service.webConcurrency" .root | quote }}
    {{- end }}
    {{- if include "service.gunicornArguments" .root }}
    - name: GUNICORN_CMD_ARGS
      value: {{ include "service.gunicornArguments" .root | quote }}
    {{- end }}
    {{- if include "service.uvicornGracefulTimeout" .root }}
    - name: UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN
      value: {{ include "service.uvicornGracefulTimeout" .root | quote }}
    {{- end }}
    {{- end }}
    {{- range $variableName, $variable := $container.env }}
    {{- if not (and (not (kindIs "invalid" $variable.value)) (contains "$(" $variable.value)) }}
    - name: {{ $variableName | quote }}
      {{- include "service.envvalue" (dict "root" $.root "variable" $variable) | trim | nindent 6 }}
    {{- end }}
    {{- end }}
    {{- range $variableName, $variable := $container.env }}
    {{- if and (not (kindIs "invalid" $variable.value)) (contains "$(" $variable.value) }}
    - name: {{ $variableName | quote }}
      {{- include "service.envvalue" (dict "root" $.root "variable" $variable) | trim | nindent 6 }}
    {{- end }}
    {{- end }}
  {{- end }}
  {{- if or (fromJson (include "service.resourceRequests" (dict "root" .root "container" $container))).v (fromJson (include "service.resourceLimits" (dict "root" .root "container" $container))).v ($container.resources).claims }}
  resources:
    {{- with (fromJson (include "service.resourceRequests" (dict "root" .root "container" $container))).v }}
    requests:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- with (fromJson (include "service.resourceLimits" (dict "root" .root "container" $container))).v }}
    limits:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- if ($container.resources).claims }}
    claims:
      {{- toYaml ($container.resources).claims | nindent 6 }}
    {{- end }}
  {{- end }}
  {{- if eq $role "main" }}
  {{- if or (include "service.preStopNeeded" .root) (fromJson (include "service.postStart" (dict "root" .root "container" $container))).v }}
  lifecycle:
    {{- with (fromJson (include "service.postStart" (dict "root" .root "container" $container))).v }}
    postStart:
      {{- toYaml . | nindent 6 }}
    {{- end }}
    {{- if include "service.preStopNeeded" .root }}
    preStop:
      {{- if include "service.preStopPauses" .root }}
      sleep:
        seconds: {{ include "service.hookSeconds" .root }}
      {{- else if not (kindIs "invalid" (.root.Values.shutdown.preStop).exec) }}
      exec:
        command:
          {{- toYaml ((.root.Values.shutdown.preStop).exec).command | nindent 10 }}
      {{- else if not (kindIs "invalid" (.root.Values.shutdown.preStop).httpGet) }}
      {{- $httpGet := (.root.Values.shutdown.preStop).httpGet }}
      {{- include "service.httpget" (dict "root" .root "http_get" $httpGet "container" $container) | nindent 6 }}
      {{- end }}
    {{- end }}
  {{- end }}
  {{- else if (fromJson (include "service.ownLifecycle" (dict "root" .root "container" $container))).v }}
  lifecycle:
    {{- toYaml (fromJson (include "service.ownLifecycle" (dict "root" .root "container" $container))).v | nindent 4 }}
  {{- end }}
  {{- if not (kindIs "invalid" ($container.probes).startup) }}
  {{- $probe := ($container.probes).startup }}
  {{- with include "service.probe" (dict "root" .root "probe" $probe "kind" "startup" "container" $container "role" $role) }}
  {{- trimPrefix "\n" . | nindent 2 }}
  {{- end }}
  {{- end }}
  {{- if not (kindIs "invalid" ($container.probes).liveness) }}
  {{- $probe := ($container.probes).liveness }}
  {{- with include "service.probe" (dict "root" .root "probe" $probe "kind" "liveness" "container" $container "role" $role) }}
  {{- trimPrefix "\n" . | nindent 2 }}
  {{- end }}
  {{- end }}
  {{- if not (kindIs "invalid" ($container.probes).readiness) }}
  {{- $probe := ($container.probes).readiness }}
  {{- with include "service.probe" (dict "root" .root "probe" $probe "kind" "readiness" "container" $container "role" $role) }}
  {{- trimPrefix "\n" . | nindent 2 }}
  {{- end }}
  {{- end }}
  securityContext:
    {{- if not (include "service.allowPrivilegeEscalation" (dict "root" .root "container" $container)) }}
    allowPrivilegeEscalation: false
    {{- end }}
    readOnlyRootFilesystem: {{ not (empty (include "service.readOnlyRootFilesystem" (dict "root" .root "container" $container))) }}
    {{- if or ($container.security).addCapabilities (fromJson (include "service.dropCapabilities" (dict "root" .root "container" $container))).v }}
    capabilities:
      {{- if ($container.security).addCapabilities }}
      add:
        {{- toYaml ($container.security).addCapabilities | nindent 8 }}
      {{- end }}
      {{- with (fromJson (include "service.dropCapabilities" (dict "root" .root "container" $container))).v }}
      drop:
        {{- toYaml . | nindent 8 }}
      {{- end }}
    {{- end }}
    {{- if not (kindIs "invalid" ($container.security).privileged) }}
    privileged: {{ ($container.security).privileged }}
    {{- end }}
    {{- if not (kindIs "invalid" ($container.security).procMount) }}
    procMount: {{ ($container.security).procMount | quote }}
    {{- end }}
    {{- if ne $role "main" }}
    {{- if not (kindIs "invalid" ($container.security).runAsNonRoot) }}
    runAsNonRoot: {{ ($container.security).runAsNonRoot }}
    {{- end }}
    {{- if not (kindIs "invalid" ($container.security).runAsUser) }}
    runAsUser: {{ int64 ($container.security).runAsUser }}
    {{- end }}
    {{- if not (kindIs "invalid" ($container.security).runAsGroup) }}
    runAsGroup: {{ int64 ($container.security).runAsGroup }}
    {{- end }}
    {{- if not (kindIs "invalid" ($container.security).seccompProfile) }}
    seccompProfile:
      {{- toYaml ($container.security).seccompProfile | nindent 6 }}
    {{- end }}
    {{- if not (kindIs "invalid" ($container.security).seLinuxOptions) }}
    seLinuxOptions:
      {{- toYaml ($container.security).seLinuxOptions | nindent 6 }}
    {{- end }}
    {{- if not (kindIs "invalid" ($container.security).appArmorProfile) }}
    appArmorProfile:
      {{- toYaml ($container.security).appArmorProfile | nindent 6 }}
    {{- end }}
    {{- end }}
  {{- if include "service.hasMounts" (dict "root" .root "container" $container "role" $role) }}
  volumeMounts:
    {{- range $volumeName, $volume := $container.volumes }}
    {{- if not (kindIs "invalid" $volume.mountPath) }}
    - name: {{ $volumeName | quote }}
      mountPath: {{ $volume.mountPath | quote }}
      {{- if not (kindIs "invalid" $volume.subPath) }}
      subPath: {{ $volume.subPath | quote }}
      {{- end }}
      {{- if not (kindIs "invalid" $volume.readOnly) }}
      readOnly: {{ $volume.readOnly }}
      {{- end }}
    {{- end }}
    {{- range $path, $mount := $volume.mounts }}
    - name: {{ $volumeName | quote }}
      mountPath: {{ $path | quote }}
      {{- if not (kindIs "invalid" $mount.subPath) }}
      subPath: {{ $mount.subPath | quote }}
      {{- end }}
      {{- if not (kindIs "invalid" $mount.subPathExpr) }}
      subPathExpr: {{ $mount.subPathExpr | quote }}
      {{- end }}
      {{- if include "service.mountReadOnly" (dict "root" $.root "mount" $mount "volume" $volume) }}
      readOnly: true
      {{- end }}
      {{- if not (kindIs "invalid" $mount.mountPropagation) }}
      mountPropagation: {{ $mount.mountPropagation | quote }}
      {{- end }}
    {{- end }}
    {{- end }}
    {{- if include "service.hasTemporary" (dict "root" .root "container" $container) }}
    - name: {{ include "service.temporaryVolume" (dict "root" .root "name" $name "role" $role) | quote }}
      mountPath: /tmp
    {{- end }}
    {{- if eq $role "main" }}
    {{- range $path, $file := .root.Values.files }}
    - name: files
      mountPath: {{ $path | quote }}
      subPath: {{ replace "/" "_" (trimPrefix "/" $path) | quote }}
      readOnly: true
    {{- end }}
    {{- end }}
  {{- end }}
  {{- if include "service.hasLifecycle" (dict "root" .root "container" $container) }}
  {{- with (fromJson (include "service.fieldsBesideLifecycle" (dict "root" .root "container" $container))).v }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
  {{- else if $container.container }}
  {{- toYaml $container.container | nindent 2 }}
  {{- end }}
{{- end }}

{{/* Takes root, probe, kind, container, role. */}}
{{- define "service.probe" -}}
{{- $probe := .probe -}}
{{- $kind := .kind -}}
{{- $container := .container -}}
{{- $role := .role -}}
{{- if not (kindIs "invalid" $probe) }}
{{- if include "service.probeEnabled" (dict "root" .root "probe" $probe "container" $container) }}
{{- if eq $kind "startup" }}
startupProbe:
  {{- include "service.probehandler" (dict "root" .root "probe" $probe "container" $container) | trim | nindent 2 }}
  {{- if eq $role "main" }}
  periodSeconds: {{ include "service.startupPeriodSeconds" .root }}
  timeoutSeconds: {{ include "service.startupTimeoutSeconds" .root }}
  failureThreshold: {{ include "service.startupFailureThreshold" .root }}
  {{- else }}
  {{- with include "service.probetimings" (dict "root" .root "probe" $probe) }}
  {{- trimPrefix "\n" . | nindent 2 }}
  {{- end }}
  {{- end }}
{{- else if eq $kind "liveness" }}
livenessProbe:
  {{- include "service.probehandler" (dict "root" .root "probe" $probe "container" $container) | trim | nindent 2 }}
  {{- if eq $role "main" }}
  periodSeconds: {{ include "service.livenessPeriodSeconds" .root }}
  timeoutSeconds: {{ include "service.livenessTimeoutSeconds" .root }}
  failureThreshold: {{ include "service.livenessFailureThreshold" .root }}
  {{- else }}
  {{- with include "service.probetimings" (dict "root" .root "probe" $probe) }}
  {{- trimPrefix "\n" . | nindent 2 }}
  {{- end }}
  {{- end }}
{{- else }}
readinessProbe:
  {{- include "service.probehandler" (dict "root" .root "probe" $probe "container" $container) | trim | nindent 2 }}
  {{- if eq $role "main" }}
  periodSeconds: {{ include "service.readinessPeriodSeconds" .root }}
  timeoutSeconds: {{ include "service.readinessTimeoutSeconds" .root }}
  failureThreshold: {{ include "service.readinessFailureThreshold" .root }}
  {{- else }}
  {{- with include "service.probetimings" (dict "root" .root "probe" $probe) }}
  {{- trimPrefix "\n" . | nindent 2 }}
  {{- end }}
  {{- end }}
{{- end }}
  {{- if not (kindIs "invalid" $probe.successThreshold) }}
  successThreshold: {{ int64 $probe.successThreshold }}
  {{- end }}
  {{- if not (kindIs "invalid" $probe.terminationGracePeriodSeconds) }}
  terminationGracePeriodSeconds: {{ int64 $probe.terminationGracePeriodSeconds }}
  {{- end }}
{{- end }}
{{- end }}
{{- end }}

{{/* Takes root, probe. */}}
{{- define "service.probetimings" -}}
{{- $probe := .probe -}}
{{- if not (kindIs "invalid" $probe.periodSeconds) }}
periodSeconds: {{ int64 $probe.periodSeconds }}
{{- end }}
{{- if not (kindIs "invalid" $probe.timeoutSeconds) }}
timeoutSeconds: {{ int64 $probe.timeoutSeconds }}
{{- end }}
{{- if not (kindIs "invalid" $probe.failureThreshold) }}
failureThreshold: {{ int64 $probe.failureThreshold }}
{{- end }}
{{- end }}

{{/* Takes root, probe, container. */}}
{{- define "service.probehandler" -}}
{{- $probe := .probe -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" $probe.httpGet) }}
{{- $httpGet := $probe.httpGet }}
{{- include "service.httpget" (dict "root" .root "http_get" $httpGet "container" $container) | nindent 0 }}
{{- else if not (kindIs "invalid" $probe.tcpSocket) }}
tcpSocket:
  port: {{ toJson (fromJson (include "service.tcpSocketPort" (dict "root" .root "tcp_socket" $probe.tcpSocket "container" $container))).v }}
  {{- if not (kindIs "invalid" ($probe.tcpSocket).host) }}
  host: {{ ($probe.tcpSocket).host | quote }}
  {{- end }}
{{- else if not (kindIs "invalid" $probe.exec) }}
exec:
  command:
    {{- toYaml ($probe.exec).command | nindent 4 }}
{{- else if not (kindIs "invalid" $probe.grpc) }}
grpc:
  port: {{ include "service.grpcPort" (dict "root" .root "grpc" $probe.grpc "container" $container) }}
  {{- if not (kindIs "invalid" ($probe.grpc).service) }}
  service: {{ ($probe.grpc).service | quote }}
  {{- end }}
{{- else }}
tcpSocket:
  port: {{ include "service.probePort" (dict "root" .root "container" $container) | quote }}
{{- end }}
{{- if not (kindIs "invalid" $probe.initialDelaySeconds) }}
initialDelaySeconds: {{ int64 $probe.initialDelaySeconds }}
{{- end }}
{{- end }}

{{/* Takes root, http_get, container. */}}
{{- define "service.httpget" -}}
{{- $httpGet := .http_get -}}
{{- $container := .container -}}
httpGet:
  {{- if not (kindIs "invalid" $httpGet.path) }}
  path: {{ $httpGet.path | quote }}
  {{- end }}
  port: {{ toJson (fromJson (include "service.httpGetPort" (dict "root" .root "http_get" $httpGet "container" $container))).v }}
  {{- if not (kindIs "invalid" $httpGet.scheme) }}
  scheme: {{ $httpGet.scheme | quote }}
  {{- end }}
  {{- if not (kindIs "invalid" $httpGet.host) }}
  host: {{ $httpGet.host | quote }}
  {{- end }}
  {{- if $httpGet.httpHeaders }}
  httpHeaders:
    {{- toYaml $httpGet.httpHeaders | nindent 4 }}
  {{- end }}
{{- end }}

{{/* Takes root, variable. */}}
{{- define "service.envvalue" -}}
{{- $variable := .variable -}}
{{- if not (kindIs "invalid" $variable.value) }}
value: {{ $variable.value | quote }}
{{- else }}
valueFrom:
  {{- if not (kindIs "invalid" $variable.secretKeyRef) }}
  secretKeyRef:
    name: {{ ($variable.secretKeyRef).name | quote }}
    key: {{ ($variable.secretKeyRef).key | quote }}
    {{- if not (kindIs "invalid" ($variable.secretKeyRef).optional) }}
    optional: {{ ($variable.secretKeyRef).optional }}
    {{- end }}
  {{- else if not (kindIs "invalid" $variable.configMapKeyRef) }}
  configMapKeyRef:
    name: {{ ($variable.configMapKeyRef).name | quote }}
    key: {{ ($variable.configMapKeyRef).key | quote }}
    {{- if not (kindIs "invalid" ($variable.configMapKeyRef).optional) }}
    optional: {{ ($variable.configMapKeyRef).optional }}
    {{- end }}
  {{- else if not (kindIs "invalid" $variable.fieldRef) }}
  fieldRef:
    {{- if not (kindIs "invalid" ($variable.fieldRef).apiVersion) }}
    apiVersion: {{ ($variable.fieldRef).apiVersion | quote }}
    {{- end }}
    fieldPath: {{ ($variable.fieldRef).fieldPath | quote }}
  {{- else if not (kindIs "invalid" $variable.resourceFieldRef) }}
  resourceFieldRef:
    {{- if not (kindIs "invalid" ($variable.resourceFieldRef).containerName) }}
    containerName: {{ ($variable.resourceFieldRef).containerName | quote }}
    {{- end }}
    resource: {{ ($variable.resourceFieldRef).resource | quote }}
    {{- if not (kindIs "invalid" ($variable.resourceFieldRef).divisor) }}
    divisor: {{ ($variable.resourceFieldRef).divisor | quote }}
    {{- end }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "service.versionedlabels" -}}
{{- include "service.labels" . | trim | nindent 0 }}
{{- if and (include "service.versionLabel" .) (include "service.printsLabel" (dict "root" . "key" "app.kubernetes.io/version")) }}
app.kubernetes.io/version: {{ include "service.versionLabel" . | quote }}
{{- end }}
{{- end }}

{{/* Takes root, own. */}}
{{- define "service.servicespec" -}}
{{- $own := .own -}}
type: {{ include "service.serviceType" (dict "root" .root "service" $own) | quote }}
{{- if $own.headless }}
clusterIP: None
{{- end }}
selector:
  {{- include "service.selector" .root | trim | nindent 2 }}
{{- if (fromJson (include "service.servicePortNames" (dict "root" .root "service" $own))).v }}
ports:
  {{- range $portName, $port := .root.Values.ports }}
  {{- if include "service.showsPort" (dict "root" $.root "service" $own "port_name" $portName) }}
  {{- include "service.serviceport" (dict "root" $.root "own" $own "port_name" $portName "port" $port) | nindent 2 }}
  {{- end }}
  {{- end }}
  {{- range $sidecarName, $sidecar := .root.Values.sidecars }}
  {{- range $portName, $port := $sidecar.ports }}
  {{- if include "service.showsPort" (dict "root" $.root "service" $own "port_name" $portName) }}
  {{- include "service.serviceport" (dict "root" $.root "own" $own "port_name" $portName "port" $port) | nindent 2 }}
  {{- end }}
  {{- end }}
  {{- end }}
{{- end }}
{{- if not (kindIs "invalid" $own.publishNotReadyAddresses) }}
publishNotReadyAddresses: {{ $own.publishNotReadyAddresses }}
{{- end }}
{{- if not (kindIs "invalid" $own.sessionAffinity) }}
sessionAffinity: {{ $own.sessionAffinity | quote }}
{{- end }}
{{- if $own.sessionAffinityConfig }}
sessionAffinityConfig:
  {{- toYaml $own.sessionAffinityConfig | nindent 2 }}
{{- end }}
{{- if not (kindIs "invalid" $own.externalTrafficPolicy) }}
externalTrafficPolicy: {{ $own.externalTrafficPolicy | quote }}
{{- end }}
{{- if not (kindIs "invalid" $own.internalTrafficPolicy) }}
internalTrafficPolicy: {{ $own.internalTrafficPolicy | quote }}
{{- end }}
{{- if not (kindIs "invalid" $own.trafficDistribution) }}
trafficDistribution: {{ include "service.trafficDistribution" (dict "root" .root "service" $own) | quote }}
{{- end }}
{{- if not (kindIs "invalid" $own.healthCheckNodePort) }}
healthCheckNodePort: {{ int64 $own.healthCheckNodePort }}
{{- end }}
{{- if not (kindIs "invalid" $own.loadBalancerClass) }}
loadBalancerClass: {{ $own.loadBalancerClass | quote }}
{{- end }}
{{- if $own.loadBalancerSourceRanges }}
loadBalancerSourceRanges:
  {{- toYaml $own.loadBalancerSourceRanges | nindent 2 }}
{{- end }}
{{- if not (kindIs "invalid" $own.allocateLoadBalancerNodePorts) }}
allocateLoadBalancerNodePorts: {{ $own.allocateLoadBalancerNodePorts }}
{{- end }}
{{- if $own.externalIPs }}
externalIPs:
  {{- toYaml $own.externalIPs | nindent 2 }}
{{- end }}
{{- if not (kindIs "invalid" $own.ipFamilyPolicy) }}
ipFamilyPolicy: {{ $own.ipFamilyPolicy | quote }}
{{- end }}
{{- if $own.ipFamilies }}
ipFamilies:
  {{- toYaml $own.ipFamilies | nindent 2 }}
{{- end }}
{{- end }}

{{/* Takes root, own, port_name, port. */}}
{{- define "service.serviceport" -}}
{{- $own := .own -}}
{{- $portName := .port_name -}}
{{- $port := .port -}}
- name: {{ $portName | quote }}
  port: {{ include "service.servicePort" (dict "root" .root "port" $port) }}
  targetPort: {{ toJson (fromJson (include "service.targetPort" (dict "root" .root "port" $port "port_name" $portName))).v }}
  protocol: {{ include "service.portProtocol" (dict "root" .root "port" $port) | quote }}
  {{- if not (kindIs "invalid" $port.appProtocol) }}
  appProtocol: {{ $port.appProtocol | quote }}
  {{- end }}
  {{- if and (not (kindIs "invalid" $port.nodePort)) (include "service.opensNodePort" (dict "root" .root "service" $own)) }}
  nodePort: {{ int64 $port.nodePort }}
  {{- end }}
{{- end }}

{{- define "service.selector" -}}
{{- range $key, $value := (fromJson (include "service.selectorLabels" .)).v }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* Takes root, own. */}}
{{- define "service.servicemetadata" -}}
{{- $own := .own -}}
{{- include "service.metadata" .root | nindent 0 }}
  {{- range $label, $value := $own.labels }}
  {{ $label | quote }}: {{ $value | quote }}
  {{- end }}
{{- $extra := $own.annotations }}
{{- with include "service.ownannotations" (dict "root" .root "extra" $extra) }}
{{- trimPrefix "\n" . | nindent 0 }}
{{- end }}
{{- end }}

{{/* Takes root, volume, volume_name. */}}
{{- define "service.claim" -}}
{{- $volume := .volume -}}
{{- $volumeName := .volume_name -}}
{{- if not (kindIs "invalid" $volume.size) }}
---
apiVersion: v1
kind: PersistentVolumeClaim
metadata:
  name: {{ printf "%s-%s" (include "service.fullname" .root) $volumeName | quote }}
  {{- include "service.metadata" .root | nindent 2 }}
  {{- with include "service.annotations" .root }}
  {{- trimPrefix "\n" . | nindent 2 }}
  {{- end }}
spec:
  accessModes:
    {{- toYaml (fromJson (include "service.accessModes" (dict "root" .root "volume" $volume))).v | nindent 4 }}
  resources:
    requests:
      storage: {{ $volume.size | quote }}
  {{- if not (kindIs "invalid" $volume.storageClass) }}
  storageClassName: {{ $volume.storageClass | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "service.annotations" -}}
{{- if .Values.annotations }}
annotations:
  {{- range $key, $value := .Values.annotations }}
  {{ $key | quote }}: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{/* Takes root, extra. */}}
{{- define "service.ownannotations" -}}
{{- $extra := .extra -}}
{{- if or .root.Values.annotations $extra }}
annotations:
  {{- range $name, $value := .root.Values.annotations }}
  {{- if not (and (not (kindIs "invalid" $extra)) (hasKey $extra $name)) }}
  {{ $name | quote }}: {{ $value | quote }}
  {{- end }}
  {{- end }}
  {{- range $name, $value := $extra }}
  {{ $name | quote }}: {{ $value | quote }}
  {{- end }}
{{- end }}
{{- end }}

{{- define "service.metadata" -}}
labels:
  {{- include "service.labels" . | trim | nindent 2 }}
{{- end }}

{{- define "service.labels" -}}
{{- range $key, $value := .Values.selector }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- if include "service.printsLabel" (dict "root" . "key" "app.kubernetes.io/name") }}
app.kubernetes.io/name: {{ include "service.name" . | quote }}
{{- end }}
{{- if include "service.printsLabel" (dict "root" . "key" "app.kubernetes.io/instance") }}
app.kubernetes.io/instance: {{ .Release.Name | quote }}
{{- end }}
{{- if and (not (kindIs "invalid" .Values.partOf)) (include "service.printsLabel" (dict "root" . "key" "app.kubernetes.io/part-of")) }}
app.kubernetes.io/part-of: {{ .Values.partOf | quote }}
{{- end }}
{{- if and (not (kindIs "invalid" .Values.team)) (or (kindIs "invalid" .Values.selector) (not (hasKey .Values.selector "team"))) }}
team: {{ .Values.team | quote }}
{{- end }}
{{- range $key, $value := .Values.labels }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}
