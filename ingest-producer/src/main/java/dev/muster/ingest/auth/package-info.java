/** Who may send: API keys and the accounts they stand for. */
@NullMarked
package dev.muster.ingest.auth;

import org.jspecify.annotations.NullMarked;
