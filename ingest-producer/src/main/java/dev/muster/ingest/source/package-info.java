/** What all sources share: reading JSON within bounds, refusing bodies, and creating events. */
@NullMarked
package dev.muster.ingest.source;

import org.jspecify.annotations.NullMarked;
