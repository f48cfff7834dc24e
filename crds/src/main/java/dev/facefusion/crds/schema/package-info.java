/// What the CRD generator can't say by annotations of its own.
@NullMarked
package dev.facefusion.crds.schema;

import org.jspecify.annotations.NullMarked;
