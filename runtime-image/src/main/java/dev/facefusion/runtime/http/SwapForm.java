package dev.facefusion.runtime.http;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.provenance.ConsentPolicy;
import dev.facefusion.runtime.upload.FormRules;
import dev.facefusion.runtime.upload.ReceivedForm;
import dev.facefusion.runtime.upload.StoredFile;
import dev.facefusion.runtime.upload.Upload;
import java.util.List;
import java.util.Optional;

/// The form of `POST /v1/swap` and `POST /v1/jobs`: a source, a target, options as JSON, and a
/// reference to the consent of the people shown.
///
/// @param upload what the files live as long as; close it when the task is over
record SwapForm(StoredFile source, StoredFile target, SwapOptions options, Upload upload) {

    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final String OPTIONS = "options";
    private static final String CONSENT = "consent";

    static final FormRules RULES =
            new FormRules(List.of(SOURCE, TARGET), List.of(OPTIONS, CONSENT));

    /// The reference to the consent is looked at and dropped: it may name a person.
    ///
    /// @throws RequestRefused if a part is missing, or an option is wrong
    static SwapForm of(ReceivedForm form, Upload upload, ConsentPolicy policy) {
        var read =
                new SwapForm(
                        required(form, SOURCE),
                        required(form, TARGET),
                        Optional.ofNullable(form.texts().get(OPTIONS))
                                .map(SwapOptionsJson::read)
                                .orElseGet(SwapOptions::defaults),
                        upload);
        if (!policy.accepts(Optional.ofNullable(form.texts().get(CONSENT)))) {
            throw new RequestRefused(new Refusal.ConsentRequired());
        }
        return read;
    }

    SwapRequest request() {
        return new SwapRequest(source.path(), target.path(), options);
    }

    private static StoredFile required(ReceivedForm form, String name) {
        return Optional.ofNullable(form.files().get(name))
                .orElseThrow(() -> new RequestRefused(new Refusal.MissingPart(name)));
    }
}
