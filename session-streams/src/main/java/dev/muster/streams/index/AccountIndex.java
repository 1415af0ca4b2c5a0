/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.index;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.carrotsearch.hppc.IntArrayDeque;
import com.carrotsearch.hppc.IntObjectHashMap;
import com.carrotsearch.hppc.cursors.IntObjectCursor;
import com.carrotsearch.hppc.cursors.ObjectCursor;
import dev.muster.streams.model.AgentRecord;
import dev.muster.streams.model.Dimension;
import dev.muster.streams.model.FactMarks;
import dev.muster.streams.model.Spend;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import net.jpountz.xxhash.XXHash64;
import net.jpountz.xxhash.XXHashFactory;

/**
 * The index of an account's sessions in one task. A session keeps its row as long as it is there, so that who looks through the
 * rows while others change finds each session that stays exactly once, as it was at the moment it was looked at.
 */
public final class AccountIndex {

    private static final Dimension[] DIMENSIONS = Dimension.values();
    private static final int ROWS_SHIFT = 10;
    private static final int ROW_MASK = SessionColumns.MAX_ROWS - 1;
    private static final int ARRAY_BYTES = 24;
    /** About what is known of an agent takes. */
    private static final int AGENT_BYTES = 400;

    private static final XXHash64 HASH = XXHashFactory.safeInstance().hash64();
    /** Whoever chooses ids does not choose their hashes. */
    private static final long SEED = ThreadLocalRandom.current().nextLong();

    private final IndexMemory memory;
    private final List<SessionColumns> columns = new ArrayList<>();
    private final IntArrayDeque free = new IntArrayDeque();
    private final RowTable rows = new RowTable();
    private final String account;
    /** The account's, in all tasks. */
    private final NameDictionary agents;

    private final NameDictionary models = new NameDictionary();
    private final NameDictionary tools = new NameDictionary();
    /** Values of dimensions. */
    private final NameDictionary values = new NameDictionary();

    private final PackedText packer = new PackedText();
    /** By the agent's number. */
    private final IntObjectHashMap<AgentRecord> known = new IntObjectHashMap<>();
    /** What sessions tell of their agents whose rows do not say so yet, by the session's row. */
    private final IntObjectHashMap<Told> told = new IntObjectHashMap<>();

    private int used;
    private int size;
    private long packedBytes;
    private long taken;
    private boolean isReleased;

    private record Told(int agent, AgentRecord record) {}

    /** Hears what is known of agents. */
    public interface AgentVisitor {

        /**
         * Something that is known of an agent.
         *
         * @param number the agent's among the account's, of which {@link #agentNumbers} tells
         */
        void accept(int number, String id, AgentRecord known);
    }

    AccountIndex(IndexMemory memory, String account) {
        this.memory = memory;
        this.account = account;
        agents = memory.join(account);
    }

    /** Who has numbered the agents: two indexes of which it is the same have the same numbers. */
    public Object agentNumbers() {
        return agents;
    }

    /** A session is as its summary says; answers whether the budget has room for it. */
    synchronized boolean put(AggregateSummary session, boolean isWritten) {
        byte[] id = session.id().getBytes(UTF_8);
        int hash = hashOf(id);
        int row = find(id, hash);
        if (row < 0) {
            row = free.isEmpty() ? newRow() : free.removeLast();
            rows.add(row, hash, this::hashOf);
            size++;
        }
        SessionColumns part = part(row);
        int at = row & ROW_MASK;
        byte[] before = part.packed[at];
        byte[] packed = packer.pack(session, models, tools);
        packedBytes += packed.length - (before == null ? -ARRAY_BYTES : before.length);
        part.packed[at] = packed;
        part.idHash[at] = hash;
        part.idPrefix[at] = IndexedRow.prefix(session.id());
        part.titleSignature[at] = packer.titleSignature();
        part.modelBits[at] = packer.modelBits();
        part.toolBits[at] = packer.toolBits();
        part.first[at] = session.first();
        part.last[at] = session.last();
        Spend spend = session.session().spend();
        part.picoUsd[at] = spend.picoUsd();
        part.tokens[at] = spend.tokens().total();
        part.errors[at] = session.errors();
        part.p95[at] = session.p95();
        session.session().marks().copyTo(part.marks, at * FactMarks.WORDS);
        part.traces[at] = (int) session.traces();
        part.latestTraceStart[at] = session.latestTraceStart();
        part.activeUntil[at] = session.activeUntil();
        for (Dimension dimension : DIMENSIONS) {
            String value = session.at(dimension);
            part.dimensions[dimension.ordinal()][at] = value == null ? 0 : values.number(value) + 1;
        }
        part.agent[at] = agents.number(session.agentId());
        part.startDay[at] =
                session.startDay() == SessionSummary.NO_DAY ? SessionColumns.NO_DAY : (int) session.startDay();
        part.flags[at] = (byte) (SessionColumns.IS_THERE
                | (session.isErrored() ? SessionColumns.IS_ERRORED : 0)
                | (session.isOfAgent() ? SessionColumns.IS_OF_AGENT : 0));
        if (isWritten) {
            told.remove(row);
        } else {
            told.put(row, new Told(part.agent[at], AgentRecord.of(session.session())));
        }
        return account();
    }

    synchronized boolean putAgent(String agentId, AgentRecord record) {
        known.put(agents.number(agentId), record);
        return account();
    }

    synchronized void remove(String sessionId) {
        byte[] id = sessionId.getBytes(UTF_8);
        int hash = hashOf(id);
        int row = find(id, hash);
        if (row < 0) {
            return;
        }
        rows.remove(row, hash, this::hashOf);
        SessionColumns part = part(row);
        int at = row & ROW_MASK;
        part.flags[at] = SessionColumns.FREE;
        packedBytes -= Objects.requireNonNull(part.packed[at]).length + ARRAY_BYTES;
        part.packed[at] = null;
        told.remove(row);
        free.addLast(row);
        size--;
        account();
    }

    private static int hashOf(byte[] id) {
        return (int) HASH.hash(id, 0, id.length, SEED);
    }

    private int hashOf(int row) {
        return part(row).idHash[row & ROW_MASK];
    }

    private int find(byte[] id, int hash) {
        PackedText.Reader reader = new PackedText.Reader();
        return rows.find(hash, row -> {
            SessionColumns part = part(row);
            int at = row & ROW_MASK;
            return part.idHash[at] == hash
                    && reader.of(Objects.requireNonNull(part.packed[at])).isText(id);
        });
    }

    private SessionColumns part(int row) {
        return columns.get(row >> ROWS_SHIFT);
    }

    private int newRow() {
        int row = used++;
        int at = row & ROW_MASK;
        if (at == 0) {
            columns.add(new SessionColumns(row == 0 ? SessionColumns.FIRST_ROWS : SessionColumns.MAX_ROWS));
        } else if (at == part(row).rows()) {
            part(row).grow(Math.min(2 * at, SessionColumns.MAX_ROWS));
        }
        return row;
    }

    /** Takes from the budget what it has grown by. */
    private boolean account() {
        if (isReleased) {
            return true;
        }
        int allocated = columns.isEmpty()
                ? 0
                : (columns.size() - 1) * SessionColumns.MAX_ROWS
                        + columns.get(columns.size() - 1).rows();
        long now = SessionColumns.weight(allocated)
                + packedBytes
                + rows.weight()
                + models.weight()
                + tools.weight()
                + values.weight()
                + (long) (known.size() + told.size()) * AGENT_BYTES
                + (long) free.size() * Integer.BYTES;
        boolean hasRoom = memory.take(now - taken);
        taken = hasRoom ? now : taken;
        return hasRoom;
    }

    /** Gives its bytes back: nobody asks it any more, but for those who do so just now. */
    synchronized void release() {
        if (!isReleased) {
            isReleased = true;
            memory.take(-taken);
            taken = 0;
            memory.leave(account);
        }
    }

    /** How many sessions there are, with what agents did outside of any. */
    public synchronized int size() {
        return size;
    }

    /**
     * Shows every session, and what agents did outside of any, those that came last first, as a rule. A summary is valid while it is
     * looked at.
     */
    public void forEach(Consumer<SessionSummary> visitor) {
        IndexedRow row = new IndexedRow(agents, models, tools, values);
        // A part at a time, so that who writes is let in between.
        for (int part = parts() - 1; part >= 0; part--) {
            visit(row, part, visitor);
        }
    }

    private synchronized int parts() {
        return columns.size();
    }

    private synchronized void visit(IndexedRow row, int number, Consumer<SessionSummary> visitor) {
        SessionColumns part = columns.get(number);
        int end = Math.min(used - number * SessionColumns.MAX_ROWS, SessionColumns.MAX_ROWS);
        for (int at = end - 1; at >= 0; at--) {
            if (part.flags[at] != SessionColumns.FREE) {
                row.at(part, at);
                visitor.accept(row);
            }
        }
    }

    /** Shows what is known of each agent, in pieces that are to be put together: what its row says, and what sessions tell. */
    public synchronized void eachAgent(AgentVisitor visitor) {
        for (IntObjectCursor<AgentRecord> cursor : known) {
            visitor.accept(cursor.key, agents.name(cursor.key), cursor.value);
        }
        for (ObjectCursor<Told> cursor : told.values()) {
            visitor.accept(cursor.value.agent, agents.name(cursor.value.agent), cursor.value.record);
        }
    }
}
