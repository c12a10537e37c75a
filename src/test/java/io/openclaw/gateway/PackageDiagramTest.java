package io.openclaw.gateway;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * The package diagram. Each line of {@link #ARROWS} is one package and everything it may point at;
 * a package that is not there does not exist.
 *
 * <pre>
 * source.* ─► ingest ─► topic/log ◄── subscription ◄── session ◄── command ◄── websocket, rest
 *                         ▲  ▲              protocol, security: beside it
 * telemetry looks in from the side; wiring sees everything and nobody sees wiring.
 * </pre>
 */
class PackageDiagramTest {
  private static final String ROOT = "io.openclaw.gateway";

  private static final Map<String, Set<String>> ARROWS =
      arrows(
          "topic           ->",
          "log             -> topic",
          "log.journal     -> topic log",
          "log.journal.hazelcast -> log log.journal",
          "log.journal.file -> log log.journal",
          "log.journal.kafka -> log log.journal",
          "ingest          -> topic log",
          "outlet          -> topic",
          "outlet.jms      -> topic outlet",
          "outlet.kafka    -> topic outlet",
          "source          -> cluster topic log ingest outlet",
          "source.jms      -> topic log ingest source outlet",
          "source.database -> topic ingest source outlet",
          "source.kafka    -> topic ingest source outlet outlet.kafka",
          "source.replication -> topic ingest source source.database outlet",
          "camel           -> topic",
          "source.camel    -> topic log ingest source outlet camel",
          "outlet.camel    -> topic outlet camel",
          "hook            ->",
          "cluster         ->",
          "cluster.hazelcast -> cluster",
          "camel.component -> source hook",
          "protocol        -> topic",
          "security        -> cluster topic shape",
          "shape           -> topic",
          "subscription    -> topic log shape protocol",
          "session         -> topic log protocol security subscription",
          "forward         -> topic log ingest outlet security",
          "request         -> topic outlet security forward",
          "request.jms     -> outlet outlet.jms request source source.jms",
          "drain           -> session",
          "presence        -> topic log protocol security session cluster",
          "fleet           -> cluster topic security session source",
          "command         -> fleet drain presence topic log ingest source shape protocol security subscription session"
              + " forward request",
          "websocket       -> topic protocol security subscription session command",
          "rest            -> cluster fleet drain topic log ingest hook source protocol security session command"
              + " forward",
          "telemetry       -> topic log ingest source subscription session",
          "wiring.settings -> cluster topic log log.journal log.journal.hazelcast ingest outlet source source.jms source.database protocol"
              + " outlet.kafka source.kafka camel source.camel"
              + " forward request"
              + " source.replication security"
              + " log.journal.file log.journal.kafka"
              + " drain presence"
              + " subscription session command websocket rest telemetry",
          "wiring          -> cluster cluster.hazelcast fleet topic log log.journal log.journal.hazelcast ingest hook outlet source source.jms source.database protocol"
              + " outlet.kafka source.kafka camel source.camel outlet.camel"
              + " outlet.jms"
              + " forward request request.jms"
              + " source.replication security"
              + " log.journal.file log.journal.kafka"
              + " drain presence"
              + " subscription session command websocket rest telemetry wiring.settings");

  private static final String[] PLAIN_JAVA =
      packages(
          "topic",
          "log",
          "log.journal",
          "ingest",
          "shape",
          "subscription",
          "session",
          "drain",
          "presence");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static Map<String, Set<String>> arrows(String... lines) {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (String line : lines) {
      String[] ends = line.split("->", -1);
      arrows.put(ends[0].strip(), Set.of(ends[1].strip().split(" ")));
    }
    return arrows;
  }

  private static String[] packages(String... names) {
    return Arrays.stream(names).map(name -> ROOT + '.' + name).toArray(String[]::new);
  }

  @Test
  void everyArrowBetweenPackagesIsInTheDiagram() {
    Set<String> others =
        CLASSES.stream()
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .filter(PackageDiagramTest::isOutsideTheDiagram)
            .map(Dependency::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), others);
  }

  private static boolean isOutsideTheDiagram(Dependency dependency) {
    String from = stage(dependency.getOriginClass());
    String to = stage(dependency.getTargetClass().getBaseComponentType());
    return !to.isEmpty() && !from.equals(to) && !ARROWS.getOrDefault(from, Set.of()).contains(to);
  }

  /** The package below the root, or empty for a class that is not ours. */
  private static String stage(JavaClass type) {
    return type.getPackageName().startsWith(ROOT + '.')
        ? type.getPackageName().substring(ROOT.length() + 1)
        : "";
  }

  @Test
  void theDiagramHasExactlyThePackagesThatExist() {
    Set<String> existing =
        CLASSES.stream()
            .map(PackageDiagramTest::stage)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(existing, ARROWS.keySet());
  }

  @Test
  void packagesHaveNoCycles() {
    SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void theStagesOfDeliveryArePlainJava() {
    noClasses()
        .that(resideInAnyPackage(PLAIN_JAVA))
        .should()
        .dependOnClassesThat(resideInAnyPackage("jakarta..", "javax..", "org.eclipse.."))
        .check(CLASSES);
  }

  @Test
  void threadsTimeAndRandomnessComeFromWiring() {
    noClasses()
        .that(describe("are outside of wiring", type -> !stage(type).startsWith("wiring")))
        .should()
        .accessTargetWhere(makesThreadsTimeOrChance())
        .check(CLASSES);
  }

  /** {@code System.nanoTime} is not among them: it measures a wait and tells no time. */
  private static DescribedPredicate<JavaAccess<?>> makesThreadsTimeOrChance() {
    Map<String, List<String>> sources =
        Map.of(
            "java.lang.System", List.of("currentTimeMillis"),
            "java.time.Instant", List.of("now"),
            "java.time.Clock", List.of("system", "systemUTC", "systemDefaultZone"),
            "java.lang.Thread", List.of("<init>", "startVirtualThread"),
            "java.util.Timer", List.of("<init>"),
            "java.util.Random", List.of("<init>"),
            "java.util.concurrent.ThreadLocalRandom", List.of("current"),
            "java.security.SecureRandom", List.of("<init>"),
            "java.util.UUID", List.of("randomUUID"),
            "java.lang.Math", List.of("random"));
    return describe(
        "makes a thread, reads a clock or throws dice",
        access -> {
          String owner = access.getTargetOwner().getName();
          return owner.equals("java.util.concurrent.Executors")
              || sources.getOrDefault(owner, List.of()).contains(access.getTarget().getName());
        });
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<String> unmarked =
        CLASSES.stream()
            .map(JavaClass::getPackage)
            .filter(each -> each.tryGetAnnotationOfType(NullMarked.class).isEmpty())
            .map(JavaPackage::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), unmarked);
  }

  @Test
  void noClassIsNamedAfterAPattern() {
    Set<String> named =
        CLASSES.stream()
            .map(JavaClass::getSimpleName)
            .filter(
                name ->
                    name.matches(
                        ".*(Handler|Manager|Service|Helper|Utils?|Impl|Data|Info|Processor)"))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(Set.of(), named);
  }

  @Test
  void lookedAtTheClassesOfTheGateway() {
    assertTrue(CLASSES.size() > 100, () -> "only " + CLASSES.size() + " classes");
  }
}
