/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams;

import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.PropertyAttributes;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.RegistrarHook;

/**
 * A bound on the tries of every property, with a seed that is always the same and no shrinking: for mutation testing,
 * which runs each test hundreds of times and only asks whether it fails. Without the system property it does nothing.
 */
public final class FewerTries implements RegistrarHook, AroundPropertyHook {
    /** The most tries that a property may have; unset in every ordinary run. */
    private static final String TRIES = "muster.test.tries";

    @Override
    public void registerHooks(Registrar registrar) {
        if (Integer.getInteger(TRIES) != null) {
            registrar.register(FewerTries.class);
        }
    }

    @Override
    public PropertyExecutionResult aroundProperty(PropertyLifecycleContext context, PropertyExecutor property) {
        PropertyAttributes attributes = context.attributes();
        int tries = Integer.getInteger(TRIES);
        attributes.setTries(Math.min(tries, attributes.tries().orElse(tries)));
        attributes.setSeed("1");
        attributes.setShrinking(ShrinkingMode.OFF);
        return property.execute();
    }
}
