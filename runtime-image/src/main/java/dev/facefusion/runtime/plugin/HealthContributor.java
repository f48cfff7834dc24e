package dev.facefusion.runtime.plugin;

import java.util.Optional;

/// One figure of your own in `/health` (under `custom`) and in `/metrics` (`fusion_custom`).
///
/// This interface, [HealthValue] and [RuntimeView] are a stable API: methods may be added with a
/// default, none is changed or removed within a major version. An implementation is public, has a
/// public constructor without parameters and is named in
/// `META-INF/services/dev.facefusion.runtime.plugin.HealthContributor`. It is found on the class
/// path and in the jars of `PLUGIN_DIR`.
///
/// {@snippet :
/// package org.example;
///
/// import dev.facefusion.runtime.plugin.HealthContributor;
/// import dev.facefusion.runtime.plugin.HealthValue;
/// import dev.facefusion.runtime.plugin.RuntimeView;
/// import java.io.File;
/// import java.util.Optional;
///
/// public final class FreeDisk implements HealthContributor {
///
///     @Override
///     public String name() {
///         return "free_disk";
///     }
///
///     @Override
///     public String unit() {
///         return "bytes";
///     }
///
///     @Override
///     public Optional<HealthValue> value(RuntimeView runtime) {
///         var folder = runtime.setting("FREE_DISK_FOLDER").orElse("/tmp");
///         return Optional.of(HealthValue.of(new File(folder).getUsableSpace()));
///     }
/// }
/// }
///
/// Everything, the constructor included, runs on one thread that belongs to this contributor alone,
/// and needs no lock. Whatever it throws, returns or never returns costs its own value and nothing
/// else; `custom_errors` in `/health` then says why. Plug-ins are trusted code all the same: they
/// run inside the process, may read its memory, and one that exhausts the heap ends it.
public interface HealthContributor {

    /// The key in `custom` and the label `name` of the metric: 1 to 63 of `a-z`, `0-9` and `_`,
    /// beginning with a letter. Asked once. Of two contributors with one name the one found later
    /// is not shown.
    String name();

    /// The unit, such as `seconds`, `ratio` or `bytes`; at most 24 letters, digits and `%/_.-`.
    /// Empty, the default, for a value without one. Asked once.
    default String unit() {
        return "";
    }

    /// The value now. Asked every `PLUGIN_PERIOD_SECONDS`; a call that takes longer than
    /// `PLUGIN_TIMEOUT_SECONDS` is interrupted, and has no value until it returned.
    ///
    /// @return empty if there is none at the moment, which is no fault
    /// @throws Exception if it cannot be told; the log says the whole of it, `/health` its class
    Optional<HealthValue> value(RuntimeView runtime) throws Exception;
}
