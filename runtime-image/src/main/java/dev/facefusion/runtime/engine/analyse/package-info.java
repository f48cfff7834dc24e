/// What a picture shows: faces, their landmarks, whose they are.
@NullMarked
package dev.facefusion.runtime.engine.analyse;

import org.jspecify.annotations.NullMarked;
