package dev.facefusion.operator.decide;

/// How what is asked reaches the pods.
///
/// @param paused not at all, for now
/// @param keepsTemplate the pods' template stays as it is; all else is applied
/// @param inPlace without a pod beyond the wanted ones
public record Update(boolean paused, boolean keepsTemplate, boolean inPlace) {
    /// As it is asked, beginning with one pod more.
    public static final Update PLAIN = new Update(false, false, false);
}
