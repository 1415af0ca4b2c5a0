/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read.shard;

import dev.muster.schemas.MalformedRecordException;
import dev.muster.schemas.avro.AgentCommand;
import dev.muster.schemas.commands.CommandFormat;
import dev.muster.streams.read.AuditEntry;
import dev.muster.streams.read.page.Position;
import dev.muster.streams.store.AuditKey;
import dev.muster.streams.store.StoreKeys;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** Scans the commands that one partition took in. */
final class CommandScan implements EntryScan {

    private final KeyValueIterator<Bytes, byte[]> rows;

    CommandScan(PartitionStores stores, String account, long newest) {
        rows = stores.audit().range(AuditKey.commandsAt(account, newest), StoreKeys.endOf(AuditKey.commands(account)));
    }

    @Override
    public boolean hasNext() {
        return rows.hasNext();
    }

    @Override
    public AuditHit next() {
        KeyValue<Bytes, byte[]> row = rows.next();
        Position position = AuditHit.positionOf(AuditKey.commandTime(row.key), "", AuditKey.commandId(row.key));
        try {
            if (CommandFormat.isAgentCommand(row.value)) {
                AgentCommand command = CommandFormat.readAgentCommand(row.value);
                return new AuditHit(position, command.getAgentId(), new AuditEntry.OfAgent(command), row.value.length);
            }
            return new AuditHit(
                    position,
                    "",
                    new AuditEntry.OfSession(CommandFormat.readSessionCommand(row.value)),
                    row.value.length);
        } catch (MalformedRecordException e) {
            throw new IllegalStateException("a command that was taken in can no longer be read", e);
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}
