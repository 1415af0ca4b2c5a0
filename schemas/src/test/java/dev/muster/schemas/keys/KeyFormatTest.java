/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.muster.schemas.MalformedRecordException;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;

class KeyFormatTest {

    @Property(tries = 200)
    @Domain(IssuedKeys.class)
    void whatIsWrittenIsRead(@ForAll IssuedKey key) throws MalformedRecordException {
        assertThat(KeyFormat.read(KeyFormat.write(key))).isEqualTo(key);
    }

    @Property(tries = 200)
    void aUseIsReadToTheMillisecond(@ForAll @IntRange(min = 0) int millis) throws MalformedRecordException {
        Instant usedAt = Instant.ofEpochMilli(millis);
        assertThat(KeyFormat.readUse(KeyFormat.writeUse(usedAt))).isEqualTo(usedAt);
    }

    @Property(tries = 500)
    void anyOtherBytesAreMalformed(@ForAll byte[] bytes) {
        assertThatThrownBy(() -> KeyFormat.read(bytes)).isInstanceOf(MalformedRecordException.class);
        assertThatThrownBy(() -> KeyFormat.readUse(bytes)).isInstanceOf(MalformedRecordException.class);
    }
}
