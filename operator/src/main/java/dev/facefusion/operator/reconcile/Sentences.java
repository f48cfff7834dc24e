package dev.facefusion.operator.reconcile;

import dev.facefusion.operator.decide.Reason;

/// Reasons in the words of conditions and events: what is wrong, and where to look.
final class Sentences {

    private Sentences() {}

    static String of(Reason reason) {
        return switch (reason) {
            case INFERENCE_STALLED -> "A pod has work in flight that no longer moves.";
            case HEALTH_UNREACHABLE -> "A pod does not answer for its health.";
            case HEALTH_UNREADABLE -> "A pod answers for its health with something else.";
            case HEALTH_UNKNOWN -> "A pod's health can't be asked for: check the network policy.";
            case ACCELERATOR_FALLBACK ->
                    "A pod does not run on the first execution provider asked for.";
            case MODEL_NOT_LOADED -> "A pod can't load its models: see its log.";
            case VRAM_PRESSURE -> "A pod's GPU memory is nearly full.";
            case VRAM_LEAK_PREDICTED -> "A pod's GPU memory grows and will run out.";
            case SLOW_INFERENCE -> "A pod's inference is slow.";
            case DEVICE_UNHEALTHY -> "A pod's GPU is lost, or reported unhealthy by its node.";
            case NODE_LOST -> "A pod's node does not answer, or is being drained.";
            case TERMINATION_STUCK -> "A pod is deleted and does not go: check its node.";
            case MANUAL_REQUEST -> "A person has asked for it by an annotation.";
            case REVISION_UPDATE -> "The pod is replaced by one of a newer revision.";
            case SCALE_UP -> "The load asks for more replicas.";
            case SCALE_DOWN -> "The load asks for fewer replicas.";
            case STARTUP_TIMEOUT -> "A pod has not come up within health.startupTimeoutSeconds.";
            case CONTAINER_CRASHING -> "A pod's container crashes: see its log.";
            case CONTAINER_MISCONFIGURED ->
                    "A pod's container can't be created: see the pod's events.";
            case IMAGE_UNAVAILABLE -> "A pod's image can't be pulled: check image and pullSecrets.";
            case UNSCHEDULABLE -> "No node takes a pod: see the pod's events.";
            case REPLICA_CREATION_FAILED ->
                    "Pods can't be created: see the Deployment's conditions.";
            case REPLICA_NOT_READY -> "A wanted replica is missing or not ready.";
            case PROGRESS_DEADLINE_EXCEEDED -> "The rollout has made no progress for too long.";
        };
    }
}
