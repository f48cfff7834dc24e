package dev.facefusion.operator.decide.scaling;

import java.time.Duration;

/// Erlang's formula for a queue in front of several servers (M/M/c): what a load would have to wait
/// for if there were fewer of them.
record Queueing(double tasksAtOnce, int concurrency, Duration task) {
    /// Tasks of a thousand that may have to wait longer than the target.
    private static final double LATE = 0.001;

    /// Fewest pods, up to a number, with which hardly a task waits longer than the target.
    int fewestPods(Duration target, int most) {
        // Erlang B, by the number of servers: the share of tasks that would find all of them busy.
        double blocked = 1;
        for (int servers = 1; servers <= most * concurrency; servers++) {
            blocked = tasksAtOnce * blocked / (servers + tasksAtOnce * blocked);
            if (servers % concurrency == 0 && late(blocked, servers, target) <= LATE) {
                return servers / concurrency;
            }
        }
        return most;
    }

    /// Share of tasks that would wait longer than the target.
    private double late(double blocked, int servers, Duration target) {
        double idle = servers - tasksAtOnce;
        if (idle <= 0) {
            return 1;
        }
        double waiting = servers * blocked / (idle + tasksAtOnce * blocked);
        return waiting * StrictMath.exp(-idle * target.toMillis() / task.toMillis());
    }
}
