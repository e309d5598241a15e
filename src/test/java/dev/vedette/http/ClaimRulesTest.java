package dev.vedette.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.vedette.http.RefusedClaimsException.Reason;
import dev.vedette.tenant.Role;
import dev.vedette.tenant.TenantId;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Claims of providers of all kinds become a caller, or say why not. */
final class ClaimRulesTest {
    @Test
    void namesOfRolesAreEnoughWithoutAMapping() {
        Caller caller =
                read(
                        Map.of(),
                        """
                        {"tenant":"acme","groups":["editor","everybody"],"preferred_username":"ann","sub":"1"}
                        """);
        assertEquals(Optional.of(new TenantId("acme")), caller.tenant());
        assertEquals(Set.of(Role.EDITOR), caller.roles());
        assertEquals("ann", caller.subject());
    }

    @Test
    void mappingIsAllThatCountsWhereThereIsOne() {
        Caller caller =
                read(
                        Map.of(
                                "role-mapping",
                                "CN=Ops,OU=x=admin,ops=viewer".replace(",OU", "\\,OU")),
                        "{\"tenant\":\"acme\",\"groups\":[\"editor\",\"CN=Ops,OU=x\"],\"sub\":\"1\"}");
        assertEquals(Set.of(Role.ADMIN), caller.roles());
    }

    @Test
    void claimIsANameFirstAndAPathThen() {
        Map<String, String> settings =
                Map.of("roles", "https://example.org/roles", "tenant", "org.id", "name", "email");
        Caller caller =
                read(
                        settings,
                        """
                        {"https://example.org/roles":"viewer","org":{"id":"acme"},"email":"a@b"}
                        """);
        assertEquals(Set.of(Role.VIEWER), caller.roles());
        assertEquals("acme", caller.tenant().orElseThrow().value());
        assertEquals("a@b", caller.subject());
    }

    @Test
    void tenantThatIsMissingOrNotAllowedIsRefusedAndADefaultStandsIn() {
        String none = "{\"groups\":[\"viewer\"],\"sub\":\"1\"}";
        String other = "{\"tenant\":\"other\",\"groups\":[\"viewer\"],\"sub\":\"1\"}";
        String wrong = "{\"tenant\":\"../x\",\"groups\":[\"viewer\"],\"sub\":\"1\"}";
        assertEquals(Reason.NO_TENANT, refused(Map.of(), none));
        assertEquals(Reason.OTHER_TENANT, refused(Map.of("allowed-tenants", "acme"), other));
        assertEquals(Reason.OTHER_TENANT, refused(Map.of(), wrong));
        assertEquals(
                "acme",
                read(Map.of("default-tenant", "acme"), none).tenant().orElseThrow().value());
    }

    @Test
    void onlyThePlatformsAdministratorNeedsNoTenant() {
        Caller caller = read(Map.of(), "{\"groups\":[\"platform-admin\"],\"sub\":\"1\"}");
        assertEquals(Optional.empty(), caller.tenant());
        assertEquals(
                Reason.NO_TENANT,
                refused(Map.of(), "{\"groups\":[\"platform-admin\",\"admin\"],\"sub\":\"1\"}"));
    }

    @Test
    void nobodyWithoutANameAndNothingWithoutARole() {
        assertEquals(
                Reason.NO_NAME, refused(Map.of(), "{\"tenant\":\"acme\",\"groups\":[\"viewer\"]}"));
        assertEquals(
                Set.of(),
                read(Map.of(), "{\"tenant\":\"acme\",\"groups\":7,\"sub\":\"1\"}").roles());
    }

    @Test
    void mappingThatCannotBeReadIsNamed() {
        for (String wrong : new String[] {"ops", "ops=king", "=admin"}) {
            String said =
                    String.valueOf(
                            assertThrows(
                                            IllegalArgumentException.class,
                                            () -> read(Map.of("role-mapping", wrong), "{}"))
                                    .getMessage());
            assertTrue(said.contains("some.claims.role-mapping"), said);
            assertTrue(said.contains(wrong), said);
        }
    }

    private static Reason refused(Map<String, String> settings, String claims) {
        return assertThrows(RefusedClaimsException.class, () -> read(settings, claims)).reason();
    }

    private static Caller read(Map<String, String> settings, String claims) {
        Map<String, String> named = new HashMap<>();
        settings.forEach((name, value) -> named.put("some.claims." + name, value));
        ClaimsConfig config =
                new SmallRyeConfigBuilder()
                        .withMapping(ClaimsConfig.class, "some.claims")
                        .withDefaultValues(named)
                        .build()
                        .getConfigMapping(ClaimsConfig.class, "some.claims");
        String payload =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        return ClaimRules.of(config, "some.claims")
                .caller("e30." + payload + ".", Caller.Credential.TOKEN);
    }
}
