/** The JSON shapes, field by field. */
@NullMarked
package dev.muster.query.json;

import org.jspecify.annotations.NullMarked;
