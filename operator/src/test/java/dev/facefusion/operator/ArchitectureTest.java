package dev.facefusion.operator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The dependency rules of the operator and of the API that it serves.
class ArchitectureTest {
    private static final String ROOT = "dev.facefusion.operator";
    private static final String CRDS = "dev.facefusion.crds..";
    private static final String DECIDE = ROOT + ".decide..";
    private static final String DESIRED = ROOT + ".desired..";
    private static final String OBSERVE = ROOT + ".observe..";
    private static final String ACT = ROOT + ".act..";
    private static final String RECONCILE = ROOT + ".reconcile..";
    private static final String JOSDK = "io.javaoperatorsdk..";
    private static final String FABRIC8_CLIENT = "io.fabric8.kubernetes.client..";
    private static final String FABRIC8_MODEL = "io.fabric8.kubernetes.api.model..";

    private static final JavaClasses CODE =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages("dev.facefusion.operator", "dev.facefusion.crds");

    @Test
    void decideDependsOnNothingButJava() {
        classes()
                .that()
                .resideInAPackage(DECIDE)
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(
                                        DECIDE,
                                        "java.lang",
                                        "java.time",
                                        "java.util",
                                        "java.util.function",
                                        "java.util.stream",
                                        "org.jspecify..")
                                .or(describe("what javac needs", ArchitectureTest::javacNeeds)))
                .check(CODE);
    }

    /// Records and pattern switches are compiled to calls of these.
    private static boolean javacNeeds(JavaClass type) {
        return type.getPackageName().equals("java.lang.runtime")
                || type.getPackageName().equals("java.lang.invoke");
    }

    @Test
    void decideAndDesiredReadNoClockAndRollNoDice() {
        noClasses()
                .that()
                .resideInAnyPackage(DECIDE, DESIRED)
                .should()
                .callMethodWhere(
                        target(name("now")).and(target(owner(resideInAPackage("java.time..")))))
                .orShould()
                .callMethodWhere(target(nameMatching("nanoTime|currentTimeMillis|random(UUID)?")))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(RandomGenerator.class)
                .check(CODE);
    }

    @Test
    void desiredKnowsNeitherClientNorLogger() {
        noClasses()
                .that()
                .resideInAPackage(DESIRED)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        FABRIC8_CLIENT,
                        JOSDK,
                        "org.slf4j..",
                        "java.io..",
                        "java.net..",
                        OBSERVE,
                        ACT)
                .check(CODE);
    }

    @Test
    void observeKnowsNothingOfWhatIsDone() {
        noClasses()
                .that()
                .resideInAPackage(OBSERVE)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ACT, RECONCILE)
                .check(CODE);
    }

    @Test
    void actKnowsNothingOfWhatIsSeen() {
        noClasses()
                .that()
                .resideInAPackage(ACT)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(OBSERVE, RECONCILE)
                .check(CODE);
    }

    @Test
    void onlyTheLoopKnowsTheOperatorSdk() {
        noClasses()
                .that(
                        not(
                                resideInAnyPackage(RECONCILE)
                                        .or(simpleName("HealthEventSource"))
                                        .or(main())))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(JOSDK)
                .check(CODE);
    }

    @Test
    void onlyObserveAndActTalkToKubernetes() {
        noClasses()
                .that(not(resideInAnyPackage(OBSERVE, ACT, CRDS).or(main())))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(FABRIC8_CLIENT)
                                // The custom resource's superclass; the loop hands it around.
                                .and(not(simpleName("CustomResource"))))
                .check(CODE);
    }

    @Test
    void onlyTheEdgesAndDesiredKnowKubernetesObjects() {
        noClasses()
                .that(not(resideInAnyPackage(OBSERVE, ACT, DESIRED, RECONCILE, CRDS).or(main())))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FABRIC8_MODEL)
                .check(CODE);
    }

    @Test
    void packagesFormNoCycles() {
        slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(CODE);
    }

    @Test
    void theApiDependsOnNothingOfOurs() {
        noClasses()
                .that()
                .resideInAPackage(CRDS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(ROOT + "..", "dev.facefusion.runtime..", JOSDK)
                .check(CODE);
    }

    @Test
    void namesSayWhatThingsAre() {
        noClasses()
                .should()
                .haveNameMatching(".*(Utils?|Helper|Manager|Impl)$")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(CODE);
    }

    @Test
    void nothingIsInjectedIntoFields() {
        fields().should()
                .notBeAnnotatedWith("jakarta.inject.Inject")
                .andShould()
                .notBeAnnotatedWith("javax.inject.Inject")
                .andShould()
                .notBeAnnotatedWith("org.springframework.beans.factory.annotation.Autowired")
                .check(CODE);
    }

    @Test
    void onlyTheEntryTouchesTheProcess() {
        noClasses()
                .that(not(main().or(simpleName("OperatorConfig"))))
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .check(CODE);
    }

    private static DescribedPredicate<JavaClass> main() {
        return describe(
                "the main class", type -> type.getName().startsWith(ROOT + ".OperatorMain"));
    }
}
