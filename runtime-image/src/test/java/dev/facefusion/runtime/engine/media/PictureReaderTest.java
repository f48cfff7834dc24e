package dev.facefusion.runtime.engine.media;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.sun.management.ThreadMXBean;
import dev.facefusion.runtime.engine.Reference;
import dev.facefusion.runtime.engine.image.Picture;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReaderTest {

    private static final byte[] PNG = Reference.photo("astronaut.png");
    private static final byte[] JPEG = Reference.photo("grace_hopper.jpg");

    @Test
    void readsPngAndJpeg() {
        assertThat(intact(PNG).bounds()).isEqualTo(Picture.black(512, 512).bounds());
        assertThat(intact(JPEG).bounds()).isEqualTo(Picture.black(512, 600).bounds());
    }

    @Test
    void knowsAPicturesSizeByItsHeader(@TempDir Path folder) throws IOException {
        // given
        var photos = Reference.MODELS.resolve("photos");
        var text = Files.writeString(folder.resolve("text"), "Dear Sir or Madam, ");

        // then
        assertThat(PictureReader.size(photos.resolve("astronaut.png")))
                .hasValue(new PictureSize(512, 512));
        assertThat(PictureReader.size(photos.resolve("grace_hopper.jpg")))
                .hasValue(new PictureSize(512, 600));
        assertThat(PictureReader.size(text)).isEmpty();
        assertThat(PictureReader.size(folder.resolve("missing"))).isEmpty();
    }

    @Test
    void refusesAFileOfMoreThan64Mebibytes(@TempDir Path folder) throws IOException {
        // given
        var huge = folder.resolve("huge");
        try (var file = new RandomAccessFile(huge.toFile(), "rw")) {
            file.setLength(PictureReader.MAX_FILE_BYTES + 1L);
        }

        // then
        assertThat(PictureReader.read(huge))
                .asInstanceOf(type(Decoded.Refused.class))
                .extracting(Decoded.Refused::fault)
                .isEqualTo(MediaFault.TOO_LARGE);
    }

    @Test
    void refusesAnEmptyFile() {
        assertThat(fault(new byte[0])).isEqualTo(MediaFault.EMPTY);
    }

    @Test
    void refusesWhatIsNoPicture() {
        assertThat(fault("Dear Sir or Madam, ".getBytes(UTF_8))).isEqualTo(MediaFault.NOT_AN_IMAGE);
        assertThat(fault(new byte[] {0})).isEqualTo(MediaFault.NOT_AN_IMAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GIF89a............", "II*\0....", "....ftypavif...."})
    void namesAFormatThatItDoesNotRead(String start) {
        assertThat(fault(start.getBytes(US_ASCII))).isEqualTo(MediaFault.UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 20, 50, 80, 95, 99})
    void refusesATruncatedFileInsteadOfShowingHalf(int percent) {
        assertThat(fault(Arrays.copyOf(PNG, PNG.length * percent / 100)))
                .isEqualTo(MediaFault.TRUNCATED);
        assertThat(fault(Arrays.copyOf(JPEG, JPEG.length * percent / 100)))
                .isEqualTo(MediaFault.TRUNCATED);
    }

    @Test
    void refusesAFileThatLacksItsLastBytes() {
        assertThat(fault(Arrays.copyOf(PNG, PNG.length - 12))).isEqualTo(MediaFault.TRUNCATED);
        assertThat(fault(Arrays.copyOf(JPEG, JPEG.length - 2))).isEqualTo(MediaFault.TRUNCATED);
    }

    @Test
    void judgesHugePicturesByTheirHeaderAlone() {
        // given
        var png = PNG.clone();
        ByteBuffer.wrap(png).putInt(16, 20_000).putInt(20, 20_000);
        var jpeg = withSize(JPEG, 20_000, 20_000);
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var before = threads.getCurrentThreadAllocatedBytes();

        // when
        var faults = new MediaFault[] {fault(png), fault(jpeg)};

        // then
        assertThat(faults).containsOnly(MediaFault.TOO_LARGE);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000_000);
    }

    @ParameterizedTest
    @CsvSource({"16385, 1, TOO_LARGE", "8000, 5001, TOO_LARGE", "8000, 5000, TRUNCATED"})
    void drawsTheLineAtFortyMegapixelsAndAtASide(int width, int height, MediaFault fault) {
        var png = PNG.clone();
        ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);

        assertThat(fault(png)).isEqualTo(fault);
    }

    @Test
    void saysThatCmykIsNotRead() {
        // given
        var cmyk = JPEG.clone();
        cmyk[frame(cmyk) + 9] = 4;

        // when
        var refused = (Decoded.Refused) PictureReader.read(cmyk);

        // then
        assertThat(refused.fault()).isEqualTo(MediaFault.UNSUPPORTED);
        assertThat(refused.detail()).contains("CMYK");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                BufferedImage.TYPE_BYTE_GRAY,
                BufferedImage.TYPE_USHORT_GRAY,
                BufferedImage.TYPE_BYTE_BINARY
            })
    void readsGreyAsItIsStored(int type) throws IOException {
        // given
        var image = new BufferedImage(2, 1, type);
        int white = type == BufferedImage.TYPE_BYTE_BINARY ? 1 : 0x64;
        image.getRaster()
                .setSample(0, 0, 0, type == BufferedImage.TYPE_USHORT_GRAY ? white << 8 : white);

        // when
        var picture = intact(png(image));

        // then
        int expected = type == BufferedImage.TYPE_BYTE_BINARY ? 255 : 0x64;
        assertThat(picture.rgb())
                .containsExactly((byte) expected, (byte) expected, (byte) expected, 0, 0, 0);
    }

    @Test
    void readsPalettesAndDropsAlpha() throws IOException {
        // given
        var map = new byte[][] {{10, 20}, {30, 40}, {50, 60}};
        var palette =
                new BufferedImage(
                        2,
                        1,
                        BufferedImage.TYPE_BYTE_INDEXED,
                        new IndexColorModel(8, 2, map[0], map[1], map[2]));
        palette.getRaster().setSample(1, 0, 0, 1);
        var translucent = new BufferedImage(1, 1, BufferedImage.TYPE_4BYTE_ABGR);
        translucent.setRGB(0, 0, 0x40_0A_14_1E);

        // then
        assertThat(intact(png(palette)).rgb()).containsExactly(10, 30, 50, 20, 40, 60);
        assertThat(intact(png(translucent)).rgb()).containsExactly(10, 20, 30);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsAPictureAsExifSays(int orientation) {
        // given: the left upper corner of the upright picture, after the camera turned it
        var upright = intact(JPEG);
        boolean sideways = orientation >= 5;

        // when
        var picture = intact(withOrientation(JPEG, orientation));

        // then
        assertThat(picture.width()).isEqualTo(sideways ? upright.height() : upright.width());
        int x = sideways ? 100 : 300;
        int y = sideways ? 300 : 100;
        var stored = stored(orientation, x, y, upright.width(), upright.height());
        assertThat(pixel(picture, x, y)).isEqualTo(pixel(upright, stored[0], stored[1]));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void turnsAPngAsItsExifChunkSays(int orientation) {
        // given
        var plain = intact(PNG);
        boolean sideways = orientation >= 5;

        // when
        var picture = intact(withChunk(PNG, "eXIf", tiff(orientation)));

        // then
        assertThat(picture.width()).isEqualTo(sideways ? plain.height() : plain.width());
        var stored = stored(orientation, 7, 11, plain.width(), plain.height());
        assertThat(pixel(picture, 7, 11)).isEqualTo(pixel(plain, stored[0], stored[1]));
    }

    /// Where a pixel of the upright picture is stored: the eight cases of the Exif standard.
    private static int[] stored(int orientation, int x, int y, int width, int height) {
        return switch (orientation) {
            case 2 -> new int[] {width - 1 - x, y};
            case 3 -> new int[] {width - 1 - x, height - 1 - y};
            case 4 -> new int[] {x, height - 1 - y};
            case 5 -> new int[] {y, x};
            case 6 -> new int[] {y, height - 1 - x};
            case 7 -> new int[] {width - 1 - y, height - 1 - x};
            case 8 -> new int[] {width - 1 - y, x};
            default -> new int[] {x, y};
        };
    }

    @Test
    void survivesDamageAnywhere() {
        var random = new Random(1);
        for (int round = 0; round < 200; round++) {
            var damaged = (round % 2 == 0 ? JPEG : PNG).clone();
            int area = round % 4 < 2 ? 1000 : damaged.length;
            for (int i = 0; i < 3; i++) {
                damaged[random.nextInt(area)] = (byte) random.nextInt(256);
            }

            assertThat(PictureReader.read(damaged)).isNotNull();
        }
    }

    private static Picture intact(byte[] file) {
        return Reference.picture(file);
    }

    private static MediaFault fault(byte[] file) {
        return ((Decoded.Refused) PictureReader.read(file)).fault();
    }

    private static byte[] png(BufferedImage image) throws IOException {
        var file = new ByteArrayOutputStream();
        ImageIO.write(image, "png", file);
        return file.toByteArray();
    }

    private static int frame(byte[] jpeg) {
        for (int i = 0; i < jpeg.length - 1; i++) {
            if ((jpeg[i] & 0xFF) == 0xFF && (jpeg[i + 1] & 0xFF) == 0xC0) {
                return i;
            }
        }
        throw new IllegalArgumentException("no baseline frame");
    }

    private static byte[] withSize(byte[] jpeg, int width, int height) {
        var changed = jpeg.clone();
        ByteBuffer.wrap(changed)
                .putShort(frame(jpeg) + 5, (short) height)
                .putShort(frame(jpeg) + 7, (short) width);
        return changed;
    }

    private static byte[] tiff(int orientation) {
        return ByteBuffer.allocate(26)
                .put("MM\0*".getBytes(US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    /// After the header, which has 33 bytes with the signature.
    private static byte[] withChunk(byte[] png, String type, byte[] content) {
        var crc = new CRC32();
        crc.update(type.getBytes(US_ASCII));
        crc.update(content);
        return ByteBuffer.allocate(png.length + 12 + content.length)
                .put(png, 0, 33)
                .putInt(content.length)
                .put(type.getBytes(US_ASCII))
                .put(content)
                .putInt((int) crc.getValue())
                .put(png, 33, png.length - 33)
                .array();
    }

    private static byte[] withOrientation(byte[] jpeg, int orientation) {
        var exif =
                ByteBuffer.allocate(36)
                        .putShort((short) 0xFFE1)
                        .putShort((short) 34)
                        .put("Exif\0\0".getBytes(US_ASCII))
                        .put(tiff(orientation))
                        .array();
        return ByteBuffer.allocate(jpeg.length + exif.length)
                .put(jpeg, 0, 2)
                .put(exif)
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static int pixel(Picture picture, int x, int y) {
        int at = 3 * (y * picture.width() + x);
        return ByteBuffer.wrap(
                        new byte[] {
                            0, picture.rgb()[at], picture.rgb()[at + 1], picture.rgb()[at + 2]
                        })
                .getInt();
    }
}
