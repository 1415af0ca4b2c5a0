/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import org.apache.kafka.common.utils.Bytes;

/**
 * The key of an agent's day, and of what lies beside it in the same store.
 *
 * <pre>
 *  account, 'g', day, agent                   its sums; the latest day first
 *  account, 's', day, agent, start, session   nothing: a session that it began on that day; the latest begun first
 *  account, 'a', agent                        what is known of the agent, whatever days are left
 * </pre>
 *
 * @param account the account
 * @param day the epoch day
 * @param agentId the agent
 */
public record DayKey(String account, long day, String agentId) {

    private static final byte DAY = 'g';
    private static final byte MEMBER = 's';
    private static final byte AGENT = 'a';

    /**
     * A session of a day group, as its row says.
     *
     * @param start its first event, epoch milliseconds
     * @param sessionId its id
     */
    record Member(long start, String sessionId) {}

    /** What the keys of an account's days begin with. */
    private static Bytes daysOf(String account) {
        return of(account, DAY);
    }

    /** What the keys of an account's agents begin with. */
    public static Bytes agentsOf(String account) {
        return of(account, AGENT);
    }

    /** The key of what is known of an agent. */
    static Bytes agent(String account, String agentId) {
        byte[] id = agentId.getBytes(UTF_8);
        return Bytes.wrap(
                StoreKeys.with(agentsOf(account).get(), id.length).put(id).array());
    }

    /** The agent in the key of what is known of it. */
    public static String agentOf(Bytes prefix, Bytes key) {
        int from = prefix.get().length;
        return new String(key.get(), from, key.get().length - from, UTF_8);
    }

    private static Bytes of(String account, byte kind) {
        return Bytes.wrap(
                StoreKeys.with(StoreKeys.activities(account).get(), 1).put(kind).array());
    }

    /** Whether a key is of a day or of one of its sessions. */
    static boolean isOfDay(Bytes key) {
        byte[] bytes = key.get();
        int at = 0;
        while (bytes[at] != 0) {
            at++;
        }
        return at + 1 < bytes.length && (bytes[at + 1] == DAY || bytes[at + 1] == MEMBER);
    }

    Bytes toBytes() {
        byte[] id = agentId.getBytes(UTF_8);
        return Bytes.wrap(StoreKeys.with(daysOf(account).get(), 8 + id.length)
                .putLong(~StoreKeys.sortable(day))
                .put(id)
                .array());
    }

    /** What the keys of its sessions begin with. */
    Bytes members() {
        byte[] day = StoreKeys.with(of(account, MEMBER).get(), 8)
                .putLong(~StoreKeys.sortable(this.day))
                .array();
        return Bytes.wrap(StoreKeys.ended(day, agentId));
    }

    /** The key of one of its sessions. */
    Bytes member(Member member) {
        byte[] id = member.sessionId.getBytes(UTF_8);
        return Bytes.wrap(StoreKeys.with(members().get(), 8 + id.length)
                .putLong(~StoreKeys.sortable(member.start))
                .put(id)
                .array());
    }

    /** Reads the key of one of its sessions. */
    static Member member(Bytes members, Bytes key) {
        int from = members.get().length;
        byte[] bytes = key.get();
        return new Member(
                StoreKeys.sortable(~ByteBuffer.wrap(bytes, from, 8).getLong()),
                new String(bytes, from + 8, bytes.length - from - 8, UTF_8));
    }
}
