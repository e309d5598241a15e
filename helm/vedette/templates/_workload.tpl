{{/* Deployment, autoscaler and disruption budget of one role. Takes a dict of root, role and values. */}}
{{- define "vedette.workload" -}}
{{- $name := printf "%s-%s" (include "vedette.fullname" .root) .role -}}
{{- if .values.enabled }}
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  labels:
    {{- include "vedette.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  {{- if not .values.autoscaling.enabled }}
  replicas: {{ .values.replicas }}
  {{- end }}
  revisionHistoryLimit: 3
  strategy:
    type: RollingUpdate
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  selector:
    matchLabels:
      {{- include "vedette.selector" .root | nindent 6 }}
      app.kubernetes.io/component: {{ .role }}
  template:
    {{- include "vedette.pod" . | nindent 4 }}
{{- $lag := (.values.autoscaling.lag | default dict).enabled }}
{{- if and .values.autoscaling.enabled $lag }}
---
{{ include "vedette.lagScaler" (dict "root" .root "role" .role "values" .values "name" $name) }}
{{- else if .values.autoscaling.enabled }}
---
{{ include "vedette.autoscaler" (dict "root" .root "role" .role "values" .values "name" $name) }}
{{- end }}
{{- if .values.disruptionBudget.enabled }}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  labels:
    {{- include "vedette.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  maxUnavailable: {{ .values.disruptionBudget.maxUnavailable }}
  # a pod that is not ready must not keep a node from being drained
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector:
    matchLabels:
      {{- include "vedette.selector" .root | nindent 6 }}
      app.kubernetes.io/component: {{ .role }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "vedette.pod" -}}
metadata:
  labels:
    {{- with .root.Values.pods.labels }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- include "vedette.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
  annotations:
    {{- with .root.Values.pods.annotations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    # settings are read at start: another ConfigMap means other pods
    checksum/settings: {{ include "vedette.settings" .root | sha256sum }}
spec:
  serviceAccountName: {{ include "vedette.serviceAccountName" .root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  securityContext:
    {{- include "vedette.podSecurity" .root | nindent 4 }}
  terminationGracePeriodSeconds: 30
  topologySpreadConstraints:
    {{- range list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
    - maxSkew: 1
      topologyKey: {{ . }}
      whenUnsatisfiable: {{ ternary "DoNotSchedule" "ScheduleAnyway" $.root.Values.pods.spreadStrictly }}
      labelSelector:
        matchLabels:
          {{- include "vedette.selector" $.root | nindent 10 }}
          app.kubernetes.io/component: {{ $.role }}
      # an update spreads the new pods among themselves
      matchLabelKeys: [pod-template-hash]
    {{- end }}
  {{- include "vedette.placement" .root | nindent 2 }}
  containers:
    - name: vedette
      image: {{ include "vedette.image" .root }}
      imagePullPolicy: {{ .root.Values.image.pullPolicy }}
      # the migration job has been there first
      args: [serve, --no-migrate]
      securityContext:
        {{- include "vedette.containerSecurity" .root | nindent 8 }}
      ports:
        - {name: http, containerPort: 8080, protocol: TCP}
      envFrom:
        - configMapRef:
            name: {{ include "vedette.fullname" .root }}
      env:
        - name: VEDETTE_ROLES
          value: {{ .role }}
        {{- include "vedette.databaseEnv" .root | nindent 8 }}
        {{- with .root.Values.kafka }}
        {{- if and .bootstrapServers .security.existingSecret (eq $.role "api") }}
        - name: VEDETTE_KAFKA_SASL_JAAS_CONFIG
          valueFrom:
            secretKeyRef:
              name: {{ .security.existingSecret }}
              key: {{ .security.key }}
        {{- end }}
        {{- end }}
        {{- if eq .role "api" }}
        {{- range $name, $feed := .root.Values.feeds }}
        {{- with $feed.existingSecret }}
        - name: VEDETTE_FEED_SOURCES_{{ upper $name }}_TOKEN
          valueFrom:
            secretKeyRef:
              name: {{ . }}
              key: {{ $feed.key | default "token" }}
        {{- end }}
        {{- end }}
        {{- end }}
        - name: VEDETTE_HTTP_SIGNING_KEY
          valueFrom:
            secretKeyRef:
              name: {{ .root.Values.signingKey.existingSecret }}
              key: {{ .root.Values.signingKey.key }}
        {{- range $name, $secret := .root.Values.secretSettings }}
        - name: {{ $name }}
          valueFrom:
            secretKeyRef:
              name: {{ $secret.existingSecret }}
              key: {{ $secret.key }}
        {{- end }}
        {{- include "vedette.alertingEnv" . | nindent 8 }}
        {{- include "vedette.externalEngineEnv" . | nindent 8 }}
        {{- include "vedette.mlflowEnv" . | nindent 8 }}
        {{- include "vedette.oidcEnv" . | nindent 8 }}
        {{- include "vedette.tracingEnv" . | nindent 8 }}
      startupProbe:
        httpGet: {path: /q/health/started, port: http}
        periodSeconds: 1
        timeoutSeconds: 5
        failureThreshold: 120
      livenessProbe:
        httpGet: {path: /q/health/live, port: http}
        periodSeconds: 10
        timeoutSeconds: 5
        failureThreshold: 3
      readinessProbe:
        httpGet: {path: /q/health/ready, port: http}
        periodSeconds: 5
        timeoutSeconds: 5
        failureThreshold: 2
      lifecycle:
        # the endpoint leaves the Service before the process stops answering
        preStop:
          sleep: {seconds: 5}
      resources:
        {{- toYaml .values.resources | nindent 8 }}
      volumeMounts:
        - {name: tmp, mountPath: /tmp}
    {{- if and .root.Values.externalEngine.sidecar.enabled (ne .role "notifier") }}
    {{- include "vedette.merlion" .root | nindent 4 }}
    {{- end }}
  volumes:
    # native libraries are unpacked here and bodies spooled
    - name: tmp
      emptyDir: {sizeLimit: 256Mi}
    {{- if and .root.Values.externalEngine.sidecar.enabled (ne .role "notifier") }}
    - name: merlion-tmp
      emptyDir: {sizeLimit: 64Mi}
    {{- end }}
{{- end -}}

{{- define "vedette.autoscaler" -}}
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: {{ .name }}
  labels:
    {{- include "vedette.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: {{ .name }}
  minReplicas: {{ .values.autoscaling.minReplicas }}
  maxReplicas: {{ .values.autoscaling.maxReplicas }}
  metrics:
    - type: Resource
      resource:
        name: cpu
        target: {type: Utilization, averageUtilization: {{ .values.autoscaling.cpuPercent }}}
    {{- with .values.autoscaling.memoryPercent }}
    - type: Resource
      resource:
        name: memory
        target: {type: Utilization, averageUtilization: {{ . }}}
    {{- end }}
  behavior:
    # shards move when workers come and go: shrink late
    scaleDown: {stabilizationWindowSeconds: 600}
{{- end -}}

{{/* KEDA makes the HorizontalPodAutoscaler of it. */}}
{{- define "vedette.lagScaler" -}}
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata:
  name: {{ .name }}
  labels:
    {{- include "vedette.labels" .root | nindent 4 }}
    app.kubernetes.io/component: {{ .role }}
spec:
  scaleTargetRef:
    name: {{ .name }}
  minReplicaCount: {{ .values.autoscaling.minReplicas }}
  maxReplicaCount: {{ .values.autoscaling.maxReplicas }}
  advanced:
    horizontalPodAutoscalerConfig:
      behavior:
        # shards move when workers come and go: shrink late
        scaleDown: {stabilizationWindowSeconds: 600}
  triggers:
    - type: cpu
      metricType: Utilization
      metadata:
        value: {{ .values.autoscaling.cpuPercent | quote }}
    {{- with .values.autoscaling.memoryPercent }}
    - type: memory
      metricType: Utilization
      metadata:
        value: {{ . | quote }}
    {{- end }}
    - type: prometheus
      # the lag of the worst shard is one number for all pods, not a share of each
      metricType: Value
      metadata:
        serverAddress: {{ .values.autoscaling.lag.prometheus }}
        query: max(vedette_detection_lag_seconds{job={{ .root.Release.Name | quote }}})
        threshold: {{ .values.autoscaling.lag.seconds | quote }}
{{- end -}}
