package dev.facefusion.runtime;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Who may know whom. Each rule says why in its own words.
class ArchitectureTest {

    private static final String ROOT = "dev.facefusion.runtime.";
    private static final String SDK = "dev.facefusion.sdk";
    private static final JavaClasses RUNTIME =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.facefusion.runtime", SDK);

    static Stream<Named<ArchRule>> rules() {
        return Stream.of(
                Named.of("layers", layers()),
                Named.of("no cycles", noCycles()),
                Named.of("the plug-in interface is small", pluginInterfaceIsSmall()),
                Named.of("geometry is pure", geometryIsPure()),
                Named.of("ONNX Runtime in one package", onnxRuntimeInOnePackage()),
                Named.of("child processes in one package", processesInOnePackage()),
                Named.of("nothing of the operator", nothingOfTheOperator()),
                Named.of("no toolbox names", noToolboxNames()),
                Named.of("no field injection", noFieldInjection()),
                Named.of("the process at its edge only", processAtItsEdge()),
                Named.of("the task server in one package", taskServerInOnePackage()),
                Named.of("tokens in one package", tokensInOnePackage()),
                Named.of("a verdict about a token is about nothing else", tokensStandAlone()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(RUNTIME);
    }

    private static ArchRule layers() {
        return layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("cli")
                .definedBy(ROOT + "cli")
                .layer("sdk")
                .definedBy(SDK)
                .layer("server")
                .definedBy(ROOT + "server")
                .layer("management")
                .definedBy(ROOT + "management")
                .layer("http")
                .definedBy(ROOT + "http")
                .layer("jobs")
                .definedBy(ROOT + "jobs")
                .layer("queue")
                .definedBy(ROOT + "queue")
                .layer("upload")
                .definedBy(ROOT + "upload")
                .layer("metrics")
                .definedBy(ROOT + "metrics")
                .layer("health")
                .definedBy(ROOT + "health")
                .layer("machine")
                .definedBy(ROOT + "gpu", ROOT + "host")
                .layer("plugin")
                .definedBy(ROOT + "plugin..")
                .layer("drift")
                .definedBy(ROOT + "drift")
                .layer("security")
                .definedBy(ROOT + "security")
                .layer("option")
                .definedBy(ROOT + "option")
                .layer("video")
                .definedBy(ROOT + "engine.video")
                .layer("engine")
                .definedBy(ROOT + "engine")
                .layer("steps")
                .definedBy(
                        ROOT + "engine.analyse",
                        ROOT + "engine.process",
                        ROOT + "engine.media",
                        ROOT + "engine.media.ffmpeg")
                .layer("geometry")
                .definedBy(ROOT + "engine.geometry")
                .layer("session")
                .definedBy(ROOT + "engine.session")
                .layer("provenance")
                .definedBy(ROOT + "provenance")
                .layer("models")
                .definedBy(ROOT + "models")
                .whereLayer("cli")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("sdk")
                .mayOnlyBeAccessedByLayers("cli")
                .whereLayer("server")
                .mayOnlyBeAccessedByLayers("cli", "sdk")
                .whereLayer("management")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("http")
                .mayOnlyBeAccessedByLayers("server")
                .whereLayer("jobs")
                .mayOnlyBeAccessedByLayers("server", "http")
                .whereLayer("queue")
                .mayOnlyBeAccessedByLayers("server", "http", "jobs")
                .whereLayer("upload")
                .mayOnlyBeAccessedByLayers("server", "http", "jobs")
                .whereLayer("metrics")
                .mayOnlyBeAccessedByLayers("server", "queue")
                .whereLayer("health")
                .mayOnlyBeAccessedByLayers("server", "http", "queue", "metrics", "management")
                .whereLayer("machine")
                .mayOnlyBeAccessedByLayers("server", "metrics", "health")
                .whereLayer("plugin")
                .mayOnlyBeAccessedByLayers("server", "health")
                .whereLayer("drift")
                .mayOnlyBeAccessedByLayers("server", "queue", "health")
                .whereLayer("security")
                .mayOnlyBeAccessedByLayers("cli", "server", "http", "metrics")
                .whereLayer("option")
                .mayOnlyBeAccessedByLayers("cli", "sdk", "http")
                .whereLayer("video")
                .mayOnlyBeAccessedByLayers(
                        "cli", "sdk", "server", "http", "jobs", "queue", "option")
                .whereLayer("engine")
                .mayOnlyBeAccessedByLayers(
                        "cli", "sdk", "server", "http", "jobs", "queue", "drift", "option", "video")
                .whereLayer("geometry")
                .mayOnlyBeAccessedByLayers("engine", "steps", "option")
                .whereLayer("provenance")
                .mayOnlyBeAccessedByLayers("cli", "sdk", "server", "http", "queue")
                .whereLayer("models")
                .mayOnlyBeAccessedByLayers("cli", "sdk", "server", "engine", "steps", "session")
                .because("a request passes from the edge to the models, and nothing looks back up");
    }

    private static ArchRule noCycles() {
        return slices().matching("dev.facefusion.runtime.(**)")
                .should()
                .beFreeOfCycles()
                .because("packages that need each other are one package");
    }

    private static ArchRule pluginInterfaceIsSmall() {
        return classes()
                .that()
                .resideInAPackage(ROOT + "plugin.bundled")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                        ROOT + "plugin.bundled",
                                        "java..",
                                        "org.jspecify.annotations")
                                .or(
                                        nameMatching(
                                                ".*\\.(HealthContributor|HealthValue|RuntimeView)(\\$.*)?"))
                                .or(
                                        DescribedPredicate.describe(
                                                "primitives", JavaClass::isPrimitive)))
                .because("what ships must need nothing that a person's own plug-in cannot have");
    }

    private static ArchRule geometryIsPure() {
        return classes()
                .that()
                .resideInAPackage(ROOT + "engine.geometry")
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                        ROOT + "engine.geometry",
                                        "java.lang..",
                                        "java.util",
                                        "java.util.function",
                                        "java.util.stream",
                                        "org.jspecify.annotations")
                                .or(
                                        DescribedPredicate.describe(
                                                "primitives", JavaClass::isPrimitive))
                                .or(primitiveArray()))
                .because("it is checked against golden numbers: no input, output, time or model");
    }

    private static DescribedPredicate<JavaClass> primitiveArray() {
        return DescribedPredicate.describe(
                "arrays of primitives",
                type -> type.isArray() && type.getBaseComponentType().isPrimitive());
    }

    private static ArchRule onnxRuntimeInOnePackage() {
        return only(ROOT + "engine.session", "ai.onnxruntime..")
                .because("its objects are native memory: one package knows how to close them");
    }

    private static ArchRule processesInOnePackage() {
        return noClasses()
                .that(not(resideInAPackage(ROOT + "engine.media.ffmpeg")))
                .should()
                .dependOnClassesThat()
                .belongToAnyOf(ProcessBuilder.class, Process.class)
                .because("only ffmpeg runs beside us, and one package knows how it can end");
    }

    private static ArchRule nothingOfTheOperator() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.facefusion.operator..",
                        "dev.facefusion.crds..",
                        "io.fabric8..",
                        "io.javaoperatorsdk..")
                .because("the runtime runs without Kubernetes");
    }

    private static ArchRule noToolboxNames() {
        return noClasses()
                .should()
                .haveSimpleNameEndingWith("Util")
                .orShould()
                .haveSimpleNameEndingWith("Utils")
                .orShould()
                .haveSimpleNameEndingWith("Helper")
                .orShould()
                .haveSimpleNameEndingWith("Manager")
                .orShould()
                .haveSimpleNameEndingWith("Impl")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .because("such a name says nothing about what the class is");
    }

    private static ArchRule noFieldInjection() {
        return noFields()
                .should()
                .beAnnotatedWith(nameAnnotation())
                .because("constructors show what a class needs");
    }

    private static DescribedPredicate<com.tngtech.archunit.core.domain.JavaAnnotation<?>>
            nameAnnotation() {
        return DescribedPredicate.describe(
                "@Inject, @Autowired or @Resource",
                annotation ->
                        annotation
                                .getRawType()
                                .getSimpleName()
                                .matches("Inject|Autowired|Resource"));
    }

    private static ArchRule processAtItsEdge() {
        return noClasses()
                .that(not(resideInAnyPackage(ROOT + "cli", ROOT + "config")))
                .should()
                .accessTargetWhere(
                        target(owner(nameMatching("java\\.lang\\.System")))
                                .and(target(nameMatching("out|err|in|exit|getenv|console"))))
                .because("a class that reads the environment or ends the process cannot be tested");
    }

    private static ArchRule taskServerInOnePackage() {
        return only(ROOT + "http", "io.helidon..")
                .because("the rest must not depend on which HTTP server the tasks come from");
    }

    private static ArchRule tokensInOnePackage() {
        return only(ROOT + "token", "com.nimbusds..")
                .because("who may come in is decided in one place, by one set of rules");
    }

    private static ArchRule tokensStandAlone() {
        return noClasses()
                .that()
                .resideInAPackage(ROOT + "token")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.facefusion..")
                                .and(not(resideInAPackage(ROOT + "token"))))
                .because("the ports that ask for a token are different, the verdict is not");
    }

    private static ArchRule only(String ours, String theirs) {
        return noClasses()
                .that(not(resideInAPackage(ours)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(theirs);
    }
}
