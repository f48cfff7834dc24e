/// The Helm chart as Helm itself renders it, without a cluster.
@NullMarked
package dev.facefusion.tests.chart;

import org.jspecify.annotations.NullMarked;
