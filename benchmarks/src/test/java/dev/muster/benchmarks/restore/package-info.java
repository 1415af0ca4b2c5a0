/** Tests of the instance whose state is restored. */
@NullMarked
package dev.muster.benchmarks.restore;

import org.jspecify.annotations.NullMarked;
