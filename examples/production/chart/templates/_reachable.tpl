{{/* The TCP ports that the service's own Service shows, with its name, as JSON; for the notes and the test. */}}
{{- define "checkout.reachable" -}}
{{- $ports := list -}}
{{- $service := .Values.service.name | default (include "checkout.fullname" .) -}}
{{- if .Values.service.enabled -}}
{{- range $name, $port := .Values.ports -}}
{{- $shown := or (kindIs "invalid" $port.inService) $port.inService -}}
{{- if $.Values.service.ports -}}
{{- $shown = has $name $.Values.service.ports -}}
{{- end -}}
{{- $shown = and $shown (eq ($port.protocol | default "TCP") "TCP") -}}
{{- if $shown -}}
{{- $servicePort := $port.servicePort | default $port.port -}}
{{- $ports = append $ports (dict "service" $service "name" $name "port" $port.port "servicePort" $servicePort) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "ports" $ports | toJson -}}
{{- end }}
