package dev.facefusion.runtime.engine.media;

import dev.facefusion.runtime.engine.image.Picture;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Writes pictures as files of the formats that Java knows.
public final class PictureWriter {

    private PictureWriter() {}

    /// The file's bytes.
    ///
    /// @param format any but WebP
    /// @param quality 1 to 100, for JPEG only
    public static byte[] write(Picture picture, OutputFormat format, int quality) {
        var writer =
                ImageIO.getImageWritersByFormatName(format.name().toLowerCase(Locale.ROOT)).next();
        var parameters = writer.getDefaultWriteParam();
        switch (format) {
            case JPEG -> {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(quality / 100f);
            }
            case TIFF -> {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionType("LZW"); // lossless, and every reader has it
            }
            case PNG, BMP -> {}
            case WEBP -> throw new IllegalArgumentException("Java has no encoder for WebP");
        }
        var file = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(file)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(image(picture), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture cannot be written into memory", e);
        } finally {
            writer.dispose();
        }
        return file.toByteArray();
    }

    /// An image over the picture's own bytes.
    private static BufferedImage image(Picture picture) {
        var colours =
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        false,
                        false,
                        Transparency.OPAQUE,
                        DataBuffer.TYPE_BYTE);
        var bytes = new DataBufferByte(picture.rgb(), picture.rgb().length);
        var raster =
                Raster.createInterleavedRaster(
                        bytes,
                        picture.width(),
                        picture.height(),
                        3 * picture.width(),
                        3,
                        new int[] {0, 1, 2},
                        null);
        return new BufferedImage(colours, raster, false, null);
    }
}
