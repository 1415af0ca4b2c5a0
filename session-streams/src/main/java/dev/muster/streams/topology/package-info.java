/** The topology: from records to live sessions, with what goes astray on the way. */
@NullMarked
package dev.muster.streams.topology;

import org.jspecify.annotations.NullMarked;
