package dev.vedette.ingestion.rest;

import dev.vedette.http.CurrentCaller;
import dev.vedette.http.ProblemException;
import dev.vedette.ingestion.LabelDialect;
import dev.vedette.ingestion.LabelMapping;
import dev.vedette.ingestion.LabelMappingStore;
import dev.vedette.ingestion.LabelMappings;
import dev.vedette.tenant.TenantId;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

/** How the labels of the tenant's senders become cluster and node. */
@Path("/api/v1/label-mappings")
@Tag(name = "Write")
public class LabelMappingResource {
    private final CurrentCaller caller;
    private final LabelMappingStore store;
    private final LabelMappings mappings;

    LabelMappingResource(CurrentCaller caller, LabelMappingStore store, LabelMappings mappings) {
        this.caller = caller;
        this.store = store;
        this.mappings = mappings;
    }

    /**
     * A mapping.
     *
     * @param dialect prometheus, opentelemetry or influx
     * @param clusterLabels labels that name the cluster; the first one present counts
     * @param nodeLabels labels that name the node; the first one present counts, without its port
     * @param defaultCluster cluster of series without such a label
     * @param defaultNode node of series without such a label
     * @param isUsual whether it is what holds for tenants that set nothing
     */
    @Schema(name = "LabelMapping")
    public record MappingView(
            @Schema(examples = "prometheus") String dialect,
            @Schema(examples = "[\"cluster\"]") List<String> clusterLabels,
            @Schema(examples = "[\"instance\"]") List<String> nodeLabels,
            @Schema(examples = "default") String defaultCluster,
            @Schema(examples = "all") String defaultNode,
            boolean isUsual) {
        static MappingView of(LabelDialect dialect, Optional<LabelMapping> set) {
            LabelMapping mapping = set.orElse(dialect.usual());
            return new MappingView(
                    dialect.code(),
                    mapping.clusterLabels(),
                    mapping.nodeLabels(),
                    mapping.defaultCluster(),
                    mapping.defaultNode(),
                    set.isEmpty());
        }
    }

    /**
     * What to set; what is absent is as usual.
     *
     * @param clusterLabels labels that name the cluster, at most 16
     * @param nodeLabels labels that name the node, at most 16
     * @param defaultCluster cluster of series without such a label
     * @param defaultNode node of series without such a label
     */
    @Schema(name = "LabelMappingChange")
    public record MappingChange(
            @Schema(examples = "[\"cluster\", \"k8s_cluster\"]")
                    Optional<List<String>> clusterLabels,
            @Schema(examples = "[\"node\", \"instance\"]") Optional<List<String>> nodeLabels,
            @Schema(examples = "default") Optional<String> defaultCluster,
            @Schema(examples = "all") Optional<String> defaultNode) {
        LabelMapping on(LabelMapping usual) {
            try {
                return new LabelMapping(
                        clusterLabels.orElse(usual.clusterLabels()),
                        nodeLabels.orElse(usual.nodeLabels()),
                        defaultCluster.orElse(usual.defaultCluster()),
                        defaultNode.orElse(usual.defaultNode()));
            } catch (IllegalArgumentException | NullPointerException e) {
                throw ProblemException.invalid(
                        "",
                        "label_mapping_invalid",
                        e.getMessage() == null ? "a label is null" : e.getMessage(),
                        "Send lists of at most 16 label names, and names of 1 to 256 characters.");
            }
        }
    }

    /**
     * All mappings of the tenant.
     *
     * @param items one for each dialect
     */
    @Schema(name = "LabelMappings")
    public record MappingList(List<MappingView> items) {}

    /** The mappings in force. */
    @GET
    @RolesAllowed("viewer")
    @Operation(
            summary = "How senders' labels become cluster and node",
            operationId = "listLabelMappings")
    public Uni<MappingList> list() {
        return store.find(caller.tenant())
                .map(set ->
                        new MappingList(
                                Arrays.stream(LabelDialect.values())
                                        .map(dialect -> view(dialect, set))
                                        .toList()));
    }

    private static MappingView view(LabelDialect dialect, Map<LabelDialect, LabelMapping> set) {
        return MappingView.of(dialect, Optional.ofNullable(set.get(dialect)));
    }

    /** Sets one. */
    @PUT
    @Path("/{dialect}")
    @RolesAllowed("editor")
    @Operation(
            summary = "Set how a dialect's labels become cluster and node",
            description =
                    "Holds for points sent from then on, within half a minute on every replica."
                            + " Series whose cluster or node changes become new series.",
            operationId = "setLabelMapping")
    public Uni<MappingView> set(@RestPath String dialect, @NotNull MappingChange wanted) {
        LabelDialect of = dialect(dialect);
        LabelMapping mapping = wanted.on(of.usual());
        TenantId tenant = caller.tenant();
        return store.put(tenant, of, mapping)
                .invoke(() -> mappings.forget(tenant))
                .replaceWith(() -> MappingView.of(of, Optional.of(mapping)));
    }

    /** Goes back to the usual one. */
    @DELETE
    @Path("/{dialect}")
    @RolesAllowed("editor")
    @Operation(summary = "Go back to the usual mapping", operationId = "removeLabelMapping")
    public Uni<Void> remove(@RestPath String dialect) {
        TenantId tenant = caller.tenant();
        return store.remove(tenant, dialect(dialect)).invoke(() -> mappings.forget(tenant));
    }

    private static LabelDialect dialect(String code) {
        return Arrays.stream(LabelDialect.values())
                .filter(dialect -> dialect.code().equals(code))
                .findFirst()
                .orElseThrow(() -> ProblemException.notFound("dialect", code));
    }
}
