package dev.facefusion.runtime.plugin.bundled;

import dev.facefusion.runtime.plugin.HealthContributor;
import dev.facefusion.runtime.plugin.HealthValue;
import dev.facefusion.runtime.plugin.RuntimeView;
import java.util.Optional;

/// Which set of models this is, short enough to compare by eye: the beginning of the digest over
/// all files of the manifest. No value before the manifest is read.
public final class ModelVersion implements HealthContributor {

    private static final int DIGITS = 12;

    @Override
    public String name() {
        return "model_version";
    }

    @Override
    public Optional<HealthValue> value(RuntimeView runtime) {
        return runtime.modelDigest()
                .map(digest -> HealthValue.of("sha256:" + digest.substring(0, DIGITS)));
    }
}
