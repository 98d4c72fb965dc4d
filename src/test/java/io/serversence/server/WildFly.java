package io.serversence.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * WildFly by its own start script, with the supported tuning and the WAR dropped in. The
 * distribution stays as it was unpacked: each server has its own base directory.
 */
record WildFly(Path home) implements ServerKind {
  private static final Path TUNING = Path.of("server-config/wildfly/tuning.cli");
  private static final Path POOL = Path.of("server-config/wildfly/postgresql-pool.cli");

  private static final Path MAIL = Path.of("server-config/wildfly/mail-session.cli");

  private static final String HTTPS_PORT = "-Djboss.https.port=";

  /** WildFly's own race: an EJB timer that goes off just as the server begins to stop. */
  private static final String SUSPENDED = "WFLYEJB0467";

  private static final Pattern FAULT =
      Pattern.compile("\\b(ERROR|FATAL)\\b|UT026002|\n\\s+at \\S+\\(");

  @Override
  public String contextPath() {
    return "/serversence";
  }

  @Override
  public void prepare(Path folder, Path war) throws IOException {
    Path base = base(folder);
    Files.createDirectories(base);
    Folders.copy(tuned(), base);
    Files.copy(war, base.resolve("deployments/serversence.war"));
  }

  /** A base directory with the tuning in it, made once. */
  private Path tuned() throws IOException {
    Path tuned = Path.of(ServerKind.given("servers"), "wildfly-tuned");
    if (!Files.exists(tuned)) {
      Path making = tuned.resolveSibling("wildfly-being-tuned");
      Folders.delete(making);
      Folders.copy(home.resolve("standalone"), making);
      runScript(home, making, TUNING);
      Files.move(making, tuned);
    }
    return tuned;
  }

  @Override
  public void addPool(Path folder, Path driver) throws IOException {
    Path own = ownHome(folder);
    Folders.link(home, own); // for the script adds a module to it
    Files.copy(driver, folder.resolve("postgresql.jar"));
    runScript(own, base(folder), POOL);
  }

  @Override
  public void addMailSession(Path folder) throws IOException {
    runScript(home, base(folder), MAIL);
  }

  @Override
  public String poolName() {
    return "java:/jdbc/serversence";
  }

  /** Runs a script of the command line interface for a server that is not running. */
  private static void runScript(Path home, Path base, Path script) throws IOException {
    ProcessBuilder cli =
        new ProcessBuilder(
                home.resolve("bin/jboss-cli.sh").toString(), "--file=" + script.toAbsolutePath())
            .directory(base.getParent().toFile())
            .redirectErrorStream(true);
    cli.environment().put("JBOSS_HOME", home.toString());
    cli.environment().put("JAVA_OPTS", "-Djboss.server.base.dir=" + base);
    Commands.output(cli, Duration.ofMinutes(2));
  }

  private static Path base(Path folder) {
    return folder.resolve("standalone");
  }

  private static Path ownHome(Path folder) {
    return folder.resolve("wildfly");
  }

  @Override
  public ProcessBuilder command(Path folder, int port) {
    Path used = Files.exists(ownHome(folder)) ? ownHome(folder) : home;
    ProcessBuilder builder =
        new ProcessBuilder(
            used.resolve("bin/standalone.sh").toString(),
            "-Djboss.server.base.dir=" + base(folder),
            "-Djboss.http.port=" + port,
            HTTPS_PORT + Ports.free(),
            "-Djboss.management.http.port=" + Ports.free());
    builder.environment().put("JBOSS_HOME", used.toString());
    return builder;
  }

  @Override
  public void listenSecurely(ProcessBuilder command, int port) {
    command.command().removeIf(argument -> argument.startsWith(HTTPS_PORT));
    command.command().add(HTTPS_PORT + port);
  }

  @Override
  public ProcessHandle java(Process started) {
    return started
        .descendants()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .findFirst()
        .orElse(started.toHandle());
  }

  @Override
  public boolean understandsEscapes() {
    return true;
  }

  @Override
  public boolean closesOnTheStalled() {
    return true;
  }

  /** It closes them with 1001 as it suspends itself, before anything of the application is told. */
  @Override
  public boolean leavesWebSocketsToUs() {
    return false;
  }

  @Override
  public boolean isFault(String entry) {
    return FAULT.matcher(entry).find() && !entry.contains(SUSPENDED);
  }
}
