package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.tenant.Role;
import dev.vedette.tenant.Tenant;
import dev.vedette.tenant.TenantId;
import dev.vedette.tenant.TenantLimits;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every adapter of the ports of access does. */
public abstract class AccessStoresContract {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final TenantId acme = new TenantId("acme-" + UUID.randomUUID());
    private final TenantId other = new TenantId("other-" + UUID.randomUUID());

    /** The adapter under test. */
    protected abstract TenantStore tenants();

    /** The adapter under test. */
    protected abstract UserStore users();

    /** The adapter under test. */
    protected abstract ApiKeyStore keys();

    @BeforeEach
    void twoTenants() {
        assertTrue(await(tenants().insert(tenant(acme, "Acme"))));
        assertTrue(await(tenants().insert(tenant(other, "Other"))));
    }

    @Test
    void tenantIsFoundAsInserted() {
        assertEquals(Optional.of(tenant(acme, "Acme")), await(tenants().find(acme)));
        assertTrue(await(tenants().find(new TenantId("nobody"))).isEmpty());
    }

    @Test
    void tenantOfAnIdThatIsTakenChangesNothing() {
        assertFalse(await(tenants().insert(tenant(acme, "Thief"))));
        assertEquals("Acme", await(tenants().find(acme)).orElseThrow().name());
    }

    @Test
    void tenantIsUpdated() {
        Tenant changed =
                new Tenant(
                        acme,
                        "Acme 2",
                        ZoneId.of("Europe/Oslo"),
                        new TenantLimits(5, 6, Duration.ofHours(7)),
                        NOW);
        assertTrue(await(tenants().update(changed)));
        assertEquals(Optional.of(changed), await(tenants().find(acme)));
        assertFalse(await(tenants().update(tenant(new TenantId("nobody"), "x"))));
    }

    @Test
    void tenantsAreListedByIdAfterAnId() {
        List<Tenant> page = await(tenants().list(Optional.of(acme), 1000));
        assertTrue(page.stream().anyMatch(tenant -> tenant.id().equals(other)));
        assertTrue(page.stream().noneMatch(tenant -> tenant.id().equals(acme)));
        assertEquals(1, await(tenants().list(Optional.empty(), 1)).size());
    }

    @Test
    void userIsFoundInItsTenantOnly() {
        UserStore.Stored ann = user(acme, "ann");
        assertTrue(await(users().insert(ann)));
        assertFalse(await(users().insert(ann)));
        assertEquals(Optional.of(ann), await(users().find(acme, "ann")));
        assertTrue(await(users().find(other, "ann")).isEmpty());
        assertTrue(await(users().list(other, Optional.empty(), 10)).isEmpty());
    }

    @Test
    void usersOfOneNameAreFoundAcrossTenants() {
        String name = "n" + UUID.randomUUID();
        await(users().insert(user(acme, name)));
        await(users().insert(user(other, name)));
        assertEquals(2, await(users().named(name)).size());
    }

    @Test
    void usersAreListedByNameAfterAName() {
        await(users().insert(user(acme, "b")));
        await(users().insert(user(acme, "a")));
        await(users().insert(user(acme, "c")));
        assertEquals(
                List.of("b", "c"),
                await(users().list(acme, Optional.of("a"), 10)).stream().map(User::name).toList());
        assertEquals(1, await(users().list(acme, Optional.empty(), 1)).size());
    }

    @Test
    void userIsUpdatedInItsTenantOnly() {
        await(users().insert(user(acme, "ann")));
        UserStore.Stored changed =
                new UserStore.Stored(new User(acme, "ann", Role.EDITOR, true, NOW), "other-hash");
        assertTrue(await(users().update(changed)));
        assertEquals(Optional.of(changed), await(users().find(acme, "ann")));
        assertFalse(await(users().update(user(other, "ann"))));
    }

    @Test
    void keyIsFoundWithItsHashAndInItsTenant() {
        ApiKeyStore.Stored stored = key(acme);
        await(keys().insert(stored));
        String id = stored.key().id();
        ApiKeyStore.Stored found = await(keys().find(id)).orElseThrow();
        assertEquals(stored.key(), found.key());
        assertArrayEquals(stored.hash(), found.hash());
        assertEquals(Optional.of(stored.key()), await(keys().find(acme, id)));
        assertTrue(await(keys().find(other, id)).isEmpty());
        assertTrue(await(keys().list(other, Optional.empty(), 10)).isEmpty());
        assertTrue(await(keys().find("unknown1")).isEmpty());
    }

    @Test
    void keyIsRevokedOnceAndByItsTenantOnly() {
        ApiKeyStore.Stored stored = key(acme);
        String id = stored.key().id();
        await(keys().insert(stored));
        assertFalse(await(keys().revoke(other, id, NOW)));
        assertTrue(await(keys().revoke(acme, id, NOW)));
        assertTrue(await(keys().revoke(acme, id, NOW.plusSeconds(9))));
        assertEquals(Optional.of(NOW), await(keys().find(acme, id)).flatMap(ApiKey::revokedAt));
    }

    @Test
    void keyNeverExpiresLaterThanItWould() {
        ApiKeyStore.Stored stored = key(acme);
        String id = stored.key().id();
        await(keys().insert(stored));
        assertTrue(await(keys().expire(acme, id, NOW.plusSeconds(9))));
        assertTrue(await(keys().expire(acme, id, NOW.plusSeconds(99))));
        assertFalse(await(keys().expire(other, id, NOW)));
        assertEquals(
                Optional.of(NOW.plusSeconds(9)),
                await(keys().find(acme, id)).flatMap(ApiKey::expiresAt));
    }

    @Test
    void useOfAKeyIsNoted() {
        ApiKeyStore.Stored stored = key(acme);
        await(keys().insert(stored));
        await(keys().touch(stored.key().id(), NOW.plusSeconds(3)));
        assertEquals(
                Optional.of(NOW.plusSeconds(3)),
                await(keys().find(acme, stored.key().id())).flatMap(ApiKey::lastUsedAt));
    }

    @Test
    void keysAreListedByIdAfterAnId() {
        await(keys().insert(key(acme)));
        await(keys().insert(key(acme)));
        List<ApiKey> all = await(keys().list(acme, Optional.empty(), 10));
        assertEquals(2, all.size());
        assertEquals(
                all.subList(1, 2), await(keys().list(acme, Optional.of(all.getFirst().id()), 10)));
    }

    private static Tenant tenant(TenantId id, String name) {
        return new Tenant(id, name, ZoneOffset.UTC, TenantLimits.DEFAULT, NOW);
    }

    private static UserStore.Stored user(TenantId tenant, String name) {
        return new UserStore.Stored(new User(tenant, name, Role.VIEWER, false, NOW), "hash");
    }

    private static ApiKeyStore.Stored key(TenantId tenant) {
        ApiKeySecret secret = ApiKeySecret.generate();
        ApiKey key =
                new ApiKey(
                        secret.id(),
                        tenant,
                        "a key",
                        Set.of(Role.INGEST, Role.VIEWER),
                        "ann",
                        NOW,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        return new ApiKeyStore.Stored(key, secret.hash());
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(Duration.ofSeconds(20));
    }
}
