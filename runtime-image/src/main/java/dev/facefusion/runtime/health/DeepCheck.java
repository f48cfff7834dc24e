package dev.facefusion.runtime.health;

/// Looks deeper than figures go: has the models do something.
@FunctionalInterface
public interface DeepCheck {

    /// What it found, or why it did not look; after a second and a half at most.
    DeepReport ask() throws InterruptedException;
}
