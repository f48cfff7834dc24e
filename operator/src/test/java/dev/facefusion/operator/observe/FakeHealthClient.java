package dev.facefusion.operator.observe;

import dev.facefusion.operator.decide.Poll;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// Answers for pods as it is told, and counts.
final class FakeHealthClient implements HealthClient {
    private final Map<URI, Supplier<Poll>> pods = new ConcurrentHashMap<>();
    private final Map<URI, AtomicInteger> polls = new ConcurrentHashMap<>();

    void answer(URI pod, Supplier<Poll> answer) {
        pods.put(pod, answer);
    }

    int polls(URI pod) {
        return counter(pod).get();
    }

    @Override
    public Poll poll(URI health, Duration timeout) {
        counter(health).incrementAndGet();
        return pods.getOrDefault(health, Poll.Refused::new).get();
    }

    private AtomicInteger counter(URI pod) {
        return polls.computeIfAbsent(pod, _ -> new AtomicInteger());
    }
}
