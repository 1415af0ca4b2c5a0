/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.muster.schemas.avro.HookEvent;
import org.apache.kafka.common.utils.Utils;

/**
 * The key of an event's record: {@code <account>/<sessionId>}, or {@code <account>//<agentId>} for an event without a
 * session. Kafka's default partitioner hashes its UTF-8 bytes, so that all of a session is in one partition.
 *
 * @param account the tenant, {@code [a-z0-9-]{1,64}}
 * @param sessionId the session, or the agent's id behind a slash
 */
public record RecordKey(String account, String sessionId) {

    /** The most characters that a session id may have. */
    public static final int MAX_SESSION_ID = 200;

    private static final int MAX_ACCOUNT = 64;

    public RecordKey {
        if (!isAccount(account)) {
            throw new IllegalArgumentException("account is not [a-z0-9-]{1,64}: " + account);
        }
        if (sessionId.isEmpty()) {
            throw new IllegalArgumentException("sessionId is empty");
        }
    }

    /** The key of an event: its session's, or its agent's where it has no session. */
    public static RecordKey of(HookEvent event) {
        return event.getSessionId() == null
                ? ofAgent(event.getAccount(), event.getAgentId())
                : ofSession(event.getAccount(), event.getSessionId());
    }

    /** The key of a session's events. */
    public static RecordKey ofSession(String account, String sessionId) {
        return new RecordKey(account, sessionId);
    }

    /** The key of an agent's events that belong to no session; what is no agent's id is taken for a label. */
    public static RecordKey ofAgent(String account, String agentId) {
        return new RecordKey(account, "/" + AgentId.of(account, agentId));
    }

    /** Whether it is the key of an agent's events that belong to no session; a session of that name is not told apart. */
    public boolean isOfAgent() {
        return sessionId.charAt(0) == '/' && AgentId.isId(sessionId.substring(1));
    }

    /** Whether an account's name is well formed. */
    public static boolean isAccount(String account) {
        // By hand: it is asked for every record.
        for (int i = 0; i < account.length(); i++) {
            char c = account.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-') {
                return false;
            }
        }
        return !account.isEmpty() && account.length() <= MAX_ACCOUNT;
    }

    /** The bytes that the record carries and the partitioner hashes. */
    public byte[] toBytes() {
        return toString().getBytes(UTF_8);
    }

    /** The partition that it belongs to, out of so many. */
    public int partition(int partitions) {
        return partition(toBytes(), partitions);
    }

    /** The partition that a record's key belongs to, out of so many, by the rule of Kafka's default partitioner. */
    public static int partition(byte[] key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key)) % partitions;
    }

    @Override
    public String toString() {
        return account + "/" + sessionId;
    }
}
