package dev.facefusion.runtime.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.facefusion.runtime.audit.AuditEvent;
import dev.facefusion.runtime.audit.AuditException;
import dev.facefusion.runtime.audit.AuditLog;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.engine.media.MediaKind;
import dev.facefusion.runtime.engine.video.VideoOptions;
import dev.facefusion.runtime.option.OptionValues;
import dev.facefusion.runtime.provenance.ConsentPolicy;
import dev.facefusion.runtime.upload.FormRules;
import dev.facefusion.runtime.upload.ReceivedForm;
import dev.facefusion.runtime.upload.StoredFile;
import dev.facefusion.runtime.upload.Upload;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The form of `POST /v1/swap` and `POST /v1/jobs`: sources, a target, options as JSON, and a
/// reference to the consent of the people shown.
///
/// @param sources at least one, of one person
/// @param kind of the target
/// @param consent the reference to it, where one was sent
/// @param upload what the files live as long as; close it when the task is over
record SwapForm(
        List<StoredFile> sources,
        StoredFile target,
        MediaKind kind,
        OptionValues options,
        Optional<String> consent,
        Upload upload) {

    private static final Logger logger = LoggerFactory.getLogger(SwapForm.class);

    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final String OPTIONS = "options";
    private static final String CONSENT = "consent";

    static final FormRules RULES =
            new FormRules(List.of(SOURCE, TARGET), List.of(OPTIONS, CONSENT), Set.of(SOURCE));

    /// @throws RequestRefused if a part is missing, or an option is wrong
    static SwapForm of(ReceivedForm form, Upload upload, ConsentPolicy policy) {
        var sources = required(form, SOURCE);
        var target = required(form, TARGET).getFirst();
        var read =
                new SwapForm(
                        sources,
                        target,
                        MediaKind.of(target.path()),
                        Optional.ofNullable(form.texts().get(OPTIONS))
                                .map(SwapOptionsJson::read)
                                .orElseGet(OptionValues::none),
                        Optional.ofNullable(form.texts().get(CONSENT))
                                .map(text -> new String(text, UTF_8)),
                        upload);
        if (!policy.accepts(Optional.ofNullable(form.texts().get(CONSENT)))) {
            throw new RequestRefused(new Refusal.ConsentRequired());
        }
        return read;
    }

    /// How the video is written that the target is; `null` where it is a picture.
    @Nullable VideoOptions film() {
        return switch (kind) {
            case PICTURE -> null;
            case VIDEO -> options.toVideoOptions();
        };
    }

    /// What the audit log says of it.
    ///
    /// @throws RequestRefused if the log cannot be written: nothing happens without its line
    void audit(AuditLog log, String requestId) {
        try {
            log.write(
                    new AuditEvent.Requested(
                            requestId,
                            sources.stream().map(StoredFile::sha256).toList(),
                            target.sha256(),
                            options.given(),
                            consent.orElse(null)));
        } catch (AuditException e) {
            logger.atError().addKeyValue("requestId", requestId).setCause(e).log("No audit log");
            throw new RequestRefused(new Refusal.AuditFailed());
        }
    }

    SwapRequest request() {
        return new SwapRequest(
                sources.stream().map(StoredFile::path).toList(),
                target.path(),
                options.toSwapOptions());
    }

    private static List<StoredFile> required(ReceivedForm form, String name) {
        var files = form.files(name);
        if (files.isEmpty()) {
            throw new RequestRefused(new Refusal.MissingPart(name));
        }
        return files;
    }
}
