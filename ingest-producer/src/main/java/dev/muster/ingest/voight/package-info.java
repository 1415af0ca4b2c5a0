/** Voight's event endpoint: what its SDK, its wrappers and plain HTTP callers send. */
@NullMarked
package dev.muster.ingest.voight;

import org.jspecify.annotations.NullMarked;
