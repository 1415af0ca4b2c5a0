/** Data folders of earlier versions, what was answered from them, and the programs that made both. */
@NullMarked
package dev.muster.standalone.upgrade;

import org.jspecify.annotations.NullMarked;
