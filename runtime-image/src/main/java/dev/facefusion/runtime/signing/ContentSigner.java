package dev.facefusion.runtime.signing;

import java.io.IOException;
import java.nio.file.Path;

/// Signs results, with a C2PA manifest for example. An implementation is found by
/// [java.util.ServiceLoader]; its jar lies on the class path, and there is one at most. Without one
/// results are not signed: a signature needs a key and a certificate, which are the deployment's.
///
/// It sees every result after its marks were written and before anybody gets it, and must leave
/// those marks and the picture as they are. Several threads call it at once. What it throws fails
/// the task: nothing leaves half signed.
public interface ContentSigner {

    /// Signs a picture.
    ///
    /// @param image a whole file with its marks
    /// @param mediaType such as `image/jpeg`
    /// @param requestId names the task in the marks and in the audit log
    /// @return the signed file
    byte[] sign(byte[] image, String mediaType, String requestId) throws IOException;

    /// Signs a video, in place.
    ///
    /// @param video a whole file with its marks, under a name that is not its last one
    void sign(Path video, String requestId) throws IOException;
}
