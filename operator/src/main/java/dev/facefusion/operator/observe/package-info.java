/// What is: the informers' caches and the pods' own health, gathered into one snapshot.
@NullMarked
package dev.facefusion.operator.observe;

import org.jspecify.annotations.NullMarked;
