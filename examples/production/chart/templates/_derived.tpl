{{/* Whether setuid programs may gain rights; a privileged container has them all anyway. */}}
{{- define "checkout.allowPrivilegeEscalation" -}}
{{- if not (kindIs "invalid" .Values.security.allowPrivilegeEscalation) -}}
{{- if .Values.security.allowPrivilegeEscalation -}}true{{- end -}}
{{- else -}}
{{- if eq .Values.security.podSecurity "privileged" -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether a peer may connect to the port of a name. */}}
{{- define "checkout.allowsPort" -}}
{{- $peer := .peer -}}
{{- $portName := .port_name -}}
{{- if not $peer.ports -}}
{{- "true" -}}
{{- else -}}
{{- $any1 := false -}}
{{- range $_, $networkPort := $peer.ports -}}
{{- $either3 := eq (printf "%s" (include "checkout.text" $networkPort.port)) $portName -}}
{{- if not $either3 -}}
{{- $any2 := false -}}
{{- range $_, $number := (fromJson (include "checkout.portsNamed" (dict "root" $.root "port_name" $portName))).v -}}
{{- if eq (printf "%s" (include "checkout.text" $networkPort.port)) (printf "%d" (int64 $number)) -}}
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
{{- define "checkout.asksUnnamedPort" -}}
{{- $probe := .probe -}}
{{- if not (not (include "checkout.probeEnabled" (dict "root" .root "probe" $probe))) -}}
{{- if not (kindIs "invalid" $probe.httpGet) -}}
{{- if eq (toJson (fromJson (include "checkout.httpGetPort" (dict "root" .root "http_get" $probe.httpGet))).v) (toJson "") -}}true{{- end -}}
{{- else -}}
{{- if eq (include "checkout.probePort" .root) "" -}}true{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether pods get a token for the API server: only those that have rights there. */}}
{{- define "checkout.automountToken" -}}
{{- if not (kindIs "invalid" .Values.serviceAccount.automountToken) -}}
{{- if .Values.serviceAccount.automountToken -}}true{{- end -}}
{{- else -}}
{{- end -}}
{{- end }}

{{/* Percent of the CPU request that the pods are to use; 0 when other metrics decide alone. */}}
{{- define "checkout.autoscalingCpu" -}}
{{- if not (kindIs "invalid" .Values.autoscaling.cpu) -}}
{{- int64 .Values.autoscaling.cpu -}}
{{- else -}}
{{- 80 -}}
{{- end -}}
{{- end }}

{{/* Name of the Service that shows a port: the service's own, else the first further one; "" when none does. */}}
{{- define "checkout.backendService" -}}
{{- $portName := .port_name -}}
{{- $name := "" -}}
{{- if and (include "checkout.serviceNeeded" .root) (include "checkout.showsPort" (dict "root" .root "service" .root.Values.service "port_name" $portName)) -}}
{{- $name = include "checkout.serviceName" .root -}}
{{- end -}}
{{- $name -}}
{{- end }}

{{/* `number / divisor`, rounded up; both are at least 0, since Go rounds towards it. */}}
{{- define "checkout.ceilDiv" -}}
{{- $number := .number -}}
{{- $divisor := .divisor -}}
{{- div (sub (add $number $divisor) 1) $divisor -}}
{{- end }}

{{/* Name of the main container. */}}
{{- define "checkout.containerName" -}}
{{- if not (kindIs "invalid" .Values.containerName) -}}
{{- .Values.containerName -}}
{{- else -}}
{{- include "checkout.name" . -}}
{{- end -}}
{{- end }}

{{/* Whether there is a PodDisruptionBudget: for a single pod it would protect nothing, or block every node drain. */}}
{{- define "checkout.disruptionBudgetNeeded" -}}
{{- if and .Values.disruption.enabled (gt (int64 (include "checkout.lowestReplicas" .)) 1) -}}true{{- end -}}
{{- end }}

{{/* Pods that a node drain may take away at once. */}}
{{- define "checkout.disruptionMaxUnavailable" -}}
{{- if not (kindIs "invalid" .Values.disruption.maxUnavailable) -}}
{{- dict "v" .Values.disruption.maxUnavailable | toJson -}}
{{- else -}}
{{- dict "v" 1 | toJson -}}
{{- end -}}
{{- end }}

{{/* The field that decides, with its value. */}}
{{- define "checkout.disruptionText" -}}
{{- printf "disruption.maxUnavailable (%s)" (include "checkout.text" (fromJson (include "checkout.disruptionMaxUnavailable" .)).v) -}}
{{- end }}

{{/* Seconds between the start of a shutdown and SIGTERM: the endpoint goes at the same time, not before. */}}
{{- define "checkout.drainSeconds" -}}
{{- if not (kindIs "invalid" .Values.shutdown.drainSeconds) -}}
{{- int64 .Values.shutdown.drainSeconds -}}
{{- else -}}
{{- ternary 5 0 (not (empty (include "checkout.serviceNeeded" .))) -}}
{{- end -}}
{{- end }}

{{/* The Linux capabilities that a container loses. */}}
{{- define "checkout.dropCapabilities" -}}
{{- if not (kindIs "invalid" .Values.security.dropCapabilities) -}}
{{- dict "v" .Values.security.dropCapabilities | toJson -}}
{{- else -}}
{{- if eq .Values.security.podSecurity "restricted" -}}
{{- dict "v" (list "ALL") | toJson -}}
{{- else -}}
{{- dict "v" list | toJson -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Seconds of a rollout until its first new pod may count; Recreate waits for the old pods to end first. */}}
{{- define "checkout.firstProgressSeconds" -}}
{{- $seconds := add (int64 (include "checkout.startupBudgetSeconds" .)) .Values.rollout.minReadySeconds -}}
{{- if eq .Values.rollout.type "Recreate" -}}
{{- $seconds = add $seconds (int64 (include "checkout.gracePeriodSeconds" .)) -}}
{{- end -}}
{{- $seconds -}}
{{- end }}

{{/* Seconds from the start of the preStop hook to SIGKILL. */}}
{{- define "checkout.gracePeriodSeconds" -}}
{{- if not (kindIs "invalid" .Values.shutdown.gracePeriodSeconds) -}}
{{- int64 .Values.shutdown.gracePeriodSeconds -}}
{{- else -}}
{{- add (add (int64 (include "checkout.drainSeconds" .)) .Values.shutdown.timeoutSeconds) 5 -}}
{{- end -}}
{{- end }}

{{/* Whether there is anything to say for the pod as a whole. */}}
{{- define "checkout.hasPodSecurity" -}}
{{- if not (empty (or (include "checkout.runAsNonRoot" .) (fromJson (include "checkout.seccompProfile" .)).v)) -}}true{{- end -}}
{{- end }}

{{/* Whether a container declares a TCP port of this number or name. */}}
{{- define "checkout.hasPort" -}}
{{- $wanted := .wanted -}}
{{- if kindIs "string" $wanted -}}
{{- $any1 := false -}}
{{- range $_, $name := (fromJson (include "checkout.tcpPorts" .root)).v -}}
{{- if eq (toJson $name) (toJson $wanted) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- else -}}
{{- $any2 := false -}}
{{- range $_name, $port := .root.Values.ports -}}
{{- if and (eq (toJson (int64 $port.port)) (toJson $wanted)) (eq (include "checkout.portProtocol" (dict "root" $.root "port" $port)) "TCP") -}}
{{- $any2 = true -}}
{{- end -}}
{{- end -}}
{{- if $any2 -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Whether any host has a certificate. */}}
{{- define "checkout.hasTls" -}}
{{- $any1 := false -}}
{{- range $_name, $host := .Values.expose.hosts -}}
{{- if not (kindIs "invalid" $host.tls) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- end }}

{{/* Whether the pod has volumes. */}}
{{- define "checkout.hasVolumes" -}}
{{- $found := not (empty (include "checkout.readOnlyRootFilesystem" .)) -}}
{{- if $found -}}true{{- end -}}
{{- end }}

{{/* What happens when a pod cannot be spread over nodes. */}}
{{- define "checkout.hostSpreadAction" -}}
{{- include "checkout.spreadAction" (dict "root" . "strength" .Values.placement.spread.hosts) -}}
{{- end }}

{{/* Port of an HTTP request. */}}
{{- define "checkout.httpGetPort" -}}
{{- $httpGet := .http_get -}}
{{- if not (kindIs "invalid" $httpGet.port) -}}
{{- dict "v" $httpGet.port | toJson -}}
{{- else -}}
{{- dict "v" (include "checkout.probePort" .root) | toJson -}}
{{- end -}}
{{- end }}

{{/* When the kubelet pulls the image. */}}
{{- define "checkout.imagePullPolicy" -}}
{{- if not (kindIs "invalid" .Values.image.pullPolicy) -}}
{{- .Values.image.pullPolicy -}}
{{- else -}}
{{- "IfNotPresent" -}}
{{- end -}}
{{- end }}

{{/* The image in one piece; the digest wins where both are given, and the tag stays for readers. */}}
{{- define "checkout.imageReference" -}}
{{- $reference := .Values.image.repository -}}
{{- if .Values.image.tag -}}
{{- $reference = printf "%s:%s" $reference .Values.image.tag -}}
{{- end -}}
{{- if .Values.image.digest -}}
{{- $reference = printf "%s@%s" $reference .Values.image.digest -}}
{{- end -}}
{{- $reference -}}
{{- end }}

{{/* Whether a resource is counted in bytes. */}}
{{- define "checkout.isBytes" -}}
{{- $resource := .resource -}}
{{- if or (has $resource (list "memory" "ephemeral-storage")) (hasPrefix "hugepages-" $resource) -}}true{{- end -}}
{{- end }}

{{/* Whether an amount is written in thousandths or less, or is no whole number of bytes. */}}
{{- define "checkout.isFractionOfAByte" -}}
{{- $amount := .amount -}}
{{- if or (or (hasSuffix "m" $amount) (hasSuffix "u" $amount) (hasSuffix "n" $amount)) (ne (int64 (include "checkout.quantityMilli" (dict "root" .root "quantity" $amount))) (mul (int64 (include "checkout.quantityBytes" (dict "root" .root "quantity" $amount))) 1000)) -}}true{{- end -}}
{{- end }}

{{/* Whether a number or percentage is nothing. */}}
{{- define "checkout.isZero" -}}
{{- $value := .value -}}
{{- if eq (atoi (trimSuffix "%" (include "checkout.text" $value))) 0 -}}true{{- end -}}
{{- end }}

{{/* Pods of the lowest count that the budget keeps; percentages of both kinds are rounded up. */}}
{{- define "checkout.keptReplicas" -}}
{{- $count := int64 (include "checkout.lowestReplicas" .) -}}
{{- sub $count (min $count (int64 (include "checkout.shareUp" (dict "root" . "value" (fromJson (include "checkout.disruptionMaxUnavailable" .)).v "total" $count)))) -}}
{{- end }}

{{/* The field whose label of this key is printed already; nothing when the key is free. */}}
{{- define "checkout.labelField" -}}
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
{{- if and (eq $key "app.kubernetes.io/version") (ne (include "checkout.versionLabel" .root) "") -}}
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
{{- define "checkout.letsIn" -}}
{{- $portName := .port_name -}}
{{- $any1 := false -}}
{{- range $_name, $peer := .root.Values.network.allowFrom -}}
{{- if include "checkout.allowsPort" (dict "root" $.root "peer" $peer "port_name" $portName) -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- end }}

{{/* Failures that keep liveness from tripping before readiness, and from killing a start that is in order. */}}
{{- define "checkout.livenessFailureThreshold" -}}
{{- if not (kindIs "invalid" .Values.probes.liveness.failureThreshold) -}}
{{- int64 .Values.probes.liveness.failureThreshold -}}
{{- else -}}
{{- $period := int64 (include "checkout.livenessPeriodSeconds" .) -}}
{{- $afterReadiness := add (int64 (include "checkout.ceilDiv" (dict "root" . "number" (max 0 (sub (int64 (include "checkout.readinessDetectionSeconds" .)) (int64 (include "checkout.livenessTimeoutSeconds" .)))) "divisor" $period))) 1 -}}
{{- $afterStart := add (int64 (include "checkout.ceilDiv" (dict "root" . "number" (max 0 (sub (int64 (include "checkout.livenessStartRoomSeconds" .)) 0)) "divisor" $period))) 1 -}}
{{- max 3 $afterReadiness $afterStart -}}
{{- end -}}
{{- end }}

{{/* Seconds between liveness probes. */}}
{{- define "checkout.livenessPeriodSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.liveness.periodSeconds) -}}
{{- int64 .Values.probes.liveness.periodSeconds -}}
{{- else -}}
{{- 10 -}}
{{- end -}}
{{- end }}

{{/* Seconds of a start that liveness must wait out: the slowest one when no start-up probe holds it back. */}}
{{- define "checkout.livenessStartRoomSeconds" -}}
{{- if include "checkout.probeEnabled" (dict "root" . "probe" .Values.probes.startup) -}}
{{- 0 -}}
{{- else -}}
{{- int64 .Values.startup.slowestSeconds -}}
{{- end -}}
{{- end }}

{{/* Seconds after which a liveness probe has failed: as patient as readiness, at most the period. */}}
{{- define "checkout.livenessTimeoutSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.liveness.timeoutSeconds) -}}
{{- int64 .Values.probes.liveness.timeoutSeconds -}}
{{- else -}}
{{- min (max 2 (int64 (include "checkout.readinessTimeoutSeconds" .))) (int64 (include "checkout.livenessPeriodSeconds" .)) -}}
{{- end -}}
{{- end }}

{{/* The fewest pods that ever run on purpose. */}}
{{- define "checkout.lowestReplicas" -}}
{{- if .Values.autoscaling.enabled -}}
{{- int64 (include "checkout.minimumReplicas" .) -}}
{{- else -}}
{{- int64 .Values.replicas -}}
{{- end -}}
{{- end }}

{{/* Whether a Service shows a port of the main container, unless it lists its ports. */}}
{{- define "checkout.mainPortInService" -}}
{{- $port := .port -}}
{{- if not (kindIs "invalid" $port.inService) -}}
{{- if $port.inService -}}true{{- end -}}
{{- else -}}
{{- "true" -}}
{{- end -}}
{{- end }}

{{/* The memory limit of the main container in bytes; 0 without one. */}}
{{- define "checkout.memoryLimitBytes" -}}
{{- $limits := (fromJson (include "checkout.resourceLimits" .)).v -}}
{{- if hasKey $limits "memory" -}}
{{- int64 (include "checkout.quantityBytes" (dict "root" . "quantity" (index $limits "memory"))) -}}
{{- else -}}
{{- 0 -}}
{{- end -}}
{{- end }}

{{/* Pods that the autoscaler keeps at least. */}}
{{- define "checkout.minimumReplicas" -}}
{{- if not (kindIs "invalid" .Values.autoscaling.minReplicas) -}}
{{- int64 .Values.autoscaling.minReplicas -}}
{{- else -}}
{{- int64 .Values.replicas -}}
{{- end -}}
{{- end }}

{{/* The resource that the autoscaler measures and the container does not request; "" when there is none. */}}
{{- define "checkout.missingRequest" -}}
{{- if not (not .Values.autoscaling.enabled) -}}
{{- if and (ne (int64 (include "checkout.autoscalingCpu" .)) 0) (not (include "checkout.requestsResource" .)) -}}
{{- "cpu" -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Protocol of a port on the other side. */}}
{{- define "checkout.otherPortProtocol" -}}
{{- $networkPort := .network_port -}}
{{- if not (kindIs "invalid" $networkPort.protocol) -}}
{{- $networkPort.protocol -}}
{{- else -}}
{{- "TCP" -}}
{{- end -}}
{{- end }}

{{/* A port of the pods: as it is given, but by its number where running pods may not have the name. */}}
{{- define "checkout.ownPort" -}}
{{- $networkPort := .network_port -}}
{{- $port := $networkPort.port -}}
{{- if and (not (kindIs "invalid" .root.Values.selector)) (kindIs "string" $networkPort.port) -}}
{{- range $_, $number := (fromJson (include "checkout.portsNamed" (dict "root" .root "port_name" (printf "%s" (include "checkout.text" $networkPort.port))))).v -}}
{{- $port = int64 $number -}}
{{- end -}}
{{- end -}}
{{- dict "v" $port | toJson -}}
{{- end }}

{{/* Protocol of a port of the pods: what the port of this name or number says, else TCP. */}}
{{- define "checkout.ownPortProtocol" -}}
{{- $networkPort := .network_port -}}
{{- if not (kindIs "invalid" $networkPort.protocol) -}}
{{- $networkPort.protocol -}}
{{- else -}}
{{- $protocol := "TCP" -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if or (eq (printf "%s" (include "checkout.text" $networkPort.port)) $name) (eq (printf "%s" (include "checkout.text" $networkPort.port)) (printf "%d" (int64 $port.port))) -}}
{{- $protocol = include "checkout.portProtocol" (dict "root" $.root "port" $port) -}}
{{- end -}}
{{- end -}}
{{- $protocol -}}
{{- end -}}
{{- end }}

{{/* The number of a percentage. */}}
{{- define "checkout.percent" -}}
{{- $value := .value -}}
{{- atoi (trimSuffix "%" (include "checkout.text" $value)) -}}
{{- end }}

{{/* Transport protocol of a port. */}}
{{- define "checkout.portProtocol" -}}
{{- $port := .port -}}
{{- if not (kindIs "invalid" $port.protocol) -}}
{{- $port.protocol -}}
{{- else -}}
{{- "TCP" -}}
{{- end -}}
{{- end }}

{{/* Whether two ports of a pod cannot both be: the same name, or the same number and protocol. */}}
{{- define "checkout.portsClash" -}}
{{- $port := .port -}}
{{- $name := .name -}}
{{- $otherPort := .other_port -}}
{{- $other := .other -}}
{{- if or (eq $name $other) (and (eq (int64 $port.port) (int64 $otherPort.port)) (eq (include "checkout.portProtocol" (dict "root" .root "port" $port)) (include "checkout.portProtocol" (dict "root" .root "port" $otherPort)))) -}}true{{- end -}}
{{- end }}

{{/* Numbers of the ports of a name in the main container and in the sidecars. */}}
{{- define "checkout.portsNamed" -}}
{{- $portName := .port_name -}}
{{- $numbers := list -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if eq $name $portName -}}
{{- $numbers = append $numbers (int64 $port.port) -}}
{{- end -}}
{{- end -}}
{{- dict "v" $numbers | toJson -}}
{{- end }}

{{/* The ports of a container in words. */}}
{{- define "checkout.portsText" -}}
{{- $ports := "" -}}
{{- range $name, $port := .Values.ports -}}
{{- $ports = printf "%s%s" $ports (printf ", %s %d" $name (int64 $port.port)) -}}
{{- end -}}
{{- trimPrefix ", " $ports -}}
{{- end }}

{{/* Whether one of our own labels is printed, which an adopted selector may already hold. */}}
{{- define "checkout.printsLabel" -}}
{{- $key := .key -}}
{{- if or (kindIs "invalid" .root.Values.selector) (not (hasKey .root.Values.selector $key)) -}}true{{- end -}}
{{- end }}

{{/* Whether a probe is there: when it says how to ask, or the container has a port to ask. */}}
{{- define "checkout.probeEnabled" -}}
{{- $probe := .probe -}}
{{- if not (kindIs "invalid" $probe.enabled) -}}
{{- if $probe.enabled -}}true{{- end -}}
{{- else -}}
{{- if or (not (kindIs "invalid" $probe.httpGet)) (not (empty (fromJson (include "checkout.tcpPorts" .root)).v)) -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Seconds between the probes that stand at a path; Kubernetes' default is 10. */}}
{{- define "checkout.probePeriod" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- if eq $at "probes.startup." -}}
{{- int64 (include "checkout.startupPeriodSeconds" .root) -}}
{{- else -}}
{{- if eq $at "probes.liveness." -}}
{{- int64 (include "checkout.livenessPeriodSeconds" .root) -}}
{{- else -}}
{{- if eq $at "probes.readiness." -}}
{{- int64 (include "checkout.readinessPeriodSeconds" .root) -}}
{{- else -}}
{{- int64 (or $probe.periodSeconds 10) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Name of the port to ask when a probe does not say: `http`, else the only one; "" when that is no choice. */}}
{{- define "checkout.probePort" -}}
{{- $count := 0 -}}
{{- $only := "" -}}
{{- range $_, $name := (fromJson (include "checkout.tcpPorts" .)).v -}}
{{- $count = add $count 1 -}}
{{- $only = printf "%s%s" $only $name -}}
{{- end -}}
{{- if eq $count 1 -}}
{{- $only -}}
{{- else -}}
{{- $any1 := false -}}
{{- range $_, $name := (fromJson (include "checkout.tcpPorts" .)).v -}}
{{- if eq $name "http" -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- ternary "http" "" $any1 -}}
{{- end -}}
{{- end }}

{{/* Seconds after which the probes that stand at a path have failed; Kubernetes' default is 1. */}}
{{- define "checkout.probeTimeout" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- if eq $at "probes.startup." -}}
{{- int64 (include "checkout.startupTimeoutSeconds" .root) -}}
{{- else -}}
{{- if eq $at "probes.liveness." -}}
{{- int64 (include "checkout.livenessTimeoutSeconds" .root) -}}
{{- else -}}
{{- if eq $at "probes.readiness." -}}
{{- int64 (include "checkout.readinessTimeoutSeconds" .root) -}}
{{- else -}}
{{- int64 (or $probe.timeoutSeconds 1) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Seconds without progress after which a rollout is reported as failed; it never rolls back by itself. */}}
{{- define "checkout.progressDeadlineSeconds" -}}
{{- if not (kindIs "invalid" .Values.rollout.progressDeadlineSeconds) -}}
{{- int64 .Values.rollout.progressDeadlineSeconds -}}
{{- else -}}
{{- max 600 (add (int64 (include "checkout.firstProgressSeconds" .)) 300) -}}
{{- end -}}
{{- end }}

{{/* A quantity in whole units, such as bytes of memory. */}}
{{- define "checkout.quantityBytes" -}}
{{- $quantity := .quantity -}}
{{- int64 (include "checkout.quantityParts" (dict "root" .root "quantity" $quantity "parts" 1)) -}}
{{- end }}

{{/* Thousandths of a quantity, such as millicores of a CPU. */}}
{{- define "checkout.quantityMilli" -}}
{{- $quantity := .quantity -}}
{{- int64 (include "checkout.quantityParts" (dict "root" .root "quantity" $quantity "parts" 1000)) -}}
{{- end }}

{{/* A quantity in so many parts of its unit, rounded up. */}}
{{- define "checkout.quantityParts" -}}
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
{{- define "checkout.readOnlyRootFilesystem" -}}
{{- if not (kindIs "invalid" .Values.security.readOnlyRootFilesystem) -}}
{{- if .Values.security.readOnlyRootFilesystem -}}true{{- end -}}
{{- else -}}
{{- if include "checkout.rootIsReadOnly" . -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* Seconds that readiness needs at most to see that a pod cannot serve; 0 without the probe. */}}
{{- define "checkout.readinessDetectionSeconds" -}}
{{- if not (include "checkout.probeEnabled" (dict "root" . "probe" .Values.probes.readiness)) -}}
{{- 0 -}}
{{- else -}}
{{- add (mul (int64 (include "checkout.readinessFailureThreshold" .)) (int64 (include "checkout.readinessPeriodSeconds" .))) (int64 (include "checkout.readinessTimeoutSeconds" .)) -}}
{{- end -}}
{{- end }}

{{/* Failures after which a pod gets no traffic. */}}
{{- define "checkout.readinessFailureThreshold" -}}
{{- if not (kindIs "invalid" .Values.probes.readiness.failureThreshold) -}}
{{- int64 .Values.probes.readiness.failureThreshold -}}
{{- else -}}
{{- 3 -}}
{{- end -}}
{{- end }}

{{/* Seconds between readiness probes. */}}
{{- define "checkout.readinessPeriodSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.readiness.periodSeconds) -}}
{{- int64 .Values.probes.readiness.periodSeconds -}}
{{- else -}}
{{- 5 -}}
{{- end -}}
{{- end }}

{{/* Seconds after which a readiness probe has failed, at most the period. */}}
{{- define "checkout.readinessTimeoutSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.readiness.timeoutSeconds) -}}
{{- int64 .Values.probes.readiness.timeoutSeconds -}}
{{- else -}}
{{- min 2 (int64 (include "checkout.readinessPeriodSeconds" .)) -}}
{{- end -}}
{{- end }}

{{/* Whether a value may name other variables; such values are printed after the others. */}}
{{- define "checkout.refersToVariables" -}}
{{- $variable := .variable -}}
{{- if and (not (kindIs "invalid" $variable.value)) (contains "$(" $variable.value) -}}true{{- end -}}
{{- end }}

{{/* Whether a container requests a resource; the API server takes a limit for a request that is missing. */}}
{{- define "checkout.requestsResource" -}}
{{- if or (hasKey (fromJson (include "checkout.resourceRequests" .)).v "cpu") (hasKey (fromJson (include "checkout.resourceLimits" .)).v "cpu") -}}true{{- end -}}
{{- end }}

{{/* What the kernel enforces: memory, never below the request; no CPU limit, which would only slow down. */}}
{{- define "checkout.resourceLimits" -}}
{{- if not (kindIs "invalid" .Values.resources.limits) -}}
{{- dict "v" .Values.resources.limits | toJson -}}
{{- else -}}
{{- $requests := (fromJson (include "checkout.resourceRequests" .)).v -}}
{{- $memory := "256Mi" -}}
{{- if and (hasKey $requests "memory") (gt (int64 (include "checkout.quantityBytes" (dict "root" . "quantity" (index $requests "memory")))) 268435456) -}}
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
{{- define "checkout.resourceRequests" -}}
{{- if not (kindIs "invalid" .Values.resources.requests) -}}
{{- dict "v" .Values.resources.requests | toJson -}}
{{- else -}}
{{- $cpu := "100m" -}}
{{- $memory := "128Mi" -}}
{{- if not (kindIs "invalid" .Values.resources.limits) -}}
{{- if and (hasKey .Values.resources.limits "cpu") (lt (int64 (include "checkout.quantityMilli" (dict "root" . "quantity" (index .Values.resources.limits "cpu")))) (int64 (include "checkout.quantityMilli" (dict "root" . "quantity" $cpu)))) -}}
{{- $cpu = index .Values.resources.limits "cpu" -}}
{{- end -}}
{{- if and (hasKey .Values.resources.limits "memory") (lt (int64 (include "checkout.quantityBytes" (dict "root" . "quantity" (index .Values.resources.limits "memory")))) (int64 (include "checkout.quantityBytes" (dict "root" . "quantity" $memory)))) -}}
{{- $memory = index .Values.resources.limits "memory" -}}
{{- end -}}
{{- end -}}
{{- dict "v" (dict "cpu" $cpu "memory" $memory) | toJson -}}
{{- end -}}
{{- end }}

{{/* Whether containers see their image read-only, unless one says otherwise. */}}
{{- define "checkout.rootIsReadOnly" -}}
{{- if not (kindIs "invalid" .Values.security.readOnlyRootFilesystem) -}}
{{- if .Values.security.readOnlyRootFilesystem -}}true{{- end -}}
{{- else -}}
{{- "true" -}}
{{- end -}}
{{- end }}

{{/* Whether the kubelet refuses to start a process as root. */}}
{{- define "checkout.runAsNonRoot" -}}
{{- if not (kindIs "invalid" .Values.security.runAsNonRoot) -}}
{{- if .Values.security.runAsNonRoot -}}true{{- end -}}
{{- else -}}
{{- if eq .Values.security.podSecurity "restricted" -}}true{{- end -}}
{{- end -}}
{{- end }}

{{/* The filter of system calls; none under podSecurity privileged. */}}
{{- define "checkout.seccompProfile" -}}
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
{{- define "checkout.selectorLabels" -}}
{{- if not (kindIs "invalid" .Values.selector) -}}
{{- dict "v" .Values.selector | toJson -}}
{{- else -}}
{{- dict "v" (dict "app.kubernetes.io/name" (include "checkout.name" .) "app.kubernetes.io/instance" .Release.Name) | toJson -}}
{{- end -}}
{{- end }}

{{/* Name of the ServiceAccount of the pods; `default` is there in every namespace. */}}
{{- define "checkout.serviceAccountName" -}}
{{- if not (kindIs "invalid" .Values.serviceAccount.name) -}}
{{- .Values.serviceAccount.name -}}
{{- else -}}
{{- $one1 := "" -}}
{{- if .Values.serviceAccount.create -}}
{{- $one1 = include "checkout.fullname" . -}}
{{- else -}}
{{- $one1 = "default" -}}
{{- end -}}
{{- $one1 -}}
{{- end -}}
{{- end }}

{{/* Name of the service's own Service. */}}
{{- define "checkout.serviceName" -}}
{{- if not (kindIs "invalid" .Values.service.name) -}}
{{- .Values.service.name -}}
{{- else -}}
{{- include "checkout.fullname" . -}}
{{- end -}}
{{- end }}

{{/* Whether there is the service's own Service: there is none without a port to show. */}}
{{- define "checkout.serviceNeeded" -}}
{{- if and .Values.service.enabled (not (empty (fromJson (include "checkout.servicePortNames" (dict "root" . "service" .Values.service))).v)) -}}true{{- end -}}
{{- end }}

{{/* Number of a port in a Service. */}}
{{- define "checkout.servicePort" -}}
{{- $port := .port -}}
{{- if not (kindIs "invalid" $port.servicePort) -}}
{{- int64 $port.servicePort -}}
{{- else -}}
{{- int64 $port.port -}}
{{- end -}}
{{- end }}

{{/* Names of the ports that a Service shows: those it lists, else every port with inService. */}}
{{- define "checkout.servicePortNames" -}}
{{- $service := .service -}}
{{- if not (kindIs "invalid" $service.ports) -}}
{{- dict "v" $service.ports | toJson -}}
{{- else -}}
{{- $names := list -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if include "checkout.mainPortInService" (dict "root" $.root "port" $port) -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- dict "v" $names | toJson -}}
{{- end -}}
{{- end }}

{{/* How a Service is reached. */}}
{{- define "checkout.serviceType" -}}
{{- $service := .service -}}
{{- if not (kindIs "invalid" $service.type) -}}
{{- $service.type -}}
{{- else -}}
{{- "ClusterIP" -}}
{{- end -}}
{{- end }}

{{/* A number, or a percentage of `total` rounded up. */}}
{{- define "checkout.shareUp" -}}
{{- $value := .value -}}
{{- $total := .total -}}
{{- $one1 := "" -}}
{{- if kindIs "string" $value -}}
{{- $one1 = int64 (include "checkout.ceilDiv" (dict "root" .root "number" (mul (atoi (trimSuffix "%" (include "checkout.text" $value))) $total) "divisor" 100)) -}}
{{- else -}}
{{- $one1 = atoi (include "checkout.text" $value) -}}
{{- end -}}
{{- $one1 -}}
{{- end }}

{{/* Number and protocol of every port that a Service shows, such as 80/TCP. */}}
{{- define "checkout.shownAddresses" -}}
{{- $service := .service -}}
{{- $addresses := list -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if include "checkout.showsPort" (dict "root" $.root "service" $service "port_name" $name) -}}
{{- $addresses = append $addresses (printf "%d/%s" (int64 (include "checkout.servicePort" (dict "root" $.root "port" $port))) (include "checkout.portProtocol" (dict "root" $.root "port" $port))) -}}
{{- end -}}
{{- end -}}
{{- dict "v" $addresses | toJson -}}
{{- end }}

{{/* Whether a Service shows the port of a name. */}}
{{- define "checkout.showsPort" -}}
{{- $service := .service -}}
{{- $portName := .port_name -}}
{{- $any1 := false -}}
{{- range $_, $name := (fromJson (include "checkout.servicePortNames" (dict "root" .root "service" $service))).v -}}
{{- if eq $name $portName -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if $any1 -}}true{{- end -}}
{{- end }}

{{/* Bytes that an option says behind a flag, the last of several; 0 when there is none. */}}
{{- define "checkout.sizeIn" -}}
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

{{/* What the scheduler does when it cannot keep the skew. */}}
{{- define "checkout.spreadAction" -}}
{{- $strength := .strength -}}
{{- ternary "DoNotSchedule" "ScheduleAnyway" (eq $strength "hard") -}}
{{- end }}

{{/* Whether the pods spread over anything. */}}
{{- define "checkout.spreads" -}}
{{- if or (ne .Values.placement.spread.zones "none") (ne .Values.placement.spread.hosts "none") -}}true{{- end -}}
{{- end }}

{{/* Seconds after which a start has succeeded or is given up: that of the probe, else the slowest start declared. */}}
{{- define "checkout.startupBudgetSeconds" -}}
{{- if not (include "checkout.probeEnabled" (dict "root" . "probe" .Values.probes.startup)) -}}
{{- int64 .Values.startup.slowestSeconds -}}
{{- else -}}
{{- add (add 0 (mul (int64 (include "checkout.startupFailureThreshold" .)) (int64 (include "checkout.startupPeriodSeconds" .)))) (int64 (include "checkout.startupTimeoutSeconds" .)) -}}
{{- end -}}
{{- end }}

{{/* Failures that leave room for the slowest start: guaranteed is initialDelay + (threshold - 1) * period. */}}
{{- define "checkout.startupFailureThreshold" -}}
{{- if not (kindIs "invalid" .Values.probes.startup.failureThreshold) -}}
{{- int64 .Values.probes.startup.failureThreshold -}}
{{- else -}}
{{- add (int64 (include "checkout.ceilDiv" (dict "root" . "number" (max 0 (sub .Values.startup.slowestSeconds 0)) "divisor" (int64 (include "checkout.startupPeriodSeconds" .))))) 1 -}}
{{- end -}}
{{- end }}

{{/* Seconds between start-up probes: a fifth of a normal start, from 1 to 10. */}}
{{- define "checkout.startupPeriodSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.startup.periodSeconds) -}}
{{- int64 .Values.probes.startup.periodSeconds -}}
{{- else -}}
{{- min 10 (max 1 (div .Values.startup.expectedSeconds 5)) -}}
{{- end -}}
{{- end }}

{{/* Seconds after which a start-up probe has failed, at most the period. */}}
{{- define "checkout.startupTimeoutSeconds" -}}
{{- if not (kindIs "invalid" .Values.probes.startup.timeoutSeconds) -}}
{{- int64 .Values.probes.startup.timeoutSeconds -}}
{{- else -}}
{{- min 2 (int64 (include "checkout.startupPeriodSeconds" .)) -}}
{{- end -}}
{{- end }}

{{/* Whether a port of the service speaks TCP. */}}
{{- define "checkout.takesConnections" -}}
{{- $portName := .port_name -}}
{{- $any1 := false -}}
{{- range $name, $port := .root.Values.ports -}}
{{- if and (eq $name $portName) (ne (include "checkout.portProtocol" (dict "root" $.root "port" $port)) "TCP") -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- if not $any1 -}}true{{- end -}}
{{- end }}

{{/* How a Service finds a port of the pods: by its name, or by its number where running pods may not have the name. */}}
{{- define "checkout.targetPort" -}}
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
{{- define "checkout.tcpPorts" -}}
{{- $names := list -}}
{{- range $name, $port := .Values.ports -}}
{{- if eq (include "checkout.portProtocol" (dict "root" $ "port" $port)) "TCP" -}}
{{- $names = append $names $name -}}
{{- end -}}
{{- end -}}
{{- dict "v" $names | toJson -}}
{{- end }}

{{/* The text that the spec gives a variable; "" when it comes from elsewhere, or from nowhere. */}}
{{- define "checkout.variableText" -}}
{{- $name := .name -}}
{{- if hasKey .root.Values.env $name -}}
{{- or (index .root.Values.env $name).value "" -}}
{{- end -}}
{{- end }}

{{/* The label app.kubernetes.io/version: the tag, where there is one and a label may hold it. */}}
{{- define "checkout.versionLabel" -}}
{{- $tag := or .Values.image.tag "" -}}
{{- if not (or (gt (int64 (len (splitList "" $tag))) 63) (hasPrefix "_" $tag) (or (hasSuffix "_" $tag) (hasSuffix "-" $tag) (hasSuffix "." $tag))) -}}
{{- $tag -}}
{{- end -}}
{{- end }}

{{/* What happens when a pod cannot be spread over zones. */}}
{{- define "checkout.zoneSpreadAction" -}}
{{- include "checkout.spreadAction" (dict "root" . "strength" .Values.placement.spread.zones) -}}
{{- end }}
