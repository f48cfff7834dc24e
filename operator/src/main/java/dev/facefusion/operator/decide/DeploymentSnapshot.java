package dev.facefusion.operator.decide;

/// The Deployment's own account of its pods.
///
/// @param observed whether the account speaks of the Deployment's newest spec
/// @param asAsked whether its pods' template is what is asked now
/// @param inPlace whether its rollouts make no pod beyond the wanted ones
/// @param deadlineExceeded whether the rollout has made no progress for too long
/// @param creationFailing whether pods can't be created, for example because of a quota
public record DeploymentSnapshot(
        boolean observed,
        boolean asAsked,
        boolean inPlace,
        int replicas,
        int updated,
        int ready,
        boolean deadlineExceeded,
        boolean creationFailing) {}
