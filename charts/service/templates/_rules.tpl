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
{{- with include "service.jvmMemoryDoesNotFit" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise resources.limits.memory, or lower a part: heap, threads, codeCache, metaspace") -}}
{{- end -}}
{{- with include "service.jvmInitialHeapAboveHeap" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "lower initialHeap, or raise heap or resources.limits.memory") -}}
{{- end -}}
{{- with include "service.jvmMetaspaceInitialAboveMetaspace" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "lower metaspaceInitial, or raise metaspace") -}}
{{- end -}}
{{- with include "service.javaToolOptionsAboveLimit" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "lower -Xmx, raise the limit, or leave the variable to `runtime: jvm`") -}}
{{- end -}}
{{- with include "service.jvmFlagAgainstField" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "say it once: as the field, or as the flag") -}}
{{- end -}}
{{- with include "service.jvmFlagHasItsOwnPlace" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "say it there, so that it counts in the memory budget") -}}
{{- end -}}
{{- with include "service.goMemoryLimitAboveLimit" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "lower it, raise the limit, or leave the variable to `runtime: go`") -}}
{{- end -}}
{{- with include "service.nodeOldSpaceMissing" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise resources.limits.memory, or oldSpacePercent") -}}
{{- end -}}
{{- with include "service.nodeOptionsAboveLimit" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "lower it, raise the limit, or leave the variable to `runtime: node`") -}}
{{- end -}}
{{- with include "service.pythonWorkersDoNotFit" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "raise resources.limits.memory, or have fewer workers, or a smaller workerMemory") -}}
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
{{- with include "service.healthWeightsNotWhole" $ -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "let infrastructure, middleware and business add up to 100") -}}
{{- end -}}
{{- range $key, $entry := $.Values.health.checks -}}
{{- with include "service.healthWeightMakesNoSense" (dict "root" $ "check" $entry "at" (include "service.path" (list "health" "checks" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "change the weights of these checks, or health.weights") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.health.checks -}}
{{- with include "service.healthCheckWithoutAddress" (dict "root" $ "check" $entry "at" (include "service.path" (list "health" "checks" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "name the variable of env that holds the address") -}}
{{- end -}}
{{- end -}}
{{- range $key, $entry := $.Values.health.checks -}}
{{- with include "service.healthCheckSlowerThanItsInterval" (dict "root" $ "check" $entry "at" (include "service.path" (list "health" "checks" $key))) -}}
{{- $refused = append $refused (printf "%s\n  hint: %s" . "lower timeoutSeconds or raise intervalSeconds") -}}
{{- end -}}
{{- end -}}
{{- if $refused -}}{{- fail (join "\n" $refused) -}}{{- end -}}
{{- end }}

{{/* Standards name the capabilities that a container may add. */}}
{{- define "service.addedCapabilityAgainstStandard" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $standard := "" -}}
{{- $message := "" -}}
{{- if and (not (kindIs "invalid" $container.security)) (not (kindIs "invalid" $container.security.addCapabilities)) -}}
{{- $standard = .root.Values.security.podSecurity -}}
{{- range $_, $capability := $container.security.addCapabilities -}}
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

{{/* Only the privileged standard switches AppArmor off. */}}
{{- define "service.appArmorUnconfined" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- if not (or (eq .root.Values.security.podSecurity "privileged") (kindIs "invalid" $container.security)) -}}
{{- $profile := $container.security.appArmorProfile -}}
{{- if and (not (kindIs "invalid" $profile)) (hasKey $profile "type") (eq (toJson (index $profile "type")) (toJson "Unconfined")) -}}
{{- printf "%ssecurity.appArmorProfile (Unconfined) does not meet podSecurity %s" $at .root.Values.security.podSecurity -}}
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

{{/* The annotation checksum/files is ours when the spec has files of its own. */}}
{{- define "service.checksumAnnotationTaken" -}}
{{- if and (include "service.hasOwnFiles" .) (hasKey .Values.annotations "checksum/files") -}}
{{- "annotations[checksum/files] is printed for files already" -}}
{{- else -}}
{{- if and (include "service.hasOwnFiles" .) (hasKey .Values.podAnnotations "checksum/files") -}}
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
{{- if and (include "service.isForOne" (dict "root" .root "volume" $volume)) (not (hasKey .root.Values.placement.nodeSelector "kubernetes.io/hostname")) -}}
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
{{- if and (include "service.isForOne" (dict "root" .root "volume" $volume)) (not (hasKey .root.Values.placement.nodeSelector "kubernetes.io/hostname")) -}}
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

{{/* No more than all pods can be away. */}}
{{- define "service.disruptionOverAll" -}}
{{- if not (or (not (kindIs "invalid" .Values.disruption.minAvailable)) (not (include "service.disruptionBudgetNeeded" .))) -}}
{{- if and (kindIs "string" (fromJson (include "service.disruptionMaxUnavailable" .)).v) (gt (int64 (include "service.percent" (dict "root" . "value" (fromJson (include "service.disruptionMaxUnavailable" .)).v))) 100) -}}
{{- printf "%s is more than all pods" (include "service.disruptionText" .) -}}
{{- end -}}
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

{{/* A collector that aims above the limit is killed before it works harder. */}}
{{- define "service.goMemoryLimitAboveLimit" -}}
{{- $aim := int64 (include "service.sizeIn" (dict "root" . "options" (include "service.variableText" (dict "root" . "name" "GOMEMLIMIT")) "flag" "")) -}}
{{- if and (gt (int64 (include "service.memoryLimitBytes" .)) 0) (gt $aim (int64 (include "service.memoryLimitBytes" .))) -}}
{{- printf "env.GOMEMLIMIT is %d MiB, and the memory limit is %d MiB" (div (sub (add $aim 1048576) 1) 1048576) (div (int64 (include "service.memoryLimitBytes" .)) 1048576) -}}
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

{{/* A headless Service has no address, so nothing can be built on it. */}}
{{- define "service.headlessWithType" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- if and $service.headless (ne (include "service.serviceType" (dict "root" .root "service" $service)) "ClusterIP") -}}
{{- printf "%sheadless is true, and %stype is %s, which needs an address" $at $at (include "service.serviceType" (dict "root" .root "service" $service)) -}}
{{- end -}}
{{- end }}

{{/* A check must be over before the next begins. */}}
{{- define "service.healthCheckSlowerThanItsInterval" -}}
{{- $check := .check -}}
{{- $at := .at -}}
{{- if and .root.Values.health.enabled (gt (int64 (include "service.healthCheckTimeout" (dict "root" .root "check" $check))) (int64 (include "service.healthCheckInterval" (dict "root" .root "check" $check)))) -}}
{{- printf "%stimeoutSeconds (%d) is above intervalSeconds (%d)" $at (int64 (include "service.healthCheckTimeout" (dict "root" .root "check" $check))) (int64 (include "service.healthCheckInterval" (dict "root" .root "check" $check))) -}}
{{- end -}}
{{- end }}

{{/* The service is told by its environment where its dependencies are. */}}
{{- define "service.healthCheckWithoutAddress" -}}
{{- $check := .check -}}
{{- $at := .at -}}
{{- if not (not .root.Values.health.enabled) -}}
{{- $name := include "service.healthCheckEnv" (dict "root" .root "check" $check) -}}
{{- if eq $name "" -}}
{{- printf "%stype is %s, and there is no env to say where" $at $check.type -}}
{{- else -}}
{{- if and (ne $check.type "sqlite") (not (hasKey .root.Values.env $name)) (not .root.Values.envFrom) -}}
{{- printf "%senv is %s, and env has no such variable" $at $name -}}
{{- end -}}
{{- end -}}
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

{{/* What a kind has is shared out: not more, not less, and no check is left with nothing. */}}
{{- define "service.healthWeightMakesNoSense" -}}
{{- $check := .check -}}
{{- $at := .at -}}
{{- if not (not .root.Values.health.enabled) -}}
{{- $has := int64 (include "service.healthKindWeight" (dict "root" .root "kind" $check.kind)) -}}
{{- $given := int64 (include "service.givenHealthWeight" (dict "root" .root "kind" $check.kind)) -}}
{{- if gt $given $has -}}
{{- printf "the %s checks weigh %d, and health.weights.%s is %d" $check.kind $given $check.kind $has -}}
{{- else -}}
{{- if and (eq (int64 (include "service.sharingHealthChecks" (dict "root" .root "kind" $check.kind))) 0) (ne $given $has) -}}
{{- printf "the %s checks weigh %d together, and health.weights.%s is %d" $check.kind $given $check.kind $has -}}
{{- else -}}
{{- if and (kindIs "invalid" $check.weight) (eq $given $has) -}}
{{- printf "%sweight is not given, and nothing of health.weights.%s (%d) is left to share" $at $check.kind $has -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Points of a score of 100. */}}
{{- define "service.healthWeightsNotWhole" -}}
{{- $total := add (add .Values.health.weights.infrastructure .Values.health.weights.middleware) .Values.health.weights.business -}}
{{- if and .Values.health.enabled (ne $total 100) -}}
{{- printf "health.weights add up to %d" $total -}}
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

{{/* A host without paths leads nowhere. */}}
{{- define "service.hostWithoutPaths" -}}
{{- $host := .host -}}
{{- $at := .at -}}
{{- if and .root.Values.expose.enabled (not $host.paths) -}}
{{- printf "%spaths is empty" $at -}}
{{- end -}}
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
{{- if hasKey .root.Values.sidecars $name -}}
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

{{/* A heap that is larger than the limit ends in a kill, not in a collection. */}}
{{- define "service.javaToolOptionsAboveLimit" -}}
{{- $heap := int64 (include "service.sizeIn" (dict "root" . "options" (include "service.variableText" (dict "root" . "name" "JAVA_TOOL_OPTIONS")) "flag" "-Xmx")) -}}
{{- if and (gt (int64 (include "service.memoryLimitBytes" .)) 0) (gt $heap (int64 (include "service.memoryLimitBytes" .))) -}}
{{- printf "env.JAVA_TOOL_OPTIONS has a heap of %d MiB, and the memory limit is %d MiB" (div (sub (add $heap 1048576) 1) 1048576) (div (int64 (include "service.memoryLimitBytes" .)) 1048576) -}}
{{- end -}}
{{- end }}

{{/* Two values for one thing: the JVM takes the last, and a reader either. */}}
{{- define "service.jvmFlagAgainstField" -}}
{{- $said := or (include "service.jvmHeapSaidTwice" .) (include "service.jvmPartSaidTwice" .) -}}
{{- if $said -}}
{{- printf "runtime.jvm.flags has %s" $said -}}
{{- end -}}
{{- end }}

{{/* A second spelling of a size would contradict the one that is computed, which the JVM then obeys. */}}
{{- define "service.jvmFlagHasItsOwnPlace" -}}
{{- $message := "" -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm) -}}
{{- range $_, $flag := or .Values.runtime.jvm.flags list -}}
{{- range $start, $place := dict "-XX:MaxHeapSize=" "heap" "-XX:MaxRAMPercentage=" "heapPercent" "-XX:InitialHeapSize=" "initialHeap" "-XX:InitialRAMPercentage=" "initialHeapPercent" "-XX:ThreadStackSize=" "threadStack" -}}
{{- if hasPrefix $start $flag -}}
{{- $message = printf "runtime.jvm.flags has %s, which contradicts runtime.jvm.%s" $flag $place -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* The JVM does not start with more heap than it may have. */}}
{{- define "service.jvmInitialHeapAboveHeap" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.jvm) (eq (int64 (include "service.jvmHeapBytes" .)) 0)) -}}
{{- if gt (int64 (include "service.jvmInitialHeapBytes" .)) (int64 (include "service.jvmHeapBytes" .)) -}}
{{- printf "the JVM's heap at the start (%d KiB) is above the largest heap (%d KiB)" (div (sub (add (int64 (include "service.jvmInitialHeapBytes" .)) 1024) 1) 1024) (div (int64 (include "service.jvmHeapBytes" .)) 1024) -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* Parts that exceed the limit work until all of them are used, and then the kernel kills the process. */}}
{{- define "service.jvmMemoryDoesNotFit" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.jvm) (eq (int64 (include "service.memoryLimitBytes" .)) 0) (hasKey .Values.env "JAVA_TOOL_OPTIONS")) -}}
{{- $left := sub 100 (int64 (include "service.jvmHeadroomPercent" .)) -}}
{{- $fixed := int64 (include "service.jvmFixedBytes" .) -}}
{{- $byFlag := gt (int64 (include "service.sizeIn" (dict "root" . "options" (include "service.jvmFlags" .) "flag" "-Xmx"))) 0 -}}
{{- $heap := 2097152 -}}
{{- if or (not (kindIs "invalid" .Values.runtime.jvm.heap)) $byFlag -}}
{{- $heap = int64 (include "service.jvmHeapBytes" .) -}}
{{- end -}}
{{- if not (kindIs "invalid" .Values.runtime.jvm.heapPercent) -}}
{{- $heap = max 2097152 (int64 (include "service.jvmHeapBytes" .)) -}}
{{- $left = sub $left .Values.runtime.jvm.heapPercent -}}
{{- end -}}
{{- if lt $left 1 -}}
{{- "runtime.jvm.heapPercent and headroomPercent leave nothing of the memory limit for the other parts" -}}
{{- else -}}
{{- $missing := sub (add (add (int64 (include "service.jvmHeadroomBytes" .)) $fixed) $heap) (int64 (include "service.memoryLimitBytes" .)) -}}
{{- if not (le $missing 0) -}}
{{- $smallest := int64 (include "service.ceilDiv" (dict "root" . "number" (div (sub (add (mul $fixed 100) (max 1 $left)) 1) (max 1 $left)) "divisor" 1048576)) -}}
{{- if kindIs "invalid" .Values.runtime.jvm.heapPercent -}}
{{- $smallest = int64 (include "service.ceilDiv" (dict "root" . "number" (div (sub (add (mul (add $fixed $heap) 100) (max 1 $left)) 1) (max 1 $left)) "divisor" 1048576)) -}}
{{- end -}}
{{- $without := add (int64 (include "service.jvmHeadroomBytes" .)) $fixed -}}
{{- $text := printf "%d MiB without the heap" (div (sub (add $without 1048576) 1) 1048576) -}}
{{- if or (not (kindIs "invalid" .Values.runtime.jvm.heap)) (not (kindIs "invalid" .Values.runtime.jvm.heapPercent)) $byFlag -}}
{{- $text = printf "%d MiB with a heap of %d MiB" (div (sub (add (add $without $heap) 1048576) 1) 1048576) (div (sub (add $heap 1048576) 1) 1048576) -}}
{{- else -}}
{{- if gt $without (int64 (include "service.memoryLimitBytes" .)) -}}
{{- $text = printf "%s, and would leave it -%d MiB" $text (div (max 0 (sub $without (int64 (include "service.memoryLimitBytes" .)))) 1048576) -}}
{{- end -}}
{{- end -}}
{{- printf "the JVM needs %s: direct memory %d + code cache %d + metaspace %d + %d stacks %d + head-room %d; the memory limit is %d MiB: %d MiB are missing; the smallest limit that works is %dMi" $text (int64 (include "service.ceilDiv" (dict "root" . "number" (int64 (include "service.quantityBytes" (dict "root" . "quantity" (include "service.jvmDirectMemory" .)))) "divisor" 1048576))) (int64 (include "service.ceilDiv" (dict "root" . "number" (int64 (include "service.quantityBytes" (dict "root" . "quantity" (include "service.jvmCodeCache" .)))) "divisor" 1048576))) (int64 (include "service.ceilDiv" (dict "root" . "number" (int64 (include "service.jvmMetaspaceBytes" .)) "divisor" 1048576))) (int64 (include "service.jvmThreads" .)) (int64 (include "service.ceilDiv" (dict "root" . "number" (mul (int64 (include "service.jvmThreads" .)) (int64 (include "service.jvmStackBytes" .))) "divisor" 1048576))) (div (sub (add (int64 (include "service.jvmHeadroomBytes" .)) 1048576) 1) 1048576) (div (int64 (include "service.memoryLimitBytes" .)) 1048576) (div (sub (add (max 0 $missing) 1048576) 1) 1048576) $smallest -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* The first collection would wait for more than there may be. */}}
{{- define "service.jvmMetaspaceInitialAboveMetaspace" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.jvm) (le (int64 (include "service.jvmMetaspaceInitialBytes" .)) (int64 (include "service.jvmMetaspaceBytes" .)))) -}}
{{- printf "the JVM's metaspace at the first collection (%d KiB) is above the largest (%d KiB)" (int64 (include "service.ceilDiv" (dict "root" . "number" (int64 (include "service.jvmMetaspaceInitialBytes" .)) "divisor" 1024))) (div (int64 (include "service.jvmMetaspaceBytes" .)) 1024) -}}
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
{{- if not (or (kindIs "invalid" $container.container) (not (hasKey $container.container "lifecycle"))) -}}
{{- if not (kindIs "map" (index $container.container "lifecycle")) -}}
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

{{/* Fields of a load balancer need one. */}}
{{- define "service.loadBalancerFieldWithoutOne" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- if and (include "service.loadBalancerField" (dict "root" .root "service" $service)) (ne (include "service.serviceType" (dict "root" .root "service" $service)) "LoadBalancer") -}}
{{- printf "%s%s is for a load balancer, and %stype is %s" $at (include "service.loadBalancerField" (dict "root" .root "service" $service)) $at (include "service.serviceType" (dict "root" .root "service" $service)) -}}
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
{{- if hasKey $taken $path -}}
{{- $message = printf "%svolumes.%s and %s are both mounted at %s" $at $name (index $taken $path) $volume.mountPath -}}
{{- end -}}
{{- $_ := set $taken $path (printf "%svolumes.%s" $at $name) -}}
{{- end -}}
{{- range $mountPath, $_ := $volume.mounts -}}
{{- $path = trimSuffix "/" $mountPath -}}
{{- if hasKey $taken $path -}}
{{- $message = printf "%svolumes.%s and %s are both mounted at %s" $at $name (index $taken $path) $mountPath -}}
{{- end -}}
{{- $_ := set $taken $path (printf "%svolumes.%s" $at $name) -}}
{{- end -}}
{{- end -}}
{{- if eq $at "" -}}
{{- range $path, $_ := .root.Values.files -}}
{{- if hasKey $taken $path -}}
{{- $message = printf "files[%s] and %s are both mounted at %s" $path (index $taken $path) $path -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* To V8 an old space of 0 means its own default, which knows nothing of the limit. */}}
{{- define "service.nodeOldSpaceMissing" -}}
{{- if and (include "service.nodeOptions" .) (eq (int64 (include "service.nodeOldSpaceMebibytes" .)) 0) -}}
{{- printf "runtime.node.oldSpacePercent (%d) of the memory limit (%d bytes) is less than 1 MiB of old space" (int64 (include "service.nodeOldSpacePercent" .)) (int64 (include "service.memoryLimitBytes" .)) -}}
{{- end -}}
{{- end }}

{{/* A heap that is larger than the limit ends in a kill, not in a collection. */}}
{{- define "service.nodeOptionsAboveLimit" -}}
{{- $oldSpace := int64 (include "service.sizeIn" (dict "root" . "options" (include "service.variableText" (dict "root" . "name" "NODE_OPTIONS")) "flag" "--max-old-space-size=")) -}}
{{- if and (gt (int64 (include "service.memoryLimitBytes" .)) 0) (gt $oldSpace (div (int64 (include "service.memoryLimitBytes" .)) 1048576)) -}}
{{- printf "env.NODE_OPTIONS has an old space of %d MiB, and the memory limit is %d MiB" $oldSpace (div (int64 (include "service.memoryLimitBytes" .)) 1048576) -}}
{{- end -}}
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

{{/* An annotation of the pods has one value. */}}
{{- define "service.podAnnotationTaken" -}}
{{- $key := .key -}}
{{- if hasKey .root.Values.annotations $key -}}
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
{{- if hasKey .root.Values.labels $key -}}
{{- printf "podLabels[%s] is printed for labels[%s] already" $key $key -}}
{{- end -}}
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

{{/* Only the privileged standard lets the kubelet ask somebody else than the pod. */}}
{{- define "service.probeHostAgainstStandard" -}}
{{- $probe := .probe -}}
{{- $at := .at -}}
{{- if not (eq .root.Values.security.podSecurity "privileged") -}}
{{- if and (not (kindIs "invalid" $probe.httpGet)) (not (kindIs "invalid" $probe.httpGet.host)) -}}
{{- printf "%shttpGet.host (%s) does not meet podSecurity %s" $at $probe.httpGet.host .root.Values.security.podSecurity -}}
{{- else -}}
{{- if and (not (kindIs "invalid" $probe.tcpSocket)) (not (kindIs "invalid" $probe.tcpSocket.host)) -}}
{{- printf "%stcpSocket.host (%s) does not meet podSecurity %s" $at $probe.tcpSocket.host .root.Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
{{- end -}}
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
{{- $successes := int64 (or $probe.successThreshold 1) -}}
{{- if and (ne $kind "readiness") (ne $successes 1) -}}
{{- printf "%ssuccessThreshold is %d, and Kubernetes allows only 1 for %s" $at $successes $kind -}}
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
{{- if and (not (kindIs "invalid" $container.security.procMount)) (eq $container.security.procMount "Unmasked") -}}
{{- printf "%ssecurity.procMount (Unmasked) does not meet podSecurity %s" $at .root.Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
{{- end }}

{{/* A worker too many is killed by the kernel, and started again, and killed. */}}
{{- define "service.pythonWorkersDoNotFit" -}}
{{- if not (or (kindIs "invalid" .Values.runtime.python) (eq (int64 (include "service.memoryLimitBytes" .)) 0) (eq (int64 (include "service.pythonStartedWorkers" .)) 0)) -}}
{{- $needed := add (mul (int64 (include "service.pythonStartedWorkers" .)) (int64 (include "service.pythonWorkerBytes" .))) 33554432 -}}
{{- $missing := sub $needed (int64 (include "service.memoryLimitBytes" .)) -}}
{{- if gt $missing 0 -}}
{{- printf "%d workers of %d MiB and 32 MiB for the first process are %d MiB, and the memory limit is %d MiB: %d MiB are missing; the smallest limit that works is %dMi" (int64 (include "service.pythonStartedWorkers" .)) (int64 (include "service.ceilDiv" (dict "root" . "number" (int64 (include "service.pythonWorkerBytes" .)) "divisor" 1048576))) (div (sub (add $needed 1048576) 1) 1048576) (div (int64 (include "service.memoryLimitBytes" .)) 1048576) (div (sub (add $missing 1048576) 1) 1048576) (div (sub (add $needed 1048576) 1) 1048576) -}}
{{- end -}}
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

{{/* A container may not reserve more than it may use. */}}
{{- define "service.requestAboveLimit" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $limits := (fromJson (include "service.resourceLimits" (dict "root" .root "container" $container))).v -}}
{{- $exceeds := "" -}}
{{- $message := "" -}}
{{- range $name, $amount := (fromJson (include "service.resourceRequests" (dict "root" .root "container" $container))).v -}}
{{- if hasKey $limits $name -}}
{{- $exceeds = gt (int64 (include "service.quantityBytes" (dict "root" $.root "quantity" $amount))) (int64 (include "service.quantityBytes" (dict "root" $.root "quantity" (index $limits $name)))) -}}
{{- if eq $name "cpu" -}}
{{- $exceeds = gt (int64 (include "service.quantityMilli" (dict "root" $.root "quantity" $amount))) (int64 (include "service.quantityMilli" (dict "root" $.root "quantity" (index $limits $name)))) -}}
{{- end -}}
{{- if $exceeds -}}
{{- $message = printf "%sresources.requests.%s (%s) is above %sresources.limits.%s (%s)" $at $name $amount $at $name (index $limits $name) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
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

{{/* The kubelet would not start a process of user 0 where root is refused. */}}
{{- define "service.rootUserRefused" -}}
{{- $container := .container -}}
{{- $at := .at -}}
{{- $user := (fromJson (include "service.effectiveUser" (dict "root" .root "container" $container))).v -}}
{{- if and (not (kindIs "invalid" $user)) (eq (toJson $user) (toJson 0)) (include "service.refusesRoot" (dict "root" .root "container" $container "at" $at)) -}}
{{- printf "%ssecurity.runAsUser (0) is root, and runAsNonRoot is true" $at -}}
{{- end -}}
{{- end }}

{{/* With no pod there is no use of CPU: only a metric from elsewhere can wake the service. */}}
{{- define "service.scaleFromZeroUnseen" -}}
{{- $woken := false -}}
{{- range $_, $metric := .Values.autoscaling.metrics -}}
{{- if or (hasKey $metric "external") (hasKey $metric "object") -}}
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
{{- $options := $container.security.seLinuxOptions -}}
{{- if not (kindIs "invalid" $options) -}}
{{- $what := "" -}}
{{- if and (hasKey $options "type") (not (has (index $options "type") (list "" "container_t" "container_init_t" "container_kvm_t" "container_engine_t"))) -}}
{{- $what = printf "type (%s)" (include "service.text" (index $options "type")) -}}
{{- end -}}
{{- if hasKey $options "user" -}}
{{- $what = printf "user (%s)" (include "service.text" (index $options "user")) -}}
{{- end -}}
{{- if hasKey $options "role" -}}
{{- $what = printf "role (%s)" (include "service.text" (index $options "role")) -}}
{{- end -}}
{{- if not (eq $what "") -}}
{{- printf "%ssecurity.seLinuxOptions.%s does not meet podSecurity %s" $at $what .root.Values.security.podSecurity -}}
{{- end -}}
{{- end -}}
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
{{- if hasKey $.root.Values.labels $key -}}
{{- $message = printf "%slabels[%s] is printed for labels[%s] already" $at $key $key -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- $message -}}
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

{{/* A Service shows a port; a headless one may also just give a name to the pods. */}}
{{- define "service.serviceWithoutPorts" -}}
{{- $service := .service -}}
{{- $at := .at -}}
{{- if and (not (fromJson (include "service.servicePortNames" (dict "root" .root "service" $service))).v) (not $service.headless) -}}
{{- printf "%s has no port to show" (trimSuffix "." $at) -}}
{{- end -}}
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

{{/* A constraint without a selector matches no pod, and so spreads none. */}}
{{- define "service.spreadCountsNothing" -}}
{{- $message := "" -}}
{{- range $_, $constraint := .Values.placement.spread.constraints -}}
{{- if not (hasKey $constraint "labelSelector") -}}
{{- $message = "placement.spread.constraints holds a constraint without labelSelector, which counts no pods" -}}
{{- end -}}
{{- end -}}
{{- $message -}}
{{- end }}

{{/* What a start normally takes is no more than what the slowest one does. */}}
{{- define "service.startSlowerThanTheSlowest" -}}
{{- if gt (int64 .Values.startup.expectedSeconds) (int64 .Values.startup.slowestSeconds) -}}
{{- printf "startup.expectedSeconds (%d) is above startup.slowestSeconds (%d)" (int64 .Values.startup.expectedSeconds) (int64 .Values.startup.slowestSeconds) -}}
{{- end -}}
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
{{- $profile := $container.security.seccompProfile -}}
{{- if and (not (kindIs "invalid" $profile)) (hasKey $profile "type") (eq (toJson (index $profile "type")) (toJson "Unconfined")) -}}
{{- printf "%ssecurity.seccompProfile (Unconfined) does not meet podSecurity %s" $at .root.Values.security.podSecurity -}}
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
{{- if and (not (hasPrefix "volumes." $at)) (hasKey .root.Values.volumes $name) -}}
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
{{- if not (hasKey .root.Values.volumes $name) -}}
{{- printf "%smountPath has no volume: neither a source here nor volumes.%s" $at $name -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- end }}
