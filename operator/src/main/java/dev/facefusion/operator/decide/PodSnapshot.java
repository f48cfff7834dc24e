package dev.facefusion.operator.decide;

import java.time.Instant;
import java.util.Optional;

/// One pod as the cluster and its own health show it.
///
/// @param ready whether the kubelet lets traffic through
/// @param leaving whether its deletion has begun
/// @param goneBy when it should be gone at the latest; empty while it may stay
/// @param startedAt when its container started, or the pod was created while it has none
/// @param obstacle what Kubernetes itself says against it, if anything
/// @param unschedulableSince since when the scheduler finds no node for it
/// @param words of Kubernetes for what is wrong, the same for every pod and every try; may be empty
/// @param complaint what the status says of it, to stand until it has been asked anew
/// @param track its polls; empty while it has no address
public record PodSnapshot(
        PodRef ref,
        Custody custody,
        boolean ready,
        boolean leaving,
        Optional<Instant> goneBy,
        Instant startedAt,
        Optional<Reason> obstacle,
        Optional<Instant> unschedulableSince,
        String words,
        Optional<Complaint> complaint,
        Optional<HealthTrack> track) {

    public String name() {
        return ref.name();
    }

    boolean complainedOf(Reason reason) {
        return complaint.filter(last -> last.reason() == reason).isPresent();
    }

    public String nodeName() {
        return ref.nodeName();
    }
}
