/** Tests of the processes that are measured. */
@NullMarked
package dev.muster.benchmarks.process;

import org.jspecify.annotations.NullMarked;
