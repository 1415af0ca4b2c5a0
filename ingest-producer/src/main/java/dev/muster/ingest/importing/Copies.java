/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.importing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.muster.schemas.Digests;
import dev.muster.schemas.FactId;
import java.nio.ByteBuffer;

/**
 * Tells the lines that were copied from an earlier file, of whichever folder. Claude Code begins the file of a resumed or forked
 * session with the lines of the one before, at times with another session id; a message, a line or a tool's result belongs to the
 * first file that holds it. A line's own id says so, and an id of the provider's where it is {@link FactId#isUnique unique}; one
 * that is not says so only together with the time of the line, which a copy keeps, and a provider's in the same folder.
 */
final class Copies {

    private final LineOwners owners;
    private final String project;
    private final int file;

    /**
     * @param project the folder that holds the file
     * @param file the number of the file whose lines are asked about
     */
    Copies(LineOwners owners, String project, int file) {
        this.owners = owners;
        this.project = project;
        this.file = file;
    }

    /** Whether an earlier file has what the line tells; what is new is this file's from now on. */
    boolean isCopy(ObjectNode line) {
        String time = line.path("timestamp").asText();
        boolean copy = isOthers('u', line.path("uuid"), time);
        copy |= isOthers('m', line.at("/message/id"), time);
        JsonNode content = line.at("/message/content");
        for (JsonNode block : content) {
            if (block.path("type").asText().equals("tool_result")) {
                copy |= isOthers('r', block.path("tool_use_id"), time);
            }
        }
        return copy;
    }

    private boolean isOthers(char kind, JsonNode named, String time) {
        String id = named.isTextual() ? named.textValue() : "";
        if (id.isEmpty()) {
            return false;
        }
        boolean isUnique = FactId.isUnique(id);
        // A line's id is its own with its time; a provider's, which many lines may have, in the same folder only.
        String place = kind == 'u' ? "" : project + '\n';
        String known = isUnique ? id : place + id + '\n' + time;
        boolean copy = owners.claim(hash(kind + known), file) != file;
        // A state that an earlier version wrote has its ids by folder.
        int before = isUnique ? owners.find(hash(kind + project + '\n' + id)) : file;
        return copy || (before != LineOwners.NONE && before != file);
    }

    private static long hash(String text) {
        return ByteBuffer.wrap(Digests.sha256(text.getBytes(UTF_8))).getLong();
    }
}
