/** Events on disk while Kafka does not take them, so that an answer of 202 holds. */
@NullMarked
package dev.muster.ingest.spool;

import org.jspecify.annotations.NullMarked;
