package dev.facefusion.runtime.http;

import dev.facefusion.runtime.engine.SwapOptions;
import dev.facefusion.runtime.engine.SwapRequest;
import dev.facefusion.runtime.upload.FormRules;
import dev.facefusion.runtime.upload.ReceivedForm;
import dev.facefusion.runtime.upload.StoredFile;
import dev.facefusion.runtime.upload.Upload;
import java.util.List;
import java.util.Optional;

/// The form of `POST /v1/swap` and `POST /v1/jobs`: a source, a target, and options as JSON.
///
/// @param upload what the files live as long as; close it when the task is over
record SwapForm(StoredFile source, StoredFile target, SwapOptions options, Upload upload) {

    private static final String SOURCE = "source";
    private static final String TARGET = "target";
    private static final String OPTIONS = "options";

    static final FormRules RULES = new FormRules(List.of(SOURCE, TARGET), List.of(OPTIONS));

    /// @throws RequestRefused if a part is missing, or an option is wrong
    static SwapForm of(ReceivedForm form, Upload upload) {
        return new SwapForm(
                required(form, SOURCE),
                required(form, TARGET),
                Optional.ofNullable(form.texts().get(OPTIONS))
                        .map(SwapOptionsJson::read)
                        .orElseGet(SwapOptions::defaults),
                upload);
    }

    SwapRequest request() {
        return new SwapRequest(source.path(), target.path(), options);
    }

    private static StoredFile required(ReceivedForm form, String name) {
        return Optional.ofNullable(form.files().get(name))
                .orElseThrow(() -> new RequestRefused(new Refusal.MissingPart(name)));
    }
}
