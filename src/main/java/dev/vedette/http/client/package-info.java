/**
 * What every request to a target that a tenant or an operator names has to pass: the guard against
 * addresses inside, the lookup that the guard sees, the loop that clients stay on.
 */
@NullMarked
package dev.vedette.http.client;

import org.jspecify.annotations.NullMarked;
