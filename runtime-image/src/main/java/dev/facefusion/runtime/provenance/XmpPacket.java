package dev.facefusion.runtime.provenance;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// The XMP packet of a result (ISO 16684-1).
final class XmpPacket {

    static final String RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    static final String XMP = "http://ns.adobe.com/xap/1.0/";
    static final String IPTC_EXTENSION = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    static final String TC260 = "http://www.tc260.org.cn/ns/AIGC/1.0/";

    private static final String CREATOR_TOOL = "FaceFusion runtime";

    private XmpPacket() {}

    /// The packet as text. It is UTF-8, without padding and so marked as not to be changed in
    /// place.
    static String of(AigcLabel label, Instant producedAt) {
        return """
        <?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?>
        <x:xmpmeta xmlns:x="adobe:ns:meta/">
         <rdf:RDF xmlns:rdf="%s">
          <rdf:Description rdf:about="" xmlns:xmp="%s" xmlns:Iptc4xmpExt="%s" xmlns:TC260="%s">
           <xmp:CreatorTool>%s</xmp:CreatorTool>
           <xmp:CreateDate>%s</xmp:CreateDate>
           <Iptc4xmpExt:DigitalSourceType>%s</Iptc4xmpExt:DigitalSourceType>
           <TC260:AIGC>%s</TC260:AIGC>
          </rdf:Description>
         </rdf:RDF>
        </x:xmpmeta>
        <?xpacket end="r"?>\
        """
                .formatted(
                        RDF,
                        XMP,
                        IPTC_EXTENSION,
                        TC260,
                        CREATOR_TOOL,
                        producedAt.truncatedTo(ChronoUnit.SECONDS),
                        DigitalSourceType.COMPOSITE_WITH_TRAINED_ALGORITHMIC_MEDIA.uri(),
                        escaped(label.json()));
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
