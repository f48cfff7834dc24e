package dev.facefusion.operator.desired;

import dev.facefusion.operator.desired.WorkloadSettings.ModelSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// The runtime's environment: the operator's variables by name, then the user's in their order.
final class RuntimeEnvironment {
    private RuntimeEnvironment() {}

    static List<EnvVar> of(WorkloadSettings settings) {
        var inference = settings.inference();
        var own = new TreeMap<String, String>();
        own.put("API_PORT", Integer.toString(RuntimeContainer.API_PORT));
        own.put("HEALTH_PORT", Integer.toString(RuntimeContainer.HEALTH_PORT));
        own.put("EXECUTION_PROVIDERS", String.join(",", inference.executionProviders()));
        own.put("EXECUTION_THREADS", Integer.toString(inference.executionThreads()));
        own.put("CONCURRENCY", Integer.toString(inference.concurrency()));
        own.put("STALL_THRESHOLD_SECONDS", seconds(settings.timeouts().stall()));
        own.put("DRAIN_TIMEOUT_SECONDS", seconds(settings.timeouts().drain()));
        own.put("QUEUE_CAPACITY", Integer.toString(inference.queueCapacity()));
        if (!(settings.models() instanceof ModelSource.Bundled)) {
            own.put("MODEL_DIR", Volumes.MODELS_PATH);
        }
        own.put("WORK_DIR", Volumes.WORK_PATH);
        settings.operator().ifPresent(subject -> own.put("MANAGEMENT_SUBJECT", subject));
        var env = new ArrayList<EnvVar>();
        own.forEach((name, value) -> env.add(new EnvVar(name, value, null)));
        env.addAll(inference.env());
        return env;
    }

    private static String seconds(Duration duration) {
        return Long.toString(duration.toSeconds());
    }
}
