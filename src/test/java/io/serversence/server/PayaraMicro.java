package io.serversence.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Payara Micro from its one file, with the supported tuning, at the root. */
record PayaraMicro(Path jar) implements ServerKind {
  private static final Path TUNING = Path.of("server-config/payara/tuning.asadmin");
  private static final Path LOGGING = Path.of("server-config/payara/logging.properties");
  private static final String LOOPBACK_ONLY =
      "set configs.config.server-config.network-config.network-listeners"
          + ".network-listener.http-listener.address=127.0.0.1\n";
  private static final Pattern FAULT = Pattern.compile("\\bSEVERE\\b|^\\s+at \\S+\\(");

  @Override
  public String contextPath() {
    return "";
  }

  @Override
  public void prepare(Path folder, Path war, int port) throws IOException {
    Files.createDirectories(folder.resolve("tmp"));
    Files.copy(war, folder.resolve(war.getFileName()));
    Files.writeString(folder.resolve("preboot"), Files.readString(TUNING) + "\n" + LOOPBACK_ONLY);
    Files.writeString(folder.resolve("postboot"), "");
  }

  @Override
  public ProcessBuilder command(Path folder, int port) {
    return new ProcessBuilder(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Djava.io.tmpdir=" + folder.resolve("tmp"),
            "-jar",
            jar.toString(),
            "--nohazelcast",
            "--disablephonehome",
            "--port",
            Integer.toString(port),
            "--logproperties",
            LOGGING.toAbsolutePath().toString(),
            "--prebootcommandfile",
            folder.resolve("preboot").toString(),
            "--postbootcommandfile",
            folder.resolve("postboot").toString(),
            "--deploy",
            folder.resolve("serversence.war").toString(),
            "--contextroot",
            "/"));
  }

  @Override
  public ProcessHandle java(Process started) {
    return started.toHandle();
  }

  @Override
  public boolean isFault(String line) {
    return FAULT.matcher(line).find();
  }
}
