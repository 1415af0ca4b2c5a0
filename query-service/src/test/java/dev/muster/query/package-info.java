/** The API over real HTTP, in front of a reader in memory. */
@NullMarked
package dev.muster.query;

import org.jspecify.annotations.NullMarked;
