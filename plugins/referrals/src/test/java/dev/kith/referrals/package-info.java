@NullMarked
package dev.kith.referrals;

import org.jspecify.annotations.NullMarked;
