/** The library for direct producers. */
@NullMarked
package dev.muster.producer;

import org.jspecify.annotations.NullMarked;
