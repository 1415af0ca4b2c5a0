/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.schemas.registry;

import dev.muster.schemas.SingleObjectFormat;
import dev.muster.schemas.settings.InvalidSettingException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Confluent's frame with the id that the registry gave the schema. The registry is asked once at the start; while it does
 * not answer, a thread of this object's own asks on.
 */
final class RegistryFraming implements Framing {

    private static final Logger LOG = LoggerFactory.getLogger(RegistryFraming.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final SchemaRegistry registry;
    private final CountDownLatch closed = new CountDownLatch(1);

    /** The id when it is known, else why not. */
    private volatile State state = new Awaited("The schema registry has not been asked yet.");

    private sealed interface State {}

    private record Known(int id) implements State {}

    private record Awaited(String because) implements State {}

    private RegistryFraming(SchemaRegistry registry) {
        this.registry = registry;
    }

    static RegistryFraming start(RegistryConfig config) {
        RegistryFraming framing = new RegistryFraming(new SchemaRegistry(config));
        try {
            framing.register();
        } catch (SchemaRefusedException e) {
            throw new InvalidSettingException(e.getMessage());
        } catch (RegistryUnavailableException e) {
            framing.await(e.getMessage());
            Thread thread = new Thread(framing::askOn, "muster-schema-registration");
            thread.setDaemon(true);
            thread.start();
        }
        return framing;
    }

    @Override
    public byte[] frame(byte[] singleObject) {
        if (state instanceof Known known) {
            // Another schema's bytes, kept over an upgrade, are not this id's; readers take them as they are.
            return SingleObjectFormat.fingerprint(singleObject) == SingleObjectFormat.currentFingerprint()
                    ? ConfluentFrame.of(known.id(), singleObject)
                    : singleObject;
        }
        throw new IllegalStateException("the schema's id is not known yet");
    }

    @Override
    public Optional<String> notReadyBecause() {
        return state instanceof Awaited awaited ? Optional.of(awaited.because()) : Optional.empty();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private void register() throws SchemaRefusedException, RegistryUnavailableException {
        int id = registry.register(HookEventSchema.SUBJECT, HookEventSchema.read());
        state = new Known(id);
        LOG.info("Events are written with the schema registry's schema {}.", id);
    }

    private void askOn() {
        while (state instanceof Awaited && !closing()) {
            try {
                register();
            } catch (SchemaRefusedException e) {
                await(e.getMessage());
            } catch (RegistryUnavailableException e) {
                await(e.getMessage());
            }
        }
    }

    /** Says why it waits, in the log only when that is new. */
    private void await(String because) {
        Awaited awaited = new Awaited(because);
        if (!awaited.equals(state)) {
            LOG.warn("No event can be sent, and the schema registry is asked on: {}", because);
        }
        state = awaited;
    }

    /** Waits a little before the next try, unless this is closed. */
    private boolean closing() {
        try {
            return closed.await(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
