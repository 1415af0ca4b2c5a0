/** Tests of the cases on a small broker. */
@NullMarked
package dev.muster.benchmarks.cases;

import org.jspecify.annotations.NullMarked;
