/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.ingest.source;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/** A request's body together with its sender's account and the time of receipt. */
public final class Incoming {

    private final String account;
    private final Optional<String> agentLabel;
    private final AgentNaming naming;
    private final Fingerprints fingerprints;
    private final Instant receivedAt;
    private final String mediaType;
    private final byte[] body;

    /**
     * Creates a request's body, of agents that are called by their directory, with fingerprints of its own.
     *
     * @param account the sender's account
     * @param agentLabel the agent that the sender's key is bound to, else the one that the request's headers name
     * @param receivedAt when the collector received it
     * @param mediaType the body's media type, as {@code application/json}: lower case, without parameters, empty if missing
     * @param body its bytes, which the caller must not change any more
     */
    public Incoming(String account, Optional<String> agentLabel, Instant receivedAt, String mediaType, byte[] body) {
        this(account, agentLabel, AgentNaming.DIRECTORY, Fingerprints.random(), receivedAt, mediaType, body);
    }

    /**
     * Creates a request's body.
     *
     * @param account the sender's account
     * @param agentLabel the agent that the sender's key is bound to, else the one that the request's headers name
     * @param naming how an agent is called that neither names
     * @param fingerprints makes those of its tool calls
     * @param receivedAt when the collector received it
     * @param mediaType the body's media type, as {@code application/json}: lower case, without parameters, empty if missing
     * @param body its bytes, which the caller must not change any more
     */
    public Incoming(
            String account,
            Optional<String> agentLabel,
            AgentNaming naming,
            Fingerprints fingerprints,
            Instant receivedAt,
            String mediaType,
            byte[] body) {
        this.account = requireNonNull(account, "account is null");
        this.agentLabel = requireNonNull(agentLabel, "agentLabel is null");
        this.naming = requireNonNull(naming, "naming is null");
        this.fingerprints = requireNonNull(fingerprints, "fingerprints is null");
        this.receivedAt = requireNonNull(receivedAt, "receivedAt is null");
        this.mediaType = requireNonNull(mediaType, "mediaType is null");
        this.body = requireNonNull(body, "body is null");
    }

    /** The sender's account. */
    public String account() {
        return account;
    }

    /** The agent that the sender's key is bound to, else the one that the request's headers name. */
    public Optional<String> agentLabel() {
        return agentLabel;
    }

    /** How an agent is called that is told by where it works alone. */
    public AgentNaming naming() {
        return naming;
    }

    /** Makes the fingerprints of its tool calls. */
    public Fingerprints fingerprints() {
        return fingerprints;
    }

    /** When the collector received it. */
    public Instant receivedAt() {
        return receivedAt;
    }

    /** The body's media type, in lower case and without parameters; empty if missing. */
    public String mediaType() {
        return mediaType;
    }

    /** The bytes as sent; not to be changed. */
    public byte[] body() {
        return body;
    }
}
