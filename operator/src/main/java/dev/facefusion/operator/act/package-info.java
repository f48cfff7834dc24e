/// Makes the cluster as decided, and tells people about it.
@NullMarked
package dev.facefusion.operator.act;

import org.jspecify.annotations.NullMarked;
