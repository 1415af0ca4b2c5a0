/** The JSON that the API answers: sessions, traces and events, field by field in the documented order. */
@NullMarked
package dev.muster.query.json;

import org.jspecify.annotations.NullMarked;
