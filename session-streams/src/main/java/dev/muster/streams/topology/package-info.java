/**
 * The topology: from records to live sessions, with what goes astray on the way. {@link
 * dev.muster.streams.topology.MusterTopology} has the picture. {@code SessionProcessor} decodes a record and adds it to its
 * session; counting and writing come later, in {@link dev.muster.streams.store}.
 */
@NullMarked
package dev.muster.streams.topology;

import org.jspecify.annotations.NullMarked;
