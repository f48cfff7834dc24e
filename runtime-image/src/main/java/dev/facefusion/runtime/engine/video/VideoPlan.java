package dev.facefusion.runtime.engine.video;

import dev.facefusion.runtime.engine.media.PictureSize;
import dev.facefusion.runtime.engine.media.ffmpeg.Ffmpeg;
import dev.facefusion.runtime.engine.media.ffmpeg.MediaFacts;
import dev.facefusion.runtime.engine.media.ffmpeg.MediaFacts.AudioStream;
import dev.facefusion.runtime.engine.media.ffmpeg.Rational;
import dev.facefusion.runtime.engine.media.ffmpeg.VideoFault;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How one video is carried out: everything that can be decided before a process starts.
sealed interface VideoPlan {

    /// From this rate on ffmpeg reads none from NUT, and cuts the last frame off that lasts for it.
    double RATE_LOST_BY_NUT = 1000;

    /// It can be done.
    ///
    /// @param decode arguments
    /// @param total frames that should come
    /// @param outputSize of a frame in the result
    record Made(
            List<String> decode,
            Picturing picturing,
            EncodeArguments encode,
            long total,
            PictureSize outputSize,
            Set<Alteration> alterations)
            implements VideoPlan {}

    record Refused(VideoFault fault, String detail) implements VideoPlan {}

    /// Decides.
    static VideoPlan of(Footage.Usable footage, VideoRequest request, Ffmpeg ffmpeg) {
        var facts = footage.facts();
        var window = footage.window();
        var options = request.options();
        var container = request.container();
        var stream = facts.video();
        var picturing = Picturing.of(stream, options);
        var alterations = EnumSet.noneOf(Alteration.class);
        alterations.addAll(picturing.alterations());
        if (facts.lostSound() > 0 && footage.replacement().isEmpty()) {
            alterations.add(Alteration.SOUND_DROPPED);
        }
        if (facts.subtitles() > 0) {
            alterations.add(Alteration.SUBTITLES_DROPPED);
        }

        var encoder = encoder(options, container, ffmpeg);
        if (encoder.isEmpty()) {
            return missing(
                    options.encoder()
                            .map(container::replaced)
                            .map(VideoEncoder::label)
                            .orElse("any"));
        }
        if (options.encoder().filter(asked -> asked != encoder.get()).isPresent()) {
            alterations.add(Alteration.ENCODER_REPLACED);
        }

        if (!request.metadata().isEmpty() && container.arguments(request.metadata()).isEmpty()) {
            alterations.add(Alteration.UNMARKED);
        }

        var sound = sound(footage, request);
        var soundEncoder = sound.flatMap(EncodeArguments.Sound::encoder);
        if (soundEncoder.isPresent() && !ffmpeg.encoders().contains(soundEncoder.get().label())) {
            return missing(soundEncoder.get().label());
        }
        if (soundEncoder.isPresent() && options.audio().equals(AudioOptions.keep())) {
            alterations.add(Alteration.AUDIO_ENCODED);
        }

        var timeBase = timeBase(facts, picturing);
        var outputSize = Picturing.scaled(stream.size(), options.scale());
        var encode =
                new EncodeArguments(
                        offset(footage),
                        sound,
                        timeBase,
                        stream.constantRate() && timeBase.inverse().value() >= RATE_LOST_BY_NUT,
                        raised(facts, options),
                        options.scale() > 1 ? Optional.of(outputSize) : Optional.empty(),
                        picturing.colour(),
                        picturing.pixelFormat().equals("yuvj420p"),
                        encoder.get(),
                        options,
                        container,
                        request.metadata());
        return new Made(
                DecodeArguments.of(
                        input(request.source(), window), stream.index(), picturing, timeBase),
                picturing,
                encode,
                total(facts, window, picturing),
                outputSize,
                Set.copyOf(alterations));
    }

    /// How the decoder opens a source.
    static List<String> input(VideoSource source, Window window) {
        return switch (source) {
            case VideoSource.File(var path) ->
                    Ffmpeg.input(
                            path, window.pictures().map(Window.Cut::arguments).orElse(List.of()));
            case VideoSource.Pictures pictures ->
                    Ffmpeg.pipe(
                            pictures.format().demuxer(),
                            List.of("-framerate", pictures.rate().toString()));
        };
    }

    private static Refused missing(String encoder) {
        return new Refused(
                VideoFault.UNSUPPORTED, "This ffmpeg has no encoder %s.".formatted(encoder));
    }

    private static Optional<VideoEncoder> encoder(
            VideoOptions options, Container container, Ffmpeg ffmpeg) {
        return options.encoder()
                .map(Stream::of)
                .orElseGet(() -> Stream.of(VideoEncoder.values()))
                .map(container::replaced)
                .filter(encoder -> ffmpeg.encoders().contains(encoder.label()))
                .findFirst();
    }

    private static Optional<EncodeArguments.Sound> sound(
            Footage.Usable footage, VideoRequest request) {
        if (request.options().audio().volume() == 0) {
            return Optional.empty();
        }
        var replacement = footage.replacement();
        return replacement.isPresent()
                ? request.sound().map(file -> replaced(file, replacement.get(), footage, request))
                : own(footage, request);
    }

    private static EncodeArguments.Sound replaced(
            Path file, AudioStream stream, Footage.Usable footage, VideoRequest request) {
        var cut = new Window.Cut(0, footage.seconds());
        return new EncodeArguments.Sound(
                Ffmpeg.sound(file, cut.arguments()),
                List.of(stream.index()),
                soundEncoder(List.of(stream), request));
    }

    private static Optional<EncodeArguments.Sound> own(
            Footage.Usable footage, VideoRequest request) {
        var streams = footage.facts().audio();
        if (streams.isEmpty() || !(request.source() instanceof VideoSource.File(var path))) {
            return Optional.empty();
        }
        return Optional.of(
                new EncodeArguments.Sound(
                        Ffmpeg.input(
                                path,
                                footage.window()
                                        .sound()
                                        .map(Window.Cut::arguments)
                                        .orElse(List.of())),
                        streams.stream().map(AudioStream::index).toList(),
                        soundEncoder(streams, request)));
    }

    /// Empty to copy.
    private static Optional<AudioEncoder> soundEncoder(
            List<AudioStream> streams, VideoRequest request) {
        var options = request.options().audio();
        var container = request.container();
        if (options.encoder().isPresent()) {
            return options.encoder().map(container::replaced);
        }
        boolean copied =
                options.volume() == 100
                        && streams.stream().allMatch(stream -> container.copies(stream.codec()));
        return copied ? Optional.empty() : Optional.of(container.fallback());
    }

    // A constant rate counts in frames: containers that round to milliseconds come out exact again.
    private static Rational timeBase(MediaFacts facts, Picturing picturing) {
        return picturing
                .rate()
                .map(Rational::inverse)
                .orElse(
                        facts.video().constantRate()
                                ? facts.video().nominalRate().inverse()
                                : facts.video().timeBase());
    }

    private static Optional<Rational> raised(MediaFacts facts, VideoOptions options) {
        return options.framesPerSecond().isPresent()
                        && options.framesPerSecond().getAsDouble() > facts.video().framesPerSecond()
                ? Optional.of(Rational.of(options.framesPerSecond().getAsDouble()))
                : Optional.empty();
    }

    // A cut begins with its first frame, and so does sound that does not belong to the pictures.
    private static double offset(Footage.Usable footage) {
        var facts = footage.facts();
        return footage.window().pictures().isPresent() || footage.replacement().isPresent()
                ? 0
                : Math.max(0, facts.video().start().minus(facts.start()).toNanos() / 1e9);
    }

    private static long total(MediaFacts facts, Window window, Picturing picturing) {
        return picturing
                .rate()
                .map(rate ->
                        Math.round(
                                window.frames() * rate.value() / facts.video().framesPerSecond()))
                .orElse(window.frames());
    }
}
