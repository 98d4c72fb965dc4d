package io.serversence.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.regex.Pattern;

/** Payara Micro from its one file, with the supported tuning, at the root. */
record PayaraMicro(Path jar) implements ServerKind {
  private static final String WAR = "serversence.war";
  private static final Path TUNING = Path.of("server-config/payara/tuning.asadmin");
  private static final Path POOL = Path.of("server-config/payara/postgresql-pool.asadmin");
  private static final Path MAIL = Path.of("server-config/payara/mail-session.asadmin");
  private static final Path LOGGING = Path.of("server-config/payara/logging.properties");
  private static final String LOOPBACK_ONLY =
      "set configs.config.server-config.network-config.network-listeners"
          + ".network-listener.http-listener.address=127.0.0.1\n";

  /** Its word on a request with a length and a coding, which it answers by 400. */
  private static final String FRAMED_TWICE =
      "Can't use both headers Content-Length and Transfer-Encoding";

  /** Where it fails on what is no path, before any application is asked. */
  private static final String BEFORE_US = "CoyoteAdapter.postParseRequest";

  private static final Pattern FAULT = Pattern.compile("\\bSEVERE\\b|\n\\s+at \\S+\\(");

  @Override
  public String contextPath() {
    return "";
  }

  @Override
  public void prepare(Path folder, Path war) throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    Files.createDirectories(folder.resolve("libraries"));
    Files.copy(war, folder.resolve(WAR));
    Files.writeString(folder.resolve("preboot"), Files.readString(TUNING) + "\n" + LOOPBACK_ONLY);
    Files.createFile(folder.resolve("postboot"));
  }

  @Override
  public void addPool(Path folder, Path driver) throws IOException {
    Files.copy(driver, folder.resolve("libraries/postgresql.jar"));
    afterBoot(folder, POOL);
  }

  @Override
  public void addMailSession(Path folder) throws IOException {
    afterBoot(folder, MAIL);
  }

  private static void afterBoot(Path folder, Path script) throws IOException {
    Files.writeString(
        folder.resolve("postboot"), Files.readString(script) + "\n", StandardOpenOption.APPEND);
  }

  @Override
  public String poolName() {
    return "jdbc/serversence";
  }

  @Override
  public ProcessBuilder command(Path folder, int port) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Djava.io.tmpdir=" + folder.resolve("tmp"),
            "-jar",
            jar.toString(),
            "--nohazelcast",
            "--disablephonehome",
            "--port",
            Integer.toString(port),
            "--logproperties",
            LOGGING.toAbsolutePath().toString(),
            "--addlibs",
            folder.resolve("libraries").toString(),
            "--prebootcommandfile",
            folder.resolve("preboot").toString(),
            "--postbootcommandfile",
            folder.resolve("postboot").toString(),
            "--deploy",
            folder.resolve(WAR).toString(),
            "--contextroot",
            "/");
    builder.environment().put("JDK_JAVA_OPTIONS", "-Xmx512m"); // as that of WildFly
    return builder;
  }

  @Override
  public void listenSecurely(ProcessBuilder command, int port) {
    command.command().addAll(List.of("--sslport", Integer.toString(port)));
  }

  @Override
  public ProcessHandle java(Process started) {
    return started.toHandle();
  }

  /** To a path with a broken escape it answers 200 without an end, and logs a stack trace. */
  @Override
  public boolean understandsEscapes() {
    return false;
  }

  /** Grizzly has no time limit for what is written without blocking. */
  @Override
  public boolean closesOnTheStalled() {
    return false;
  }

  @Override
  public boolean leavesWebSocketsToUs() {
    return true;
  }

  @Override
  public boolean isFault(String entry) {
    return FAULT.matcher(entry).find()
        && !entry.contains(BEFORE_US)
        && !entry.contains(FRAMED_TWICE);
  }
}
