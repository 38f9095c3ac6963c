{{/* The TCP ports that the service's own Service shows, with its name, as JSON; for the notes and the test. */}}
{{- define "checkout.reachable" -}}
{{- $ports := list -}}
{{- $service := include "checkout.fullname" . -}}
{{- if .Values.service.enabled -}}
{{- range $name, $port := .Values.ports -}}
{{- $shown := or (kindIs "invalid" $port.inService) $port.inService -}}
{{- if $shown -}}
{{- $servicePort := $port.port -}}
{{- $ports = append $ports (dict "service" $service "name" $name "port" $port.port "servicePort" $servicePort) -}}
{{- end -}}
{{- end -}}
{{- end -}}
{{- dict "ports" $ports | toJson -}}
{{- end }}
