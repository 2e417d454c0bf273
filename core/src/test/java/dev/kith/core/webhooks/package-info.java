@NullMarked
package dev.kith.core.webhooks;

import org.jspecify.annotations.NullMarked;
