package dev.sightline.server;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Holds the five floors: a module imports only floors below it, and columns never import each
/// other.
class ArchitectureTest {
  /// Ground floor first. The modules of one floor do not know each other, but for `api` below
  /// `server`.
  private static final List<List<String>> FLOORS =
      List.of(
          List.of("model", "stats"),
          List.of("storage", "wire", "template", "listener", "script"),
          List.of(
              "tsdb",
              "logstore",
              "predictions",
              "promql",
              "logql",
              "alerting",
              "collect",
              "gateway",
              "quality",
              "demo"),
          List.of("api"),
          List.of("server"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.sightline");

  @Test
  void aModuleImportsOnlyFloorsBelow() {
    List<String> above = new ArrayList<>();
    for (List<String> floor : FLOORS.reversed()) {
      for (String module : floor) {
        List<String> forbidden = new ArrayList<>(above);
        floor.stream().filter(other -> !other.equals(module)).forEach(forbidden::add);
        if (!forbidden.isEmpty()) {
          noClasses()
              .that()
              .resideInAPackage(packages(module))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(
                  forbidden.stream().map(ArchitectureTest::packages).toArray(String[]::new))
              .because(module + " stands below or beside them")
              .check(CLASSES);
        }
      }
      above.addAll(floor);
    }
  }

  @Test
  void everyClassStandsOnAFloor() {
    classes()
        .should()
        .resideInAnyPackage(
            FLOORS.stream()
                .flatMap(List::stream)
                .map(ArchitectureTest::packages)
                .toArray(String[]::new))
        .check(CLASSES.that(not(resideInAPackage("dev.sightline.testkit.."))));
  }

  @Test
  void packagesAreFreeOfCircles() {
    slices().matching("dev.sightline.(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void noClassIsNamedAfterNothing() {
    noClasses()
        .should()
        .haveNameMatching(
            ".*\\.([A-Za-z]*(Util|Utils|Helper|Manager|Impl)|(Abstract|Base|Common)[A-Z]\\w*)")
        .check(CLASSES);
  }

  @Test
  void nothingIsDeserialisedByJava() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(CLASSES);
  }

  private static String packages(String module) {
    return "dev.sightline." + module + "..";
  }
}
