package dev.facefusion.operator.observe;

import java.net.URI;

/// Where one pod instance answers for its health.
record PollTarget(PodInstance instance, URI health) {}
