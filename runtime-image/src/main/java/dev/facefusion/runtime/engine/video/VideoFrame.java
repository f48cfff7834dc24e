package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.image.YuvPicture;

/// A place for one frame on its way. It is used again for a later one.
final class VideoFrame {

    private final YuvPicture picture;
    private byte[] head = new byte[4096];
    private int headLength;

    VideoFrame(int width, int height) {
        this.picture = YuvPicture.over(width, height, new byte[YuvPicture.bytes(width, height)]);
    }

    YuvPicture picture() {
        return picture;
    }

    /// Keeps what came before the frame in the stream, its time among it.
    void keepHead(byte[] bytes, int length) {
        if (head.length < length) {
            head = new byte[length];
        }
        System.arraycopy(bytes, 0, head, 0, length);
        headLength = length;
    }

    byte[] head() {
        return head;
    }

    int headLength() {
        return headLength;
    }
}
