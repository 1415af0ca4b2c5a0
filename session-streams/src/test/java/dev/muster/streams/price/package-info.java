/** The price table: names, periods, tiers, speeds, and files of the user's. */
@NullMarked
package dev.muster.streams.price;

import org.jspecify.annotations.NullMarked;
