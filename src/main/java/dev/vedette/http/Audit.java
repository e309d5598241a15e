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
        note(caller.tenant().map(TenantId::value).orElse("-"), caller.subject(), action, object);
    }

    /** Notes a change that was made for somebody who does not wait for it. */
    public void doneFor(TenantId tenant, String subject, String action, String object) {
        note(tenant.value(), subject, action, object);
    }

    private static void note(String tenant, String subject, String action, String object) {
        LOG.infof("%s tenant=%s subject=%s object=%s", action, tenant, subject, object);
    }
}
