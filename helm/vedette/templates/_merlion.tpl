{{/* Where the service finds its external engine. Takes a dict of root and role. */}}
{{- define "vedette.externalEngineEnv" -}}
{{- if and .root.Values.externalEngine.sidecar.enabled (ne .role "notifier") }}
- name: VEDETTE_EXTERNAL_ENGINE_URL
  value: http://127.0.0.1:8090
{{- end }}
{{- with .root.Values.externalEngine.token }}
{{- if .existingSecret }}
- name: VEDETTE_EXTERNAL_ENGINE_TOKEN
  valueFrom:
    secretKeyRef:
      name: {{ .existingSecret }}
      key: {{ .key }}
{{- end }}
{{- end }}
{{- end -}}

{{/* Merlion beside the service. Not probed for readiness: without it the default engine judges. */}}
{{- define "vedette.merlion" -}}
{{- with .Values.externalEngine.sidecar -}}
- name: merlion
  image: {{ .image }}
  imagePullPolicy: {{ $.Values.image.pullPolicy }}
  securityContext:
    {{- include "vedette.containerSecurity" $ | nindent 4 }}
  env:
    # reachable from this pod only
    - {name: MERLION_HOST, value: 127.0.0.1}
    - {name: MERLION_PORT, value: "8090"}
    - {name: MERLION_DETECTOR, value: {{ .detector }}}
    {{- with $.Values.externalEngine.token }}
    {{- if .existingSecret }}
    - name: MERLION_TOKEN
      valueFrom:
        secretKeyRef:
          name: {{ .existingSecret }}
          key: {{ .key }}
    {{- end }}
    {{- end }}
  livenessProbe:
    exec:
      command: [python, -c, "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8090/v1/health', timeout=4)"]
    initialDelaySeconds: 60
    periodSeconds: 30
    timeoutSeconds: 10
    failureThreshold: 3
  resources:
    {{- toYaml .resources | nindent 4 }}
  volumeMounts:
    - {name: merlion-tmp, mountPath: /tmp}
{{- end -}}
{{- end -}}
