/**
 * The spool: keeps events on disk while Kafka does not acknowledge them, and sends them to Kafka afterwards, in order.
 * {@link dev.muster.ingest.spool.DeliveryGate} decides which way an event goes.
 */
@NullMarked
package dev.muster.ingest.spool;

import org.jspecify.annotations.NullMarked;
