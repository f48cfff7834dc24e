package dev.facefusion.tests.scenario;

import java.time.Duration;

/// Something that happens at a time after the beginning.
public record Step(Duration at, Change change) {}
