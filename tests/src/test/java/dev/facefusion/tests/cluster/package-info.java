/// The real cluster that the tests of a run share, and what they do on it: install the chart, apply
/// resources, ask the API server, count the operator's requests.
@NullMarked
package dev.facefusion.tests.cluster;

import org.jspecify.annotations.NullMarked;
