/// The `facefusion.dev/v1alpha1` API as records; the YAML that is installed is generated from them.
@NullMarked
package dev.facefusion.crds.v1alpha1;

import org.jspecify.annotations.NullMarked;
