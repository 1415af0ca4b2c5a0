/*
 * Copyright the Muster authors
 * SPDX-License-Identifier: Apache-2.0
 */
package dev.muster.benchmarks.cases;

/**
 * How long a page takes to open.
 *
 * @param page what is opened
 * @param medianMs the median over all openings, milliseconds
 * @param mostMs the longest one, which is the first as a rule, milliseconds
 */
public record Opening(String page, double medianMs, double mostMs) {}
