/// Marks that say how a picture or a video was made: written into every result, and read back from
/// any file.
///
/// Two marks that machines read go into the metadata, none into the pixels:
///
/// - IPTC's `DigitalSourceType` in XMP, the field that search engines and social networks look at;
/// - the label of GB 45438-2025 (China) as TC260-PG-20258A puts it into XMP.
///
/// The reader walks a file's segments without decoding it and takes nothing for granted: sizes are
/// bounded, XML has neither entities nor external parts, and a file that breaks off is read up to
/// there. It reads what other tools wrote, too.
@NullMarked
package dev.facefusion.runtime.provenance;

import org.jspecify.annotations.NullMarked;
