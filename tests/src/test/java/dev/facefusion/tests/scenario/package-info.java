/// Scenarios as their files tell them: a fleet, what happens to it, and what must come of it. Knows
/// nothing of how a scenario is played, so that the same file can be played on a cluster or in
/// virtual time.
@NullMarked
package dev.facefusion.tests.scenario;

import org.jspecify.annotations.NullMarked;
