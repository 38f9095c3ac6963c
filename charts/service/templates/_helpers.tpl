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
  {{- if $container.env }}
  env:
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
  {{- if not (and (not (kindIs "invalid" $extra)) (hasKey ($extra | default dict) $name)) }}
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
{{- if and (not (kindIs "invalid" .Values.team)) (include "service.printsLabel" (dict "root" . "key" "team")) }}
team: {{ .Values.team | quote }}
{{- end }}
{{- range $key, $value := .Values.labels }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}

{{/* How many nodes or pods may mount a claim. */}}
{{- define "service.accessModes" -}}
{{- $volume := .volume -}}
{{- if not (kindIs "invalid" $volume.accessModes) -}}
{{- dict "v" $volume.accessModes | toJson -}}
{{- else -}}
{{- dict "v" (list "ReadWriteOnce") | toJson -}}
{{- end -}}
{{- end }}

{{/* Standards name the capabilities that a container may add. */}}
{{- define "service.addedCapabilityAgainstStandard" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $standard := "" -}}
{{- $message := "" -}}
{{- if and (not (kindIs "invalid" $container.security)) (not (kindIs "invalid" ($container.security).addCapabilities)) -}}
{{- $standard = .root.Values.security.podSecurity -}}
{{- range $_, $capability := ($container.security).addCapabilities -}}
{{- if or (and (eq $standard "restricted") (ne $capability "NET_BIND_SERVICE")) (and (eq $standard "baseline") (not (has $capability (list "AUDIT_WRITE" "CHOWN" "DAC_OVERRIDE" "FOWNER" "FSETID" "KILL" "MKNOD" "NET_BIND_SERVICE" "SETFCAP" "SETGID" "SETPCAP" "SETUID" "SYS_CHROOT")))) -}}
{{- $message = printf "%ssecurity.addCapabilities (%s) does not meet podSecurity %s" $at $capability $standard -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* How long a client stays is a question only when it stays. */}}
{{- define "service.affinityConfigWithoutAffinity" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- $affinity := or $service.sessionAffinity "None" -}}
{{- if and (not (kindIs "invalid" $service.sessionAffinityConfig)) (ne $affinity "ClientIP") -}}
{{- printf "%ssessionAffinityConfig is for sessionAffinity ClientIP, and that is %s" $at $affinity -}}
{{- end -}}
{{- end }}

{{/* Whether setuid programs may gain rights; a privileged container has them all anyway. */}}
{{- define "service.allowPrivilegeEscalation" -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" ($container.security).allowPrivilegeEscalation) -}}
{{- if ($container.security).allowPrivilegeEscalation -}}true{{- end -}}
{{- else -}}
{{- if or (eq .root.Values.security.podSecurity "privileged") (include "service.isPrivileged" (dict "root" .root "container" $container)) -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* A policy that opens a port which is not there opens nothing. */}}
{{- define "service.allowedPortMissing" -}}
{{- $peer := .peer -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- if kindIs "invalid" $peer.ports -}}
{{- $message -}}
{{- else -}}
{{- range $_, $networkPort := $peer.ports -}}
{{- if and (kindIs "string" $networkPort.port) (not (fromJson (include "service.portsNamed" (dict "root" $.root "port_name" (printf "%s" (include "service.text" $networkPort.port))))).v) -}}
{{- $message = printf "%sports names \"%s\", and no container has a port of that name" $at (include "service.text" $networkPort.port) -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end -}}
{{- end }}

{{/* A range of ports counts upwards. */}}
{{- define "service.allowedRangeEmpty" -}}
{{- $peer := .peer -}}
{{- $at := .at -}}
{{- $one1 := "" -}}
{{- if include "service.badRange" (dict "root" .root "peer" $peer) -}}
{{- $one1 = printf "%sports: %s" $at (include "service.badRange" (dict "root" .root "peer" $peer)) -}}
{{- else -}}
{{- $one1 = "" -}}
{{- end -}}
{{- $one1 -}}
{{- end }}

{{/* Whether a peer may connect to the port of a name. */}}
{{- define "service.allowsPort" -}}
{{- $peer := .peer -}}
{{- $portName := .port_name -}}
{{- if not $peer.ports -}}
{{- "true" -}}
{{- else -}}
{{- $any1 := false -}}
{{- range $_, $networkPort := $peer.ports -}}
{{- $either3 := eq (printf "%s" (include "service.text" $networkPort.port)) $portName -}}
{{- if not $either3 -}}
{{- $any2 := false -}}
{{- range $_, $number := (fromJson (include "service.portsNamed" (dict "root" $.root "port_name" $portName))).v -}}
{{- if eq (printf "%s" (include "service.text" $networkPort.port)) (printf "%d" (int64 $number)) -}}
{{- $any2 = true -}}
{{- end -}}
{{- end -}}
{{- $either3 = $any2 -}}
{{- end -}}
{{- if $either3 -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Only the privileged standard switches AppArmor off. */}}
{{- define "service.appArmorUnconfined" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if not (or (eq .root.Values.security.podSecurity "privileged") (kindIs "invalid" $container.security)) -}}
{{- $profile := ($container.security).appArmorProfile -}}
{{- if and (not (kindIs "invalid" $profile)) (hasKey ($profile | default dict) "type") (eq (toJson (index ($profile | default dict) "type")) (toJson "Unconfined")) -}}
{{- printf "%ssecurity.appArmorProfile (Unconfined) does not meet podSecurity %s" $at .root.Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether a probe asks a port and leaves it to us which. */}}
{{- define "service.asksUnnamedPort" -}}
{{- $probe := .probe -}}
{{- $container := .container -}}
{{- if not (or (not (include "service.probeEnabled" (dict "root" .root "probe" $probe "container" $container))) (not (kindIs "invalid" $probe.exec))) -}}
{{- if not (kindIs "invalid" $probe.httpGet) -}}
{{- if eq (toJson (fromJson (include "service.httpGetPort" (dict "root" .root "http_get" $probe.httpGet "container" $container))).v) (toJson "") -}}true{{- end -}}
{{- else -}}
{{- if not (kindIs "invalid" $probe.tcpSocket) -}}
{{- if eq (toJson (fromJson (include "service.tcpSocketPort" (dict "root" .root "tcp_socket" $probe.tcpSocket "container" $container))).v) (toJson "") -}}true{{- end -}}
{{- else -}}
{{- if not (kindIs "invalid" $probe.grpc) -}}
{{- if eq (int64 (include "service.grpcPort" (dict "root" .root "grpc" $probe.grpc "container" $container))) 0 -}}true{{- end -}}
{{- else -}}
{{- if eq (include "service.probePort" (dict "root" .root "container" $container)) "" -}}true{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether pods get a token for the API server: only those that have rights there. */}}
{{- define "service.automountToken" -}}
{{- if not (kindIs "invalid" .Values.serviceAccount.automountToken) -}}
{{- if .Values.serviceAccount.automountToken -}}true{{- end -}}
{{- else -}}
{{- if include "service.hasRights" . -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Percent of the CPU request that the pods are to use; 0 when other metrics decide alone. */}}
{{- define "service.autoscalingCpu" -}}
{{- if not (kindIs "invalid" .Values.autoscaling.cpu) -}}
{{- int64 .Values.autoscaling.cpu -}}
{{- else -}}
{{- if or (not (kindIs "invalid" .Values.autoscaling.memory)) .Values.autoscaling.metrics -}}
{{- 0 -}}
{{- else -}}
{{- 80 -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The range must hold a number. */}}
{{- define "service.autoscalingMaximumBelowMinimum" -}}
{{- $highest := int64 (or .Values.autoscaling.maxReplicas (int64 (include "service.minimumReplicas" .))) -}}
{{- if and .Values.autoscaling.enabled (lt $highest (int64 (include "service.minimumReplicas" .))) -}}
{{- printf "autoscaling.maxReplicas (%d) is below autoscaling.minReplicas (%d)" $highest (int64 (include "service.minimumReplicas" .)) -}}
{{- end -}}
{{- end }}

{{/* Only the user knows how much is too much. */}}
{{- define "service.autoscalingWithoutMaximum" -}}
{{- if and .Values.autoscaling.enabled (kindIs "invalid" .Values.autoscaling.maxReplicas) -}}
{{- "autoscaling has no maxReplicas" -}}
{{- end -}}
{{- end }}

{{/* Use in percent needs something to be a percentage of. */}}
{{- define "service.autoscalingWithoutRequest" -}}
{{- if include "service.missingRequest" (dict "root" . "container" .Values) -}}
{{- printf "autoscaling follows %s, and resources.requests has none" (include "service.missingRequest" (dict "root" . "container" .Values)) -}}
{{- end -}}
{{- end }}

{{/* One container without a request, and the autoscaler computes nothing for the pod. */}}
{{- define "service.autoscalingWithoutSidecarRequest" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if include "service.missingRequest" (dict "root" .root "container" $container) -}}
{{- printf "autoscaling follows %s, and %sresources.requests has none" (include "service.missingRequest" (dict "root" .root "container" $container)) $at -}}
{{- end -}}
{{- end }}

{{/* Number of a port in its Service. */}}
{{- define "service.backendPort" -}}
{{- $portName := .port_name -}}
{{- $number := 0 -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if eq $name $portName -}}
{{- $number = int64 (include "service.servicePort" (dict "root" $.root "port" $port)) -}}
{{- end -}}
{{- end -}}
{{- range $_sidecar, $container := .root.Values.sidecars -}}
{{- range $name, $port := $container.ports -}}
{{- if and (eq $name $portName) (eq $number 0) -}}
{{- $number = int64 (include "service.servicePort" (dict "root" $.root "port" $port)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $number -}}
{{- end }}

{{/* Name of the Service that shows a port: the service's own, else the first further one; "" when none does. */}}
{{- define "service.backendService" -}}
{{- $portName := .port_name -}}
{{- $name := "" -}}
{{- if and (include "service.serviceNeeded" .root) (include "service.showsPort" (dict "root" .root "service" .root.Values.service "port_name" $portName)) -}}
{{- $name = include "service.serviceName" .root -}}
{{- end -}}
{{- range $key, $service := .root.Values.services -}}
{{- if and (eq $name "") (include "service.showsPort" (dict "root" $.root "service" $service "port_name" $portName)) -}}
{{- $name = include "service.furtherServiceName" (dict "root" $.root "service" $service "key" $key) -}}
{{- end -}}
{{- end -}}
{{- $name -}}
{{- end }}

{{/* The first range of ports that holds none; "" when all are in order. */}}
{{- define "service.badRange" -}}
{{- $peer := .peer -}}
{{- $message := "" -}}
{{- if kindIs "invalid" $peer.ports -}}
{{- $message -}}
{{- else -}}
{{- range $_, $networkPort := $peer.ports -}}
{{- if and (not (kindIs "invalid" $networkPort.endPort)) (eq $message "") -}}
{{- if kindIs "string" $networkPort.port -}}
{{- $message = printf "endPort (%d) goes with a number, and port is %s" (int64 $networkPort.endPort) (include "service.text" $networkPort.port) -}}
{{- else -}}
{{- if gt (atoi (include "service.text" $networkPort.port)) (int64 $networkPort.endPort) -}}
{{- $message = printf "endPort (%d) is below port (%s)" (int64 $networkPort.endPort) (include "service.text" $networkPort.port) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end -}}
{{- end }}

{{/* A budget that never allows an eviction blocks every node drain, for ever. */}}
{{- define "service.budgetBlocksDrains" -}}
{{- if not (or (not (include "service.disruptionBudgetNeeded" .)) (lt (int64 (include "service.keptReplicas" .)) (int64 (include "service.lowestReplicas" .)))) -}}
{{- $count := ternary "autoscaling.minReplicas" "replicas" .Values.autoscaling.enabled -}}
{{- printf "%s keeps all pods at %s %d: no node could ever be drained" (include "service.disruptionText" .) $count (int64 (include "service.lowestReplicas" .)) -}}
{{- end -}}
{{- end }}

{{/* Restricted containers drop every capability. */}}
{{- define "service.capabilitiesKeptUnderRestricted" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $either2 := ne .root.Values.security.podSecurity "restricted" -}}
{{- if not $either2 -}}
{{- $any1 := false -}}
{{- range $_, $capability := (fromJson (include "service.dropCapabilities" (dict "root" .root "container" $container))).v -}}
{{- if eq $capability "ALL" -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- $either2 = $any1 -}}
{{- end -}}
{{- if not $either2 -}}
{{- printf "%ssecurity.dropCapabilities does not hold ALL, which podSecurity restricted asks for" $at -}}
{{- end -}}
{{- end }}

{{/* `number / divisor`, rounded up; both are at least 0, since Go rounds towards it. */}}
{{- define "service.ceilDiv" -}}
{{- $number := .number -}}
{{- $divisor := .divisor -}}
{{- div (sub (add $number $divisor) 1) $divisor -}}
{{- end }}

{{/* The annotation checksum/files is ours when the spec has files of its own. */}}
{{- define "service.checksumAnnotationTaken" -}}
{{- if and (include "service.hasOwnFiles" .) (hasKey (.Values.annotations | default dict) "checksum/files") -}}
{{- "annotations[checksum/files] is printed for files already" -}}
{{- else -}}
{{- if and (include "service.hasOwnFiles" .) (hasKey (.Values.podAnnotations | default dict) "checksum/files") -}}
{{- "podAnnotations[checksum/files] is printed for files already" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* A rollout that starts the new pod first waits for ever when the old one holds the claim. */}}
{{- define "service.claimHeldByTheOldPod" -}}
{{- $volume := .volume -}}
{{- $at := .at -}}
{{- if not (or (gt (int64 (include "service.highestReplicas" .root)) 1) (ne .root.Values.rollout.type "RollingUpdate") (eq (atoi (trimSuffix "%" (include "service.text" .root.Values.rollout.maxSurge))) 0)) -}}
{{- if include "service.isForOnePod" (dict "root" .root "volume" $volume) -}}
{{- printf "%ssize makes a claim that one pod can mount (ReadWriteOncePod), and rollout.maxSurge (%s) starts the new pod while the old one holds it" $at (include "service.text" .root.Values.rollout.maxSurge) -}}
{{- else -}}
{{- if and (include "service.isForOne" (dict "root" .root "volume" $volume)) (not (hasKey (.root.Values.placement.nodeSelector | default dict) "kubernetes.io/hostname")) -}}
{{- printf "%ssize makes a claim that one node can mount (ReadWriteOnce), and rollout.maxSurge (%s) starts the new pod, perhaps elsewhere, while the old one holds it" $at (include "service.text" .root.Values.rollout.maxSurge) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* All pods of a Deployment share its claims, so several pods need one that several nodes can mount. */}}
{{- define "service.claimSharedByReplicas" -}}
{{- $volume := .volume -}}
{{- $at := .at -}}
{{- if not (lt (int64 (include "service.highestReplicas" .root)) 2) -}}
{{- if include "service.isForOnePod" (dict "root" .root "volume" $volume) -}}
{{- printf "%ssize makes a claim that one pod can mount (ReadWriteOncePod), and %d pods may run" $at (int64 (include "service.highestReplicas" .root)) -}}
{{- else -}}
{{- if and (include "service.isForOne" (dict "root" .root "volume" $volume)) (not (hasKey (.root.Values.placement.nodeSelector | default dict) "kubernetes.io/hostname")) -}}
{{- printf "%ssize makes a claim that one node can mount (ReadWriteOnce), and %d pods may run on several" $at (int64 (include "service.highestReplicas" .root)) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Only a claim of our own has a class and modes. */}}
{{- define "service.claimWithoutSize" -}}
{{- $volume := .volume -}}
{{- $at := .at -}}
{{- if and (kindIs "invalid" $volume.size) (not (kindIs "invalid" $volume.storageClass)) -}}
{{- printf "%sstorageClass (%s) stands without %ssize" $at $volume.storageClass $at -}}
{{- else -}}
{{- if and (kindIs "invalid" $volume.size) (not (kindIs "invalid" $volume.accessModes)) -}}
{{- printf "%saccessModes stands without %ssize" $at $at -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* A ClusterRoleBinding says in which namespace the account is, and its name must not clash with another's. */}}
{{- define "service.clusterRightsWithoutNamespace" -}}
{{- if and .Values.serviceAccount.clusterRules (kindIs "invalid" .Release.Namespace) -}}
{{- "serviceAccount.clusterRules need the namespace of the account, and there is no namespace" -}}
{{- end -}}
{{- end }}

{{/* One fact, one place. */}}
{{- define "service.containerFieldHasItsOwnPlace" -}}
{{- $key := .key -}}
{{- $at := .at -}}
{{- if hasKey (dict "args" "args" "command" "command" "env" "env" "envFrom" "envFrom" "image" "image" "imagePullPolicy" "image.pullPolicy" "livenessProbe" "probes.liveness" "name" "containerName, or the key of the sidecar" "ports" "ports" "readinessProbe" "probes.readiness" "resources" "resources" "restartPolicy" "sidecars, whose containers are restarted" "securityContext" "security" "startupProbe" "probes.startup" "volumeMounts" "volumes, with mountPath" "workingDir" "workingDir") $key -}}
{{- printf "%s has a place of its own in the spec: %s" (trimSuffix "." $at) (index (dict "args" "args" "command" "command" "env" "env" "envFrom" "envFrom" "image" "image" "imagePullPolicy" "image.pullPolicy" "livenessProbe" "probes.liveness" "name" "containerName, or the key of the sidecar" "ports" "ports" "readinessProbe" "probes.readiness" "resources" "resources" "restartPolicy" "sidecars, whose containers are restarted" "securityContext" "security" "startupProbe" "probes.startup" "volumeMounts" "volumes, with mountPath" "workingDir" "workingDir") $key) -}}
{{- end -}}
{{- end }}

{{/* Name of the main container. */}}
{{- define "service.containerName" -}}
{{- if not (kindIs "invalid" .Values.containerName) -}}
{{- .Values.containerName -}}
{{- else -}}
{{- include "service.name" . -}}
{{- end -}}
{{- end }}

{{/* A deadline within the time of a start that is in order reports healthy rollouts as failed. */}}
{{- define "service.deadlineBeforeStart" -}}
{{- $start := int64 (include "service.startupBudgetSeconds" .) -}}
{{- if not (gt (int64 (include "service.progressDeadlineSeconds" .)) (int64 (include "service.firstProgressSeconds" .))) -}}
{{- $stop := "" -}}
{{- if eq .Values.rollout.type "Recreate" -}}
{{- $stop = printf "shutdown %d s (rollout.type Recreate) + " (int64 (include "service.gracePeriodSeconds" .)) -}}
{{- end -}}
{{- printf "rollout.progressDeadlineSeconds (%d) is over before a start may be: %sstart-up %d s + rollout.minReadySeconds %d s" (int64 (include "service.progressDeadlineSeconds" .)) $stop $start (int64 .Values.rollout.minReadySeconds) -}}
{{- end -}}
{{- end }}

{{/* The probes that everybody gets need a port to ask; with several, only the user knows which one answers. */}}
{{- define "service.defaultProbePortUnclear" -}}
{{- $unclear := "" -}}
{{- if or (not .Values.ports) (ne (include "service.probePort" (dict "root" . "container" .Values)) "") -}}
{{- $unclear -}}
{{- else -}}
{{- if and (not (include "service.hasHandler" (dict "root" . "probe" .Values.probes.startup))) (include "service.asksUnnamedPort" (dict "root" . "probe" .Values.probes.startup "container" .Values)) -}}
{{- $unclear = printf "%s%s" $unclear ", startup" -}}
{{- end -}}
{{- if and (not (include "service.hasHandler" (dict "root" . "probe" .Values.probes.liveness))) (include "service.asksUnnamedPort" (dict "root" . "probe" .Values.probes.liveness "container" .Values)) -}}
{{- $unclear = printf "%s%s" $unclear ", liveness" -}}
{{- end -}}
{{- if and (not (include "service.hasHandler" (dict "root" . "probe" .Values.probes.readiness))) (include "service.asksUnnamedPort" (dict "root" . "probe" .Values.probes.readiness "container" .Values)) -}}
{{- $unclear = printf "%s%s" $unclear ", readiness" -}}
{{- end -}}
{{- if eq $unclear "" -}}
{{- $unclear -}}
{{- else -}}
{{- printf "nothing says which port the probes ask (%s): %s" (trimPrefix ", " $unclear) (include "service.portsText" (dict "root" . "container" .Values)) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether there is a PodDisruptionBudget: for a single pod it would protect nothing, or block every node drain. */}}
{{- define "service.disruptionBudgetNeeded" -}}
{{- if and .Values.disruption.enabled (gt (int64 (include "service.lowestReplicas" .)) 1) -}}true{{- end -}}
{{- end }}

{{/* Pods that a node drain may take away at once. */}}
{{- define "service.disruptionMaxUnavailable" -}}
{{- if not (kindIs "invalid" .Values.disruption.maxUnavailable) -}}
{{- dict "v" .Values.disruption.maxUnavailable | toJson -}}
{{- else -}}
{{- dict "v" 1 | toJson -}}
{{- end -}}
{{- end }}

{{/* No more than all pods can be away. */}}
{{- define "service.disruptionOverAll" -}}
{{- if not (or (not (kindIs "invalid" .Values.disruption.minAvailable)) (not (include "service.disruptionBudgetNeeded" .))) -}}
{{- if and (kindIs "string" (fromJson (include "service.disruptionMaxUnavailable" .)).v) (gt (int64 (include "service.percent" (dict "root" . "value" (fromJson (include "service.disruptionMaxUnavailable" .)).v))) 100) -}}
{{- printf "%s is more than all pods" (include "service.disruptionText" .) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The field that decides, with its value. */}}
{{- define "service.disruptionText" -}}
{{- if not (kindIs "invalid" .Values.disruption.minAvailable) -}}
{{- printf "disruption.minAvailable (%s)" (include "service.text" .Values.disruption.minAvailable) -}}
{{- else -}}
{{- printf "disruption.maxUnavailable (%s)" (include "service.text" (fromJson (include "service.disruptionMaxUnavailable" .)).v) -}}
{{- end -}}
{{- end }}

{{/* Seconds between the start of a shutdown and SIGTERM: the endpoint goes at the same time, not before. */}}
{{- define "service.drainSeconds" -}}
{{- if not (kindIs "invalid" .Values.shutdown.drainSeconds) -}}
{{- int64 .Values.shutdown.drainSeconds -}}
{{- else -}}
{{- ternary 5 0 (not (empty (or (include "service.serviceNeeded" .) (not (empty .Values.services))))) -}}
{{- end -}}
{{- end }}

{{/* The Linux capabilities that a container loses. */}}
{{- define "service.dropCapabilities" -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" ($container.security).dropCapabilities) -}}
{{- dict "v" ($container.security).dropCapabilities | toJson -}}
{{- else -}}
{{- if eq .root.Values.security.podSecurity "restricted" -}}
{{- dict "v" (list "ALL") | toJson -}}
{{- else -}}
{{- dict "v" list | toJson -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The user id of a container's process: its own, else the pod's; None is the image's. */}}
{{- define "service.effectiveUser" -}}
{{- $container := .container -}}
{{- if and (not (kindIs "invalid" $container.security)) (not (kindIs "invalid" ($container.security).runAsUser)) -}}
{{- dict "v" ($container.security).runAsUser | toJson -}}
{{- else -}}
{{- dict "v" .root.Values.security.runAsUser | toJson -}}
{{- end -}}
{{- end }}

{{/* Without a host the service would answer for every name of the cluster. */}}
{{- define "service.exposeWithoutHosts" -}}
{{- if and .Values.expose.enabled (not .Values.expose.hosts) -}}
{{- "expose has no hosts" -}}
{{- end -}}
{{- end }}

{{/* What is exposed must be let in. */}}
{{- define "service.exposedPortClosed" -}}
{{- $host := .host -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- range $path, $portName := $host.paths -}}
{{- if and $.root.Values.expose.enabled $.root.Values.network.enabled (not (include "service.letsIn" (dict "root" $.root "port_name" $portName))) -}}
{{- $message = printf "%spaths sends %s to the port \"%s\", and network.allowFrom lets nobody connect to it" $at $path $portName -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Outside traffic reaches only Services that open a port to the outside. */}}
{{- define "service.externalTrafficWithoutOutside" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- if and (not (kindIs "invalid" $service.externalTrafficPolicy)) (not (include "service.opensNodePort" (dict "root" .root "service" $service))) (not $service.externalIPs) -}}
{{- printf "%sexternalTrafficPolicy is %s, and %stype is %s, which no outside traffic reaches" $at $service.externalTrafficPolicy $at (include "service.serviceType" (dict "root" .root "service" $service)) -}}
{{- end -}}
{{- end }}

{{/* What a container passes on, without its hooks. */}}
{{- define "service.fieldsBesideLifecycle" -}}
{{- $container := .container -}}
{{- $fields := dict -}}
{{- range $key, $value := $container.container -}}
{{- if ne $key "lifecycle" -}}
{{- $_ := set $fields $key $value -}}
{{- end -}}
{{- end -}}
{{- dict "v" $fields | toJson -}}
{{- end }}

{{/* The contents that are not text, in base64, by key. */}}
{{- define "service.fileBytes" -}}
{{- $contents := dict -}}
{{- range $path, $file := .Values.files -}}
{{- if not (kindIs "invalid" $file.binary) -}}
{{- $_ := set $contents (replace "/" "_" (trimPrefix "/" $path)) $file.binary -}}
{{- end -}}
{{- end -}}
{{- dict "v" $contents | toJson -}}
{{- end }}

{{/* Two paths may not become one key. */}}
{{- define "service.fileKeyTaken" -}}
{{- $path := .path -}}
{{- $message := "" -}}
{{- range $other, $_ := .root.Values.files -}}
{{- if and (lt $other $path) (eq (replace "/" "_" (trimPrefix "/" $other)) (replace "/" "_" (trimPrefix "/" $path))) -}}
{{- $message = printf "files[%s] and files[%s] would both be %s in the ConfigMap" $path $other (replace "/" "_" (trimPrefix "/" $path)) -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* A mount path says where it leads. */}}
{{- define "service.filePathNotPlain" -}}
{{- $path := .path -}}
{{- if or (contains "/../" (printf "%s/" $path)) (contains "/./" (printf "%s/" $path)) -}}
{{- printf "files[%s] goes through a directory named . or .." $path -}}
{{- else -}}
{{- if hasPrefix "/.." $path -}}
{{- printf "files[%s] would have a key that starts with .., which a ConfigMap cannot hold" $path -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The contents that are text, by key. */}}
{{- define "service.fileTexts" -}}
{{- $texts := dict -}}
{{- range $path, $file := .Values.files -}}
{{- if not (kindIs "invalid" $file.text) -}}
{{- $_ := set $texts (replace "/" "_" (trimPrefix "/" $path)) $file.text -}}
{{- end -}}
{{- end -}}
{{- dict "v" $texts | toJson -}}
{{- end }}

{{/* The SHA-256 of the contents, so that pods with other contents are other pods. */}}
{{- define "service.filesChecksum" -}}
{{- include "service.sha256Of" (dict "root" . "value" (dict "binaryData" (fromJson (include "service.fileBytes" .)).v "data" (fromJson (include "service.fileTexts" .)).v)) -}}
{{- end }}

{{/* Seconds of a rollout until its first new pod may count; Recreate waits for the old pods to end first. */}}
{{- define "service.firstProgressSeconds" -}}
{{- $seconds := add (int64 (include "service.startupBudgetSeconds" .)) .Values.rollout.minReadySeconds -}}
{{- if eq .Values.rollout.type "Recreate" -}}
{{- $seconds = add $seconds (int64 (include "service.gracePeriodSeconds" .)) -}}
{{- end -}}
{{- $seconds -}}
{{- end }}

{{/* The group that owns the pod's volumes, to which all processes are added, whatever their own. */}}
{{- define "service.fsGroup" -}}
{{- if not (kindIs "invalid" .Values.security.fsGroup) -}}
{{- int64 .Values.security.fsGroup -}}
{{- else -}}
{{- if and (not (kindIs "invalid" .Values.security.runAsGroup)) (gt (int64 .Values.security.runAsGroup) 0) -}}
{{- int64 .Values.security.runAsGroup -}}
{{- else -}}
{{- if not (kindIs "invalid" .Values.security.runAsUser) -}}
{{- int64 .Values.security.runAsUser -}}
{{- else -}}
{{- 65532 -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* When the kubelet changes the group of what is in a volume. */}}
{{- define "service.fsGroupChangePolicy" -}}
{{- if not (kindIs "invalid" .Values.security.fsGroupChangePolicy) -}}
{{- .Values.security.fsGroupChangePolicy -}}
{{- else -}}
{{- "OnRootMismatch" -}}
{{- end -}}
{{- end }}

{{/* Name of a further Service. */}}
{{- define "service.furtherServiceName" -}}
{{- $service := .service -}}
{{- $key := .key -}}
{{- if not (kindIs "invalid" $service.name) -}}
{{- $service.name -}}
{{- else -}}
{{- printf "%s-%s" (include "service.fullname" .root) $key -}}
{{- end -}}
{{- end }}

{{/* Seconds from the start of the preStop hook to SIGKILL. */}}
{{- define "service.gracePeriodSeconds" -}}
{{- if not (kindIs "invalid" .Values.shutdown.gracePeriodSeconds) -}}
{{- int64 .Values.shutdown.gracePeriodSeconds -}}
{{- else -}}
{{- add (add (int64 (include "service.hookSeconds" .)) .Values.shutdown.timeoutSeconds) 5 -}}
{{- end -}}
{{- end }}

{{/* The kubelet kills at the end of the grace period, whatever the process is doing. */}}
{{- define "service.gracePeriodTooShort" -}}
{{- $grace := int64 (include "service.gracePeriodSeconds" .) -}}
{{- $pause := int64 (include "service.hookSeconds" .) -}}
{{- if lt $grace (add $pause .Values.shutdown.timeoutSeconds) -}}
{{- printf "shutdown.gracePeriodSeconds (%d) ends before the shutdown does: pause %d s + shutdown.timeoutSeconds %d s" $grace $pause (int64 .Values.shutdown.timeoutSeconds) -}}
{{- end -}}
{{- end }}

{{/* Port of a gRPC health check, which Kubernetes takes as a number alone. */}}
{{- define "service.grpcPort" -}}
{{- $grpc := .grpc -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" $grpc.port) -}}
{{- int64 $grpc.port -}}
{{- else -}}
{{- int64 (include "service.probePortNumber" (dict "root" .root "container" $container)) -}}
{{- end -}}
{{- end }}

{{/* Whether a container mounts storage that the spec claims. */}}
{{- define "service.hasClaim" -}}
{{- $any1 := false -}}
{{- range $_, $volume := .Values.volumes -}}
{{- if not (kindIs "invalid" $volume.size) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- $found := $any1 -}}
{{- range $_, $container := .Values.initContainers -}}
{{- $any2 := false -}}
{{- range $_, $volume := $container.volumes -}}
{{- if not (kindIs "invalid" $volume.size) -}}
{{- $any2 = true -}}
{{- end -}}
{{- end -}}
{{- if $any2 -}}
{{- $found = true -}}
{{- end -}}
{{- end -}}
{{- range $_, $container := .Values.sidecars -}}
{{- $any3 := false -}}
{{- range $_, $volume := $container.volumes -}}
{{- if not (kindIs "invalid" $volume.size) -}}
{{- $any3 = true -}}
{{- end -}}
{{- end -}}
{{- if $any3 -}}
{{- $found = true -}}
{{- end -}}
{{- end -}}
{{- if $found -}}true{{- end -}}
{{- end }}

{{/* Whether volumes belong to a group of the processes: new storage is root's, and they may not be root. */}}
{{- define "service.hasFsGroup" -}}
{{- if or (not (kindIs "invalid" .Values.security.fsGroup)) (and (include "service.hasClaim" .) (include "service.runAsNonRoot" .)) -}}true{{- end -}}
{{- end }}

{{/* Whether a probe says how to ask. */}}
{{- define "service.hasHandler" -}}
{{- $probe := .probe -}}
{{- if or (not (kindIs "invalid" $probe.httpGet)) (not (kindIs "invalid" $probe.tcpSocket)) (not (kindIs "invalid" $probe.exec)) (not (kindIs "invalid" $probe.grpc)) -}}true{{- end -}}
{{- end }}

{{/* Whether a container passes hooks on, which are printed with our own preStop hook. */}}
{{- define "service.hasLifecycle" -}}
{{- $container := .container -}}
{{- if and (not (kindIs "invalid" $container.container)) (hasKey ($container.container | default dict) "lifecycle") -}}true{{- end -}}
{{- end }}

{{/* Whether anything is mounted into a container. */}}
{{- define "service.hasMounts" -}}
{{- $container := .container -}}
{{- $role := .role -}}
{{- $either2 := not (empty (or (include "service.hasTemporary" (dict "root" .root "container" $container)) (and (eq $role "main") (not (empty .root.Values.files))))) -}}
{{- if not $either2 -}}
{{- $any1 := false -}}
{{- range $_, $volume := $container.volumes -}}
{{- if or (not (kindIs "invalid" $volume.mountPath)) (not (empty $volume.mounts)) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- $either2 = $any1 -}}
{{- end -}}
{{- if $either2 -}}true{{- end -}}
{{- end }}

{{/* Whether there is a ConfigMap of the service's own files. */}}
{{- define "service.hasOwnFiles" -}}
{{- $any1 := false -}}
{{- range $_, $file := .Values.files -}}
{{- if or (not (kindIs "invalid" $file.text)) (not (kindIs "invalid" $file.binary)) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- end }}

{{/* Whether there is anything to say for the pod as a whole. */}}
{{- define "service.hasPodSecurity" -}}
{{- if not (empty (or (include "service.runAsNonRoot" .) (fromJson (include "service.seccompProfile" .)).v (not (kindIs "invalid" .Values.security.runAsUser)) (not (kindIs "invalid" .Values.security.runAsGroup)) (include "service.hasFsGroup" .) .Values.security.supplementalGroups (not (kindIs "invalid" .Values.security.supplementalGroupsPolicy)) (not (kindIs "invalid" .Values.security.seLinuxOptions)) (not (kindIs "invalid" .Values.security.seLinuxChangePolicy)) (not (kindIs "invalid" .Values.security.appArmorProfile)) .Values.security.sysctls)) -}}true{{- end -}}
{{- end }}

{{/* Whether a container declares a TCP port of this number or name. */}}
{{- define "service.hasPort" -}}
{{- $container := .container -}}
{{- $wanted := .wanted -}}
{{- if kindIs "string" $wanted -}}
{{- $any1 := false -}}
{{- range $_, $name := (fromJson (include "service.tcpPorts" (dict "root" .root "container" $container))).v -}}
{{- if eq (toJson $name) (toJson $wanted) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- else -}}
{{- $any2 := false -}}
{{- range $_name, $port := $container.ports -}}
{{- if and (eq (toJson (int64 $port.port)) (toJson $wanted)) (eq (include "service.portProtocol" (dict "root" $.root "port" $port)) "TCP") -}}
{{- $any2 = true -}}
{{- end -}}
{{- end -}}
{{- if $any2 -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether the spec gives the account rights. */}}
{{- define "service.hasRights" -}}
{{- if not (empty (or .Values.serviceAccount.rules .Values.serviceAccount.clusterRules)) -}}true{{- end -}}
{{- end }}

{{/* Whether a peer is anybody in particular. */}}
{{- define "service.hasSelector" -}}
{{- $peer := .peer -}}
{{- if or (not (kindIs "invalid" $peer.podSelector)) (not (kindIs "invalid" $peer.namespaceSelector)) (not (kindIs "invalid" $peer.ipBlock)) -}}true{{- end -}}
{{- end }}

{{/* Whether an entry says what the volume is; without, it mounts the service's volume of its name. */}}
{{- define "service.hasSource" -}}
{{- $volume := .volume -}}
{{- if or (not (kindIs "invalid" $volume.size)) (not (kindIs "invalid" $volume.awsElasticBlockStore)) (not (kindIs "invalid" $volume.azureDisk)) (not (kindIs "invalid" $volume.azureFile)) (not (kindIs "invalid" $volume.cephfs)) (not (kindIs "invalid" $volume.cinder)) (not (kindIs "invalid" $volume.configMap)) (not (kindIs "invalid" $volume.csi)) (not (kindIs "invalid" $volume.downwardAPI)) (not (kindIs "invalid" $volume.emptyDir)) (not (kindIs "invalid" $volume.ephemeral)) (not (kindIs "invalid" $volume.fc)) (not (kindIs "invalid" $volume.flexVolume)) (not (kindIs "invalid" $volume.flocker)) (not (kindIs "invalid" $volume.gcePersistentDisk)) (not (kindIs "invalid" $volume.gitRepo)) (not (kindIs "invalid" $volume.glusterfs)) (not (kindIs "invalid" $volume.hostPath)) (not (kindIs "invalid" $volume.image)) (not (kindIs "invalid" $volume.iscsi)) (not (kindIs "invalid" $volume.nfs)) (not (kindIs "invalid" $volume.persistentVolumeClaim)) (not (kindIs "invalid" $volume.photonPersistentDisk)) (not (kindIs "invalid" $volume.portworxVolume)) (not (kindIs "invalid" $volume.projected)) (not (kindIs "invalid" $volume.quobyte)) (not (kindIs "invalid" $volume.rbd)) (not (kindIs "invalid" $volume.scaleIO)) (not (kindIs "invalid" $volume.secret)) (not (kindIs "invalid" $volume.storageos)) (not (kindIs "invalid" $volume.vsphereVolume)) -}}true{{- end -}}
{{- end }}

{{/* Whether a container gets a writable /tmp, because its image is read-only and nothing is mounted there. */}}
{{- define "service.hasTemporary" -}}
{{- $container := .container -}}
{{- $both2 := not (empty (include "service.readOnlyRootFilesystem" (dict "root" .root "container" $container))) -}}
{{- if $both2 -}}
{{- $any1 := false -}}
{{- range $_, $volume := $container.volumes -}}
{{- if include "service.isAtTemporary" (dict "root" $.root "volume" $volume) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- $both2 = not $any1 -}}
{{- end -}}
{{- if $both2 -}}true{{- end -}}
{{- end }}

{{/* Whether any host has a certificate. */}}
{{- define "service.hasTls" -}}
{{- $any1 := false -}}
{{- range $_name, $host := .Values.expose.hosts -}}
{{- if not (kindIs "invalid" $host.tls) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- end }}

{{/* Whether the pod has volumes. */}}
{{- define "service.hasVolumes" -}}
{{- $found := not (empty (or (not (empty .Values.volumes)) (not (empty .Values.files)) (include "service.hasTemporary" (dict "root" . "container" .Values)))) -}}
{{- range $_, $container := .Values.initContainers -}}
{{- if or $container.volumes (include "service.hasTemporary" (dict "root" $ "container" $container)) -}}
{{- $found = true -}}
{{- end -}}
{{- end -}}
{{- range $_, $container := .Values.sidecars -}}
{{- if or $container.volumes (include "service.hasTemporary" (dict "root" $ "container" $container)) -}}
{{- $found = true -}}
{{- end -}}
{{- end -}}
{{- if $found -}}true{{- end -}}
{{- end }}

{{/* A headless Service has no address, so nothing can be built on it. */}}
{{- define "service.headlessWithType" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- if and $service.headless (ne (include "service.serviceType" (dict "root" .root "service" $service)) "ClusterIP") -}}
{{- printf "%sheadless is true, and %stype is %s, which needs an address" $at $at (include "service.serviceType" (dict "root" .root "service" $service)) -}}
{{- end -}}
{{- end }}

{{/* Load balancers ask nodes for their health only when traffic stays on the node. */}}
{{- define "service.healthCheckWithoutLocalTraffic" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- $policy := or $service.externalTrafficPolicy "Cluster" -}}
{{- if and (not (kindIs "invalid" $service.healthCheckNodePort)) (ne $policy "Local") -}}
{{- printf "%shealthCheckNodePort (%d) is for externalTrafficPolicy Local, and that is %s" $at (int64 $service.healthCheckNodePort) $policy -}}
{{- end -}}
{{- end }}

{{/* The most pods that run outside a rollout. */}}
{{- define "service.highestReplicas" -}}
{{- if .Values.autoscaling.enabled -}}
{{- int64 (or .Values.autoscaling.maxReplicas (int64 (include "service.minimumReplicas" .))) -}}
{{- else -}}
{{- int64 .Values.replicas -}}
{{- end -}}
{{- end }}

{{/* Seconds that the preStop hook takes: those it sleeps, else drainSeconds. */}}
{{- define "service.hookSeconds" -}}
{{- if kindIs "invalid" .Values.shutdown.preStop -}}
{{- int64 (include "service.drainSeconds" .) -}}
{{- else -}}
{{- if not (kindIs "invalid" (.Values.shutdown.preStop).sleep) -}}
{{- int64 ((.Values.shutdown.preStop).sleep).seconds -}}
{{- else -}}
{{- if and (not (kindIs "invalid" (.Values.shutdown.preStop).exec)) (gt (int64 (include "service.sleptSeconds" (dict "root" . "command" ((.Values.shutdown.preStop).exec).command))) 0) -}}
{{- int64 (include "service.sleptSeconds" (dict "root" . "command" ((.Values.shutdown.preStop).exec).command)) -}}
{{- else -}}
{{- int64 (include "service.drainSeconds" .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Only the privileged standard shares the node's network, processes or memory. */}}
{{- define "service.hostNamespaceAgainstStandard" -}}
{{- $message := "" -}}
{{- if ne .Values.security.podSecurity "privileged" -}}
{{- range $key, $value := .Values.pod -}}
{{- if and (has $key (list "hostNetwork" "hostPID" "hostIPC")) $value -}}
{{- $message = printf "pod.%s (true) does not meet podSecurity %s" $key $.Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Only the privileged standard takes ports of the node. */}}
{{- define "service.hostPortAgainstStandard" -}}
{{- $port := .port -}}
{{- $at := .at -}}
{{- if and (not (kindIs "invalid" $port.hostPort)) (ne .root.Values.security.podSecurity "privileged") -}}
{{- printf "%shostPort (%d) does not meet podSecurity %s" $at (int64 $port.hostPort) .root.Values.security.podSecurity -}}
{{- end -}}
{{- end }}

{{/* What happens when a pod cannot be spread over nodes. */}}
{{- define "service.hostSpreadAction" -}}
{{- include "service.spreadAction" (dict "root" . "strength" .Values.placement.spread.hosts) -}}
{{- end }}

{{/* A host without paths leads nowhere. */}}
{{- define "service.hostWithoutPaths" -}}
{{- $host := .host -}}
{{- $at := .at -}}
{{- if and .root.Values.expose.enabled (not $host.paths) -}}
{{- printf "%spaths is empty" $at -}}
{{- end -}}
{{- end }}

{{/* Port of an HTTP request. */}}
{{- define "service.httpGetPort" -}}
{{- $httpGet := .http_get -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" $httpGet.port) -}}
{{- dict "v" $httpGet.port | toJson -}}
{{- else -}}
{{- dict "v" (include "service.probePort" (dict "root" .root "container" $container)) | toJson -}}
{{- end -}}
{{- end }}

{{/* When the kubelet pulls the image. */}}
{{- define "service.imagePullPolicy" -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" $container.image.pullPolicy) -}}
{{- $container.image.pullPolicy -}}
{{- else -}}
{{- "IfNotPresent" -}}
{{- end -}}
{{- end }}

{{/* The image in one piece; the digest wins where both are given, and the tag stays for readers. */}}
{{- define "service.imageReference" -}}
{{- $container := .container -}}
{{- $reference := $container.image.repository -}}
{{- if $container.image.tag -}}
{{- $reference = printf "%s:%s" $reference $container.image.tag -}}
{{- end -}}
{{- if $container.image.digest -}}
{{- $reference = printf "%s@%s" $reference $container.image.digest -}}
{{- end -}}
{{- $reference -}}
{{- end }}

{{/* A tag that moves lets two pods of one rollout run different code. */}}
{{- define "service.imageWithoutVersion" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if not $container.image.digest -}}
{{- if not $container.image.tag -}}
{{- printf "%simage (%s) names no version, which means latest" $at $container.image.repository -}}
{{- else -}}
{{- if eq $container.image.tag "latest" -}}
{{- printf "%simage (%s:latest) moves: two pods could run different code" $at $container.image.repository -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Names of containers are unique in the pod. */}}
{{- define "service.initContainerNameTaken" -}}
{{- $name := .name -}}
{{- if eq $name (include "service.containerName" .root) -}}
{{- printf "initContainers.%s has the name of the main container" $name -}}
{{- else -}}
{{- if hasKey (.root.Values.sidecars | default dict) $name -}}
{{- printf "initContainers.%s has the name of sidecars.%s" $name $name -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Init containers run one after the other, so their order is part of the spec. */}}
{{- define "service.initContainerOrder" -}}
{{- $container := .container -}}
{{- $name := .name -}}
{{- include "service.orderProblem" (dict "root" .root "name" $name "kind" "initContainers" "containers" .root.Values.initContainers "container" $container) -}}
{{- end }}

{{/* An init container runs to its end; nobody asks how it does. */}}
{{- define "service.initContainerWithProbes" -}}
{{- $container := .container -}}
{{- $name := .name -}}
{{- if not (kindIs "invalid" $container.probes) -}}
{{- printf "initContainers.%s.probes are never asked: the container runs to its end" $name -}}
{{- end -}}
{{- end }}

{{/* Whether a volume is mounted at /tmp. */}}
{{- define "service.isAtTemporary" -}}
{{- $volume := .volume -}}
{{- if and (not (kindIs "invalid" $volume.mountPath)) (eq (trimSuffix "/" $volume.mountPath) "/tmp") -}}
{{- "true" -}}
{{- else -}}
{{- $any1 := false -}}
{{- range $path, $_ := $volume.mounts -}}
{{- if eq (trimSuffix "/" $path) "/tmp" -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether a resource is counted in bytes. */}}
{{- define "service.isBytes" -}}
{{- $resource := .resource -}}
{{- if or (has $resource (list "memory" "ephemeral-storage")) (hasPrefix "hugepages-" $resource) -}}true{{- end -}}
{{- end }}

{{/* Whether a volume is a claim that one node, or one pod, can mount at a time. */}}
{{- define "service.isForOne" -}}
{{- $volume := .volume -}}
{{- $both2 := not (kindIs "invalid" $volume.size) -}}
{{- if $both2 -}}
{{- $any1 := false -}}
{{- range $_, $mode := (fromJson (include "service.accessModes" (dict "root" .root "volume" $volume))).v -}}
{{- if has $mode (list "ReadWriteMany" "ReadOnlyMany") -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- $both2 = not $any1 -}}
{{- end -}}
{{- if $both2 -}}true{{- end -}}
{{- end }}

{{/* Whether a volume is a claim that one pod can mount at a time, even on one node. */}}
{{- define "service.isForOnePod" -}}
{{- $volume := .volume -}}
{{- $both2 := not (empty (include "service.isForOne" (dict "root" .root "volume" $volume))) -}}
{{- if $both2 -}}
{{- $any1 := false -}}
{{- range $_, $mode := (fromJson (include "service.accessModes" (dict "root" .root "volume" $volume))).v -}}
{{- if eq $mode "ReadWriteOncePod" -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- $both2 = $any1 -}}
{{- end -}}
{{- if $both2 -}}true{{- end -}}
{{- end }}

{{/* Whether an amount is written in thousandths or less, or is no whole number of bytes. */}}
{{- define "service.isFractionOfAByte" -}}
{{- $amount := .amount -}}
{{- if or (or (hasSuffix "m" $amount) (hasSuffix "u" $amount) (hasSuffix "n" $amount)) (ne (int64 (include "service.quantityMilli" (dict "root" .root "quantity" $amount))) (mul (int64 (include "service.quantityBytes" (dict "root" .root "quantity" $amount))) 1000)) -}}true{{- end -}}
{{- end }}

{{/* Whether a probe of the main container says nothing of how to ask. */}}
{{- define "service.isLeftToUs" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- if and (hasPrefix "probes." $at) (not (include "service.hasHandler" (dict "root" .root "probe" $probe))) -}}true{{- end -}}
{{- end }}

{{/* Whether a volume is of a kind that restricted pods may have, or names one that is judged elsewhere. */}}
{{- define "service.isPlainVolume" -}}
{{- $volume := .volume -}}
{{- if or (not (kindIs "invalid" $volume.size)) (not (kindIs "invalid" $volume.configMap)) (not (kindIs "invalid" $volume.csi)) (not (kindIs "invalid" $volume.downwardAPI)) (not (kindIs "invalid" $volume.emptyDir)) (not (kindIs "invalid" $volume.ephemeral)) (not (kindIs "invalid" $volume.image)) (not (kindIs "invalid" $volume.persistentVolumeClaim)) (not (kindIs "invalid" $volume.projected)) (not (kindIs "invalid" $volume.secret)) -}}true{{- end -}}
{{- end }}

{{/* Whether a container has every right on the node. */}}
{{- define "service.isPrivileged" -}}
{{- $container := .container -}}
{{- if and (not (kindIs "invalid" $container.security)) (not (kindIs "invalid" ($container.security).privileged)) ($container.security).privileged -}}true{{- end -}}
{{- end }}

{{/* Whether a number or percentage is nothing. */}}
{{- define "service.isZero" -}}
{{- $value := .value -}}
{{- if eq (atoi (trimSuffix "%" (include "service.text" $value))) 0 -}}true{{- end -}}
{{- end }}

{{/* Pods of the lowest count that the budget keeps; percentages of both kinds are rounded up. */}}
{{- define "service.keptReplicas" -}}
{{- $count := int64 (include "service.lowestReplicas" .) -}}
{{- if not (kindIs "invalid" .Values.disruption.minAvailable) -}}
{{- int64 (include "service.shareUp" (dict "root" . "value" .Values.disruption.minAvailable "total" $count)) -}}
{{- else -}}
{{- sub $count (min $count (int64 (include "service.shareUp" (dict "root" . "value" (fromJson (include "service.disruptionMaxUnavailable" .)).v "total" $count)))) -}}
{{- end -}}
{{- end }}

{{/* The field whose label of this key is printed already; nothing when the key is free. */}}
{{- define "service.labelField" -}}
{{- $key := .key -}}
{{- if and (not (kindIs "invalid" .root.Values.selector)) (hasKey (.root.Values.selector | default dict) $key) -}}
{{- "selector" -}}
{{- else -}}
{{- if has $key (list "app.kubernetes.io/name" "app.kubernetes.io/instance") -}}
{{- "name" -}}
{{- else -}}
{{- if and (eq $key "app.kubernetes.io/part-of") (not (kindIs "invalid" .root.Values.partOf)) -}}
{{- "partOf" -}}
{{- else -}}
{{- if and (eq $key "app.kubernetes.io/version") (ne (include "service.versionLabel" .root) "") -}}
{{- "image.tag" -}}
{{- else -}}
{{- if and (eq $key "team") (not (kindIs "invalid" .root.Values.team)) -}}
{{- "team" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* A label has one value. */}}
{{- define "service.labelTaken" -}}
{{- $key := .key -}}
{{- $field := include "service.labelField" (dict "root" .root "key" $key) -}}
{{- if ne $field "" -}}
{{- printf "labels[%s] is printed for %s already" $key $field -}}
{{- end -}}
{{- end }}

{{/* Whether anybody may connect to the port of a name. */}}
{{- define "service.letsIn" -}}
{{- $portName := .port_name -}}
{{- $any1 := false -}}
{{- range $_name, $peer := .root.Values.network.allowFrom -}}
{{- if include "service.allowsPort" (dict "root" $.root "peer" $peer "port_name" $portName) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- end }}

{{/* The hook before the end is part of the shutdown budget, and so is the signal. */}}
{{- define "service.lifecycleHasOwnPlace" -}}
{{- $message := "" -}}
{{- range $key, $_value := (fromJson (include "service.ownLifecycle" (dict "root" . "container" .Values))).v -}}
{{- if ne $key "postStart" -}}
{{- $message = printf "container.lifecycle.%s is not part of the shutdown budget" $key -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* A Lifecycle has one key for each of its hooks. */}}
{{- define "service.lifecycleNotAMap" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if not (or (kindIs "invalid" $container.container) (not (hasKey ($container.container | default dict) "lifecycle"))) -}}
{{- if not (kindIs "map" (index ($container.container | default dict) "lifecycle")) -}}
{{- printf "%scontainer.lifecycle is not a map of hooks" $at -}}
{{- else -}}
{{- $message := "" -}}
{{- range $hook, $handler := (fromJson (include "service.ownLifecycle" (dict "root" .root "container" $container))).v -}}
{{- if and (not (kindIs "map" $handler)) (ne $hook "stopSignal") -}}
{{- $message = printf "%scontainer.lifecycle.%s is not a map" $at $hook -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Failures that keep liveness from tripping before readiness, and from killing a start that is in order. */}}
{{- define "service.livenessFailureThreshold" -}}
{{- if not (kindIs "invalid" .Values.probes.liveness.failureThreshold) -}}
{{- int64 .Values.probes.liveness.failureThreshold -}}
{{- else -}}
{{- $period := int64 (include "service.livenessPeriodSeconds" .) -}}
{{- $delay := int64 (or .Values.probes.liveness.initialDelaySeconds 0) -}}
{{- $afterReadiness := add (int64 (include "service.ceilDiv" (dict "root" . "number" (max 0 (sub (int64 (include "service.readinessDetectionSeconds" .)) (int64 (include "service.livenessTimeoutSeconds" .)))) "divisor" $period))) 1 -}}
{{- $afterStart := add (int64 (include "service.ceilDiv" (dict "root" . "number" (max 0 (sub (int64 (include "service.livenessStartRoomSeconds" .)) $delay)) "divisor" $period))) 1 -}}
{{- max 3 $afterReadiness $afterStart -}}
{{- end -}}
{{- end }}

{{/* Without a start-up probe liveness restarts a container that is still starting. */}}
{{- define "service.livenessKillsSlowStart" -}}
{{- $threshold := int64 (include "service.livenessFailureThreshold" .) -}}
{{- $period := int64 (include "service.livenessPeriodSeconds" .) -}}
{{- $delay := int64 (or .Values.probes.liveness.initialDelaySeconds 0) -}}
{{- $room := add $delay (mul (sub $threshold 1) $period) -}}
{{- if and (include "service.probeEnabled" (dict "root" . "probe" .Values.probes.liveness "container" .Values)) (lt $room (int64 (include "service.livenessStartRoomSeconds" .))) -}}
{{- printf "probes.liveness leaves %d s for a start ((%d - 1) x %d s) without a start-up probe, and startup.slowestSeconds is %d" $room $threshold $period (int64 .Values.startup.slowestSeconds) -}}
{{- end -}}
{{- end }}

{{/* Seconds between liveness probes. */}}
{{- define "service.livenessPeriodSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.liveness.periodSeconds) -}}
{{- int64 .Values.probes.liveness.periodSeconds -}}
{{- else -}}
{{- 10 -}}
{{- end -}}
{{- end }}

{{/* Seconds of a start that liveness must wait out: the slowest one when no start-up probe holds it back. */}}
{{- define "service.livenessStartRoomSeconds" -}}
{{- if include "service.startupProbeEnabled" . -}}
{{- 0 -}}
{{- else -}}
{{- int64 .Values.startup.slowestSeconds -}}
{{- end -}}
{{- end }}

{{/* Seconds after which a liveness probe has failed: as patient as readiness, at most the period. */}}
{{- define "service.livenessTimeoutSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.liveness.timeoutSeconds) -}}
{{- int64 .Values.probes.liveness.timeoutSeconds -}}
{{- else -}}
{{- min (max 2 (int64 (include "service.readinessTimeoutSeconds" .))) (int64 (include "service.livenessPeriodSeconds" .)) -}}
{{- end -}}
{{- end }}

{{/* The first field that only a load balancer has; nothing when there is none. */}}
{{- define "service.loadBalancerField" -}}
{{- $service := .service -}}
{{- if not (kindIs "invalid" $service.loadBalancerClass) -}}
{{- "loadBalancerClass" -}}
{{- else -}}
{{- if not (kindIs "invalid" $service.loadBalancerSourceRanges) -}}
{{- "loadBalancerSourceRanges" -}}
{{- else -}}
{{- if not (kindIs "invalid" $service.allocateLoadBalancerNodePorts) -}}
{{- "allocateLoadBalancerNodePorts" -}}
{{- else -}}
{{- if not (kindIs "invalid" $service.healthCheckNodePort) -}}
{{- "healthCheckNodePort" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Fields of a load balancer need one. */}}
{{- define "service.loadBalancerFieldWithoutOne" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- if and (include "service.loadBalancerField" (dict "root" .root "service" $service)) (ne (include "service.serviceType" (dict "root" .root "service" $service)) "LoadBalancer") -}}
{{- printf "%s%s is for a load balancer, and %stype is %s" $at (include "service.loadBalancerField" (dict "root" .root "service" $service)) $at (include "service.serviceType" (dict "root" .root "service" $service)) -}}
{{- end -}}
{{- end }}

{{/* The fewest pods that ever run on purpose. */}}
{{- define "service.lowestReplicas" -}}
{{- if .Values.autoscaling.enabled -}}
{{- int64 (include "service.minimumReplicas" .) -}}
{{- else -}}
{{- int64 .Values.replicas -}}
{{- end -}}
{{- end }}

{{/* Whether a Service shows a port of the main container, unless it lists its ports. */}}
{{- define "service.mainPortInService" -}}
{{- $port := .port -}}
{{- if not (kindIs "invalid" $port.inService) -}}
{{- if $port.inService -}}true{{- end -}}
{{- else -}}
{{- "true" -}}
{{- end -}}
{{- end }}

{{/* `m` is a thousandth: `512m` of memory is half a byte, and the container never starts. */}}
{{- define "service.memoryInThousandthsOfAByte" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- range $name, $amount := (fromJson (include "service.resourceRequests" (dict "root" .root "container" $container))).v -}}
{{- if and (include "service.isBytes" (dict "root" $.root "resource" $name)) (include "service.isFractionOfAByte" (dict "root" $.root "amount" $amount)) -}}
{{- $message = printf "%sresources.requests.%s (%s) is no whole number of bytes" $at $name $amount -}}
{{- end -}}
{{- end -}}
{{- range $name, $amount := (fromJson (include "service.resourceLimits" (dict "root" .root "container" $container))).v -}}
{{- if and (include "service.isBytes" (dict "root" $.root "resource" $name)) (include "service.isFractionOfAByte" (dict "root" $.root "amount" $amount)) -}}
{{- $message = printf "%sresources.limits.%s (%s) is no whole number of bytes" $at $name $amount -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Pods that the autoscaler keeps at least. */}}
{{- define "service.minimumReplicas" -}}
{{- if not (kindIs "invalid" .Values.autoscaling.minReplicas) -}}
{{- int64 .Values.autoscaling.minReplicas -}}
{{- else -}}
{{- int64 .Values.replicas -}}
{{- end -}}
{{- end }}

{{/* The resource that the autoscaler measures and the container does not request; "" when there is none. */}}
{{- define "service.missingRequest" -}}
{{- $container := .container -}}
{{- if not (not .root.Values.autoscaling.enabled) -}}
{{- if and (ne (int64 (include "service.autoscalingCpu" .root)) 0) (not (include "service.requestsResource" (dict "root" .root "container" $container "resource" "cpu"))) -}}
{{- "cpu" -}}
{{- else -}}
{{- if and (not (kindIs "invalid" .root.Values.autoscaling.memory)) (not (include "service.requestsResource" (dict "root" .root "container" $container "resource" "memory"))) -}}
{{- "memory" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* One path of a container shows one thing. */}}
{{- define "service.mountPathTaken" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $path := "" -}}
{{- $message := "" -}}
{{- $taken := dict -}}
{{- range $name, $volume := $container.volumes -}}
{{- if not (kindIs "invalid" $volume.mountPath) -}}
{{- $path = trimSuffix "/" $volume.mountPath -}}
{{- if hasKey ($taken | default dict) $path -}}
{{- $message = printf "%svolumes.%s and %s are both mounted at %s" $at $name (index ($taken | default dict) $path) $volume.mountPath -}}
{{- end -}}
{{- $_ := set $taken $path (printf "%svolumes.%s" $at $name) -}}
{{- end -}}
{{- range $mountPath, $_ := $volume.mounts -}}
{{- $path = trimSuffix "/" $mountPath -}}
{{- if hasKey ($taken | default dict) $path -}}
{{- $message = printf "%svolumes.%s and %s are both mounted at %s" $at $name (index ($taken | default dict) $path) $mountPath -}}
{{- end -}}
{{- $_ := set $taken $path (printf "%svolumes.%s" $at $name) -}}
{{- end -}}
{{- end -}}
{{- if eq $at "" -}}
{{- range $path, $_ := .root.Values.files -}}
{{- if hasKey ($taken | default dict) $path -}}
{{- $message = printf "files[%s] and %s are both mounted at %s" $path (index ($taken | default dict) $path) $path -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Whether one of several mounts refuses writes: it says so itself, or the volume does for all. */}}
{{- define "service.mountReadOnly" -}}
{{- $mount := .mount -}}
{{- $volume := .volume -}}
{{- if not (kindIs "invalid" $mount.readOnly) -}}
{{- if $mount.readOnly -}}true{{- end -}}
{{- else -}}
{{- if and (not (kindIs "invalid" $volume.readOnly)) $volume.readOnly -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* With which volume of the containers of a kind another volume of that name clashes. */}}
{{- define "service.nameClash" -}}
{{- $name := .name -}}
{{- $at := .at -}}
{{- $kind := .kind -}}
{{- $containers := .containers -}}
{{- $path := "" -}}
{{- $brings := "" -}}
{{- $message := "" -}}
{{- range $other, $container := $containers -}}
{{- $path = printf "%s.%s.volumes.%s" $kind $other $name -}}
{{- $brings = not (empty (and (not (kindIs "invalid" $container.volumes)) (hasKey ($container.volumes | default dict) $name) (include "service.hasSource" (dict "root" $.root "volume" (index ($container.volumes | default dict) $name))))) -}}
{{- if and $brings (lt (printf "%s." $path) $at) (not (hasPrefix "volumes." $at)) -}}
{{- $message = printf "%s and %s are two volumes" (trimSuffix "." $at) $path -}}
{{- end -}}
{{- if and (eq $name (printf "tmp-%s" $other)) (include "service.hasTemporary" (dict "root" $.root "container" $container)) -}}
{{- $message = printf "%s has the name of the volume at /tmp of %s.%s" (trimSuffix "." $at) $kind $other -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* How many Services would take a port of the nodes for a port. */}}
{{- define "service.nodePortServices" -}}
{{- $portName := .port_name -}}
{{- $count := 0 -}}
{{- if and (include "service.serviceNeeded" .root) (include "service.opensNodePort" (dict "root" .root "service" .root.Values.service)) (include "service.showsPort" (dict "root" .root "service" .root.Values.service "port_name" $portName)) -}}
{{- $count = add $count 1 -}}
{{- end -}}
{{- range $_key, $service := .root.Values.services -}}
{{- if and (include "service.opensNodePort" (dict "root" $.root "service" $service)) (include "service.showsPort" (dict "root" $.root "service" $service "port_name" $portName)) -}}
{{- $count = add $count 1 -}}
{{- end -}}
{{- end -}}
{{- $count -}}
{{- end }}

{{/* A port of the nodes leads to one Service that takes node ports. */}}
{{- define "service.nodePortWithoutService" -}}
{{- $port := .port -}}
{{- $portName := .port_name -}}
{{- $at := .at -}}
{{- if not (kindIs "invalid" $port.nodePort) -}}
{{- if eq (int64 (include "service.nodePortServices" (dict "root" .root "port_name" $portName))) 0 -}}
{{- printf "%snodePort (%d) needs a Service of type NodePort or LoadBalancer that shows the port" $at (int64 $port.nodePort) -}}
{{- else -}}
{{- if gt (int64 (include "service.nodePortServices" (dict "root" .root "port_name" $portName))) 1 -}}
{{- printf "%snodePort (%d) can lead to one Service, and %d of type NodePort or LoadBalancer show the port" $at (int64 $port.nodePort) (int64 (include "service.nodePortServices" (dict "root" .root "port_name" $portName))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether a Service takes ports on the nodes. */}}
{{- define "service.opensNodePort" -}}
{{- $service := .service -}}
{{- if has (include "service.serviceType" (dict "root" .root "service" $service)) (list "NodePort" "LoadBalancer") -}}true{{- end -}}
{{- end }}

{{/* What is wrong with a container's place among its kind. */}}
{{- define "service.orderProblem" -}}
{{- $name := .name -}}
{{- $kind := .kind -}}
{{- $containers := .containers -}}
{{- $container := .container -}}
{{- $message := "" -}}
{{- range $other, $otherContainer := $containers -}}
{{- if and (ne $other $name) (kindIs "invalid" $container.order) -}}
{{- $message = printf "%s.%s has no order, and %s are started one after the other" $kind $name $kind -}}
{{- end -}}
{{- if and (lt $other $name) (not (kindIs "invalid" $container.order)) (not (kindIs "invalid" $otherContainer.order)) (eq (toJson $otherContainer.order) (toJson $container.order)) -}}
{{- $message = printf "%s.%s.order (%d) is also that of %s.%s" $kind $name (int64 $container.order) $kind $other -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Protocol of a port on the other side. */}}
{{- define "service.otherPortProtocol" -}}
{{- $networkPort := .network_port -}}
{{- if not (kindIs "invalid" $networkPort.protocol) -}}
{{- $networkPort.protocol -}}
{{- else -}}
{{- "TCP" -}}
{{- end -}}
{{- end }}

{{/* Names of ports belong to pods; an address, or everybody, has none. */}}
{{- define "service.outsidePortByName" -}}
{{- $peer := .peer -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- if kindIs "invalid" $peer.ports -}}
{{- $message -}}
{{- else -}}
{{- range $_, $networkPort := $peer.ports -}}
{{- if and (kindIs "string" $networkPort.port) (kindIs "invalid" $peer.podSelector) (kindIs "invalid" $peer.namespaceSelector) -}}
{{- $message = printf "%sports names \"%s\", and only pods have ports with names" $at (include "service.text" $networkPort.port) -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end -}}
{{- end }}

{{/* A range of ports counts upwards. */}}
{{- define "service.outsideRangeEmpty" -}}
{{- $peer := .peer -}}
{{- $at := .at -}}
{{- $one1 := "" -}}
{{- if include "service.badRange" (dict "root" .root "peer" $peer) -}}
{{- $one1 = printf "%sports: %s" $at (include "service.badRange" (dict "root" .root "peer" $peer)) -}}
{{- else -}}
{{- $one1 = "" -}}
{{- end -}}
{{- $one1 -}}
{{- end }}

{{/* The lifecycle among the further fields of a container; nothing when it is no map. */}}
{{- define "service.ownLifecycle" -}}
{{- $container := .container -}}
{{- if and (not (kindIs "invalid" $container.container)) (hasKey ($container.container | default dict) "lifecycle") -}}
{{- $lifecycle := index ($container.container | default dict) "lifecycle" -}}
{{- if kindIs "map" $lifecycle -}}
{{- dict "v" $lifecycle | toJson -}}
{{- else -}}
{{- dict "v" dict | toJson -}}
{{- end -}}
{{- else -}}
{{- dict "v" dict | toJson -}}
{{- end -}}
{{- end }}

{{/* A port of the pods: as it is given, but by its number where running pods may not have the name. */}}
{{- define "service.ownPort" -}}
{{- $networkPort := .network_port -}}
{{- $port := $networkPort.port -}}
{{- if and (not (kindIs "invalid" .root.Values.selector)) (kindIs "string" $networkPort.port) -}}
{{- range $_, $number := (fromJson (include "service.portsNamed" (dict "root" .root "port_name" (printf "%s" (include "service.text" $networkPort.port))))).v -}}
{{- $port = int64 $number -}}
{{- end -}}
{{- end -}}
{{- dict "v" $port | toJson -}}
{{- end }}

{{/* Protocol of a port of the pods: what the port of this name or number says, else TCP. */}}
{{- define "service.ownPortProtocol" -}}
{{- $networkPort := .network_port -}}
{{- if not (kindIs "invalid" $networkPort.protocol) -}}
{{- $networkPort.protocol -}}
{{- else -}}
{{- $protocol := "TCP" -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if or (eq (printf "%s" (include "service.text" $networkPort.port)) $name) (eq (printf "%s" (include "service.text" $networkPort.port)) (printf "%d" (int64 $port.port))) -}}
{{- $protocol = include "service.portProtocol" (dict "root" $.root "port" $port) -}}
{{- end -}}
{{- end -}}
{{- range $_sidecar, $container := .root.Values.sidecars -}}
{{- range $name, $port := $container.ports -}}
{{- if or (eq (printf "%s" (include "service.text" $networkPort.port)) $name) (eq (printf "%s" (include "service.text" $networkPort.port)) (printf "%d" (int64 $port.port))) -}}
{{- $protocol = include "service.portProtocol" (dict "root" $.root "port" $port) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $protocol -}}
{{- end -}}
{{- end }}

{{/* A path leads to a port that a Service shows. */}}
{{- define "service.pathToNoPort" -}}
{{- $host := .host -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- range $path, $portName := $host.paths -}}
{{- if not $.root.Values.expose.enabled -}}
{{- $message = "" -}}
{{- else -}}
{{- if not (fromJson (include "service.portsNamed" (dict "root" $.root "port_name" $portName))).v -}}
{{- $message = printf "%spaths sends %s to the port \"%s\", and there is none of that name" $at $path $portName -}}
{{- else -}}
{{- if eq (include "service.backendService" (dict "root" $.root "port_name" $portName)) "" -}}
{{- $message = printf "%spaths sends %s to the port \"%s\", which no Service shows" $at $path $portName -}}
{{- else -}}
{{- if not (include "service.takesConnections" (dict "root" $.root "port_name" $portName)) -}}
{{- $message = printf "%spaths sends %s to the port \"%s\", which takes no TCP connections" $at $path $portName -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* The number of a percentage. */}}
{{- define "service.percent" -}}
{{- $value := .value -}}
{{- atoi (trimSuffix "%" (include "service.text" $value)) -}}
{{- end }}

{{/* An annotation of the pods has one value. */}}
{{- define "service.podAnnotationTaken" -}}
{{- $key := .key -}}
{{- if hasKey (.root.Values.annotations | default dict) $key -}}
{{- printf "podAnnotations[%s] is printed for annotations[%s] already" $key $key -}}
{{- end -}}
{{- end }}

{{/* One fact, one place. */}}
{{- define "service.podFieldHasItsOwnPlace" -}}
{{- $key := .key -}}
{{- if hasKey (dict "affinity" "placement.affinity" "automountServiceAccountToken" "serviceAccount.automountToken" "containers" "the fields of the service itself, and sidecars" "imagePullSecrets" "image.pullSecrets" "initContainers" "initContainers" "nodeSelector" "placement.nodeSelector" "priorityClassName" "placement.priorityClassName" "securityContext" "security" "serviceAccount" "serviceAccount" "serviceAccountName" "serviceAccount.name" "terminationGracePeriodSeconds" "shutdown.gracePeriodSeconds" "tolerations" "placement.tolerations" "topologySpreadConstraints" "placement.spread" "volumes" "volumes") $key -}}
{{- printf "pod.%s has a place of its own in the spec: %s" $key (index (dict "affinity" "placement.affinity" "automountServiceAccountToken" "serviceAccount.automountToken" "containers" "the fields of the service itself, and sidecars" "imagePullSecrets" "image.pullSecrets" "initContainers" "initContainers" "nodeSelector" "placement.nodeSelector" "priorityClassName" "placement.priorityClassName" "securityContext" "security" "serviceAccount" "serviceAccount" "serviceAccountName" "serviceAccount.name" "terminationGracePeriodSeconds" "shutdown.gracePeriodSeconds" "tolerations" "placement.tolerations" "topologySpreadConstraints" "placement.spread" "volumes" "volumes") $key) -}}
{{- end -}}
{{- end }}

{{/* A label of the pods has one value. */}}
{{- define "service.podLabelTaken" -}}
{{- $key := .key -}}
{{- $field := include "service.labelField" (dict "root" .root "key" $key) -}}
{{- if ne $field "" -}}
{{- printf "podLabels[%s] is printed for %s already" $key $field -}}
{{- else -}}
{{- if hasKey (.root.Values.labels | default dict) $key -}}
{{- printf "podLabels[%s] is printed for labels[%s] already" $key $key -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Transport protocol of a port. */}}
{{- define "service.portProtocol" -}}
{{- $port := .port -}}
{{- if not (kindIs "invalid" $port.protocol) -}}
{{- $port.protocol -}}
{{- else -}}
{{- "TCP" -}}
{{- end -}}
{{- end }}

{{/* Containers of a pod share its network, so that a port is free or taken for all of them. */}}
{{- define "service.portTaken" -}}
{{- $port := .port -}}
{{- $name := .name -}}
{{- $at := .at -}}
{{- $here := trimSuffix "." $at -}}
{{- $isToldThere := "" -}}
{{- $message := "" -}}
{{- range $other, $otherPort := .root.Values.ports -}}
{{- $isToldThere = and (hasPrefix "ports." $at) (ge $other $name) -}}
{{- if and (not $isToldThere) (include "service.portsClash" (dict "root" $.root "port" $port "name" $name "other_port" $otherPort "other" $other)) -}}
{{- $message = printf "%s (%d) and ports.%s (%d) clash" $here (int64 $port.port) $other (int64 $otherPort.port) -}}
{{- end -}}
{{- end -}}
{{- $path := "" -}}
{{- range $key, $container := .root.Values.sidecars -}}
{{- range $other, $otherPort := $container.ports -}}
{{- $path = printf "sidecars.%s.ports.%s" $key $other -}}
{{- if and (hasPrefix "sidecars." $here) (lt $path $here) (include "service.portsClash" (dict "root" $.root "port" $port "name" $name "other_port" $otherPort "other" $other)) -}}
{{- $message = printf "%s (%d) and %s (%d) clash" $here (int64 $port.port) $path (int64 $otherPort.port) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Whether two ports of a pod cannot both be: the same name, or the same number and protocol. */}}
{{- define "service.portsClash" -}}
{{- $port := .port -}}
{{- $name := .name -}}
{{- $otherPort := .other_port -}}
{{- $other := .other -}}
{{- if or (eq $name $other) (and (eq (int64 $port.port) (int64 $otherPort.port)) (eq (include "service.portProtocol" (dict "root" .root "port" $port)) (include "service.portProtocol" (dict "root" .root "port" $otherPort)))) -}}true{{- end -}}
{{- end }}

{{/* Numbers of the ports of a name in the main container and in the sidecars. */}}
{{- define "service.portsNamed" -}}
{{- $portName := .port_name -}}
{{- $numbers := list -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if eq $name $portName -}}
{{- $numbers = append $numbers $port.port -}}
{{- end -}}
{{- end -}}
{{- range $_sidecar, $container := .root.Values.sidecars -}}
{{- range $name, $port := $container.ports -}}
{{- if eq $name $portName -}}
{{- $numbers = append $numbers $port.port -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "v" $numbers | toJson -}}
{{- end }}

{{/* The ports of a container in words. */}}
{{- define "service.portsText" -}}
{{- $container := .container -}}
{{- $ports := "" -}}
{{- range $name, $port := $container.ports -}}
{{- $ports = printf "%s%s" $ports (printf ", %s %d" $name (int64 $port.port)) -}}
{{- end -}}
{{- trimPrefix ", " $ports -}}
{{- end }}

{{/* A container's place among its kind, as text that sorts. */}}
{{- define "service.position" -}}
{{- $container := .container -}}
{{- if kindIs "invalid" $container.order -}}
{{- "1000000" -}}
{{- else -}}
{{- printf "%d" (add 1000000 $container.order) -}}
{{- end -}}
{{- end }}

{{/* The places of all containers of a kind, first to last. */}}
{{- define "service.positions" -}}
{{- $containers := .containers -}}
{{- $taken := dict -}}
{{- range $name, $container := $containers -}}
{{- $_ := set $taken (include "service.position" (dict "root" $.root "container" $container)) $name -}}
{{- end -}}
{{- $result := list -}}
{{- range $place, $_ := $taken -}}
{{- $result = append $result $place -}}
{{- end -}}
{{- dict "v" $result | toJson -}}
{{- end }}

{{/* The handler that runs right after the container has started. */}}
{{- define "service.postStart" -}}
{{- $container := .container -}}
{{- $lifecycle := (fromJson (include "service.ownLifecycle" (dict "root" .root "container" $container))).v -}}
{{- if hasKey ($lifecycle | default dict) "postStart" -}}
{{- $handler := index ($lifecycle | default dict) "postStart" -}}
{{- if kindIs "map" $handler -}}
{{- dict "v" $handler | toJson -}}
{{- else -}}
{{- dict "v" dict | toJson -}}
{{- end -}}
{{- else -}}
{{- dict "v" dict | toJson -}}
{{- end -}}
{{- end }}

{{/* Whether there is a preStop hook. */}}
{{- define "service.preStopNeeded" -}}
{{- if or (gt (int64 (include "service.hookSeconds" .)) 0) (not (include "service.preStopPauses" .)) -}}true{{- end -}}
{{- end }}

{{/* Whether the hook is a plain pause, which the kubelet can do by itself. */}}
{{- define "service.preStopPauses" -}}
{{- if or (kindIs "invalid" .Values.shutdown.preStop) (not (kindIs "invalid" (.Values.shutdown.preStop).sleep)) -}}true{{- end -}}
{{- end }}

{{/* Whether one of our own labels is printed, which an adopted selector may already hold. */}}
{{- define "service.printsLabel" -}}
{{- $key := .key -}}
{{- if or (kindIs "invalid" .root.Values.selector) (not (hasKey (.root.Values.selector | default dict) $key)) -}}true{{- end -}}
{{- end }}

{{/* Restricted pods gain no rights; a privileged container cannot be kept from it. */}}
{{- define "service.privilegeEscalationAgainstStandard" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $escalates := not (empty (include "service.allowPrivilegeEscalation" (dict "root" .root "container" $container))) -}}
{{- if and (eq .root.Values.security.podSecurity "restricted") $escalates (not (include "service.isPrivileged" (dict "root" .root "container" $container))) -}}
{{- printf "%ssecurity.allowPrivilegeEscalation (true) does not meet podSecurity restricted" $at -}}
{{- else -}}
{{- if and (include "service.isPrivileged" (dict "root" .root "container" $container)) (not $escalates) -}}
{{- printf "%ssecurity.allowPrivilegeEscalation (false) contradicts %ssecurity.privileged (true)" $at $at -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Only the privileged standard allows privileged containers. */}}
{{- define "service.privilegedContainer" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if and (ne .root.Values.security.podSecurity "privileged") (include "service.isPrivileged" (dict "root" .root "container" $container)) -}}
{{- printf "%ssecurity.privileged (true) does not meet podSecurity %s" $at .root.Values.security.podSecurity -}}
{{- end -}}
{{- end }}

{{/* Whether a probe is there: when it says how to ask, or the container has a port to ask. */}}
{{- define "service.probeEnabled" -}}
{{- $probe := .probe -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" $probe.enabled) -}}
{{- if $probe.enabled -}}true{{- end -}}
{{- else -}}
{{- if or (include "service.hasHandler" (dict "root" .root "probe" $probe)) (not (empty (fromJson (include "service.tcpPorts" (dict "root" .root "container" $container))).v)) -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Only the privileged standard lets the kubelet ask somebody else than the pod. */}}
{{- define "service.probeHostAgainstStandard" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- if not (eq .root.Values.security.podSecurity "privileged") -}}
{{- if and (not (kindIs "invalid" $probe.httpGet)) (not (kindIs "invalid" ($probe.httpGet).host)) -}}
{{- printf "%shttpGet.host (%s) does not meet podSecurity %s" $at ($probe.httpGet).host .root.Values.security.podSecurity -}}
{{- else -}}
{{- if and (not (kindIs "invalid" $probe.tcpSocket)) (not (kindIs "invalid" ($probe.tcpSocket).host)) -}}
{{- printf "%stcpSocket.host (%s) does not meet podSecurity %s" $at ($probe.tcpSocket).host .root.Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Seconds between the probes that stand at a path; Kubernetes' default is 10. */}}
{{- define "service.probePeriod" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- if eq $at "probes.startup." -}}
{{- int64 (include "service.startupPeriodSeconds" .root) -}}
{{- else -}}
{{- if eq $at "probes.liveness." -}}
{{- int64 (include "service.livenessPeriodSeconds" .root) -}}
{{- else -}}
{{- if eq $at "probes.readiness." -}}
{{- int64 (include "service.readinessPeriodSeconds" .root) -}}
{{- else -}}
{{- int64 (or $probe.periodSeconds 10) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Name of the port to ask when a probe does not say: `http`, else the only one; "" when that is no choice. */}}
{{- define "service.probePort" -}}
{{- $container := .container -}}
{{- $count := 0 -}}
{{- $only := "" -}}
{{- range $_, $name := (fromJson (include "service.tcpPorts" (dict "root" .root "container" $container))).v -}}
{{- $count = add $count 1 -}}
{{- $only = printf "%s%s" $only $name -}}
{{- end -}}
{{- if eq $count 1 -}}
{{- $only -}}
{{- else -}}
{{- $any1 := false -}}
{{- range $_, $name := (fromJson (include "service.tcpPorts" (dict "root" .root "container" $container))).v -}}
{{- if eq $name "http" -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- ternary "http" "" $any1 -}}
{{- end -}}
{{- end }}

{{/* Number of the port to ask; 0 when there is no choice. */}}
{{- define "service.probePortNumber" -}}
{{- $container := .container -}}
{{- $number := 0 -}}
{{- range $name, $port := $container.ports -}}
{{- if eq $name (include "service.probePort" (dict "root" $.root "container" $container)) -}}
{{- $number = add $number $port.port -}}
{{- end -}}
{{- end -}}
{{- $number -}}
{{- end }}

{{/* With several ports only the user knows which one answers. */}}
{{- define "service.probePortUnclear" -}}
{{- $probe := .probe -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if not (or (include "service.isLeftToUs" (dict "root" .root "probe" $probe "at" $at)) (not (include "service.asksUnnamedPort" (dict "root" .root "probe" $probe "container" $container))) (not $container.ports)) -}}
{{- printf "%s does not say which port to ask: %s" (trimSuffix "." $at) (include "service.portsText" (dict "root" .root "container" $container)) -}}
{{- end -}}
{{- end }}

{{/* A probe asks a port that the container says it has, by number too: what nobody declares, nobody keeps. */}}
{{- define "service.probePortUndeclared" -}}
{{- $probe := .probe -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- if or (not (include "service.hasHandler" (dict "root" .root "probe" $probe))) (not (include "service.probeEnabled" (dict "root" .root "probe" $probe "container" $container))) (include "service.asksUnnamedPort" (dict "root" .root "probe" $probe "container" $container)) -}}
{{- $message -}}
{{- else -}}
{{- if and (not (kindIs "invalid" $probe.httpGet)) (not (include "service.hasPort" (dict "root" .root "container" $container "wanted" (fromJson (include "service.httpGetPort" (dict "root" .root "http_get" $probe.httpGet "container" $container))).v))) -}}
{{- $message = printf "%shttpGet.port (%s) is not a TCP port of the container" $at (include "service.text" (fromJson (include "service.httpGetPort" (dict "root" .root "http_get" $probe.httpGet "container" $container))).v) -}}
{{- end -}}
{{- if and (not (kindIs "invalid" $probe.tcpSocket)) (not (include "service.hasPort" (dict "root" .root "container" $container "wanted" (fromJson (include "service.tcpSocketPort" (dict "root" .root "tcp_socket" $probe.tcpSocket "container" $container))).v))) -}}
{{- $message = printf "%stcpSocket.port (%s) is not a TCP port of the container" $at (include "service.text" (fromJson (include "service.tcpSocketPort" (dict "root" .root "tcp_socket" $probe.tcpSocket "container" $container))).v) -}}
{{- end -}}
{{- if and (not (kindIs "invalid" $probe.grpc)) (not (include "service.hasPort" (dict "root" .root "container" $container "wanted" (int64 (include "service.grpcPort" (dict "root" .root "grpc" $probe.grpc "container" $container)))))) -}}
{{- $message = printf "%sgrpc.port (%d) is not a TCP port of the container" $at (int64 (include "service.grpcPort" (dict "root" .root "grpc" $probe.grpc "container" $container))) -}}
{{- end -}}
{{- $message -}}
{{- end -}}
{{- end }}

{{/* A start or a restart is decided by one good answer. */}}
{{- define "service.probeSuccessThreshold" -}}
{{- $probe := .probe -}}
{{- $kind := .kind -}}
{{- $at := .at -}}
{{- if and (ne $kind "readiness") (ne (int64 (or $probe.successThreshold 1)) 1) -}}
{{- printf "%ssuccessThreshold is %d, and Kubernetes allows only 1 for %s" $at (int64 $probe.successThreshold) $kind -}}
{{- end -}}
{{- end }}

{{/* Seconds after which the probes that stand at a path have failed; Kubernetes' default is 1. */}}
{{- define "service.probeTimeout" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- if eq $at "probes.startup." -}}
{{- int64 (include "service.startupTimeoutSeconds" .root) -}}
{{- else -}}
{{- if eq $at "probes.liveness." -}}
{{- int64 (include "service.livenessTimeoutSeconds" .root) -}}
{{- else -}}
{{- if eq $at "probes.readiness." -}}
{{- int64 (include "service.readinessTimeoutSeconds" .root) -}}
{{- else -}}
{{- int64 (or $probe.timeoutSeconds 1) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The kubelet asks one probe after the other, so a longer time-out stretches the period unseen. */}}
{{- define "service.probeTimeoutOverPeriod" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- $timeout := int64 (include "service.probeTimeout" (dict "root" .root "probe" $probe "at" $at)) -}}
{{- $period := int64 (include "service.probePeriod" (dict "root" .root "probe" $probe "at" $at)) -}}
{{- if gt $timeout $period -}}
{{- printf "%stimeoutSeconds (%d) is longer than %speriodSeconds (%d)" $at $timeout $at $period -}}
{{- end -}}
{{- end }}

{{/* A probe of a container without ports has nothing to ask. */}}
{{- define "service.probeWithoutPort" -}}
{{- $probe := .probe -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if and (not $container.ports) (include "service.asksUnnamedPort" (dict "root" .root "probe" $probe "container" $container)) -}}
{{- printf "%s is on, and there is neither a port nor a command to ask" (trimSuffix "." $at) -}}
{{- end -}}
{{- end }}

{{/* Only the privileged standard shows all of /proc. */}}
{{- define "service.procUnmasked" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if not (or (eq .root.Values.security.podSecurity "privileged") (kindIs "invalid" $container.security)) -}}
{{- if and (not (kindIs "invalid" ($container.security).procMount)) (eq ($container.security).procMount "Unmasked") -}}
{{- printf "%ssecurity.procMount (Unmasked) does not meet podSecurity %s" $at .root.Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Seconds without progress after which a rollout is reported as failed; it never rolls back by itself. */}}
{{- define "service.progressDeadlineSeconds" -}}
{{- if not (kindIs "invalid" .Values.rollout.progressDeadlineSeconds) -}}
{{- int64 .Values.rollout.progressDeadlineSeconds -}}
{{- else -}}
{{- max 600 (add (int64 (include "service.firstProgressSeconds" .)) 300) -}}
{{- end -}}
{{- end }}

{{/* A quantity in whole units, such as bytes of memory. */}}
{{- define "service.quantityBytes" -}}
{{- $quantity := .quantity -}}
{{- int64 (include "service.quantityParts" (dict "root" .root "quantity" $quantity "parts" 1)) -}}
{{- end }}

{{/* Thousandths of a quantity, such as millicores of a CPU. */}}
{{- define "service.quantityMilli" -}}
{{- $quantity := .quantity -}}
{{- int64 (include "service.quantityParts" (dict "root" .root "quantity" $quantity "parts" 1000)) -}}
{{- end }}

{{/* A quantity in so many parts of its unit, rounded up. */}}
{{- define "service.quantityParts" -}}
{{- $quantity := trimPrefix "+" .quantity -}}
{{- $suffix := regexFind "[A-Za-z].*$" $quantity -}}
{{- $digits := trimSuffix $suffix $quantity -}}
{{- $fraction := regexFind "[.].*$" $digits | trimPrefix "." -}}
{{- $number := mul .parts (atoi (replace "." "" $digits)) -}}
{{- $divisor := 1 -}}
{{- range until (len $fraction) -}}{{- $divisor = mul 10 $divisor -}}{{- end -}}
{{- if regexMatch "^[eE].*[0-9]$" $suffix -}}
{{- $power := atoi (regexFind "[-0-9]+$" $suffix) -}}
{{- range until (int (max $power (sub 0 $power))) -}}
{{- if gt $power 0 -}}{{- $number = mul 10 $number -}}{{- else -}}{{- $divisor = mul 10 $divisor -}}{{- end -}}
{{- end -}}
{{- else if contains "i" $suffix -}}
{{- range until (get (dict "Ki" 1 "Mi" 2 "Gi" 3 "Ti" 4 "Pi" 5 "Ei" 6) $suffix) -}}{{- $number = mul 1024 $number -}}{{- end -}}
{{- else if has $suffix (list "n" "u" "m") -}}
{{- range until (get (dict "m" 1 "u" 2 "n" 3) $suffix) -}}{{- $divisor = mul 1000 $divisor -}}{{- end -}}
{{- else if $suffix -}}
{{- range until (get (dict "k" 1 "M" 2 "G" 3 "T" 4 "P" 5 "E" 6) $suffix) -}}{{- $number = mul 1000 $number -}}{{- end -}}
{{- end -}}
{{- div (sub (add $number $divisor) 1) $divisor -}}
{{- end }}

{{/* Whether one container sees its image read-only. */}}
{{- define "service.readOnlyRootFilesystem" -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" ($container.security).readOnlyRootFilesystem) -}}
{{- if ($container.security).readOnlyRootFilesystem -}}true{{- end -}}
{{- else -}}
{{- if include "service.rootIsReadOnly" .root -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Seconds that readiness needs at most to see that a pod cannot serve; 0 without the probe. */}}
{{- define "service.readinessDetectionSeconds" -}}
{{- if not (include "service.probeEnabled" (dict "root" . "probe" .Values.probes.readiness "container" .Values)) -}}
{{- 0 -}}
{{- else -}}
{{- add (mul (int64 (include "service.readinessFailureThreshold" .)) (int64 (include "service.readinessPeriodSeconds" .))) (int64 (include "service.readinessTimeoutSeconds" .)) -}}
{{- end -}}
{{- end }}

{{/* Failures after which a pod gets no traffic. */}}
{{- define "service.readinessFailureThreshold" -}}
{{- if not (kindIs "invalid" .Values.probes.readiness.failureThreshold) -}}
{{- int64 .Values.probes.readiness.failureThreshold -}}
{{- else -}}
{{- 3 -}}
{{- end -}}
{{- end }}

{{/* Readiness restarts nothing, so there is no grace period. */}}
{{- define "service.readinessGracePeriod" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- if not (kindIs "invalid" $probe.terminationGracePeriodSeconds) -}}
{{- printf "%sterminationGracePeriodSeconds is %d, and readiness restarts nothing" $at (int64 $probe.terminationGracePeriodSeconds) -}}
{{- end -}}
{{- end }}

{{/* Seconds between readiness probes. */}}
{{- define "service.readinessPeriodSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.readiness.periodSeconds) -}}
{{- int64 .Values.probes.readiness.periodSeconds -}}
{{- else -}}
{{- 5 -}}
{{- end -}}
{{- end }}

{{/* Seconds after which a readiness probe has failed, at most the period. */}}
{{- define "service.readinessTimeoutSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.readiness.timeoutSeconds) -}}
{{- int64 .Values.probes.readiness.timeoutSeconds -}}
{{- else -}}
{{- min 2 (int64 (include "service.readinessPeriodSeconds" .)) -}}
{{- end -}}
{{- end }}

{{/* Whether a value may name other variables; such values are printed after the others. */}}
{{- define "service.refersToVariables" -}}
{{- $variable := .variable -}}
{{- if and (not (kindIs "invalid" $variable.value)) (contains "$(" $variable.value) -}}true{{- end -}}
{{- end }}

{{/* Whether the kubelet refuses to start a container as root; `at` is empty for the main one. */}}
{{- define "service.refusesRoot" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if and (ne $at "") (not (kindIs "invalid" $container.security)) (not (kindIs "invalid" ($container.security).runAsNonRoot)) -}}
{{- if ($container.security).runAsNonRoot -}}true{{- end -}}
{{- else -}}
{{- if include "service.runAsNonRoot" .root -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* A container may not reserve more than it may use. */}}
{{- define "service.requestAboveLimit" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $limits := (fromJson (include "service.resourceLimits" (dict "root" .root "container" $container))).v -}}
{{- $exceeds := "" -}}
{{- $message := "" -}}
{{- range $name, $amount := (fromJson (include "service.resourceRequests" (dict "root" .root "container" $container))).v -}}
{{- if hasKey ($limits | default dict) $name -}}
{{- $exceeds = gt (int64 (include "service.quantityBytes" (dict "root" $.root "quantity" $amount))) (int64 (include "service.quantityBytes" (dict "root" $.root "quantity" (index ($limits | default dict) $name)))) -}}
{{- if eq $name "cpu" -}}
{{- $exceeds = gt (int64 (include "service.quantityMilli" (dict "root" $.root "quantity" $amount))) (int64 (include "service.quantityMilli" (dict "root" $.root "quantity" (index ($limits | default dict) $name)))) -}}
{{- end -}}
{{- if $exceeds -}}
{{- $message = printf "%sresources.requests.%s (%s) is above %sresources.limits.%s (%s)" $at $name $amount $at $name (index ($limits | default dict) $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Whether a container requests a resource; the API server takes a limit for a request that is missing. */}}
{{- define "service.requestsResource" -}}
{{- $container := .container -}}
{{- $resource := .resource -}}
{{- if or (hasKey ((fromJson (include "service.resourceRequests" (dict "root" .root "container" $container))).v | default dict) $resource) (hasKey ((fromJson (include "service.resourceLimits" (dict "root" .root "container" $container))).v | default dict) $resource) -}}true{{- end -}}
{{- end }}

{{/* What the kernel enforces: memory, never below the request; no CPU limit, which would only slow down. */}}
{{- define "service.resourceLimits" -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" ($container.resources).limits) -}}
{{- dict "v" ($container.resources).limits | toJson -}}
{{- else -}}
{{- $requests := (fromJson (include "service.resourceRequests" (dict "root" .root "container" $container))).v -}}
{{- $memory := "256Mi" -}}
{{- if and (hasKey ($requests | default dict) "memory") (gt (int64 (include "service.quantityBytes" (dict "root" .root "quantity" (index ($requests | default dict) "memory")))) 268435456) -}}
{{- $memory = index ($requests | default dict) "memory" -}}
{{- end -}}
{{- $limits := dict "memory" $memory -}}
{{- range $name, $amount := $requests -}}
{{- if or (contains "/" $name) (hasPrefix "hugepages-" $name) -}}
{{- $_ := set $limits $name $amount -}}
{{- end -}}
{{- end -}}
{{- dict "v" $limits | toJson -}}
{{- end -}}
{{- end }}

{{/* What the scheduler reserves for a container: a guess, never above a limit that is given. */}}
{{- define "service.resourceRequests" -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" ($container.resources).requests) -}}
{{- dict "v" ($container.resources).requests | toJson -}}
{{- else -}}
{{- $limits := "" -}}
{{- $cpu := "100m" -}}
{{- $memory := "128Mi" -}}
{{- if and (not (kindIs "invalid" $container.resources)) (not (kindIs "invalid" ($container.resources).limits)) -}}
{{- $limits = ($container.resources).limits -}}
{{- if and (hasKey ($limits | default dict) "cpu") (lt (int64 (include "service.quantityMilli" (dict "root" .root "quantity" (index ($limits | default dict) "cpu")))) (int64 (include "service.quantityMilli" (dict "root" .root "quantity" $cpu)))) -}}
{{- $cpu = index ($limits | default dict) "cpu" -}}
{{- end -}}
{{- if and (hasKey ($limits | default dict) "memory") (lt (int64 (include "service.quantityBytes" (dict "root" .root "quantity" (index ($limits | default dict) "memory")))) (int64 (include "service.quantityBytes" (dict "root" .root "quantity" $memory)))) -}}
{{- $memory = index ($limits | default dict) "memory" -}}
{{- end -}}
{{- end -}}
{{- dict "v" (dict "cpu" $cpu "memory" $memory) | toJson -}}
{{- end -}}
{{- end }}

{{/* The account `default` is that of every pod in the namespace that names none. */}}
{{- define "service.rightsForEverybody" -}}
{{- if and (include "service.hasRights" .) (eq (include "service.serviceAccountName" .) "default") -}}
{{- "serviceAccount gives rights to the account default, which other pods of the namespace have too" -}}
{{- end -}}
{{- end }}

{{/* A rolling update must be allowed to add a pod or to take one away. */}}
{{- define "service.rolloutCannotMove" -}}
{{- if not (ne .Values.rollout.type "RollingUpdate") -}}
{{- if and (eq (atoi (trimSuffix "%" (include "service.text" .Values.rollout.maxSurge))) 0) (include "service.isZero" (dict "root" . "value" .Values.rollout.maxUnavailable)) -}}
{{- printf "rollout.maxSurge (%s) and rollout.maxUnavailable (%s) are both zero: no pod could ever be replaced" (include "service.text" .Values.rollout.maxSurge) (include "service.text" .Values.rollout.maxUnavailable) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Restricted pods refuse to run as root. */}}
{{- define "service.rootAllowedUnderRestricted" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if and (eq .root.Values.security.podSecurity "restricted") (not (include "service.refusesRoot" (dict "root" .root "container" $container "at" $at))) -}}
{{- printf "%ssecurity.runAsNonRoot (false) does not meet podSecurity restricted" $at -}}
{{- end -}}
{{- end }}

{{/* Whether containers see their image read-only, unless one says otherwise. */}}
{{- define "service.rootIsReadOnly" -}}
{{- if not (kindIs "invalid" .Values.security.readOnlyRootFilesystem) -}}
{{- if .Values.security.readOnlyRootFilesystem -}}true{{- end -}}
{{- else -}}
{{- "true" -}}
{{- end -}}
{{- end }}

{{/* The kubelet would not start a process of user 0 where root is refused. */}}
{{- define "service.rootUserRefused" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $user := (fromJson (include "service.effectiveUser" (dict "root" .root "container" $container))).v -}}
{{- if and (not (kindIs "invalid" $user)) (eq (toJson $user) (toJson 0)) (include "service.refusesRoot" (dict "root" .root "container" $container "at" $at)) -}}
{{- printf "%ssecurity.runAsUser (0) is root, and runAsNonRoot is true" $at -}}
{{- end -}}
{{- end }}

{{/* Name of the HTTPRoute of a host: the service's when there is one host; `-any` stands for a wildcard. */}}
{{- define "service.routeName" -}}
{{- $hostName := .host_name -}}
{{- $count := 0 -}}
{{- range $_name, $_host := .root.Values.expose.hosts -}}
{{- $count = add $count 1 -}}
{{- end -}}
{{- if eq $count 1 -}}
{{- include "service.fullname" .root -}}
{{- else -}}
{{- if hasPrefix "*." $hostName -}}
{{- printf "%s-any.%s" (include "service.fullname" .root) (trimPrefix "*." $hostName) -}}
{{- else -}}
{{- printf "%s.%s" (include "service.fullname" .root) $hostName -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether the kubelet refuses to start a process as root. */}}
{{- define "service.runAsNonRoot" -}}
{{- if not (kindIs "invalid" .Values.security.runAsNonRoot) -}}
{{- if .Values.security.runAsNonRoot -}}true{{- end -}}
{{- else -}}
{{- if eq .Values.security.podSecurity "restricted" -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* With no pod there is no use of CPU: only a metric from elsewhere can wake the service. */}}
{{- define "service.scaleFromZeroUnseen" -}}
{{- $woken := false -}}
{{- range $_, $metric := .Values.autoscaling.metrics -}}
{{- if or (hasKey ($metric | default dict) "external") (hasKey ($metric | default dict) "object") -}}
{{- $woken = true -}}
{{- end -}}
{{- end -}}
{{- if and .Values.autoscaling.enabled (eq (int64 (include "service.minimumReplicas" .)) 0) (not $woken) -}}
{{- "autoscaling.minReplicas is 0, and no metric from outside the pods could start the first one" -}}
{{- end -}}
{{- end }}

{{/* Before 1.37 the API server refuses a floor of nothing. */}}
{{- define "service.scaleToZeroUnsupported" -}}
{{- if and .Values.autoscaling.enabled (eq (int64 (include "service.minimumReplicas" .)) 0) -}}
{{- "autoscaling.minReplicas is 0, which is on from Kubernetes 1.37, and this is for 1.35" -}}
{{- end -}}
{{- end }}

{{/* Standards allow the types of ordinary containers, and no user or role. */}}
{{- define "service.seLinuxAgainstStandard" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if not (or (eq .root.Values.security.podSecurity "privileged") (kindIs "invalid" $container.security)) -}}
{{- $options := ($container.security).seLinuxOptions -}}
{{- if not (kindIs "invalid" $options) -}}
{{- $what := "" -}}
{{- if and (hasKey ($options | default dict) "type") (not (has (index ($options | default dict) "type") (list "" "container_t" "container_init_t" "container_kvm_t" "container_engine_t"))) -}}
{{- $what = "type" -}}
{{- end -}}
{{- if hasKey ($options | default dict) "user" -}}
{{- $what = "user" -}}
{{- end -}}
{{- if hasKey ($options | default dict) "role" -}}
{{- $what = "role" -}}
{{- end -}}
{{- if not (eq $what "") -}}
{{- printf "%ssecurity.seLinuxOptions.%s (%s) does not meet podSecurity %s" $at $what (include "service.text" (index ($options | default dict) $what)) .root.Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The filter of system calls; none under podSecurity privileged. */}}
{{- define "service.seccompProfile" -}}
{{- if not (kindIs "invalid" .Values.security.seccompProfile) -}}
{{- dict "v" .Values.security.seccompProfile | toJson -}}
{{- else -}}
{{- if eq .Values.security.podSecurity "privileged" -}}
{{- dict "v" dict | toJson -}}
{{- else -}}
{{- dict "v" (dict "type" "RuntimeDefault") | toJson -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The labels by which everything finds the pods; they can never change, so no version is among them. */}}
{{- define "service.selectorLabels" -}}
{{- if not (kindIs "invalid" .Values.selector) -}}
{{- dict "v" .Values.selector | toJson -}}
{{- else -}}
{{- dict "v" (dict "app.kubernetes.io/name" (include "service.name" .) "app.kubernetes.io/instance" .Release.Name) | toJson -}}
{{- end -}}
{{- end }}

{{/* Whether a selector says anything; an empty one selects all. */}}
{{- define "service.selectsSome" -}}
{{- $labelSelector := .label_selector -}}
{{- if not (empty (or $labelSelector.matchLabels $labelSelector.matchExpressions)) -}}true{{- end -}}
{{- end }}

{{/* Name of the ServiceAccount of the pods; `default` is there in every namespace. */}}
{{- define "service.serviceAccountName" -}}
{{- if not (kindIs "invalid" .Values.serviceAccount.name) -}}
{{- .Values.serviceAccount.name -}}
{{- else -}}
{{- $one1 := "" -}}
{{- if .Values.serviceAccount.create -}}
{{- $one1 = include "service.fullname" . -}}
{{- else -}}
{{- $one1 = "default" -}}
{{- end -}}
{{- $one1 -}}
{{- end -}}
{{- end }}

{{/* A label of a Service has one value. */}}
{{- define "service.serviceLabelTaken" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- range $key, $_value := $service.labels -}}
{{- if not (has (include "service.labelField" (dict "root" $.root "key" $key)) (list "" "image.tag")) -}}
{{- $message = printf "%slabels[%s] is printed for %s already" $at $key (include "service.labelField" (dict "root" $.root "key" $key)) -}}
{{- else -}}
{{- if hasKey ($.root.Values.labels | default dict) $key -}}
{{- $message = printf "%slabels[%s] is printed for labels[%s] already" $at $key $key -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Name of the service's own Service. */}}
{{- define "service.serviceName" -}}
{{- if not (kindIs "invalid" .Values.service.name) -}}
{{- .Values.service.name -}}
{{- else -}}
{{- include "service.fullname" . -}}
{{- end -}}
{{- end }}

{{/* Names of Services are unique in the namespace. */}}
{{- define "service.serviceNameTaken" -}}
{{- $service := .service -}}
{{- $key := .key -}}
{{- $at := .at -}}
{{- $count := 0 -}}
{{- range $_, $name := (fromJson (include "service.serviceNames" .root)).v -}}
{{- if eq $name (include "service.furtherServiceName" (dict "root" $.root "service" $service "key" $key)) -}}
{{- $count = add $count 1 -}}
{{- end -}}
{{- end -}}
{{- if gt $count 1 -}}
{{- printf "%sname is \"%s\", and so is that of another Service" $at (include "service.furtherServiceName" (dict "root" .root "service" $service "key" $key)) -}}
{{- end -}}
{{- end }}

{{/* A Service's name is part of a host name. */}}
{{- define "service.serviceNameTooLong" -}}
{{- $service := .service -}}
{{- $key := .key -}}
{{- $at := .at -}}
{{- if gt (int64 (len (splitList "" (include "service.furtherServiceName" (dict "root" .root "service" $service "key" $key))))) 63 -}}
{{- printf "%sname would be \"%s\", longer than the 63 characters of a host name" $at (include "service.furtherServiceName" (dict "root" .root "service" $service "key" $key)) -}}
{{- end -}}
{{- end }}

{{/* Names of all Services. */}}
{{- define "service.serviceNames" -}}
{{- $names := list -}}
{{- if include "service.serviceNeeded" . -}}
{{- $names = append $names (include "service.serviceName" .) -}}
{{- end -}}
{{- range $key, $service := .Values.services -}}
{{- $names = append $names (include "service.furtherServiceName" (dict "root" $ "service" $service "key" $key)) -}}
{{- end -}}
{{- dict "v" $names | toJson -}}
{{- end }}

{{/* Whether there is the service's own Service: there is none without a port to show. */}}
{{- define "service.serviceNeeded" -}}
{{- if and .Values.service.enabled (not (empty (fromJson (include "service.servicePortNames" (dict "root" . "service" .Values.service))).v)) -}}true{{- end -}}
{{- end }}

{{/* Number of a port in a Service. */}}
{{- define "service.servicePort" -}}
{{- $port := .port -}}
{{- if not (kindIs "invalid" $port.servicePort) -}}
{{- int64 $port.servicePort -}}
{{- else -}}
{{- int64 $port.port -}}
{{- end -}}
{{- end }}

{{/* A Service can show only ports that a container has. */}}
{{- define "service.servicePortMissing" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- range $_, $name := (fromJson (include "service.servicePortNames" (dict "root" .root "service" $service))).v -}}
{{- if not (fromJson (include "service.portsNamed" (dict "root" $.root "port_name" $name))).v -}}
{{- $message = printf "%sports names \"%s\", and no container has a port of that name" $at $name -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Names of the ports that a Service shows: those it lists, else every port with inService. */}}
{{- define "service.servicePortNames" -}}
{{- $service := .service -}}
{{- if not (kindIs "invalid" $service.ports) -}}
{{- dict "v" $service.ports | toJson -}}
{{- else -}}
{{- $names := list -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if include "service.mainPortInService" (dict "root" $.root "port" $port) -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- range $_sidecar, $container := .root.Values.sidecars -}}
{{- range $name, $port := $container.ports -}}
{{- if include "service.sidecarPortInService" (dict "root" $.root "port" $port) -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "v" $names | toJson -}}
{{- end -}}
{{- end }}

{{/* Each port of a Service has its own number and protocol. */}}
{{- define "service.servicePortTaken" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- $count := "" -}}
{{- $message := "" -}}
{{- range $_, $address := (fromJson (include "service.shownAddresses" (dict "root" .root "service" $service))).v -}}
{{- $count = 0 -}}
{{- range $_, $other := (fromJson (include "service.shownAddresses" (dict "root" $.root "service" $service))).v -}}
{{- if eq $other $address -}}
{{- $count = add $count 1 -}}
{{- end -}}
{{- end -}}
{{- if gt $count 1 -}}
{{- $message = printf "%sports shows %d ports as %s" $at $count $address -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* How a Service is reached. */}}
{{- define "service.serviceType" -}}
{{- $service := .service -}}
{{- if not (kindIs "invalid" $service.type) -}}
{{- $service.type -}}
{{- else -}}
{{- "ClusterIP" -}}
{{- end -}}
{{- end }}

{{/* A Service shows a port; a headless one may also just give a name to the pods. */}}
{{- define "service.serviceWithoutPorts" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- if and (not (fromJson (include "service.servicePortNames" (dict "root" .root "service" $service))).v) (not $service.headless) -}}
{{- printf "%s has no port to show" (trimSuffix "." $at) -}}
{{- end -}}
{{- end }}

{{/* The SHA-256 of a value as JSON. */}}
{{- define "service.sha256Of" -}}
{{- toJson .value | sha256sum -}}
{{- end }}

{{/* A number, or a percentage of `total` rounded up. */}}
{{- define "service.shareUp" -}}
{{- $value := .value -}}
{{- $total := .total -}}
{{- $one1 := "" -}}
{{- if kindIs "string" $value -}}
{{- $one1 = int64 (include "service.ceilDiv" (dict "root" .root "number" (mul (atoi (trimSuffix "%" (include "service.text" $value))) $total) "divisor" 100)) -}}
{{- else -}}
{{- $one1 = atoi (include "service.text" $value) -}}
{{- end -}}
{{- $one1 -}}
{{- end }}

{{/* Number and protocol of every port that a Service shows, such as 80/TCP. */}}
{{- define "service.shownAddresses" -}}
{{- $service := .service -}}
{{- $addresses := list -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if include "service.showsPort" (dict "root" $.root "service" $service "port_name" $name) -}}
{{- $addresses = append $addresses (printf "%d/%s" (int64 (include "service.servicePort" (dict "root" $.root "port" $port))) (include "service.portProtocol" (dict "root" $.root "port" $port))) -}}
{{- end -}}
{{- end -}}
{{- range $_sidecar, $container := .root.Values.sidecars -}}
{{- range $name, $port := $container.ports -}}
{{- if include "service.showsPort" (dict "root" $.root "service" $service "port_name" $name) -}}
{{- $addresses = append $addresses (printf "%d/%s" (int64 (include "service.servicePort" (dict "root" $.root "port" $port))) (include "service.portProtocol" (dict "root" $.root "port" $port))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "v" $addresses | toJson -}}
{{- end }}

{{/* Whether a Service shows the port of a name. */}}
{{- define "service.showsPort" -}}
{{- $service := .service -}}
{{- $portName := .port_name -}}
{{- $any1 := false -}}
{{- range $_, $name := (fromJson (include "service.servicePortNames" (dict "root" .root "service" $service))).v -}}
{{- if eq $name $portName -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- end }}

{{/* Names of containers are unique in the pod. */}}
{{- define "service.sidecarNameTaken" -}}
{{- $name := .name -}}
{{- if eq $name (include "service.containerName" .root) -}}
{{- printf "sidecars.%s has the name of the main container" $name -}}
{{- end -}}
{{- end }}

{{/* Sidecars start one after the other, so their order is part of the spec. */}}
{{- define "service.sidecarOrder" -}}
{{- $container := .container -}}
{{- $name := .name -}}
{{- include "service.orderProblem" (dict "root" .root "name" $name "kind" "sidecars" "containers" .root.Values.sidecars "container" $container) -}}
{{- end }}

{{/* Whether a Service shows a port of a sidecar, unless it lists its ports. */}}
{{- define "service.sidecarPortInService" -}}
{{- $port := .port -}}
{{- if not (kindIs "invalid" $port.inService) -}}
{{- if $port.inService -}}true{{- end -}}
{{- else -}}
{{- end -}}
{{- end }}

{{/* Seconds of the first `sleep N` in a command. */}}
{{- define "service.sleptSeconds" -}}
{{- $sleep := regexFind "(?:^|[ /;&|(])sleep [0-9]{1,9}(?:$|[ ;&|)])" (join " " .command) -}}
{{- if $sleep -}}
{{- atoi (regexFind "[0-9]+" $sleep) -}}
{{- else -}}0{{- end -}}
{{- end }}

{{/* What the scheduler does when it cannot keep the skew. */}}
{{- define "service.spreadAction" -}}
{{- $strength := .strength -}}
{{- ternary "DoNotSchedule" "ScheduleAnyway" (eq $strength "hard") -}}
{{- end }}

{{/* A constraint without a selector matches no pod, and so spreads none. */}}
{{- define "service.spreadCountsNothing" -}}
{{- $message := "" -}}
{{- range $_, $constraint := .Values.placement.spread.constraints -}}
{{- if not (hasKey ($constraint | default dict) "labelSelector") -}}
{{- $message = "placement.spread.constraints holds a constraint without labelSelector, which counts no pods" -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Whether the pods spread over anything. */}}
{{- define "service.spreads" -}}
{{- if or (ne .Values.placement.spread.zones "none") (ne .Values.placement.spread.hosts "none") (not (empty .Values.placement.spread.constraints)) -}}true{{- end -}}
{{- end }}

{{/* What a start normally takes is no more than what the slowest one does. */}}
{{- define "service.startSlowerThanTheSlowest" -}}
{{- if gt (int64 .Values.startup.expectedSeconds) (int64 .Values.startup.slowestSeconds) -}}
{{- printf "startup.expectedSeconds (%d) is above startup.slowestSeconds (%d)" (int64 .Values.startup.expectedSeconds) (int64 .Values.startup.slowestSeconds) -}}
{{- end -}}
{{- end }}

{{/* Seconds after which a start has succeeded or is given up: that of the probe, else the slowest start declared. */}}
{{- define "service.startupBudgetSeconds" -}}
{{- if not (include "service.startupProbeEnabled" .) -}}
{{- int64 .Values.startup.slowestSeconds -}}
{{- else -}}
{{- $delay := int64 (or .Values.probes.startup.initialDelaySeconds 0) -}}
{{- add (add $delay (mul (int64 (include "service.startupFailureThreshold" .)) (int64 (include "service.startupPeriodSeconds" .)))) (int64 (include "service.startupTimeoutSeconds" .)) -}}
{{- end -}}
{{- end }}

{{/* Failures that leave room for the slowest start: guaranteed is initialDelay + (threshold - 1) * period. */}}
{{- define "service.startupFailureThreshold" -}}
{{- if not (kindIs "invalid" .Values.probes.startup.failureThreshold) -}}
{{- int64 .Values.probes.startup.failureThreshold -}}
{{- else -}}
{{- $delay := int64 (or .Values.probes.startup.initialDelaySeconds 0) -}}
{{- add (int64 (include "service.ceilDiv" (dict "root" . "number" (max 0 (sub .Values.startup.slowestSeconds $delay)) "divisor" (int64 (include "service.startupPeriodSeconds" .))))) 1 -}}
{{- end -}}
{{- end }}

{{/* Seconds between start-up probes: a fifth of a normal start, from 1 to 10. */}}
{{- define "service.startupPeriodSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.startup.periodSeconds) -}}
{{- int64 .Values.probes.startup.periodSeconds -}}
{{- else -}}
{{- min 10 (max 1 (div .Values.startup.expectedSeconds 5)) -}}
{{- end -}}
{{- end }}

{{/* Whether the main container has a start-up probe. */}}
{{- define "service.startupProbeEnabled" -}}
{{- if include "service.probeEnabled" (dict "root" . "probe" .Values.probes.startup "container" .Values) -}}true{{- end -}}
{{- end }}

{{/* A failing start-up probe restarts the container, so it must wait for the slowest start that is in order. */}}
{{- define "service.startupProbeTooShort" -}}
{{- $threshold := int64 (include "service.startupFailureThreshold" .) -}}
{{- $period := int64 (include "service.startupPeriodSeconds" .) -}}
{{- $delay := int64 (or .Values.probes.startup.initialDelaySeconds 0) -}}
{{- $room := add $delay (mul (sub $threshold 1) $period) -}}
{{- if and (include "service.startupProbeEnabled" .) (lt $room (int64 .Values.startup.slowestSeconds)) -}}
{{- printf "probes.startup leaves %d s for a start ((%d - 1) x %d s), and startup.slowestSeconds is %d" $room $threshold $period (int64 .Values.startup.slowestSeconds) -}}
{{- end -}}
{{- end }}

{{/* Seconds after which a start-up probe has failed, at most the period. */}}
{{- define "service.startupTimeoutSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.startup.timeoutSeconds) -}}
{{- int64 .Values.probes.startup.timeoutSeconds -}}
{{- else -}}
{{- min 2 (int64 (include "service.startupPeriodSeconds" .)) -}}
{{- end -}}
{{- end }}

{{/* A part of a volume is mounted at mountPath. */}}
{{- define "service.subPathOfNoMount" -}}
{{- $volume := .volume -}}
{{- $at := .at -}}
{{- if and (not (kindIs "invalid" $volume.subPath)) (kindIs "invalid" $volume.mountPath) -}}
{{- printf "%ssubPath (%s) stands without %smountPath" $at $volume.subPath $at -}}
{{- end -}}
{{- end }}

{{/* Only the privileged standard allows every system call. */}}
{{- define "service.systemCallsUnconfined" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if not (or (eq .root.Values.security.podSecurity "privileged") (kindIs "invalid" $container.security)) -}}
{{- $profile := ($container.security).seccompProfile -}}
{{- if and (not (kindIs "invalid" $profile)) (hasKey ($profile | default dict) "type") (eq (toJson (index ($profile | default dict) "type")) (toJson "Unconfined")) -}}
{{- printf "%ssecurity.seccompProfile (Unconfined) does not meet podSecurity %s" $at .root.Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether a port of the service speaks TCP. */}}
{{- define "service.takesConnections" -}}
{{- $portName := .port_name -}}
{{- $any1 := false -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if and (eq $name $portName) (ne (include "service.portProtocol" (dict "root" $.root "port" $port)) "TCP") -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if not $any1 -}}true{{- end -}}
{{- end }}

{{/* How a Service finds a port of the pods: by its name, or by its number where running pods may not have the name. */}}
{{- define "service.targetPort" -}}
{{- $port := .port -}}
{{- $portName := .port_name -}}
{{- $one1 := "" -}}
{{- if kindIs "invalid" .root.Values.selector -}}
{{- $one1 = $portName -}}
{{- else -}}
{{- $one1 = int64 $port.port -}}
{{- end -}}
{{- dict "v" $one1 | toJson -}}
{{- end }}

{{/* Names of the ports of a container that take connections. */}}
{{- define "service.tcpPorts" -}}
{{- $container := .container -}}
{{- $names := list -}}
{{- range $name, $port := $container.ports -}}
{{- if eq (include "service.portProtocol" (dict "root" $.root "port" $port)) "TCP" -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- dict "v" $names | toJson -}}
{{- end }}

{{/* Port of a connection. */}}
{{- define "service.tcpSocketPort" -}}
{{- $tcpSocket := .tcp_socket -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" $tcpSocket.port) -}}
{{- dict "v" $tcpSocket.port | toJson -}}
{{- else -}}
{{- dict "v" (include "service.probePort" (dict "root" .root "container" $container)) | toJson -}}
{{- end -}}
{{- end }}

{{/* Name of the volume at /tmp; each container has its own, since what is there is nobody else's business. */}}
{{- define "service.temporaryVolume" -}}
{{- $name := .name -}}
{{- $role := .role -}}
{{- if ne $role "main" -}}
{{- printf "tmp-%s" $name -}}
{{- else -}}
{{- if hasKey (.root.Values.volumes | default dict) "tmp" -}}
{{- "tmp-main" -}}
{{- else -}}
{{- "tmp" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* With a Gateway, whoever runs the Gateway decides on certificates. */}}
{{- define "service.tlsWithGateway" -}}
{{- $host := .host -}}
{{- $at := .at -}}
{{- if and .root.Values.expose.enabled (not (kindIs "invalid" $host.tls)) (not (kindIs "invalid" .root.Values.expose.gateway)) -}}
{{- printf "%stls is for an Ingress, and expose.gateway makes an HTTPRoute" $at -}}
{{- end -}}
{{- end }}

{{/* Which pods are preferred, in the words of the target version. */}}
{{- define "service.trafficDistribution" -}}
{{- $service := .service -}}
{{- $wanted := or $service.trafficDistribution "" -}}
{{- if eq $wanted "PreferClose" -}}
{{- "PreferSameZone" -}}
{{- else -}}
{{- $wanted -}}
{{- end -}}
{{- end }}

{{/* No more than all pods can be away. */}}
{{- define "service.unavailableOverAll" -}}
{{- $over := and (kindIs "string" .Values.rollout.maxUnavailable) (gt (atoi (trimSuffix "%" (include "service.text" .Values.rollout.maxUnavailable))) 100) -}}
{{- if and $over (eq .Values.rollout.type "RollingUpdate") -}}
{{- printf "rollout.maxUnavailable (%s) is more than all pods" (include "service.text" .Values.rollout.maxUnavailable) -}}
{{- end -}}
{{- end }}

{{/* Standards name the kernel parameters that concern the pod alone. */}}
{{- define "service.unsafeSysctl" -}}
{{- $message := "" -}}
{{- if and (ne .Values.security.podSecurity "privileged") (not (kindIs "invalid" .Values.security.sysctls)) -}}
{{- range $_, $sysctl := .Values.security.sysctls -}}
{{- if not (has $sysctl.name (list "kernel.shm_rmid_forced" "net.ipv4.ip_local_port_range" "net.ipv4.ip_local_reserved_ports" "net.ipv4.ip_unprivileged_port_start" "net.ipv4.ping_group_range" "net.ipv4.tcp_fin_timeout" "net.ipv4.tcp_keepalive_intvl" "net.ipv4.tcp_keepalive_probes" "net.ipv4.tcp_keepalive_time" "net.ipv4.tcp_rmem" "net.ipv4.tcp_syncookies" "net.ipv4.tcp_wmem")) -}}
{{- $message = printf "security.sysctls (%s) does not meet podSecurity %s" $sysctl.name $.Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* `$(NAME)` stays as it is unless that variable comes first. */}}
{{- define "service.variableNotYetDefined" -}}
{{- $variable := .variable -}}
{{- $name := .name -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $text := "" -}}
{{- $message := "" -}}
{{- if not (kindIs "invalid" $variable.value) -}}
{{- $text = replace "$$" " " $variable.value -}}
{{- range $other, $otherVariable := $container.env -}}
{{- if contains (printf "$(%s)" $other) $text -}}
{{- if and (eq $other $name) (not $container.envFrom) -}}
{{- $message = printf "%svalue refers to itself: $(%s) is not defined before it" $at $other -}}
{{- else -}}
{{- if and (gt $other $name) (include "service.refersToVariables" (dict "root" $.root "variable" $otherVariable)) -}}
{{- $message = printf "%svalue refers to $(%s), which is printed after it" $at $other -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* The label app.kubernetes.io/version: the tag, where there is one and a label may hold it. */}}
{{- define "service.versionLabel" -}}
{{- $tag := or .Values.image.tag "" -}}
{{- if not (or (gt (int64 (len (splitList "" $tag))) 63) (hasPrefix "_" $tag) (or (hasSuffix "_" $tag) (hasSuffix "-" $tag) (hasSuffix "." $tag))) -}}
{{- $tag -}}
{{- end -}}
{{- end }}

{{/* Only the privileged standard mounts the node's own files; restricted knows few other kinds. */}}
{{- define "service.volumeAgainstStandard" -}}
{{- $volume := .volume -}}
{{- $at := .at -}}
{{- if and (not (kindIs "invalid" $volume.hostPath)) (ne .root.Values.security.podSecurity "privileged") -}}
{{- printf "%shostPath does not meet podSecurity %s" $at .root.Values.security.podSecurity -}}
{{- else -}}
{{- if and (eq .root.Values.security.podSecurity "restricted") (include "service.hasSource" (dict "root" .root "volume" $volume)) (not (include "service.isPlainVolume" (dict "root" .root "volume" $volume))) -}}
{{- printf "%s is of a kind that does not meet podSecurity restricted" (trimSuffix "." $at) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Volumes belong to the pod, so that a name is one volume for all of its containers. */}}
{{- define "service.volumeNameTaken" -}}
{{- $volume := .volume -}}
{{- $name := .name -}}
{{- $at := .at -}}
{{- if not (not (include "service.hasSource" (dict "root" .root "volume" $volume))) -}}
{{- if and (not (hasPrefix "volumes." $at)) (hasKey (.root.Values.volumes | default dict) $name) -}}
{{- printf "%s has a source, and volumes.%s is another volume of the pod" (trimSuffix "." $at) $name -}}
{{- else -}}
{{- if and (not (empty .root.Values.files)) (eq $name "files") -}}
{{- printf "%s has the name of the volume that holds files" (trimSuffix "." $at) -}}
{{- else -}}
{{- $clash := include "service.nameClash" (dict "root" .root "name" $name "at" $at "kind" "sidecars" "containers" .root.Values.sidecars) -}}
{{- if eq $clash "" -}}
{{- $clash = include "service.nameClash" (dict "root" .root "name" $name "at" $at "kind" "initContainers" "containers" .root.Values.initContainers) -}}
{{- end -}}
{{- $clash -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* An entry mounts its own source, or in a further container the service's volume of its name. */}}
{{- define "service.volumeWithoutSource" -}}
{{- $volume := .volume -}}
{{- $name := .name -}}
{{- $at := .at -}}
{{- if not (include "service.hasSource" (dict "root" .root "volume" $volume)) -}}
{{- if eq $at (printf "volumes.%s." $name) -}}
{{- printf "volumes.%s has no source" $name -}}
{{- else -}}
{{- if not (hasKey (.root.Values.volumes | default dict) $name) -}}
{{- printf "%smountPath has no volume: neither a source here nor volumes.%s" $at $name -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* What happens when a pod cannot be spread over zones. */}}
{{- define "service.zoneSpreadAction" -}}
{{- include "service.spreadAction" (dict "root" . "strength" .Values.placement.spread.zones) -}}
{{- end }}

{{- define "service.refuse" -}}
{{- $refused := list -}}
{{- range $key, $entry := $.Values.labels -}}
{{- with include "service.labelTaken" (dict "root" $ "key" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it here, or change the field that prints it") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.podLabels -}}
{{- with include "service.podLabelTaken" (dict "root" $ "key" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it here, or change the field that prints it") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.podAnnotations -}}
{{- with include "service.podAnnotationTaken" (dict "root" $ "key" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "keep one of them; annotations stand on the pods too") -}}
{{- end -}}
{{- end -}}
{{- with include "service.imageWithoutVersion" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name a version, such as :1.4.2, or a digest") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.imageWithoutVersion" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name a version, such as :1.4.2, or a digest") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.imageWithoutVersion" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name a version, such as :1.4.2, or a digest") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.ports -}}
{{- with include "service.portTaken" (dict "root" $ "port" $entry "name" $key "at" (include "service.path" (list "ports" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "the containers of a pod share one network: change the number, or give the port another name") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.ports -}}
{{- with include "service.portTaken" (dict "root" $ "port" $entry "name" $key "at" (include "service.path" (list "initContainers" $name "ports" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "the containers of a pod share one network: change the number, or give the port another name") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.ports -}}
{{- with include "service.portTaken" (dict "root" $ "port" $entry "name" $key "at" (include "service.path" (list "sidecars" $name "ports" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "the containers of a pod share one network: change the number, or give the port another name") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.env -}}
{{- with include "service.variableNotYetDefined" (dict "root" $ "variable" $entry "name" $key "container" $.Values "at" (include "service.path" (list "env" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "values with $( are printed last, in the order of their names: rename one, or write its value out; $$( is a plain $(") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.env -}}
{{- with include "service.variableNotYetDefined" (dict "root" $ "variable" $entry "name" $key "container" $container "at" (include "service.path" (list "initContainers" $name "env" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "values with $( are printed last, in the order of their names: rename one, or write its value out; $$( is a plain $(") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.env -}}
{{- with include "service.variableNotYetDefined" (dict "root" $ "variable" $entry "name" $key "container" $container "at" (include "service.path" (list "sidecars" $name "env" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "values with $( are printed last, in the order of their names: rename one, or write its value out; $$( is a plain $(") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with include "service.requestAboveLimit" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise the limit, or lower the request") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.requestAboveLimit" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise the limit, or lower the request") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.requestAboveLimit" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise the limit, or lower the request") -}}
{{- end -}}
{{- end -}}
{{- with include "service.memoryInThousandthsOfAByte" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write Mi for mebibytes: 512Mi") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.memoryInThousandthsOfAByte" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write Mi for mebibytes: 512Mi") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.memoryInThousandthsOfAByte" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write Mi for mebibytes: 512Mi") -}}
{{- end -}}
{{- end -}}
{{- with include "service.rootUserRefused" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name another user, or let the process be root: podSecurity: baseline") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.rootUserRefused" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name another user, or let the process be root: podSecurity: baseline") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.rootUserRefused" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name another user, or let the process be root: podSecurity: baseline") -}}
{{- end -}}
{{- end -}}
{{- with include "service.rootAllowedUnderRestricted" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or meet a weaker standard: podSecurity: baseline") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.rootAllowedUnderRestricted" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or meet a weaker standard: podSecurity: baseline") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.rootAllowedUnderRestricted" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or meet a weaker standard: podSecurity: baseline") -}}
{{- end -}}
{{- end -}}
{{- with include "service.privilegedContainer" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out and add single capabilities, or write podSecurity: privileged") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.privilegedContainer" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out and add single capabilities, or write podSecurity: privileged") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.privilegedContainer" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out and add single capabilities, or write podSecurity: privileged") -}}
{{- end -}}
{{- end -}}
{{- with include "service.privilegeEscalationAgainstStandard" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or meet a weaker standard: podSecurity: baseline") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.privilegeEscalationAgainstStandard" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or meet a weaker standard: podSecurity: baseline") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.privilegeEscalationAgainstStandard" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or meet a weaker standard: podSecurity: baseline") -}}
{{- end -}}
{{- end -}}
{{- with include "service.addedCapabilityAgainstStandard" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "restricted allows NET_BIND_SERVICE alone; baseline allows those that container runtimes give by default") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.addedCapabilityAgainstStandard" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "restricted allows NET_BIND_SERVICE alone; baseline allows those that container runtimes give by default") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.addedCapabilityAgainstStandard" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "restricted allows NET_BIND_SERVICE alone; baseline allows those that container runtimes give by default") -}}
{{- end -}}
{{- end -}}
{{- with include "service.capabilitiesKeptUnderRestricted" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out and add what the process needs to addCapabilities") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.capabilitiesKeptUnderRestricted" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out and add what the process needs to addCapabilities") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.capabilitiesKeptUnderRestricted" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out and add what the process needs to addCapabilities") -}}
{{- end -}}
{{- end -}}
{{- with include "service.systemCallsUnconfined" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out for RuntimeDefault, or name a Localhost profile") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.systemCallsUnconfined" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out for RuntimeDefault, or name a Localhost profile") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.systemCallsUnconfined" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out for RuntimeDefault, or name a Localhost profile") -}}
{{- end -}}
{{- end -}}
{{- with include "service.appArmorUnconfined" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out for the runtime's default, or name a Localhost profile") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.appArmorUnconfined" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out for the runtime's default, or name a Localhost profile") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.appArmorUnconfined" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out for the runtime's default, or name a Localhost profile") -}}
{{- end -}}
{{- end -}}
{{- with include "service.seLinuxAgainstStandard" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave user and role out and type to the runtime, or write podSecurity: privileged") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.seLinuxAgainstStandard" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave user and role out and type to the runtime, or write podSecurity: privileged") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.seLinuxAgainstStandard" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave user and role out and type to the runtime, or write podSecurity: privileged") -}}
{{- end -}}
{{- end -}}
{{- with include "service.unsafeSysctl" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or write podSecurity: privileged") -}}
{{- end -}}
{{- with include "service.procUnmasked" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or write podSecurity: privileged") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.procUnmasked" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or write podSecurity: privileged") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.procUnmasked" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or write podSecurity: privileged") -}}
{{- end -}}
{{- end -}}
{{- with include "service.probeHostAgainstStandard" (dict "root" $ "probe" $.Values.probes.liveness "at" (include "service.path" (list "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out: the kubelet asks the pod; a Host header goes into httpHeaders") -}}
{{- end -}}
{{- with include "service.probeHostAgainstStandard" (dict "root" $ "probe" $.Values.probes.readiness "at" (include "service.path" (list "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out: the kubelet asks the pod; a Host header goes into httpHeaders") -}}
{{- end -}}
{{- with include "service.probeHostAgainstStandard" (dict "root" $ "probe" $.Values.probes.startup "at" (include "service.path" (list "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out: the kubelet asks the pod; a Host header goes into httpHeaders") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probeHostAgainstStandard" (dict "root" $ "probe" ($container.probes).liveness "at" (include "service.path" (list "initContainers" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out: the kubelet asks the pod; a Host header goes into httpHeaders") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.probeHostAgainstStandard" (dict "root" $ "probe" ($container.probes).readiness "at" (include "service.path" (list "initContainers" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out: the kubelet asks the pod; a Host header goes into httpHeaders") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probeHostAgainstStandard" (dict "root" $ "probe" ($container.probes).startup "at" (include "service.path" (list "initContainers" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out: the kubelet asks the pod; a Host header goes into httpHeaders") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probeHostAgainstStandard" (dict "root" $ "probe" ($container.probes).liveness "at" (include "service.path" (list "sidecars" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out: the kubelet asks the pod; a Host header goes into httpHeaders") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.probeHostAgainstStandard" (dict "root" $ "probe" ($container.probes).readiness "at" (include "service.path" (list "sidecars" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out: the kubelet asks the pod; a Host header goes into httpHeaders") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probeHostAgainstStandard" (dict "root" $ "probe" ($container.probes).startup "at" (include "service.path" (list "sidecars" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out: the kubelet asks the pod; a Host header goes into httpHeaders") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.ports -}}
{{- with include "service.hostPortAgainstStandard" (dict "root" $ "port" $entry "at" (include "service.path" (list "ports" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "use a Service, or write podSecurity: privileged") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.ports -}}
{{- with include "service.hostPortAgainstStandard" (dict "root" $ "port" $entry "at" (include "service.path" (list "initContainers" $name "ports" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "use a Service, or write podSecurity: privileged") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.ports -}}
{{- with include "service.hostPortAgainstStandard" (dict "root" $ "port" $entry "at" (include "service.path" (list "sidecars" $name "ports" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "use a Service, or write podSecurity: privileged") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.volumes -}}
{{- with include "service.volumeAgainstStandard" (dict "root" $ "volume" $entry "at" (include "service.path" (list "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "claim storage with size or persistentVolumeClaim, or meet a weaker standard: podSecurity: baseline, for hostPath privileged") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.volumeAgainstStandard" (dict "root" $ "volume" $entry "at" (include "service.path" (list "initContainers" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "claim storage with size or persistentVolumeClaim, or meet a weaker standard: podSecurity: baseline, for hostPath privileged") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.volumeAgainstStandard" (dict "root" $ "volume" $entry "at" (include "service.path" (list "sidecars" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "claim storage with size or persistentVolumeClaim, or meet a weaker standard: podSecurity: baseline, for hostPath privileged") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with include "service.hostNamespaceAgainstStandard" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or write podSecurity: privileged") -}}
{{- end -}}
{{- range $key, $entry := $.Values.initContainers -}}
{{- with include "service.initContainerOrder" (dict "root" $ "container" $entry "name" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give each its own order: 1 starts first") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.sidecars -}}
{{- with include "service.sidecarOrder" (dict "root" $ "container" $entry "name" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give each its own order: 1 starts first") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.initContainers -}}
{{- with include "service.initContainerNameTaken" (dict "root" $ "name" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "rename one of them") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.sidecars -}}
{{- with include "service.sidecarNameTaken" (dict "root" $ "name" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "rename one of them") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.initContainers -}}
{{- with include "service.initContainerWithProbes" (dict "root" $ "container" $entry "name" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove them, or make it a sidecar") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.volumes -}}
{{- with include "service.claimSharedByReplicas" (dict "root" $ "volume" $entry "at" (include "service.path" (list "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set replicas: 1 and rollout.type: Recreate, or where the storage class can: accessModes: [ReadWriteMany]") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.claimSharedByReplicas" (dict "root" $ "volume" $entry "at" (include "service.path" (list "initContainers" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set replicas: 1 and rollout.type: Recreate, or where the storage class can: accessModes: [ReadWriteMany]") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.claimSharedByReplicas" (dict "root" $ "volume" $entry "at" (include "service.path" (list "sidecars" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set replicas: 1 and rollout.type: Recreate, or where the storage class can: accessModes: [ReadWriteMany]") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.volumes -}}
{{- with include "service.claimHeldByTheOldPod" (dict "root" $ "volume" $entry "at" (include "service.path" (list "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set rollout.type: Recreate") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.claimHeldByTheOldPod" (dict "root" $ "volume" $entry "at" (include "service.path" (list "initContainers" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set rollout.type: Recreate") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.claimHeldByTheOldPod" (dict "root" $ "volume" $entry "at" (include "service.path" (list "sidecars" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set rollout.type: Recreate") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.volumes -}}
{{- with include "service.volumeWithoutSource" (dict "root" $ "volume" $entry "name" $key "at" (include "service.path" (list "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "say what the volume is: emptyDir: {}, size: 1Gi, configMap, secret or any other source of Kubernetes") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.volumeWithoutSource" (dict "root" $ "volume" $entry "name" $key "at" (include "service.path" (list "initContainers" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "say what the volume is: emptyDir: {}, size: 1Gi, configMap, secret or any other source of Kubernetes") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.volumeWithoutSource" (dict "root" $ "volume" $entry "name" $key "at" (include "service.path" (list "sidecars" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "say what the volume is: emptyDir: {}, size: 1Gi, configMap, secret or any other source of Kubernetes") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.volumes -}}
{{- with include "service.volumeNameTaken" (dict "root" $ "volume" $entry "name" $key "at" (include "service.path" (list "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give one of them another name; leave the source out to mount the service's volume of that name") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.volumeNameTaken" (dict "root" $ "volume" $entry "name" $key "at" (include "service.path" (list "initContainers" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give one of them another name; leave the source out to mount the service's volume of that name") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.volumeNameTaken" (dict "root" $ "volume" $entry "name" $key "at" (include "service.path" (list "sidecars" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give one of them another name; leave the source out to mount the service's volume of that name") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with include "service.mountPathTaken" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "change one of the paths") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.mountPathTaken" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "change one of the paths") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.mountPathTaken" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "change one of the paths") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.volumes -}}
{{- with include "service.subPathOfNoMount" (dict "root" $ "volume" $entry "at" (include "service.path" (list "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add mountPath, or write subPath below each path of mounts") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.subPathOfNoMount" (dict "root" $ "volume" $entry "at" (include "service.path" (list "initContainers" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add mountPath, or write subPath below each path of mounts") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.subPathOfNoMount" (dict "root" $ "volume" $entry "at" (include "service.path" (list "sidecars" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add mountPath, or write subPath below each path of mounts") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.volumes -}}
{{- with include "service.claimWithoutSize" (dict "root" $ "volume" $entry "at" (include "service.path" (list "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add size, which makes the claim") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.claimWithoutSize" (dict "root" $ "volume" $entry "at" (include "service.path" (list "initContainers" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add size, which makes the claim") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.volumes -}}
{{- with include "service.claimWithoutSize" (dict "root" $ "volume" $entry "at" (include "service.path" (list "sidecars" $name "volumes" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add size, which makes the claim") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.files -}}
{{- with include "service.fileKeyTaken" (dict "root" $ "path" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "rename one of them") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.files -}}
{{- with include "service.filePathNotPlain" (dict "root" $ "path" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write the path as the process sees it") -}}
{{- end -}}
{{- end -}}
{{- with include "service.checksumAnnotationTaken" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it: the tool computes it from files") -}}
{{- end -}}
{{- range $key, $entry := $.Values.container -}}
{{- with include "service.containerFieldHasItsOwnPlace" (dict "root" $ "key" $key "at" (include "service.path" (list "container" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "move it there") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- range $key, $entry := $container.container -}}
{{- with include "service.containerFieldHasItsOwnPlace" (dict "root" $ "key" $key "at" (include "service.path" (list "initContainers" $name "container" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "move it there") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- range $key, $entry := $container.container -}}
{{- with include "service.containerFieldHasItsOwnPlace" (dict "root" $ "key" $key "at" (include "service.path" (list "sidecars" $name "container" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "move it there") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.pod -}}
{{- with include "service.podFieldHasItsOwnPlace" (dict "root" $ "key" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "move it there") -}}
{{- end -}}
{{- end -}}
{{- with include "service.rolloutCannotMove" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise one of them: maxSurge adds a pod first, maxUnavailable takes one away first") -}}
{{- end -}}
{{- with include "service.defaultProbePortUnclear" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- with include "service.probePortUnclear" (dict "root" $ "probe" $.Values.probes.liveness "container" $.Values "at" (include "service.path" (list "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- with include "service.probePortUnclear" (dict "root" $ "probe" $.Values.probes.readiness "container" $.Values "at" (include "service.path" (list "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- with include "service.probePortUnclear" (dict "root" $ "probe" $.Values.probes.startup "container" $.Values "at" (include "service.path" (list "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probePortUnclear" (dict "root" $ "probe" ($container.probes).liveness "container" $container "at" (include "service.path" (list "initContainers" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.probePortUnclear" (dict "root" $ "probe" ($container.probes).readiness "container" $container "at" (include "service.path" (list "initContainers" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probePortUnclear" (dict "root" $ "probe" ($container.probes).startup "container" $container "at" (include "service.path" (list "initContainers" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probePortUnclear" (dict "root" $ "probe" ($container.probes).liveness "container" $container "at" (include "service.path" (list "sidecars" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.probePortUnclear" (dict "root" $ "probe" ($container.probes).readiness "container" $container "at" (include "service.path" (list "sidecars" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probePortUnclear" (dict "root" $ "probe" ($container.probes).startup "container" $container "at" (include "service.path" (list "sidecars" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with include "service.probeWithoutPort" (dict "root" $ "probe" $.Values.probes.liveness "container" $.Values "at" (include "service.path" (list "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- with include "service.probeWithoutPort" (dict "root" $ "probe" $.Values.probes.readiness "container" $.Values "at" (include "service.path" (list "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- with include "service.probeWithoutPort" (dict "root" $ "probe" $.Values.probes.startup "container" $.Values "at" (include "service.path" (list "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probeWithoutPort" (dict "root" $ "probe" ($container.probes).liveness "container" $container "at" (include "service.path" (list "initContainers" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.probeWithoutPort" (dict "root" $ "probe" ($container.probes).readiness "container" $container "at" (include "service.path" (list "initContainers" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probeWithoutPort" (dict "root" $ "probe" ($container.probes).startup "container" $container "at" (include "service.path" (list "initContainers" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probeWithoutPort" (dict "root" $ "probe" ($container.probes).liveness "container" $container "at" (include "service.path" (list "sidecars" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.probeWithoutPort" (dict "root" $ "probe" ($container.probes).readiness "container" $container "at" (include "service.path" (list "sidecars" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probeWithoutPort" (dict "root" $ "probe" ($container.probes).startup "container" $container "at" (include "service.path" (list "sidecars" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with include "service.probePortUndeclared" (dict "root" $ "probe" $.Values.probes.liveness "container" $.Values "at" (include "service.path" (list "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- with include "service.probePortUndeclared" (dict "root" $ "probe" $.Values.probes.readiness "container" $.Values "at" (include "service.path" (list "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- with include "service.probePortUndeclared" (dict "root" $ "probe" $.Values.probes.startup "container" $.Values "at" (include "service.path" (list "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probePortUndeclared" (dict "root" $ "probe" ($container.probes).liveness "container" $container "at" (include "service.path" (list "initContainers" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.probePortUndeclared" (dict "root" $ "probe" ($container.probes).readiness "container" $container "at" (include "service.path" (list "initContainers" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probePortUndeclared" (dict "root" $ "probe" ($container.probes).startup "container" $container "at" (include "service.path" (list "initContainers" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probePortUndeclared" (dict "root" $ "probe" ($container.probes).liveness "container" $container "at" (include "service.path" (list "sidecars" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.probePortUndeclared" (dict "root" $ "probe" ($container.probes).readiness "container" $container "at" (include "service.path" (list "sidecars" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probePortUndeclared" (dict "root" $ "probe" ($container.probes).startup "container" $container "at" (include "service.path" (list "sidecars" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with include "service.probeSuccessThreshold" (dict "root" $ "probe" $.Values.probes.liveness "kind" "liveness" "at" (include "service.path" (list "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it") -}}
{{- end -}}
{{- with include "service.probeSuccessThreshold" (dict "root" $ "probe" $.Values.probes.startup "kind" "startup" "at" (include "service.path" (list "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probeSuccessThreshold" (dict "root" $ "probe" ($container.probes).liveness "kind" "liveness" "at" (include "service.path" (list "initContainers" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probeSuccessThreshold" (dict "root" $ "probe" ($container.probes).startup "kind" "startup" "at" (include "service.path" (list "initContainers" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probeSuccessThreshold" (dict "root" $ "probe" ($container.probes).liveness "kind" "liveness" "at" (include "service.path" (list "sidecars" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probeSuccessThreshold" (dict "root" $ "probe" ($container.probes).startup "kind" "startup" "at" (include "service.path" (list "sidecars" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with include "service.readinessGracePeriod" (dict "root" $ "probe" $.Values.probes.readiness "at" (include "service.path" (list "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it, or set it on liveness or startup") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.readinessGracePeriod" (dict "root" $ "probe" ($container.probes).readiness "at" (include "service.path" (list "initContainers" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it, or set it on liveness or startup") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.readinessGracePeriod" (dict "root" $ "probe" ($container.probes).readiness "at" (include "service.path" (list "sidecars" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it, or set it on liveness or startup") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with include "service.probeTimeoutOverPeriod" (dict "root" $ "probe" $.Values.probes.liveness "at" (include "service.path" (list "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- with include "service.probeTimeoutOverPeriod" (dict "root" $ "probe" $.Values.probes.readiness "at" (include "service.path" (list "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- with include "service.probeTimeoutOverPeriod" (dict "root" $ "probe" $.Values.probes.startup "at" (include "service.path" (list "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probeTimeoutOverPeriod" (dict "root" $ "probe" ($container.probes).liveness "at" (include "service.path" (list "initContainers" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.probeTimeoutOverPeriod" (dict "root" $ "probe" ($container.probes).readiness "at" (include "service.path" (list "initContainers" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probeTimeoutOverPeriod" (dict "root" $ "probe" ($container.probes).startup "at" (include "service.path" (list "initContainers" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- if not (kindIs "invalid" ($container.probes).liveness) -}}
{{- with include "service.probeTimeoutOverPeriod" (dict "root" $ "probe" ($container.probes).liveness "at" (include "service.path" (list "sidecars" $name "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).readiness) -}}
{{- with include "service.probeTimeoutOverPeriod" (dict "root" $ "probe" ($container.probes).readiness "at" (include "service.path" (list "sidecars" $name "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- end -}}
{{- if not (kindIs "invalid" ($container.probes).startup) -}}
{{- with include "service.probeTimeoutOverPeriod" (dict "root" $ "probe" ($container.probes).startup "at" (include "service.path" (list "sidecars" $name "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- with include "service.startupProbeTooShort" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise failureThreshold, or leave it out and it is computed; or lower startup.slowestSeconds") -}}
{{- end -}}
{{- with include "service.livenessKillsSlowStart" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "switch the start-up probe on, or leave failureThreshold out and it is computed; or lower startup.slowestSeconds") -}}
{{- end -}}
{{- with include "service.serviceLabelTaken" (dict "root" $ "service" $.Values.service "at" "service.") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it here, or change the field that prints it") -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.serviceLabelTaken" (dict "root" $ "service" $entry "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it here, or change the field that prints it") -}}
{{- end -}}
{{- end -}}
{{- with include "service.servicePortMissing" (dict "root" $ "service" $.Values.service "at" "service.") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name ports of the main container or of a sidecar") -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.servicePortMissing" (dict "root" $ "service" $entry "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name ports of the main container or of a sidecar") -}}
{{- end -}}
{{- end -}}
{{- with include "service.servicePortTaken" (dict "root" $ "service" $.Values.service "at" "service.") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give one of them another servicePort") -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.servicePortTaken" (dict "root" $ "service" $entry "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give one of them another servicePort") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.serviceWithoutPorts" (dict "root" $ "service" $entry "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add a port to the main container, or make it headless") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.serviceNameTaken" (dict "root" $ "service" $entry "key" $key "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give it another name") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.serviceNameTooLong" (dict "root" $ "service" $entry "key" $key "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "shorten the key, or give the Service a name") -}}
{{- end -}}
{{- end -}}
{{- with include "service.headlessWithType" (dict "root" $ "service" $.Values.service "at" "service.") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove headless, or the type") -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.headlessWithType" (dict "root" $ "service" $entry "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove headless, or the type") -}}
{{- end -}}
{{- end -}}
{{- with include "service.externalTrafficWithoutOutside" (dict "root" $ "service" $.Values.service "at" "service.") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set type to NodePort or LoadBalancer, or remove it") -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.externalTrafficWithoutOutside" (dict "root" $ "service" $entry "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set type to NodePort or LoadBalancer, or remove it") -}}
{{- end -}}
{{- end -}}
{{- with include "service.loadBalancerFieldWithoutOne" (dict "root" $ "service" $.Values.service "at" "service.") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set type to LoadBalancer, or remove it") -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.loadBalancerFieldWithoutOne" (dict "root" $ "service" $entry "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set type to LoadBalancer, or remove it") -}}
{{- end -}}
{{- end -}}
{{- with include "service.healthCheckWithoutLocalTraffic" (dict "root" $ "service" $.Values.service "at" "service.") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set externalTrafficPolicy to Local, or remove healthCheckNodePort") -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.healthCheckWithoutLocalTraffic" (dict "root" $ "service" $entry "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set externalTrafficPolicy to Local, or remove healthCheckNodePort") -}}
{{- end -}}
{{- end -}}
{{- with include "service.affinityConfigWithoutAffinity" (dict "root" $ "service" $.Values.service "at" "service.") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set sessionAffinity to ClientIP, or remove sessionAffinityConfig") -}}
{{- end -}}
{{- range $key, $entry := $.Values.services -}}
{{- with include "service.affinityConfigWithoutAffinity" (dict "root" $ "service" $entry "at" (include "service.path" (list "services" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set sessionAffinity to ClientIP, or remove sessionAffinityConfig") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.ports -}}
{{- with include "service.nodePortWithoutService" (dict "root" $ "port" $entry "port_name" $key "at" (include "service.path" (list "ports" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set service.type to NodePort or LoadBalancer, or remove nodePort") -}}
{{- end -}}
{{- end -}}
{{- with include "service.gracePeriodTooShort" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise gracePeriodSeconds, or leave it out and it is computed") -}}
{{- end -}}
{{- with include "service.lifecycleHasOwnPlace" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "use shutdown.preStop and shutdown.signal; container.lifecycle is for postStart") -}}
{{- end -}}
{{- with include "service.lifecycleNotAMap" (dict "root" $ "container" $.Values "at" "") -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write `lifecycle: {postStart: {...}}`") -}}
{{- end -}}
{{- range $name, $container := $.Values.initContainers -}}
{{- with include "service.lifecycleNotAMap" (dict "root" $ "container" $container "at" (include "service.path" (list "initContainers" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write `lifecycle: {postStart: {...}}`") -}}
{{- end -}}
{{- end -}}
{{- range $name, $container := $.Values.sidecars -}}
{{- with include "service.lifecycleNotAMap" (dict "root" $ "container" $container "at" (include "service.path" (list "sidecars" $name))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write `lifecycle: {postStart: {...}}`") -}}
{{- end -}}
{{- end -}}
{{- with include "service.rightsForEverybody" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name the account that is to have them, or let one be created") -}}
{{- end -}}
{{- with include "service.clusterRightsWithoutNamespace" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add `namespace:`") -}}
{{- end -}}
{{- with include "service.unavailableOverAll" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write 100% at most") -}}
{{- end -}}
{{- with include "service.deadlineBeforeStart" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise progressDeadlineSeconds, or leave it out and it is computed") -}}
{{- end -}}
{{- with include "service.startSlowerThanTheSlowest" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise slowestSeconds to the slowest start that is still in order, or lower expectedSeconds") -}}
{{- end -}}
{{- with include "service.budgetBlocksDrains" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "use maxUnavailable: 1, or run more pods") -}}
{{- end -}}
{{- with include "service.disruptionOverAll" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write 100% at most") -}}
{{- end -}}
{{- with include "service.autoscalingWithoutMaximum" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add `maxReplicas:`, the most pods you would pay for") -}}
{{- end -}}
{{- with include "service.autoscalingMaximumBelowMinimum" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise maxReplicas or lower minReplicas (replicas, unless given)") -}}
{{- end -}}
{{- with include "service.scaleToZeroUnsupported" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set autoscaling.minReplicas to 1 or more") -}}
{{- end -}}
{{- with include "service.scaleFromZeroUnseen" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add a metric of type External or Object, or set autoscaling.minReplicas to 1 or more") -}}
{{- end -}}
{{- with include "service.autoscalingWithoutRequest" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "request it: the autoscaler measures use in percent of the request") -}}
{{- end -}}
{{- range $key, $entry := $.Values.sidecars -}}
{{- with include "service.autoscalingWithoutSidecarRequest" (dict "root" $ "container" $entry "at" (include "service.path" (list "sidecars" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "request it: the autoscaler adds up the requests of all containers") -}}
{{- end -}}
{{- end -}}
{{- with include "service.spreadCountsNothing" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add labelSelector: {matchLabels: {app.kubernetes.io/name: NAME}} with the service's name") -}}
{{- end -}}
{{- with include "service.exposeWithoutHosts" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add `hosts: {HOST: {paths: {/: http}}}`") -}}
{{- end -}}
{{- range $key, $entry := $.Values.expose.hosts -}}
{{- with include "service.hostWithoutPaths" (dict "root" $ "host" $entry "at" (include "service.path" (list "expose" "hosts" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add `paths: {/: http}`") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.expose.hosts -}}
{{- with include "service.pathToNoPort" (dict "root" $ "host" $entry "at" (include "service.path" (list "expose" "hosts" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name a port that a Service shows") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.expose.hosts -}}
{{- with include "service.tlsWithGateway" (dict "root" $ "host" $entry "at" (include "service.path" (list "expose" "hosts" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove tls here: the Gateway's listener holds the certificate") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.expose.hosts -}}
{{- with include "service.exposedPortClosed" (dict "root" $ "host" $entry "at" (include "service.path" (list "expose" "hosts" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "let the ingress controller in: `allowFrom: {gateway: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAMESPACE}}}}`") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.network.allowFrom -}}
{{- with include "service.allowedPortMissing" (dict "root" $ "peer" $entry "at" (include "service.path" (list "network" "allowFrom" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name a port of the service, or write its number") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.network.allowTo -}}
{{- with include "service.outsidePortByName" (dict "root" $ "peer" $entry "at" (include "service.path" (list "network" "allowTo" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write its number") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.network.allowFrom -}}
{{- with include "service.allowedRangeEmpty" (dict "root" $ "peer" $entry "at" (include "service.path" (list "network" "allowFrom" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the first and the last number of the range") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.network.allowTo -}}
{{- with include "service.outsideRangeEmpty" (dict "root" $ "peer" $entry "at" (include "service.path" (list "network" "allowTo" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the first and the last number of the range") -}}
{{- end -}}
{{- end -}}
{{- if $refused -}}{{- fail (join "\n" $refused) -}}{{- end -}}
{{- end }}
