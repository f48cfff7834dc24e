/// Plays scenarios on a real Kubernetes: kwok keeps the nodes, this process plays the pods on
/// loopback addresses, and the operator runs as a process beside them.
@NullMarked
package dev.facefusion.tests.world;

import org.jspecify.annotations.NullMarked;
