/// The Kubernetes objects that a FaceFusionCluster asks for: pure, every value as the API server
/// spells it.
@NullMarked
package dev.facefusion.operator.desired;

import org.jspecify.annotations.NullMarked;
