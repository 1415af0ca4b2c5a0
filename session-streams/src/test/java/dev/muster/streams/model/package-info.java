/** Tests of the session model. */
@NullMarked
package dev.muster.streams.model;

import org.jspecify.annotations.NullMarked;
