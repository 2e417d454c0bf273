/**
 * The HTTP manners, in one place for core and plugins alike: {@link dev.kith.core.http.HttpFront}
 * listens, finds the route, asks who calls, reads the body within its limits, hands the call to its
 * area's threads, and turns whatever comes back into one form of answer.
 */
@NullMarked
package dev.kith.core.http;

import org.jspecify.annotations.NullMarked;
