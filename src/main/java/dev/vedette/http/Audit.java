package dev.vedette.http;

import dev.vedette.tenant.TenantId;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * Notes who changed access to what: one line of the log category {@code vedette.audit} per change.
 */
@ApplicationScoped
public class Audit {
    private static final Logger LOG = Logger.getLogger("vedette.audit");

    /** Notes a change that was made. Neither argument may be a secret. */
    public void done(Caller caller, String action, String object) {
        LOG.infof(
                "%s tenant=%s subject=%s object=%s",
                action, caller.tenant().map(TenantId::value).orElse("-"), caller.subject(), object);
    }
}
