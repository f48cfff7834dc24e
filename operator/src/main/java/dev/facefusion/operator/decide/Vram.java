package dev.facefusion.operator.decide;

import java.time.Duration;

/// When GPU memory counts as full.
///
/// @param pressurePercent use from which a GPU is under pressure
/// @param clearPercent use below which the pressure is over
/// @param sustained how long the use must be that high
public record Vram(int pressurePercent, int clearPercent, Duration sustained) {
    public Vram {
        if (clearPercent >= pressurePercent) {
            throw new IllegalArgumentException(
                    "health.vram.clearPercent must be less than health.vram.pressurePercent, got %d and %d"
                            .formatted(clearPercent, pressurePercent));
        }
    }

    Sustained.Level level(int usedPercent) {
        if (usedPercent >= pressurePercent) {
            return Sustained.Level.HIGH;
        }
        return usedPercent < clearPercent ? Sustained.Level.LOW : Sustained.Level.BETWEEN;
    }
}
