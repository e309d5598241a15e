{{/* Name of everything: the release, and the chart unless the release is named after it. At most 50 characters, so that suffixes fit. */}}
{{- define "vedette.fullname" -}}
{{- if contains .Chart.Name .Release.Name -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name .Chart.Name | trunc 50 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{/* What selects every pod of the release. */}}
{{- define "vedette.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{/* Labels of every object. */}}
{{- define "vedette.labels" -}}
{{ include "vedette.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" }}
{{- end -}}

{{- define "vedette.serviceAccountName" -}}
{{- if .Values.serviceAccount.create -}}
{{- .Values.serviceAccount.name | default (include "vedette.fullname" .) -}}
{{- else -}}
{{- .Values.serviceAccount.name | default "default" -}}
{{- end -}}
{{- end -}}

{{- define "vedette.image" -}}
{{- $image := .Values.image -}}
{{- if $image.digest -}}
{{ $image.repository }}@{{ $image.digest }}
{{- else -}}
{{ $image.repository }}:{{ $image.tag | default .Chart.AppVersion }}
{{- end -}}
{{- end -}}

{{/* The pod part of the restricted profile. */}}
{{- define "vedette.podSecurity" -}}
runAsNonRoot: true
{{- with .Values.pods.runAsUser }}
runAsUser: {{ int64 . }}
runAsGroup: {{ int64 . }}
fsGroup: {{ int64 . }}
{{- end }}
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{/* The container part of the restricted profile. */}}
{{- define "vedette.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* The secrets, by reference only. */}}
{{- define "vedette.databaseEnv" -}}
- name: VEDETTE_DATABASE_URL
  valueFrom:
    secretKeyRef:
      name: {{ .Values.database.existingSecret }}
      key: {{ .Values.database.key }}
{{- end -}}

{{/* Which claim gives which role, as a list of settings has it: commas within a value are escaped. */}}
{{- define "vedette.roleMapping" -}}
{{- $pairs := list }}
{{- range $value, $role := . }}
{{- $pairs = append $pairs (printf "%s=%s" ($value | replace "\\" "\\\\" | replace "," "\\,") $role) }}
{{- end }}
{{- join "," $pairs }}
{{- end -}}

{{/* What the api proves with, to the identity provider, who it is. Takes a dict of root and role. */}}
{{- define "vedette.oidcEnv" -}}
{{- with .root.Values.oidc }}
{{- if and .issuer .existingSecret (eq $.role "api") }}
- name: VEDETTE_OIDC_CLIENT_SECRET
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What the workers tell MLflow with. Takes a dict of root and role. */}}
{{- define "vedette.mlflowEnv" -}}
{{- with .root.Values.transactions.mlflow }}
{{- if and .url .existingSecret (eq $.role "worker") }}
- name: VEDETTE_MLFLOW_TOKEN
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .tokenKey }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What every role signs in to the collector of traces with. Takes a dict of root and role. */}}
{{- define "vedette.tracingEnv" -}}
{{- with .root.Values.monitoring.tracing }}
{{- if and .enabled .existingSecret }}
- name: VEDETTE_TRACING_AUTHORIZATION
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- end -}}

{{/* The secrets of telling people: the api tests channels, the notifier uses them. Takes a dict of root and role. */}}
{{- define "vedette.alertingEnv" -}}
{{- if ne .role "worker" }}
{{- with .root.Values.alerting.secretKey }}
{{- if .existingSecret }}
- name: VEDETTE_ALERTING_SECRET_KEY
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- with .root.Values.mail }}
{{- if .existingSecret }}
- name: VEDETTE_MAIL_USERNAME
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .usernameKey }}
- name: VEDETTE_MAIL_PASSWORD
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .passwordKey }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{/* What links in messages begin with; empty when the chart cannot know. */}}
{{- define "vedette.publicUrl" -}}
{{- if .Values.alerting.publicUrl -}}
{{- .Values.alerting.publicUrl -}}
{{- else if .Values.ingress.enabled -}}
{{- ternary "https" "http" (ne .Values.ingress.tlsSecret "") }}://{{ .Values.ingress.host -}}
{{- else if and .Values.gateway.enabled .Values.gateway.host -}}
https://{{ .Values.gateway.host }}
{{- end -}}
{{- end -}}

{{/* Where pods may run. */}}
{{- define "vedette.placement" -}}
{{- with .Values.pods.nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pods.tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .Values.pods.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- end -}}

{{/* What every pod that runs to its end has in common; its containers and volumes follow. */}}
{{- define "vedette.jobPod" -}}
restartPolicy: Never
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- include "vedette.podSecurity" . | nindent 2 }}
{{- with include "vedette.placement" . }}
{{ . }}
{{- end }}
{{- end -}}
