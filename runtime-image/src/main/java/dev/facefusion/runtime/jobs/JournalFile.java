package dev.facefusion.runtime.jobs;

import java.io.IOException;

/// Where a journal is written. What a method has returned from survives the end of the process and
/// the loss of power. One thread at a time.
interface JournalFile extends AutoCloseable {

    /// Adds to the end, or leaves the file as it was.
    void append(byte[] lines) throws IOException;

    /// Makes this the whole content, or leaves the file as it was.
    void replace(byte[] content) throws IOException;

    @Override
    void close() throws IOException;
}
