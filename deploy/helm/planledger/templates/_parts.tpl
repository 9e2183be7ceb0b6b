{{- /* Labels that select, and those that only tell. `name` is the process. */ -}}
{{- define "planledger.selector" -}}
app.kubernetes.io/name: {{ .name }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
{{- end }}

{{- define "planledger.labels" -}}
{{ include "planledger.selector" . }}
app.kubernetes.io/part-of: planledger
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ .root.Chart.Name }}-{{ .root.Chart.Version }}
{{- end }}

{{- define "planledger.image" -}}
{{ .repository }}{{ if .digest }}@{{ .digest }}{{ else }}:{{ .tag }}{{ end }}
{{- end }}

{{- /* What every process is told of where it stands (libs/host/service-config.ts), prepare too. */ -}}
{{- define "planledger.servers" -}}
PLANS: {{ join "," .Values.plans | quote }}
MONGODB_URL_FILE: /run/secrets/mongodb/url
KAFKA_BROKERS: {{ join "," .Values.kafka.brokers | quote }}
KAFKA_TLS: {{ .Values.kafka.tls | quote }}
{{- with .Values.kafka.username }}
KAFKA_USERNAME: {{ . | quote }}
KAFKA_SASL: {{ $.Values.kafka.sasl | quote }}
KAFKA_PASSWORD_FILE: /run/secrets/kafka/password
{{- end }}
{{- with .Values.namePrefix }}
NAME_PREFIX: {{ . | quote }}
{{- end }}
STALL_LIMIT_S: {{ .Values.stallLimitSeconds | quote }}
{{- end }}

{{- /* Secrets as files: they appear in no environment, and a rotated one is there without an upgrade. */ -}}
{{- define "planledger.secretMounts" -}}
- { name: mongodb, mountPath: /run/secrets/mongodb, readOnly: true }
{{- if .root.Values.kafka.username }}
- { name: kafka, mountPath: /run/secrets/kafka, readOnly: true }
{{- end }}
{{- if .asksAudit }}
- { name: service-client, mountPath: /run/secrets/service-client, readOnly: true }
{{- end }}
{{- end }}

{{- define "planledger.secretVolumes" -}}
{{ include "planledger.secretVolume" (dict "name" "mongodb" "secret" .root.Values.mongodb.urlSecret "path" "url") }}
{{- if .root.Values.kafka.username }}
{{ include "planledger.secretVolume" (dict "name" "kafka" "secret" .root.Values.kafka.passwordSecret "path" "password") }}
{{- end }}
{{- if .asksAudit }}
{{ include "planledger.secretVolume" (dict "name" "service-client" "secret" .root.Values.serviceClient.secret "path" "secret") }}
{{- end }}
{{- end }}

{{- define "planledger.secretVolume" -}}
- name: {{ .name }}
  secret:
    secretName: {{ .secret.name }}
    defaultMode: 0440
    items: [{ key: {{ .secret.key | quote }}, path: {{ .path }} }]
{{- end }}

{{- /* The restricted standard of pod security. */ -}}
{{- define "planledger.podSecurity" -}}
automountServiceAccountToken: false
enableServiceLinks: false
{{- with .root.Values.imagePullSecrets }}
imagePullSecrets: {{ toJson . }}
{{- end }}
securityContext:
  runAsNonRoot: true
  runAsUser: {{ .user }}
  runAsGroup: {{ .user }}
  fsGroup: {{ .user }}
  seccompProfile: { type: RuntimeDefault }
{{- end }}

{{- define "planledger.containerSecurity" -}}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: { drop: [ALL] }
{{- end }}

{{- /* Pods of one process on different machines and zones, as far as there are any. */ -}}
{{- define "planledger.spread" -}}
topologySpreadConstraints:
{{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
  - maxSkew: 1
    topologyKey: {{ . }}
    whenUnsatisfiable: ScheduleAnyway
    labelSelector:
      matchLabels:
        {{- include "planledger.selector" $ | nindent 8 }}
{{- end }}
{{- end }}
