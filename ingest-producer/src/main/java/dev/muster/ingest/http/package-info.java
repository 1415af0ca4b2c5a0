/** The collector's HTTP face: its endpoints, its refusals, its health. */
@NullMarked
package dev.muster.ingest.http;

import org.jspecify.annotations.NullMarked;
