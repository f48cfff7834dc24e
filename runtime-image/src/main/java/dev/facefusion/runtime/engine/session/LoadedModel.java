package dev.facefusion.runtime.engine.session;

import java.time.Duration;

/// A model with a session.
///
/// @param time that it took to read the file and make the session
public record LoadedModel(NodePlacement placement, Duration time) {}
