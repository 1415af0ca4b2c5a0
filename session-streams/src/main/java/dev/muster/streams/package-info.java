/** Runs the topology: its configuration, its start and its end. */
@NullMarked
package dev.muster.streams;

import org.jspecify.annotations.NullMarked;
