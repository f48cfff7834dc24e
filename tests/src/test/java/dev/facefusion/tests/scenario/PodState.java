package dev.facefusion.tests.scenario;

/// A pod as the API server shows it.
///
/// @param restarts of its container
public record PodState(String node, Life life, Traffic traffic, Owner owner, int restarts) {
    public enum Life {
        STARTING,
        READY,
        UNREADY,
        LEAVING,
        GONE
    }

    /// Whether the Service sends it requests.
    public enum Traffic {
        IN_SERVICE,
        OUT_OF_SERVICE
    }

    public enum Owner {
        FLEET,
        QUARANTINE
    }

    boolean exists() {
        return life != Life.GONE;
    }

    boolean outOfService() {
        return exists() && (life == Life.LEAVING || traffic == Traffic.OUT_OF_SERVICE);
    }

    String line() {
        return "%s on %s, %s, %d restarts%s"
                .formatted(
                        life,
                        node,
                        traffic,
                        restarts,
                        owner == Owner.QUARANTINE ? ", in quarantine" : "");
    }
}
