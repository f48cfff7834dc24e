package dev.facefusion.runtime.provenance;

import java.io.ByteArrayInputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.namespace.QName;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// The simple properties of an XMP packet: those written as an element with a text or a resource,
/// and those written as an attribute of the description.
///
/// A stream of events is read rather than a tree: a packet nested a hundred thousand deep costs
/// neither stack nor memory. A packet that breaks off gives what stands before.
final class XmpProperties {

    private static final XMLInputFactory XML = factory();
    // rdf:RDF is 0, rdf:Description 1, a property 2; the values of a list lie deeper.
    private static final int DESCRIPTION = 1;
    private static final int PROPERTY = 2;

    private final Map<QName, String> values = new HashMap<>();

    private XmpProperties() {}

    static XmpProperties read(byte[] packet) {
        var properties = new XmpProperties();
        try {
            properties.collect(XML.createXMLStreamReader(new ByteArrayInputStream(packet)));
        } catch (XMLStreamException | RuntimeException _) {
            // The JDK's parser meets broken XML with unchecked exceptions, too.
        }
        return properties;
    }

    /// The first value of the property, unless that is blank.
    Optional<String> get(String namespace, String name) {
        return Optional.ofNullable(values.get(new QName(namespace, name)))
                .filter(value -> !value.isBlank());
    }

    private void collect(XMLStreamReader xml) throws XMLStreamException {
        int depth = -1; // outside rdf:RDF
        var text = new StringBuilder();
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (depth >= 0 || xml.getName().equals(new QName(XmpPacket.RDF, "RDF"))) {
                        depth++;
                    }
                    if (depth == DESCRIPTION) {
                        attributes(xml);
                    }
                    if (depth == PROPERTY) {
                        text.setLength(0);
                        var resource = xml.getAttributeValue(XmpPacket.RDF, "resource");
                        text.append(resource == null ? "" : resource);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (depth >= PROPERTY) {
                        text.append(xml.getText());
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    if (depth == PROPERTY) {
                        values.putIfAbsent(xml.getName(), text.toString().strip());
                    }
                    if (depth >= 0) {
                        depth--;
                    }
                }
                default -> {
                    // comments and processing instructions say nothing
                }
            }
        }
    }

    private void attributes(XMLStreamReader xml) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            values.putIfAbsent(xml.getAttributeName(i), xml.getAttributeValue(i).strip());
        }
    }

    private static XMLInputFactory factory() {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }
}
