package io.serversence.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * WildFly by its own start script, with the supported tuning and the WAR dropped in. The
 * distribution stays as it was unpacked: each server has its own base directory.
 */
record WildFly(Path home) implements ServerKind {
  private static final Path TUNING = Path.of("server-config/wildfly/tuning.cli");
  private static final Pattern FAULT =
      Pattern.compile("\\b(ERROR|FATAL)\\b|UT026002|^\\s+at \\S+\\(");

  @Override
  public String contextPath() {
    return "/serversence";
  }

  @Override
  public void prepare(Path folder, Path war, int port) throws IOException {
    Path base = base(folder);
    copy(tuned(), base);
    Files.copy(war, base.resolve("deployments").resolve(war.getFileName()));
  }

  /** A base directory with the tuning in it, made once. */
  private synchronized Path tuned() throws IOException {
    Path tuned = Path.of(ServerKind.given("servers"), "wildfly-tuned");
    if (!Files.exists(tuned)) {
      Path making = tuned.resolveSibling("wildfly-tuned-in-the-making");
      copy(home.resolve("standalone"), making);
      runScript(making, TUNING, Map.of());
      Files.move(making, tuned);
    }
    return tuned;
  }

  /**
   * Runs a script of the command line interface on a base directory whose server is not running.
   */
  String runScript(Path base, Path script, Map<String, String> environment) throws IOException {
    ProcessBuilder cli =
        new ProcessBuilder(
                home.resolve("bin/jboss-cli.sh").toString(), "--file=" + script.toAbsolutePath())
            .redirectErrorStream(true);
    cli.environment().put("JAVA_OPTS", "-Djboss.server.base.dir=" + base.toAbsolutePath());
    cli.environment().putAll(environment);
    return Commands.output(cli, Duration.ofMinutes(2));
  }

  static Path base(Path folder) {
    return folder.resolve("standalone");
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      files.forEach(
          file -> {
            try {
              Files.createDirectories(to);
              if (!file.equals(from)) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
              }
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  @Override
  public ProcessBuilder command(Path folder, int port) {
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                home.resolve("bin/standalone.sh").toString(),
                "-Djboss.server.base.dir=" + base(folder).toAbsolutePath(),
                "-Djboss.http.port=" + port,
                "-Djboss.https.port=" + Ports.free(),
                "-Djboss.management.http.port=" + Ports.free()));
    builder.environment().put("JBOSS_HOME", home.toString());
    return builder;
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
  public boolean isFault(String line) {
    return FAULT.matcher(line).find();
  }
}
