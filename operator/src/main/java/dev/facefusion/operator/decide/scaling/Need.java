package dev.facefusion.operator.decide.scaling;

import java.time.Duration;

/// Pods that the load asks for, in fractions of one, and by which rule.
record Need(double pods, ScalingReason reason) {
    /// @param tasksAtOnce that ran of late
    /// @param capacity pods that there are, or will be
    static Need of(Demand demand, double tasksAtOnce, int capacity, ScalingPolicy policy) {
        var half = demand.task().map(task -> halfAQueue(task, policy));
        var target =
                half.filter(wait -> wait.compareTo(policy.queueWaitTarget()) < 0)
                        .orElse(policy.queueWaitTarget());
        double work = demand.workMilliseconds().orElseThrow();
        double waiting = work / policy.concurrency() / target.toMillis();
        // Without tasks there is no time of a task, and no wait either.
        var queueing =
                new Queueing(tasksAtOnce, policy.concurrency(), demand.task().orElse(target));
        int running = queueing.fewestPods(target, capacity);
        if (running >= waiting) {
            return new Need(running, ScalingReason.RECENT_LOAD);
        }
        return new Need(
                waiting,
                target.equals(policy.queueWaitTarget())
                        ? ScalingReason.QUEUE_WAIT
                        : ScalingReason.QUEUE_FILLING);
    }

    /// How long the queue of a pod is when it is half full, with the tasks that run.
    private static Duration halfAQueue(Duration task, ScalingPolicy policy) {
        return task.plus(
                task.multipliedBy(policy.queueCapacity()).dividedBy(2L * policy.concurrency()));
    }

    int wholePods() {
        return (int) Math.ceil(pods);
    }
}
