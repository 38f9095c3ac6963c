{{/* How many nodes or pods may mount a claim. */}}
{{- define "service.accessModes" -}}
{{- $volume := .volume -}}
{{- if not (kindIs "invalid" $volume.accessModes) -}}
{{- dict "v" $volume.accessModes | toJson -}}
{{- else -}}
{{- dict "v" (list "ReadWriteOnce") | toJson -}}
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

{{/* `number / divisor`, rounded up; both are at least 0, since Go rounds towards it. */}}
{{- define "service.ceilDiv" -}}
{{- $number := .number -}}
{{- $divisor := .divisor -}}
{{- div (sub (add $number $divisor) 1) $divisor -}}
{{- end }}

{{/* Name of the main container. */}}
{{- define "service.containerName" -}}
{{- if not (kindIs "invalid" .Values.containerName) -}}
{{- .Values.containerName -}}
{{- else -}}
{{- include "service.name" . -}}
{{- end -}}
{{- end }}

{{/* The cores to plan with: the CPU limit, else the request, rounded up, and at least 1. */}}
{{- define "service.cpuCores" -}}
{{- $requests := (fromJson (include "service.resourceRequests" (dict "root" . "container" .Values))).v -}}
{{- if and (eq (int64 (include "service.cpuLimitCores" .)) 0) (hasKey $requests "cpu") -}}
{{- max 1 (int64 (include "service.ceilDiv" (dict "root" . "number" (int64 (include "service.quantityMilli" (dict "root" . "quantity" (index $requests "cpu")))) "divisor" 1000))) -}}
{{- else -}}
{{- max 1 (int64 (include "service.cpuLimitCores" .)) -}}
{{- end -}}
{{- end }}

{{/* The CPU limit of the main container in whole cores, rounded up as the JVM and Go do; 0 without one. */}}
{{- define "service.cpuLimitCores" -}}
{{- $limits := (fromJson (include "service.resourceLimits" (dict "root" . "container" .Values))).v -}}
{{- if hasKey $limits "cpu" -}}
{{- int64 (include "service.ceilDiv" (dict "root" . "number" (int64 (include "service.quantityMilli" (dict "root" . "quantity" (index $limits "cpu")))) "divisor" 1000)) -}}
{{- else -}}
{{- 0 -}}
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
{{- if and (not (kindIs "invalid" $container.security)) (not (kindIs "invalid" $container.security.runAsUser)) -}}
{{- dict "v" $container.security.runAsUser | toJson -}}
{{- else -}}
{{- dict "v" .root.Values.security.runAsUser | toJson -}}
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

{{/* Points that checks of a kind say of themselves. */}}
{{- define "service.givenHealthWeight" -}}
{{- $kind := .kind -}}
{{- $total := 0 -}}
{{- range $_, $check := .root.Values.health.checks -}}
{{- if and (eq $check.kind $kind) (not (kindIs "invalid" $check.weight)) -}}
{{- $total = add $total $check.weight -}}
{{- end -}}
{{- end -}}
{{- $total -}}
{{- end }}

{{/* GOMAXPROCS in threads: the CPU limit rounded up, for Go before 1.25; "" when nothing is to be set. */}}
{{- define "service.goMaxProcs" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.go) (hasKey .Values.env "GOMAXPROCS") (eq (int64 (include "service.cpuLimitCores" .)) 0)) -}}
{{- if and (not (kindIs "invalid" .Values.runtime.go.version)) (has .Values.runtime.go.version (list "1.19" "1.20" "1.21" "1.22" "1.23" "1.24")) -}}
{{- printf "%d" (int64 (include "service.cpuLimitCores" .)) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* GOMEMLIMIT in bytes, rounded down; "" when nothing is to be set. */}}
{{- define "service.goMemoryLimit" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.go) (eq (int64 (include "service.memoryLimitBytes" .)) 0) (hasKey .Values.env "GOMEMLIMIT")) -}}
{{- printf "%d" (div (mul (int64 (include "service.memoryLimitBytes" .)) (int64 (include "service.goMemoryLimitPercent" .))) 100) -}}
{{- end -}}
{{- end }}

{{/* Percent of the memory limit for what Go counts; the guide leaves 5 to 10 % to what it does not. */}}
{{- define "service.goMemoryLimitPercent" -}}
{{- if not (kindIs "invalid" (.Values.runtime.go).memoryLimitPercent) -}}
{{- int64 (.Values.runtime.go).memoryLimitPercent -}}
{{- else -}}
{{- 90 -}}
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

{{/* A small amount of memory, or what the main container of a service on the JVM gets. */}}
{{- define "service.guessedMemory" -}}
{{- $container := .container -}}
{{- $small := .small -}}
{{- if and (not (kindIs "invalid" $container.runtime)) (not (kindIs "invalid" $container.runtime.jvm)) -}}
{{- "1Gi" -}}
{{- else -}}
{{- $small -}}
{{- end -}}
{{- end }}

{{/* GUNICORN_CMD_ARGS with time-out in seconds and threads; "" when nothing is to be set. */}}
{{- define "service.gunicornArguments" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.python) (hasKey .Values.env "GUNICORN_CMD_ARGS")) -}}
{{- if not (ne (include "service.pythonServer" .) "gunicorn") -}}
{{- $arguments := printf "--graceful-timeout=%d" (int64 .Values.shutdown.timeoutSeconds) -}}
{{- if not (kindIs "invalid" .Values.runtime.python.threads) -}}
{{- printf "%s --threads=%d" $arguments (int64 .Values.runtime.python.threads) -}}
{{- else -}}
{{- $arguments -}}
{{- end -}}
{{- end -}}
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
{{- if and (not (kindIs "invalid" $container.container)) (hasKey $container.container "lifecycle") -}}true{{- end -}}
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

{{/* The variable that holds the address of what is checked; nothing for a type that has no usual one. */}}
{{- define "service.healthCheckEnv" -}}
{{- $check := .check -}}
{{- if not (kindIs "invalid" $check.env) -}}
{{- $check.env -}}
{{- else -}}
{{- if eq $check.type "postgres" -}}
{{- "DATABASE_URL" -}}
{{- else -}}
{{- if eq $check.type "redis" -}}
{{- "REDIS_URL" -}}
{{- else -}}
{{- if eq $check.type "sqlite" -}}
{{- "SQLITE_PATH" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Seconds between two checks. */}}
{{- define "service.healthCheckInterval" -}}
{{- $check := .check -}}
{{- if not (kindIs "invalid" $check.intervalSeconds) -}}
{{- int64 $check.intervalSeconds -}}
{{- else -}}
{{- 5 -}}
{{- end -}}
{{- end }}

{{/* Seconds after which a check has failed. */}}
{{- define "service.healthCheckTimeout" -}}
{{- $check := .check -}}
{{- if not (kindIs "invalid" $check.timeoutSeconds) -}}
{{- int64 $check.timeoutSeconds -}}
{{- else -}}
{{- min 2 (int64 (include "service.healthCheckInterval" (dict "root" .root "check" $check))) -}}
{{- end -}}
{{- end }}

{{/* Points that the checks of a kind share. */}}
{{- define "service.healthKindWeight" -}}
{{- $kind := .kind -}}
{{- if eq $kind "infrastructure" -}}
{{- int64 .root.Values.health.weights.infrastructure -}}
{{- else -}}
{{- if eq $kind "middleware" -}}
{{- int64 .root.Values.health.weights.middleware -}}
{{- else -}}
{{- int64 .root.Values.health.weights.business -}}
{{- end -}}
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
{{- if not (kindIs "invalid" .Values.shutdown.preStop.sleep) -}}
{{- int64 .Values.shutdown.preStop.sleep.seconds -}}
{{- else -}}
{{- if and (not (kindIs "invalid" .Values.shutdown.preStop.exec)) (gt (int64 (include "service.sleptSeconds" (dict "root" . "command" .Values.shutdown.preStop.exec.command))) 0) -}}
{{- int64 (include "service.sleptSeconds" (dict "root" . "command" .Values.shutdown.preStop.exec.command)) -}}
{{- else -}}
{{- int64 (include "service.drainSeconds" .) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* What happens when a pod cannot be spread over nodes. */}}
{{- define "service.hostSpreadAction" -}}
{{- include "service.spreadAction" (dict "root" . "strength" .Values.placement.spread.hosts) -}}
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
{{- if and (not (kindIs "invalid" $container.security)) (not (kindIs "invalid" $container.security.privileged)) $container.security.privileged -}}true{{- end -}}
{{- end }}

{{/* Whether a number or percentage is nothing. */}}
{{- define "service.isZero" -}}
{{- $value := .value -}}
{{- if eq (atoi (trimSuffix "%" (include "service.text" $value))) 0 -}}true{{- end -}}
{{- end }}

{{/* JAVA_TOOL_OPTIONS, the user's flags last; "" when nothing is to be set. */}}
{{- define "service.javaToolOptions" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.jvm) (hasKey .Values.env "JAVA_TOOL_OPTIONS")) -}}
{{- $version := "" -}}
{{- $options := list -}}
{{- if not (include "service.jvmFlagsChooseCollector" .) -}}
{{- $options = append $options (printf "-XX:+Use%sGC" (include "service.jvmCollector" .)) -}}
{{- $version = int64 (or .Values.runtime.jvm.version 0) -}}
{{- if and (eq (include "service.jvmCollector" .) "Z") (ge $version 21) (le $version 23) -}}
{{- $options = append $options "-XX:+ZGenerational" -}}
{{- end -}}
{{- end -}}
{{- range $_, $option := (fromJson (include "service.jvmSizeOptions" .)).v -}}
{{- $options = append $options $option -}}
{{- end -}}
{{- $options = append $options "-XX:+ExitOnOutOfMemoryError" -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm.classDataSharing) -}}
{{- $options = append $options "-Xshare:auto" -}}
{{- $options = append $options (printf "-XX:SharedArchiveFile=%s" .Values.runtime.jvm.classDataSharing) -}}
{{- end -}}
{{- if and (not (kindIs "invalid" .Values.runtime.jvm.lazyInitialization)) .Values.runtime.jvm.lazyInitialization -}}
{{- $options = append $options "-Dspring.main.lazy-initialization=true" -}}
{{- end -}}
{{- if include "service.jvmFlags" . -}}
{{- $options = append $options (include "service.jvmFlags" .) -}}
{{- end -}}
{{- join " " $options -}}
{{- end -}}
{{- end }}

{{/* Most memory for compiled code: the JVM's own default. */}}
{{- define "service.jvmCodeCache" -}}
{{- if not (kindIs "invalid" (.Values.runtime.jvm).codeCache) -}}
{{- (.Values.runtime.jvm).codeCache -}}
{{- else -}}
{{- $flag := int64 (include "service.sizeIn" (dict "root" . "options" (include "service.jvmFlags" .) "flag" "-XX:ReservedCodeCacheSize=")) -}}
{{- if gt $flag 0 -}}
{{- printf "%d" $flag -}}
{{- else -}}
{{- "240Mi" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The collector that the JVM would choose by itself, said so that another version chooses no other. */}}
{{- define "service.jvmCollector" -}}
{{- if not (kindIs "invalid" (.Values.runtime.jvm).gc) -}}
{{- (.Values.runtime.jvm).gc -}}
{{- else -}}
{{- if eq (int64 (include "service.cpuLimitCores" .)) 1 -}}
{{- "Serial" -}}
{{- else -}}
{{- if and (gt (int64 (include "service.memoryLimitBytes" .)) 0) (lt (int64 (include "service.memoryLimitBytes" .)) 1879048192) -}}
{{- "Serial" -}}
{{- else -}}
{{- "G1" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Most memory for direct buffers. */}}
{{- define "service.jvmDirectMemory" -}}
{{- if not (kindIs "invalid" (.Values.runtime.jvm).directMemory) -}}
{{- (.Values.runtime.jvm).directMemory -}}
{{- else -}}
{{- $flag := int64 (include "service.sizeIn" (dict "root" . "options" (include "service.jvmFlags" .) "flag" "-XX:MaxDirectMemorySize=")) -}}
{{- if gt $flag 0 -}}
{{- printf "%d" $flag -}}
{{- else -}}
{{- "10Mi" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The parts beside heap and head-room in bytes. */}}
{{- define "service.jvmFixedBytes" -}}
{{- add (add (add (int64 (include "service.quantityBytes" (dict "root" . "quantity" (include "service.jvmDirectMemory" .)))) (int64 (include "service.quantityBytes" (dict "root" . "quantity" (include "service.jvmCodeCache" .))))) (int64 (include "service.jvmMetaspaceBytes" .))) (mul (int64 (include "service.jvmThreads" .)) (int64 (include "service.jvmStackBytes" .))) -}}
{{- end }}

{{/* The flags in one text. */}}
{{- define "service.jvmFlags" -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm) -}}
{{- join " " (or .Values.runtime.jvm.flags list) -}}
{{- end -}}
{{- end }}

{{/* Whether a flag names a collector. */}}
{{- define "service.jvmFlagsChooseCollector" -}}
{{- $any1 := false -}}
{{- range $_, $flag := list "-XX:+UseSerialGC" "-XX:+UseParallelGC" "-XX:+UseG1GC" "-XX:+UseZGC" "-XX:+UseShenandoahGC" "-XX:+UseEpsilonGC" -}}
{{- if contains (printf " %s " $flag) (printf " %s " (include "service.jvmFlags" $)) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- end }}

{{/* Head-room in bytes. */}}
{{- define "service.jvmHeadroomBytes" -}}
{{- div (mul (int64 (include "service.memoryLimitBytes" .)) (int64 (include "service.jvmHeadroomPercent" .))) 100 -}}
{{- end }}

{{/* Percent of the memory limit that no part gets. */}}
{{- define "service.jvmHeadroomPercent" -}}
{{- if not (kindIs "invalid" (.Values.runtime.jvm).headroomPercent) -}}
{{- int64 (.Values.runtime.jvm).headroomPercent -}}
{{- else -}}
{{- 0 -}}
{{- end -}}
{{- end }}

{{/* The largest heap in bytes: as given, or what the other parts leave of the limit; 0 when nothing says it. */}}
{{- define "service.jvmHeapBytes" -}}
{{- $flag := int64 (include "service.sizeIn" (dict "root" . "options" (include "service.jvmFlags" .) "flag" "-Xmx")) -}}
{{- if gt $flag 0 -}}
{{- $flag -}}
{{- else -}}
{{- if and (not (kindIs "invalid" .Values.runtime.jvm)) (not (kindIs "invalid" .Values.runtime.jvm.heap)) -}}
{{- int64 (include "service.quantityBytes" (dict "root" . "quantity" .Values.runtime.jvm.heap)) -}}
{{- else -}}
{{- if and (not (kindIs "invalid" .Values.runtime.jvm)) (not (kindIs "invalid" .Values.runtime.jvm.heapPercent)) -}}
{{- div (mul (int64 (include "service.memoryLimitBytes" .)) .Values.runtime.jvm.heapPercent) 100 -}}
{{- else -}}
{{- max 0 (sub (sub (int64 (include "service.memoryLimitBytes" .)) (int64 (include "service.jvmHeadroomBytes" .))) (int64 (include "service.jvmFixedBytes" .))) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* What both a flag and a field say of the heap and its collector; "" for nothing. */}}
{{- define "service.jvmHeapSaidTwice" -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm) -}}
{{- $flags := include "service.jvmFlags" . -}}
{{- if gt (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-Xmx"))) 0 -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm.heap) -}}
{{- "-Xmx, and runtime.jvm has heap" -}}
{{- else -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm.heapPercent) -}}
{{- "-Xmx, and runtime.jvm has heapPercent" -}}
{{- else -}}
{{- if gt (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-Xms"))) 0 -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm.initialHeap) -}}
{{- "-Xms, and runtime.jvm has initialHeap" -}}
{{- else -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm.initialHeapPercent) -}}
{{- "-Xms, and runtime.jvm has initialHeapPercent" -}}
{{- else -}}
{{- if and (include "service.jvmFlagsChooseCollector" .) (not (kindIs "invalid" .Values.runtime.jvm.gc)) -}}
{{- "a collector, and runtime.jvm has gc" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- else -}}
{{- if and (include "service.jvmFlagsChooseCollector" .) (not (kindIs "invalid" .Values.runtime.jvm.gc)) -}}
{{- "a collector, and runtime.jvm has gc" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- else -}}
{{- if gt (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-Xms"))) 0 -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm.initialHeap) -}}
{{- "-Xms, and runtime.jvm has initialHeap" -}}
{{- else -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm.initialHeapPercent) -}}
{{- "-Xms, and runtime.jvm has initialHeapPercent" -}}
{{- else -}}
{{- if and (include "service.jvmFlagsChooseCollector" .) (not (kindIs "invalid" .Values.runtime.jvm.gc)) -}}
{{- "a collector, and runtime.jvm has gc" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- else -}}
{{- if and (include "service.jvmFlagsChooseCollector" .) (not (kindIs "invalid" .Values.runtime.jvm.gc)) -}}
{{- "a collector, and runtime.jvm has gc" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The heap at the start in bytes; 0 when the JVM chooses. */}}
{{- define "service.jvmInitialHeapBytes" -}}
{{- $flag := int64 (include "service.sizeIn" (dict "root" . "options" (include "service.jvmFlags" .) "flag" "-Xms")) -}}
{{- if gt $flag 0 -}}
{{- $flag -}}
{{- else -}}
{{- if and (not (kindIs "invalid" .Values.runtime.jvm)) (not (kindIs "invalid" .Values.runtime.jvm.initialHeap)) -}}
{{- int64 (include "service.quantityBytes" (dict "root" . "quantity" .Values.runtime.jvm.initialHeap)) -}}
{{- else -}}
{{- if and (not (kindIs "invalid" .Values.runtime.jvm)) (not (kindIs "invalid" .Values.runtime.jvm.initialHeapPercent)) -}}
{{- div (mul (int64 (include "service.memoryLimitBytes" .)) .Values.runtime.jvm.initialHeapPercent) 100 -}}
{{- else -}}
{{- 0 -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Classes that are loaded: about those of a Spring Boot service, a guess. */}}
{{- define "service.jvmLoadedClasses" -}}
{{- if not (kindIs "invalid" (.Values.runtime.jvm).loadedClasses) -}}
{{- int64 (.Values.runtime.jvm).loadedClasses -}}
{{- else -}}
{{- 20000 -}}
{{- end -}}
{{- end }}

{{/* Most memory for classes in bytes: as given, or 14 MB and 5,800 bytes for each loaded class. */}}
{{- define "service.jvmMetaspaceBytes" -}}
{{- $flag := int64 (include "service.sizeIn" (dict "root" . "options" (include "service.jvmFlags" .) "flag" "-XX:MaxMetaspaceSize=")) -}}
{{- if gt $flag 0 -}}
{{- $flag -}}
{{- else -}}
{{- if and (not (kindIs "invalid" .Values.runtime.jvm)) (not (kindIs "invalid" .Values.runtime.jvm.metaspace)) -}}
{{- int64 (include "service.quantityBytes" (dict "root" . "quantity" .Values.runtime.jvm.metaspace)) -}}
{{- else -}}
{{- max (add 14000000 (mul 5800 (int64 (include "service.jvmLoadedClasses" .)))) (int64 (include "service.jvmMetaspaceInitialBytes" .)) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Use of metaspace at the first collection for it, in bytes; 0 when the JVM chooses. */}}
{{- define "service.jvmMetaspaceInitialBytes" -}}
{{- if and (not (kindIs "invalid" .Values.runtime.jvm)) (not (kindIs "invalid" .Values.runtime.jvm.metaspaceInitial)) -}}
{{- int64 (include "service.quantityBytes" (dict "root" . "quantity" .Values.runtime.jvm.metaspaceInitial)) -}}
{{- else -}}
{{- int64 (include "service.sizeIn" (dict "root" . "options" (include "service.jvmFlags" .) "flag" "-XX:MetaspaceSize=")) -}}
{{- end -}}
{{- end }}

{{/* What both a flag and a field say of the parts beside the heap; "" for nothing. */}}
{{- define "service.jvmPartSaidTwice" -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm) -}}
{{- $flags := include "service.jvmFlags" . -}}
{{- $said := "" -}}
{{- if and (gt (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-XX:MaxMetaspaceSize="))) 0) (not (kindIs "invalid" .Values.runtime.jvm.metaspace)) -}}
{{- $said = "-XX:MaxMetaspaceSize, and runtime.jvm has metaspace" -}}
{{- end -}}
{{- if and (gt (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-XX:MetaspaceSize="))) 0) (not (kindIs "invalid" .Values.runtime.jvm.metaspaceInitial)) -}}
{{- $said = "-XX:MetaspaceSize, and runtime.jvm has metaspaceInitial" -}}
{{- end -}}
{{- if and (gt (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-XX:MaxDirectMemorySize="))) 0) (not (kindIs "invalid" .Values.runtime.jvm.directMemory)) -}}
{{- $said = "-XX:MaxDirectMemorySize, and runtime.jvm has directMemory" -}}
{{- end -}}
{{- if and (gt (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-XX:ReservedCodeCacheSize="))) 0) (not (kindIs "invalid" .Values.runtime.jvm.codeCache)) -}}
{{- $said = "-XX:ReservedCodeCacheSize, and runtime.jvm has codeCache" -}}
{{- end -}}
{{- if and (gt (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-Xss"))) 0) (not (kindIs "invalid" .Values.runtime.jvm.threadStack)) -}}
{{- $said = "-Xss, and runtime.jvm has threadStack" -}}
{{- end -}}
{{- if and (contains "-XX:SharedArchiveFile=" $flags) (not (kindIs "invalid" .Values.runtime.jvm.classDataSharing)) -}}
{{- $said = "-XX:SharedArchiveFile, and runtime.jvm has classDataSharing" -}}
{{- end -}}
{{- $said -}}
{{- end -}}
{{- end }}

{{/* The flag of each size that no flag of the user's says, in KiB rounded down. */}}
{{- define "service.jvmSizeOptions" -}}
{{- $flags := include "service.jvmFlags" . -}}
{{- $options := list -}}
{{- if and (eq (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-Xms"))) 0) (gt (int64 (include "service.jvmInitialHeapBytes" .)) 0) -}}
{{- $options = append $options (printf "-Xms%dK" (div (int64 (include "service.jvmInitialHeapBytes" .)) 1024)) -}}
{{- end -}}
{{- if and (eq (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-Xmx"))) 0) (gt (int64 (include "service.jvmHeapBytes" .)) 0) -}}
{{- $options = append $options (printf "-Xmx%dK" (div (int64 (include "service.jvmHeapBytes" .)) 1024)) -}}
{{- end -}}
{{- if and (eq (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-XX:MetaspaceSize="))) 0) (gt (int64 (include "service.jvmMetaspaceInitialBytes" .)) 0) -}}
{{- $options = append $options (printf "-XX:MetaspaceSize=%dK" (div (int64 (include "service.jvmMetaspaceInitialBytes" .)) 1024)) -}}
{{- end -}}
{{- if eq (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-XX:MaxMetaspaceSize="))) 0 -}}
{{- $options = append $options (printf "-XX:MaxMetaspaceSize=%dK" (div (int64 (include "service.jvmMetaspaceBytes" .)) 1024)) -}}
{{- end -}}
{{- if eq (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-XX:MaxDirectMemorySize="))) 0 -}}
{{- $options = append $options (printf "-XX:MaxDirectMemorySize=%dK" (div (int64 (include "service.quantityBytes" (dict "root" . "quantity" (include "service.jvmDirectMemory" .)))) 1024)) -}}
{{- end -}}
{{- if eq (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-XX:ReservedCodeCacheSize="))) 0 -}}
{{- $options = append $options (printf "-XX:ReservedCodeCacheSize=%dK" (div (int64 (include "service.quantityBytes" (dict "root" . "quantity" (include "service.jvmCodeCache" .)))) 1024)) -}}
{{- end -}}
{{- if eq (int64 (include "service.sizeIn" (dict "root" . "options" $flags "flag" "-Xss"))) 0 -}}
{{- $options = append $options (printf "-Xss%dK" (div (int64 (include "service.jvmStackBytes" .)) 1024)) -}}
{{- end -}}
{{- dict "v" $options | toJson -}}
{{- end }}

{{/* Stack of one thread in bytes. */}}
{{- define "service.jvmStackBytes" -}}
{{- min 1073741824 (int64 (include "service.quantityBytes" (dict "root" . "quantity" (include "service.jvmThreadStack" .)))) -}}
{{- end }}

{{/* Stack of each thread: the JVM's own default on 64 bits. */}}
{{- define "service.jvmThreadStack" -}}
{{- if not (kindIs "invalid" (.Values.runtime.jvm).threadStack) -}}
{{- (.Values.runtime.jvm).threadStack -}}
{{- else -}}
{{- $flag := int64 (include "service.sizeIn" (dict "root" . "options" (include "service.jvmFlags" .) "flag" "-Xss")) -}}
{{- if gt $flag 0 -}}
{{- printf "%d" $flag -}}
{{- else -}}
{{- "1Mi" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Threads at most: what a Servlet container starts under load. */}}
{{- define "service.jvmThreads" -}}
{{- if not (kindIs "invalid" (.Values.runtime.jvm).threads) -}}
{{- int64 (.Values.runtime.jvm).threads -}}
{{- else -}}
{{- 250 -}}
{{- end -}}
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
{{- if and (not (kindIs "invalid" .root.Values.selector)) (hasKey .root.Values.selector $key) -}}
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

{{/* The memory limit of the main container in bytes; 0 without one. */}}
{{- define "service.memoryLimitBytes" -}}
{{- $limits := (fromJson (include "service.resourceLimits" (dict "root" . "container" .Values))).v -}}
{{- if hasKey $limits "memory" -}}
{{- int64 (include "service.quantityBytes" (dict "root" . "quantity" (index $limits "memory"))) -}}
{{- else -}}
{{- 0 -}}
{{- end -}}
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
{{- $brings = not (empty (and (not (kindIs "invalid" $container.volumes)) (hasKey $container.volumes $name) (include "service.hasSource" (dict "root" $.root "volume" (index $container.volumes $name))))) -}}
{{- if and $brings (lt (printf "%s." $path) $at) (not (hasPrefix "volumes." $at)) -}}
{{- $message = printf "%s and %s are two volumes" (trimSuffix "." $at) $path -}}
{{- end -}}
{{- if and (eq $name (printf "tmp-%s" $other)) (include "service.hasTemporary" (dict "root" $.root "container" $container)) -}}
{{- $message = printf "%s has the name of the volume at /tmp of %s.%s" (trimSuffix "." $at) $kind $other -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* V8's old space in MiB, rounded down. */}}
{{- define "service.nodeOldSpaceMebibytes" -}}
{{- div (div (mul (int64 (include "service.memoryLimitBytes" .)) (int64 (include "service.nodeOldSpacePercent" .))) 100) 1048576 -}}
{{- end }}

{{/* Percent of the memory limit for old objects; buffers, code, stacks and young objects take the rest. */}}
{{- define "service.nodeOldSpacePercent" -}}
{{- if not (kindIs "invalid" (.Values.runtime.node).oldSpacePercent) -}}
{{- int64 (.Values.runtime.node).oldSpacePercent -}}
{{- else -}}
{{- 75 -}}
{{- end -}}
{{- end }}

{{/* NODE_OPTIONS with the size of the old space; "" when nothing is to be set. */}}
{{- define "service.nodeOptions" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.node) (eq (int64 (include "service.memoryLimitBytes" .)) 0) (hasKey .Values.env "NODE_OPTIONS")) -}}
{{- printf "--max-old-space-size=%d" (int64 (include "service.nodeOldSpaceMebibytes" .)) -}}
{{- end -}}
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

{{/* The lifecycle among the further fields of a container; nothing when it is no map. */}}
{{- define "service.ownLifecycle" -}}
{{- $container := .container -}}
{{- if and (not (kindIs "invalid" $container.container)) (hasKey $container.container "lifecycle") -}}
{{- $lifecycle := index $container.container "lifecycle" -}}
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

{{/* The number of a percentage. */}}
{{- define "service.percent" -}}
{{- $value := .value -}}
{{- atoi (trimSuffix "%" (include "service.text" $value)) -}}
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
{{- $numbers = append $numbers (int64 $port.port) -}}
{{- end -}}
{{- end -}}
{{- range $_sidecar, $container := .root.Values.sidecars -}}
{{- range $name, $port := $container.ports -}}
{{- if eq $name $portName -}}
{{- $numbers = append $numbers (int64 $port.port) -}}
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
{{- if hasKey $lifecycle "postStart" -}}
{{- $handler := index $lifecycle "postStart" -}}
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
{{- if or (kindIs "invalid" .Values.shutdown.preStop) (not (kindIs "invalid" .Values.shutdown.preStop.sleep)) -}}true{{- end -}}
{{- end }}

{{/* Whether one of our own labels is printed, which an adopted selector may already hold. */}}
{{- define "service.printsLabel" -}}
{{- $key := .key -}}
{{- if or (kindIs "invalid" .root.Values.selector) (not (hasKey .root.Values.selector $key)) -}}true{{- end -}}
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

{{/* Seconds without progress after which a rollout is reported as failed; it never rolls back by itself. */}}
{{- define "service.progressDeadlineSeconds" -}}
{{- if not (kindIs "invalid" .Values.rollout.progressDeadlineSeconds) -}}
{{- int64 .Values.rollout.progressDeadlineSeconds -}}
{{- else -}}
{{- max 600 (add (int64 (include "service.firstProgressSeconds" .)) 300) -}}
{{- end -}}
{{- end }}

{{/* The server that starts the workers. */}}
{{- define "service.pythonServer" -}}
{{- if not (kindIs "invalid" (.Values.runtime.python).server) -}}
{{- (.Values.runtime.python).server -}}
{{- else -}}
{{- "gunicorn" -}}
{{- end -}}
{{- end }}

{{/* Workers that are started: as many as `env.WEB_CONCURRENCY` says, if that is a number here. */}}
{{- define "service.pythonStartedWorkers" -}}
{{- if hasKey .Values.env "WEB_CONCURRENCY" -}}
{{- min 1000 (int64 (include "service.sizeIn" (dict "root" . "options" (include "service.variableText" (dict "root" . "name" "WEB_CONCURRENCY")) "flag" ""))) -}}
{{- else -}}
{{- int64 (include "service.pythonWorkers" .) -}}
{{- end -}}
{{- end }}

{{/* Memory of one worker in bytes, 1 MiB at least and 1 TiB at most. */}}
{{- define "service.pythonWorkerBytes" -}}
{{- min 1099511627776 (max 1048576 (int64 (include "service.quantityBytes" (dict "root" . "quantity" (include "service.pythonWorkerMemory" .))))) -}}
{{- end }}

{{/* Memory of one worker: a guess. */}}
{{- define "service.pythonWorkerMemory" -}}
{{- if not (kindIs "invalid" (.Values.runtime.python).workerMemory) -}}
{{- (.Values.runtime.python).workerMemory -}}
{{- else -}}
{{- "96Mi" -}}
{{- end -}}
{{- end }}

{{/* Worker processes: two a core and one, as many as the memory limit holds beside the first process. */}}
{{- define "service.pythonWorkers" -}}
{{- if not (kindIs "invalid" (.Values.runtime.python).workers) -}}
{{- int64 (.Values.runtime.python).workers -}}
{{- else -}}
{{- $workers := min 1000 (add (mul 2 (min (int64 (include "service.cpuCores" .)) 1000)) 1) -}}
{{- $room := "" -}}
{{- if gt (int64 (include "service.memoryLimitBytes" .)) 0 -}}
{{- $room = max 0 (sub (int64 (include "service.memoryLimitBytes" .)) 33554432) -}}
{{- $workers = min $workers (div $room (max 1 (int64 (include "service.pythonWorkerBytes" .)))) -}}
{{- end -}}
{{- max 1 $workers -}}
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
{{- if and (ne $at "") (not (kindIs "invalid" $container.security)) (not (kindIs "invalid" $container.security.runAsNonRoot)) -}}
{{- if $container.security.runAsNonRoot -}}true{{- end -}}
{{- else -}}
{{- if include "service.runAsNonRoot" .root -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether a container requests a resource; the API server takes a limit for a request that is missing. */}}
{{- define "service.requestsResource" -}}
{{- $container := .container -}}
{{- $resource := .resource -}}
{{- if or (hasKey (fromJson (include "service.resourceRequests" (dict "root" .root "container" $container))).v $resource) (hasKey (fromJson (include "service.resourceLimits" (dict "root" .root "container" $container))).v $resource) -}}true{{- end -}}
{{- end }}

{{/* What the kernel enforces: memory, never below the request; no CPU limit, which would only slow down. */}}
{{- define "service.resourceLimits" -}}
{{- $container := .container -}}
{{- if not (kindIs "invalid" ($container.resources).limits) -}}
{{- dict "v" ($container.resources).limits | toJson -}}
{{- else -}}
{{- $memory := include "service.guessedMemory" (dict "root" .root "container" $container "small" "256Mi") -}}
{{- $requests := (fromJson (include "service.resourceRequests" (dict "root" .root "container" $container))).v -}}
{{- if and (hasKey $requests "memory") (gt (int64 (include "service.quantityBytes" (dict "root" .root "quantity" (index $requests "memory")))) (int64 (include "service.quantityBytes" (dict "root" .root "quantity" $memory)))) -}}
{{- $memory = index $requests "memory" -}}
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
{{- $memory := include "service.guessedMemory" (dict "root" .root "container" $container "small" "128Mi") -}}
{{- $limits := "" -}}
{{- $cpu := "100m" -}}
{{- if not (kindIs "invalid" $container.resources) -}}
{{- $limits = $container.resources.limits -}}
{{- if not (kindIs "invalid" $limits) -}}
{{- if and (hasKey $limits "cpu") (lt (int64 (include "service.quantityMilli" (dict "root" .root "quantity" (index $limits "cpu")))) (int64 (include "service.quantityMilli" (dict "root" .root "quantity" $cpu)))) -}}
{{- $cpu = index $limits "cpu" -}}
{{- end -}}
{{- if and (hasKey $limits "memory") (lt (int64 (include "service.quantityBytes" (dict "root" .root "quantity" (index $limits "memory")))) (int64 (include "service.quantityBytes" (dict "root" .root "quantity" $memory)))) -}}
{{- $memory = index $limits "memory" -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "v" (dict "cpu" $cpu "memory" $memory) | toJson -}}
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

{{/* Name of the service's own Service. */}}
{{- define "service.serviceName" -}}
{{- if not (kindIs "invalid" .Values.service.name) -}}
{{- .Values.service.name -}}
{{- else -}}
{{- include "service.fullname" . -}}
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

{{/* How a Service is reached. */}}
{{- define "service.serviceType" -}}
{{- $service := .service -}}
{{- if not (kindIs "invalid" $service.type) -}}
{{- $service.type -}}
{{- else -}}
{{- "ClusterIP" -}}
{{- end -}}
{{- end }}

{{/* Whether the runtime gives variables to a container, which the main one alone has. */}}
{{- define "service.setsVariables" -}}
{{- $role := .role -}}
{{- if and (eq $role "main") (or (ne (include "service.goMemoryLimit" .root) "") (ne (include "service.goMaxProcs" .root) "") (ne (include "service.javaToolOptions" .root) "") (ne (include "service.nodeOptions" .root) "") (ne (include "service.webConcurrency" .root) "") (ne (include "service.gunicornArguments" .root) "") (ne (include "service.uvicornGracefulTimeout" .root) "")) -}}true{{- end -}}
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

{{/* Checks of a kind that share what the others leave. */}}
{{- define "service.sharingHealthChecks" -}}
{{- $kind := .kind -}}
{{- $count := 0 -}}
{{- range $_, $check := .root.Values.health.checks -}}
{{- if and (eq $check.kind $kind) (kindIs "invalid" $check.weight) -}}
{{- $count = add $count 1 -}}
{{- end -}}
{{- end -}}
{{- $count -}}
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

{{/* Whether a Service shows a port of a sidecar, unless it lists its ports. */}}
{{- define "service.sidecarPortInService" -}}
{{- $port := .port -}}
{{- if not (kindIs "invalid" $port.inService) -}}
{{- if $port.inService -}}true{{- end -}}
{{- else -}}
{{- end -}}
{{- end }}

{{/* Bytes that an option says behind a flag, the last of several; 0 when there is none. */}}
{{- define "service.sizeIn" -}}
{{- $found := regexFindAll (printf "(?:^| )%s[0-9]{1,12}[kKmMgGtT]?" (regexQuoteMeta .flag)) .options -1 -}}
{{- if $found -}}
{{- $size := regexFind "[0-9]{1,12}[kKmMgGtT]?$" (last $found) | lower -}}
{{- $unit := regexFind "[kmgt]$" $size -}}
{{- $bytes := int64 (regexReplaceAll "^0+([0-9])" (trimSuffix $unit $size) "${1}") -}}
{{- if $unit -}}
{{- range until (get (dict "k" 1 "m" 2 "g" 3 "t" 4) $unit) -}}
{{- $bytes = mul 1024 (min $bytes 8796093022208) -}}
{{- end -}}
{{- end -}}
{{- $bytes -}}
{{- else -}}0{{- end -}}
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

{{/* Whether the pods spread over anything. */}}
{{- define "service.spreads" -}}
{{- if or (ne .Values.placement.spread.zones "none") (ne .Values.placement.spread.hosts "none") (not (empty .Values.placement.spread.constraints)) -}}true{{- end -}}
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

{{/* Seconds after which a start-up probe has failed, at most the period. */}}
{{- define "service.startupTimeoutSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.startup.timeoutSeconds) -}}
{{- int64 .Values.probes.startup.timeoutSeconds -}}
{{- else -}}
{{- min 2 (int64 (include "service.startupPeriodSeconds" .)) -}}
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
{{- if hasKey .root.Values.volumes "tmp" -}}
{{- "tmp-main" -}}
{{- else -}}
{{- "tmp" -}}
{{- end -}}
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

{{/* UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN in seconds; "" when nothing is to be set. */}}
{{- define "service.uvicornGracefulTimeout" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.python) (hasKey .Values.env "UVICORN_TIMEOUT_GRACEFUL_SHUTDOWN")) -}}
{{- if not (ne (include "service.pythonServer" .) "uvicorn") -}}
{{- printf "%d" (int64 .Values.shutdown.timeoutSeconds) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The text that the spec gives a variable; "" when it comes from elsewhere, or from nowhere. */}}
{{- define "service.variableText" -}}
{{- $name := .name -}}
{{- if hasKey .root.Values.env $name -}}
{{- or (index .root.Values.env $name).value "" -}}
{{- end -}}
{{- end }}

{{/* The label app.kubernetes.io/version: the tag, where there is one and a label may hold it. */}}
{{- define "service.versionLabel" -}}
{{- $tag := or .Values.image.tag "" -}}
{{- if not (or (gt (int64 (len (splitList "" $tag))) 63) (hasPrefix "_" $tag) (or (hasSuffix "_" $tag) (hasSuffix "-" $tag) (hasSuffix "." $tag))) -}}
{{- $tag -}}
{{- end -}}
{{- end }}

{{/* WEB_CONCURRENCY, the number of workers, which gunicorn and uvicorn read; "" when nothing is to be set. */}}
{{- define "service.webConcurrency" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.python) (hasKey .Values.env "WEB_CONCURRENCY")) -}}
{{- printf "%d" (int64 (include "service.pythonWorkers" .)) -}}
{{- end -}}
{{- end }}

{{/* What happens when a pod cannot be spread over zones. */}}
{{- define "service.zoneSpreadAction" -}}
{{- include "service.spreadAction" (dict "root" . "strength" .Values.placement.spread.zones) -}}
{{- end }}
