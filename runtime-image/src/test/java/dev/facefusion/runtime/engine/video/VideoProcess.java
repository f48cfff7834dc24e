package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.stage.Cancellation;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

/// A process of its own that carries out one video, as the command does, and says what it took.
final class VideoProcess {

    private VideoProcess() {}

    /// Carries it out.
    ///
    /// @param args source, output
    public static void main(String[] args) throws IOException {
        var engine = new VideoEngine(Ffmpeg.find(Footages.SEARCH_PATH), VideoLimits.defaults());
        Runtime.getRuntime().addShutdownHook(new Thread(engine::close));
        System.out.println("running");
        var outcome =
                engine.run(
                        new VideoRequest(
                                new VideoSource.File(Path.of(args[0])),
                                Path.of(args[1]),
                                VideoOptions.defaults()),
                        HandWork.square(1),
                        _ -> {},
                        new Cancellation());
        System.out.println("heap " + heapBytes());
        System.out.println("rss " + residentKibibytes());
        System.out.println(outcome);
    }

    private static long heapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(java.lang.management.MemoryUsage::getUsed)
                .sum();
    }

    private static long residentKibibytes() throws IOException {
        return Files.readString(Path.of("/proc/self/status"))
                .lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
