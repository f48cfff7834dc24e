/// What to do about sick pods, and what not to do yet: a ladder of steps, a budget, and a breaker
/// for the days when everything fails at once.
@NullMarked
package dev.facefusion.operator.decide.remediation;

import org.jspecify.annotations.NullMarked;
