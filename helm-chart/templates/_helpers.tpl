{{- define "facefusion-operator.name" -}}
{{- .Values.nameOverride | default .Chart.Name | trunc 63 | trimSuffix "-" -}}
{{- end -}}

{{- define "facefusion-operator.fullname" -}}
{{- $name := include "facefusion-operator.name" . -}}
{{- if .Values.fullnameOverride -}}
{{- .Values.fullnameOverride | trunc 63 | trimSuffix "-" -}}
{{- else if contains $name .Release.Name -}}
{{- .Release.Name | trunc 63 | trimSuffix "-" -}}
{{- else -}}
{{- printf "%s-%s" .Release.Name $name | trunc 63 | trimSuffix "-" -}}
{{- end -}}
{{- end -}}

{{- define "facefusion-operator.serviceAccountName" -}}
{{- .Values.serviceAccount.name | default (ternary (include "facefusion-operator.fullname" .) "default" .Values.serviceAccount.create) -}}
{{- end -}}

{{- define "facefusion-operator.selectorLabels" -}}
app.kubernetes.io/name: {{ include "facefusion-operator.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "facefusion-operator.labels" -}}
{{ include "facefusion-operator.selectorLabels" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end -}}

{{/* Reference of an image value: (list . .Values.image). A digest wins over the tag. */}}
{{- define "facefusion-operator.image" -}}
{{- $chart := (index . 0).Chart -}}
{{- $image := index . 1 -}}
{{- if $image.digest -}}
{{- printf "%s@%s" $image.repository $image.digest -}}
{{- else -}}
{{- printf "%s:%s" $image.repository ($image.tag | default $chart.AppVersion) -}}
{{- end -}}
{{- end -}}

{{/* The namespaces that are watched, as a comma list; empty for all of them. */}}
{{- define "facefusion-operator.watched" -}}
{{- if not .Values.watchAllNamespaces -}}
{{- join "," (.Values.watchNamespaces | default (list .Release.Namespace)) -}}
{{- end -}}
{{- end -}}

{{/* What the operator may do where FaceFusionClusters live. Owner references clean up. */}}
{{- define "facefusion-operator.workloadRules" -}}
- apiGroups: [facefusion.dev]
  resources: [facefusionclusters]
  verbs: [get, list, watch]
- apiGroups: [facefusion.dev]
  resources: [facefusionclusters/status]
  verbs: [patch]
# Asked for by clusters that guard owner references which block their owner's deletion, OpenShift for one.
- apiGroups: [facefusion.dev]
  resources: [facefusionclusters/finalizers]
  verbs: [update]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch, create, patch]
- apiGroups: [""]
  resources: [services]
  verbs: [get, list, watch, create, patch]
- apiGroups: [policy]
  resources: [poddisruptionbudgets]
  verbs: [get, list, watch, create, patch]
# Deleted where networkPolicy is Disabled; all else goes with its owner.
- apiGroups: [networking.k8s.io]
  resources: [networkpolicies]
  verbs: [get, list, watch, create, patch, delete]
# Labels and annotations of replicas, and placeholders on nodes that are avoided.
- apiGroups: [""]
  resources: [pods]
  verbs: [get, list, watch, create, patch]
# Pods are evicted, never deleted: their disruption budget has the last word.
- apiGroups: [""]
  resources: [pods/eviction]
  verbs: [create]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create]
{{- end -}}
