package dev.vedette.incident;

import dev.vedette.tenant.TenantId;
import java.util.UUID;

class InMemoryIncidentsTest extends IncidentContract {
    private final InMemoryIncidents incidents = new InMemoryIncidents();

    @Override
    protected IncidentStore store() {
        return incidents;
    }

    @Override
    protected IncidentQueries queries() {
        return incidents;
    }

    @Override
    protected void put(TenantId tenant, Symptom symptom) {
        incidents.put(tenant, symptom);
    }

    @Override
    protected void remove(TenantId tenant, UUID anomaly) {
        incidents.remove(tenant, anomaly);
    }
}
