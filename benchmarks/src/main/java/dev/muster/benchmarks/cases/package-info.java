/** What is measured: each case reads the whole topic and checks what it counted. */
@NullMarked
package dev.muster.benchmarks.cases;

import org.jspecify.annotations.NullMarked;
