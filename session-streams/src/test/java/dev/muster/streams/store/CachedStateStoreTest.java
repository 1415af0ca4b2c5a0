/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.apache.kafka.streams.state.internals.CacheFlushListener;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.junit.jupiter.api.Test;

/** Kafka Streams' own interface that the live sessions stand on: another Kafka may have another. */
class CachedStateStoreTest {

    @Test
    void has_the_methods_that_the_live_sessions_implement_and_no_others() throws Exception {
        assertThat(Arrays.stream(CachedStateStore.class.getMethods())
                        .map(method -> method.getReturnType() + " " + method.getName()
                                + Arrays.toString(method.getParameterTypes())))
                .containsExactlyInAnyOrder(
                        "void flushCache[]",
                        "void clearCache[]",
                        "boolean setFlushListener[interface " + CacheFlushListener.class.getName() + ", boolean]");
    }
}
