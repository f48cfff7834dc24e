package dev.facefusion.runtime.provenance;

/// Told of the metadata in a file, in its order.
interface Metadata {

    /// An XMP packet.
    void packet(byte[] xmp);

    /// A text under the name `AIGC` that stands by itself.
    void label(String json);
}
