import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Lays `ffmpeg` and `ffprobe` out of the jar that they come in, with ffmpeg's own libraries.
///
/// Those ask for others besides: of displays, sound cards and graphics hardware, which no image has, and without which
/// the loader would refuse to start. They are struck off the lists of what is needed. A function of theirs that is called
/// all the same, as by `-f x11grab`, ends the program with "undefined symbol".
///
///     java VideoPrograms.java JAR DIRECTORY
void main(String... arguments) throws IOException {
    var directory = Files.createDirectories(Path.of(arguments[1]));
    try (var jar = new ZipFile(arguments[0])) {
        var shipped =
                jar.stream()
                        .filter(entry -> entry.getName().startsWith("org/") && !entry.isDirectory())
                        .collect(Collectors.toMap(entry -> fileName(entry), entry -> entry));
        var kept = new HashSet<>(PROGRAMS);
        for (var program : PROGRAMS) {
            kept.addAll(elf(jar, shipped.get(program)).needed());
        }
        for (var name : kept) {
            if (shipped.containsKey(name)) {
                var file = elf(jar, shipped.get(name));
                file.needOnly(needed -> kept.contains(needed) || OF_THE_BASE.matcher(needed).matches());
                Files.write(directory.resolve(name), file.bytes());
            }
        }
    }
    for (var program : PROGRAMS) {
        Files.setPosixFilePermissions(directory.resolve(program), PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}

static final List<String> PROGRAMS = List.of("ffmpeg", "ffprobe");

/// The C and C++ libraries, which every base has.
static final Pattern OF_THE_BASE = Pattern.compile("ld-linux-.*|lib(c|m|mvec|gcc_s|stdc\\+\\+)\\.so\\.\\d+");

static Elf elf(ZipFile jar, ZipEntry entry) throws IOException {
    return new Elf(jar.getInputStream(entry).readAllBytes());
}

static String fileName(ZipEntry entry) {
    return Path.of(entry.getName()).getFileName().toString();
}

/// A program or library for 64-bit Linux, least byte first. Names are those of the System V ABI, and of "Linux Standard
/// Base, Symbol Versioning".
static final class Elf {

    private static final int PT_LOAD = 1;
    private static final int PT_DYNAMIC = 2;
    private static final int DYNAMIC_BYTES = 16;
    private static final long DT_NEEDED = 1;
    private static final long DT_STRTAB = 5;
    private static final long DT_VERNEED = 0x6ffffffeL;
    private static final long DT_VERNEEDNUM = 0x6fffffffL;

    /// An entry of the dynamic section.
    private record Dynamic(long tag, long value) {

        Dynamic with(long value) {
            return new Dynamic(tag, value);
        }
    }

    /// A part of the file, and where it is in memory.
    private record Segment(int type, int offset, long address, int size) {}

    private final ByteBuffer file;
    private final List<Segment> segments;
    private final Segment dynamic;

    Elf(byte[] bytes) {
        file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        if (file.getInt(0) != 0x464c457f || file.get(4) != 2) {
            throw new IllegalArgumentException("not a 64-bit ELF file");
        }
        int headers = Math.toIntExact(file.getLong(32)); // e_phoff; then e_phentsize and e_phnum
        segments =
                IntStream.range(0, file.getShort(56)).mapToObj(i -> segment(headers + i * file.getShort(54))).toList();
        dynamic = segments.stream().filter(segment -> segment.type() == PT_DYNAMIC).findFirst().orElseThrow();
    }

    private Segment segment(int at) {
        return new Segment(
                file.getInt(at), // p_type
                Math.toIntExact(file.getLong(at + 8)), // p_offset
                file.getLong(at + 16), // p_vaddr
                Math.toIntExact(file.getLong(at + 32))); // p_filesz
    }

    byte[] bytes() {
        return file.array();
    }

    List<String> needed() {
        return entries().stream().filter(entry -> entry.tag() == DT_NEEDED).map(entry -> text(entry.value())).toList();
    }

    /// Strikes the other libraries off, and what versions of them it needs.
    void needOnly(Predicate<String> kept) {
        var versions = versions().stream().filter(at -> kept.test(text(file.getInt(at + 4)))).toList();
        for (int i = 0; i < versions.size(); i++) {
            int next = i + 1 < versions.size() ? versions.get(i + 1) - versions.get(i) : 0;
            file.putInt(versions.get(i) + 12, next);
        }
        long struck = versions.getFirst() - offset(value(DT_VERNEED));
        var entries =
                entries().stream()
                        .filter(entry -> entry.tag() != DT_NEEDED || kept.test(text(entry.value())))
                        .map(entry -> entry.tag() == DT_VERNEED ? entry.with(entry.value() + struck) : entry)
                        .map(entry -> entry.tag() == DT_VERNEEDNUM ? entry.with(versions.size()) : entry)
                        .toList();
        for (int i = 0; i * DYNAMIC_BYTES < dynamic.size(); i++) {
            var entry = i < entries.size() ? entries.get(i) : new Dynamic(0, 0);
            file.putLong(dynamic.offset() + i * DYNAMIC_BYTES, entry.tag());
            file.putLong(dynamic.offset() + i * DYNAMIC_BYTES + 8, entry.value());
        }
    }

    // Where the records are of which versions are needed: each has its library's name (vn_file) at 4, and at 12 how far
    // it is to the next (vn_next).
    private List<Integer> versions() {
        return Stream.iterate(offset(value(DT_VERNEED)), at -> at + file.getInt(at + 12))
                .limit(value(DT_VERNEEDNUM))
                .toList();
    }

    private List<Dynamic> entries() {
        return IntStream.range(0, dynamic.size() / DYNAMIC_BYTES)
                .map(i -> dynamic.offset() + i * DYNAMIC_BYTES)
                .mapToObj(at -> new Dynamic(file.getLong(at), file.getLong(at + 8)))
                .takeWhile(entry -> entry.tag() != 0)
                .toList();
    }

    private long value(long tag) {
        return entries().stream().filter(entry -> entry.tag() == tag).findFirst().orElseThrow().value();
    }

    private String text(long index) {
        int start = offset(value(DT_STRTAB) + index);
        int end = start;
        while (file.get(end) != 0) {
            end++;
        }
        return new String(file.array(), start, end - start, StandardCharsets.UTF_8);
    }

    private int offset(long address) {
        return segments.stream()
                .filter(segment -> segment.type() == PT_LOAD)
                .filter(segment -> address >= segment.address() && address < segment.address() + segment.size())
                .mapToInt(segment -> Math.toIntExact(address - segment.address() + segment.offset()))
                .findFirst()
                .orElseThrow();
    }
}
