/// Tests of the deployed system on a real cluster.
@NullMarked
package dev.facefusion.tests;

import org.jspecify.annotations.NullMarked;
