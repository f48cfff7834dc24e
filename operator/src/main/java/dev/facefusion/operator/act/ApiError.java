package dev.facefusion.operator.act;

import io.fabric8.kubernetes.client.KubernetesClientException;

/// What the API server says, without the request around it.
final class ApiError {
    private ApiError() {}

    static String reason(KubernetesClientException e) {
        var status = e.getStatus();
        return status == null || status.getMessage() == null
                ? "the API server can't be reached"
                : status.getMessage();
    }
}
