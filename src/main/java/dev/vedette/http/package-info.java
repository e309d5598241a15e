/**
 * The edge of the service: credentials become a tenant and roles, refusals become problem details,
 * pages get cursors. Used by every {@code .rest} package; knows no feature, and imports {@code
 * tenant} only. First class to read: {@link dev.vedette.http.CredentialMechanism}.
 */
@NullMarked
package dev.vedette.http;

import org.jspecify.annotations.NullMarked;
