/** Tests of the command. */
@NullMarked
package dev.muster.benchmarks;

import org.jspecify.annotations.NullMarked;
