/// Tests of the task API's parts.
@NullMarked
package dev.facefusion.runtime.http;

import org.jspecify.annotations.NullMarked;
