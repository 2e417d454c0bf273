/**
 * Which target answers a path: the tree of all routes of core and plugins, exchanged whole when
 * a plugin comes or goes, and what is measured of each.
 */
@NullMarked
package dev.kith.core.http.route;

import org.jspecify.annotations.NullMarked;
