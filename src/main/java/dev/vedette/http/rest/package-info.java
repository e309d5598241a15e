/**
 * The resources of access itself: sign-in, API keys, users and tenants. First class to read: {@link
 * dev.vedette.http.rest.SessionResource}.
 */
@NullMarked
package dev.vedette.http.rest;

import org.jspecify.annotations.NullMarked;
