package dev.facefusion.runtime.server;

import dev.facefusion.runtime.engine.Surroundings;
import dev.facefusion.runtime.models.ModelStore;

/// What engines are opened with; shared by all of them.
public record EngineParts(ModelStore models, Surroundings surroundings) {}
