/** The HTTP face of the sessions: who may ask, what is asked, and how errors are told. */
@NullMarked
package dev.muster.query;

import org.jspecify.annotations.NullMarked;
