/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.streams.read;

/**
 * One tool's calls.
 *
 * @param name the tool's name
 * @param calls calls that ended
 * @param errors calls that failed or were denied
 * @param totalMs the reported durations' sum, milliseconds
 */
public record ToolView(String name, long calls, long errors, long totalMs) {}
