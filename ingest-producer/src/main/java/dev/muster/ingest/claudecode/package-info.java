/** Claude Code's own hook payloads, sent by an HTTP hook or piped by a command hook. */
@NullMarked
package dev.muster.ingest.claudecode;

import org.jspecify.annotations.NullMarked;
