/// Health plug-ins: what a person writes ([HealthContributor], [HealthValue], [RuntimeView]), and
/// what runs it.
@NullMarked
package dev.facefusion.runtime.plugin;

import org.jspecify.annotations.NullMarked;
