package dev.facefusion.runtime.cli;

import java.nio.file.Path;

/// One target of a batch, and where its result goes.
record BatchItem(Path target, Path output) {}
