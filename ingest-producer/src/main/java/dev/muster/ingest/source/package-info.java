/**
 * What all sources share: reading JSON within bounds, refusing bodies, and creating events. A source of another client's
 * format is a package beside this one: it implements {@link dev.muster.ingest.source.EventSource}, which maps a request's body
 * to events, makes ids by {@link dev.muster.schemas.FactId}, has its name in {@code Source} of
 * {@code HookEvent.avsc}, and gets its route, with words of its own for answers if its clients expect them ({@code Replies}), in
 * {@code http.CollectorServer}. An ecosystem that speaks OTLP is a {@code Dialect} in {@code otlp}
 * instead.
 */
@NullMarked
package dev.muster.ingest.source;

import org.jspecify.annotations.NullMarked;
