package io.serversence.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Does by hand what the Dockerfile says, for there is not everywhere a Docker to do it. */
@EnabledIfSystemProperty(named = "server", matches = "payara", disabledReason = "made of Payara")
class DockerfileIT {
  private final String dockerfile;

  DockerfileIT() throws IOException {
    dockerfile = Files.readString(Path.of("Dockerfile")).replaceAll("\\\\\n", " ");
  }

  @Test
  void the_image_starts_keeps_its_data_where_it_says_and_knows_when_it_is_healthy()
      throws IOException {
    Path image = Path.of(ServerKind.given("servers"), "payara", "docker").toAbsolutePath();
    Folders.delete(image);
    Files.createDirectories(image);
    copyInto(image);
    int port = Ports.free();
    List<String> command = new ArrayList<>(words("ENTRYPOINT"));
    command.addAll(List.of("--port", Integer.toString(port)));
    List<String> health =
        words("HEALTHCHECK").stream().map(word -> word.replace("/8080", "/" + port)).toList();
    Path data = image.resolve("data");

    assertThat(healthy(health)).isFalse();

    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(image.toFile())
            .redirectErrorStream(true)
            .redirectOutput(image.resolve("server.log").toFile());
    builder.environment().put("SERVERSENCE_DATA", data.toString());
    builder
        .environment()
        .put("JDK_JAVA_OPTIONS", variable("JDK_JAVA_OPTIONS") + " -Djava.io.tmpdir=" + image);
    Process process = builder.start();
    try {
      Await.until("the image is healthy", Duration.ofMinutes(3), () -> healthy(health));
      assertThat(data).isDirectoryContaining("glob:**/*.mv.db");
    } finally {
      process.destroy();
      Await.until("the image has stopped", Duration.ofSeconds(30), () -> !process.isAlive());
    }
    assertThat(healthy(health)).isFalse();
  }

  @Test
  void the_image_does_not_run_as_root_and_declares_the_folder_it_writes_to() {
    assertThat(dockerfile)
        .containsPattern("\nUSER serversence\n")
        .containsPattern("\nVOLUME /data\n")
        .contains("SERVERSENCE_DATA=/data");
  }

  private void copyInto(Path image) throws IOException {
    Matcher copy = Pattern.compile("(?m)^COPY (.+) (\\S+)$").matcher(dockerfile);
    while (copy.find()) {
      for (String source : copy.group(1).strip().split("\\s+", -1)) {
        Path from = Path.of(source);
        Path to = image.resolve(copy.group(2)).normalize();
        if (Files.isDirectory(from)) {
          Folders.copy(from, to);
        } else {
          Files.copy(from, to.resolve(from.getFileName()));
        }
      }
    }
  }

  /** The words of an instruction in its JSON form. */
  private List<String> words(String instruction) {
    Matcher matcher =
        Pattern.compile("(?m)^" + instruction + "\\b[^\\[\n]*(\\[.*])\\s*$").matcher(dockerfile);
    assertThat(matcher.find()).as(instruction).isTrue();
    try (JsonReader reader = Json.createReader(new StringReader(matcher.group(1)))) {
      JsonArray words = reader.readArray();
      return words.getValuesAs(JsonString::getString);
    }
  }

  private String variable(String name) {
    Matcher matcher = Pattern.compile("\\b" + name + "=(\\S+)").matcher(dockerfile);
    assertThat(matcher.find()).as(name).isTrue();
    return matcher.group(1);
  }

  private static boolean healthy(List<String> command) {
    try {
      Commands.output(new ProcessBuilder(command).redirectErrorStream(true), Duration.ofSeconds(5));
      return true;
    } catch (AssertionError e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
