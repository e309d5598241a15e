/**
 * Who: tenant ids, roles and limits. The bottom of the dependency graph; imports the JDK only.
 * First class to read: {@link dev.vedette.tenant.TenantId}.
 */
@NullMarked
package dev.vedette.tenant;

import org.jspecify.annotations.NullMarked;
