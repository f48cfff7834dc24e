package dev.facefusion.operator;

import dev.facefusion.crds.v1alpha1.FaceFusionCluster;
import dev.facefusion.operator.act.HttpPodCommands;
import dev.facefusion.operator.act.KubernetesActuator;
import dev.facefusion.operator.act.KubernetesEventPublisher;
import dev.facefusion.operator.act.LeaderLease;
import dev.facefusion.operator.act.PodActuator;
import dev.facefusion.operator.management.ManagementServer;
import dev.facefusion.operator.observe.ClusterReader;
import dev.facefusion.operator.observe.HealthEventSource;
import dev.facefusion.operator.observe.HealthPoller;
import dev.facefusion.operator.observe.HttpHealthClient;
import dev.facefusion.operator.reconcile.Changes;
import dev.facefusion.operator.reconcile.FaceFusionClusterReconciler;
import dev.facefusion.operator.reconcile.Installation;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ConfigurationServiceOverrider;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The operator's process: wires the parts by hand, starts them, and stops them in order.
public final class OperatorMain implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(OperatorMain.class);
    private static final int BAD_CONFIGURATION = 2;

    /// Enough for a thousand pods that hang at once; each costs a virtual thread and a socket.
    private static final int POLLS_AT_ONCE = 1024;

    private static final int REQUEST_RETRIES = 2;
    private static final Duration FAILSAFE_INTERVAL = Duration.ofMinutes(3);
    private static final Duration RECONCILE_END_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LEASE_DURATION = Duration.ofSeconds(10);
    private static final Duration LEASE_RENEW_DEADLINE = Duration.ofSeconds(7);
    private static final Duration LEASE_RETRY_PERIOD = Duration.ofSeconds(2);
    private static final Duration TRAINING_TIMEOUT = Duration.ofSeconds(60);

    private final OperatorConfig config;
    private final KubernetesClient client;
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final ExecutorService httpThreads =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("http-", 0).factory());
    private final HttpHealthClient healthClient = new HttpHealthClient(httpThreads);
    private final HealthPoller poller;
    private final HttpPodCommands commands;
    private final LeaderLease lease;
    private final Operator operator;
    private final ManagementServer management;
    private volatile boolean started;
    private volatile boolean stopping;

    OperatorMain(OperatorConfig config, Config kubernetes) throws IOException {
        var clock = Clock.systemUTC();
        this.config = config;
        client = new KubernetesClientBuilder().withConfig(suited(kubernetes)).build();
        poller = new HealthPoller(healthClient, clock, POLLS_AT_ONCE, registry);
        commands = new HttpPodCommands(httpThreads, config.runtimeToken(), clock);
        lease = new LeaderLease(client, config.podNamespace(), config.podName());
        var reconciler =
                new FaceFusionClusterReconciler(
                        new ClusterReader(poller, clock),
                        new KubernetesActuator(
                                client,
                                FaceFusionClusterReconciler.FIELD_MANAGER,
                                new PodActuator(
                                        client, commands, config.placeholderImage(), clock)),
                        new KubernetesEventPublisher(client, config.podName(), clock),
                        new HealthEventSource(poller),
                        registry,
                        new Installation(config.runtimeImage(), config.subject(), config.pods()),
                        clock);
        // JOSDK may call the consumer twice: what it hands out is made once, here.
        var metrics = MicrometerMetrics.withoutPerResourceMetrics(registry);
        operator = new Operator(overrider -> configure(overrider, metrics));
        operator.register(reconciler, this::configure);
        new JvmMemoryMetrics().bindTo(registry);
        management =
                ManagementServer.start(
                        config.managementPort(), poller::alive, () -> started, registry::scrape);
    }

    /// Starts the operator, or with `--train` lets it handle one cluster of a made-up API server
    /// and ends, so that the classes it has loaded can be cached.
    public static void main(String[] arguments) {
        try {
            if (Arrays.asList(arguments).contains("--train")) {
                train();
                System.exit(0);
            }
            var main =
                    new OperatorMain(OperatorConfig.fromEnvironment(), Config.autoConfigure(null));
            Runtime.getRuntime().addShutdownHook(new Thread(main::close, "shutdown"));
            main.start();
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(BAD_CONFIGURATION);
        } catch (Exception e) {
            log.atError().setCause(e).log("The operator can't start");
            System.exit(1);
        }
    }

    private static void train() throws IOException, InterruptedException {
        var config =
                new OperatorConfig(
                        Set.of(),
                        "facefusion-runtime",
                        "training",
                        "default",
                        Map.of(),
                        "",
                        "",
                        "",
                        false,
                        0);
        try (var api = TrainingApi.start();
                var main =
                        new OperatorMain(
                                config,
                                new ConfigBuilder(Config.empty())
                                        .withMasterUrl(api.url())
                                        .build())) {
            main.start();
            // No key can be shipped to serve TLS with, but the client's half of it can be trained.
            main.healthClient.poll(api.secureUrl(), Duration.ofSeconds(1));
            api.awaitReady(TRAINING_TIMEOUT);
        }
    }

    /// The loop tries again by itself, and must not stand still while the client does.
    ///
    /// An API server takes some hundred streams on one HTTP/2 connection, and Java's client fails
    /// beyond them instead of opening a second one: an operator of thirty namespaces would not
    /// start. By HTTP/1.1 every request has a connection of its own, as every watch has anyway.
    private static Config suited(Config kubernetes) {
        return new ConfigBuilder(kubernetes)
                .withRequestRetryBackoffLimit(REQUEST_RETRIES)
                .withHttp2Disable(true)
                .build();
    }

    void start() {
        operator.start();
        started = true;
        log.atInfo()
                .addKeyValue("namespaces", config.watchNamespaces())
                .addKeyValue("leaderElection", config.leaderElection())
                .log("Watching");
    }

    private void configure(ConfigurationServiceOverrider overrider, Metrics metrics) {
        overrider
                .withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(metrics)
                .withReconciliationTerminationTimeout(RECONCILE_END_TIMEOUT);
        if (config.leaderElection()) {
            overrider.withLeaderElectionConfiguration(leaderElection());
        }
    }

    private void configure(ControllerConfigurationOverrider<FaceFusionCluster> overrider) {
        overrider
                .withName(FaceFusionClusterReconciler.NAME)
                .withFieldManager(FaceFusionClusterReconciler.FIELD_MANAGER)
                // JOSDK's own filter would let no annotation through.
                .withGenerationAware(false)
                .withOnUpdateFilter(Changes::matter)
                .withReconciliationMaxInterval(FAILSAFE_INTERVAL)
                .withRetry(
                        new GenericRetry()
                                .setInitialInterval(1_000)
                                .setIntervalMultiplier(2)
                                .setMaxInterval(300_000)
                                .withoutMaxAttempts());
        if (config.watchNamespaces().isEmpty()) {
            overrider.watchingAllNamespaces();
        } else {
            overrider.settingNamespaces(config.watchNamespaces());
        }
    }

    private LeaderElectionConfiguration leaderElection() {
        return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(LeaderLease.NAME)
                .withLeaseNamespace(config.podNamespace())
                .withIdentity(config.podName())
                .withLeaseDuration(LEASE_DURATION)
                .withRenewDeadline(LEASE_RENEW_DEADLINE)
                .withRetryPeriod(LEASE_RETRY_PERIOD)
                // JOSDK's own exit deadlocks when it comes from a shutdown hook.
                .withExitOnStopLeading(false)
                .withLeaderCallbacks(
                        new LeaderCallbacks(
                                () -> log.atInfo().log("Leading"), this::endLeading, _ -> {}))
                .build();
    }

    /// Another operator may lead from now on: nothing may be finished any more.
    private void endLeading() {
        if (!stopping) {
            log.atError().log("Lost the lease; exiting");
            Runtime.getRuntime().halt(1);
        }
    }

    @Override
    public void close() {
        stopping = true;
        operator.stop();
        if (config.leaderElection()) {
            lease.release();
        }
        poller.close();
        healthClient.close();
        commands.close();
        httpThreads.shutdownNow();
        management.close();
        client.close();
        registry.close();
    }
}
