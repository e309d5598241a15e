package dev.vedette.tenant;

/** Where the limits of a tenant are read on the way of every request. */
public interface TenantLimitsSource {
    /**
     * The limits of that tenant, {@link TenantLimits#DEFAULT} when none were set. Answers from
     * memory and never blocks; a change may take some seconds to be seen.
     */
    TenantLimits limitsOf(TenantId tenant);
}
