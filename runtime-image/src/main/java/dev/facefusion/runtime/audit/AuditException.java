package dev.facefusion.runtime.audit;

import java.io.IOException;

/// A line of the audit log cannot be written: what it speaks of must not go on.
public final class AuditException extends RuntimeException {

    AuditException(String message, IOException cause) {
        super(message, cause);
    }
}
