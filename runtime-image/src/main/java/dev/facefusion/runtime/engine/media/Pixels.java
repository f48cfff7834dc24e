package dev.facefusion.runtime.engine.media;

import dev.facefusion.runtime.engine.image.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.util.Arrays;

/// Takes 8-bit RGB out of whatever the decoder made.
///
/// The samples are taken as they are stored: colour profiles are not applied, alpha is dropped, 16
/// bits lose their lower 8, grey becomes R = G = B. `BufferedImage.getRGB` would instead treat grey
/// as linear light and brighten it.
final class Pixels {

    private Pixels() {}

    static Picture of(BufferedImage image) {
        var rgb = new byte[3 * image.getWidth() * image.getHeight()];
        if (image.getType() == BufferedImage.TYPE_3BYTE_BGR) {
            swapEnds(((DataBufferByte) image.getRaster().getDataBuffer()).getData(), rgb);
        } else if (image.getColorModel() instanceof IndexColorModel palette) {
            lookUp(image, palette, rgb);
        } else {
            takeSamples(image, rgb);
        }
        return Picture.over(image.getWidth(), image.getHeight(), rgb);
    }

    private static void swapEnds(byte[] bgr, byte[] rgb) {
        for (int i = 0; i < rgb.length; i += 3) {
            rgb[i] = bgr[i + 2];
            rgb[i + 1] = bgr[i + 1];
            rgb[i + 2] = bgr[i];
        }
    }

    private static void lookUp(BufferedImage image, IndexColorModel palette, byte[] rgb) {
        var row = new int[image.getWidth()];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int index : image.getRaster().getPixels(0, y, row.length, 1, row)) {
                int colour = palette.getRGB(index);
                rgb[to++] = (byte) (colour >> 16);
                rgb[to++] = (byte) (colour >> 8);
                rgb[to++] = (byte) colour;
            }
        }
    }

    private static void takeSamples(BufferedImage image, byte[] rgb) {
        var raster = image.getRaster();
        int bands = raster.getNumBands();
        int green = bands < 3 ? 0 : 1;
        int blue = bands < 3 ? 0 : 2;
        int excess = Arrays.stream(raster.getSampleModel().getSampleSize()).max().orElseThrow() - 8;
        var row = new int[bands * image.getWidth()];
        int to = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, image.getWidth(), 1, row);
            for (int i = 0; i < row.length; i += bands) {
                rgb[to++] = (byte) (row[i] >> excess);
                rgb[to++] = (byte) (row[i + green] >> excess);
                rgb[to++] = (byte) (row[i + blue] >> excess);
            }
        }
    }
}
