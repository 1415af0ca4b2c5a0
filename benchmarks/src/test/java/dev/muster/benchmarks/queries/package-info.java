/** Tests of the questions, of how they are timed and of how their answers are judged. */
@NullMarked
package dev.muster.benchmarks.queries;

import org.jspecify.annotations.NullMarked;
