package dev.vedette;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The directions of dependencies, as docs/architecture.md draws them. */
@AnalyzeClasses(packages = "dev.vedette", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule featuresFormNoCycles =
            slices().matching("dev.vedette.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule vocabularyDependsOnTheJdkOnly =
            classes()
                    .that()
                    .resideInAnyPackage("dev.vedette.series", "dev.vedette.tenant")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..", "org.jspecify..", "dev.vedette.series", "dev.vedette.tenant");

    @ArchTest
    static final ArchRule enginesDependOnTheVocabularyOnly =
            classes()
                    .that()
                    .resideInAPackage("dev.vedette.detection.engine..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "com.amazon.randomcutforest..", // an algorithm, no framework
                            "dev.vedette.series",
                            "dev.vedette.tenant",
                            "dev.vedette.detection.engine..");

    @ArchTest
    static final ArchRule judgingTransactionsDependsOnTheVocabularyOnly =
            classes()
                    .that()
                    .resideInAnyPackage(
                            "dev.vedette.transaction.model..",
                            "dev.vedette.transaction.feature..",
                            "dev.vedette.transaction.decision..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "dev.vedette.tenant",
                            "dev.vedette.transaction",
                            "dev.vedette.transaction.model..",
                            "dev.vedette.transaction.feature..",
                            "dev.vedette.transaction.decision..",
                            "dev.vedette.detection.engine..");

    @ArchTest
    static final ArchRule rulesAreAPureLanguage =
            classes()
                    .that()
                    .resideInAPackage("dev.vedette.transaction.rule")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "dev.cel..", // the expression language
                            "com.google.re2j..", // and its patterns
                            "com.google.common..", // as its own types hand them out
                            "com.google.protobuf..",
                            "dev.vedette.transaction",
                            "dev.vedette.transaction.rule");

    @ArchTest
    static final ArchRule enginesReadNoClock =
            noClasses()
                    .that()
                    .resideInAnyPackage(
                            "dev.vedette.detection.engine..",
                            "dev.vedette.transaction.model..",
                            "dev.vedette.transaction.feature..",
                            "dev.vedette.transaction.decision..",
                            "dev.vedette.simulation..")
                    .should()
                    .callMethod(java.time.Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");

    @ArchTest
    static final ArchRule onlyTimescaleSpeaksSql =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.vedette.timescale..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.vertx..sqlclient..", "io.vertx..pgclient..", "java.sql..");

    @ArchTest
    static final ArchRule onlyTheCommandsKnowTimescale =
            noClasses()
                    .that()
                    .resideOutsideOfPackages("dev.vedette.timescale..", "dev.vedette.cli..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.vedette.timescale..");

    @ArchTest
    static final ArchRule onlyTheEdgeSpeaksHttp =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(
                            "..rest..", "dev.vedette.http..", "dev.vedette.dashboard..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("jakarta.ws.rs..");

    @ArchTest
    static final ArchRule detectionNeverLooksRight =
            noClasses()
                    .that()
                    .resideInAnyPackage("dev.vedette.ingestion..", "dev.vedette.detection..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "dev.vedette.explanation..",
                            "dev.vedette.aggregation..",
                            "dev.vedette.dashboard..");

    @ArchTest
    static final ArchRule nothingIsInjectedIntoFields =
            fields().should().notBeAnnotatedWith(jakarta.inject.Inject.class);

    @ArchTest
    static final ArchRule onlyCommandsPrint =
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.vedette.cli..")
                    .should(
                            com.tngtech.archunit.lang.conditions.ArchConditions.accessField(
                                    System.class, "out"));
}
