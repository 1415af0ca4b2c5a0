/** Asks an instance with a fleet's sessions all kinds of questions, at rest and while events come, and takes the times. */
@NullMarked
package dev.muster.benchmarks.queries;

import org.jspecify.annotations.NullMarked;
