package dev.vedette.alerting;

import dev.vedette.tenant.TenantId;

class InMemoryAlertingTest extends AlertingContract {
    private final InMemoryAlerting alerting = new InMemoryAlerting();

    @Override
    protected SettingStore settings() {
        return alerting;
    }

    @Override
    protected AlertStore alerts() {
        return alerting;
    }

    @Override
    protected DeliveryStore deliveries() {
        return alerting;
    }

    @Override
    protected DeliveryQueries log() {
        return alerting;
    }

    @Override
    protected void put(TenantId tenant, IncidentFacts incident) {
        alerting.put(tenant, incident);
    }
}
