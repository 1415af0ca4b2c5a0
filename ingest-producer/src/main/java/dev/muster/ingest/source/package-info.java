/** What every source of events shares: how its bytes are read, bounded and refused, and where an event begins. */
@NullMarked
package dev.muster.ingest.source;

import org.jspecify.annotations.NullMarked;
