/** Makes the events that are measured, the same for the same seed. */
@NullMarked
package dev.muster.benchmarks.data;

import org.jspecify.annotations.NullMarked;
