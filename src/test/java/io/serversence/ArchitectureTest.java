package io.serversence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The order of the packages, and what each of them may use. */
class ArchitectureTest {
  private static final String ROOT = "io.serversence.";

  /** Lowest first; none knows one after it. */
  private static final List<String> ORDER =
      List.of(
          "document",
          "monitor",
          "config",
          "database",
          "probe",
          "incident",
          "mute",
          "access",
          "history",
          "stream",
          "alert",
          "page",
          "plan",
          "api",
          "schedule");

  /** Those of them that decide, and have what time it is told. */
  private static final Set<String> TIMELESS =
      Set.of("document", "monitor", "config", "database", "incident", "mute", "history");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.serversence");

  private static String home(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT) ? name.substring(ROOT.length()).replaceFirst("\\..*", "") : "";
  }

  private static String[] packages(List<String> names) {
    return names.stream().map(name -> ROOT + name + "..").toArray(String[]::new);
  }

  @Test
  void the_classes_of_the_program_were_found() {
    Set<String> homes = CLASSES.stream().map(ArchitectureTest::home).collect(Collectors.toSet());
    assertThat(CLASSES.size()).isGreaterThan(150);
    assertThat(homes)
        .contains(
            "document",
            "monitor",
            "config",
            "database",
            "probe",
            "incident",
            "access",
            "history",
            "stream",
            "api",
            "schedule");
  }

  @Test
  void every_class_lives_in_a_package_that_the_order_knows() {
    assertThat(CLASSES).allSatisfy(type -> assertThat(ORDER).contains(home(type)));
  }

  @Test
  void no_package_knows_one_above_it() {
    for (int i = 0; i < ORDER.size() - 1; i++) {
      noClasses()
          .that()
          .resideInAPackage(ROOT + ORDER.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(ORDER.subList(i + 1, ORDER.size())))
          .allowEmptyShould(true) // some are still to come
          .check(CLASSES);
    }
  }

  @Test
  void the_two_roots_do_not_know_each_other() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "schedule..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "api..")
        .check(CLASSES);
  }

  @Test
  void packages_form_no_cycle() {
    slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @ParameterizedTest
  @CsvSource({
    "jakarta.persistence, database history access",
    "jakarta.ejb, schedule",
    "jakarta.enterprise.concurrent, schedule api",
    "jakarta.ws.rs, api stream",
    "jakarta.websocket, stream",
    "jakarta.servlet, api stream",
    "jakarta.validation, monitor api",
    "jakarta.security, access",
    "jakarta.mail, alert",
    "io.netty, probe",
    "com.nimbusds, access",
    "net.minidev, access",
    "com.zaxxer.hikari, database",
    "org.flywaydb, database",
    "org.h2, database",
    "org.postgresql, database",
    "org.snakeyaml, config",
  })
  void each_api_is_used_where_it_is_at_home(String api, String homes) {
    assertThat(Set.of(homes.split(" ", -1))).containsAll(usersOf(api));
  }

  @Test
  void the_users_of_an_api_are_seen() {
    assertThat(usersOf("jakarta.persistence")).containsExactly("access", "database", "history");
    assertThat(usersOf("org.snakeyaml")).containsExactly("config");
  }

  private static Set<String> usersOf(String api) {
    return CLASSES.stream()
        .filter(
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(d -> inPackage(d.getTargetClass(), api)))
        .map(ArchitectureTest::home)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean inPackage(JavaClass type, String name) {
    String own = type.getBaseComponentType().getPackageName();
    return own.equals(name) || own.startsWith(name + ".");
  }

  @Test
  void no_command_of_the_system_is_run() {
    assertThat(CLASSES)
        .flatExtracting(JavaClass::getAccessesFromSelf)
        .extracting(access -> access.getTarget().getFullName())
        .isNotEmpty()
        .noneMatch(
            name ->
                name.startsWith("java.lang.ProcessBuilder.")
                    || name.startsWith("java.lang.Runtime.exec("));
  }

  @Test
  void names_are_nouns_of_the_field() {
    noClasses()
        .should()
        .haveNameMatching(
            "(.*[.$])?(Default\\w*|\\w*(Manager|Helper|Utils?|Impl|DTO|Dto|Constants))")
        .orShould()
        .resideInAnyPackage("..util..", "..common..", "..core..", "..service..", "..impl..")
        .check(CLASSES);
  }

  @Test
  void every_package_says_what_may_be_null() {
    assertThat(CLASSES)
        .allSatisfy(
            type ->
                assertThat(type.getPackage().isAnnotatedWith(NullMarked.class))
                    .as("package-info of %s is @NullMarked", type.getPackageName())
                    .isTrue());
  }

  @Test
  void who_decides_is_told_the_time_and_the_clockwork_has_one_clock() {
    assertThat(CLASSES)
        .filteredOn(
            type ->
                TIMELESS.contains(home(type))
                    || (home(type).equals("schedule") && !type.getName().contains(".Clock")))
        .isNotEmpty()
        .allSatisfy(type -> assertThat(clocksReadBy(type)).isEmpty());
  }

  @Test
  void the_one_clock_is_seen_reading_the_time() {
    JavaClass clock = CLASSES.get(ROOT + "schedule.Clock$1");
    assertThat(clocksReadBy(clock)).hasSize(2); // else the rule above sees nothing
  }

  private static List<String> clocksReadBy(JavaClass type) {
    return type.getAccessesFromSelf().stream()
        .filter(ArchitectureTest::readsAClock)
        .map(JavaAccess::getDescription)
        .toList();
  }

  private static boolean readsAClock(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    String owner = target.getOwner().getName();
    String name = target.getName();
    return (owner.startsWith("java.time.") && name.equals("now"))
        || (owner.startsWith("java.time.Clock") && name.startsWith("system"))
        || (owner.equals("java.lang.System")
            && (name.equals("currentTimeMillis") || name.equals("nanoTime")))
        || (owner.equals("java.util.Date") && name.equals("<init>"));
  }
}
