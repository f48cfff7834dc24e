/// Pods that only pretend: each has a scripted behaviour, answers for its health on a loopback
/// address as the runtime would, and does what `/drain` and `/restart` ask. The state is pure, with
/// the time as a parameter; sockets and Kubernetes are at the edge.
@NullMarked
package dev.facefusion.tests.simulation;

import org.jspecify.annotations.NullMarked;
