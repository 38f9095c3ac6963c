{{- define "checkout.refuse" -}}
{{- $refused := list -}}
{{- range $key, $entry := $.Values.labels -}}
{{- with include "checkout.labelTaken" (dict "root" $ "key" $key) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "remove it here, or change the field that prints it") -}}
{{- end -}}
{{- end -}}
{{- with include "checkout.imageWithoutVersion" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name a version, such as :1.4.2, or a digest") -}}
{{- end -}}
{{- range $key, $entry := $.Values.ports -}}
{{- with include "checkout.portTaken" (dict "root" $ "port" $entry "name" $key "at" (include "checkout.path" (list "ports" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "the containers of a pod share one network: change the number, or give the port another name") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.env -}}
{{- with include "checkout.variableNotYetDefined" (dict "root" $ "variable" $entry "name" $key "at" (include "checkout.path" (list "env" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "values with $( are printed last, in the order of their names: rename one, or write its value out; $$( is a plain $(") -}}
{{- end -}}
{{- end -}}
{{- with include "checkout.requestAboveLimit" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise the limit, or lower the request") -}}
{{- end -}}
{{- with include "checkout.memoryInThousandthsOfAByte" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write Mi for mebibytes: 512Mi") -}}
{{- end -}}
{{- with include "checkout.javaToolOptionsAboveLimit" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "lower -Xmx, raise the limit, or leave the variable to `runtime: jvm`") -}}
{{- end -}}
{{- with include "checkout.goMemoryLimitAboveLimit" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "lower it, raise the limit, or leave the variable to `runtime: go`") -}}
{{- end -}}
{{- with include "checkout.nodeOptionsAboveLimit" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "lower it, raise the limit, or leave the variable to `runtime: node`") -}}
{{- end -}}
{{- with include "checkout.rootAllowedUnderRestricted" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or meet a weaker standard: podSecurity: baseline") -}}
{{- end -}}
{{- with include "checkout.privilegeEscalationAgainstStandard" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out, or meet a weaker standard: podSecurity: baseline") -}}
{{- end -}}
{{- with include "checkout.capabilitiesKeptUnderRestricted" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out and add what the process needs to addCapabilities") -}}
{{- end -}}
{{- with include "checkout.systemCallsUnconfined" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "leave it out for RuntimeDefault, or name a Localhost profile") -}}
{{- end -}}
{{- with include "checkout.rolloutCannotMove" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise one of them: maxSurge adds a pod first, maxUnavailable takes one away first") -}}
{{- end -}}
{{- with include "checkout.defaultProbePortUnclear" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- with include "checkout.probePortUnclear" (dict "root" $ "probe" $.Values.probes.liveness "at" (include "checkout.path" (list "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- with include "checkout.probePortUnclear" (dict "root" $ "probe" $.Values.probes.readiness "at" (include "checkout.path" (list "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- with include "checkout.probePortUnclear" (dict "root" $ "probe" $.Values.probes.startup "at" (include "checkout.path" (list "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give the probe a handler with its port, name a port http, or switch the probe off with false") -}}
{{- end -}}
{{- with include "checkout.probeWithoutPort" (dict "root" $ "probe" $.Values.probes.liveness "at" (include "checkout.path" (list "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- with include "checkout.probeWithoutPort" (dict "root" $ "probe" $.Values.probes.readiness "at" (include "checkout.path" (list "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- with include "checkout.probeWithoutPort" (dict "root" $ "probe" $.Values.probes.startup "at" (include "checkout.path" (list "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare a port, or ask the process itself: `exec: {command: [...]}`") -}}
{{- end -}}
{{- with include "checkout.probePortUndeclared" (dict "root" $ "probe" $.Values.probes.liveness "at" (include "checkout.path" (list "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- with include "checkout.probePortUndeclared" (dict "root" $ "probe" $.Values.probes.readiness "at" (include "checkout.path" (list "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "declare the port under `ports`, with inService: false when no Service is to show it") -}}
{{- end -}}
{{- with include "checkout.probeTimeoutOverPeriod" (dict "root" $ "probe" $.Values.probes.liveness "at" (include "checkout.path" (list "probes" "liveness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- with include "checkout.probeTimeoutOverPeriod" (dict "root" $ "probe" $.Values.probes.readiness "at" (include "checkout.path" (list "probes" "readiness"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- with include "checkout.probeTimeoutOverPeriod" (dict "root" $ "probe" $.Values.probes.startup "at" (include "checkout.path" (list "probes" "startup"))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise periodSeconds, or lower timeoutSeconds") -}}
{{- end -}}
{{- with include "checkout.startupProbeTooShort" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise failureThreshold, or leave it out and it is computed; or lower startup.slowestSeconds") -}}
{{- end -}}
{{- with include "checkout.livenessKillsSlowStart" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "switch the start-up probe on, or leave failureThreshold out and it is computed; or lower startup.slowestSeconds") -}}
{{- end -}}
{{- with include "checkout.servicePortMissing" (dict "root" $ "service" $.Values.service) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name ports of the main container or of a sidecar") -}}
{{- end -}}
{{- with include "checkout.servicePortTaken" (dict "root" $ "service" $.Values.service) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "give one of them another servicePort") -}}
{{- end -}}
{{- with include "checkout.gracePeriodTooShort" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise gracePeriodSeconds, or leave it out and it is computed") -}}
{{- end -}}
{{- with include "checkout.unavailableOverAll" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write 100% at most") -}}
{{- end -}}
{{- with include "checkout.deadlineBeforeStart" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise progressDeadlineSeconds, or leave it out and it is computed") -}}
{{- end -}}
{{- with include "checkout.startSlowerThanTheSlowest" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise slowestSeconds to the slowest start that is still in order, or lower expectedSeconds") -}}
{{- end -}}
{{- with include "checkout.budgetBlocksDrains" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "use maxUnavailable: 1, or run more pods") -}}
{{- end -}}
{{- with include "checkout.disruptionOverAll" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write 100% at most") -}}
{{- end -}}
{{- with include "checkout.autoscalingWithoutMaximum" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add `maxReplicas:`, the most pods you would pay for") -}}
{{- end -}}
{{- with include "checkout.autoscalingMaximumBelowMinimum" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise maxReplicas or lower minReplicas (replicas, unless given)") -}}
{{- end -}}
{{- with include "checkout.scaleToZeroUnsupported" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "set autoscaling.minReplicas to 1 or more") -}}
{{- end -}}
{{- with include "checkout.scaleFromZeroUnseen" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add a metric of type External or Object, or set autoscaling.minReplicas to 1 or more") -}}
{{- end -}}
{{- with include "checkout.autoscalingWithoutRequest" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "request it: the autoscaler measures use in percent of the request") -}}
{{- end -}}
{{- with include "checkout.exposeWithoutHosts" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add `hosts: {HOST: {paths: {/: http}}}`") -}}
{{- end -}}
{{- range $key, $entry := $.Values.expose.hosts -}}
{{- with include "checkout.hostWithoutPaths" (dict "root" $ "host" $entry "at" (include "checkout.path" (list "expose" "hosts" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "add `paths: {/: http}`") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.expose.hosts -}}
{{- with include "checkout.pathToNoPort" (dict "root" $ "host" $entry "at" (include "checkout.path" (list "expose" "hosts" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name a port that a Service shows") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.expose.hosts -}}
{{- with include "checkout.exposedPortClosed" (dict "root" $ "host" $entry "at" (include "checkout.path" (list "expose" "hosts" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "let the ingress controller in: `allowFrom: {gateway: {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: NAMESPACE}}}}`") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.network.allowFrom -}}
{{- with include "checkout.allowedPortMissing" (dict "root" $ "peer" $entry "at" (include "checkout.path" (list "network" "allowFrom" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name a port of the service, or write its number") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.network.allowTo -}}
{{- with include "checkout.outsidePortByName" (dict "root" $ "peer" $entry "at" (include "checkout.path" (list "network" "allowTo" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "write its number") -}}
{{- end -}}
{{- end -}}
{{- if $refused -}}{{- fail (join "\n" $refused) -}}{{- end -}}
{{- end }}

{{/* A policy that opens a port which is not there opens nothing. */}}
{{- define "checkout.allowedPortMissing" -}}
{{- $peer := .peer -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- if kindIs "invalid" $peer.ports -}}
{{- $message -}}
{{- else -}}
{{- range $_, $networkPort := $peer.ports -}}
{{- if and (kindIs "string" $networkPort.port) (not (fromJson (include "checkout.portsNamed" (dict "root" $.root "port_name" (printf "%s" (include "checkout.text" $networkPort.port))))).v) -}}
{{- $message = printf "%sports names \"%s\", and no container has a port of that name" $at (include "checkout.text" $networkPort.port) -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end -}}
{{- end }}

{{/* The range must hold a number. */}}
{{- define "checkout.autoscalingMaximumBelowMinimum" -}}
{{- $highest := int64 (or .Values.autoscaling.maxReplicas (int64 (include "checkout.minimumReplicas" .))) -}}
{{- if and .Values.autoscaling.enabled (lt $highest (int64 (include "checkout.minimumReplicas" .))) -}}
{{- printf "autoscaling.maxReplicas (%d) is below autoscaling.minReplicas (%d)" $highest (int64 (include "checkout.minimumReplicas" .)) -}}
{{- end -}}
{{- end }}

{{/* Only the user knows how much is too much. */}}
{{- define "checkout.autoscalingWithoutMaximum" -}}
{{- if and .Values.autoscaling.enabled (kindIs "invalid" .Values.autoscaling.maxReplicas) -}}
{{- "autoscaling has no maxReplicas" -}}
{{- end -}}
{{- end }}

{{/* Use in percent needs something to be a percentage of. */}}
{{- define "checkout.autoscalingWithoutRequest" -}}
{{- if include "checkout.missingRequest" . -}}
{{- printf "autoscaling follows %s, and resources.requests has none" (include "checkout.missingRequest" .) -}}
{{- end -}}
{{- end }}

{{/* A budget that never allows an eviction blocks every node drain, for ever. */}}
{{- define "checkout.budgetBlocksDrains" -}}
{{- if not (or (not (include "checkout.disruptionBudgetNeeded" .)) (lt (int64 (include "checkout.keptReplicas" .)) (int64 (include "checkout.lowestReplicas" .)))) -}}
{{- $count := ternary "autoscaling.minReplicas" "replicas" .Values.autoscaling.enabled -}}
{{- printf "%s keeps all pods at %s %d: no node could ever be drained" (include "checkout.disruptionText" .) $count (int64 (include "checkout.lowestReplicas" .)) -}}
{{- end -}}
{{- end }}

{{/* Restricted containers drop every capability. */}}
{{- define "checkout.capabilitiesKeptUnderRestricted" -}}
{{- $either2 := ne .Values.security.podSecurity "restricted" -}}
{{- if not $either2 -}}
{{- $any1 := false -}}
{{- range $_, $capability := (fromJson (include "checkout.dropCapabilities" .)).v -}}
{{- if eq $capability "ALL" -}}
{{- $any1 = true -}}
{{- end -}}
{{- end -}}
{{- $either2 = $any1 -}}
{{- end -}}
{{- if not $either2 -}}
{{- "security.dropCapabilities does not hold ALL, which podSecurity restricted asks for" -}}
{{- end -}}
{{- end }}

{{/* A deadline within the time of a start that is in order reports healthy rollouts as failed. */}}
{{- define "checkout.deadlineBeforeStart" -}}
{{- $start := int64 (include "checkout.startupBudgetSeconds" .) -}}
{{- if not (gt (int64 (include "checkout.progressDeadlineSeconds" .)) (int64 (include "checkout.firstProgressSeconds" .))) -}}
{{- $stop := "" -}}
{{- if eq .Values.rollout.type "Recreate" -}}
{{- $stop = printf "shutdown %d s (rollout.type Recreate) + " (int64 (include "checkout.gracePeriodSeconds" .)) -}}
{{- end -}}
{{- printf "rollout.progressDeadlineSeconds (%d) is over before a start may be: %sstart-up %d s + rollout.minReadySeconds %d s" (int64 (include "checkout.progressDeadlineSeconds" .)) $stop $start (int64 .Values.rollout.minReadySeconds) -}}
{{- end -}}
{{- end }}

{{/* The probes that everybody gets need a port to ask; with several, only the user knows which one answers. */}}
{{- define "checkout.defaultProbePortUnclear" -}}
{{- $unclear := "" -}}
{{- if or (not .Values.ports) (ne (include "checkout.probePort" .) "") -}}
{{- $unclear -}}
{{- else -}}
{{- if include "checkout.asksUnnamedPort" (dict "root" . "probe" .Values.probes.startup) -}}
{{- $unclear = printf "%s%s" $unclear ", startup" -}}
{{- end -}}
{{- if and (not (not (kindIs "invalid" .Values.probes.liveness.httpGet))) (include "checkout.asksUnnamedPort" (dict "root" . "probe" .Values.probes.liveness)) -}}
{{- $unclear = printf "%s%s" $unclear ", liveness" -}}
{{- end -}}
{{- if and (not (not (kindIs "invalid" .Values.probes.readiness.httpGet))) (include "checkout.asksUnnamedPort" (dict "root" . "probe" .Values.probes.readiness)) -}}
{{- $unclear = printf "%s%s" $unclear ", readiness" -}}
{{- end -}}
{{- if eq $unclear "" -}}
{{- $unclear -}}
{{- else -}}
{{- printf "nothing says which port the probes ask (%s): %s" (trimPrefix ", " $unclear) (include "checkout.portsText" .) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* No more than all pods can be away. */}}
{{- define "checkout.disruptionOverAll" -}}
{{- if not (not (include "checkout.disruptionBudgetNeeded" .)) -}}
{{- if and (kindIs "string" (fromJson (include "checkout.disruptionMaxUnavailable" .)).v) (gt (int64 (include "checkout.percent" (dict "root" . "value" (fromJson (include "checkout.disruptionMaxUnavailable" .)).v))) 100) -}}
{{- printf "%s is more than all pods" (include "checkout.disruptionText" .) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Without a host the service would answer for every name of the cluster. */}}
{{- define "checkout.exposeWithoutHosts" -}}
{{- if and .Values.expose.enabled (not .Values.expose.hosts) -}}
{{- "expose has no hosts" -}}
{{- end -}}
{{- end }}

{{/* What is exposed must be let in. */}}
{{- define "checkout.exposedPortClosed" -}}
{{- $host := .host -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- range $path, $portName := $host.paths -}}
{{- if and $.root.Values.expose.enabled $.root.Values.network.enabled (not (include "checkout.letsIn" (dict "root" $.root "port_name" $portName))) -}}
{{- $message = printf "%spaths sends %s to the port \"%s\", and network.allowFrom lets nobody connect to it" $at $path $portName -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* A collector that aims above the limit is killed before it works harder. */}}
{{- define "checkout.goMemoryLimitAboveLimit" -}}
{{- $aim := int64 (include "checkout.sizeIn" (dict "root" . "options" (include "checkout.variableText" (dict "root" . "name" "GOMEMLIMIT")) "flag" "")) -}}
{{- if and (gt (int64 (include "checkout.memoryLimitBytes" .)) 0) (gt $aim (int64 (include "checkout.memoryLimitBytes" .))) -}}
{{- printf "env.GOMEMLIMIT is %d MiB, and the memory limit is %d MiB" (div (sub (add $aim 1048576) 1) 1048576) (div (int64 (include "checkout.memoryLimitBytes" .)) 1048576) -}}
{{- end -}}
{{- end }}

{{/* The kubelet kills at the end of the grace period, whatever the process is doing. */}}
{{- define "checkout.gracePeriodTooShort" -}}
{{- $grace := int64 (include "checkout.gracePeriodSeconds" .) -}}
{{- $pause := int64 (include "checkout.drainSeconds" .) -}}
{{- if lt $grace (add $pause .Values.shutdown.timeoutSeconds) -}}
{{- printf "shutdown.gracePeriodSeconds (%d) ends before the shutdown does: pause %d s + shutdown.timeoutSeconds %d s" $grace $pause (int64 .Values.shutdown.timeoutSeconds) -}}
{{- end -}}
{{- end }}

{{/* A host without paths leads nowhere. */}}
{{- define "checkout.hostWithoutPaths" -}}
{{- $host := .host -}}
{{- $at := .at -}}
{{- if and .root.Values.expose.enabled (not $host.paths) -}}
{{- printf "%spaths is empty" $at -}}
{{- end -}}
{{- end }}

{{/* A tag that moves lets two pods of one rollout run different code. */}}
{{- define "checkout.imageWithoutVersion" -}}
{{- if not .Values.image.digest -}}
{{- if not .Values.image.tag -}}
{{- printf "image (%s) names no version, which means latest" .Values.image.repository -}}
{{- else -}}
{{- if eq .Values.image.tag "latest" -}}
{{- printf "image (%s:latest) moves: two pods could run different code" .Values.image.repository -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* A heap that is larger than the limit ends in a kill, not in a collection. */}}
{{- define "checkout.javaToolOptionsAboveLimit" -}}
{{- $heap := int64 (include "checkout.sizeIn" (dict "root" . "options" (include "checkout.variableText" (dict "root" . "name" "JAVA_TOOL_OPTIONS")) "flag" "-Xmx")) -}}
{{- if and (gt (int64 (include "checkout.memoryLimitBytes" .)) 0) (gt $heap (int64 (include "checkout.memoryLimitBytes" .))) -}}
{{- printf "env.JAVA_TOOL_OPTIONS has a heap of %d MiB, and the memory limit is %d MiB" (div (sub (add $heap 1048576) 1) 1048576) (div (int64 (include "checkout.memoryLimitBytes" .)) 1048576) -}}
{{- end -}}
{{- end }}

{{/* A label has one value. */}}
{{- define "checkout.labelTaken" -}}
{{- $key := .key -}}
{{- $field := include "checkout.labelField" (dict "root" .root "key" $key) -}}
{{- if ne $field "" -}}
{{- printf "labels[%s] is printed for %s already" $key $field -}}
{{- end -}}
{{- end }}

{{/* Without a start-up probe liveness restarts a container that is still starting. */}}
{{- define "checkout.livenessKillsSlowStart" -}}
{{- $threshold := int64 (include "checkout.livenessFailureThreshold" .) -}}
{{- $period := int64 (include "checkout.livenessPeriodSeconds" .) -}}
{{- $room := add 0 (mul (sub $threshold 1) $period) -}}
{{- if and (include "checkout.probeEnabled" (dict "root" . "probe" .Values.probes.liveness)) (lt $room (int64 (include "checkout.livenessStartRoomSeconds" .))) -}}
{{- printf "probes.liveness leaves %d s for a start ((%d - 1) x %d s) without a start-up probe, and startup.slowestSeconds is %d" $room $threshold $period (int64 .Values.startup.slowestSeconds) -}}
{{- end -}}
{{- end }}

{{/* `m` is a thousandth: `512m` of memory is half a byte, and the container never starts. */}}
{{- define "checkout.memoryInThousandthsOfAByte" -}}
{{- $message := "" -}}
{{- range $name, $amount := (fromJson (include "checkout.resourceRequests" .)).v -}}
{{- if and (include "checkout.isBytes" (dict "root" $ "resource" $name)) (include "checkout.isFractionOfAByte" (dict "root" $ "amount" $amount)) -}}
{{- $message = printf "resources.requests.%s (%s) is no whole number of bytes" $name $amount -}}
{{- end -}}
{{- end -}}
{{- range $name, $amount := (fromJson (include "checkout.resourceLimits" .)).v -}}
{{- if and (include "checkout.isBytes" (dict "root" $ "resource" $name)) (include "checkout.isFractionOfAByte" (dict "root" $ "amount" $amount)) -}}
{{- $message = printf "resources.limits.%s (%s) is no whole number of bytes" $name $amount -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* A heap that is larger than the limit ends in a kill, not in a collection. */}}
{{- define "checkout.nodeOptionsAboveLimit" -}}
{{- $oldSpace := int64 (include "checkout.sizeIn" (dict "root" . "options" (include "checkout.variableText" (dict "root" . "name" "NODE_OPTIONS")) "flag" "--max-old-space-size=")) -}}
{{- if and (gt (int64 (include "checkout.memoryLimitBytes" .)) 0) (gt $oldSpace (div (int64 (include "checkout.memoryLimitBytes" .)) 1048576)) -}}
{{- printf "env.NODE_OPTIONS has an old space of %d MiB, and the memory limit is %d MiB" $oldSpace (div (int64 (include "checkout.memoryLimitBytes" .)) 1048576) -}}
{{- end -}}
{{- end }}

{{/* Names of ports belong to pods; an address, or everybody, has none. */}}
{{- define "checkout.outsidePortByName" -}}
{{- $peer := .peer -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- if kindIs "invalid" $peer.ports -}}
{{- $message -}}
{{- else -}}
{{- range $_, $networkPort := $peer.ports -}}
{{- if kindIs "string" $networkPort.port -}}
{{- $message = printf "%sports names \"%s\", and only pods have ports with names" $at (include "checkout.text" $networkPort.port) -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end -}}
{{- end }}

{{/* A path leads to a port that a Service shows. */}}
{{- define "checkout.pathToNoPort" -}}
{{- $host := .host -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- range $path, $portName := $host.paths -}}
{{- if not $.root.Values.expose.enabled -}}
{{- $message = "" -}}
{{- else -}}
{{- if not (fromJson (include "checkout.portsNamed" (dict "root" $.root "port_name" $portName))).v -}}
{{- $message = printf "%spaths sends %s to the port \"%s\", and there is none of that name" $at $path $portName -}}
{{- else -}}
{{- if eq (include "checkout.backendService" (dict "root" $.root "port_name" $portName)) "" -}}
{{- $message = printf "%spaths sends %s to the port \"%s\", which no Service shows" $at $path $portName -}}
{{- else -}}
{{- if not (include "checkout.takesConnections" (dict "root" $.root "port_name" $portName)) -}}
{{- $message = printf "%spaths sends %s to the port \"%s\", which takes no TCP connections" $at $path $portName -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Containers of a pod share its network, so that a port is free or taken for all of them. */}}
{{- define "checkout.portTaken" -}}
{{- $port := .port -}}
{{- $name := .name -}}
{{- $at := .at -}}
{{- $here := trimSuffix "." $at -}}
{{- $isToldThere := "" -}}
{{- $message := "" -}}
{{- range $other, $otherPort := .root.Values.ports -}}
{{- $isToldThere = and (hasPrefix "ports." $at) (ge $other $name) -}}
{{- if and (not $isToldThere) (include "checkout.portsClash" (dict "root" $.root "port" $port "name" $name "other_port" $otherPort "other" $other)) -}}
{{- $message = printf "%s (%d) and ports.%s (%d) clash" $here (int64 $port.port) $other (int64 $otherPort.port) -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Restricted pods gain no rights; a privileged container cannot be kept from it. */}}
{{- define "checkout.privilegeEscalationAgainstStandard" -}}
{{- $escalates := not (empty (include "checkout.allowPrivilegeEscalation" .)) -}}
{{- if and (eq .Values.security.podSecurity "restricted") $escalates -}}
{{- "security.allowPrivilegeEscalation (true) does not meet podSecurity restricted" -}}
{{- end -}}
{{- end }}

{{/* With several ports only the user knows which one answers. */}}
{{- define "checkout.probePortUnclear" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- if not (or (and (hasPrefix "probes." $at) (not (not (kindIs "invalid" $probe.httpGet)))) (not (include "checkout.asksUnnamedPort" (dict "root" .root "probe" $probe))) (not .root.Values.ports)) -}}
{{- printf "%s does not say which port to ask: %s" (trimSuffix "." $at) (include "checkout.portsText" .root) -}}
{{- end -}}
{{- end }}

{{/* A probe asks a port that the container says it has, by number too: what nobody declares, nobody keeps. */}}
{{- define "checkout.probePortUndeclared" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- $message := "" -}}
{{- if or (not (not (kindIs "invalid" $probe.httpGet))) (not (include "checkout.probeEnabled" (dict "root" .root "probe" $probe))) (include "checkout.asksUnnamedPort" (dict "root" .root "probe" $probe)) -}}
{{- $message -}}
{{- else -}}
{{- if and (not (kindIs "invalid" $probe.httpGet)) (not (include "checkout.hasPort" (dict "root" .root "wanted" (fromJson (include "checkout.httpGetPort" (dict "root" .root "http_get" $probe.httpGet))).v))) -}}
{{- $message = printf "%shttpGet.port (%s) is not a TCP port of the container" $at (include "checkout.text" (fromJson (include "checkout.httpGetPort" (dict "root" .root "http_get" $probe.httpGet))).v) -}}
{{- end -}}
{{- $message -}}
{{- end -}}
{{- end }}

{{/* The kubelet asks one probe after the other, so a longer time-out stretches the period unseen. */}}
{{- define "checkout.probeTimeoutOverPeriod" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- $timeout := int64 (include "checkout.probeTimeout" (dict "root" .root "probe" $probe "at" $at)) -}}
{{- $period := int64 (include "checkout.probePeriod" (dict "root" .root "probe" $probe "at" $at)) -}}
{{- if gt $timeout $period -}}
{{- printf "%stimeoutSeconds (%d) is longer than %speriodSeconds (%d)" $at $timeout $at $period -}}
{{- end -}}
{{- end }}

{{/* A probe of a container without ports has nothing to ask. */}}
{{- define "checkout.probeWithoutPort" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- if and (not .root.Values.ports) (include "checkout.asksUnnamedPort" (dict "root" .root "probe" $probe)) -}}
{{- printf "%s is on, and there is neither a port nor a command to ask" (trimSuffix "." $at) -}}
{{- end -}}
{{- end }}

{{/* A container may not reserve more than it may use. */}}
{{- define "checkout.requestAboveLimit" -}}
{{- $limits := (fromJson (include "checkout.resourceLimits" .)).v -}}
{{- $exceeds := "" -}}
{{- $message := "" -}}
{{- range $name, $amount := (fromJson (include "checkout.resourceRequests" .)).v -}}
{{- if hasKey $limits $name -}}
{{- $exceeds = gt (int64 (include "checkout.quantityBytes" (dict "root" $ "quantity" $amount))) (int64 (include "checkout.quantityBytes" (dict "root" $ "quantity" (index $limits $name)))) -}}
{{- if eq $name "cpu" -}}
{{- $exceeds = gt (int64 (include "checkout.quantityMilli" (dict "root" $ "quantity" $amount))) (int64 (include "checkout.quantityMilli" (dict "root" $ "quantity" (index $limits $name)))) -}}
{{- end -}}
{{- if $exceeds -}}
{{- $message = printf "resources.requests.%s (%s) is above resources.limits.%s (%s)" $name $amount $name (index $limits $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* A rolling update must be allowed to add a pod or to take one away. */}}
{{- define "checkout.rolloutCannotMove" -}}
{{- if not (ne .Values.rollout.type "RollingUpdate") -}}
{{- if and (eq (atoi (trimSuffix "%" (include "checkout.text" .Values.rollout.maxSurge))) 0) (include "checkout.isZero" (dict "root" . "value" .Values.rollout.maxUnavailable)) -}}
{{- printf "rollout.maxSurge (%s) and rollout.maxUnavailable (%s) are both zero: no pod could ever be replaced" (include "checkout.text" .Values.rollout.maxSurge) (include "checkout.text" .Values.rollout.maxUnavailable) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Restricted pods refuse to run as root. */}}
{{- define "checkout.rootAllowedUnderRestricted" -}}
{{- if and (eq .Values.security.podSecurity "restricted") (not (include "checkout.runAsNonRoot" .)) -}}
{{- "security.runAsNonRoot (false) does not meet podSecurity restricted" -}}
{{- end -}}
{{- end }}

{{/* With no pod there is no use of CPU: only a metric from elsewhere can wake the service. */}}
{{- define "checkout.scaleFromZeroUnseen" -}}
{{- if and .Values.autoscaling.enabled (eq (int64 (include "checkout.minimumReplicas" .)) 0) -}}
{{- "autoscaling.minReplicas is 0, and no metric from outside the pods could start the first one" -}}
{{- end -}}
{{- end }}

{{/* Before 1.37 the API server refuses a floor of nothing. */}}
{{- define "checkout.scaleToZeroUnsupported" -}}
{{- if and .Values.autoscaling.enabled (eq (int64 (include "checkout.minimumReplicas" .)) 0) -}}
{{- "autoscaling.minReplicas is 0, which is on from Kubernetes 1.37, and this is for 1.35" -}}
{{- end -}}
{{- end }}

{{/* A Service can show only ports that a container has. */}}
{{- define "checkout.servicePortMissing" -}}
{{- $service := .service -}}
{{- $message := "" -}}
{{- range $_, $name := (fromJson (include "checkout.servicePortNames" (dict "root" .root "service" $service))).v -}}
{{- if not (fromJson (include "checkout.portsNamed" (dict "root" $.root "port_name" $name))).v -}}
{{- $message = printf "service.ports names \"%s\", and no container has a port of that name" $name -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* Each port of a Service has its own number and protocol. */}}
{{- define "checkout.servicePortTaken" -}}
{{- $service := .service -}}
{{- $count := "" -}}
{{- $message := "" -}}
{{- range $_, $address := (fromJson (include "checkout.shownAddresses" (dict "root" .root "service" $service))).v -}}
{{- $count = 0 -}}
{{- range $_, $other := (fromJson (include "checkout.shownAddresses" (dict "root" $.root "service" $service))).v -}}
{{- if eq $other $address -}}
{{- $count = add $count 1 -}}
{{- end -}}
{{- end -}}
{{- if gt $count 1 -}}
{{- $message = printf "service.ports shows %d ports as %s" $count $address -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* What a start normally takes is no more than what the slowest one does. */}}
{{- define "checkout.startSlowerThanTheSlowest" -}}
{{- if gt (int64 .Values.startup.expectedSeconds) (int64 .Values.startup.slowestSeconds) -}}
{{- printf "startup.expectedSeconds (%d) is above startup.slowestSeconds (%d)" (int64 .Values.startup.expectedSeconds) (int64 .Values.startup.slowestSeconds) -}}
{{- end -}}
{{- end }}

{{/* A failing start-up probe restarts the container, so it must wait for the slowest start that is in order. */}}
{{- define "checkout.startupProbeTooShort" -}}
{{- $threshold := int64 (include "checkout.startupFailureThreshold" .) -}}
{{- $period := int64 (include "checkout.startupPeriodSeconds" .) -}}
{{- $room := add 0 (mul (sub $threshold 1) $period) -}}
{{- if and (include "checkout.probeEnabled" (dict "root" . "probe" .Values.probes.startup)) (lt $room (int64 .Values.startup.slowestSeconds)) -}}
{{- printf "probes.startup leaves %d s for a start ((%d - 1) x %d s), and startup.slowestSeconds is %d" $room $threshold $period (int64 .Values.startup.slowestSeconds) -}}
{{- end -}}
{{- end }}

{{/* Only the privileged standard allows every system call. */}}
{{- define "checkout.systemCallsUnconfined" -}}
{{- if not (eq .Values.security.podSecurity "privileged") -}}
{{- if and (not (kindIs "invalid" .Values.security.seccompProfile)) (hasKey .Values.security.seccompProfile "type") (eq (toJson (index .Values.security.seccompProfile "type")) (toJson "Unconfined")) -}}
{{- printf "security.seccompProfile (Unconfined) does not meet podSecurity %s" .Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* No more than all pods can be away. */}}
{{- define "checkout.unavailableOverAll" -}}
{{- $over := and (kindIs "string" .Values.rollout.maxUnavailable) (gt (atoi (trimSuffix "%" (include "checkout.text" .Values.rollout.maxUnavailable))) 100) -}}
{{- if and $over (eq .Values.rollout.type "RollingUpdate") -}}
{{- printf "rollout.maxUnavailable (%s) is more than all pods" (include "checkout.text" .Values.rollout.maxUnavailable) -}}
{{- end -}}
{{- end }}

{{/* `$(NAME)` stays as it is unless that variable comes first. */}}
{{- define "checkout.variableNotYetDefined" -}}
{{- $variable := .variable -}}
{{- $name := .name -}}
{{- $at := .at -}}
{{- $text := "" -}}
{{- $message := "" -}}
{{- if not (kindIs "invalid" $variable.value) -}}
{{- $text = replace "$$" " " $variable.value -}}
{{- range $other, $otherVariable := .root.Values.env -}}
{{- if contains (printf "$(%s)" $other) $text -}}
{{- if eq $other $name -}}
{{- $message = printf "%svalue refers to itself: $(%s) is not defined before it" $at $other -}}
{{- else -}}
{{- if and (gt $other $name) (include "checkout.refersToVariables" (dict "root" $.root "variable" $otherVariable)) -}}
{{- $message = printf "%svalue refers to $(%s), which is printed after it" $at $other -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}
