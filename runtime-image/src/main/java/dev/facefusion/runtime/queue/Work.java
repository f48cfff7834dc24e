package dev.facefusion.runtime.queue;

/// What a worker has to do.
sealed interface Work permits Task, Examination {}
