/** Tests of the made-up events. */
@NullMarked
package dev.muster.benchmarks.data;

import org.jspecify.annotations.NullMarked;
