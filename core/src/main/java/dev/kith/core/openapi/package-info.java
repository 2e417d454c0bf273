/**
 * The documents that describe the API, made from what is mounted when somebody asks: OpenAPI for
 * routes, AsyncAPI for topics, a page to browse, a page per problem.
 */
@NullMarked
package dev.kith.core.openapi;

import org.jspecify.annotations.NullMarked;
