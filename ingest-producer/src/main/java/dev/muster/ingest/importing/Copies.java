/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.Digests;
import java.nio.ByteBuffer;

/**
 * Tells the lines that were copied from an earlier file. Claude Code begins the file of a resumed or forked session with
 * the lines of the one before, at times with another session id; a message, a line or a tool's result belongs to the
 * first file of the project that holds it.
 */
final class Copies {

    private final LineOwners owners;
    private final String project;
    private final int file;

    /**
     * @param project the folder within which ids are the same thing's
     * @param file the number of the file whose lines are asked about
     */
    Copies(LineOwners owners, String project, int file) {
        this.owners = owners;
        this.project = project;
        this.file = file;
    }

    /** Whether an earlier file has what the line tells; what is new is this file's from now on. */
    boolean isCopy(ObjectNode line) {
        boolean copy = isOthers('u', line.path("uuid"));
        copy |= isOthers('m', line.at("/message/id"));
        JsonNode content = line.at("/message/content");
        for (JsonNode block : content) {
            if (block.path("type").asText().equals("tool_result")) {
                copy |= isOthers('r', block.path("tool_use_id"));
            }
        }
        return copy;
    }

    private boolean isOthers(char kind, JsonNode id) {
        return id.isTextual()
                && !id.textValue().isEmpty()
                && owners.claim(hash(kind + project + '\n' + id.textValue()), file) != file;
    }

    private static long hash(String text) {
        return ByteBuffer.wrap(Digests.sha256(text.getBytes(UTF_8))).getLong();
    }
}
